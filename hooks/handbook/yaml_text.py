"""What is wrong with the texts in YAML: no Markdown and no HTML is read in them, so both would show literally."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from handbook.addresses import address_problem, scheme_of
from handbook.problems import Problem
from handbook.yaml_reader import Document

_MARKUP = re.compile(r"\[\[|\]\]|\]\(|\]\[|(?:\A|\n)\s*/{3,}|</?[A-Za-z]|<!--")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://\S*|\S+)\Z")
_SCRIPTS = frozenset({"javascript", "vbscript", "data", "file", "blob"})
_SHOWN = 32


def text_problems(doc: Document) -> Iterator[Problem]:
    """Yield markup in the texts of a document, and addresses that may not be."""
    for path, text in _texts(doc.value, ()):
        match = _MARKUP.search(text)
        if match:
            found = text[match.start() : match.start() + _SHOWN].strip()
            yield Problem("left-over", doc.file, doc.line_of(path), values={"found": found})
        elif _ADDRESS.match(text.strip()) and ("://" in text or scheme_of(text) in _SCRIPTS):
            code = address_problem("link", text)
            if code:
                yield Problem(code, doc.file, doc.line_of(path), values={"href": text.strip()})


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _texts(child, (*path, key))
    elif isinstance(value, list):
        for position, child in enumerate(value):
            yield from _texts(child, (*path, position))
