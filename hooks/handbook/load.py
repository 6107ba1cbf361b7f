"""Reads ``docs/data/`` into the model and collects every problem on the way."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import pydantic

from handbook import ids
from handbook.data import DATA, Data, Place
from handbook.data_checks import data_problems
from handbook.files import files_below, tree_problems
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
from handbook.wrong_values import from_pydantic
from handbook.yaml_reader import Document, parse, read, read_text
from handbook.yaml_text import text_problems

M = TypeVar("M", bound=Model)

UNIT_FILES: dict[str, tuple[str, type[Model]]] = {
    "G": ("units/guidelines.yml", Guideline),
    "B": ("units/barriers.yml", Barrier),
    "M": ("units/measures.yml", Measure),
    "L": ("units/laws.yml", Law),
    "T": ("units/terms.yml", Term),
    "S": ("units/sources.yml", Source),
    "P": ("units/pages.yml", Page),
}


STAND_IN = Settings(edition="0", date=date(1970, 1, 1), address="https://handbook.example/")
"""Settings with which a check goes on where the handbook's own can't be read."""


MAX_WRONG = 200
"""With so many wrong entries a file is as a whole not what it should be."""


class _Reader:
    """One run of reading: gathers problems as it goes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.broken: set[str] = set()
        self.lost: set[str] = set()
        self.missing: set[str] = set()
        self.documents: dict[str, Document] = {}
        self.vocabularies: Vocabularies | None = None

    def document(self, name: str) -> Document:
        shown = f"{DATA}/{name}"
        path = self.root / DATA / name
        if not os.path.lexists(path):
            self.problems.append(Problem("data-file-missing", shown, 1))
            self.lost.add(name)
            self.missing.add(name)
            return Document(shown)
        doc = read(path, shown)
        self.problems.extend([*doc.problems, *text_problems(doc)])
        self.documents[shown] = doc
        if doc.value is None:
            self.lost.add(name)
        return doc

    def one(self, name: str, model: type[M]) -> M | None:
        doc = self.document(name)
        if doc.value is None:
            if not doc.problems and name not in self.missing:
                self.problems.append(Problem("data-empty", doc.file, 1))
            return None
        return self.validate(doc, doc.value, (), model)

    def many(self, name: str, model: type[M]) -> list[tuple[M, Place]]:
        doc = self.document(name)
        if doc.value is None:
            if not doc.problems and name not in self.missing:
                self.problems.append(Problem("data-empty", doc.file, 1))
            return []
        if not isinstance(doc.value, list):
            self.problems.append(Problem("data-not-a-list", doc.file, 1))
            self.lost.add(name)
            return []
        found: list[tuple[M, Place]] = []
        for position, value in enumerate(doc.value):
            item = self.validate(doc, value, (position,), model)
            if item is not None:
                found.append((item, Place(doc.file, doc.line_of((position,)), (position,))))
            elif position - len(found) >= MAX_WRONG:
                self.problems.append(_many_wrong(doc, doc.line_of((position,))))
                self.lost.add(name)
                return []
        return found

    def validate(self, doc: Document, value: Any, at: tuple[str | int, ...], model: type[M]) -> M | None:
        try:
            return model.model_validate(value)
        except pydantic.ValidationError as error:
            details = error.errors(include_url=False)
            wrong = (from_pydantic(doc, at, detail, model, self.vocabularies) for detail in details[:MAX_WRONG])
            self.problems.extend(wrong)
            if len(details) > MAX_WRONG:
                self.problems.append(_many_wrong(doc, doc.line_of(at)))
            if isinstance(value, dict) and ids.is_id(str(value.get("id"))):
                self.broken.add(str(value["id"]))
            else:
                self.lost.add(doc.file.removeprefix(f"{DATA}/"))
            return None


def _many_wrong(doc: Document, line: int) -> Problem:
    return Problem("data-many-wrong", doc.file, line, values={"count": str(MAX_WRONG)})


def load(root: Path) -> Data:
    """Read everything in ``docs/data/`` below `root`.

    Returns:
        The data; its `problems` list all that is wrong with it, and what could not be read is left out.

    Raises:
        ProblemsError: no language can be read, so nothing else can.
    """
    reader = _Reader(root)
    settings = reader.one("handbook.yml", Settings) or STAND_IN
    languages = tuple(language for language, _ in reader.many("languages.yml", Language))
    reader.vocabularies = reader.one("vocabularies.yml", Vocabularies)
    vocabularies = reader.vocabularies or Vocabularies.nothing()
    if not languages:
        if not reader.problems:
            reader.problems.append(Problem("data-empty", f"{DATA}/languages.yml", 1))
        raise ProblemsError(reader.problems)
    units, places = _units(reader)
    withdrawn = _withdrawn(reader)
    relations = tuple(reader.many("relations.yml", Relation))
    drawings = {drawing.id: (drawing, place) for drawing, place in reader.many("figures.yml", Drawing)}
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
        drawings={name: drawing for name, (drawing, _) in drawings.items()},
        drawing_places={name: place for name, (_, place) in drawings.items()},
        broken=frozenset(reader.broken),
        lost=frozenset(reader.lost | _kinds_of(reader.lost)),
        documents=MappingProxyType(reader.documents),
    )
    problems = [*reader.problems, *data_problems(data)]
    return _with_problems(data, problems)


def _kinds_of(lost: set[str]) -> set[str]:
    """Return the prefixes of units that lost files hold."""
    kinds = {prefix for prefix, (name, _) in UNIT_FILES.items() if name in lost}
    return kinds | ({"I"} if any(name.startswith("initiatives/") for name in lost) else set())


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
                reader.lost.add(name)
    found.extend(_initiatives(reader))
    units: dict[str, AnyUnit] = {}
    places: dict[str, Place] = {}
    for unit, place in sorted(found, key=lambda pair: "GBMITLSP".index(pair[0].id[0])):
        if unit.id in units:
            first = places[unit.id]
            values = {"id": unit.id, "other": f"{first.file}:{first.line}"}
            reader.problems.append(Problem("id-duplicate", place.file, place.line, values=values))
            reader.lost.add(place.file.removeprefix(f"{DATA}/"))
            continue
        units[unit.id] = unit
        places[unit.id] = place
    return units, places


def _initiatives(reader: _Reader) -> list[tuple[Initiative, Place]]:
    found: list[tuple[Initiative, Place]] = []
    folder = f"{DATA}/initiatives"
    reader.lost.update(p.file.removeprefix(f"{DATA}/") for p in tree_problems(reader.root, folder))
    for path in files_below(reader.root, folder, ".yml"):
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
            reader.lost.add(f"initiatives/{path.name}")
            continue
        unit = unit.model_copy(update={"slug": path.stem})
        found.append((unit, Place(doc.file, doc.line_of(("id",)))))
    return sorted(found, key=lambda pair: ids.sort_key(pair[0].id))


def _withdrawn(reader: _Reader) -> dict[str, Withdrawn]:
    return {stone.id: stone for stone, _place in reader.many("withdrawn.yml", Withdrawn)}


def _reading(reader: _Reader) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind in ("role", "phase"):
        items = reader.many(f"reading-{kind}.yml", Reading)
        found[kind] = {item.code: item.units for item, _ in items}
    return found


def _strings(reader: _Reader, code: str) -> dict[str, str]:
    shown = f"{DATA}/strings/{code}.yml"
    path = reader.root / shown
    if not os.path.lexists(path):
        reader.problems.append(Problem("data-file-missing", shown, 1))
        reader.lost.add(f"strings/{code}.yml")
        return {}
    text, problems = read_text(path, shown)
    doc, flat, found = _parsed_strings(text, shown)
    reader.problems.extend([*problems, *found])
    reader.documents[shown] = doc
    if not flat:
        reader.lost.add(f"strings/{code}.yml")
    return dict(flat)


@lru_cache(maxsize=32)
def _parsed_strings(text: str, shown: str) -> tuple[Document, tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    """Parse the words of one language. Remembered, as they are the largest data and change least."""
    doc = parse(text, shown)
    flat: dict[str, str] = {}
    problems = [*doc.problems, *text_problems(doc)]
    if doc.value is None and not problems:
        problems.append(Problem("data-empty", shown, 1))
    elif not isinstance(doc.value, dict | None):
        problems.append(Problem("data-not-a-mapping", shown, 1))
    _flatten(doc, doc.value, (), flat, problems)
    return doc, tuple(flat.items()), tuple(problems)


def _flatten(
    doc: Document, value: Any, path: tuple[str | int, ...], flat: dict[str, str], problems: list[Problem]
) -> None:
    if isinstance(value, dict):
        for key, child in value.items():
            _flatten(doc, child, (*path, key), flat, problems)
    elif isinstance(value, str) and value.strip():
        flat[".".join(str(p) for p in path)] = value
    elif path:
        values = {
            "field": ".".join(str(p) for p in path),
            "reason": "a text is expected",
            "value": "" if value is None else str(value),
        }
        if len(problems) < MAX_WRONG:
            problems.append(Problem("data-value", doc.file, doc.line_of(path), values=values))
        elif len(problems) == MAX_WRONG:
            problems.append(_many_wrong(doc, doc.line_of(path)))
