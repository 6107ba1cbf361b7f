"""Draws figures as SVG: bars, steps and columns. Colours are attributes, so that the PDF has them too."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from xml.etree import ElementTree as etree

from markdown.util import AtomicString

WIDTH = 640
MARGIN = 16
INK, PAPER, BAR, TRACK = "#1b222b", "#ffffff", "#14506e", "#dfe7ed"
"""INK on PAPER 15.8:1; BAR against PAPER 8.6:1."""

SIZE = 15
LINE = 20
CHARACTERS = 74
"""About as many characters of SIZE fit into WIDTH."""

Rows = Sequence[tuple[str, int | None]]


def bars(name: str, alternative: str, rows: Rows) -> etree.Element:
    """Return horizontal bars, each with its label above and its share in percent at its end."""
    track = WIDTH - 2 * MARGIN - 70
    height, parts = MARGIN, []
    for label, value in rows:
        lines = textwrap.wrap(label, CHARACTERS) or [""]
        parts.append((lines, height, value or 0))
        height += len(lines) * LINE + 40
    svg = _canvas(name, alternative, height)
    for lines, top, value in parts:
        below = _text(svg, lines, MARGIN, top + SIZE)
        _box(svg, MARGIN, below + 2, track, 20, TRACK)
        _box(svg, MARGIN, below + 2, round(track * value / 100), 20, BAR)
        _text(svg, [f"{value}\u00a0%"], MARGIN + track + 10, below + 17, weight="600")
    return svg


def steps(name: str, alternative: str, rows: Rows) -> etree.Element:
    """Return steps from left to right, each higher than the one before, with numbered labels below."""
    height = 130
    labels = [textwrap.wrap(f"{number}. {label}", CHARACTERS) for number, (label, _) in enumerate(rows, 1)]
    total = height + sum(len(lines) for lines in labels) * LINE + MARGIN
    svg = _canvas(name, alternative, total)
    width = (WIDTH - 2 * MARGIN) // len(rows)
    for position in range(len(rows)):
        tall = round((height - 40) * (position + 1) / len(rows))
        left = MARGIN + position * width
        _box(svg, left, height - tall - 12, width - 8, tall, BAR)
        _text(svg, [str(position + 1)], left + 12, height - 24, fill=PAPER, weight="600")
    top = height + SIZE
    for lines in labels:
        _text(svg, lines, MARGIN, top)
        top += len(lines) * LINE
    return svg


def columns(name: str, alternative: str, entries: Sequence[tuple[str, str]]) -> etree.Element:
    """Return columns side by side, one a group, from (group, label) in order."""
    groups: dict[str, list[str]] = {}
    for group, label in entries:
        groups.setdefault(group, []).append(label)
    width = (WIDTH - 2 * MARGIN) // len(groups)
    characters = CHARACTERS * (width - 30) // WIDTH
    wrapped = {g: [textwrap.wrap(label, characters) for label in labels] for g, labels in groups.items()}
    tallest = max(sum(len(lines) * LINE + 16 for lines in labels) for labels in wrapped.values())
    svg = _canvas(name, alternative, 2 * MARGIN + 40 + tallest)
    for position, (group, labels) in enumerate(wrapped.items()):
        left, top = MARGIN + position * width, MARGIN + 40
        _box(svg, left, MARGIN, width - 10, 30, BAR)
        _text(svg, [group], left + 10, MARGIN + 20, fill=PAPER, weight="600")
        for lines in labels:
            _box(svg, left, top, width - 10, len(lines) * LINE + 8, TRACK)
            _text(svg, lines, left + 10, top + SIZE + 3)
            top += len(lines) * LINE + 16
    return svg


def _canvas(name: str, alternative: str, height: int) -> etree.Element:
    size = {"width": str(WIDTH), "height": str(height), "viewBox": f"0 0 {WIDTH} {height}"}
    described = {"role": "img", "aria-labelledby": f"{name}-title"}
    svg = etree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, **described})
    title = etree.SubElement(svg, "title", {"id": f"{name}-title"})
    title.text = AtomicString(alternative)
    _box(svg, 0, 0, WIDTH, height, PAPER)
    return svg


def _box(svg: etree.Element, x: int, y: int, width: int, height: int, fill: str) -> None:
    place = {"x": str(x), "y": str(y), "width": str(width), "height": str(height)}
    etree.SubElement(svg, "rect", {**place, "fill": fill})


def _text(svg: etree.Element, lines: Sequence[str], x: int, y: int, *, fill: str = INK, weight: str = "400") -> int:
    """Write lines of text; return where the next line would stand."""
    for line in lines:
        style = {"font-size": str(SIZE), "font-weight": weight, "fill": fill}
        element = etree.SubElement(svg, "text", {"x": str(x), "y": str(y), **style})
        element.text = AtomicString(line)
        y += LINE
    return y - SIZE + 2
