"""The block ``/// overview``: how many initiatives have each value of a field, drawn as bars, with the table behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as etree

from handbook.catalogue import label, select
from handbook.model import Page
from handbook.pieces import has_filtered_table
from handbook.text.bar_chart import Bar, bar_chart
from handbook.text.context import PageContext
from handbook.text.elements import scroll, sub
from handbook.text.filters import UNKNOWN, value_codes
from handbook.text.initiatives import LISTING

CATALOGUE = "P-initiatives"
BY_VALUE = ("year", "status")
"""Fields whose bars keep the order of their values; the others begin with the largest."""


@dataclass(frozen=True)
class Count:
    """How many initiatives have one value of a field."""

    code: str
    label: str
    number: int


def counts(context: PageContext, options: Mapping[str, Any]) -> tuple[list[Count], int]:
    """Return the counts by value, and how many initiatives there are; one with two countries counts in both."""
    field = str(options["by"])
    chosen = [unit for unit in select(context.data, options) if context.index.text(unit.id, context.lang)]
    found = Counter(code for unit in chosen for code in value_codes(unit, field))
    known = sorted(found) if field == "year" else [*getattr(context.data.vocabularies, field), UNKNOWN]
    order = [code for code in dict.fromkeys(known) if code in found]
    if field not in BY_VALUE:
        order.sort(key=lambda code: (code == UNKNOWN, -found[code]))
    return [Count(code, label(context.index, field, code, context.lang), found[code]) for code in order], len(chosen)


def overview(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """Bars, a caption and the table behind; False when no initiative fits."""
    found, total = counts(context, options)
    if not found:
        return False
    field = str(options["by"])
    title = f"{context.word(f'overview.{field}')} ({total})"
    spoken = context.word("overview.alt").format(items=", ".join(f"{count.label} {count.number}" for count in found))
    links = {count.code: _link(context, options, field, count.code) for count in found}
    box = sub(parent, "figure", class_="hb-figure hb-overview-figure", data_search_exclude="true")
    sub(box, "figcaption", title)
    bars = [Bar(count.label, count.number, links[count.code]) for count in found]
    box.append(bar_chart(f"overview-{_name(options)}", title, spoken, bars))
    more = sum(count.number for count in found) > total
    if more:
        sub(parent, "p", context.word("overview.several"), class_="hb-overview-note")
    _table(context, parent, field, title, found)
    return True


def _name(options: Mapping[str, Any]) -> str:
    """Tell overviews of one page apart."""
    parts = [str(options["by"])]
    for name, value in options.items():
        if name != "by":
            parts += [name, *(str(v) for v in (value if isinstance(value, list) else [value]))]
    return "-".join(parts).lower().replace("_", "-")


def _link(context: PageContext, options: Mapping[str, Any], field: str, code: str) -> str:
    """Return the address of the catalogue with just these initiatives, or "" where there is none."""
    if "ids" in options:
        return ""
    chosen = {name: value if isinstance(value, list) else [value] for name, value in options.items() if name != "by"}
    return catalogue_link(context, chosen | {field: [code]})


def catalogue_link(context: PageContext, chosen: Mapping[str, Sequence[Any]]) -> str:
    """Return the address of the catalogue with just some initiatives, or "" in print and where there is none."""
    page = context.data.units.get(CATALOGUE)
    base = context.link(CATALOGUE)
    if not context.web or base is None or not isinstance(page, Page):
        return ""
    if not has_filtered_table(context.index, context.lang, page.path):
        return ""
    query = "&".join(f"{name}={value}" for name, values in chosen.items() for value in values)
    return f"{base}?{query}#{LISTING}"


def _table(context: PageContext, parent: etree.Element, field: str, title: str, found: Sequence[Count]) -> None:
    details = sub(parent, "details", class_="hb-figure-data", data_search_exclude="true")
    sub(details, "summary", context.word("figure.table"))
    table = sub(scroll(details, title), "table", class_="hb-table")
    sub(table, "caption", title)
    head = sub(sub(table, "thead"), "tr")
    sub(head, "th", context.word(f"field.{field}"), scope="col")
    sub(head, "th", context.word("overview.number"), scope="col")
    body = sub(table, "tbody")
    for count in found:
        row = sub(body, "tr")
        sub(row, "th", count.label, scope="row")
        sub(row, "td", str(count.number))
