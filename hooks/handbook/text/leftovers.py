"""Finds what would show literally, or break, on the page: the last net under everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown.treeprocessors import Treeprocessor

from handbook.text.context import PageContext
from handbook.text.links import authored
from handbook.text.references import CITE_CLASS, ERROR_CLASS, REF_CLASS
from handbook.text.stash import is_blank, written

if TYPE_CHECKING:
    from markdown import Markdown

_CODE = frozenset({"code", "pre", "kbd", "samp"})
_NOT_AUTHORED = frozenset({"hb-block", "hb-label", "hb-facts", "hb-notice", "hb-related", CITE_CLASS, ERROR_CLASS})
_OPENING = re.compile(r"\[\[|/{3,}|\{\s*[#:.]|!{3}\s?\w|\?{3}\+?\s+\w|={3}\s*\"|`{3,}|~{3,}|<!--|</?[A-Za-z]|\]\]")
_BRACKETS = re.compile(r"\[[^\[\]\n]*\](?:[ ]?\[[^\[\]\n]*\]?|\([^()\n]*\)?)?")
_ID = re.compile(r"[A-Z] ?[-–—] ?\w+(:\S+)?\Z")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*\Z|\s*\|?\s*:?-+:?\s*\|[\s:|-]*\Z")
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"()]*[^\s<>\"().,:;!?]")
_HASHES = re.compile(r"\s*#{1,6}\s+\S")
_WHOLE = frozenset({"p", "li", "div", "td", "dd", "blockquote"})
_MARKS = frozenset("[]/{!?=`~<|#")
"""Every leftover has one of these."""
_SHOWN = 32
"""Characters of a leftover that a message shows."""


@dataclass(frozen=True)
class _Piece:
    """A line of a text, and where in the text it begins."""

    text: str
    line: str
    start: int


def visible_texts(element: etree.Element) -> Iterator[tuple[str, etree.Element]]:
    """Yield each text that a reader sees and an author wrote, code left out, with the element it stands in."""
    classes = element.get("class", "")
    if element.tag in _CODE or not isinstance(element.tag, str) or classes == REF_CLASS:
        return
    if classes and not _NOT_AUTHORED.isdisjoint(classes.split()):
        return
    if element.text:
        yield element.text, element
    for child in element:
        yield from visible_texts(child)
        if child.tail:
            yield child.tail, element


class Leftovers(Treeprocessor):
    """Reports syntax left in visible text and in attributes, boxes left empty, and references inside links."""

    def __init__(self, md: Markdown, context: PageContext) -> None:
        super().__init__(md)
        self.context = context
        self.reported = False

    def run(self, root: etree.Element) -> None:
        """Look; change nothing."""
        if self.context.source is None:
            return
        for text, element in visible_texts(root):
            if not _MARKS.isdisjoint(text):
                self._text(written(text), whole=element.tag in _WHOLE)
                if element.tag != "a" and "://" in text:
                    self._bare(written(text))
        for element in root.iter():
            for name in ("title", "alt"):
                said = element.get(name, "")
                if "[[" in said or "]]" in said:
                    self.context.problem("left-over", said, found=said)
        for element in authored(root):
            self._empty_box(element)
        self._inside_links(root)

    def _text(self, text: str, *, whole: bool) -> None:
        start = 0
        for line in text.split("\n"):
            piece = _Piece(text, line, start)
            start += len(line) + 1
            opening = _OPENING.search(line)
            if opening:
                self._left_over(piece, opening)
            elif whole and _TABLE_ROW.match(line):
                self.context.report_at("table-broken", self._place(piece, 0), found=line.strip())
                return  # once a table
            elif _HASHES.match(line):
                self.context.report_at("heading-form", self._place(piece, 0), found=line.strip())
            else:
                self._brackets(piece)

    def _bare(self, text: str) -> None:
        for match in _ADDRESS.finditer(text):
            self.context.problem("link-bare", match[0], href=match[0])

    def _place(self, piece: _Piece, position: int, *tokens: str) -> tuple[int, int]:
        """Return where a position of a line stands: best told by the whole text, else by the line, else by `tokens`."""
        whole = piece.text.strip()
        if "\n" in whole and self.context.stands_in_source(whole):
            return self.context.locate_in(piece.text, piece.start + position)
        return self.context.locate_in(piece.line, position, *tokens)

    def _left_over(self, piece: _Piece, match: re.Match[str]) -> None:
        found = _around(piece.line, match)
        if len(piece.line.strip()) == 1:
            # A bracket alone between elements: a third one at a reference, or what is left of a broken one.
            if not self.context.stands_in_source(match[0] * 3) and self.reported:
                return
            place = self.context.locate(match[0] * 3, match[0])
        else:
            place = self._place(piece, match.start(), found, match[0])
        self.reported = True
        self.context.report_at("left-over", place, found=found)

    def _brackets(self, piece: _Piece) -> None:
        for match in _BRACKETS.finditer(piece.line):
            found, inner = match[0][:_SHOWN], match[0][1:].split("]")[0]
            place = self._place(piece, match.start(), match[0])
            if _ID.match(inner):
                self.context.report_at("ref-form", place, found=inner, suggestion=f"[[{inner}]]")
            else:
                self.context.report_at("reference-undefined", place, found=found)
        rest = _BRACKETS.sub(lambda match: "\0" * len(match[0]), piece.line)
        lone = re.search(r"[\[\]]", rest)
        if lone:
            self._left_over(piece, lone)

    def _empty_box(self, element: etree.Element) -> None:
        classes = element.get("class", "").split()
        if "admonition" in classes or element.tag == "details":
            if classes[-1:] == ["hb-notice"] or _says_something(list(element)[1:]):
                return
            mark = "!!!" if element.tag == "div" else "???"
            title = "".join(element[0].itertext()) if len(element) else ""
            name = f"{mark} {classes[1] if classes[0] == 'admonition' else classes[0]}" if classes else mark
            if "hb-advice" not in classes and "hb-related" not in classes:
                self.context.problem("block-empty", f'{name} "{title}"', name, mark, name=name)
        elif "tabbed-block" in classes and not _says_something(list(element)):
            self.context.problem("block-empty", "=== ", name="===")

    def _inside_links(self, root: etree.Element) -> None:
        for outer in root.iter("a"):
            for inner in outer.iter("a"):
                if inner is not outer and inner.get("class", "").split()[:1] in ([REF_CLASS], [CITE_CLASS]):
                    unit = inner.get("data-unit", "")
                    self.context.problem("ref-in-link", f"[[{unit}", f"][{unit}]", id=unit)


def _says_something(elements: list[etree.Element]) -> bool:
    return any(
        element.tag in {"img", "svg", "input"}
        or not is_blank("".join(element.itertext()))
        or "\x02" in (element.text or "")
        for top in elements
        for element in top.iter()
    )


def _around(line: str, match: re.Match[str]) -> str:
    """Return the words around a mark, as they stand in the source."""
    if match[0] in {"]]", "]"}:
        start = max(line.rfind(" ", 0, match.start()) + 1, match.end() - _SHOWN)
        return line[start : match.end()]
    rest = line[match.start() : match.start() + _SHOWN]
    return rest.split(" ")[0] if " " in rest[len(match[0]) :] and match[0] == "[[" else rest.rstrip()
