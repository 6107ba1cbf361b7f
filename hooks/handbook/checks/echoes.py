"""Leaves out problems that only tell the consequence of another: who mends that one mends both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from handbook.data import DATA
from handbook.index import Index
from handbook.limits import CODES
from handbook.problems import Problem

LEFT = frozenset({"left-over", "table-broken", "list-broken", "attributes", "heading-form"})
"""Codes that tell only what is left on a line by a problem that tells the cause."""

LEAVING = ("block-", "fence-", "unit-form", "id-form", "rev-form", "front-", "yaml-", "indentation")
"""First parts of the codes of such problems."""

UNREAD = ("file-", *CODES, "page-no-heading")
"""First parts of the codes of problems that keep a page's words from being seen."""

AT_REFERENCES = ("ref-", "citation-", "left-over", "reference-undefined", "block-", "fence-", "attributes", "html-")
AT_STRUCTURE = (
    *("block-", "html-", "ref-in-html", "heading-", "fence-", "table-", "list-", "definition-", "left-over"),
    *("indentation", "attributes"),
)
"""First parts of the codes of problems that change what a unit refers to, and how it is built."""

EXPLICABLE = {
    "compare-structure": AT_STRUCTURE,
    "compare-order": ("id-", "unit-"),
    "compare-references": AT_REFERENCES,
    "compare-numbers": AT_REFERENCES,
    "unit-no-source": (*AT_REFERENCES, "heading-empty"),
}
"""Code of what is said of a whole unit → what within the unit explains it."""

WITHOUT_HEADINGS = "ST"
"""Kinds of units that don't all stand as headings in the text."""


def without_echoes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out what only tells the consequence of another problem."""
    known = list(problems)
    causes = _Causes(known)
    left: set[tuple[str, int]] = set()
    for problem in known:
        if causes.explain(problem) or causes.tell_more(problem):
            continue
        if problem.code == "left-over":
            place = (problem.file, problem.line)
            if place in left:
                continue
            left.add(place)
        yield problem


class _Causes:
    """What of the known problems explains others."""

    def __init__(self, known: list[Problem]) -> None:
        self.codes: dict[tuple[str, int], set[str]] = {}
        for problem in known:
            self.codes.setdefault((problem.file, problem.line), set()).add(problem.code)
        self.leaving = {p for q in known if q.code.startswith(LEAVING) and q.code not in LEFT for p in _places(q)}
        self.causes = {(p.file, p.line) for p in known if p.code != "block-nothing"}
        self.elsewhere = {_said(p) for p in known if p.line}
        self.twice = {p.values.get("id") for p in known if p.code == "id-duplicate"}
        self.unread = {p.file.split("/")[1] for p in known if p.code.startswith(UNREAD) and p.file.startswith("docs/")}
        self.languages = any(p.file == f"{DATA}/languages.yml" for p in known)
        self.unlisted = any(p.file.startswith(f"{DATA}/reading-") for p in known)

    def explain(self, problem: Problem) -> bool:
        """Tell whether a problem at the same place says why there is this one."""
        place = (problem.file, problem.line)
        beside = self.codes[place]
        if problem.code in LEFT:
            return place in self.leaving
        if problem.code == "heading-empty":
            return len(beside) > 1
        if problem.code == "spelling" and "text-placeholder" in beside:
            return True
        return problem.code in {"spelling", "indentation"} and any(code.startswith("file-") for code in beside)

    def tell_more(self, problem: Problem) -> bool:
        """Tell whether a problem elsewhere says why there is this one."""
        if problem.code == "block-nothing":
            if problem.values.get("name") == "reading" and self.unlisted:
                return True
            return not self.causes.isdisjoint((problem.file, problem.line + n) for n in range(9))
        if problem.code == "rev-language" and self.languages:
            return True
        if problem.code in {"unit-other-page", "unit-path"} and problem.values.get("id") in self.twice:
            return True
        if problem.code == "wordlist-unused" and Path(problem.file).stem in self.unread:
            return True
        # A generated block shows text of other pages, where the same is said with its line.
        return not problem.line and _said(problem) in self.elsewhere


def _places(problem: Problem) -> Iterator[tuple[str, int]]:
    """Yield the lines on which a problem leaves something over: its own, and that on which its block ends."""
    yield problem.file, problem.line
    end = problem.values.get("end", "")
    if end:
        yield problem.file, int(end)


def _said(problem: Problem) -> tuple[str, str]:
    return (problem.code, problem.message)


def without_what_others_explain(index: Index, known: list[Problem], found: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out what is said of a whole unit where a problem within it, and not in a unit below it, explains it.

    Args:
        index: all texts.
        known: the problems found so far.
        found: differences between languages, and units without a source.
    """
    owners = _Owners(index)
    within: dict[tuple[str, int], list[str]] = {}
    for problem in known:
        # A heading divides the units above it too.
        for owner in owners.of(problem)[0 if problem.code.startswith("heading-") else -1 :]:
            within.setdefault((problem.file, owner), []).append(problem.code)
    for problem in found:
        codes = within.get((problem.file, problem.line), [])
        if not any(code.startswith(EXPLICABLE.get(problem.code, ("-",))) for code in codes):
            yield problem


class _Owners:
    """Which unit's heading a line of a page belongs to."""

    def __init__(self, index: Index) -> None:
        self.starts: dict[str, list[tuple[int, int]]] = {}
        for pages in index.pages.values():
            for source in pages.values():
                self.starts[source.file] = [(heading.line, end) for heading, end in source.units()]

    def of(self, problem: Problem) -> list[int]:
        """Return the lines of the headings of the units around a problem, the innermost last."""
        return [start for start, end in self.starts.get(problem.file, ()) if start <= problem.line < end]


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
