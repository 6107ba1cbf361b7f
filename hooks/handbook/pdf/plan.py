"""Looks through a whole book before it is converted: which units it has, and what every link can point at."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree, html

from handbook.pdf.model import Book, Page, PdfError

LABEL = "hb-label"
"""Attribute that the plan sets on elements that something points at."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Planned:
    """A page with its parsed body."""

    page: Page
    part: int
    body: html.HtmlElement


@dataclass(frozen=True, slots=True)
class Plan:
    """The book's parsed pages, and the label of every unit, page and anchor.

    Attributes:
        units: unit id → label, for the units that are in this book, in the order of the text.
        paths: path of a page → label of its first heading.
        anchors: (path, id) → label.
    """

    pages: tuple[Planned, ...]
    units: dict[str, str]
    paths: dict[str, str]
    anchors: dict[tuple[str, str], str]


def make_plan(book: Book) -> Plan:
    """Parse all pages of ``book`` and give labels to what is pointed at.

    Raises:
        PdfError: a unit stands twice in the book, or a page has no heading.
    """
    pages = tuple(Planned(page, index, parse(page)) for index, part in enumerate(book.parts) for page in part.pages)
    plan = Plan(pages, {}, {}, {})
    wanted = set(_wanted(pages))
    by_id = {unit.lower(): unit for unit in book.unit_titles}
    for number, planned in enumerate(pages):
        _label_page(book, plan, planned, number, by_id, wanted)
    return plan


def parse(page: Page) -> html.HtmlElement:
    """The body of ``page`` as one ``div``; attributes that only the plan may set are taken off."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    body = html.fragment_fromstring(page.html, create_parent="div", parser=parser) if page.html.strip() else None
    if body is None:
        body = html.Element("div")
    for element in body.iter(etree.Element):
        element.attrib.pop(LABEL, None)
    return body


def location(book: Book, unit: str, page: Page) -> tuple[str, int]:
    """File and line of ``unit``'s text, else of its page, else the page's own path."""
    return book.source_lines.get(unit) or book.source_lines.get(page.unit) or (page.path, 1)


def resolve(path: str, href: str) -> tuple[str, str]:
    """The page and the anchor that the relative ``href`` on the page ``path`` means."""
    split = urlsplit(href)
    if not split.path:
        return path, split.fragment
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), split.path))
    return target, split.fragment


def _wanted(pages: tuple[Planned, ...]) -> Iterator[tuple[str, str]]:
    for planned in pages:
        for link in planned.body.iter("a"):
            href = link.get("href", "")
            if href and not urlsplit(href).scheme:
                yield resolve(planned.page.path, href)


def _label_page(
    book: Book, plan: Plan, planned: Planned, number: int, by_id: dict[str, str], wanted: set[tuple[str, str]]
) -> None:
    page = planned.page
    first = next((e for e in planned.body.iter(etree.Element) if e.tag in _HEADINGS), None)
    if first is None:
        file, line = location(book, page.unit, page)
        raise PdfError("this page has no heading", unit=page.unit, file=file, line=line)
    has_own = not page.unit or any(by_id.get(e.get("id", "")) == page.unit for e in planned.body.iter(etree.Element))
    for element in planned.body.iter(etree.Element):
        name = element.get("id", "")
        unit = by_id.get(name) or (page.unit if element is first and not has_own else None)
        if unit:
            _label_unit(book, plan, planned, unit, element)
        elif element is first or (name and (page.path, name) in wanted):
            element.set(LABEL, f"a:{number}:{name or 'top'}")
        if LABEL in element.attrib:
            plan.anchors[page.path, name] = str(element.get(LABEL))
    if page.whole:
        plan.paths[page.path] = str(first.get(LABEL))


def _label_unit(book: Book, plan: Plan, planned: Planned, unit: str, element: html.HtmlElement) -> None:
    if unit in plan.units:
        file, line = location(book, unit, planned.page)
        raise PdfError(f"the unit {unit} is in this book twice", unit=unit, file=file, line=line)
    plan.units[unit] = f"u:{unit}"
    element.set(LABEL, f"u:{unit}")
