"""What the Markdown extension knows of the page it works on."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from handbook import ids
from handbook.addresses import LinkUse
from handbook.data import Data
from handbook.index import Index, Target
from handbook.problems import Problem
from handbook.scan import PageSource
from handbook.text.plain import plain

if TYPE_CHECKING:
    from handbook.text.glossary import Glossary

LinkMaker = Callable[[str, Target], str]


@lru_cache(maxsize=65536)
def source_link(path: str, target: Target) -> str:
    """Return a link from page `path` to `target` as Markdown sources write it: ``../barriers/law.md#b-32``."""
    link = _relative(target.path, posixpath.dirname(path) or ".") if target.path != path else ""
    if not link and target.anchor is None:
        link = posixpath.basename(path)
    return link + (f"#{target.anchor}" if target.anchor else "")


@lru_cache(maxsize=8192)
def _relative(path: str, start: str) -> str:
    """As `posixpath.relpath`, which is slow and gets the same few hundred paths again and again."""
    return posixpath.relpath(path, start)


def page_url(lang: str, path: str) -> str:
    """Return a page's address below the site's root: ``nb/barriers/law/``."""
    stem = path.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        stem = stem.removesuffix("index").rstrip("/")
    return f"{lang}/{stem}/" if stem else f"{lang}/"


def site_link(from_url: str, to_url: str) -> str:
    """Return a relative link between two addresses below the site's root."""
    link = _relative(to_url or ".", from_url or ".")
    return link + ("/" if to_url.endswith("/") or not to_url else "")


@dataclass
class PageContext:
    """One page in one language.

    Attributes:
        source: its own source, for the places of problems; None for a composed page, whose problems are known.
        report: gets each problem found.
        links: gets each link and image that an author wrote, when the page is rendered.
        glossary: explains terms where they stand; None where the text is to stay as written.
        web: the page is for a browser, not for print or a check.
        print_related: list related units in print too, as a unit that stands alone needs it.
    """

    index: Index
    lang: str
    path: str
    source: PageSource | None = None
    report: Callable[[Problem], None] = lambda _problem: None
    internal: bool = False
    links: list[LinkUse] = field(default_factory=list)
    glossary: Glossary | None = None
    web: bool = False
    print_related: bool = False
    _taken: dict[str, int] = field(default_factory=dict)
    _known_places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def data(self) -> Data:
        """The language-neutral data."""
        return self.index.data

    @property
    def words(self) -> Mapping[str, str]:
        """The interface's words in the page's language."""
        return self.data.strings.get(self.lang, {})

    def word(self, key: str) -> str:
        """Return one of the interface's words; the key itself where it is missing (`check` reports that)."""
        return self.words.get(key, key)

    def phrase(self, key: str, **values: str) -> str:
        """Return one of the interface's words with its ``{places}`` filled in."""
        text = self.word(key)
        parts = re.split(r"\{(\w+)\}", text)
        return "".join(values.get(part, f"{{{part}}}") if n % 2 else part for n, part in enumerate(parts))

    @cached_property
    def url(self) -> str:
        """The page's own address below the site's root."""
        return page_url(self.lang, self.path)

    def link(self, unit: str) -> str | None:
        """Return the link to a unit from this page, or None when it stands nowhere."""
        target = self.index.target(unit, self.lang)
        return None if target is None else source_link(self.path, target)

    def link_to(self, target: Target) -> str:
        """Return the link to a place from this page."""
        return source_link(self.path, target)

    def title(self, unit: str) -> tuple[str, str]:
        """Return a unit's title as plain text, and the language it is in."""
        title = self.index.title(unit, self.lang)
        return plain(title.text), title.lang

    def problem(self, code: str, *tokens: str, **values: str) -> None:
        """Report a problem at the place where the first of `tokens` that stands in the source does."""
        if self.source is not None:
            self.report_at(code, self.locate(*tokens), **values)

    def report_at(self, code: str, place: tuple[int, int], **values: str) -> None:
        """Report a problem at a line and column of the page."""
        if self.source is not None:
            self.report(Problem(code, self.source.file, *place, values))

    def locate(self, *tokens: str) -> tuple[int, int]:
        """Return line and column of the next place of the first of `tokens` that stands in the text, or (0, 0).

        Code is no place; each call with the same token goes on to its next place.
        """
        for token in filter(None, tokens):
            places = self._places(token)
            if places:
                nth = self._taken.get(token, 0)
                self._taken[token] = nth + 1
                return places[min(nth, len(places) - 1)]
        return (0, 0)

    def locate_in(self, text: str, position: int, *tokens: str) -> tuple[int, int]:
        """Return line and column of a position within a piece of text of the page, else of the first of `tokens`."""
        start = len(text) - len(text.lstrip())
        line, column = self.locate(text.strip()) if len(text.strip()) > 1 else (0, 0)
        if not line:
            return self.locate(*tokens)
        before = text[start:position]
        rows = before.count("\n")
        return (line + rows, position - start - before.rfind("\n") if rows else column + position - start)

    def locate_line(self, line: str) -> tuple[int, int]:
        """Return line and column of the next line that holds nothing but `line`, or of the next that holds it."""
        whole = [place for place in self._places(line) if self._line_at(place).strip(" >-*+") == line.strip(" >-*+")]
        key = f"\n{line}"
        if not whole:
            return self.locate(line)
        nth = self._taken.get(key, 0)
        self._taken[key] = nth + 1
        return whole[min(nth, len(whole) - 1)]

    def _line_at(self, place: tuple[int, int]) -> str:
        return self.source.visible[place[0] - self.source.first_line] if self.source else ""

    def stands_in_source(self, token: str) -> bool:
        """Tell whether `token` is written somewhere in the page's text."""
        return bool(self._places(token))

    def _places(self, token: str) -> list[tuple[int, int]]:
        """Return where `token` stands: lines and columns, in order."""
        if self.source is None:
            return []
        if token not in self._known_places:
            text, starts = self.source.text_and_starts
            found: list[tuple[int, int]] = []
            at = text.find(token)
            while at >= 0:
                row = bisect_right(starts, at) - 1
                found.append((self.source.first_line + row, at - starts[row] + 1))
                at = text.find(token, at + len(token))
            self._known_places[token] = found
        return self._known_places[token]


def unit_like(text: str) -> bool:
    """Tell whether a text looks like an id or a clumsy try at one."""
    return ids.suggest_form(text) is not None or ids.is_id(text)
