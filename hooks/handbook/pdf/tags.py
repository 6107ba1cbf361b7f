"""Reads the tree of tags of a finished PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

_WITH_CONTENT = frozenset({"P", "LBody", "TH", "Note", "Caption", "Title", *(f"H{level}" for level in range(1, 7))})
_UNCOUNTED = frozenset({"TOC", "Lbl", "Index"})
"""Links below these are made by the PDF itself; no text has them."""

Place = tuple[tuple[int, int], int]
"""A piece of content: the page's object, and the piece's number on that page."""


@dataclass(slots=True)
class Tree:
    """What the tags say.

    Attributes:
        counts: tag → number.
        empty: tags that must have content and have none, each as ``P`` or ``P in Aside``.
        alternatives: of figures, in the order of reading.
        heads: of each table cell that is a head, whether it says of what.
        languages: languages that tags are marked with.
        pieces: the content that tags refer to.
    """

    counts: Counter[str] = field(default_factory=Counter)
    empty: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    scopes: Counter[str] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)
    pieces: set[Place] = field(default_factory=set)


def read_tree(document: pikepdf.Pdf) -> Tree:
    """Read the tags of ``document``."""
    tree = Tree()
    for kid in _kids(document.Root.StructTreeRoot):
        _read(tree, kid, "", None, counted=True)
    return tree


def _read(tree: Tree, element: Dictionary, above: str, page: Object | None, *, counted: bool) -> bool:
    """Take in ``element``; tell whether there is any content in it."""
    tag = str(element.S).removeprefix("/")
    tree.counts[tag] += counted or tag != "Link"
    if "/Lang" in element:
        tree.languages.add(str(element.Lang))
    if tag == "Figure":
        tree.alternatives.append(str(element.get("/Alt", "")))
    if tag == "TH":
        tree.scopes[_scope(element)] += 1
    own = element.get("/Pg", page)
    filled = False
    for kid in _entries(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            filled |= _read(tree, kid, tag, own, counted=counted and tag not in _UNCOUNTED)
        else:
            filled = True
            _take(tree, kid, own)
    if not filled and tag in _WITH_CONTENT:
        tree.empty.append(f"{tag} in {above}" if above else tag)
    return filled


def _take(tree: Tree, kid: object, page: Object | None) -> None:
    if isinstance(kid, Dictionary):
        if kid.get("/Type") != Name.MCR:
            return
        page, number = kid.get("/Pg", page), int(kid.MCID)
    else:
        number = int(str(kid))
    if page is not None:
        tree.pieces.add((page.objgen, number))


def _scope(cell: Dictionary) -> str:
    attributes = cell.get("/A")
    every = list(attributes) if isinstance(attributes, Array) else [attributes] if attributes is not None else []
    return next((str(item.Scope).removeprefix("/") for item in every if "/Scope" in item), "")


def _entries(element: Object) -> list[object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _kids(element: Object) -> Iterator[Dictionary]:
    return (kid for kid in _entries(element) if isinstance(kid, Dictionary) and "/S" in kid)
