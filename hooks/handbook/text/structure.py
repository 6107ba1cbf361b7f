"""What a rendered page is made of, unit by unit: for comparing languages and checking links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown.treeprocessors import Treeprocessor

from handbook import ids
from handbook.addresses import LinkUse
from handbook.text.references import CITE_CLASS, OWN_CLASS, REF_CLASS
from handbook.text.stash import decoded
from handbook.text.units import HEADINGS, UNKNOWN

if TYPE_CHECKING:
    from markdown import Markdown

_GENERATED = frozenset({"hb-block", "hb-label", "hb-facts", "hb-notice", "hb-related", "admonition-title"})
_BRACE = re.compile(r"\{|\brev=")
_DATE = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\b")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+\Z")


@dataclass
class UnitShape:
    """One unit as rendered.

    Attributes:
        outline: its headings, lists, tables and boxes, in order.
        references: ids that it refers to or cites, citations with their section.
        mentions: the same with how often.
        numbers: numbers written in digits, in one common form.
        advice: whether any of it is marked as own advice.
        texts: its paragraphs as plain text.
    """

    unit: str
    outline: list[str] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    mentions: Counter[str] = field(default_factory=Counter)
    numbers: set[str] = field(default_factory=set)
    advice: bool = False
    texts: list[str] = field(default_factory=list)


@dataclass
class PageShape:
    """A page as rendered: its units, the ids that links may lead to, and the links that its author wrote."""

    units: dict[str, UnitShape] = field(default_factory=dict)
    anchors: set[str] = field(default_factory=set)
    links: list[LinkUse] = field(default_factory=list)


def normal_numbers(text: str) -> Iterator[str]:
    """Yield the numbers in a text in one common form, whatever the language writes.

    Thousands lose their mark, a decimal comma becomes a point, and of a date in figures the month is left out, since
    other languages write it as a word.
    """
    text = _DATE.sub(r"\1 – \3", text)
    for match in _NUMBER.finditer(text):
        written = match[0]
        if _THOUSANDS.match(written):
            yield re.sub(r"\D", "", written)
            continue
        # A point joins numbers that languages write apart too: article 6.1 is "6 artiklan 1 kohta".
        for part in re.split(r"[\u00a0\u202f .]", written):
            if part:
                yield part.replace(",", ".").strip(".")


class Shape(Treeprocessor):
    """Collects a `PageShape` from the finished tree."""

    def __init__(self, md: Markdown, into: PageShape) -> None:
        super().__init__(md)
        self.into = into
        self.open: list[tuple[int, UnitShape]] = []

    def run(self, root: etree.Element) -> None:
        """Walk the tree; change nothing."""
        self.open = []
        for element in root.iter():
            if element.get("id"):
                self.into.anchors.add(element.attrib["id"])
        self.walk(root)

    @property
    def current(self) -> UnitShape | None:
        return self.open[-1][1] if self.open else None

    def walk(self, element: etree.Element) -> None:
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if set(child.get("class", "").split()) & _GENERATED:
                self._generated(child)
            else:
                self._own(child)

    def _generated(self, element: etree.Element) -> None:
        classes = element.get("class", "").split()
        if "hb-block" in classes and self.current:
            self.current.outline.append(classes[-1])

    def _own(self, element: etree.Element) -> None:
        if element.tag in HEADINGS:
            self._heading(element)
        unit = self.current
        if element.tag == "a" and unit is not None:
            self._reference(element, unit)
        if unit is not None:
            self._outline(element, unit)
        if element.tag in {"p", "li", "td", "th", "dd", "dt", *HEADINGS} and unit is not None:
            self._text(element, unit)
        self.walk(element)

    def _heading(self, element: etree.Element) -> None:
        level = int(element.tag[1])
        while self.open and self.open[-1][0] >= level:
            self.open.pop()
        name = element.get("data-unit")
        if name is None and (ids.from_anchor(element.get("id", "")) or _BRACE.search("".join(element.itertext()))):
            name = UNKNOWN
        if name is None:
            return
        if name == UNKNOWN:  # a unit's heading in a wrong form: what follows is not its parent's
            name += str(len(self.into.units))
        shape = self.into.units.setdefault(name, UnitShape(name))
        self.open.append((level, shape))

    def _outline(self, element: etree.Element, unit: UnitShape) -> None:
        tag = element.tag
        if tag in HEADINGS and ids.from_anchor(element.get("id", "")) != unit.unit:
            unit.outline.append(tag)
        elif tag in {"ul", "ol", "dl"}:
            boxes = sum(1 for item in element if "task-list-item" in item.get("class", ""))
            unit.outline.append(f"{tag} ({len(element)})" + (f" with {boxes} boxes" if boxes else ""))
        elif tag == "table":
            rows = list(element.iter("tr"))
            unit.outline.append(f"table ({len(rows)} × {len(rows[0]) if rows else 0})")
        elif tag == "div" and "admonition" in element.get("class", ""):
            unit.outline.append(element.get("class", "").split()[1])
            unit.advice = unit.advice or "hb-advice" in element.get("class", "")
        elif tag in {"blockquote", "pre", "details", "img", "figure"}:
            unit.outline.append(tag)

    @staticmethod
    def _reference(element: etree.Element, unit: UnitShape) -> None:
        classes = element.get("class", "")
        if CITE_CLASS in classes or REF_CLASS in classes.split():
            section = element.get("data-section")
            found = element.get("data-unit", "") + (f":{section}" if section else "")
            unit.references.add(found)
            unit.mentions[found] += 1

    def _text(self, element: etree.Element, unit: UnitShape) -> None:
        text = decoded("".join(own_texts(element))).strip()
        if not text:
            return
        unit.texts.append(text)
        if element.get("data-unit", "")[:2] != "T-":
            unit.numbers.update(normal_numbers(text))


def own_texts(element: etree.Element) -> Iterator[str]:
    """Yield an element's text without that of blocks inside it, inserted titles and citations."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and not _inserted(child):
            yield from own_texts(child)
        if child.tail:
            yield child.tail


def _inserted(element: etree.Element) -> bool:
    classes = element.get("class", "")
    if "hb-error" in classes or "footnote" in classes or element.tag in {"p", "ul", "ol", "table", "div", "li", "dl"}:
        return True
    return (
        element.tag == "a"
        and (classes in {REF_CLASS, CITE_CLASS} or "headerlink" in classes)
        and (classes != OWN_CLASS)
    )
