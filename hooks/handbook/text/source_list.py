"""The list of sources: the reports with their sections, the works they cite, and what rests on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as etree

from handbook import ids
from handbook.citations import Rest, rests
from handbook.model import Source
from handbook.text.context import PageContext
from handbook.text.elements import after, foreign, remark, sub
from handbook.text.references import make_citation, make_reference, section_anchor
from handbook.text.related import pages_text


def sources(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """The list of all sources: the reports with their sections, then the works they cite."""
    del options
    known = [unit for unit in context.data.of_kind("S") if isinstance(unit, Source)]
    for source in (s for s in known if s.type == "report"):
        _report(context, parent, source)
    works = [s for s in known if s.type == "work"]
    if works:
        sub(parent, "h2", context.word("sources.works"))
        listing = sub(parent, "ul", class_="hb-works")
        for source in works:
            _work(context, listing, source)
    return bool(known)


def _report(context: PageContext, parent: etree.Element, source: Source) -> None:
    title, lang = context.title(source.id)
    sub(
        parent,
        "h2",
        title,
        lang=foreign(lang, context.lang),
        id=ids.anchor_of(source.id),
        data_unit=source.id,
    )
    facts = sub(parent, "p")
    original = f"{source.author}: " if source.title else f"{source.author}, {source.publisher or ''}"
    sub(facts, "span", original, lang=foreign(source.language or "", context.lang))
    if source.title:
        sub(facts, "cite", source.title, lang=foreign(source.language or "", context.lang))
    when = source.date.isoformat() if source.date else source.year
    sub(facts, "span", f" ({when}). {source.id}.")
    _resting(context, parent, (source.id, None))
    sub(parent, "h3", context.word("sources.sections"))
    listing = sub(parent, "ul", class_="hb-sections")
    for section in source.sections:
        number = f"{section.id} " if section.id[0].isdigit() else ""
        item = sub(listing, "li", id=section_anchor(source.id, section.id))
        sub(item, "span", f"{number}{section.title}", lang=foreign(source.language or "", context.lang))
        _resting(context, item, (source.id, section.id))


def _work(context: PageContext, listing: etree.Element, source: Source) -> None:
    item = sub(listing, "li", id=ids.anchor_of(source.id), data_unit=source.id)
    sub(item, "span", f"{source.id}: {source.author} ({source.year}). ", lang="")
    for citation in source.cited_in:
        report = context.data.units.get(citation.source)
        if isinstance(report, Source):
            sub(item, "span", context.word("sources.cited_in") + " ")
            item.append(make_citation(context, report, citation.section))
    _resting(context, item, (source.id, None))


def _resting(context: PageContext, parent: etree.Element, section: tuple[str, str | None]) -> None:
    """The units that rest on a section: folded, with their titles; in print their ids in one line."""
    found = [rest for rest in rests(context.index, context.lang).on.get(section, ()) if context.link(rest.unit)]
    if not found:
        return
    details = sub(parent, "details", class_="hb-resting hb-web-only", data_search_exclude="true")
    sub(details, "summary", f"{context.word('rests.on')} ({len(found)})")
    for kind in dict.fromkeys(rest.unit[0] for rest in found):
        sub(details, "p", context.word(f"kinds.{kind}"), class_="hb-related-kind")
        listing = sub(details, "ul")
        for rest in (r for r in found if r.unit[0] == kind):
            _unit(context, listing, rest)
    printed = sub(parent, "p", f"{context.word('rests.on')}: ", class_="hb-print-only", data_search_exclude="true")
    for number, rest in enumerate(found):
        link = sub(printed, "a", rest.unit, href=context.link(rest.unit) or "")
        after(link, "." if number == len(found) - 1 else ", ")


def _unit(context: PageContext, listing: etree.Element, rest: Rest) -> None:
    item = sub(listing, "li")
    item.append(make_reference(context, rest.unit))
    shown = [rest.unit] if rest.unit[0] not in ids.WORD_PREFIXES else []
    pages = pages_text(context, rest).removeprefix(", ")
    marks = [*shown, *([pages] if pages else [])]
    if marks:
        remark(item, ", ".join(marks))
