"""Choosing and ordering initiatives: what tables, overviews, exports and pages have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from handbook import ids
from handbook.collation import sort_key
from handbook.data import Data
from handbook.index import Index
from handbook.initiative_text import OUTCOME, part_paragraph
from handbook.model import Initiative
from handbook.relations import related_to
from handbook.text.plain import plain

FILTERS = ("country", "service_area", "ai_type", "function", "status", "kind", "year")
SELECTION = (*FILTERS, "related", "ids")
"""The options that choose initiatives."""

COLUMNS = ("id", "title", "country", "owner", "service_area", "ai_type", "function", "status", "year", "kind", OUTCOME)
ORDERS = (*COLUMNS, *(f"-{column}" for column in COLUMNS))
"""What a table can be sorted by; ``-`` stands for descending."""

UNNAMED = "unnamed"


def initiatives(data: Data) -> list[Initiative]:
    """Return all initiatives in the order of their ids."""
    return [unit for unit in data.units.values() if isinstance(unit, Initiative)]


def values_of(unit: Initiative, name: str) -> tuple[Any, ...]:
    """Return an initiative's values of a filter, always as a tuple."""
    value = unit.year_reported if name == "year" else getattr(unit, name)
    return value if isinstance(value, tuple) else (value,)


def related_units(data: Data, unit: str) -> tuple[str, ...]:
    """Return the units of other kinds that an initiative is related to, in the handbook's order."""
    return tuple(sorted({other for other in related_to(data, unit) if other[0] != unit[0]}, key=ids.sort_key))


def select(data: Data, options: Mapping[str, Any]) -> list[Initiative]:
    """Return the initiatives that fit a block's options.

    Args:
        data: all data.
        options: filter → value or values; within a filter any value fits, across filters all must. ``related``
            takes ids of units that the initiative is related to; ``ids`` names initiatives outright.
    """
    chosen = initiatives(data)
    for name in FILTERS:
        if name in options:
            wanted = _as_list(options[name])
            chosen = [unit for unit in chosen if any(value in wanted for value in values_of(unit, name))]
    if "related" in options:
        near = {other for unit in _as_list(options["related"]) for other in related_to(data, str(unit))}
        chosen = [unit for unit in chosen if unit.id in near]
    if "ids" in options:
        chosen = [unit for unit in chosen if unit.id in _as_list(options["ids"])]
    return chosen


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def owner_text(index: Index, unit: Initiative, lang: str) -> tuple[str, str]:
    """Return who is behind an initiative, and the language of that text.

    A body's own name is in no particular language (""); an unnamed one is described in the page's front matter.
    """
    if unit.owner != UNNAMED:
        return unit.owner, ""
    text = index.text(unit.id, lang)
    if text is not None:
        described = index.pages[text.lang][text.path].front.get("owner")
        if isinstance(described, str):
            return described, text.lang
    words = index.data.strings.get(lang, {})
    return words.get("owner.unnamed", UNNAMED), lang


def label(index: Index, name: str, value: Any, lang: str) -> str:
    """Return what readers see of one value of a filter."""
    return index.data.strings.get(lang, {}).get(f"{name}.{value}", str(value))


def cell(index: Index, unit: Initiative, column: str, lang: str) -> tuple[str, str]:
    """Return what a table shows of an initiative in one column, and the language of that text ("" for none).

    Of the outcome it is Markdown, else plain text.
    """
    if column in {"id", "year"}:
        return unit.id if column == "id" else str(unit.year_reported), ""
    if column == "title":
        title = index.title(unit.id, lang)
        return plain(title.text), title.lang
    if column == "owner":
        return owner_text(index, unit, lang)
    if column == OUTCOME:
        return part_paragraph(index, unit.id, lang, OUTCOME)
    values = values_of(unit, column)
    if not values:
        return index.data.strings.get(lang, {}).get("country.unknown", "–"), lang
    return ", ".join(label(index, column, value, lang) for value in values), lang


def sort_units(index: Index, units: Iterable[Initiative], order: str, lang: str) -> list[Initiative]:
    """Sort by what a column shows, in the language's own alphabetical order; ties by id, whatever the direction.

    Args:
        index: all texts.
        units: what to sort.
        order: one of `ORDERS`.
        lang: the readers' language.
    """
    column = order.removeprefix("-")
    by_id = sorted(units, key=lambda unit: ids.sort_key(unit.id))
    if column == "id":
        return by_id[::-1] if order.startswith("-") else by_id
    key = sort_key(next(language for language in index.data.languages if language.code == lang))
    return sorted(by_id, key=lambda unit: key(cell(index, unit, column, lang)[0]), reverse=order.startswith("-"))
