"""Finds every problem in all text and data at once, without building the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from handbook import index as indexing
from handbook.catalogue import UNNAMED
from handbook.compare import compare
from handbook.data import Data, Place
from handbook.index import Index
from handbook.language.foreign import placeholders, untranslated
from handbook.language.spelling import spelling
from handbook.language.terms import terms
from handbook.load import load
from handbook.model import Barrier, Guideline, Initiative, Measure
from handbook.navigation import navigation_problems
from handbook.problems import Problem, ProblemsError, unique
from handbook.relations import relations_of
from handbook.scan import PageSource
from handbook.search.readers_words import readers_words_problems
from handbook.text.blocks import check_blocks
from handbook.text.context import PageContext
from handbook.text.render import Renderer, markdown_settings
from handbook.text.structure import PageShape
from handbook.translations import conflicts

GUIDELINE_PARTS = ("asks", "why", "check", "questions", "practice", "barriers", "measures", "law")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*\Z")
_CELL_NOISE = re.compile(r"\\\||`[^`]*`")


@dataclass
class Checked:
    """What a check found.

    Attributes:
        problems: sorted, each once.
        index: all texts, where the data could be read.
        notes: what could not be checked, and how to change that.
    """

    problems: list[Problem]
    index: Index | None
    notes: list[str] = field(default_factory=list)


def check(root: Path, *, dictionaries: bool = True) -> Checked:
    """Check everything below `root`.

    Never raises for bad input: what can't be read is a problem.

    Args:
        root: the project's folder.
        dictionaries: also the spelling, which needs dictionaries on the system.
    """
    try:
        data = load(root)
    except ProblemsError as error:
        return Checked(unique(error.problems), None)
    index = indexing.build(data)
    problems = [*data.problems, *index.problems, *conflicts(index)]
    with ThreadPoolExecutor(1) as pool:
        # Mostly waiting for dictionaries, so it goes on beside the rendering.
        speller = pool.submit(spelling, index) if dictionaries else None
        shapes = render_all(index, problems)
    misspelt, notes = speller.result() if speller else ([], [])
    problems.extend(misspelt)
    problems.extend(_not_blurred(index, problems, compare(index, shapes)))
    problems.extend(_links(index, shapes))
    problems.extend(_unsourced(index, shapes))
    problems.extend(_parts(index))
    problems.extend(_owners(index))
    problems.extend(_uncovered(data))
    problems.extend(navigation_problems(root, index))
    problems.extend([*terms(index), *untranslated(index), *placeholders(index)])
    problems.extend(readers_words_problems(data))
    return Checked(unique(without_echoes(problems)), index, notes)


ECHOES = frozenset({"left-over", "block-nothing"})
"""Codes that tell only the consequence where the same line has a problem that tells the cause."""


def without_echoes(problems: list[Problem]) -> Iterator[Problem]:
    """Leave out what only tells the consequence of another problem at the same place."""
    causes = {(p.file, p.line) for p in problems if p.code not in ECHOES}
    blocks = {(p.file, p.line - 1) for p in problems if p.code.startswith("block-")}
    for problem in problems:
        if problem.code in ECHOES and (problem.file, problem.line) in causes | blocks:
            continue
        yield problem


def _not_blurred(index: Index, known: list[Problem], found: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out differences in a unit whose references are wrong: they would only say the same again."""
    wrong = {(p.file, p.line) for p in known if p.code.startswith(("ref-", "citation-"))}
    ranges = {(t.file, t.line): range(t.line, t.end) for texts in index.texts.values() for t in texts.values()}
    for problem in found:
        lines = ranges.get((problem.file, problem.line), range(0))
        if problem.code == "compare-structure" or not any((problem.file, line) in wrong for line in lines):
            yield problem


def render_all(index: Index, problems: list[Problem]) -> dict[str, dict[str, PageShape]]:
    """Render every page for what it reports and what it is made of; add the problems to `problems`."""
    renderer = Renderer(markdown_settings(index.data.root))
    return {
        lang: {path: render_page(index, renderer, lang, path, source, problems) for path, source in pages.items()}
        for lang, pages in index.pages.items()
    }


def render_page(
    index: Index, renderer: Renderer, lang: str, path: str, source: PageSource, problems: list[Problem]
) -> PageShape:
    """Render one page; add what is wrong in it, by itself, to `problems`."""
    problems.extend(check_blocks(index.data, source))
    problems.extend(_tables(source))
    return renderer.shape(PageContext(index, lang, path, source, problems.append), source.body)


def _tables(source: PageSource) -> Iterator[Problem]:
    """Rows with more or fewer cells than their head: Markdown would drop or pad them silently."""
    lines = source.lines
    for position, line in enumerate(lines[1:], 1):
        if position in source.code or not _TABLE_RULE.match(line) or "|" not in lines[position - 1]:
            continue
        expected = _cells(lines[position - 1])
        for offset in range(position, len(lines)):
            row = lines[offset]
            if "|" not in row or not row.strip():
                break
            found = _cells(row)
            if found != expected:
                values = {"found": str(found), "expected": str(expected)}
                yield Problem("table-uneven", source.file, source.first_line + offset, values=values)


def _cells(row: str) -> int:
    bare = _CELL_NOISE.sub("x", row).strip().removeprefix("|").removesuffix("|")
    return bare.count("|") + 1


def _links(index: Index, shapes: dict[str, dict[str, PageShape]]) -> Iterator[Problem]:
    """Links that authors write themselves: page and anchor exist, in the same language."""
    for lang, pages in shapes.items():
        for path, shape in pages.items():
            source = index.pages[lang][path]
            context = PageContext(index, lang, path, source)
            for href in shape.links:
                code = _link_problem(index, shapes, lang, path, href)
                if code:
                    line, column = context.locate(href)
                    yield Problem(code, source.file, line, column, {"href": href})


def _link_problem(index: Index, shapes: dict[str, dict[str, PageShape]], lang: str, path: str, href: str) -> str | None:
    """Return the code of what is wrong with a link, or None."""
    parts = urlsplit(href)
    if parts.scheme in {"https", "mailto"} or (not href.strip()):
        return None
    if parts.scheme or href.startswith("//"):
        return "link-scheme"
    if parts.path.startswith("/"):
        return "link-page"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
    if target.startswith("../"):
        other = target.removeprefix("../").split("/")[0]
        return "link-language" if other in index.data.codes else _asset_problem(index, target)
    page = shapes.get(lang, {}).get(target)
    if page is None:
        return "link-page" if target.endswith(".md") or not _asset(index, lang, target) else None
    return "link-anchor" if parts.fragment and unquote(parts.fragment) not in page.anchors else None


def _asset(index: Index, lang: str, target: str) -> bool:
    return (index.data.root / "docs" / lang / target).is_file()


def _asset_problem(index: Index, target: str) -> str | None:
    name = posixpath.normpath(posixpath.join("docs/x", target))
    inside = name.startswith("docs/")
    return None if inside and (index.data.root / name).is_file() else "link-page"


def _unsourced(index: Index, shapes: dict[str, dict[str, PageShape]]) -> Iterator[Problem]:
    for unit, texts in index.texts.items():
        if unit[0] in "PS":
            continue
        for text in texts.values():
            shape = shapes[text.lang][text.path].units.get(unit)
            own = index.data.strings.get(text.lang, {}).get("own.definition", "")
            marked = shape is None or shape.advice or any(own and own in said for said in shape.texts)
            if shape and not marked and not any(r.startswith("S-") for r in shape.references):
                yield Problem("unit-no-source", text.file, text.line, values={"id": unit})


def _parts(index: Index) -> Iterator[Problem]:
    """Every guideline has the same parts, in the same order."""
    for unit in index.data.of_kind("G"):
        for lang, text in index.texts.get(unit.id, {}).items():
            words = index.data.strings.get(lang, {})
            expected = [words.get(f"guideline.{part}", part) for part in GUIDELINE_PARTS]
            source = index.pages[lang][text.path]
            found = [h.title for h in source.headings if h.level == text.level + 1]
            if isinstance(unit, Guideline) and found != expected:
                values = {"id": unit.id, "expected": " / ".join(expected)}
                yield Problem("guideline-parts", text.file, text.line, values=values)


def _owners(index: Index) -> Iterator[Problem]:
    for unit in index.data.of_kind("I"):
        if not isinstance(unit, Initiative) or unit.owner != UNNAMED:
            continue
        for lang, text in index.texts.get(unit.id, {}).items():
            if not index.pages[lang][text.path].front.get("owner"):
                yield Problem("front-owner-missing", text.file, 1, values={"id": unit.id})


def _uncovered(data: Data) -> Iterator[Problem]:
    """Barriers without a measure and measures without a barrier, unless a reason is given."""
    for unit in data.units.values():
        if not isinstance(unit, (Barrier, Measure)):
            continue
        reason = unit.no_measure if isinstance(unit, Barrier) else unit.no_barrier
        if reason or any(link.type == "lowers" for link in relations_of(data).of(unit.id)):
            continue
        place = data.places.get(unit.id, Place("", 0))
        code = "barrier-no-measure" if isinstance(unit, Barrier) else "measure-no-barrier"
        yield Problem(code, place.file, place.line, values={"id": unit.id})
