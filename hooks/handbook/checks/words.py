"""The interface's words: all there in every language, with the same places to fill in, and none too many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from handbook import ids
from handbook.data import DATA, Data, Place
from handbook.model import Source
from handbook.navigation import CONFIG, line_of, sections
from handbook.problems import Problem

VOCABULARIES = ("country", "service_area", "ai_type", "function", "status", "kind", "role", "phase")
VOCABULARIES_OF_UNITS = ("dimension", "area", "theme", "law_type")
EXTRA = frozenset({"country.unknown"})
"""Words that stand among a vocabulary's without being a value of it."""

MAX_WRONG = 200
"""With so many words missing or too many, it is the file that is wrong."""

_PLACE = re.compile(r"\{\w*\}")


@dataclass(frozen=True)
class Need:
    """What calls for a word: said in a sentence, and the place where it does."""

    why: str
    place: Place


def word_problems(data: Data) -> Iterator[Problem]:
    """Yield words that a language lacks, that hold other places than the other languages', or that nothing uses."""
    codes = [code for code in data.codes if f"strings/{code}.yml" not in data.lost]
    wanted = needed(data)
    having = Counter(key for code in codes for key in data.strings[code])
    nowhere = {key for key in wanted if not having[key] and not any(_stands(data, code, key) for code in codes)}
    for key in sorted(nowhere) if codes else ():
        place, suggestion = wanted[key].place, ids.closest(key, sorted(having))
        values = {"key": key, "why": f"in {DATA}/strings/, in every language"} | _hint(suggestion)
        yield Problem("string-missing", place.file, place.line, values=values)
    usual = {key for key, count in having.items() if count * 2 >= len(codes)} | (set(wanted) - nowhere)
    for code in codes:
        own = set(data.strings[code])
        missing = [key for key in sorted(usual - own) if not _stands(data, code, key)]
        for key in missing[:MAX_WRONG]:
            why = wanted[key].why if key in wanted else "the other languages have it"
            yield _at(data, code, key, "string-missing", {"key": key, "why": why})
        alone = sorted(own - usual)
        for key in alone[:MAX_WRONG]:
            suggestion = ids.closest(key, sorted(usual - own))
            yield _at(data, code, key, "string-alone", {"key": key} | _hint(suggestion))
        for many in (missing, alone):
            if len(many) > MAX_WRONG:
                yield _at(data, code, many[MAX_WRONG], "data-many-wrong", {"count": str(MAX_WRONG)})
        yield from _unused(data, code)
    yield from _places(data)


def _at(data: Data, code: str, key: str, problem: str, values: dict[str, str]) -> Problem:
    file = f"{DATA}/strings/{code}.yml"
    return Problem(problem, file, data.place(file, tuple(key.split("."))).line, values=values)


def _stands(data: Data, code: str, key: str) -> bool:
    """Tell whether a key is there, but without a text: that is reported where the file is read."""
    doc = data.documents.get(f"{DATA}/strings/{code}.yml")
    return doc is not None and tuple(key.split(".")) in doc.lines


def _hint(suggestion: str | None) -> dict[str, str]:
    return {"suggestion": suggestion} if suggestion else {}


def needed(data: Data) -> dict[str, Need]:
    """Return the words that the data call for, each with what calls for it."""
    found: dict[str, Need] = {}
    for name in (*VOCABULARIES, *VOCABULARIES_OF_UNITS):
        for position, value in enumerate(getattr(data.vocabularies, name)):
            place = data.place(f"{DATA}/vocabularies.yml", (name, position))
            found[f"{name}.{value}"] = Need(f"{value} is a value of {name}", place)
    for unit in data.units.values():
        if isinstance(unit, Source) and unit.type == "report":
            place = data.places[unit.id]
            found[f"source.{unit.id}.title"] = Need(f"{unit.id} is a report", place)
            found[f"source.{unit.id}.short"] = Need(f"{unit.id} is a report", place)
            for number, section in enumerate(unit.sections):
                if not section.id[0].isdigit():
                    at = data.place(place.file, (*place.at, "sections", number))
                    found[f"section.{unit.id}.{section.id}"] = Need(f"{section.id} is a section of {unit.id}", at)
    for drawing in data.drawings.values():
        names = ["title", "alt", *(item.key for item in drawing.items), *(item.group for item in drawing.items)]
        for key in filter(None, names):
            place = data.drawing_places[drawing.id]
            found[f"figure.{drawing.id}.{key}"] = Need(f"the figure {drawing.id} shows it", place)
    for part in sections(data.root):
        if part.key:
            place = Place(CONFIG, line_of(data.root, f"{part.key}:"))
            found[part.key] = Need(f"the navigation in {CONFIG} names it", place)
    return found


def _unused(data: Data, code: str) -> Iterator[Problem]:
    """Words for values that no vocabulary has."""
    for key in data.strings[code]:
        family, _, value = key.partition(".")
        if family in (*VOCABULARIES, *VOCABULARIES_OF_UNITS) and key not in EXTRA and "." not in value:
            known = getattr(data.vocabularies, family)
            if value not in known and "vocabularies.yml" not in data.lost:
                yield _at(data, code, key, "string-unused", {"key": key, "field": family})


def _places(data: Data) -> Iterator[Problem]:
    """Words whose ``{places}`` are not those that most languages have, or the first where they are even."""
    for key in sorted({key for strings in data.strings.values() for key in strings}):
        by_code = {code: _PLACE.findall(data.strings[code][key]) for code in data.codes if key in data.strings[code]}
        forms = Counter(tuple(sorted(places)) for places in by_code.values())
        if len(forms) < 2:
            continue
        usual = max(forms, key=lambda form: forms[form])
        for code, places in by_code.items():
            if tuple(sorted(places)) != usual:
                values = {"key": key, "found": " ".join(places) or "none", "expected": " ".join(usual) or "none"}
                yield _at(data, code, key, "string-place", values)
