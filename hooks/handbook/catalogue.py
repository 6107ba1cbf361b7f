"""Choosing and ordering initiatives: what tables, exports and pages have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from handbook.collation import collation_key
from handbook.data import Data
from handbook.index import Index
from handbook.model import Initiative
from handbook.relations import related_to
from handbook.text.plain import plain

FILTERS = ("country", "service_area", "ai_type", "function", "status", "kind", "year")
UNNAMED = "unnamed"


def initiatives(data: Data) -> list[Initiative]:
    """Return all initiatives in the order of their ids."""
    return [unit for unit in data.units.values() if isinstance(unit, Initiative)]


def values_of(unit: Initiative, name: str) -> tuple[Any, ...]:
    """Return an initiative's values of a filter, always as a tuple."""
    value = unit.year_reported if name == "year" else getattr(unit, name)
    return value if isinstance(value, tuple) else (value,)


def select(data: Data, options: Mapping[str, Any]) -> list[Initiative]:
    """Return the initiatives that fit a block's options.

    Args:
        data: all data.
        options: filter → value or values; within a filter any value fits, across filters all must. ``related``
            takes ids of units that the initiative shows; ``ids`` names initiatives outright.
    """
    chosen = initiatives(data)
    for name in FILTERS:
        if name in options:
            wanted = set(_as_list(options[name]))
            chosen = [unit for unit in chosen if wanted.intersection(values_of(unit, name))]
    if "related" in options:
        near = {other for unit in _as_list(options["related"]) for other in related_to(data, unit)}
        chosen = [unit for unit in chosen if unit.id in near]
    if "ids" in options:
        wanted = set(_as_list(options["ids"]))
        chosen = [unit for unit in chosen if unit.id in wanted]
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


def cell(index: Index, unit: Initiative, column: str, lang: str) -> tuple[str, str]:
    """Return what a table shows of an initiative in one column, and the language of that text ("" for none)."""
    words = index.data.strings.get(lang, {})
    if column == "title":
        title = index.title(unit.id, lang)
        return plain(title.text), title.lang
    if column == "owner":
        return owner_text(index, unit, lang)
    if column == "year":
        return str(unit.year_reported), ""
    values = values_of(unit, column)
    if not values:
        return words.get("country.unknown", "–"), lang
    return ", ".join(words.get(f"{column}.{value}", str(value)) for value in values), lang


def sort_units(index: Index, units: Iterable[Initiative], column: str, lang: str) -> list[Initiative]:
    """Sort by what a column shows, in the language's own alphabetical order; ties by id."""
    alphabet = next(language.alphabet for language in index.data.languages if language.code == lang)
    key = collation_key(alphabet)
    return sorted(units, key=lambda unit: (key(cell(index, unit, column, lang)[0]), unit.id))
