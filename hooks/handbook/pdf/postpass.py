"""What Typst cannot say itself is added to the tags afterwards: heads of rows, admonitions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from handbook.pdf.model import Expected, PdfError
from handbook.pdf.pack import pack
from handbook.pdf.soft import take_out

INDEX = "index"
"""Kind of box that stands for a register."""

_SOFT = "\u00ad"


def finish(source: Path, target: Path, expected: Expected) -> int:
    """Retag ``source``, write it to ``target``, and tell the number of its pages.

    Raises:
        PdfError: the tags are not those that the text leads to.
    """
    with pikepdf.open(source) as pdf:
        elements = list(walk(pdf.Root.StructTreeRoot.K))
        _row_heads([e for e in elements if Name.Table == e.S], expected)
        _boxes(pdf, [e for e in elements if Name.BlockQuote == e.S], expected)
        with pdf.open_outline() as outline:
            _clean(list(outline.root))
        take_out(pdf)
        pack(pdf, target)
        return len(pdf.pages)


def children(element: Object) -> Iterator[Dictionary]:
    """The structure elements directly below ``element``."""
    kids = element.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def walk(start: Object) -> Iterator[Dictionary]:
    """All structure elements below ``start``, in the order of reading."""
    roots = start if isinstance(start, Array) else [start]
    stack = [kid for kid in roots if "/S" in kid][::-1]
    while stack:
        element = stack.pop()
        yield cast(Dictionary, element)
        stack.extend(list(children(element))[::-1])


def rows(table: Object) -> list[Dictionary]:
    """The rows of a table element, those of its head first."""
    found: list[Dictionary] = []
    for child in children(table):
        if child.S == Name.TR:
            found.append(child)
        elif child.S in (Name.THead, Name.TBody, Name.TFoot):
            found += [row for row in children(child) if row.S == Name.TR]
    return found


def _row_heads(tables: list[Dictionary], expected: Expected) -> None:
    if len(tables) != len(expected.row_headers):
        raise PdfError(f"{len(tables)} tables are tagged, the text has {len(expected.row_headers)}")
    for table, wanted in zip(tables, expected.row_headers, strict=True):
        lines = rows(table)
        for row, cell in sorted(wanted):
            _to_head(list(children(lines[row]))[cell])


def _to_head(cell: Dictionary) -> None:
    cell.S = Name.TH
    attributes = cell.get("/A")
    every = list(attributes) if isinstance(attributes, Array) else [attributes] if attributes is not None else []
    own = next((item for item in every if item.get("/O") == Name.Table), None)
    if own is None:
        every.append(Dictionary(O=Name.Table, Scope=Name.Row))
        cell.A = Array(every)
    else:
        own.Scope = Name.Row


def _boxes(pdf: pikepdf.Pdf, quotes: list[Dictionary], expected: Expected) -> None:
    if len(quotes) != len(expected.boxes):
        raise PdfError(f"{len(quotes)} boxes are tagged, the text has {len(expected.boxes)}")
    for quote, kind in zip(quotes, expected.boxes, strict=True):
        if kind == INDEX:
            quote.S = Name.Index
        elif kind:
            quote.S = Name.Aside
            quote.T = pikepdf.String(kind)
    if any(kind not in ("", INDEX) for kind in expected.boxes):
        root = pdf.Root.StructTreeRoot
        if "/RoleMap" not in root:
            root.RoleMap = Dictionary()
        root.RoleMap.Aside = Name.Sect


def _clean(items: list[pikepdf.OutlineItem]) -> None:
    for item in items:
        item.title = item.title.replace(_SOFT, "")
        _clean(list(item.children))
