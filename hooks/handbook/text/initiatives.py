"""The block ``/// initiatives``: a table of initiatives, and what the browser needs to filter it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as etree

from markdown.util import AtomicString

from handbook.catalogue import FILTERS, SELECTION, cell, label, related_units, select, sort_units
from handbook.filling import fill
from handbook.index import Target
from handbook.initiative_text import OUTCOME
from handbook.model import Initiative
from handbook.pieces import Piece, piece_of
from handbook.text.blocks import as_list
from handbook.text.catalogue_link import LISTING, catalogue_link
from handbook.text.context import PageContext
from handbook.text.elements import foreign, scroll, sub
from handbook.text.filters import column_label, filter_form, value_codes
from handbook.text.references import make_reference

DEFAULT_COLUMNS = ("title", "country", "owner", "status", "year")
DEFAULT_ORDER = "title"
PRINTED = 5
"""Columns that a printed page has room for; of more than these, the default ones are shown."""


def chosen_initiatives(context: PageContext, options: Mapping[str, Any]) -> list[Initiative]:
    """Return the initiatives that a block names, in its order."""
    order = str(options.get("sort", DEFAULT_ORDER))

    def choose() -> list[Initiative]:
        found = [unit for unit in select(context.data, options) if context.index.text(unit.id, context.lang)]
        return sort_units(context.index, found, order, context.lang)

    chosen = repr([(name, options[name]) for name in SELECTION if name in options])
    # A catalogue in pieces asks for the same on each of its pages.
    return context.index.remember(("initiatives", context.lang, chosen, order), choose)


def shown_columns(context: PageContext, options: Mapping[str, Any]) -> list[str]:
    """Return the columns that a block names; paper has no room for many, and a reference says its id there itself."""
    named = list(dict.fromkeys(str(column) for column in as_list(options.get("columns", list(DEFAULT_COLUMNS)))))
    if context.web or len(named) == 1:
        return named
    printed = [column for column in named if column != "id"]
    if len(printed) <= PRINTED:
        return printed
    return [column for column in printed if column in DEFAULT_COLUMNS] or printed[:PRINTED]


def initiatives(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """A table of initiatives; False when no initiative fits."""
    chosen = chosen_initiatives(context, options)
    if not chosen:
        return False
    columns = shown_columns(context, options)
    box = sub(parent, "div", class_="hb-listing", data_search_exclude="true")
    live = context.web and bool(options.get("filter"))
    piece = piece_of(context.index, context.path, len(chosen)) if live else None
    if piece and piece.number == 1:
        box.set("id", LISTING)
        box.append(filter_form(context, chosen, columns, str(options.get("sort", DEFAULT_ORDER))))
    table = _table(context, box, columns, _name(context, options), len(chosen))
    rest = "" if live else catalogue_link(context, options)
    shown = chosen[piece.start : piece.end] if piece else chosen[: options.get("limit") if rest else None]
    for unit in shown:
        row = _row(context, table, unit, columns)
        if live:
            _mark(context, row, unit, columns)
    if piece and piece.count > 1:
        _piece_links(context, box, piece)
    if rest and len(shown) < len(chosen):
        line = sub(box, "p", class_="hb-rest")
        sub(line, "a", fill(context.word("catalogue.all"), count=len(chosen)), href=rest)
    return True


def _piece_links(context: PageContext, box: etree.Element, piece: Piece) -> None:
    navigation = sub(box, "nav", class_="hb-pieces", aria_label=context.word("catalogue.pages"))
    listing = sub(navigation, "ul")
    for number in range(1, piece.count + 1):
        link = sub(sub(listing, "li"), "a", str(number), href=context.link_to(Target(piece.path_of(number), None)))
        if number == piece.number:
            link.set("aria-current", "page")


def _name(context: PageContext, options: Mapping[str, Any]) -> str:
    """Say which initiatives a table shows, so that two tables of a page are told apart."""
    parts = [
        ", ".join(label(context.index, name, value, context.lang) for value in as_list(options[name]))
        for name in (*FILTERS, "related")
        if name in options
    ]
    return context.word("table.initiatives") + (f": {'; '.join(parts)}" if parts else "")


def _table(context: PageContext, box: etree.Element, columns: Sequence[str], name: str, number: int) -> etree.Element:
    """A table with its head; its body is what comes back."""
    table = sub(scroll(box, name), "table", class_="hb-table")
    sub(table, "caption", f"{name} ({number})")
    head = sub(sub(table, "thead"), "tr")
    for column in columns:
        sub(head, "th", column_label(context, column), scope="col", data_column=column)
    return sub(table, "tbody")


def _mark(context: PageContext, row: etree.Element, unit: Initiative, columns: Sequence[str]) -> None:
    """Say in the row what the browser filters by, and what it searches although no column shows it."""
    hidden = [cell(context.index, unit, name, context.lang)[0] for name in ("title", "owner") if name not in columns]
    if hidden:
        row.set("data-text", " ".join(hidden))
    for name in FILTERS:
        row.set(f"data-{name.replace('_', '-')}", " ".join(value_codes(unit, name)))
    row.set("data-related", " ".join(related_units(context.data, unit.id)))


def _row(context: PageContext, body: etree.Element, unit: Initiative, columns: Sequence[str]) -> etree.Element:
    row = sub(body, "tr", data_unit=unit.id)
    heading = next((name for name in ("title", "id") if name in columns), columns[0])
    for column in columns:
        tag, extra = ("th", {"scope": "row"}) if column == heading else ("td", {})
        place = sub(row, tag, data_label=column_label(context, column), **extra)
        _cell(context, place, unit, column, link=column == heading)
    return row


def _cell(context: PageContext, place: etree.Element, unit: Initiative, column: str, *, link: bool) -> None:
    text, lang = cell(context.index, unit, column, context.lang)
    if link:
        reference = make_reference(context, unit.id)
        if column != "title":
            reference.text, _ = text, reference.attrib.pop("lang", None)
        place.append(reference)
    elif column == OUTCOME:
        if context.source is None:  # a check reads it where it is written
            sub(place, "div", text, lang=foreign(lang, context.lang), data_hb_markdown="1")
    else:
        mark = {"id": "hb-unit-id", "status": status_class(unit)}.get(column)
        if mark or foreign(lang, context.lang):
            sub(place, "span", text, lang=foreign(lang, context.lang), **({"class_": mark} if mark else {}))
        else:
            place.text = AtomicString(text)


def status_class(unit: Initiative) -> str:
    """Return the CSS classes that give a status its mark: a shape before the word, never colour alone."""
    return f"hb-status hb-status-{unit.status}"
