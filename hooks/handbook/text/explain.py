"""Explains glossary terms where they stand: the first in each unit leads to its entry and carries its definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown.treeprocessors import Treeprocessor

from handbook.model import Term
from handbook.text.context import PageContext
from handbook.text.references import REF_CLASS
from handbook.text.units import HEADINGS

if TYPE_CHECKING:
    from markdown import Markdown

    from handbook.text.glossary import Glossary

TERM_CLASS = "hb-term"
AUTO_CLASS = f"{TERM_CLASS} hb-auto"
_SKIPPED_TAGS = HEADINGS | {"a", "abbr", "button", "code", "dfn", "figure", "kbd", "label", "pre", "samp", "summary"}
_SKIPPED_CLASSES = frozenset(
    {"hb-block", "hb-error", "hb-facts", "hb-foreign", "hb-label", "hb-notice", "hb-related", "admonition-title"}
)
_BLOCKS = frozenset({"p", "li", "td", "th", "dd", "dt", "div", "blockquote"})


@dataclass
class _Unit:
    """A unit of the page: its own elements, and the terms already explained in it."""

    level: int
    elements: list[etree.Element] = field(default_factory=list)
    explained: set[str] = field(default_factory=set)


class ExplainTerms(Treeprocessor):
    """Makes links of the terms that an author left unmarked, and gives every term's link its definition."""

    def __init__(self, md: Markdown, context: PageContext, glossary: Glossary) -> None:
        super().__init__(md)
        self.context = context
        self.glossary = glossary

    def run(self, root: etree.Element) -> None:
        """Change the tree in place. Runs when unit headings have their attributes, before links are resolved."""
        if self.context.path == self.glossary.path:
            return
        for unit in _units(root):
            for element in unit.elements:
                unit.explained.update(self._marked(element))
            for element in unit.elements:
                self._walk(element, unit.explained)

    def _marked(self, element: etree.Element) -> Iterator[str]:
        """Define the terms that an author marked, and yield them."""
        for link in element.iter("a"):
            unit = link.get("data-unit", "")
            if REF_CLASS in link.get("class", "").split() and self._is_term(unit):
                self._define(link, unit)
                yield unit

    def _is_term(self, unit: str) -> bool:
        return unit in self.glossary.definitions and isinstance(self.context.data.units.get(unit), Term)

    def _define(self, link: etree.Element, unit: str) -> None:
        definition = self.glossary.definitions[unit]
        link.set("data-definition", definition.text)
        link.set("data-term", self.context.title(unit)[0])
        if definition.lang != self.context.lang:
            link.set("data-definition-lang", definition.lang)

    def _walk(self, element: etree.Element, explained: set[str], *, sentence: bool = True) -> None:
        """Go through an element in the order of reading; `sentence` tells whether it begins a sentence."""
        if self._passed_over(element):
            return
        children = list(element)
        sentence = sentence or element.tag in _BLOCKS
        if (element.text or "").strip():
            self._link(element, None, element.text or "", explained, sentence=sentence)
            sentence = False
        for child in children:
            self._walk(child, explained, sentence=sentence)
            sentence = child.tag == "br"
            if (child.tail or "").strip():
                self._link(element, child, child.tail or "", explained, sentence=sentence)
                sentence = False

    def _passed_over(self, element: etree.Element) -> bool:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED_TAGS:
            return True
        if element.get("lang", self.context.lang) != self.context.lang:
            return True
        return not _SKIPPED_CLASSES.isdisjoint(element.get("class", "").split())

    def _link(
        self, parent: etree.Element, after: etree.Element | None, text: str, explained: set[str], *, sentence: bool
    ) -> None:
        """Put links into a text of `parent`: its own, or the one behind its child `after`."""
        position = 0
        place = 0 if after is None else list(parent).index(after) + 1
        last = after
        for found in self.glossary.finder.find(text, sentence=sentence):
            if found.term in explained:
                continue
            href = self.context.link(found.term)
            if href is None:
                continue
            explained.add(found.term)
            _set_text(parent, last, text[position : found.start])
            last = etree.Element("a", {"class": AUTO_CLASS, "data-unit": found.term, "href": href})
            last.text = text[found.start : found.end]
            self._define(last, found.term)
            parent.insert(place, last)
            place, position = place + 1, found.end
        if position:
            _set_text(parent, last, text[position:])


def _set_text(parent: etree.Element, after: etree.Element | None, text: str) -> None:
    if after is None:
        parent.text = text
    else:
        after.tail = text


def _units(root: etree.Element) -> list[_Unit]:
    """Return the units of a page with the elements that are their own; those of units inside them are theirs."""
    found: list[_Unit] = []
    opened: list[_Unit] = []
    for element in root:
        if element.tag in HEADINGS:
            level = int(element.tag[1])
            opened = [unit for unit in opened if unit.level < level]
            if element.get("data-unit"):
                found.append(_Unit(level))
                opened.append(found[-1])
        elif opened:
            opened[-1].elements.append(element)
    return found
