"""The similar initiatives on an initiative's page, each with what the two have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as etree

from handbook.catalogue import label
from handbook.model import Initiative
from handbook.similar import Similar, similar_to
from handbook.text.context import PageContext
from handbook.text.elements import remark, sub
from handbook.text.references import make_reference


def similar_box(context: PageContext, unit: str) -> etree.Element | None:
    """Return the box for the end of an initiative's page; None for other units, and where nothing is similar."""
    known = context.data.units.get(unit)
    if not isinstance(known, Initiative):
        return None
    found = [one for one in similar_to(context.data, known) if context.link(one.unit)]
    if not found:
        return None
    # Print has no room for it: there the table of initiatives serves.
    box = etree.Element("section", {"class": "hb-similar hb-web-only", "data-search-exclude": "true"})
    sub(box, "h2", context.word("similar.title"), id="hb-similar")
    box.set("aria-labelledby", "hb-similar")
    for word, group in (("chosen", [s for s in found if s.related]), ("computed", [s for s in found if not s.related])):
        if group:
            _group(context, box, context.word(f"similar.{word}"), group)
    return box


def _group(context: PageContext, box: etree.Element, name: str, group: Sequence[Similar]) -> None:
    sub(box, "p", name, class_="hb-similar-group")
    listing = sub(box, "ul")
    for one in group:
        item = sub(listing, "li")
        item.append(make_reference(context, one.unit))
        marks = [one.unit, *([context.word("facts.inferred")] if one.judgement else [])]
        remark(item, ", ".join(marks))
        if one.shared:
            _why(context, item, one.shared)


def _why(context: PageContext, item: etree.Element, shared: Mapping[str, tuple[Any, ...]]) -> None:
    reasons = sub(item, "ul", class_="hb-why")
    for field, values in shared.items():
        reason = sub(reasons, "li")
        sub(reason, "span", context.word(f"similar.{field}") + ": ", class_="hb-why-field")
        if field != "related":
            named = [str(v) if field == "owner" else label(context.index, field, v, context.lang) for v in values]
            sub(reason, "span", ", ".join(named))
            continue
        for position, other in enumerate(unit for unit in values if context.link(unit)):
            if position:
                sub(reason, "span", "; ")
            reason.append(make_reference(context, other))
            remark(reason, other)
