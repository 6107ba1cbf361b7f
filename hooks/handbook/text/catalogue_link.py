"""Links to the catalogue with a choice already made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.catalogue import SELECTION
from handbook.model import Page
from handbook.pieces import has_filtered_table
from handbook.text.context import PageContext

CATALOGUE = "P-initiatives"
LISTING = "hb-catalogue"
"""The HTML id of the table that readers filter; a page has one."""


def catalogue_link(context: PageContext, options: Mapping[str, Any]) -> str:
    """Return the address of the catalogue with just the initiatives that a block's options choose.

    It is "" in print, where there is no such table, and for a choice that readers cannot make themselves: single
    initiatives, and what is related to one.
    """
    page = context.data.units.get(CATALOGUE)
    base = context.link(CATALOGUE)
    if not context.web or base is None or not isinstance(page, Page) or "ids" in options:
        return ""
    if not has_filtered_table(context.index, context.lang, page.path):
        return ""
    chosen = ((name, options[name]) for name in SELECTION if name in options)
    pairs = [(name, value) for name, values in chosen for value in (values if isinstance(values, list) else [values])]
    if any(name == "related" and value[0] == "I" for name, value in pairs):
        return ""
    query = "&".join(f"{name}={value}" for name, value in pairs)
    return f"{base}?{query}#{LISTING}"
