"""Reads ``docs/data/`` into the model and collects every problem on the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from handbook import ids
from handbook.data import DATA, Data, Place
from handbook.data_checks import data_problems
from handbook.data_reader import Reader
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
from handbook.strings_reader import read_strings

UNIT_FILES: dict[str, tuple[str, type[Model]]] = {
    "G": ("units/guidelines.yml", Guideline),
    "B": ("units/barriers.yml", Barrier),
    "M": ("units/measures.yml", Measure),
    "L": ("units/laws.yml", Law),
    "T": ("units/terms.yml", Term),
    "S": ("units/sources.yml", Source),
    "P": ("units/pages.yml", Page),
}


STAND_IN = Settings(edition="2000.01", date=date(2000, 1, 1), address="https://handbook.example/")
"""Settings with which a check goes on where the handbook's own can't be read."""


def load(root: Path) -> Data:
    """Read everything in ``docs/data/`` below `root`.

    Returns:
        The data; its `problems` list all that is wrong with it, and what could not be read is left out.

    Raises:
        ProblemsError: no language can be read, so nothing else can.
    """
    reader = Reader(root)
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
        strings={language.code: read_strings(reader, language.code) for language in languages},
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


def _units(reader: Reader) -> tuple[dict[str, AnyUnit], dict[str, Place]]:
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


def _initiatives(reader: Reader) -> list[tuple[Initiative, Place]]:
    found: list[tuple[Initiative, Place]] = []
    folder = f"{DATA}/initiatives"
    reader.lost.update(p.file.removeprefix(f"{DATA}/") for p in tree_problems(reader.root, folder))
    if not (reader.root / folder).is_dir():
        reader.problems.append(Problem("data-file-missing", folder, 1))
        reader.lost.add("initiatives/")
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


def _withdrawn(reader: Reader) -> dict[str, Withdrawn]:
    return {stone.id: stone for stone, _place in reader.many("withdrawn.yml", Withdrawn)}


def _reading(reader: Reader) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind in ("role", "phase"):
        items = reader.many(f"reading-{kind}.yml", Reading)
        found[kind] = {item.code: item.units for item, _ in items}
    return found
