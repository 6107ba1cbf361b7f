"""Draws counts as horizontal bars in SVG, each a link where there is somewhere to go.

Colours stand in attributes, which the PDF takes; on the web classes replace them, so that they follow the scheme.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as etree

from markdown.util import AtomicString

WIDTH = 400
"""Narrow, so that the letters stay readable on a phone: 400 units on 330 pixels leave 12 pixels of 15."""

SIZE, LINE, THICK, GAP = 15, 19, 16, 12
LABEL_CHARACTERS = 50
NUMBER_WIDTH = 44
INK, PAPER, BAR, TRACK = "#1b222b", "#ffffff", "#14506e", "#dfe7ed"


@dataclass(frozen=True)
class Bar:
    """A label, its number, and where the bar leads ("" for nowhere)."""

    label: str
    number: int
    href: str = ""


def bar_chart(name: str, title: str, description: str, bars: Sequence[Bar]) -> etree.Element:
    """Return the drawing.

    Args:
        name: for its ids; one of its kind on the page.
        title: what it shows; `description`: its numbers, in words.
        description: see `title`.
        bars: at least one; the longest bar fills the width.
    """
    lines = [textwrap.wrap(bar.label, LABEL_CHARACTERS) or [""] for bar in bars]
    height = GAP + sum(len(label) * LINE + THICK + GAP for label in lines)
    linked = any(bar.href for bar in bars)
    svg = etree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "hb-chart",
            "width": str(WIDTH),
            "height": str(height),
            "viewBox": f"0 0 {WIDTH} {height}",
            # An image has no links in it for those who cannot see it; a group has.
            "role": "group" if linked else "img",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-desc",
        },
    )
    etree.SubElement(svg, "title", {"id": f"{name}-title"}).text = AtomicString(title)
    etree.SubElement(svg, "desc", {"id": f"{name}-desc"}).text = AtomicString(description)
    _box(svg, (0, 0, WIDTH, height), PAPER, "hb-chart-paper")
    most = max(bar.number for bar in bars)
    top = GAP
    for bar, label in zip(bars, lines, strict=True):
        top = _bar(svg, bar, label, top, most)
    return svg


def _bar(svg: etree.Element, bar: Bar, label: Sequence[str], top: int, most: int) -> int:
    """Draw one bar under its label; return where the next begins."""
    holder = svg
    high = len(label) * LINE + THICK
    if bar.href:
        holder = etree.SubElement(svg, "a", {"href": bar.href})
        _box(holder, (0, top - GAP // 2, WIDTH, high + GAP), PAPER, "hb-chart-paper")
    for line in label:
        _text(holder, line, (0, top + SIZE), bold=False)
        top += LINE
    track = WIDTH - NUMBER_WIDTH
    _box(holder, (0, top, track, THICK), TRACK, "hb-chart-track")
    _box(holder, (0, top, max(round(track * bar.number / most), 2), THICK), BAR, "hb-chart-bar")
    _text(holder, str(bar.number), (track + 8, top + SIZE - 1), bold=True)
    return top + THICK + GAP


def _box(parent: etree.Element, place: tuple[int, int, int, int], fill: str, class_: str) -> None:
    named = dict(zip(("x", "y", "width", "height"), map(str, place), strict=True))
    etree.SubElement(parent, "rect", {**named, "fill": fill, "class": class_})


def _text(parent: etree.Element, text: str, place: tuple[int, int], *, bold: bool) -> None:
    x, y = place
    style = {"font-size": str(SIZE), "font-weight": "600" if bold else "400", "fill": INK, "class": "hb-chart-ink"}
    element = etree.SubElement(parent, "text", {"x": str(x), "y": str(y), **style})
    element.text, element.tail = AtomicString(text), " "  # the space parts the words of a link's name
