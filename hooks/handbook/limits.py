"""How large and how deeply nested a page may be.

Markdown has constructions whose time grows with the square of a passage's length, or which use up the parser's
stack. No page that people write comes near these limits; a page beyond them is a problem with a line, and is not
parsed. With them, no page takes longer than a second or two, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handbook.problems import Problem

MAX_PAGE = 100_000
MAX_PAGE_LINES = 4_000
MAX_LINE = 2_000
MAX_PASSAGE = 6_000
MAX_PASSAGE_LINES = 200
MAX_DEPTH = 10
"""Levels of lists, quotations and boxes; open brackets of one kind in a passage; open blocks."""

CODES = frozenset({"page-long", "line-long", "passage-long", "nesting-deep"})
"""What `beyond_limits` may find."""

INDENT = 4
_PAIRS = {"]": "[", ")": "(", "}": "{", ">": "<"}
_BRACKET = re.compile(r"[\[\](){}<>]")
_LEVEL = re.compile(r" *(?:>|[-*+] |[0-9]{1,9}[.)] )")


def beyond_limits(lines: Sequence[str], file: str, first_line: int) -> Problem | None:
    """Return the first place at which a page is too much for the parser, or None.

    Args:
        lines: the page without its front matter.
        file: shown in the problem.
        first_line: line of the file at which `lines` begin.
    """
    for position, code, values in _excesses(lines):
        return Problem(code, file, first_line + position, values=values)
    return None


def _excesses(lines: Sequence[str]) -> Iterator[tuple[int, str, dict[str, str]]]:
    size = length = count = blocks = 0
    open_: dict[str, int] = {}
    for position, line in enumerate(lines):
        size += len(line) + 1
        if size > MAX_PAGE or position >= MAX_PAGE_LINES:
            yield position, "page-long", {"limit": str(MAX_PAGE), "lines": str(MAX_PAGE_LINES)}
        if len(line) > MAX_LINE:
            yield position, "line-long", {"length": str(len(line)), "limit": str(MAX_LINE)}
        if not line.strip():
            length = count = 0
            open_ = {}
            continue
        length += len(line) + 1
        count += 1
        if length > MAX_PASSAGE or count > MAX_PASSAGE_LINES:
            values = {"limit": str(MAX_PASSAGE), "lines": str(MAX_PASSAGE_LINES)}
            yield position, "passage-long", values
        blocks += _block(line)
        if max(blocks, _levels(line)) > MAX_DEPTH or _open_brackets(line, open_) > MAX_DEPTH:
            yield position, "nesting-deep", {"limit": str(MAX_DEPTH)}


def _block(line: str) -> int:
    """Return 1 for a line that opens a block, -1 for one that closes one, else 0."""
    line = line.lstrip()
    if not line.startswith("///"):
        return 0
    return 1 if line.strip("/ ") else -1


def _levels(line: str) -> int:
    """Return how many levels of indentation, list items and quotations a line opens."""
    found = (len(line) - len(line.lstrip(" "))) // INDENT
    match = _LEVEL.match(line)
    if match is None or not set(line) - {line.lstrip()[0], " "}:  # the second is a rule: - - - -
        return found
    while match is not None:
        found += 1
        match = _LEVEL.match(line, match.end())
    return found


def _open_brackets(line: str, open_: dict[str, int]) -> int:
    """Count the brackets that a line opens and closes into `open_`; return the most that one kind had open."""
    most = 0
    for char in _BRACKET.findall(line):
        opening = _PAIRS.get(char)
        if opening is None:
            open_[char] = open_.get(char, 0) + 1
            most = max(most, open_[char])
        else:
            open_[opening] = max(0, open_.get(opening, 0) - 1)
    return most
