"""Lists of all kinds: plain, numbered, with boxes to tick, of definitions."""

from __future__ import annotations

from lxml.html import HtmlElement

from handbook.pdf.context import Walk, classes, dropped
from handbook.pdf.literal import block, call, labelled, string
from handbook.pdf.plan import LABEL


def bullets(walk: Walk, element: HtmlElement) -> str:
    """``<ul>``: bullets; boxes to tick where its items are tasks."""
    items = _items(walk, element)
    if not items:
        return ""
    walk.ctx.expected.lists += 1
    marks = [box(item) for item in items]
    bodies = [_item(walk, item) for item in items]
    tight = "true" if _tight(items) else "false"
    if all(mark is None for mark in marks):
        return call("list", *bodies, tight=tight)
    if all(mark is False for mark in marks):
        return call("hb-tasks", *bodies, tight=tight)
    codes = "(" + "".join({None: '"•"', False: "hb-box", True: "hb-box-done"}[mark] + ", " for mark in marks) + ")"
    return call("hb-mixed-tasks", codes, *bodies, tight=tight)


def numbers(walk: Walk, element: HtmlElement) -> str:
    """``<ol>`` with its start, direction and kind of numbers."""
    items = _items(walk, element)
    if not items:
        return ""
    walk.ctx.expected.lists += 1
    named = {"tight": "true" if _tight(items) else "false"}
    start = element.get("start") or "1"
    if not start.lstrip("-").isdigit():
        raise walk.ctx.error(f"a list that starts at '{start}'")
    if start != "1":
        named["start"] = str(int(start))
    if element.get("type") in {"a", "A", "i", "I"}:
        named["numbering"] = string(f"{element.get('type')}.")
    if element.get("reversed") is not None:
        named["reversed"] = "true"
    return call("enum", *(_item(walk, item) for item in items), **named)


def definitions(walk: Walk, element: HtmlElement) -> str:
    """``<dl>``: terms, each with all its definitions."""
    groups: list[tuple[list[HtmlElement], list[HtmlElement]]] = []
    for child in _entries(element):
        if child.tag == "dt":
            if not groups or groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(child)
        elif child.tag == "dd" and groups:
            groups[-1][1].append(child)
        else:
            raise walk.ctx.error(f"<{child.tag}> has no place in a list of definitions")
    if not groups:
        return ""
    walk.ctx.expected.lists += 1
    if "hb-facts" in classes(element):
        pairs = (f"({_names(walk, terms)}, {_texts(walk, texts)})" for terms, texts in groups)
        return call("hb-facts", *pairs)
    return call("terms", *(_definition(walk, terms, texts) for terms, texts in groups))


def box(item: HtmlElement) -> bool | None:
    """Whether ``item`` is a task and ticked; ``None`` if it is no task."""
    if "task-list-item" not in classes(item):
        return None
    found = next(item.iter("input"), None)
    return None if found is None else found.get("checked") is not None


def _entries(element: HtmlElement) -> list[HtmlElement]:
    found: list[HtmlElement] = []
    for child in element:
        if not dropped(child):
            found += _entries(child) if child.tag == "div" else [child]
    return found


def _definition(walk: Walk, terms: list[HtmlElement], texts: list[HtmlElement]) -> str:
    return call("terms.item", _names(walk, terms), _texts(walk, texts))


def _texts(walk: Walk, texts: list[HtmlElement]) -> str:
    return block(walk.flow(text, tight=len(texts) == 1) for text in texts)


def _names(walk: Walk, terms: list[HtmlElement]) -> str:
    names: list[str] = []
    for term in terms:
        code = walk.inline(term)
        names += ["linebreak()"] if names else []
        names.append(labelled(f"metadata(none)\n#{code}", str(term.get(LABEL))) if term.get(LABEL) else code)
    return block(names)


def _items(walk: Walk, element: HtmlElement) -> list[HtmlElement]:
    items = [child for child in element if not dropped(child)]
    wrong = next((child for child in items if child.tag != "li"), None)
    if wrong is not None:
        raise walk.ctx.error(f"<{wrong.tag}> stands directly in a list")
    return items


def _item(walk: Walk, item: HtmlElement) -> str:
    paragraphs = item.findall("p")
    code = walk.flow(item, tight=not paragraphs)
    label = item.get(LABEL)
    return block([labelled("metadata(none)", label), code]) if label else code


def _tight(items: list[HtmlElement]) -> bool:
    return not any(item.find("p") is not None for item in items)
