"""What the Markdown extension knows of the page it works on."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from handbook import ids
from handbook.data import Data
from handbook.index import Index, Target
from handbook.problems import Problem
from handbook.scan import PageSource
from handbook.text.plain import plain

LinkMaker = Callable[[str, Target], str]


def source_link(path: str, target: Target) -> str:
    """Return a link from page `path` to `target` as Markdown sources write it: ``../barriers/law.md#b-32``."""
    start = posixpath.dirname(path) or "."
    link = posixpath.relpath(target.path, start) if target.path != path else ""
    if not link and target.anchor is None:
        link = posixpath.basename(path)
    return link + (f"#{target.anchor}" if target.anchor else "")


def page_url(lang: str, path: str) -> str:
    """Return a page's address below the site's root: ``nb/barriers/law/``."""
    stem = path.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        stem = stem.removesuffix("index").rstrip("/")
    return f"{lang}/{stem}/" if stem else f"{lang}/"


def site_link(from_url: str, to_url: str) -> str:
    """Return a relative link between two addresses below the site's root."""
    link = posixpath.relpath(to_url or ".", from_url or ".")
    return link + ("/" if to_url.endswith("/") or not to_url else "")


@dataclass
class PageContext:
    """One page in one language.

    Attributes:
        source: its own source, for the places of problems; None for a composed page, whose problems are known.
        report: gets each problem found.
        print_related: list related units in print too, as a unit that stands alone needs it.
    """

    index: Index
    lang: str
    path: str
    source: PageSource | None = None
    report: Callable[[Problem], None] = lambda _problem: None
    internal: bool = False
    print_related: bool = False
    _taken: dict[str, int] = field(default_factory=dict)

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

    def problem(self, code: str, token: str, **values: str) -> None:
        """Report a problem at the place where `token` stands in the source."""
        if self.source is None:
            return
        line, column = self.locate(token)
        self.report(Problem(code, self.source.file, line, column, values))

    def stands_in_source(self, token: str) -> bool:
        """Tell whether `token` is written somewhere in the page, outside code fences."""
        return self.source is not None and any(
            token in line for position, line in enumerate(self.source.lines) if position not in self.source.code
        )

    def locate(self, token: str) -> tuple[int, int]:
        """Return line and column of the next place where `token` stands outside code fences; (0, 0) if nowhere."""
        if self.source is None:
            return (0, 0)
        places = [
            (self.source.first_line + position, line.index(token) + 1)
            for position, line in enumerate(self.source.lines)
            if position not in self.source.code and token in line
        ]
        if not places:
            return (0, 0)
        nth = self._taken.get(token, 0)
        self._taken[token] = nth + 1
        return places[min(nth, len(places) - 1)]


def unit_like(text: str) -> bool:
    """Tell whether a text looks like an id or a clumsy try at one."""
    return ids.suggest_form(text) is not None or ids.is_id(text)
