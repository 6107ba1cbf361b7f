"""Leaves out problems that only tell the consequence of another: who mends that one mends both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbook.index import Index
from handbook.problems import Problem

ECHOES = frozenset({"left-over", "block-nothing", "table-broken", "attributes", "reference-undefined", "heading-form"})
"""Codes that tell only the consequence where the same line has a problem that tells the cause."""

AT_REFERENCES = ("ref-", "citation-", "left-over", "reference-undefined", "block-", "fence-", "attributes")
AT_STRUCTURE = (
    *("unit-form", "id-", "rev-form", "block-", "html-", "ref-in-html", "heading-", "fence-", "table-"),
    *("definition-", "left-over", "indentation"),
)
"""First parts of the codes of problems that change what a unit refers to, and how it is built."""


CAUSES = (*AT_REFERENCES, *AT_STRUCTURE, "link-", "image-", "yaml-", "front-")
"""First parts of the codes of problems that leave something over on their line."""

EXPLICABLE = frozenset(
    {"compare-structure", "compare-order", "compare-references", "compare-numbers", "unit-no-source"}
)
"""Codes that `without_what_others_explain` may leave out."""

WITHOUT_HEADINGS = "ST"
"""Kinds of units that don't all stand as headings in the text."""


def without_echoes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out what only tells the consequence of another problem at the same place."""
    known = list(problems)
    causes = {(p.file, p.line) for p in known if p.code not in ECHOES and p.code.startswith(CAUSES)}
    blocks = {(p.file, p.line - 1) for p in known if p.code.startswith("block-")}
    elsewhere = {_said(p) for p in known if p.line}
    left: set[tuple[str, int]] = set()
    for problem in known:
        place = (problem.file, problem.line)
        if problem.code in ECHOES and place in causes | blocks:
            continue
        # A generated block shows text of other pages, where the same is said with its line.
        if not problem.line and _said(problem) in elsewhere:
            continue
        if problem.code == "left-over":
            if place in left:
                continue
            left.add(place)
        yield problem


def _said(problem: Problem) -> tuple[str, str]:
    return (problem.code, problem.message)


@dataclass(frozen=True)
class _Lines:
    """The lines of a file that have a problem, sorted."""

    lines: tuple[int, ...]

    def any_in(self, start: int, end: int) -> bool:
        position = bisect_left(self.lines, start)
        return position < len(self.lines) and self.lines[position] < end


def without_what_others_explain(index: Index, known: list[Problem], found: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out what is said of a whole unit where a problem within it explains it.

    Args:
        index: all texts.
        known: the problems found so far.
        found: differences between languages, and units without a source.
    """
    ends = {(t.file, t.line): t.end for texts in index.texts.values() for t in texts.values()}
    references, structure = _by_file(known, AT_REFERENCES), _by_file(known, AT_STRUCTURE)
    for problem in found:
        marks = structure if problem.code in {"compare-structure", "compare-order"} else references
        lines = marks.get(problem.file)
        end = ends.get((problem.file, problem.line), problem.line + 1)
        if problem.code not in EXPLICABLE or lines is None or not lines.any_in(problem.line, end):
            yield problem


def without_lost(index: Index, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out that units are unknown, and blocks empty, because a file of data could not be used in full."""
    lost = index.data.lost
    if not lost and not index.data.broken:
        yield from problems
        return
    written = {heading.unit for pages in index.pages.values() for page in pages.values() for heading in page.headings}
    for problem in problems:
        unit = problem.values.get("id", "")
        if problem.code == "ref-unknown" and unit[:1] in lost and (unit in written or unit[0] in WITHOUT_HEADINGS):
            continue
        if problem.code == "block-nothing":
            continue
        yield problem


def _by_file(problems: Iterable[Problem], codes: tuple[str, ...]) -> dict[str, _Lines]:
    found: dict[str, list[int]] = {}
    for problem in problems:
        if problem.code.startswith(codes):
            found.setdefault(problem.file, []).append(problem.line)
    return {file: _Lines(tuple(sorted(lines))) for file, lines in found.items()}
