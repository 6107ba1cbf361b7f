"""Puts a dossier together: the chosen units, and what their reader needs to have beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml.html import HtmlElement

from handbook.check import render_page
from handbook.compose import compose
from handbook.dossier.back import left_out, questions, sources, terms
from handbook.dossier.extract import cut, parse, serialize
from handbook.dossier.selection import whole_page
from handbook.edition import book_of
from handbook.index import Index
from handbook.pdf import Book, Page, Part
from handbook.problems import Problem, ProblemsError, unique
from handbook.text.context import PageContext
from handbook.text.render import Renderer, markdown_settings

FLOWING = "BMILT"
"""Kinds of units that follow one another on a page; the others begin a page of their own."""


class Pages:
    """Renders pages of the handbook for one language, each once.

    Args:
        index: all texts.
        lang: the language of the reader.
    """

    def __init__(self, index: Index, lang: str) -> None:
        self.index = index
        self.lang = lang
        self.renderer = Renderer(markdown_settings(index.data.root))
        self._bodies: dict[str, HtmlElement] = {}
        # These say in their text what they are related to; what is taken from its chapter gets a list of it.
        whole = {unit: path for unit in index.data.units if (path := whole_page(index, unit))}
        self._in_full = {path for unit, path in whole.items() if unit[0] == "G"}

    def context(self, path: str) -> PageContext:
        """Return what the text of a page knows of its place."""
        return PageContext(self.index, self.lang, path, print_related=path not in self._in_full)

    def body(self, path: str) -> HtmlElement:
        """Return the rendered page; it is shared, so it must not be changed."""
        if path not in self._bodies:
            composed = compose(self.index, self.lang, path)
            text = "" if composed is None else self.renderer.html(self.context(path), composed.markdown)
            self._bodies[path] = parse(text)
        return self._bodies[path]

    def unit(self, unit: str, level: int = 1) -> HtmlElement | None:
        """Return a unit that is part of a page, or None where no page has it."""
        target = self.index.target(unit, self.lang)
        return None if target is None else cut(self.body(target.path), unit, level=level)


def make_dossier(index: Index, lang: str, units: Sequence[str], title: str | None = None) -> Book:
    """Return the dossier of `units` in `lang`; what that language lacks stands in the one that leads.

    Args:
        index: all texts.
        lang: the dossier's language.
        units: ids of known units, in order, each once.
        title: what stands on the front page, for example the number of the case.

    Raises:
        ProblemsError: the text of a chosen unit has a problem.
    """
    found = list(_text_problems(index, lang, units))
    if found:
        raise ProblemsError(unique(found))
    pages = Pages(index, lang)
    words = index.data.strings[lang]
    chosen = tuple(_page(pages, unit) for unit in units if unit[0] != "S")
    bodies = [parse(page.html) for page in chosen]
    listed = (terms(pages, units, bodies), *sources(pages, units, bodies), *questions(pages, units))
    back = tuple(page for page in listed if page)
    outside = left_out(pages, [*bodies, *(parse(page.html) for page in back)])
    parts = (Part(None, chosen), Part(None, (*back, *outside)))
    return book_of(
        index,
        lang,
        parts,
        title=title or words["print.excerpt"],
        subtitle=words["print.excerpt"] if title else words["handbook.subtitle"],
        chosen=tuple(units),
    )


def _page(pages: Pages, unit: str) -> Page:
    path = whole_page(pages.index, unit)
    flows = unit[0] in FLOWING
    if path:
        return Page(path, unit, serialize(pages.body(path)), flows=flows)
    target = pages.index.target(unit, pages.lang)
    body = pages.unit(unit)
    if target is None or body is None:
        raise LookupError(unit)  # `choose` lets no such unit through
    return Page(target.path, unit, serialize(body), whole=False, flows=flows)


def _text_problems(index: Index, lang: str, units: Sequence[str]) -> Iterator[Problem]:
    """What `check` finds in the data and in the pages that the chosen units stand on."""
    yield from index.data.problems
    yield from index.problems
    renderer = Renderer(markdown_settings(index.data.root))
    texts = [text for unit in units if (text := index.text(unit, lang))]
    for spoken, path in dict.fromkeys((text.lang, text.path) for text in texts):
        found: list[Problem] = []
        render_page(index, renderer, spoken, path, index.pages[spoken][path], found)
        yield from found


def dossier_file(lang: str) -> Path:
    """Return the name that a dossier gets when nobody gives it one."""
    return Path(f"dossier-{lang}.pdf")
