"""Reads the files of the data one by one into models, and gathers what is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TypeVar

import pydantic

from handbook import ids
from handbook.data import DATA, Place
from handbook.model import (
    Model,
    Vocabularies,
)
from handbook.problems import Problem
from handbook.wrong_values import from_pydantic
from handbook.yaml_reader import Document, read
from handbook.yaml_text import text_problems

M = TypeVar("M", bound=Model)

MAX_WRONG = 200
"""With so many wrong entries a file is as a whole not what it should be."""


class Reader:
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
                self.problems.append(many_wrong(doc, doc.line_of((position,))))
                self.lost.add(name)
                return []
        return found

    def validate(self, doc: Document, value: Any, at: tuple[str | int, ...], model: type[M]) -> M | None:
        try:
            return model.model_validate(value)
        except pydantic.ValidationError as error:
            details = error.errors(include_url=False)
            wrong = (
                from_pydantic(doc, at, detail, model, self.vocabularies)
                for detail in details[:MAX_WRONG]
                if not _follows(detail, details)
            )
            self.problems.extend(wrong)
            if len(details) > MAX_WRONG:
                self.problems.append(many_wrong(doc, doc.line_of(at)))
            if isinstance(value, dict) and ids.is_id(str(value.get("id"))):
                self.broken.add(str(value["id"]))
            else:
                self.lost.add(doc.file.removeprefix(f"{DATA}/"))
            return None


def many_wrong(doc: Document, line: int) -> Problem:
    """Return the problem that ends the reading of a file: it is not what it should be."""
    return Problem("data-many-wrong", doc.file, line, values={"count": str(MAX_WRONG)})


def _follows(detail: Any, details: Any) -> bool:
    """Tell whether a list is only too short because what is wrong within it was left out."""
    loc = detail["loc"]
    if detail["type"] != "too_short":
        return False
    return any(len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in details)
