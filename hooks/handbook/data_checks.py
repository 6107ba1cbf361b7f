"""What can be wrong with data that reads well: values, ids, citations, relations, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handbook import ids
from handbook.data import DATA, Data
from handbook.model import RELATION_ENDS, SYMMETRIC, Initiative, Relation, Source
from handbook.problems import Problem

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
    """Problems that show only when all is read: values, citations, relations, reading lists, figures."""
    problems: list[Problem] = []
    problems.extend(_reused(data))
    problems.extend(_unknown_values(data))
    problems.extend(_not_yet(data))
    problems.extend(_bad_term_languages(data))
    problems.extend(_bad_citations(data))
    problems.extend(_bad_relations(data))
    problems.extend(_bad_withdrawals(data))
    problems.extend(_bad_reading(data))
    problems.extend(_bad_drawings(data))
    return problems


def problem_at(data: Data, file: str, at: tuple[str | int, ...], code: str, values: dict[str, str]) -> Problem:
    """Return a problem with the line of a value in a file below `DATA`."""
    return Problem(code, file, data.place(file, at).line, values=values)


def unit_problem(data: Data, unit: str, field_name: str, code: str, values: dict[str, str], *rest: int) -> Problem:
    """Return a problem with the line of a unit's field, or of the value at `rest` within it."""
    place = data.places[unit]
    return problem_at(data, place.file, (*place.at, field_name, *rest), code, values)


def value_unknown(value: str, field_name: str, allowed: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return code and values of the problem that a value is not on its list."""
    values = {"field": field_name, "value": value, "allowed": ", ".join(allowed)}
    suggestion = ids.closest(value, allowed)
    return "value-unknown", values | ({"suggestion": suggestion} if suggestion else {})


def _unknown_values(data: Data) -> Iterable[Problem]:
    if "vocabularies.yml" in data.lost:
        return
    for unit in data.units.values():
        for name, vocabulary in VALUE_FIELDS.get(unit.id[0], {}).items():
            allowed = getattr(data.vocabularies, vocabulary)
            value = getattr(unit, name)
            parts = value if isinstance(value, tuple) else (value,)
            for position, part in enumerate(parts):
                if part not in allowed:
                    yield unit_problem(data, unit.id, name, *value_unknown(part, name, allowed), position)
                elif part in parts[:position]:
                    values = {"field": name, "value": part}
                    yield unit_problem(data, unit.id, name, "value-duplicate", values, position)
        if isinstance(unit, Initiative):
            yield from _bad_inferred(data, unit)


def _reused(data: Data) -> Iterable[Problem]:
    for unit, stone in data.withdrawn.items():
        if unit in data.units:
            values = {"id": unit, "since": stone.since, "free": next_free(data, unit)}
            yield unit_problem(data, unit, "id", "id-reused", values)


def _not_yet(data: Data) -> Iterable[Problem]:
    """Years after that of the edition that the data belong to."""
    if "handbook.yml" in data.lost:
        return
    for unit in data.units.values():
        for name in ("year", "year_reported"):
            year = getattr(unit, name, None)
            if isinstance(year, int) and year > data.settings.date.year:
                values = {"field": name, "value": str(year), "reason": "it lies after this edition"}
                yield unit_problem(data, unit.id, name, "data-value", values)


def _bad_term_languages(data: Data) -> Iterable[Problem]:
    """Languages of which terms tell something, that neither the handbook has nor the term a name in."""
    if "languages.yml" in data.lost:
        return
    for unit in data.of_kind("T"):
        names = getattr(unit, "names", {})
        allowed = [*data.codes, *(lang for lang in names if lang not in data.codes)]
        for name in ("abbr", "forms", "avoid", "everywhere", "lookalikes", "by_hand", "check_in"):
            value = getattr(unit, name)
            for position, lang in enumerate(value):
                if lang not in allowed:
                    place = data.places[unit.id]
                    at = (*place.at, name, lang if isinstance(value, dict) else position)
                    yield problem_at(data, place.file, at, *value_unknown(lang, name, allowed))


def _bad_inferred(data: Data, unit: Initiative) -> Iterable[Problem]:
    allowed = [name for name in type(unit).model_fields if name not in {"id", "slug", "inferred"}]
    for position, name in enumerate(unit.inferred):
        if name not in allowed:
            found = value_unknown(name, "inferred", allowed)
            yield unit_problem(data, unit.id, "inferred", *found, position)


def check_citation(data: Data, source: str, section: str | None) -> tuple[str, dict[str, str]] | None:
    """Tell what is wrong with a citation: (problem code, values), or None when it is right."""
    unit = data.units.get(source)
    if source[0] == "S" and unit is None:
        return unknown_id(data, source)
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
        name = {"I": "source", "S": "cited_in"}.get(unit.id[0], "sources")
        citations = getattr(unit, name, ())
        for position, citation in enumerate(citations):
            wrong = check_citation(data, citation.source, citation.section)
            if wrong:
                yield unit_problem(data, unit.id, name, *wrong, position)
            elif citation in citations[:position]:
                shown = citation.source + (f":{citation.section}" if citation.section else "")
                yield unit_problem(data, unit.id, name, "value-duplicate", {"field": name, "value": shown}, position)


def unknown_id(data: Data, unit: str) -> tuple[str, dict[str, str]] | None:
    """Tell what is wrong with a mention of `unit`: (problem code, values), or None when it is there."""
    if unit in data.units or unit in data.broken:
        return None
    stone = data.withdrawn.get(unit)
    if stone is not None:
        values = {"id": unit, "since": stone.since, "reason": stone.reason}
        successor = heir(data, unit)
        return "ref-withdrawn", values | ({"suggestion": successor} if successor else {})
    values = {"id": unit}
    suggestion = ids.closest(unit, data.units)
    return "ref-unknown", values | ({"suggestion": suggestion} if suggestion else {})


def heir(data: Data, unit: str) -> str | None:
    """Return the unit that stands in for a withdrawn one today, or None."""
    passed: set[str] = set()
    while unit in data.withdrawn and unit not in passed:
        passed.add(unit)
        unit = data.withdrawn[unit].replaced_by or unit
    return unit if unit in data.units else None


def next_free(data: Data, unit: str) -> str:
    """Return the next number that no unit of a kind has or had, or the form of an id where words name the units."""
    kind = unit[0]
    if kind not in ids.NUMBER_WIDTH:
        return f"{kind}-…"
    used = [int(known[2:]) for known in (*data.units, *data.withdrawn) if known[0] == kind]
    return f"{kind}-{max(used, default=0) + 1:0{ids.NUMBER_WIDTH[kind]}d}"


def _bad_relations(data: Data) -> Iterable[Problem]:
    seen: dict[tuple[str, str, str], int] = {}
    for relation, place in data.relations:
        ends = [(("from",), relation.from_), *(((("to", n)), unit) for n, unit in enumerate(relation.to))]
        for at, unit in ends:
            wrong = unknown_id(data, unit)
            if wrong:
                yield problem_at(data, place.file, (*place.at, *at), *wrong)
        if relation.strength and relation.type != "lowers":
            values = {"field": "strength", "value": relation.strength, "reason": "only 'lowers' has a strength"}
            yield problem_at(data, place.file, (*place.at, "strength"), "data-value", values)
        elif relation.type == "lowers" and not relation.strength:
            yield problem_at(data, place.file, place.at, "data-field-missing", {"field": "strength"})
        for number, unit in enumerate(relation.to):
            at = (*place.at, "to", number)
            line = data.place(place.file, at).line
            starts, leads = (" or ".join(kinds) for kinds in RELATION_ENDS[relation.type])
            values = {"type": relation.type, "from": relation.from_, "to": unit, "starts": starts, "ends": leads}
            if not _joins(relation, unit) and not any(unknown_id(data, u) for u in (relation.from_, unit)):
                yield problem_at(data, place.file, at, "relation-ends", values)
            key = _pair(relation, unit)
            if key in seen:
                yield problem_at(data, place.file, at, "relation-duplicate", values | {"other": str(seen[key])})
            seen.setdefault(key, line)


def _joins(relation: Relation, unit: str) -> bool:
    start, ends = RELATION_ENDS[relation.type]
    return relation.from_[0] in start and unit[0] in ends and unit != relation.from_


def _pair(relation: Relation, unit: str) -> tuple[str, str, str]:
    """Return what makes a relation the same as another: its kind and its ends, in any order where both are alike."""
    ends = sorted((relation.from_, unit)) if relation.type in SYMMETRIC else [relation.from_, unit]
    return (relation.type, ends[0], ends[1])


def _bad_withdrawals(data: Data) -> Iterable[Problem]:
    """Tombstones that stand twice, or name a unit that can't replace the withdrawn one."""
    file = f"{DATA}/withdrawn.yml"
    doc = data.documents.get(file)
    entries = doc.value if doc and isinstance(doc.value, list) else []
    first: dict[str, int] = {}
    for position, entry in enumerate(entries):
        unit = entry.get("id") if isinstance(entry, dict) else None
        stone = data.withdrawn.get(str(unit))
        if stone is None:
            continue
        line = data.place(file, (position, "id")).line
        if stone.id in first:
            values = {"id": stone.id, "other": f"{file}:{first[stone.id]}"}
            yield Problem("id-duplicate", file, line, values=values)
            continue
        first[stone.id] = line
        if _edition(stone.since) > _edition(data.settings.edition) and "handbook.yml" not in data.lost:
            values = {"field": "since", "value": stone.since, "reason": "it lies after this edition"}
            yield problem_at(data, file, (position, "since"), "data-value", values)
        heir = stone.replaced_by
        wrong = unknown_id(data, heir) if heir and stone.id not in data.units else None
        if wrong:
            yield problem_at(data, file, (position, "replaced_by"), *wrong)
        elif heir and heir[0] != stone.id[0]:
            values = {"id": heir, "expected": stone.id[0]}
            yield problem_at(data, file, (position, "replaced_by"), "id-wrong-kind", values)


def _edition(name: str) -> list[int]:
    """Return the numbers of an edition's name, for telling which of two is later."""
    return [int(number) for number in re.findall(r"[0-9]{1,9}", name)]


def _bad_reading(data: Data) -> Iterable[Problem]:
    for kind in data.reading:
        file = f"{DATA}/reading-{kind}.yml"
        allowed = getattr(data.vocabularies, kind)
        doc = data.documents.get(file)
        seen: set[str] = set()
        for position, entry in enumerate(doc.value if doc and isinstance(doc.value, list) else []):
            code = str(entry.get("code")) if isinstance(entry, dict) else ""
            if code not in data.reading[kind]:
                continue
            if code not in allowed and allowed:
                yield problem_at(data, file, (position, "code"), *value_unknown(code, "code", allowed))
            elif code in seen:
                values = {"field": "code", "value": code}
                yield problem_at(data, file, (position, "code"), "value-duplicate", values)
            seen.add(code)
            units = entry.get("units", [])
            for number, unit in enumerate(units):
                wrong = unknown_id(data, str(unit)) if ids.is_id(str(unit)) else None
                if wrong is None and unit in units[:number]:
                    wrong = "value-duplicate", {"field": "units", "value": str(unit)}
                if wrong:
                    yield problem_at(data, file, (position, "units", number), *wrong)


def _bad_drawings(data: Data) -> Iterable[Problem]:
    file = f"{DATA}/figures.yml"
    for drawing in data.drawings.values():
        at = data.drawing_places[drawing.id].at
        wrong = check_citation(data, drawing.source.source, drawing.source.section)
        if wrong:
            yield problem_at(data, file, (*at, "source"), *wrong)
        for number, item in enumerate(drawing.items):
            missing = unknown_id(data, item.unit) if item.unit else None
            if missing:
                yield problem_at(data, file, (*at, "items", number), *missing)
            if (
                (item.unit is None) == (item.key is None)
                or (drawing.kind == "bars") != (item.value is not None)
                or (drawing.kind == "groups") != (item.group is not None)
            ):
                values = {
                    "field": drawing.id,
                    "reason": "key or unit; a value for bars only, a group for groups only",
                    "value": str(item.key or item.unit),
                }
                yield problem_at(data, file, (*at, "items", number), "data-value", values)
