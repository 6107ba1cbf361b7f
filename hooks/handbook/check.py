"""Finds every problem in all text and data at once, without building the site."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from handbook import index as indexing
from handbook.checks.echoes import without_echoes, without_lost, without_what_others_explain
from handbook.checks.entries import entry_problems
from handbook.checks.files import file_problems
from handbook.checks.links import link_problems
from handbook.checks.pages import page_problems
from handbook.checks.templates import template_problems
from handbook.checks.words import word_problems
from handbook.compare import compare
from handbook.files import tree_problems
from handbook.index import Index
from handbook.language.checks import WordChecks
from handbook.limits import MAX_DEPTH
from handbook.load import load
from handbook.navigation import CONFIG, config_problems, line_of, navigation_problems
from handbook.problems import Problem, ProblemsError, unique
from handbook.scan import PageSource
from handbook.search.readers_words import readers_words_problems
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
    tree = list(tree_problems(root))
    try:
        data = load(root)
    except ProblemsError as error:
        return Checked(unique([*tree, *error.problems]), None)
    index = indexing.build(data)
    problems = [*tree, *data.problems, *index.problems, *conflicts(index), *config_problems(root)]
    renderer = _renderer(root, problems)
    if renderer is None:
        return Checked(unique(without_echoes(problems)), index)
    with WordChecks(index, dictionaries=dictionaries) as words:
        shapes = render_all(index, problems, renderer)
        misspelt, notes = words.result()
    problems.extend(misspelt)
    problems.extend(link_problems(index, shapes))
    problems.extend(entry_problems(index))
    problems.extend(word_problems(data))
    problems.extend(readers_words_problems(data))
    problems.extend(file_problems(index))
    problems.extend(template_problems(index))
    problems.extend(navigation_problems(root, index))
    explicable = [*compare(index, shapes), *page_problems(index, shapes)]
    problems.extend(without_what_others_explain(index, problems, explicable))
    return Checked(unique(without_echoes(without_lost(index, problems))), index, notes)


def _renderer(root: Path, problems: list[Problem]) -> Renderer | None:
    """Return what renders the pages, or None where ``mkdocs.yml`` does not allow it; then that is a problem."""
    if any(problem.file == CONFIG for problem in problems):
        return None
    renderer = Renderer(markdown_settings(root))
    reason = renderer.unusable()
    if reason:
        values = {"field": "markdown_extensions", "value": reason[0], "reason": reason[1]}
        problems.append(Problem("data-value", CONFIG, line_of(root, reason[0]), values=values))
        return None
    return renderer


def render_all(
    index: Index, problems: list[Problem], renderer: Renderer | None = None
) -> dict[str, dict[str, PageShape]]:
    """Render every page for what it reports and what it is made of; add the problems to `problems`."""
    renderer = renderer or Renderer(markdown_settings(index.data.root))
    return {
        lang: {path: render_page(index, renderer, lang, path, source, problems) for path, source in pages.items()}
        for lang, pages in index.pages.items()
    }


def render_page(
    index: Index, renderer: Renderer, lang: str, path: str, source: PageSource, problems: list[Problem]
) -> PageShape:
    """Render one page; add what is wrong in it, by itself, to `problems`."""
    if not source.parsable:
        return PageShape()
    problems.extend(check_blocks(index.data, source))
    try:
        return renderer.shape(PageContext(index, lang, path, source, problems.append), source.body)
    except RecursionError:
        # Something that the limits don't count has used up the parser's stack.
        renderer.renew()
        problems.append(Problem("nesting-deep", source.file, source.first_line, values={"limit": str(MAX_DEPTH)}))
        return PageShape()
