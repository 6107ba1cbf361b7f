"""What stands at the end of each unit: its relations, its neighbours, its permanent address and how to cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown.treeprocessors import Treeprocessor

from handbook.order import neighbours
from handbook.text.context import PageContext, site_link
from handbook.text.elements import foreign, sub
from handbook.text.related import PRINTED, related_box
from handbook.text.similar import similar_box
from handbook.text.units import HEADINGS, UNRESOLVED

if TYPE_CHECKING:
    from markdown import Markdown

NAMED = "TL"
"""Kinds of units whose ids are words, which readers know less well than their titles."""

PAGES = "P"
"""The kind of unit whose neighbours the site's own navigation gives."""


class UnitEnds(Treeprocessor):
    """Puts the line before whatever comes after the unit."""

    def __init__(self, md: Markdown, context: PageContext) -> None:
        super().__init__(md)
        self.context = context

    def run(self, root: etree.Element) -> None:
        """Change the tree in place. Runs after the unit headings have their attributes."""
        # From the last to the first, so that the line of a unit inside another comes before that other's.
        for heading in [child for child in reversed(root) if child.tag in HEADINGS and child.get("data-unit")]:
            unit = heading.attrib["data-unit"]
            similar = similar_box(self.context, unit)
            if similar is not None:
                root.insert(_end(root, heading), similar)
            root.insert(_end(root, heading), unit_end(self.context, unit))


def _end(root: etree.Element, heading: etree.Element) -> int:
    """Return the position of the first heading after the unit, or the page's end."""
    children = list(root)
    start = children.index(heading) + 1
    level = int(heading.tag[1])
    for position in range(start, len(children)):
        tag = children[position].tag
        if tag in HEADINGS and int(tag[1]) <= level:
            return position
    return len(children)


def unit_end(context: PageContext, unit: str) -> etree.Element:
    """Return the line: the box of relations, the neighbours, the permanent address and the citation."""
    related = related_box(context, unit)
    printed = related is not None and unit[0] in PRINTED and "hb-web-only" not in related.get("class", "")
    class_ = "hb-unit-end" if printed else "hb-unit-end hb-web-only"
    line = etree.Element("div", {"class": class_, "data-search-exclude": "true"})
    if related is not None:
        line.append(related)
    tools = sub(line, "ul", class_="hb-tools hb-web-only")
    if unit[0] not in PAGES:
        around = neighbours(context.index, context.lang).get(unit)
        if around and around.before:
            _neighbour(context, tools, around.before, "before")
        if around and around.after:
            _neighbour(context, tools, around.after, "after")
    _citation(context, sub(tools, "li"), unit)
    return line


def _neighbour(context: PageContext, tools: etree.Element, unit: str, side: str) -> None:
    title, lang = context.title(unit)
    named = unit[0] in NAMED  # their ids are English words, which help nobody who listens
    name = f"{context.word('unit_end.' + side)}: {title if named else f'{unit} {title}'}"
    href = context.link(unit) or ""
    link = sub(sub(tools, "li"), "a", class_=f"hb-{side}", href=href, title=name, aria_label=name)
    shown = title if named else unit
    parts = [("←", shown), (shown, "→")][side == "after"]
    for part in parts:
        if part == shown:
            sub(link, "span", part, lang=foreign(lang, context.lang))
        else:
            sub(link, "span", part, aria_hidden="true")
    link[0].tail = " "


def _citation(context: PageContext, item: etree.Element, unit: str) -> None:
    """The citation as text to mark, and the permanent address as a link; a script adds buttons that copy them."""
    details = sub(item, "details", class_="hb-quote")
    sub(details, "summary", context.word("unit_end.cite"))
    sub(details, "p", citation_text(context, unit), class_="hb-citation")
    href = site_link(context.url, f"{context.lang}/id/{unit}/")
    sub(sub(details, "p"), UNRESOLVED, context.word("unit_end.address"), class_="hb-permanent", href=href)


def citation_text(context: PageContext, unit: str) -> str:
    """Return how to cite a unit: title, id, revision, the handbook's title and edition, permanent address."""
    settings = context.data.settings
    text = context.index.text(unit, context.lang)
    values = {
        "title": context.title(unit)[0],
        "id": unit,
        "rev": str(text.rev) if text else "",
        "handbook": context.word("handbook.title"),
        "edition": settings.edition,
        "address": f"{settings.address}{context.lang}/id/{unit}/",
    }
    return context.phrase("unit_end.citation", **values)
