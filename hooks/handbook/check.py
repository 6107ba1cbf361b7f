"""Finds every problem in all text and data at once, without building the site."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from handbook import index as indexing
from handbook.checks.echoes import without_differences_explained, without_echoes
from handbook.checks.entries import entry_problems
from handbook.checks.links import link_problems
from handbook.checks.pages import page_problems
from handbook.checks.words import word_problems
from handbook.compare import compare
from handbook.index import Index
from handbook.language.checks import WordChecks
from handbook.load import load
from handbook.navigation import navigation_problems
from handbook.problems import Problem, ProblemsError, unique
from handbook.scan import PageSource
from handbook.text.blocks import check_blocks
from handbook.text.context import PageContext
from handbook.text.render import Renderer, markdown_settings
from handbook.text.structure import PageShape
from handbook.translations import conflicts


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
    with WordChecks(index, dictionaries=dictionaries) as words:
        shapes = render_all(index, problems)
        misspelt, notes = words.result()
    problems.extend(misspelt)
    problems.extend(without_differences_explained(index, problems, compare(index, shapes)))
    problems.extend(link_problems(index, shapes))
    problems.extend(page_problems(index, shapes))
    problems.extend(entry_problems(index))
    problems.extend(word_problems(data))
    problems.extend(navigation_problems(root, index))
    return Checked(unique(without_echoes(problems)), index, notes)


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
    return renderer.shape(PageContext(index, lang, path, source, problems.append), source.body)
