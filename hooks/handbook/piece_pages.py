"""The pages of a catalogue's further pieces: which there are, and their Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.catalogue import select
from handbook.compose import Composed, leading_language
from handbook.filling import fill
from handbook.index import Index
from handbook.pieces import Piece, filtered_table, piece_of
from handbook.scan import PageSource


def further_pieces(index: Index, lang: str) -> Iterator[Piece]:
    """Yield the pieces of an edition's tables that need a page of their own."""
    for path in index.expected_paths():
        source = _source(index, lang, path)
        use = filtered_table(source) if source else None
        if use is None:
            continue
        rows = sum(1 for unit in select(index.data, use.options) if unit.id in index.texts)
        first = piece_of(index, path, rows)
        for number in range(2, first.count + 1):
            yield piece_of(index, first.path_of(number), rows)


def compose_piece(index: Index, lang: str, piece: Piece) -> Composed | None:
    """Return the Markdown of a further piece's page: a heading, and the same block as on the first."""
    source = _source(index, lang, piece.first)
    use = filtered_table(source) if source else None
    if source is None or use is None:
        return None
    words = index.data.strings.get(lang, {})
    pattern = words.get("catalogue.page", "{title} {number}/{count}")
    title = fill(pattern, title=source.headings[0].title, number=piece.number, count=piece.count)
    block = [line[use.indent :] for line in source.slice(use.line, use.end + 1)]
    lines = [f"# {title}", "", *block]
    return Composed("\n".join(lines), lang, own=True)


def _source(index: Index, lang: str, path: str) -> PageSource | None:
    leader = lang if path in index.pages.get(lang, {}) else leading_language(index, path)
    return index.pages[leader].get(path) if leader else None
