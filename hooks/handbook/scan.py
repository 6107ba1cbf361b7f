"""Reads the source lines of a page: front matter, unit headings, blocks.

This looks only at what stands at the beginning of lines, outside code fences. Everything inside a line is the
Markdown parser's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, zip_longest
from typing import Any

from handbook import ids
from handbook.block_uses import BLOCK, Blocks, BlockUse
from handbook.code_lines import STEP, CodeLines, code_lines, visible
from handbook.limits import CODES as BEYOND
from handbook.limits import MAX_LINE, MAX_PAGE_LINES, beyond_limits
from handbook.problems import Problem
from handbook.prose import prose
from handbook.yaml_reader import parse

_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)\Z")
_UNIT = re.compile(r"(.+?) \{ #([a-z]-[a-z0-9-]+) rev=([a-z0-9]+)(?: lang=([a-z]+))? \}\Z")
_ATTRIBUTES = re.compile(r"\{[:]?\s*[#.]|\{[^{}]*\brev\s*=|#[A-Za-z]-\S+\s+rev|\brev=\w")
_ITEM = re.compile(r" +(?:[-*+]|[0-9]{1,9}\.) +\S")


@dataclass(frozen=True)
class Heading:
    """A heading of the source; `unit` and `rev` are None for one that names no unit."""

    level: int
    title: str
    line: int
    unit: str | None = None
    rev: ids.Rev | None = None


@dataclass(frozen=True)
class PageSource:
    """The source of one page.

    Attributes:
        file: path from the project's root.
        front: the front matter.
        front_lines: key → line.
        lines: the lines of the body.
        first_line: line of the file at which the body begins.
        code: 0-based positions in `lines` that are code.
        readable: whether the file could be read at all.
    """

    file: str
    front: Mapping[str, Any]
    front_lines: Mapping[str, int]
    lines: tuple[str, ...]
    first_line: int
    headings: tuple[Heading, ...]
    blocks: tuple[BlockUse, ...]
    code: frozenset[int]
    problems: tuple[Problem, ...] = field(default=())
    readable: bool = True

    @cached_property
    def visible(self) -> tuple[str, ...]:
        """The lines with code and comments blanked, columns kept."""
        return visible(self.lines, self.code)

    @cached_property
    def prose(self) -> tuple[tuple[int, str], ...]:
        """The lines that are prose, with their numbers; see `handbook.prose`."""
        return tuple(prose(self.lines, self.code, self.first_line)) if self.parsable else ()

    @cached_property
    def text_and_starts(self) -> tuple[str, tuple[int, ...]]:
        """The visible lines as one text, and the position at which each begins."""
        starts = [0, *accumulate(len(line) + 1 for line in self.visible)]
        return "\n".join(self.visible), tuple(starts[:-1])

    @property
    def body(self) -> str:
        """The Markdown without the front matter."""
        return "\n".join(self.lines)

    @property
    def parsable(self) -> bool:
        """Whether the Markdown parser may have it; where not, nothing but its units' headings is known."""
        return not any(problem.code in BEYOND for problem in self.problems)

    def units(self) -> Iterator[tuple[Heading, int]]:
        """Yield each heading that names a unit, with the line (of the file) after its last."""
        for position, heading in enumerate(self.headings):
            if heading.unit is None:
                continue
            end = self.first_line + len(self.lines)
            for later in self.headings[position + 1 :]:
                if later.level <= heading.level:
                    end = later.line
                    break
            yield heading, end

    def slice(self, start: int, end: int) -> list[str]:
        """Return the lines from `start` up to but without `end`, both lines of the file."""
        return list(self.lines[start - self.first_line : end - self.first_line])


def scan(text: str, file: str) -> PageSource:
    """Read a whole Markdown file, front matter included."""
    lines = text.split("\n")
    problems: list[Problem] = []
    front: Mapping[str, Any] = {}
    front_lines: dict[str, int] = {}
    first = 1
    if lines and lines[0].strip() == "---":
        end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
        if end is None:
            problems.append(Problem("front-unclosed", file, 1))
            end = 0
        else:
            doc = parse("\n".join(lines[1:end]), file, first_line=2)
            problems.extend(doc.problems)
            if isinstance(doc.value, dict):
                front = doc.value
                front_lines = {str(k): doc.line_of((k,)) for k in doc.value}
            elif doc.value is not None:
                problems.append(Problem("front-not-a-mapping", file, 2))
        lines = lines[end + 1 :]
        first = end + 2
    excess = beyond_limits(lines, file, first)
    if excess is not None:
        lines = [line if len(line) <= MAX_LINE else "" for line in lines[:MAX_PAGE_LINES]]
    page = scan_body(lines, file, first_line=first, front=front, front_lines=front_lines, problems=problems)
    if excess is None:
        return page
    # What else may be wrong with it follows when this is mended.
    return replace(page, blocks=(), problems=(*problems, excess))


def scan_body(
    lines: list[str],
    file: str,
    *,
    first_line: int = 1,
    front: Mapping[str, Any] | None = None,
    front_lines: Mapping[str, int] | None = None,
    problems: list[Problem] | None = None,
) -> PageSource:
    """Read the lines below the front matter; see `PageSource` for what comes out."""
    found = list(problems or ())
    marked = code_lines(lines)
    code = marked.positions
    found.extend(_fence_problems(lines, marked, file, first_line))
    found.extend(_indentation(lines, marked, file, first_line))
    headings = tuple(_headings(lines, code, file, first_line, found))
    found.extend(_empty_parts(headings, visible(lines, code), code, file, first_line))
    blocks = tuple(Blocks(lines, code, file, first_line, found).read())
    return PageSource(
        file=file,
        front=front or {},
        front_lines=front_lines or {},
        lines=tuple(lines),
        first_line=first_line,
        headings=headings,
        blocks=blocks,
        code=code,
        problems=tuple(found),
    )


def _fence_problems(lines: list[str], marked: CodeLines, file: str, first_line: int) -> Iterator[Problem]:
    if marked.open_fence is not None:
        yield Problem("fence-unclosed", file, first_line + marked.open_fence)
    for position in marked.openings:
        _, brace, rest = lines[position].partition("{")
        if brace:
            yield Problem("attributes", file, first_line + position, values={"found": brace + rest})


def _indentation(lines: list[str], marked: CodeLines, file: str, first_line: int) -> Iterator[Problem]:
    """Yield lists and paragraphs that Markdown would not put where their indentation says."""
    after_blank = True
    for position, line in enumerate(lines):
        depth = len(line) - len(line.lstrip(" "))
        if position in marked.misplaced:
            yield Problem("indentation", file, first_line + position, values={"found": str(depth)})
        if not line.strip() or position in marked.positions:
            after_blank = True
            continue
        if depth % STEP and (after_blank or _ITEM.match(line)) and not BLOCK.match(line):
            yield Problem("indentation", file, first_line + position, values={"found": str(depth)})
        after_blank = False


def _headings(
    lines: list[str], code: frozenset[int], file: str, first_line: int, problems: list[Problem]
) -> Iterator[Heading]:
    for position, line in enumerate(lines):
        if position in code:
            continue
        number = position + first_line
        match = _HEADING.match(line)
        if match is None:
            column = _stray_attributes(line)
            if column:
                problems.append(Problem("unit-form", file, number, column, values={"found": line.strip()}))
            continue
        yield _heading(len(match[1]), match[2].rstrip(" \t").rstrip("#").rstrip(), number, file, problems)


def _empty_parts(
    headings: Sequence[Heading], shown: Sequence[str], code: frozenset[int], file: str, first_line: int
) -> Iterator[Problem]:
    """Yield headings with nothing below them, not even a deeper heading."""
    for heading, later in zip_longest(headings, headings[1:]):
        if later is not None and later.level > heading.level:
            continue
        inside = range(heading.line - first_line + 1, later.line - first_line if later else len(shown))
        if not any(position in code or shown[position].strip() for position in inside):
            yield Problem("heading-empty", file, heading.line, values={"title": heading.title})


def _stray_attributes(line: str) -> int:
    """Return the column of ``{ #b-32`` outside a heading and outside inline code, or 0."""
    if "{" not in line:
        return 0
    visible = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", lambda m: " " * len(m[0]), line)
    match = re.search(r"\{\s*#[a-zA-Z]-", visible)
    return match.start() + 1 if match else 0


def _heading(level: int, rest: str, line: int, file: str, problems: list[Problem]) -> Heading:
    match = _UNIT.match(rest)
    if match is None:
        if _ATTRIBUTES.search(rest):
            problems.append(Problem("unit-form", file, line, values={"found": rest}))
            rest = rest.partition("{")[0].rstrip() or rest
        return Heading(level, rest, line)
    unit = ids.from_anchor(match[2])
    if unit is None:
        values = {"id": match[2]}
        suggestion = ids.suggest_form(match[2])
        if suggestion:
            values["suggestion"] = ids.anchor_of(suggestion)
        problems.append(Problem("id-form", file, line, values=values))
        return Heading(level, match[1], line)
    try:
        rev = ids.Rev.parse(match[3])
    except ValueError:
        problems.append(Problem("rev-form", file, line, values={"rev": match[3], "id": unit}))
        return Heading(level, match[1], line)
    if match[4]:  # for composed pages only
        problems.append(Problem("unit-form", file, line, values={"found": rest}))
    return Heading(level, match[1], line, unit, rev)
