"""What pages have to have: their parts, sources, owners; a place in the handbook that readers can reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from handbook.catalogue import UNNAMED, initiatives, select
from handbook.index import Index
from handbook.model import Guideline
from handbook.problems import Problem
from handbook.relations import relations_of
from handbook.text.structure import PageShape

Shapes = Mapping[str, Mapping[str, PageShape]]
"""Language → path → shape."""

GUIDELINE_PARTS = ("asks", "why", "check", "questions", "practice", "barriers", "measures", "law")


def page_problems(index: Index, shapes: Shapes) -> Iterator[Problem]:
    """Yield what is missing on pages, or for reaching them."""
    yield from _unsourced(index, shapes)
    yield from _parts(index)
    yield from _owners(index)
    yield from _orphans(index, shapes)


def _unsourced(index: Index, shapes: Shapes) -> Iterator[Problem]:
    for unit, texts in index.texts.items():
        if unit[0] in "PS":
            continue
        for text in texts.values():
            shape = shapes[text.lang][text.path].units.get(unit)
            own = index.data.strings.get(text.lang, {}).get("own.definition", "")
            marked = shape is None or shape.advice or any(own and own in said for said in shape.texts)
            if shape and not marked and not any(r.startswith("S-") for r in shape.references):
                yield Problem("unit-no-source", text.file, text.line, values={"id": unit})


def _parts(index: Index) -> Iterator[Problem]:
    """Every guideline has the same parts, in the same order."""
    for unit in index.data.of_kind("G"):
        for lang, text in index.texts.get(unit.id, {}).items():
            words = index.data.strings.get(lang, {})
            if f"strings/{lang}.yml" in index.data.lost:
                continue
            expected = [words.get(f"guideline.{part}", part) for part in GUIDELINE_PARTS]
            source = index.pages[lang][text.path]
            found = [h for h in source.headings if h.level == text.level + 1]
            if isinstance(unit, Guideline) and [h.title for h in found] != expected:
                pairs = zip_longest(found, expected)
                heading, wanted = next((h, title) for h, title in pairs if h is None or h.title != title)
                values = {
                    "id": unit.id,
                    "found": f"'{heading.title}'" if heading else "nothing",
                    "wanted": f"'{wanted}'" if wanted else "nothing",
                    "expected": " / ".join(expected),
                }
                yield Problem("guideline-parts", text.file, heading.line if heading else text.line, values=values)


def _owners(index: Index) -> Iterator[Problem]:
    """An unnamed owner is described on the initiative's page; nothing else has one there."""
    unnamed = {unit.id for unit in initiatives(index.data) if unit.owner == UNNAMED}
    for pages in index.pages.values():
        for source in pages.values():
            unit = source.headings[0].unit if source.headings else None
            if unit in unnamed and not source.front.get("owner") and source.readable:
                yield Problem("front-owner-missing", source.file, 1, values={"id": str(unit)})
            if unit and unit not in unnamed and "owner" in source.front and unit not in index.data.broken:
                yield Problem("front-owner-unneeded", source.file, source.front_lines["owner"], values={"id": unit})


def _orphans(index: Index, shapes: Shapes) -> Iterator[Problem]:
    """Pages of initiatives that no table, no reference and no relation leads to, so that no reader finds them."""
    data = index.data
    if "I" in data.lost:
        return
    for lang, pages in shapes.items():
        shown: set[str] = set()
        for path, shape in pages.items():
            for use in index.pages[lang][path].blocks:
                if use.name == "initiatives":
                    shown.update(unit.id for unit in select(data, use.options))
            for name, unit_shape in shape.units.items():
                shown.update(reference for reference in unit_shape.references if reference != name)
        for unit in initiatives(data):
            text = index.texts.get(unit.id, {}).get(lang)
            if text is not None and unit.id not in shown and not relations_of(data).of(unit.id):
                yield Problem("page-orphan", text.file, text.line, values={"id": unit.id})
