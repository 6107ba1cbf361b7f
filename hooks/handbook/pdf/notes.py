"""Footnotes: from a list at the page's end, as Python-Markdown makes them, to where they are called."""

from __future__ import annotations

import copy

from lxml.html import HtmlElement

from handbook.pdf.context import Walk, classes
from handbook.pdf.literal import call, labelled, string


def collect(body: HtmlElement) -> dict[str, HtmlElement]:
    """Take the footnote lists out of ``body``: id → ``li``, the links back removed."""
    found: dict[str, HtmlElement] = {}
    for box in [element for element in body.iter("div") if "footnote" in classes(element)]:
        for item in box.iter("li"):
            if item.get("id"):
                found[str(item.get("id"))] = _without_backlinks(item)
        box.drop_tree()
    return found


def reference(element: HtmlElement) -> HtmlElement | None:
    """The link of a footnote mark ``<sup><a class="footnote-ref">``, or ``None`` for any other ``sup``."""
    return next((a for a in element.iter("a") if "footnote-ref" in classes(a)), None)


def note(walk: Walk, link: HtmlElement) -> str:
    """The footnote that ``link`` calls: its text at the first call, the same mark again after that.

    Raises:
        PdfError: the note is missing, or is called in a heading.
    """
    ctx = walk.ctx
    name = (link.get("href") or "").removeprefix("#")
    if ctx.in_heading:
        raise ctx.error(f"footnote '{name}' in a heading", "move the mark into the text below")
    if name in ctx.notes_set:
        return call("footnote", call("label", string(ctx.notes_set[name])))
    item = ctx.notes.get(name)
    if item is None:
        raise ctx.error(f"footnote '{name}' has no text", "add a line [^…]: with the text")
    label = f"n:{ctx.page_number}:{name}"
    ctx.notes_set[name] = label
    ctx.expected.notes += 1
    return labelled(call("footnote", _body(walk, item)), label)


def _body(walk: Walk, item: HtmlElement) -> str:
    children = list(item)
    if len(children) == 1 and children[0].tag == "p" and not (item.text or "").strip():
        return walk.inline(children[0])
    return walk.flow(item)


def _without_backlinks(item: HtmlElement) -> HtmlElement:
    clean = copy.deepcopy(item)
    for link in [a for a in clean.iter("a") if "footnote-backref" in classes(a)]:
        link.drop_tree()
    for paragraph in [p for p in clean.iter("p") if not len(p) and not (p.text or "").strip("\u00a0 \n")]:
        paragraph.drop_tree()
    _strip_end(clean)
    return clean


def _strip_end(item: HtmlElement) -> None:
    last = next((p for p in reversed(list(item.iter("p")))), item)
    if len(last):
        last[-1].tail = (last[-1].tail or "").rstrip("\u00a0 \n")
    else:
        last.text = (last.text or "").rstrip("\u00a0 \n")
