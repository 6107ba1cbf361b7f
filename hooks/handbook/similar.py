"""Which initiatives are like another, and why: those the handbook relates first, then those that have most in common.

The search grows with the number of initiatives, not with its square: candidates come from lists of those that agree in
several fields, a few from each, and from units that only few initiatives show.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handbook import ids
from handbook.catalogue import UNNAMED, initiatives, related_units, values_of
from handbook.data import Data
from handbook.model import Initiative
from handbook.relations import relations_of

SHOWN = 5
"""Similar initiatives on a page; all that the handbook relates are shown, however many."""

WEIGHTS: Mapping[str, int] = {"function": 3, "service_area": 2, "ai_type": 1, "country": 1, "owner": 1}
"""What a shared value counts at most: one that many have counts less, by their share."""

RELATED_WEIGHTS: Mapping[str, int] = {"G": 1}
"""What a shared unit counts by its kind; a guideline is broad, a barrier or measure tells more."""

RELATED_WEIGHT, RELATED_MOST = 2, 4
ENOUGH = 3.5
"""About as much as the same function in the same service area, or two shared barriers."""

SAYS_NOTHING = frozenset({"unspecified", "unknown", UNNAMED})
COMMON = 40
"""A unit that more initiatives show says little about any two of them."""

TAKEN = 12
"""Candidates from each list."""

GROUPS: Sequence[Sequence[str]] = (
    ("function", "service_area", "ai_type", "country"),
    ("function", "service_area", "country"),
    ("function", "service_area", "ai_type"),
    ("function", "service_area"),
    ("function", "ai_type", "country"),
    ("function", "owner"),
    ("service_area", "ai_type", "country"),
    ("function",),
)
"""Fields in which candidates agree, closest first."""


@dataclass(frozen=True)
class Similar:
    """One initiative that is like another.

    Attributes:
        unit: its id.
        related: the handbook relates the two; else it was found by what they have in common.
        judgement: that relation is the handbook's own reading.
        shared: field → values that both have; ``related`` → units that both show.
    """

    unit: str
    related: bool
    judgement: bool
    shared: Mapping[str, tuple[Any, ...]]


class Catalogue:
    """All initiatives, arranged for finding similar ones."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.all = initiatives(data)
        self.at = {unit.id: position for position, unit in enumerate(self.all)}
        self.units = {unit.id: frozenset(related_units(data, unit.id)) for unit in self.all}
        self.having = Counter(
            (field, value) for unit in self.all for field in WEIGHTS for value in _telling(unit, field)
        )
        self.groups: dict[tuple[Any, ...], list[int]] = {}
        self.showing: dict[str, list[int]] = {}
        for position, unit in enumerate(self.all):
            for key in _keys(unit):
                self.groups.setdefault(key, []).append(position)
            for other in self.units[unit.id]:
                self.showing.setdefault(other, []).append(position)

    def candidates(self, unit: Initiative) -> set[int]:
        """Return the positions of those that may be similar."""
        own = self.at[unit.id]
        found: set[int] = set()
        for key in _keys(unit):
            found.update(_next(self.groups[key], own))
        for other in self.units[unit.id]:
            if len(self.showing[other]) <= COMMON:
                found.update(self.showing[other])
        return found - {own}

    def shared(self, one: Initiative, other: Initiative) -> dict[str, tuple[Any, ...]]:
        """Return what two initiatives have in common."""
        found = {field: common for field in WEIGHTS if (common := _common(one, other, field))}
        units = sorted(self.units[one.id] & self.units[other.id], key=ids.sort_key)
        return found | ({"related": tuple(units)} if units else {})

    def weight(self, shared: Mapping[str, tuple[Any, ...]]) -> float:
        """Return how much what two have in common says."""
        units = sum(RELATED_WEIGHTS.get(unit[0], RELATED_WEIGHT) for unit in shared.get("related", ()))
        values = (
            WEIGHTS[field] * (1 - min(self.having[field, value] for value in values) / len(self.all))
            for field, values in shared.items()
            if field in WEIGHTS
        )
        return round(sum(values) + min(units, RELATED_MOST), 6)


def _keys(unit: Initiative) -> Iterator[tuple[Any, ...]]:
    for fields in GROUPS:
        values = tuple(_telling(unit, field) for field in fields)
        if all(values):
            yield (*fields, *values)


def _telling(unit: Initiative, field: str) -> tuple[Any, ...]:
    return tuple(value for value in values_of(unit, field) if value not in SAYS_NOTHING)


def _common(one: Initiative, other: Initiative, field: str) -> tuple[Any, ...]:
    theirs = set(_telling(other, field))
    return tuple(value for value in _telling(one, field) if value in theirs)


def _next(positions: Sequence[int], own: int) -> Iterable[int]:
    """Take those that come after an initiative, then from the beginning: not everybody points at the same few."""
    if len(positions) <= TAKEN:
        return positions
    after = bisect_left(positions, own) + 1
    return [positions[(after + step) % len(positions)] for step in range(TAKEN)]


def similar_to(data: Data, unit: Initiative) -> list[Similar]:
    """Return what is like an initiative: first what the handbook relates, then what has most in common with it."""
    catalogue = data.once(Catalogue)
    related = {link.other: link.judgement for link in relations_of(data).of(unit.id) if link.type == "similar"}
    chosen = [
        Similar(other, True, judgement, catalogue.shared(unit, catalogue.all[catalogue.at[other]]))
        for other, judgement in sorted(related.items(), key=lambda item: ids.sort_key(item[0]))
        if other in catalogue.at
    ]
    found = [
        Similar(other.id, False, False, shared)
        for other in (catalogue.all[position] for position in catalogue.candidates(unit))
        if other.id not in related and catalogue.weight(shared := catalogue.shared(unit, other)) >= ENOUGH
    ]
    found.sort(key=lambda one: (-catalogue.weight(one.shared), ids.sort_key(one.unit)))
    return [*chosen, *found[: max(SHOWN - len(chosen), 0)]]
