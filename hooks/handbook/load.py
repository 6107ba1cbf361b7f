"""Reads ``docs/data/`` into the model and collects every problem on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import pydantic

from handbook import ids
from handbook.model import (
    AnyUnit,
    Barrier,
    Drawing,
    Guideline,
    Initiative,
    Language,
    Law,
    Measure,
    Model,
    Page,
    Reading,
    Relation,
    Settings,
    Source,
    Term,
    Vocabularies,
    Withdrawn,
)
from handbook.problems import Problem, ProblemsError
from handbook.yaml_reader import Document, read

M = TypeVar("M", bound=Model)

DATA = "docs/data"

UNIT_FILES: dict[str, tuple[str, type[Model]]] = {
    "G": ("units/guidelines.yml", Guideline),
    "B": ("units/barriers.yml", Barrier),
    "M": ("units/measures.yml", Measure),
    "L": ("units/laws.yml", Law),
    "T": ("units/terms.yml", Term),
    "S": ("units/sources.yml", Source),
    "P": ("units/pages.yml", Page),
}

VALUE_FIELDS: dict[str, dict[str, str]] = {
    "B": {"dimension": "dimension", "countries": "country"},
    "M": {"area": "area", "theme": "theme", "countries": "country"},
    "G": {"countries": "country"},
    "L": {"type": "law_type", "countries": "country"},
    "I": {
        "country": "country",
        "kind": "kind",
        "service_area": "service_area",
        "ai_type": "ai_type",
        "function": "function",
        "status": "status",
    },
}
"""Kind of unit → field → the vocabulary its values come from."""


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

    def of_kind(self, prefix: str) -> list[AnyUnit]:
        """Return the units of one kind, in order."""
        return [u for u in self.units.values() if u.id[0] == prefix]


class _Reader:
    """One run of reading: gathers problems as it goes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.broken: set[str] = set()

    def document(self, name: str) -> Document:
        shown = f"{DATA}/{name}"
        path = self.root / DATA / name
        if not path.is_file():
            self.problems.append(Problem("data-file-missing", shown))
            return Document(shown)
        doc = read(path, shown)
        self.problems.extend(doc.problems)
        return doc

    def one(self, name: str, model: type[M]) -> M | None:
        doc = self.document(name)
        if doc.value is None:
            if not doc.problems and (self.root / DATA / name).is_file():
                self.problems.append(Problem("data-empty", doc.file, 1))
            return None
        return self.validate(doc, doc.value, (), model)

    def many(self, name: str, model: type[M]) -> list[tuple[M, Place]]:
        doc = self.document(name)
        if doc.value is None:
            return []
        if not isinstance(doc.value, list):
            self.problems.append(Problem("data-not-a-list", doc.file, 1))
            return []
        found: list[tuple[M, Place]] = []
        for position, value in enumerate(doc.value):
            item = self.validate(doc, value, (position,), model)
            if item is not None:
                found.append((item, Place(doc.file, doc.line_of((position,)))))
        return found

    def validate(self, doc: Document, value: Any, at: tuple[str | int, ...], model: type[M]) -> M | None:
        try:
            return model.model_validate(value)
        except pydantic.ValidationError as error:
            for detail in error.errors(include_url=False):
                self.problems.append(_from_pydantic(doc, at, detail, model))
            if isinstance(value, dict) and ids.is_id(str(value.get("id"))):
                self.broken.add(str(value["id"]))
            return None


def _from_pydantic(doc: Document, at: tuple[str | int, ...], detail: Any, model: type[Model]) -> Problem:
    """Turn one of pydantic's errors into a problem with its line."""
    loc = tuple(part for part in detail["loc"] if isinstance(part, (str, int)))
    line = doc.line_of((*at, *loc))
    name = ".".join(str(part) for part in loc) or model.__name__.lower()
    if detail["type"] == "missing":
        return Problem("data-field-missing", doc.file, doc.line_of(at), values={"field": name})
    if detail["type"] == "extra_forbidden":
        values = {"field": name}
        known = [f.alias or n for n, f in model.model_fields.items()]
        suggestion = ids.closest(str(loc[-1]), known) if len(loc) == 1 else None
        if suggestion:
            values["suggestion"] = suggestion
        return Problem("data-field-unknown", doc.file, line, values=values)
    reason = str(detail["msg"]).removeprefix("Value error, ")
    given = detail.get("input")
    shown = given if isinstance(given, (str, int)) else type(given).__name__
    return Problem("data-value", doc.file, line, values={"field": name, "reason": reason, "value": str(shown)})


def load(root: Path) -> Data:
    """Read everything in ``docs/data/`` below `root`.

    Returns:
        The data; its `problems` list all that is wrong with it, and what could not be read is left out.

    Raises:
        ProblemsError: settings, languages or vocabularies can't be read, so nothing else can.
    """
    reader = _Reader(root)
    settings = reader.one("handbook.yml", Settings)
    languages = tuple(language for language, _ in reader.many("languages.yml", Language))
    vocabularies = reader.one("vocabularies.yml", Vocabularies)
    if settings is None or vocabularies is None or not languages:
        if not languages and not reader.problems:
            reader.problems.append(Problem("data-empty", f"{DATA}/languages.yml", 1))
        raise ProblemsError(reader.problems)
    units, places = _units(reader)
    withdrawn = _withdrawn(reader, units, places)
    relations = tuple(reader.many("relations.yml", Relation))
    drawings = {drawing.id: drawing for drawing, _ in reader.many("figures.yml", Drawing)}
    data = Data(
        root=root,
        settings=settings,
        languages=languages,
        vocabularies=vocabularies,
        units=MappingProxyType(units),
        places=MappingProxyType(places),
        relations=relations,
        withdrawn=MappingProxyType(withdrawn),
        reading=_reading(reader),
        strings={language.code: _strings(reader, language.code) for language in languages},
        drawings=drawings,
        broken=frozenset(reader.broken),
    )
    problems = [*reader.problems, *_semantic(data, reader)]
    return _with_problems(data, problems)


def _with_problems(data: Data, problems: list[Problem]) -> Data:
    fields = {name: getattr(data, name) for name in data.__dataclass_fields__}
    return Data(**{**fields, "problems": tuple(problems)})


def _units(reader: _Reader) -> tuple[dict[str, AnyUnit], dict[str, Place]]:
    found: list[tuple[Any, Place]] = []
    for prefix, (name, model) in UNIT_FILES.items():
        for unit, place in reader.many(name, model):
            if unit.id[0] == prefix:  # type: ignore[attr-defined]
                found.append((unit, place))
            else:
                values = {"id": unit.id, "expected": prefix}  # type: ignore[attr-defined]
                reader.problems.append(Problem("id-wrong-kind", place.file, place.line, values=values))
    found.extend(_initiatives(reader))
    units: dict[str, AnyUnit] = {}
    places: dict[str, Place] = {}
    for unit, place in sorted(found, key=lambda pair: "GBMITLSP".index(pair[0].id[0])):
        if unit.id in units:
            first = places[unit.id]
            values = {"id": unit.id, "other": f"{first.file}:{first.line}"}
            reader.problems.append(Problem("id-duplicate", place.file, place.line, values=values))
            continue
        units[unit.id] = unit
        places[unit.id] = place
    return units, places


def _initiatives(reader: _Reader) -> list[tuple[Initiative, Place]]:
    found: list[tuple[Initiative, Place]] = []
    for path in sorted((reader.root / DATA / "initiatives").glob("*.yml")):
        doc = reader.document(f"initiatives/{path.name}")
        if doc.value is None:
            if not doc.problems:
                reader.problems.append(Problem("data-empty", doc.file, 1))
            continue
        unit = reader.validate(doc, doc.value, (), Initiative)
        if unit is None:
            continue
        if unit.id[0] != "I":
            values = {"id": unit.id, "expected": "I"}
            reader.problems.append(Problem("id-wrong-kind", doc.file, doc.line_of(("id",)), values=values))
            continue
        unit = unit.model_copy(update={"slug": path.stem})
        found.append((unit, Place(doc.file, doc.line_of(("id",)))))
    return sorted(found, key=lambda pair: ids.sort_key(pair[0].id))


def _withdrawn(reader: _Reader, units: dict[str, AnyUnit], places: dict[str, Place]) -> dict[str, Withdrawn]:
    stones: dict[str, Withdrawn] = {}
    for stone, _place in reader.many("withdrawn.yml", Withdrawn):
        stones[stone.id] = stone
        if stone.id in units:
            at = places[stone.id]
            values = {"id": stone.id, "since": stone.since}
            reader.problems.append(Problem("id-reused", at.file, at.line, values=values))
    return stones


def _reading(reader: _Reader) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind in ("role", "phase"):
        items = reader.many(f"reading-{kind}.yml", Reading)
        found[kind] = {item.code: item.units for item, _ in items}
    return found


def _strings(reader: _Reader, code: str) -> dict[str, str]:
    doc = reader.document(f"strings/{code}.yml")
    flat: dict[str, str] = {}
    _flatten(doc, doc.value, (), flat, reader.problems)
    return flat


def _flatten(
    doc: Document, value: Any, path: tuple[str | int, ...], flat: dict[str, str], problems: list[Problem]
) -> None:
    if isinstance(value, dict):
        for key, child in value.items():
            _flatten(doc, child, (*path, key), flat, problems)
    elif isinstance(value, str):
        flat[".".join(str(p) for p in path)] = value
    elif path:
        values = {
            "field": ".".join(str(p) for p in path),
            "reason": "a text is expected",
            "value": str(value),
        }
        problems.append(Problem("data-value", doc.file, doc.line_of(path), values=values))


def _semantic(data: Data, reader: _Reader) -> list[Problem]:
    """Problems that show only when all is read: values, citations, relations, reading lists, words."""
    problems: list[Problem] = []
    problems.extend(_unknown_values(data))
    problems.extend(_bad_citations(data))
    problems.extend(_bad_relations(data))
    problems.extend(_bad_reading(data))
    problems.extend(_bad_drawings(data))
    problems.extend(_missing_strings(data))
    return problems


def field_line(data: Data, unit: str, field_name: str) -> Place:
    """Return the line at which a unit's field stands, for a problem."""
    place = data.places[unit]
    doc = read(data.root / place.file, place.file)
    values = doc.value if isinstance(doc.value, list) else [doc.value]
    for position, value in enumerate(values):
        if isinstance(value, dict) and value.get("id") == unit:
            at = (position, field_name) if isinstance(doc.value, list) else (field_name,)
            return Place(place.file, doc.line_of(at))
    return place


def _unknown_values(data: Data) -> Iterable[Problem]:
    for unit in data.units.values():
        for name, vocabulary in VALUE_FIELDS.get(unit.id[0], {}).items():
            allowed = getattr(data.vocabularies, vocabulary)
            value = getattr(unit, name)
            for part in value if isinstance(value, tuple) else (value,):
                if part in allowed:
                    continue
                place = field_line(data, unit.id, name)
                values = {"field": name, "value": part, "allowed": ", ".join(allowed)}
                suggestion = ids.closest(part, allowed)
                if suggestion:
                    values["suggestion"] = suggestion
                yield Problem("value-unknown", place.file, place.line, values=values)


def check_citation(data: Data, source: str, section: str | None) -> tuple[str, dict[str, str]] | None:
    """Tell what is wrong with a citation: (problem code, values), or None when it is right."""
    unit = data.units.get(source)
    if not isinstance(unit, Source):
        values = {"id": source}
        suggestion = ids.closest(source, [u.id for u in data.of_kind("S")])
        return "ref-unknown", values | ({"suggestion": suggestion} if suggestion else {})
    if section is None:
        return None
    known = [s.id for s in unit.sections]
    if section in known:
        return None
    values = {"source": source, "section": section}
    suggestion = ids.closest(section, known)
    return "citation-section", values | ({"suggestion": suggestion} if suggestion else {})


def _bad_citations(data: Data) -> Iterable[Problem]:
    for unit in data.units.values():
        name = "source" if isinstance(unit, Initiative) else "sources"
        for citation in getattr(unit, name, ()):
            wrong = check_citation(data, citation.source, citation.section)
            if wrong:
                place = field_line(data, unit.id, name)
                yield Problem(wrong[0], place.file, place.line, values=wrong[1])


def unknown_id(data: Data, unit: str) -> tuple[str, dict[str, str]] | None:
    """Tell what is wrong with a mention of `unit`: (problem code, values), or None when it is there."""
    if unit in data.units or unit in data.broken:
        return None
    stone = data.withdrawn.get(unit)
    if stone is not None:
        values = {"id": unit, "since": stone.since, "reason": stone.reason}
        if stone.replaced_by:
            values["suggestion"] = stone.replaced_by
        return "ref-withdrawn", values
    values = {"id": unit}
    suggestion = ids.closest(unit, data.units)
    return "ref-unknown", values | ({"suggestion": suggestion} if suggestion else {})


def _bad_relations(data: Data) -> Iterable[Problem]:
    from handbook.model import RELATION_ENDS  # noqa: PLC0415

    seen: dict[tuple[str, str, str], int] = {}
    for relation, place in data.relations:
        for unit in (relation.from_, *relation.to):
            wrong = unknown_id(data, unit)
            if wrong:
                yield Problem(wrong[0], place.file, place.line, values=wrong[1])
        start, ends = RELATION_ENDS[relation.type]
        for unit in relation.to:
            if relation.from_[0] not in start or unit[0] not in ends or unit == relation.from_:
                values = {"type": relation.type, "from": relation.from_, "to": unit}
                yield Problem("relation-ends", place.file, place.line, values=values)
            key = (relation.from_, relation.type, unit)
            if key in seen:
                values = {"type": relation.type, "from": relation.from_, "to": unit, "other": str(seen[key])}
                yield Problem("relation-duplicate", place.file, place.line, values=values)
            seen.setdefault(key, place.line)


def _bad_reading(data: Data) -> Iterable[Problem]:
    for kind, lists in data.reading.items():
        file = f"{DATA}/reading-{kind}.yml"
        allowed = getattr(data.vocabularies, kind)
        for code, units in lists.items():
            if code not in allowed:
                values = {"field": "code", "value": code, "allowed": ", ".join(allowed)}
                yield Problem("value-unknown", file, values=values)
            for unit in units:
                wrong = unknown_id(data, unit)
                if wrong:
                    yield Problem(wrong[0], file, values=wrong[1])


def _bad_drawings(data: Data) -> Iterable[Problem]:
    file = f"{DATA}/figures.yml"
    for drawing in data.drawings.values():
        wrong = check_citation(data, drawing.source.source, drawing.source.section)
        if wrong:
            yield Problem(wrong[0], file, values=wrong[1])
        for item in drawing.items:
            missing = unknown_id(data, item.unit) if item.unit else None
            if missing:
                yield Problem(missing[0], file, values=missing[1])
            if (item.unit is None) == (item.key is None) or (drawing.kind == "bars") != (item.value is not None):
                values = {"field": drawing.id, "reason": "key or unit; a value for bars only", "value": str(item.key)}
                yield Problem("data-value", file, values=values)


def _missing_strings(data: Data) -> Iterable[Problem]:
    every = sorted({key for strings in data.strings.values() for key in strings})
    for code, strings in data.strings.items():
        for key in every:
            if key not in strings:
                yield Problem("string-missing", f"{DATA}/strings/{code}.yml", values={"key": key})
