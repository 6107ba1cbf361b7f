"""All that is the same in all languages, as one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from handbook.model import AnyUnit, Drawing, Language, Relation, Settings, Vocabularies, Withdrawn
from handbook.problems import Problem
from handbook.yaml_reader import Document

DATA = "docs/data"
Made = TypeVar("Made")


@dataclass(frozen=True)
class Place:
    """Where in the data a thing is written; `at` is the way to it within its file."""

    file: str
    line: int
    at: tuple[str | int, ...] = ()


@dataclass(frozen=True, eq=False)
class Data:
    """All that is the same in all languages. Equal only to itself, so that what is worked out from it can be kept.

    Attributes:
        root: the project's folder.
        units: id → unit, in the order of kinds G B M I T L S P and of their files.
        places: id → where the unit is defined.
        relations: with their places, in file order.
        strings: language → key with dots → the interface's words.
        reading: "role" or "phase" → code → ids in reading order.
        broken: ids whose entry can't be used; that is said where they are defined, not at every mention.
        lost: files below `DATA` that can't be used in full, and prefixes of the kinds of units that went with them.
        documents: file → what it holds, with its lines.
    """

    root: Path
    settings: Settings
    languages: tuple[Language, ...]
    vocabularies: Vocabularies
    units: Mapping[str, AnyUnit]
    places: Mapping[str, Place]
    relations: tuple[tuple[Relation, Place], ...]
    withdrawn: Mapping[str, Withdrawn]
    reading: Mapping[str, Mapping[str, tuple[str, ...]]]
    strings: Mapping[str, Mapping[str, str]]
    drawings: Mapping[str, Drawing]
    problems: tuple[Problem, ...] = field(default=())
    broken: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    drawing_places: Mapping[str, Place] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages' codes, in the editions' order."""
        return tuple(language.code for language in self.languages)

    def place(self, file: str, at: tuple[str | int, ...]) -> Place:
        """Return the place of a value in a file, or of its nearest parent."""
        doc = self.documents.get(file)
        return Place(file, doc.line_of(at) if doc else 1, at)

    @cached_property
    def _made(self) -> dict[Callable[[Data], Any], Any]:
        return {}

    def once(self, make: Callable[[Data], Made]) -> Made:
        """Return what `make` makes of the data, made at the first call."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def of_kind(self, prefix: str) -> list[AnyUnit]:
        """Return the units of one kind, in order."""
        return [u for u in self.units.values() if u.id[0] == prefix]
