"""Cuts units out of rendered pages."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree, html
from lxml.html import HtmlElement

_HEADINGS = tuple(f"h{level}" for level in range(1, 7))


def parse(text: str) -> HtmlElement:
    """Return rendered HTML as one ``div``."""
    return html.fragment_fromstring(text, create_parent="div")


def serialize(body: HtmlElement) -> str:
    """Return the HTML inside ``body``."""
    parts = [body.text or "", *(etree.tostring(child, encoding="unicode", method="html") for child in body)]
    return "".join(parts)


def cut(page: HtmlElement, unit: str, *, level: int) -> HtmlElement | None:
    """Return ``unit`` as it stands in ``page``, from its heading to the next one of its depth.

    Args:
        page: the body of a rendered page; it stays as it is.
        unit: the unit's id.
        level: the depth that its heading gets; the headings below it follow.

    Returns:
        A ``div`` with the unit and with the page's footnotes, or None when the page does not hold it.
    """
    children = list(page)
    start = next((at for at, child in enumerate(children) if child.get("data-unit") == unit and _depth(child)), None)
    if start is None:
        return None
    own = _depth(children[start])
    later = (at for at, child in enumerate(children) if at > start and 0 < _depth(child) <= own)
    piece = html.Element("div")
    for child in children[start : next(later, len(children))]:
        piece.append(_copied(child))
    shift(piece, level - own)
    for notes in (child for child in page if "footnote" in (child.get("class") or "").split()):
        if not any(child.get("class") == notes.get("class") for child in piece):
            piece.append(_copied(notes))
    return piece


def shift(body: HtmlElement, by: int) -> None:
    """Make the headings in ``body`` deeper by ``by`` levels (or higher, when it is negative)."""
    for heading in list(body.iter(*_HEADINGS)) if by else ():
        heading.tag = f"h{min(max(int(str(heading.tag)[1]) + by, 1), 6)}"


def join(bodies: Iterable[HtmlElement]) -> HtmlElement:
    """Return one ``div`` with all that stands in ``bodies``; footnotes that come again are kept once."""
    whole = html.Element("div")
    notes: set[str] = set()
    for body in bodies:
        for child in list(body):
            text = html.tostring(child, encoding="unicode") if "footnote" in (child.get("class") or "").split() else ""
            if text and text in notes:
                continue
            notes.add(text)
            whole.append(child)
    return whole


def _depth(element: HtmlElement) -> int:
    return int(str(element.tag)[1]) if element.tag in _HEADINGS else 0


def _copied(element: HtmlElement) -> HtmlElement:
    copied = copy.deepcopy(element)
    copied.tail = None
    return copied
