"""What can be wrong with data that reads well: values, ids, citations, relations, words."""

from __future__ import annotations

from collections.abc import Iterable

from handbook import ids
from handbook.data import DATA, Data, Place
from handbook.model import RELATION_ENDS, Initiative, Source
from handbook.problems import Problem
from handbook.yaml_reader import read

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


def data_problems(data: Data) -> list[Problem]:
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
            if (
                (item.unit is None) == (item.key is None)
                or (drawing.kind == "bars") != (item.value is not None)
                or (drawing.kind == "groups") != (item.group is not None)
            ):
                values = {
                    "field": drawing.id,
                    "reason": "key or unit; a value for bars only, a group for groups only",
                    "value": str(item.key),
                }
                yield Problem("data-value", file, values=values)


def _missing_strings(data: Data) -> Iterable[Problem]:
    every = sorted({key for strings in data.strings.values() for key in strings})
    for code, strings in data.strings.items():
        for key in every:
            if key not in strings:
                yield Problem("string-missing", f"{DATA}/strings/{code}.yml", values={"key": key})
