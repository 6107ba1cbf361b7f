"""Finds every problem in all text and data at once, without building the site."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from handbook import index as indexing
from handbook.beside import SecondProcess
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
from handbook.load import load
from handbook.navigation import CONFIG, config_problems, line_of, navigation_problems
from handbook.problems import Problem, ProblemsError, unique
from handbook.rendering import render_all, render_language, render_page
from handbook.search.readers_words import readers_words_problems
from handbook.text.render import Renderer, markdown_settings
from handbook.text.structure import PageShape
from handbook.translations import conflicts, unled

__all__ = ["Checked", "check", "render_all", "render_page"]


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
    with SecondProcess(root, dictionaries=dictionaries) as beside:
        return _check(root, beside)


def _check(root: Path, beside: SecondProcess) -> Checked:
    tree = list(tree_problems(root))
    try:
        data = load(root)
    except ProblemsError as error:
        return Checked(unique([*tree, *error.problems]), None)
    index = indexing.build(data)
    problems = [*tree, *data.problems, *index.problems, *conflicts(index), *unled(index), *config_problems(root)]
    renderer = _renderer(root, problems)
    if renderer is None:
        return Checked(unique(without_echoes(problems)), index)
    others = beside.codes(index)
    shapes = {code: render_language(index, renderer, code, problems) for code in index.pages if code not in others}
    second = beside.result(index, renderer)
    problems.extend(second.problems)
    _whole(index, {code: {**shapes, **second.shapes}[code] for code in index.pages}, problems)
    told = (
        problem if problem.line else replace(problem, line=1)
        for problem in without_echoes(without_lost(index, problems))
    )
    return Checked(unique(told), index, second.notes)


def _whole(index: Index, shapes: dict[str, dict[str, PageShape]], problems: list[Problem]) -> None:
    """Add what shows only when all pages and all data are known."""
    data = index.data
    problems.extend(link_problems(index, shapes))
    problems.extend(entry_problems(index))
    problems.extend(word_problems(data))
    problems.extend(readers_words_problems(data))
    problems.extend(file_problems(index))
    problems.extend(template_problems(index))
    problems.extend(navigation_problems(data.root, index))
    explicable = [*compare(index, shapes), *page_problems(index, shapes)]
    problems.extend(without_what_others_explain(index, problems, explicable))


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
