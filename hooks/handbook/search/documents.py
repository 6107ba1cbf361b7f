"""The units of a rendered page as documents for search: what authors wrote, without what is generated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html

from handbook.text.references import CITE_CLASS, REF_CLASS
from handbook.text.units import HEADINGS

INSERTED = ("\ue000", "\ue001")
"""Stand around the title of another unit that a reference inserted: shown in a passage, not searched."""

_BLOCKS = frozenset(
    [
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "div",
        "details",
        "summary",
        "blockquote",
        "pre",
        "section",
        "figcaption",
    ]
)
_SKIPPED_TAGS = frozenset({"svg", "script", "style", "button"})
_SKIPPED_CLASSES = frozenset({"headerlink", "footnote-ref", "footnote-backref", "admonition-title", CITE_CLASS})
_GENERATED = "hb-block"
_LISTED = "hb-sources"
"""The one generated block whose entries are units of their own."""


@dataclass
class Section:
    """A part of a unit under one heading; the first part's heading is empty."""

    heading: str
    blocks: list[str] = field(default_factory=list)


@dataclass
class Document:
    """A unit's own text on one page, without that of the units inside it.

    Attributes:
        unit: its id; empty for a page that is no unit.
        title: as the page shows it.
        sections: its text in order.
        terms: ids of the units that its text refers to in its own words.
    """

    unit: str
    title: str
    sections: list[Section]
    terms: list[str]


def documents(page: str) -> list[Document]:
    """Return the documents of a page, in order.

    Args:
        page: the page's HTML, as the Markdown extensions made it.
    """
    root = html.fragment_fromstring(page, create_parent="div")
    reader = _Reader()
    reader.children(root)
    reader.flush()
    return [d for d in reader.found if d.title]


class _Reader:
    """Walks a page once."""

    def __init__(self) -> None:
        self.found: list[Document] = []
        self.open: list[tuple[int, Document]] = []
        self.words: list[str] = []

    @property
    def current(self) -> Document | None:
        return self.open[-1][1] if self.open else None

    def children(self, element: html.HtmlElement) -> None:
        if element.text:
            self.words.append(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child)
            if child.tail:
                self.words.append(child.tail)

    def element(self, element: html.HtmlElement) -> None:
        classes = set(element.get("class", "").split())
        if _skipped(element, classes):
            return
        if element.tag in HEADINGS:
            self.heading(element)
        elif element.tag == "li" and element.get("data-unit"):
            self.entry(element)
        elif element.tag == "a" and REF_CLASS in classes:
            self.reference(element, own=len(classes) > 1)
        elif element.tag in _BLOCKS:
            self.flush()
            self.children(element)
            self.flush()
        else:
            self.children(element)

    def heading(self, element: html.HtmlElement) -> None:
        self.flush()
        level, unit = int(element.tag[1]), element.get("data-unit")
        title = _text(element)
        if unit is not None or not self.open:
            self.begin(level, unit or "", title)
            return
        while len(self.open) > 1 and self.open[-1][0] >= level:
            self.open.pop()
        self.open[-1][1].sections.append(Section(title))

    def begin(self, level: int, unit: str, title: str) -> None:
        while self.open and self.open[-1][0] >= level:
            self.open.pop()
        document = Document(unit, title, [Section("")], [])
        self.found.append(document)
        self.open.append((level, document))

    def entry(self, element: html.HtmlElement) -> None:
        """An entry of a list that is a unit: its text is its title."""
        self.flush()
        self.found.append(Document(element.get("data-unit", ""), _text(element), [Section("")], []))

    def reference(self, element: html.HtmlElement, *, own: bool) -> None:
        if own:
            self.children(element)
            if self.current is not None:
                self.current.terms.append(element.get("data-unit", ""))
        else:
            self.words += [INSERTED[0], element.text_content(), INSERTED[1]]

    def flush(self) -> None:
        """End a block."""
        text = _tidy("".join(self.words))
        self.words.clear()
        if text and self.current is not None:
            self.current.sections[-1].blocks.append(text)


def _skipped(element: html.HtmlElement, classes: set[str]) -> bool:
    if element.tag in _SKIPPED_TAGS or classes & _SKIPPED_CLASSES or element.get("data-search-exclude"):
        return True
    return _GENERATED in classes and _LISTED not in classes


def _tidy(text: str) -> str:
    """One line, without the blank that a left-out citation leaves before a full stop."""
    text = " ".join(text.split())
    for mark in ".,;:!?)":
        text = text.replace(f" {mark}", mark)
    return text.replace("( ", "(").replace("()", "").strip()


def _text(element: html.HtmlElement) -> str:
    return _tidy("".join(_own(element)))


def _own(element: html.HtmlElement) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and not _skipped(child, set(child.get("class", "").split())):
            yield from _own(child)
        if child.tail:
            yield child.tail
