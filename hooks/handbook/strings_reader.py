"""Reads the interface's words of a language."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from handbook.data import DATA
from handbook.data_reader import MAX_WRONG, Reader, many_wrong
from handbook.problems import Problem
from handbook.yaml_reader import Document, parse, read_text, unusable
from handbook.yaml_text import text_problems


def read_strings(reader: Reader, code: str) -> dict[str, str]:
    """Return the interface's words of a language, key with dots → word; what is wrong goes to the reader."""
    shown = f"{DATA}/strings/{code}.yml"
    path = reader.root / shown
    if not os.path.lexists(path):
        reader.problems.append(Problem("data-file-missing", shown, 1))
        reader.lost.add(f"strings/{code}.yml")
        return {}
    text, problems = read_text(path, shown)
    spoilt = unusable(text, problems, shown)
    if spoilt:
        reader.problems.extend(spoilt)
        reader.lost.add(f"strings/{code}.yml")
        return {}
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
            problems.append(many_wrong(doc, doc.line_of(path)))
