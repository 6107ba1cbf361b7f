"""What is wrong with the data's entries beside each other: the same twice, nothing to rest on, no reason given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from handbook.catalogue import initiatives
from handbook.data import DATA, Data
from handbook.data_checks import problem_at, unit_problem
from handbook.index import Index
from handbook.model import Barrier, Initiative, Measure, Source, Term
from handbook.problems import Problem
from handbook.relations import relations_of

SOURCED = "GBML"
"""Kinds of units whose entry names where they are taken from."""

ALIKE = 0.9
"""Share of letters in common, in order, at which two names of one owner's initiatives are the same name."""


def entry_problems(index: Index) -> Iterator[Problem]:
    """Yield what is wrong with entries of the data beside each other."""
    data = index.data
    yield from _twice(data)
    yield from _same_initiative(index)
    yield from _nearly_same(index)
    yield from _unnamed_terms(index)
    yield from _unsourced(data)
    yield from _uncovered(data)


def _twice(data: Data) -> Iterator[Problem]:
    """Keys of a list that two of its entries have."""
    yield from _equal(data, f"{DATA}/languages.yml", (), "code")
    yield from _equal(data, f"{DATA}/figures.yml", (), "id")
    for unit in data.units.values():
        if isinstance(unit, Source):
            place = data.places[unit.id]
            yield from _equal(data, place.file, (*place.at, "sections"), "id")
    file = f"{DATA}/vocabularies.yml"
    for name in type(data.vocabularies).model_fields:
        values = getattr(data.vocabularies, name)
        for position, value in enumerate(values):
            if value in values[:position]:
                found = {"field": name, "value": str(value)}
                yield problem_at(data, file, (name, position), "value-duplicate", found)


def _equal(data: Data, file: str, at: tuple[str | int, ...], key: str) -> Iterator[Problem]:
    if file.removeprefix(f"{DATA}/") in data.lost:
        return
    doc = data.documents.get(file)
    value = doc.value_at(at) if doc else None
    seen: set[str] = set()
    for position, entry in enumerate(value if isinstance(value, list) else []):
        found = str(entry.get(key)) if isinstance(entry, dict) else ""
        if found in seen:
            yield problem_at(data, file, (*at, position, key), "value-duplicate", {"field": key, "value": found})
        seen.add(found)


def _same_initiative(index: Index) -> Iterator[Problem]:
    """Two initiatives with the same name, or the same title in a language."""
    data = index.data
    seen: dict[tuple[str, ...], Initiative] = {}
    for unit in initiatives(data):
        twin = seen.setdefault(("", *_words(unit.name)), unit)
        if twin is not unit:
            values = {"id": unit.id, "other": twin.id, "what": unit.name}
            yield unit_problem(data, unit.id, "name", "initiative-duplicate", values)
        for lang, text in index.texts.get(unit.id, {}).items():
            twin = seen.setdefault((lang, *_words(text.title)), unit)
            if twin is not unit:
                values = {"id": unit.id, "other": twin.id, "what": text.title}
                yield Problem("initiative-duplicate", text.file, text.line, values=values)


def _nearly_same(index: Index) -> Iterator[Problem]:
    """Two initiatives of one owner whose names, or titles in a language, differ by little but their numbers."""
    known: dict[str, list[tuple[Initiative, dict[str, str]]]] = {}
    for unit in initiatives(index.data):
        texts = index.texts.get(unit.id, {})
        ours = {"": _letters(unit.name), **{lang: _letters(text.title) for lang, text in texts.items()}}
        others = known.setdefault(_letters(unit.owner), [])
        for twin, theirs in others:
            like = [lang for lang in ours if lang in theirs and _alike(ours[lang], theirs[lang])]
            if like:
                what = texts[like[0]].title if like[0] else unit.name
                values = {"id": unit.id, "other": twin.id, "what": what}
                yield unit_problem(index.data, unit.id, "name", "initiative-duplicate", values)
                break
        others.append((unit, ours))


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _alike(ours: str, theirs: str) -> bool:
    """Tell whether two names are one with a slip of the pen; names that are wholly the same are found elsewhere."""
    if ours == theirs or re.findall(r"\d+", ours) != re.findall(r"\d+", theirs):
        return False
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _words(text: str) -> Iterable[str]:
    """Return the words of a name in an order of their own: "Chatbot Kari" is "Kari chatbot"."""
    return sorted(re.findall(r"\w+", text.casefold()))


def _unnamed_terms(index: Index) -> Iterator[Problem]:
    """Terms of the glossary that the data don't name in a language which explains them."""
    for unit in index.data.units.values():
        if isinstance(unit, Term):
            for lang in index.texts.get(unit.id, {}):
                if lang not in unit.names:
                    yield unit_problem(index.data, unit.id, "names", "data-field-missing", {"field": f"names.{lang}"})


def _unsourced(data: Data) -> Iterator[Problem]:
    for unit in data.units.values():
        if unit.id[0] in SOURCED and not getattr(unit, "sources", ()):
            yield unit_problem(data, unit.id, "sources", "entry-no-source", {"id": unit.id})
        if isinstance(unit, Source) and unit.type == "work" and not unit.cited_in:
            yield unit_problem(data, unit.id, "cited_in", "entry-no-source", {"id": unit.id})


def _uncovered(data: Data) -> Iterator[Problem]:
    """Barriers without a measure and measures without a barrier, unless a reason is given; reasons that are none."""
    if "relations.yml" in data.lost:
        return
    for unit in data.units.values():
        if not isinstance(unit, (Barrier, Measure)):
            continue
        field = "no_measure" if isinstance(unit, Barrier) else "no_barrier"
        covered = any(link.type == "lowers" for link in relations_of(data).of(unit.id))
        if not covered and not getattr(unit, field):
            code = "barrier-no-measure" if isinstance(unit, Barrier) else "measure-no-barrier"
            yield unit_problem(data, unit.id, "id", code, {"id": unit.id})
        elif covered and getattr(unit, field):
            yield unit_problem(data, unit.id, field, "reason-unneeded", {"id": unit.id, "field": field})
