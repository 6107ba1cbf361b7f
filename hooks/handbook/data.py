"""All that is the same in all languages, as one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from handbook.model import AnyUnit, Drawing, Language, Relation, Settings, Vocabularies, Withdrawn
from handbook.problems import Problem

DATA = "docs/data"
Made = TypeVar("Made")


@dataclass(frozen=True)
class Place:
    """Where in the data a thing is written."""

    file: str
    line: int


@dataclass(frozen=True)
class Data:
    """All that is the same in all languages.

    Attributes:
        root: the project's folder.
        units: id → unit, in the order of kinds G B M I T L S P and of their files.
        places: id → where the unit is defined.
        relations: with their places, in file order.
        strings: language → key with dots → the interface's words.
        reading: "role" or "phase" → code → ids in reading order.
        broken: ids whose entry can't be used; that is said where they are defined, not at every mention.
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

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages' codes, in the editions' order."""
        return tuple(language.code for language in self.languages)

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
