"""Tables: heads that repeat, rows that are never torn, heads of rows, spans, captions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from handbook.pdf.context import Walk, classes, dropped
from handbook.pdf.literal import call, labelled, string, value
from handbook.pdf.plan import LABEL

_NARROW = 14
_WIDE_COLUMNS = 5
_LIMIT = 1000
_ALIKE, _MEASURED = 3, 12
_BREAKS = 12
"""Letters of a word within which a hyphen finds its place."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell where it begins: its element, column and spans."""

    element: HtmlElement
    column: int
    columns: int
    rows: int


Row = list[Cell]


def table(walk: Walk, element: HtmlElement) -> str:
    """``<table>`` as a Typst table, in a figure when it has a caption.

    Raises:
        PdfError: it has no heads, or another table in it.
    """
    ctx = walk.ctx
    if next(element.iterdescendants("table"), None) is not None:
        raise ctx.error("a table inside a table", "make two tables")
    heads, rows = _rows(walk, element)
    everything = _layout(heads + rows)
    width = max((cell.column + cell.columns for row in everything for cell in row), default=0)
    if not width:
        raise ctx.error("a table without cells")
    row_heads = _row_heads(everything, len(heads))
    if not heads and len({row for row, _ in row_heads}) < len(rows):
        raise ctx.error("a table without a head row", "begin it with a row of column heads")
    ctx.expected.tables += 1
    ctx.expected.row_headers.append(row_heads)
    ctx.expected.header_cells += sum(len(row) for row in everything[: len(heads)]) + len(row_heads)
    wide = width >= _WIDE_COLUMNS or "hb-wide" in classes(element)
    parts = []
    if heads:
        # The head is repeated on each page, as what PDF/UA calls an artifact: no links or notes there.
        ctx.in_heading = True
        cells = [_cell(walk, cell, head=True) for row in everything[: len(heads)] for cell in row]
        ctx.in_heading = False
        parts.append(call("table.header", *cells))
    for number, row in enumerate(everything[len(heads) :], len(heads)):
        parts += [_cell(walk, cell, head=(number, at) in row_heads) for at, cell in enumerate(row)]
    return _framed(walk, element, call("hb-grid", _columns(everything, len(heads), width), *parts), wide=wide)


def _framed(walk: Walk, element: HtmlElement, code: str, *, wide: bool) -> str:
    caption = element.find("caption")
    if caption is not None:
        text = walk.inline(caption)
        code = call("figure", code, kind="table", supplement="none", numbering="none", caption=text)
    code = call("hb-table", code, wide="true" if wide else "false")
    label = element.get(LABEL)
    return "{" + labelled("metadata(none)", label) + "\n" + code + "}" if label else code


def _rows(walk: Walk, element: HtmlElement) -> tuple[list[HtmlElement], list[HtmlElement]]:
    heads: list[HtmlElement] = []
    rows: list[HtmlElement] = []
    for child in element:
        if child.tag in {"caption", "colgroup", "col"} or dropped(child):
            continue
        found = [child] if child.tag == "tr" else [row for row in child if row.tag == "tr"]
        if child.tag not in {"thead", "tbody", "tfoot", "tr"}:
            raise walk.ctx.error(f"<{child.tag}> stands directly in a table")
        (heads if child.tag == "thead" else rows).extend(row for row in found if not dropped(row))
    if not heads and rows and all(cell.tag == "th" and cell.get("scope") != "row" for cell in rows[0]):
        heads, rows = rows[:1], rows[1:]
    return heads, rows


def _span(element: HtmlElement, name: str) -> int:
    text = element.get(name) or "1"
    return min(max(int(text), 1), _LIMIT) if text.isdigit() else 1


def _layout(rows: list[HtmlElement]) -> list[Row]:
    taken: dict[int, set[int]] = {}
    result: list[Row] = []
    for number, row in enumerate(rows):
        line: Row = []
        column = 0
        for element in (cell for cell in row if cell.tag in {"td", "th"} and not dropped(cell)):
            while column in taken.get(number, set()):
                column += 1
            columns, height = _span(element, "colspan"), min(_span(element, "rowspan"), len(rows) - number)
            line.append(Cell(element, column, columns, height))
            for below in range(height):
                taken.setdefault(number + below, set()).update(range(column, column + columns))
            column += columns
        result.append(line)
    return result


def _row_heads(rows: list[Row], heads: int) -> frozenset[tuple[int, int]]:
    return frozenset(
        (number, at)
        for number, row in enumerate(rows[heads:], heads)
        for at, cell in enumerate(row)
        if cell.element.tag == "th"
    )


def _cell(walk: Walk, cell: Cell, *, head: bool) -> str:
    named: dict[str, str] = {"x": str(cell.column)}
    if cell.columns > 1:
        named["colspan"] = str(cell.columns)
    if cell.rows > 1:
        named["rowspan"] = str(cell.rows)
    align = _align(cell.element)
    if align:
        named["align"] = align
    walk.ctx.in_table = True
    body = walk.flow(cell.element, tight=True)
    walk.ctx.in_table = False
    if head and cell.element.tag == "th":
        body = call("hb-row-head" if cell.element.getparent().getparent().tag != "thead" else "hb-head", body)
    return call("table.cell", body, **named)


def _align(element: HtmlElement) -> str:
    style = (element.get("style") or "").replace(" ", "").lower()
    named = element.get("align") or style.partition("text-align:")[2].partition(";")[0]
    return {"right": "right", "center": "center", "left": "left"}.get(named, "")


@dataclass(slots=True)
class Column:
    """What decides a column's width: the texts and words in it, and the share that they ask for."""

    texts: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Grows with the longest text and with the usual one, more slowly than they do; 0 for a narrow column."""
        sizes = [len(text) for text in self.texts] or [0]
        if max(sizes) <= _NARROW:
            return 0.0
        return float((max(sizes) * max(sum(sizes) / len(sizes), 1)) ** 0.25)

    @property
    def unbroken(self) -> list[str]:
        """What must fit on a line: of these the widest, which letters alone don't tell, is among the longest."""
        found = sorted(set(self.words if self.share else self.texts), key=lambda text: (-len(text), text))
        return [text for text in found if len(text) + _ALIKE >= len(found[0])][:_MEASURED]


def _columns(rows: list[Row], heads: int, width: int) -> str:
    columns = [Column() for _ in range(width)]
    for number, cell in ((number, cell) for number, row in enumerate(rows) for cell in row if cell.columns == 1):
        for text in _lines(cell.element):
            columns[cell.column].texts.append(text)
            columns[cell.column].words.append(_unbroken(cell.element, text, head=number < heads))
    return "(" + "".join(f"({value(c.unbroken)}, {c.share:.2f}), " for c in columns) + ")"


def _unbroken(element: HtmlElement, text: str, *, head: bool) -> str:
    """The longest part of a cell's text that no hyphen breaks: heads and foreign names are not hyphenated."""
    foreign = any(child.get("lang") is not None for child in element.iter())
    words = [word if head or foreign else word[:_BREAKS] for word in text.split()]
    return max(words, key=len, default="")


def _lines(element: HtmlElement) -> list[str]:
    """The printed text of a cell, one entry for each line that ``<br>`` makes."""
    lines = [""]
    for part in element.xpath(".//br | .//text()[not(ancestor::*[contains(@class, 'hb-web-only')])]"):
        if isinstance(part, str):
            lines[-1] += part
        else:
            lines.append("")
    return [" ".join(line.split()) for line in lines]


def index_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of the register: head texts, and rows of Typst expressions; the titles, last but one, get the room."""
    columns = ["auto"] * len(heads)
    columns[-2] = "1fr"
    parts = [f"columns: ({', '.join(columns)})", call("table.header", *(call("hb-head", string(h)) for h in heads))]
    parts += [", ".join(row) for row in rows]
    return call("hb-index-table", call("table", *parts))
