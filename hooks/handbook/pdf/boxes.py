"""Boxes: admonitions, details and tabs."""

from __future__ import annotations

from lxml.html import HtmlElement

from handbook.pdf.context import Walk, classes, plain
from handbook.pdf.literal import call, string

_WHOLE = 600
"""Characters of a box that is not torn between pages; twice as many of the small type of related units."""

_STRONG = frozenset({"warning", "danger", "attention", "caution", "error", "failure", "bug"})
_ADVICE = frozenset({"advice", "tip", "hint", "success", "important"})


def admonition(walk: Walk, element: HtmlElement) -> str:
    """``<div class="admonition kind">`` with its title, as a visible box."""
    kind = next((name for name in sorted(_kinds(element))), "note")
    title = next((child for child in element if "admonition-title" in classes(child)), None)
    return _box(walk, element, kind, title)


def details(walk: Walk, element: HtmlElement) -> str:
    """``<details>``: open in print, its summary as title."""
    related = "related" if "hb-related" in classes(element) else "details"
    kind = next((name for name in sorted(_kinds(element))), related)
    return _box(walk, element, kind, element.find("summary"))


def _kinds(element: HtmlElement) -> list[str]:
    ours = classes(element) - {"admonition", "inline", "end"}
    return [name for name in ours if not name.startswith("hb-")]


def tabs(walk: Walk, element: HtmlElement) -> str:
    """A set of tabs: one block after the other, each under its label."""
    labels, bodies = _tab_parts(element)
    if len(labels) != len(bodies) or not labels:
        raise walk.ctx.error(f"{len(labels)} tab labels for {len(bodies)} tabs")
    parts = [call("hb-tab", walk.inline(label), walk.flow(body)) for label, body in zip(labels, bodies, strict=True)]
    return "{" + "\n".join(parts) + "}"


def quotation(walk: Walk, element: HtmlElement) -> str:
    """``<blockquote>``."""
    walk.ctx.expected.boxes.append("")
    return call("quote", walk.flow(element), block="true")


def _box(walk: Walk, element: HtmlElement, kind: str, title: HtmlElement | None) -> str:
    walk.ctx.expected.boxes.append(kind)
    style = "strong" if kind in _STRONG else "advice" if kind in _ADVICE else "note"
    style = kind if kind == "related" else style
    heading = "none" if title is None or not plain(title) else walk.inline(title)
    body = walk.flow(element, skip=() if title is None else (title,))
    most = _WHOLE * 2 if kind == "related" else _WHOLE
    whole = "true" if len(plain(element)) <= most else "false"
    return call("hb-admonition", string(style), heading, body, whole=whole)


def _tab_parts(element: HtmlElement) -> tuple[list[HtmlElement], list[HtmlElement]]:
    holder = next((child for child in element if "tabbed-labels" in classes(child)), None)
    content = next((child for child in element if "tabbed-content" in classes(child)), None)
    if holder is not None and content is not None:
        return list(holder.iterchildren("label")), [c for c in content if "tabbed-block" in classes(c)]
    bodies = [child for child in element if "tabbed-content" in classes(child)]
    return list(element.iterchildren("label")), bodies
