"""The words that a page's author wrote, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.scan import PageSource

WORD = re.compile(r"[^\W\d_]+(?:[-’':][^\W\d_]+)*")


@dataclass(frozen=True)
class Word:
    """A word and where it stands."""

    text: str
    line: int
    column: int


def prose_lines(source: PageSource) -> Iterator[tuple[int, str]]:
    """Yield the lines of a page that are prose, with code, references and addresses blanked out."""
    yield from source.prose


def words(source: PageSource) -> Iterator[Word]:
    """Yield every word of a page's prose."""
    for number, line in prose_lines(source):
        for match in WORD.finditer(line):
            yield Word(match[0], number, match.start() + 1)
