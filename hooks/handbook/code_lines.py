"""Which lines of a page are code, and what else of its lines is no text: code in a line, comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FENCE = re.compile(r"((?:[ ]*>)*[ ]*)(`{3,}|~{3,})(.*)\Z")
_CONTAINER = re.compile(r"\s*(?:[-*+] |\d+[.)] |:[ ]{1,3}|!!!|\?\?\?|===|\[\^[^\]]*\]:|/{3,}\s*\w)")
_MARKED = re.compile(r"\s*(?:[-*+] +\S|\d+\. +\S|#{1,6} |\||!!! ?\w|\?\?\?\+? ?\w|=== ?\"|/{3,}\s*\w)")
_TICKS = re.compile(r"`+")
STEP = 4
"""Spaces of one level of indentation."""


@dataclass(frozen=True)
class CodeLines:
    """Where code stands.

    Attributes:
        positions: 0-based positions of lines that are code, the lines of the fences included.
        open_fence: position of a fence that nothing closes; what follows it is text.
        openings: positions of the lines that open a fence.
        misplaced: positions of lists, tables, headings and boxes that only their indentation makes code.
    """

    positions: frozenset[int]
    open_fence: int | None
    openings: tuple[int, ...]
    misplaced: tuple[int, ...] = ()


def code_lines(lines: Sequence[str]) -> CodeLines:
    """Find fenced and indented code in the lines of a page's body."""
    fenced: set[int] = set()
    openings: list[int] = []
    open_fence: int | None = None
    hopeless: set[str] = set()
    position = 0
    while position < len(lines):
        match = _FENCE.match(lines[position])
        if match is None or "`" in match[3]:
            position += 1
            continue
        end = None if match[2] in hopeless else _fence_end(lines, position, match[1], match[2])
        if end is None and not match[1]:
            hopeless.add(match[2])  # nor does anything close a later one like it
        if end is None:
            open_fence = position if open_fence is None else open_fence
            position += 1
            continue
        openings.append(position)
        fenced.update(range(position, end + 1))
        position = end + 1
    indented = _indented(lines, fenced)
    misplaced = sorted(at for at in indented if at - 1 not in indented and _MARKED.match(lines[at]))
    return CodeLines(frozenset(fenced | indented), open_fence, tuple(openings), tuple(misplaced))


def _fence_end(lines: Sequence[str], start: int, margin: str, fence: str) -> int | None:
    """Return the position of the line that closes a fence, or None: text left of the fence's margin ends it too."""
    for position in range(start + 1, len(lines)):
        line = lines[position]
        if not line.strip(" >"):
            continue
        if margin.strip() == "" and not line.startswith(margin):
            return None
        if line[len(margin) :].strip() == fence:
            return position
    return None


def _indented(lines: Sequence[str], fenced: set[int]) -> set[int]:
    """Return the positions of indented code: deeper by a level than the text above, which takes no indented text."""
    found: set[int] = set()
    above: list[tuple[int, bool]] = []
    after_blank = True
    for position, line in enumerate(lines):
        if not line.strip():
            after_blank = True
            continue
        if position in fenced:
            after_blank = False
            continue
        depth = len(line) - len(line.lstrip(" "))
        while above and above[-1][0] >= max(depth, 1):
            above.pop()
        if (after_blank or position - 1 in found) and _is_code(above, depth):
            found.add(position)
            after_blank = False
            continue
        takes_more = _CONTAINER.match(line) is not None
        if depth == 0:
            above.clear()
        above.append((depth, takes_more))
        after_blank = False
    return found


def _is_code(above: list[tuple[int, bool]], depth: int) -> bool:
    """Tell whether a line after a blank one, `depth` deep, is code under the open lines `above`."""
    base = max((at + STEP for at, takes_more in above if takes_more), default=0)
    return depth >= base + STEP


def visible(lines: Sequence[str], code: frozenset[int]) -> tuple[str, ...]:
    """Return the lines with everything blanked that is no text: code, also within a line, and comments."""
    kept = ["" if at in code else _without_spans(line) if "`" in line else line for at, line in enumerate(lines)]
    text = "\n".join(kept)
    return tuple(_without_comments(text).split("\n")) if "<!--" in text else tuple(kept)


def _without_spans(line: str) -> str:
    """Blank what stands between two equally long runs of backticks. One pass: a line may hold very many."""
    runs = [match.span() for match in _TICKS.finditer(line)]
    later: dict[int, list[int]] = {}
    for number in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[number][1] - runs[number][0], []).append(number)
    parts: list[str] = []
    done = number = 0
    while number < len(runs):
        start, end = runs[number]
        same = later[end - start]
        while same and same[-1] <= number:
            same.pop()
        if not same or line[start - 1 : start] == "\\":
            number += 1
            continue
        closing = same.pop()
        parts += [line[done:start], " " * (runs[closing][1] - start)]
        done, number = runs[closing][1], closing + 1
    return "".join(parts) + line[done:]


def _without_comments(text: str) -> str:
    parts: list[str] = []
    done = 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[done:start], re.sub(r"[^\n]", " ", text[start : end + 3])]
        done = end + 3
    return "".join(parts) + text[done:]
