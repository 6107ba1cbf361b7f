"""The block ``/// overview``: how many initiatives have each value of a field, drawn as bars, with the table behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as etree

from handbook.catalogue import label, select
from handbook.filling import fill
from handbook.text.bar_chart import Bar, bar_chart
from handbook.text.catalogue_link import catalogue_link
from handbook.text.context import PageContext
from handbook.text.elements import scroll, sub
from handbook.text.filters import UNKNOWN, value_codes

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
    spoken = fill(context.word("overview.alt"), items=", ".join(f"{count.label} {count.number}" for count in found))
    box = sub(parent, "figure", class_="hb-figure hb-overview-figure", data_search_exclude="true")
    caption = sub(box, "figcaption")
    sub(caption, "span", title)
    if sum(count.number for count in found) > total:
        sub(caption, "span", " " + context.word("overview.several"), class_="hb-overview-note")
    links = {count.code: catalogue_link(context, {**options, field: count.code}) for count in found}
    bars = [Bar(count.label, count.number, links[count.code]) for count in found]
    box.append(bar_chart(f"overview-{_name(options)}", title, spoken, bars))
    _table(context, parent, field, title, found)
    return True


def _name(options: Mapping[str, Any]) -> str:
    """Tell overviews of one page apart."""
    parts = [str(options["by"])]
    for name, value in options.items():
        if name != "by":
            parts += [name, *(str(v) for v in (value if isinstance(value, list) else [value]))]
    return "-".join(parts).lower().replace("_", "-")


def _table(context: PageContext, parent: etree.Element, field: str, title: str, found: Sequence[Count]) -> None:
    # Print has every number at its bar.
    details = sub(parent, "details", class_="hb-figure-data hb-web-only", data_search_exclude="true")
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
