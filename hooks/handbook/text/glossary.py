"""The glossary of one language, for explaining terms where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import html as lxml_html
from markdown import Markdown

from handbook.index import GLOSSARY_PAGE, Index
from handbook.language.finder import TermFinder, glossary_finder
from handbook.model import Page, Term
from handbook.text.context import PageContext
from handbook.text.references import CITE_CLASS
from handbook.text.render import Renderer, markdown_settings


@dataclass(frozen=True)
class Definition:
    """The first sentence of a term's entry, as plain text, and the language it is in."""

    text: str
    lang: str


@dataclass(frozen=True)
class Glossary:
    """What to explain, and how.

    Attributes:
        path: the page of the glossary, on which nothing is explained.
        definitions: id → definition, of every term that has an entry.
        finder: finds the terms that are explained without an author's mark.
    """

    path: str
    definitions: Mapping[str, Definition]
    finder: TermFinder


def make_glossary(index: Index, lang: str) -> Glossary:
    """Return the glossary for readers of `lang`.

    Args:
        index: all texts.
        lang: the language of the texts in which terms are to be explained.
    """
    page = index.data.units.get(GLOSSARY_PAGE)
    path = page.path if isinstance(page, Page) else ""
    md = Renderer(markdown_settings(index.data.root)).markdown(PageContext(index, lang, path))
    terms = [unit for unit in index.data.of_kind("T") if isinstance(unit, Term) and unit.glossary]
    definitions = {term.id: found for term in terms if (found := _definition(index, md, term.id, lang)) is not None}
    wanted = {term.id for term in terms if term.id in definitions and lang not in term.by_hand}
    return Glossary(path, definitions, glossary_finder(index.data, lang, wanted))


def _definition(index: Index, md: Markdown, unit: str, lang: str) -> Definition | None:
    """Return the first line of the entry: the house writes one sentence a line."""
    text = index.text(unit, lang)
    if text is None:
        return None
    lines = index.pages[text.lang][text.path].slice(text.line + 1, text.end)
    first = next((line for line in lines if line.strip()), "")
    rendered = md.reset().convert(first)
    if not rendered.strip():
        return None
    body = lxml_html.fragment_fromstring(rendered, create_parent="div")
    for citation in body.find_class(CITE_CLASS):
        citation.drop_tree()
    shown = " ".join(body.text_content().split()).replace(" .", ".")
    return Definition(shown, text.lang) if shown else None
