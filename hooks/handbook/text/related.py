"""The box at a unit's end: what it relates to, and what relates to it, from the relations."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown.treeprocessors import Treeprocessor

from handbook import ids
from handbook.relations import Link, relations_of
from handbook.text.context import PageContext
from handbook.text.elements import sub
from handbook.text.references import make_reference
from handbook.text.units import HEADINGS

if TYPE_CHECKING:
    from markdown import Markdown


PRINTED = "L"
"""Kinds of units whose box also stands in print."""


class Related(Treeprocessor):
    """Puts the box before whatever comes after the unit."""

    def __init__(self, md: Markdown, context: PageContext) -> None:
        super().__init__(md)
        self.context = context

    def run(self, root: etree.Element) -> None:
        """Change the tree in place. Runs after the unit headings have their attributes."""
        for heading in [child for child in root if child.tag in HEADINGS and child.get("data-unit")]:
            box = related_box(self.context, heading.attrib["data-unit"])
            if box is not None:
                root.insert(_end(root, heading), box)


def _end(root: etree.Element, heading: etree.Element) -> int:
    """Return the position of the first heading after the unit: a sub-unit's own box comes first in its place."""
    children = list(root)
    start = children.index(heading) + 1
    level = int(heading.tag[1])
    for position in range(start, len(children)):
        tag = children[position].tag
        if tag in HEADINGS and int(tag[1]) <= level:
            return position
    return len(children)


def related_box(context: PageContext, unit: str) -> etree.Element | None:
    """Return the box, or None for a unit that nothing relates to."""
    links = [link for link in relations_of(context.data).of(unit) if context.link(link.other)]
    if not links:
        return None
    # Print has no room for every box; but where a law is used is said nowhere else.
    printed = unit[0] in PRINTED or context.print_related
    class_ = "hb-related" if printed else "hb-related hb-web-only"
    box = etree.Element("details", {"class": class_, "data-search-exclude": "true"})
    sub(box, "summary", f"{context.word('related.title')} ({len({link.other for link in links})})")
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(f"related.{link.type}.{'to' if link.outward else 'from'}", []).append(link)
    for key, group in groups.items():
        sub(box, "p", context.word(key), class_="hb-related-kind")
        listing = sub(box, "ul")
        for link in _best_first(group):
            item = sub(listing, "li")
            item.append(make_reference(context, link.other))
            # In print a reference says its id itself.
            marks = [] if printed else [link.other]
            if link.strength == "partial":
                marks.append(context.word("related.partial"))
            if link.judgement:
                marks.append(context.word("facts.inferred"))
            if marks:
                sub(item, "span", f" ({', '.join(marks)})")
    return box


def _best_first(group: list[Link]) -> list[Link]:
    """Each other unit once; what the source says before what the handbook judges, direct before partial."""
    found: dict[str, Link] = {}
    for link in sorted(group, key=lambda k: (k.judgement, k.strength == "partial", ids.sort_key(k.other))):
        found.setdefault(link.other, link)
    return sorted(found.values(), key=lambda k: (k.strength == "partial", ids.sort_key(k.other)))
