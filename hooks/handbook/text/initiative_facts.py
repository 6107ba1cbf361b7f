"""The data of an initiative, below the heading of its page."""

from __future__ import annotations

from xml.etree import ElementTree as etree

from handbook.catalogue import FILTERS, cell
from handbook.model import Initiative, Source
from handbook.text.catalogue_link import catalogue_link
from handbook.text.context import PageContext
from handbook.text.elements import foreign, sub
from handbook.text.filters import value_codes
from handbook.text.initiatives import status_class
from handbook.text.references import make_citation

FACTS = ("country", "owner", "year", "status", "service_area", "ai_type", "function", "kind")


def initiative_facts(context: PageContext, unit: Initiative) -> etree.Element:
    """Return who, where, when, what for and how far; each value leads to the others that have it."""
    box = etree.Element("dl", {"class": "hb-facts", "data-search-exclude": "true"})
    for column in FACTS:
        value = _row(box, context.word(f"field.{column}"))
        text, lang = cell(context.index, unit, column, context.lang)
        marked = {"class_": status_class(unit)} if column == "status" else {}
        href = catalogue_link(context, {column: value_codes(unit, column)}) if column in FILTERS else ""
        if href:
            sub(value, "a", text, href=href, **marked)
        else:
            sub(value, "span", text, lang=foreign(lang, context.lang), **marked)
        notes = [str(unit.year_reported)] if column == "status" else []  # a status is of the year of the report
        notes += [context.word("facts.inferred")] if column in unit.inferred else []
        if notes:
            sub(value, "span", f" ({', '.join(notes)})")
    _sources(context, box, unit)
    return box


def _row(box: etree.Element, name: str) -> etree.Element:
    row = sub(box, "div")
    sub(row, "dt", name)
    return sub(row, "dd")


def _sources(context: PageContext, box: etree.Element, unit: Initiative) -> None:
    value = _row(box, context.word("initiative.sources"))
    for position, citation in enumerate(unit.source):
        known = context.data.units.get(citation.source)
        if isinstance(known, Source):
            if position:
                sub(value, "span", " ")
            value.append(make_citation(context, known, citation.section))
