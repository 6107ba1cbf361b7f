"""Renders the pages for what a check asks: what each is made of, and what is wrong in it by itself."""

from __future__ import annotations

from handbook.index import Index
from handbook.limits import MAX_DEPTH
from handbook.problems import Problem
from handbook.scan import PageSource
from handbook.text.blocks import check_blocks
from handbook.text.context import PageContext
from handbook.text.render import Renderer, markdown_settings
from handbook.text.structure import PageShape


def render_all(
    index: Index, problems: list[Problem], renderer: Renderer | None = None
) -> dict[str, dict[str, PageShape]]:
    """Render every page of every language; add the problems to `problems`."""
    renderer = renderer or Renderer(markdown_settings(index.data.root))
    return {lang: render_language(index, renderer, lang, problems) for lang in index.pages}


def render_language(index: Index, renderer: Renderer, lang: str, problems: list[Problem]) -> dict[str, PageShape]:
    """Render every page of a language; add the problems to `problems`."""
    pages = index.pages[lang]
    return {path: render_page(index, renderer, lang, path, source, problems) for path, source in pages.items()}


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
