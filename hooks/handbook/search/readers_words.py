"""What readers may call a unit: ``docs/data/search/<lang>.yml``, words that the text itself doesn't use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handbook import ids
from handbook.data import DATA, Data
from handbook.data_checks import unknown_id
from handbook.problems import Problem
from handbook.yaml_reader import Document, read

Words = Mapping[str, tuple[str, ...]]
FOLDER = f"{DATA}/search"


def readers_words(data: Data, lang: str) -> Words:
    """Return unit → words and phrases for readers of `lang`; nothing where the language has no such file."""
    doc = next((doc for code, doc in _documents(data) if code == lang), None)
    return _words(doc) if doc else {}


def everybodys_words(data: Data) -> Words:
    """Return unit → words for readers of any language: from the files whose name is no edition."""
    found: dict[str, tuple[str, ...]] = {}
    for code, doc in _documents(data):
        if code not in data.codes:
            for unit, phrases in _words(doc).items():
                found[unit] = (*found.get(unit, ()), *phrases)
    return found


def readers_words_problems(data: Data) -> Iterator[Problem]:
    """Yield what is wrong with the files: unknown units, lines that are no text."""
    for _, doc in _documents(data):
        yield from doc.problems
        if doc.value is None and not doc.problems:
            yield Problem("data-empty", doc.file, 1)
        elif isinstance(doc.value, dict):
            for unit, text in doc.value.items():
                yield from _line_problems(data, doc, str(unit), text)
        elif doc.value is not None:
            yield Problem("data-value", doc.file, 1, values=_wrong("", doc.value))


def _line_problems(data: Data, doc: Document, unit: str, text: Any) -> Iterator[Problem]:
    line = doc.line_of((unit,))
    wrong = unknown_id(data, unit) if ids.is_id(unit) else ("id-form", {"id": unit})
    if wrong:
        yield Problem(wrong[0], doc.file, line, values=wrong[1])
    if not isinstance(text, str) or not any(_phrases(text)):
        yield Problem("data-value", doc.file, line, values=_wrong(unit, text))


def _documents(data: Data) -> Iterator[tuple[str, Document]]:
    """Yield the files in order, each with its name without ending."""
    for path in sorted((data.root / FOLDER).glob("*.yml")):
        yield path.stem, read(path, f"{FOLDER}/{path.name}")


def _words(doc: Document) -> Words:
    lines = doc.value.items() if isinstance(doc.value, dict) else ()
    return {str(unit): tuple(_phrases(text)) for unit, text in lines if isinstance(text, str)}


def _phrases(text: str) -> Iterator[str]:
    return (phrase.strip() for phrase in text.split(",") if phrase.strip())


def _wrong(field: str, value: Any) -> dict[str, str]:
    return {"field": field, "value": type(value).__name__, "reason": "words with commas between are expected"}
