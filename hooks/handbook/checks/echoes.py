"""Leaves out problems that only tell the consequence of another: who mends that one mends both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbook.index import Index
from handbook.problems import Problem

ECHOES = frozenset({"left-over", "block-nothing", "table-broken"})
"""Codes that tell only the consequence where the same line has a problem that tells the cause."""

AT_REFERENCES = ("ref-", "citation-", "left-over", "reference-undefined", "block-", "fence-", "attributes")
AT_STRUCTURE = (
    *("unit-form", "id-", "rev-form", "block-", "html-", "ref-in-html", "heading-", "fence-", "table-", "list-"),
    *("definition-", "left-over"),
)
"""First parts of the codes of problems that change what a unit refers to, and how it is built."""


def without_echoes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out what only tells the consequence of another problem at the same place."""
    known = list(problems)
    causes = {(p.file, p.line) for p in known if p.code not in ECHOES}
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


def without_differences_explained(index: Index, known: list[Problem], found: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out differences between languages within a unit where another problem explains them.

    Args:
        index: all texts.
        known: the problems found so far.
        found: the differences.
    """
    ends = {(t.file, t.line): t.end for texts in index.texts.values() for t in texts.values()}
    references, structure = _by_file(known, AT_REFERENCES), _by_file(known, AT_STRUCTURE)
    for problem in found:
        marks = structure if problem.code in {"compare-structure", "compare-order"} else references
        lines = marks.get(problem.file)
        end = ends.get((problem.file, problem.line), problem.line + 1)
        if lines is None or not lines.any_in(problem.line, end):
            yield problem


def _by_file(problems: Iterable[Problem], codes: tuple[str, ...]) -> dict[str, _Lines]:
    found: dict[str, list[int]] = {}
    for problem in problems:
        if problem.code.startswith(codes):
            found.setdefault(problem.file, []).append(problem.line)
    return {file: _Lines(tuple(sorted(lines))) for file, lines in found.items()}
