"""What the marks in a page's content say: which pieces are tagged, which are decoration, and what is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    rb"(?P<plain>\((?:[^()\\]++|\\.)*+\))"  # a string
    rb"|(?P<string>\()"  # one with brackets in it
    rb"|/(?P<tag>\w++)\s*+(?P<properties><<(?:[^<>]++|<[0-9A-Fa-f]*+>)*+>>)?\s*+(?:BDC|BMC)\b"
    rb"|(?P<end>\bEMC\b)"
    rb"|(?P<show>\bT[jJ]\b)",
    re.DOTALL,
)
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_NUMBER = re.compile(rb"/MCID (\d+)")
_LANGUAGE = re.compile(rb"/Lang\s*\(([A-Za-z-]+)\)")


@dataclass(slots=True)
class Marks:
    """One page.

    Attributes:
        tagged: numbers of the marked pieces that belong to tags.
        unmarked: how many times text is shown that is neither tagged nor decoration.
        decoration: how many times text longer than a leader's dot is shown as decoration inside the page's area.
        languages: languages that pieces are marked with.
    """

    tagged: set[int] = field(default_factory=set)
    unmarked: int = 0
    decoration: int = 0
    languages: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Piece:
    tagged: bool
    decoration: bool


def read_marks(content: bytes) -> Marks:
    """What is marked in ``content``, the content stream of a page."""
    marks = Marks()
    open_pieces: list[_Piece] = []
    shown = b""
    at = 0
    while token := _TOKEN.search(content, at):
        at = token.end()
        kind = token.lastgroup
        if kind in ("plain", "string"):
            at = at if kind == "plain" else _end_of_string(content, at)
            shown += content[token.start() : at]
            continue
        if kind == "show":
            _show(marks, open_pieces, shown)
        elif kind == "end":
            del open_pieces[-1:]
        else:
            open_pieces.append(_opened(marks, token))
        shown = b""
    return marks


def _end_of_string(content: bytes, at: int) -> int:
    """Where the string that begins before ``at`` ends; brackets in it may stand as they are when they are in pairs."""
    depth = 1
    for found in _BRACKET.finditer(content, at):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    return len(content)


def _opened(marks: Marks, token: re.Match[bytes]) -> _Piece:
    properties = token["properties"] or b""
    number = _NUMBER.search(properties)
    if number:
        marks.tagged.add(int(number[1]))
    language = _LANGUAGE.search(properties)
    if language:
        marks.languages.add(language[1].decode())
    aside = token["tag"] == b"Artifact" and b"/Pagination" not in properties
    return _Piece(number is not None or (token["tag"] == b"Artifact" and not aside), aside)


def _show(marks: Marks, open_pieces: list[_Piece], shown: bytes) -> None:
    if any(piece.decoration for piece in open_pieces):
        # Leaders in the contents are set dot by dot.
        marks.decoration += len(shown.replace(b"\\", b"")) > _ONE_GLYPH
    elif not any(piece.tagged for piece in open_pieces):
        marks.unmarked += 1


_ONE_GLYPH = len(b"(\000\000\000\000\000\000)")
"""Bytes of a string with one glyph, however its code is written."""
