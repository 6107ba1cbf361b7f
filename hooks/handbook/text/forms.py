"""Markdown that Python-Markdown would read differently from what its author meant, or drop without a word."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as etree

from markdown.blockprocessors import HashHeaderProcessor, ParagraphProcessor, SetextHeaderProcessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.tables import TableProcessor
from markdown.treeprocessors import Treeprocessor

from handbook.text.stash import written

if TYPE_CHECKING:
    from markdown import Markdown

    from handbook.text.context import PageContext

Current = Callable[[], "PageContext"]

_DEFINITION = re.compile(r"(?:[\s>]|[-*+:] |[0-9]{1,9}[.)] )*+(\*?\[\^?[^\[\]]*\]) ?:")
"""A definition at the beginning of a line, of an item or of a quotation."""

_ITEM = re.compile(r" *[-*+] +\S")
_STRANGE_ITEM = re.compile(r" *(?:[•◦▪‣·●○■] *\S|\d{1,2}\) +\S)")
"""Items as other programs write them; Markdown knows only ``-``, ``*``, ``+`` and ``1.``."""
_NUMBER = re.compile(r" *(\d{1,3})\. +\S")
_DASH = re.compile(r" *[-+][^\W\d_]")
"""An item without the space; one alone may be an ending: -lagen."""


class Headings(HashHeaderProcessor):
    """Reports ``# headings`` that are not at the beginning of a line of the page, or lack the space or the text."""

    def __init__(self, md: Markdown, current: Current) -> None:
        super().__init__(md.parser)
        self.current = current

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Judge the heading, then do what Python-Markdown does."""
        match = self.RE.search(blocks[0])
        if match and (not match["header"].strip() or match["header"][0] not in " \t" or not _is_page(parent)):
            line, context = match[0].strip(), self.current()
            context.report_at("heading-form", context.locate_line(line), found=written(line))
        super().run(parent, blocks)


class UnderlinedHeadings(SetextHeaderProcessor):
    """Reports lines that a line of ``---`` or ``===`` below them turns into headings."""

    def __init__(self, md: Markdown, current: Current) -> None:
        super().__init__(md.parser)
        self.current = current

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Judge the heading, then do what Python-Markdown does."""
        line, context = blocks[0].split("\n")[0].strip(), self.current()
        context.report_at("heading-form", context.locate_line(line), found=written(line))
        super().run(parent, blocks)


def _is_page(parent: etree.Element) -> bool:
    """Tell whether an element is the page itself, or our box for text collected from other pages."""
    return parent.tag == "div" and (not parent.attrib or parent.get("class", "").startswith("hb-"))


class Tables(TableProcessor):
    """Reports rows with more or fewer cells than their head: Markdown would drop or pad them silently."""

    def __init__(self, md: Markdown, config: dict[str, Any], current: Current) -> None:
        super().__init__(md.parser, config)
        self.current = current

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Judge the rows, then do what Python-Markdown does."""
        context = self.current()
        if context.source is not None:
            head, _, *rows = [row.strip(" ") for row in blocks[0].split("\n")]
            line, column = context.locate(head)
            expected = len(self.separator)
            for number, row in enumerate(rows, 2):
                found = len(self._split_row(row))  # type: ignore[attr-defined]
                if found != expected:
                    place = (line + number, column) if line else context.locate(row)
                    context.report_at("table-uneven", place, found=str(found), expected=str(expected))
        super().run(parent, blocks)


class Paragraphs(ParagraphProcessor):
    """Reports lists that would be read as lines of a paragraph."""

    def __init__(self, md: Markdown, current: Current) -> None:
        super().__init__(md.parser)
        self.current = current

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Judge the lines, then do what Python-Markdown does."""
        line = _lost_item(blocks[0].split("\n"))
        if line:
            context = self.current()
            context.report_at("list-broken", context.locate_line(line), found=written(line))
        super().run(parent, blocks)


def _lost_item(lines: list[str]) -> str:
    """Return the first line of a paragraph that is meant as an item of a list, or nothing."""
    numbered: dict[int, str] = {}
    dashed = [line.strip() for line in lines if _DASH.match(line)]
    for position, line in enumerate(lines):
        if _STRANGE_ITEM.match(line) or (position and _ITEM.match(line)):
            return line.strip()
        number = _NUMBER.match(line)
        if number:
            # A number alone may be a date at the beginning of a line: "14. mars".
            before = numbered.get(int(number[1]) - 1)
            if before:
                return before
            numbered[int(number[1])] = line.strip()
    return dashed[0] if len(dashed) > 1 else ""


class Attributes(AttrListTreeprocessor):
    """Reports attributes on anything but a unit's heading: they could be ``onclick`` as well as a class."""

    def __init__(self, md: Markdown, current: Current) -> None:
        super().__init__(md)
        self.current = current

    def assign_attrs(self, elem: etree.Element, attrs_string: str, *, strict: bool = False) -> str:
        """Judge, then do what Python-Markdown does."""
        # What is meant for a unit is read by `scan`, which reports its form.
        if not re.match(r"#[A-Za-z]-|.*\brev\s*=", attrs_string):
            shown = written(attrs_string).strip()
            tokens = [before + attrs_string for before in ("{ ", "{", "{: ", "{:")]
            self.current().problem("attributes", *tokens, shown, found="{ " + shown + " }")
        remainder: str = super().assign_attrs(elem, attrs_string, strict=strict)
        return remainder


class Definitions(dict[str, tuple[str, str | None]]):
    """The link definitions of a page, which know whether they were used."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def __getitem__(self, key: str) -> tuple[str, str | None]:
        self.used.add(key)
        return super().__getitem__(key)

    def clear(self) -> None:
        """Forget everything: a new page begins."""
        super().clear()
        self.used.clear()


class UnusedDefinitions(Treeprocessor):
    """Reports footnotes and link definitions that nothing uses, or that stand twice: they would vanish."""

    def __init__(self, md: Markdown, current: Current, definitions: Definitions) -> None:
        super().__init__(md)
        self.current = current
        self.definitions = definitions

    def run(self, root: etree.Element) -> None:
        """Look; change nothing."""
        source = self.current().source
        if source is None:
            return
        used = {f"[^{link.get('href', '')[4:]}]" for link in root.iter("a") if link.get("class") == "footnote-ref"}
        used |= {f"[{label}]" for label in self.definitions.used}
        used |= {f"*[{abbreviation.text}]" for abbreviation in root.iter("abbr")}
        labels = {f"[{label}]" for label in self.definitions}
        first: dict[str, int] = {}
        for number, line in enumerate(source.visible, source.first_line):
            match = _DEFINITION.match(line)
            label = match[1] if match else ""
            apart = label.startswith(("[^", "*["))
            name = label if apart else f"[{label[1:-1].strip().lower()}]"
            if not match or (name not in labels and not apart):
                continue
            place = (number, match.start(1) + 1)
            if name in first:
                self.current().report_at("definition-duplicate", place, label=label, other=str(first[name]))
            elif name not in used:
                self.current().report_at("definition-unused", place, label=label)
            first.setdefault(name, number)


def register(md: Markdown, current: Current) -> None:
    """Put the stricter readers of headings, tables and attributes in the place of Python-Markdown's own."""
    blocks = md.parser.blockprocessors
    blocks.register(Headings(md, current), "hashheader", 70)
    blocks.register(UnderlinedHeadings(md, current), "setextheader", 60)
    blocks.register(Paragraphs(md, current), "paragraph", 10)
    if "table" in blocks:
        blocks.register(Tables(md, blocks["table"].config, current), "table", 75)  # type: ignore[attr-defined]
    if "attr_list" in md.treeprocessors:
        md.treeprocessors.register(Attributes(md, current), "attr_list", 8)
    definitions = Definitions()
    md.references = definitions  # type: ignore[assignment]
    md.treeprocessors.register(UnusedDefinitions(md, current, definitions), "hb-definitions", 6)
