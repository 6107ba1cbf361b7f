"""How complete the handbook is: the figures of the health page and of ``/data/health.json``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handbook.citations import rests
from handbook.front import AUTHORITY
from handbook.index import Index
from handbook.model import Term
from handbook.publish.head import as_json, head
from handbook.publish.records import (
    KINDS,
    CoverageRecord,
    CoveragesRecord,
    HealthFile,
    LanguageHealthRecord,
    RelationCountsRecord,
)
from handbook.relations import relations_of
from handbook.translations import State, state_of

SOURCED = "GBMITL"
"""Kinds of units that are to have a source; a page (P) collects what has."""


@dataclass(frozen=True)
class Coverage:
    """How many of some units have something.

    Attributes:
        name: of what is counted, stable.
        of: how many there are.
        without: those that lack it.
    """

    name: str
    of: int
    without: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many have it."""
        return self.of - len(self.without)


@dataclass(frozen=True)
class Language:
    """The texts of one language.

    Attributes:
        own: texts that it has.
        pending: state → the units in that state.
        authority: label → texts that carry it.
    """

    code: str
    own: int
    pending: dict[State, tuple[str, ...]]
    authority: dict[str, int]


@dataclass(frozen=True)
class Health:
    """All figures.

    Attributes:
        counts: prefix of a kind → its units; of terms those of the glossary.
        stated: relations that a source states, counted pair by pair; `judged`: those of the handbook's own reading.
    """

    counts: dict[str, int]
    coverage: tuple[Coverage, ...]
    stated: int
    judged: int
    languages: tuple[Language, ...]


def health(index: Index) -> Health:
    """Work out all figures; nothing in them depends on the day."""
    data = index.data
    pairs = [relation.judgement for relation, _ in data.relations for _ in relation.to]
    counted = [unit.id for unit in data.units.values() if not isinstance(unit, Term) or unit.glossary]
    return Health(
        counts={prefix: sum(unit[0] == prefix for unit in counted) for prefix in KINDS},
        coverage=(
            _coverage("barriers_with_measure", _of(counted, "B"), _joined(index, "lowers")),
            _coverage("measures_with_barrier", _of(counted, "M"), _joined(index, "lowers")),
            _coverage("units_with_source", _of(counted, SOURCED), _sourced(index)),
            _coverage("units_in_all_languages", list(index.texts), _everywhere(index)),
        ),
        stated=sum(not judgement for judgement in pairs),
        judged=sum(pairs),
        languages=tuple(_language(index, code) for code in data.codes),
    )


def _of(units: Iterable[str], prefixes: str) -> list[str]:
    return [unit for unit in units if unit[0] in prefixes]


def _coverage(name: str, units: list[str], having: set[str]) -> Coverage:
    return Coverage(name, len(units), tuple(unit for unit in units if unit not in having))


def _joined(index: Index, type_: str) -> set[str]:
    relations = relations_of(index.data)
    return {unit for unit in index.data.units if any(link.type == type_ for link in relations.of(unit))}


def _sourced(index: Index) -> set[str]:
    """The units that their data or their text in any language gives a source."""
    return {unit for code in index.data.codes for unit in rests(index, code).of}


def _everywhere(index: Index) -> set[str]:
    return {unit for unit, texts in index.texts.items() if all(code in texts for code in index.data.codes)}


def _language(index: Index, code: str) -> Language:
    own = [texts[code] for texts in index.texts.values() if code in texts]
    states = {unit: state_of(index, unit, code) for unit in index.texts}
    labels = [str(index.pages[code][text.path].front.get("authority", AUTHORITY[0])) for text in own]
    return Language(
        code,
        len(own),
        {
            state: tuple(unit for unit, found in states.items() if found is state)
            for state in State
            if state is not State.CURRENT
        },
        {label: labels.count(label) for label in AUTHORITY},
    )


def health_json(index: Index) -> str:
    """Return the figures as JSON, in stable order."""
    found = health(index)
    content = HealthFile(
        **head(index.data, "health"),
        units={KINDS[prefix][0]: count for prefix, count in found.counts.items()},
        coverage=CoveragesRecord(**{c.name: _coverage_record(c) for c in found.coverage}),
        relations=RelationCountsRecord(stated=found.stated, judgement=found.judged, total=found.stated + found.judged),
        languages={language.code: _language_record(language) for language in found.languages},
    )
    return as_json(content)


def _coverage_record(found: Coverage) -> CoverageRecord:
    return CoverageRecord(count=found.count, of=found.of, without=list(found.without))


def _language_record(found: Language) -> LanguageHealthRecord:
    pending = {state.value: list(units) for state, units in found.pending.items()}
    return LanguageHealthRecord.model_validate({"texts": found.own, **pending, "authority": found.authority})
