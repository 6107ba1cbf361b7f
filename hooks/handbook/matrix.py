"""Which measures help against which barrier, guideline by guideline: the matrix of a dimension, and the whole in short.

A guideline *answers* a barrier, a measure *lowers* a barrier and *supports* a guideline. The cell of a barrier and a
guideline that answers it holds the measures that do both. A measure that lowers the barrier but supports none of its
guidelines stands in the row's `others`, so that no relation is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from handbook import ids
from handbook.data import Data
from handbook.model import Barrier
from handbook.relations import Link, relations_of


@dataclass(frozen=True)
class Entry:
    """A measure in a cell: how much it lowers the barrier, and whether a source says so."""

    measure: str
    partial: bool
    judgement: bool


@dataclass(frozen=True)
class Row:
    """One barrier.

    Attributes:
        cells: guideline that answers the barrier → measures that lower the barrier and support that guideline. An empty
            cell is a gap: the guideline is asked for, but no measure does both.
        others: measures that lower the barrier and support none of its guidelines.
    """

    barrier: str
    cells: Mapping[str, tuple[Entry, ...]]
    others: tuple[Entry, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """The guidelines that answer the barrier and have no measure against it."""
        return tuple(guideline for guideline, entries in self.cells.items() if not entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every measure of the row, once."""
        found = {entry.measure: entry for entries in (*self.cells.values(), self.others) for entry in entries}
        return tuple(found[measure] for measure in sorted(found, key=ids.sort_key))


@dataclass(frozen=True)
class Matrix:
    """Some barriers and the guidelines that answer any of them.

    Attributes:
        guidelines: the columns, in the order of their ids.
        absent: the guidelines that answer none of these barriers.
        judgement: every relation in it is the handbook's own reading.
    """

    rows: tuple[Row, ...]
    guidelines: tuple[str, ...]
    absent: tuple[str, ...]
    judgement: bool

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """Every measure in it, once, in the order of their ids."""
        return tuple(sorted({e.measure for row in self.rows for e in row.entries}, key=ids.sort_key))

    def answered(self, guideline: str) -> tuple[Row, ...]:
        """Return the rows of the barriers that a guideline answers."""
        return tuple(row for row in self.rows if guideline in row.cells)


@lru_cache(maxsize=32)
def matrix(data: Data, dimension: str | None = None) -> Matrix:
    """Return the matrix of one dimension, or of all barriers.

    Args:
        data: all data.
        dimension: a value of the vocabulary ``dimension``; None for all.
    """
    barriers = [
        unit.id
        for unit in data.of_kind("B")
        if isinstance(unit, Barrier) and (dimension is None or unit.dimension == dimension)
    ]
    rows = tuple(_row(data, barrier) for barrier in barriers)
    present = {guideline for row in rows for guideline in row.cells}
    guidelines = tuple(unit.id for unit in data.of_kind("G"))
    return Matrix(
        rows,
        tuple(g for g in guidelines if g in present),
        tuple(g for g in guidelines if g not in present),
        all(link.judgement for row in rows for link in _used(data, row)),
    )


def _row(data: Data, barrier: str) -> Row:
    lowering = [_entry(link) for link in _ends(data, barrier, "lowers")]
    cells = {
        link.other: tuple(e for e in lowering if link.other in _supported(data, e.measure))
        for link in _ends(data, barrier, "answers")
    }
    placed = {entry.measure for entries in cells.values() for entry in entries}
    return Row(barrier, cells, tuple(entry for entry in lowering if entry.measure not in placed))


def _entry(link: Link) -> Entry:
    return Entry(link.other, link.strength == "partial", link.judgement)


def _ends(data: Data, unit: str, type_: str) -> Iterator[Link]:
    """Yield a unit's links of one type; each other unit once, the stated and direct link before others."""
    seen: set[str] = set()
    links = [link for link in relations_of(data).of(unit) if link.type == type_]
    for link in sorted(links, key=lambda k: (k.strength == "partial", k.judgement, ids.sort_key(k.other))):
        if link.other not in seen:
            seen.add(link.other)
            yield link


def _supported(data: Data, measure: str) -> set[str]:
    return {link.other for link in relations_of(data).of(measure) if link.type == "supports"}


def _used(data: Data, row: Row) -> Iterator[Link]:
    """Yield the links that a row rests on: answers, lowers, and supports where a cell needs them."""
    yield from _ends(data, row.barrier, "answers")
    yield from _ends(data, row.barrier, "lowers")
    for guideline, entries in row.cells.items():
        for entry in entries:
            yield from (link for link in _ends(data, entry.measure, "supports") if link.other == guideline)
