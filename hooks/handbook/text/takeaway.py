"""Blocks with which readers take something along: the files of a page's text, and the place of the dossier's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as etree

from handbook.text.context import PageContext, site_link
from handbook.text.elements import sub
from handbook.text.units import UNRESOLVED

FORMATS = ("docx", "txt")
"""Kinds of files that the `downloads` block offers."""

CATALOGUE = "units.json"
"""What the dossier's form reads; it stands beside the page that has the `dossier` block."""


def file_below_root(lang: str, path: str, suffix: str) -> str:
    """Return where a page's file stands below the site's root: ``nb/council/checklist.docx``."""
    return f"{lang}/{path.removesuffix('.md')}.{suffix}"


def downloads(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """Links to the files that hold the part in which the block stands; a script adds a button that copies it."""
    del options
    parent.set("data-search-exclude", "true")
    name = context.path.removesuffix(".md").rpartition("/")[2]
    listing = sub(parent, "ul", class_="hb-web-only", aria_label=context.word("download.label"))
    for suffix in FORMATS:
        href = site_link(context.url, file_below_root(context.lang, context.path, suffix))
        item = sub(listing, "li")
        link = sub(item, UNRESOLVED, context.word(f"download.{suffix}"), href=href, download=f"{name}.{suffix}")
        if suffix == "txt":
            link.set("data-hb-copy", context.word("download.copy"))
            link.set("data-hb-copied", context.word("download.copied"))
            link.set("data-hb-failed", context.word("download.failed"))
    return True


def dossier(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """Where the dossier's form comes to stand; without JavaScript, where to turn instead."""
    del options
    parent.set("data-hb-dossier", CATALOGUE)
    parent.set("data-hb-failed", context.word("webdossier.failed"))
    parent.set("data-search-exclude", "true")
    sub(parent, "p", context.word("webdossier.noscript"), class_="hb-web-only hb-noscript")
    return True
