"""What the site's generator asks the core for: composed pages, titles of sections, addresses of other editions."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handbook import data_files as files
from handbook import index as indexing
from handbook.compose import Composed, compose, leading_language
from handbook.index import Index
from handbook.load import load
from handbook.piece_pages import compose_piece, further_pieces
from handbook.pieces import Piece
from handbook.publish.json_ld import CATALOGUE_PAGE, dataset_json_ld
from handbook.search.documents import Document, documents
from handbook.search.page import page_settings
from handbook.text.context import PageContext, page_url, site_link
from handbook.text.glossary import Glossary, make_glossary
from handbook.text.plain import plain
from handbook.translations import State, state_of

SCRIPT_WORDS = ("unit_end", "explain")
"""First parts of the words that the scripts need."""


@dataclass(frozen=True)
class Alternate:
    """A page in one language: its address below the site's root, and whether it has text of its own."""

    lang: str
    name: str
    url: str
    own: bool


class Site:
    """One reading of the handbook, for one build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._glossaries: dict[str, Glossary] = {}
        self.searched: dict[str, dict[str, list[Document]]] = {}

    @cached_property
    def index(self) -> Index:
        """Everything, read once."""
        return indexing.build(load(self.root))

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages to build: all, or the one that ``HANDBOOK_LANG`` names."""
        only = os.environ.get("HANDBOOK_LANG")
        codes = self.index.data.codes
        return tuple(code for code in codes if not only or code == only)

    def words(self, lang: str) -> Mapping[str, str]:
        """Return the interface's words."""
        return self.index.data.strings.get(lang, {})

    def template_data(self, lang: str) -> dict[str, object]:
        """Return what the templates of an edition need beside the page."""
        data = self.index.data
        words = self.words(lang)
        return {
            "words": words,
            "theme_words": next((entry.theme for entry in data.languages if entry.code == lang and entry.theme), lang),
            "settings": data.settings,
            "data_page": self.page_of("P-data", lang),
            "pdf": bool(os.environ.get("HANDBOOK_PDF")),
            "languages": [language for language in data.languages if language.code in self.codes],
            "titles": {code: self.words(code).get("handbook.title", code) for code in data.codes},
            "choose": {code: self.words(code).get("chooser.choose", "") for code in data.codes},
            "script_words": {key: text for key, text in words.items() if key.split(".")[0] in SCRIPT_WORDS},
            "search": page_settings(self.index, lang, self.codes),
        }

    def split(self, src_uri: str) -> tuple[str, str] | None:
        """Return (language, path) of a source file of an edition, or None for any other file."""
        lang, _, path = src_uri.partition("/")
        return (lang, path) if lang in self.index.data.codes and path.endswith(".md") else None

    @cached_property
    def pieces(self) -> Mapping[str, Mapping[str, Piece]]:
        """The further pages of long tables: language → path → piece."""
        return {code: {p.path: p for p in further_pieces(self.index, code)} for code in self.index.data.codes}

    def missing_pages(self, lang: str) -> list[str]:
        """Return the paths that other languages have and `lang` lacks, and those that no language has a file of."""
        missing = [path for path in self.index.expected_paths() if path not in self.index.pages[lang]]
        return [*missing, *self.pieces[lang]]

    def page(self, lang: str, path: str) -> Composed | None:
        """Return a page's Markdown; see `compose`."""
        piece = self.pieces[lang].get(path)
        return compose_piece(self.index, lang, piece) if piece else compose(self.index, lang, path)

    def front(self, lang: str, path: str) -> dict[str, object]:
        """Return what front matter says of a page that `lang` has no file of: what to hide, and that it is no hit."""
        piece = self.pieces[lang].get(path)
        first = piece.first if piece else path
        leader = lang if first in self.index.pages[lang] else leading_language(self.index, first)
        source = self.index.pages[leader].get(first) if leader else None
        hidden: dict[str, object] = {"hide": source.front["hide"]} if source and "hide" in source.front else {}
        return hidden | ({"search": {"exclude": True}} if piece else {})

    def context(self, lang: str, path: str) -> PageContext:
        """Return what the Markdown extension needs to know of a page."""
        return PageContext(self.index, lang, path, web=True, glossary=self.glossary(lang))

    def glossary(self, lang: str) -> Glossary:
        """Return what terms are explained with, worked out once a language."""
        if lang not in self._glossaries:
            self._glossaries[lang] = make_glossary(self.index, lang)
        return self._glossaries[lang]

    def rendered(self, lang: str, path: str, html: str) -> None:
        """Take a page's HTML as the Markdown extensions made it: search is to find what it says."""
        self.searched.setdefault(lang, {})[path] = documents(html)

    def alternates(self, path: str) -> list[Alternate]:
        """Return the page in every language, in the editions' order."""
        return [
            Alternate(language.code, language.name, page_url(language.code, path), self.is_own(language.code, path))
            for language in self.index.data.languages
        ]

    def is_own(self, lang: str, path: str) -> bool:
        """Tell whether `lang` has this page of its own."""
        return path in self.index.pages.get(lang, {}) or path in self.pieces.get(lang, {})

    def leader(self, path: str) -> str | None:
        """Return the language whose text a page shows where one has none."""
        return leading_language(self.index, path)

    def title(self, lang: str, path: str) -> str | None:
        """Return a page's title as plain text."""
        source = self.index.pages.get(lang, {}).get(path)
        if source and source.headings:
            return plain(source.headings[0].title)
        return None

    def dataset(self, lang: str, path: str) -> str | None:
        """Return what search engines are told of the data, on the page of the catalogue; None elsewhere."""
        return dataset_json_ld(self.index, lang, path)

    def page_of(self, unit: str, lang: str) -> str | None:
        """Return a unit's page below the site's root, or None when no language has it."""
        target = self.index.target(unit, lang) if lang in self.index.data.codes else None
        return page_url(lang, target.path) if target else None

    def data_links(self, lang: str, path: str) -> list[tuple[str, str]]:
        """Return the data of the catalogue, on its page: name → address below the site's root."""
        target = self.index.target(CATALOGUE_PAGE, lang)
        return [("CSV", files.table(lang)), ("JSON", files.INITIATIVES)] if target and target.path == path else []

    def meta(self, lang: str, path: str) -> dict[str, object]:
        """Return what templates show of a page beside its text: its authority and its unit."""
        source = self.index.pages.get(lang, {}).get(path)
        unit = source.headings[0].unit if source and source.headings else None
        state = state_of(self.index, unit, lang) if unit else State.MISSING
        return {
            "authority": str(source.front.get("authority", "draft")) if source else "draft",
            "unit": unit,
            "state": state.value,
        }


__all__ = ["Alternate", "Site", "page_url", "site_link"]
