"""The box at a unit's end: what it relates to, what relates to it, and what it rests on."""

from __future__ import annotations

from xml.etree import ElementTree as etree

from handbook import ids
from handbook.citations import Rest, rests
from handbook.model import Source
from handbook.relations import Link, relations_of
from handbook.text.context import PageContext
from handbook.text.elements import remark, sub
from handbook.text.references import make_citation, make_reference

PRINTED = "L"
"""Kinds of units whose box also stands in print."""


def related_box(context: PageContext, unit: str) -> etree.Element | None:
    """Return the box, or None for a unit without relations and sources."""
    every = relations_of(context.data).of(unit)
    # Similar initiatives have a box of their own, which also says why.
    links = [link for link in every if link.type != "similar" and context.link(link.other)]
    sources = rests(context.index, context.lang).of.get(unit, ())
    if not links and not sources:
        return None
    # Print has no room for every box; but where a law is used is said nowhere else.
    printed = (unit[0] in PRINTED or context.print_related) and bool(links)
    class_ = "hb-related" if printed else "hb-related hb-web-only"
    box = etree.Element("details", {"class": class_, "data-search-exclude": "true"})
    count = len({link.other for link in links})
    sub(box, "summary", context.word("related.title") + (f" ({count})" if count else ""))
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(f"related.{link.type}.{'to' if link.outward else 'from'}", []).append(link)
    for key, group in groups.items():
        _group(context, box, key, _best_first(group), printed=printed)
    if sources:
        _sources(context, box, sources)
    _notes(context, box, links)
    return box


def _group(context: PageContext, box: etree.Element, key: str, group: list[Link], *, printed: bool) -> None:
    """One kind of relation; what holds for the whole group is said once, in its title."""
    judged = all(link.judgement for link in group)
    title = sub(box, "p", context.word(key), class_="hb-related-kind")
    if judged:
        sub(title, "span", f" ({context.word('facts.inferred')})", class_="hb-judged")
    listing = sub(box, "ul")
    for link in group:
        item = sub(listing, "li")
        item.append(make_reference(context, link.other))
        # In print a reference says its id itself; an id that is a word says nothing in another language.
        marks = [] if printed or link.other[0] in ids.WORD_PREFIXES else [link.other]
        if link.strength:
            marks.append(context.word(f"related.{link.strength}"))
        if link.judgement and not judged:
            marks.append(context.word("facts.inferred"))
        if marks:
            remark(item, ", ".join(marks))


def _best_first(group: list[Link]) -> list[Link]:
    """Each other unit once; what the source says before what the handbook judges, direct before partial."""
    found: dict[str, Link] = {}
    for link in sorted(group, key=lambda k: (k.judgement, k.strength == "partial", ids.sort_key(k.other))):
        found.setdefault(link.other, link)
    return sorted(found.values(), key=lambda k: (k.strength == "partial", ids.sort_key(k.other)))


def _sources(context: PageContext, box: etree.Element, sources: tuple[Rest, ...]) -> None:
    """The sections of the reports, and the works, that the unit rests on."""
    place = sub(box, "div", class_="hb-web-only")
    sub(place, "p", context.word("rests.of"), class_="hb-related-kind")
    listing = sub(place, "ul")
    for rest in sources:
        source = context.data.units.get(rest.source)
        if not isinstance(source, Source):
            continue
        item = sub(listing, "li")
        item.append(make_citation(context, source, rest.section))
        sub(item, "span", pages_text(context, rest))


def pages_text(context: PageContext, rest: Rest) -> str:
    """Return ", s. 54, 55", or an empty text where the data names no pages."""
    return f", {context.word('pdf.page_abbr')} {', '.join(map(str, rest.pages))}" if rest.pages else ""


def _notes(context: PageContext, box: etree.Element, links: list[Link]) -> None:
    """What the marks in the box mean."""
    notes = [context.word("related.note")] if any(link.judgement for link in links) else []
    notes += [context.word("related.strength")] if any(link.strength for link in links) else []
    if notes:
        sub(box, "p", " ".join(notes), class_="hb-related-note hb-web-only")
