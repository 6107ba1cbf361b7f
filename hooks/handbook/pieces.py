"""A long catalogue in pieces: so many rows on its page, the rest on pages that follow.

Without JavaScript they are ordinary pages that link to each other. With it the catalogue's page fetches them when a
reader begins to filter or sort. They are no units and no files of the text: no language has them, all get them.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from handbook.block_uses import BlockUse
from handbook.index import Index
from handbook.scan import PageSource

ROWS = 200
"""Rows on one page: some 20 kB over the wire, and quickly laid out."""

BLOCK = "initiatives"
_NAME = re.compile(r"(?:(.+)-)?page-([1-9]\d*)\.md")


@dataclass(frozen=True)
class Piece:
    """Some of a table's rows.

    Attributes:
        first: the page on which the table begins.
        number: which piece, from 1; `count`: of how many.
        start: its first row; `end`: the row after its last.
    """

    first: str
    number: int
    count: int
    start: int
    end: int

    @property
    def path(self) -> str:
        """The page it stands on."""
        return self.path_of(self.number)

    def path_of(self, number: int) -> str:
        """Return the page on which another piece of the same table stands."""
        folder, name = posixpath.split(self.first)
        stem = name.removesuffix(".md")
        beginning = "" if stem == "index" else f"{stem}-"
        return self.first if number == 1 else posixpath.join(folder, f"{beginning}page-{number}.md")


def piece_of(index: Index, path: str, rows: int) -> Piece:
    """Return the piece of a table of so many rows that stands on page `path`, of the text or a further one."""
    first, number = _split(index, path)
    start = (number - 1) * ROWS
    return Piece(first, number, max(1, -(-rows // ROWS)), start, min(start + ROWS, rows))


def _split(index: Index, path: str) -> tuple[str, int]:
    folder, name = posixpath.split(path)
    match = _NAME.fullmatch(name)
    if match is None or any(path in pages for pages in index.pages.values()):
        return path, 1
    return posixpath.join(folder, f"{match[1] or 'index'}.md"), int(match[2])


def has_filtered_table(index: Index, lang: str, path: str) -> bool:
    """Tell whether readers of `lang` find a table on page `path` that they can filter."""
    pages = (index.pages.get(code, {}).get(path) for code in (lang, *index.data.codes))
    source = next((page for page in pages if page is not None), None)
    return source is not None and filtered_table(source) is not None


def filtered_table(source: PageSource) -> BlockUse | None:
    """Return the page's table that readers can filter: it has one at most."""
    return next((use for use in source.blocks if use.name == BLOCK and use.options.get("filter") is True), None)
