"""The words that a page's author wrote, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.scan import PageSource

WORD = re.compile(r"[^\W\d_]+(?:[-’':][^\W\d_]+)*")
_NOT_PROSE = re.compile(
    r"\[\[[^\[\]]*\]\]"  # [[B-32]]
    r"|(?<=\])\[[^\[\]]*\]"  # the id of [text][B-32]
    r"|(?<=\])\([^()]*\)"  # the address of [text](address)
    r"|\{ #[^{}]*\}"
    r"|`[^`]*`"
    r"|https?://\S+"
)
_OPTION = re.compile(r"    [a-z_]+: ")


@dataclass(frozen=True)
class Word:
    """A word and where it stands."""

    text: str
    line: int
    column: int


def prose_lines(source: PageSource) -> Iterator[tuple[int, str]]:
    """Yield the lines of a page that are prose, with code, references and addresses blanked out."""
    if not source.parsable:
        return
    for position, line in enumerate(source.lines):
        if position in source.code or line.lstrip().startswith("///") or _OPTION.match(line):
            continue
        blanked = _NOT_PROSE.sub(lambda match: " " * len(match[0]), line)
        yield source.first_line + position, blanked


def words(source: PageSource) -> Iterator[Word]:
    """Yield every word of a page's prose."""
    for number, line in prose_lines(source):
        for match in WORD.finditer(line):
            yield Word(match[0], number, match.start() + 1)
