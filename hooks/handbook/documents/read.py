"""Reads the blocks of a document from a rendered page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handbook.documents.model import Block, Heading, Item, Marker, Paragraph, Run, Runs, Table
from handbook.text.references import REF_CLASS

Element = Any
"""An lxml element."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset({"p", "ul", "ol", "dl", "table", "div", "blockquote", "details", "figure", "pre", *HEADINGS})
BREAK = "\u2028"
"""A forced line break, until white space is collapsed."""

_SPACE = re.compile(r"[ \t\r\n]+")
LEFT_OUT = frozenset({"hb-label", "hb-web-only", "headerlink", "hb-related", "hb-downloads"})
"""Classes of what serves the page rather than its text."""


@dataclass(frozen=True)
class Look:
    """What holds for the text inside an element."""

    bold: bool = False
    italic: bool = False
    href: str = ""
    lang: str = ""


class Reader:
    """Reads one page.

    `address` makes the absolute address of a link; `locales` are the tags of the handbook's languages.
    """

    def __init__(self, lang: str, address: Callable[[Element], str], locales: Mapping[str, str]) -> None:
        self.lang = lang
        self.address = address
        self.locales = locales
        self.series = 0

    @property
    def locale(self) -> str:
        """The tag of the page's own language."""
        return self.locales.get(self.lang, self.lang)

    def blocks(self, elements: list[Element], look: Look | None = None) -> Iterator[Block]:
        """Yield the blocks of elements that follow one another."""
        for element in elements:
            if isinstance(element.tag, str) and not _left_out(element):
                yield from self._block(element, self._look(element, look or self._around(element)))

    def _around(self, element: Element) -> Look:
        """What the element takes over from where it stands."""
        holder = next((parent for parent in element.iterancestors() if parent.get("lang")), None)
        return Look() if holder is None else self._look(holder, Look())

    def _look(self, element: Element, look: Look) -> Look:
        lang = element.get("lang")
        if lang is None:
            return look
        return replace(look, lang="" if lang == self.lang else self.locales.get(lang, lang))

    def _block(self, element: Element, look: Look) -> Iterator[Block]:
        tag = element.tag
        if tag in HEADINGS:
            yield Heading(HEADINGS[tag], tidy(self._runs(element, look)))
        elif tag in {"ul", "ol"}:
            yield from self._list(element, look, 0)
        elif tag == "table":
            yield self._table(element, look)
        elif _holds_blocks(element):
            yield from self._mixed(element, look)
        else:
            yield from self._paragraph(self._runs(element, look))

    def _mixed(self, element: Element, look: Look) -> Iterator[Block]:
        """Blocks, with text of its own between them."""
        loose: list[Run] = [Run(element.text, lang=look.lang)] if element.text else []
        for child in element:
            if child.tag in BLOCKS:
                yield from self._paragraph(loose)
                loose = []
                yield from self.blocks([child], look)
            else:
                loose.extend(self._inline(child, look))
            if child.tail:
                loose.append(Run(child.tail, lang=look.lang))
        yield from self._paragraph(loose)

    @staticmethod
    def _paragraph(runs: list[Run]) -> Iterator[Paragraph]:
        kept = tidy(runs)
        if kept:
            yield Paragraph(kept)

    def _list(self, element: Element, look: Look, depth: int) -> Iterator[Item]:
        self.series += 1
        series = self.series
        number = int(element.get("start") or 1) - 1
        for item in element:
            if item.tag != "li" or _left_out(item):
                continue
            number += 1
            marker: Marker = "number" if element.tag == "ol" else "bullet"
            if item.find(".//input[@type='checkbox']") is not None and "task-list-item" in item.get("class", ""):
                marker = "check"
            yield from self._item(item, self._look(item, look), Item((), marker, depth, number, series))

    def _item(self, item: Element, look: Look, first: Item) -> Iterator[Item]:
        """The item's text, each further paragraph of it, and the lists in it."""
        pending, shape = [Run(item.text, lang=look.lang)] if item.text else [], first
        further = replace(first, marker="none")
        for child in item:
            if child.tag in {"ul", "ol"}:
                if runs := tidy(pending):
                    yield replace(shape, runs=runs)
                    shape = further
                pending = []
                yield from self._list(child, look, first.depth + 1)
            elif child.tag in BLOCKS:
                for runs in (tidy(pending), *self._flat(child, look)):
                    if runs:
                        yield replace(shape, runs=runs)
                        shape = further
                pending = []
            else:
                pending.extend(self._inline(child, look))
            if child.tail:
                pending.append(Run(child.tail, lang=look.lang))
        if runs := tidy(pending):
            yield replace(shape, runs=runs)

    def _flat(self, element: Element, look: Look) -> Iterator[Runs]:
        """A block inside an item, as runs."""
        for block in self.blocks([element], look):
            if isinstance(block, Table):
                yield from (tuple(run for cell in row for run in (*cell, Run("  "))) for row in block.rows)
            else:
                yield block.runs

    def _table(self, table: Element, look: Look) -> Table:
        rows = [[tidy(self._runs(cell, look)) for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")]
        width = max((len(row) for row in rows), default=0)
        even = tuple((*row, *[()] * (width - len(row))) for row in rows)
        return Table(even, len(table.findall("./thead/tr")))

    def _runs(self, element: Element, look: Look) -> list[Run]:
        found = [self._run(element.text, look)] if element.text else []
        for child in element:
            found.extend(self._inline(child, look))
            if child.tail:
                found.append(self._run(child.tail, look))
        return found

    @staticmethod
    def _run(text: str, look: Look) -> Run:
        return Run(text, look.bold, look.italic, look.href, look.lang)

    def _inline(self, element: Element, look: Look) -> list[Run]:
        tag = element.tag
        if not isinstance(tag, str) or _left_out(element) or tag == "input":
            return []
        if tag == "br":
            return [self._run(BREAK, look)]
        if tag == "svg":
            return [self._run(" ".join(t.text or "" for t in element.iter() if str(t.tag).endswith("title")), look)]
        look = self._look(element, look)
        if tag in {"strong", "b"}:
            look = replace(look, bold=True)
        elif tag in {"em", "i", "cite"}:
            look = replace(look, italic=True)
        elif tag == "a":
            look = replace(look, href=self.address(element))
            if element.get("class") == REF_CLASS:  # titled by the handbook: print needs the id to find it
                return [self._run(f"{element.get('data-unit')} ", look), *self._runs(element, look)]
        return self._runs(element, look)


def _left_out(element: Element) -> bool:
    classes = set(element.get("class", "").split())
    own_title = "admonition-title" in classes and "hb-advice" in element.getparent().get("class", "")
    return bool(classes & LEFT_OUT) or own_title


def _holds_blocks(element: Element) -> bool:
    return any(child.tag in BLOCKS for child in element)


def tidy(runs: list[Run]) -> Runs:
    """Return runs with white space collapsed, none at the ends, and like neighbours joined."""
    found: list[Run] = []
    for run in runs:
        text = _SPACE.sub(" ", run.text)
        if not found or found[-1].text.endswith((" ", BREAK)):
            text = text.lstrip(" ")
        if not text:
            continue
        if found and replace(found[-1], text="") == replace(run, text=""):
            found[-1] = replace(run, text=found[-1].text + text)
        else:
            found.append(replace(run, text=text))
    while found and not found[-1].text.rstrip(" " + BREAK):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" " + BREAK))
    return tuple(replace(run, text=run.text.replace(f" {BREAK}", BREAK).replace(BREAK, "\n")) for run in found)
