"""The form that filters a table, as an inert ``<template>``: a script puts it to use; without one nothing is dead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as etree

from handbook import ids
from handbook.catalogue import FILTERS, cell, label, related_units, values_of
from handbook.collation import letter_order, sort_key
from handbook.filling import fill
from handbook.initiative_text import PARTS
from handbook.model import Initiative, Language
from handbook.text.context import PageContext
from handbook.text.elements import foreign, sub

UNKNOWN = "unknown"
"""Stands for "none stated" in a field that may be empty."""

IN_ORDER = ("status", "kind")
"""Fields whose values keep the vocabulary's order, which says something."""

MESSAGES = {
    "hits": "table.hits",
    "none": "table.none",
    "more": "catalogue.more",
    "remove": "catalogue.remove",
    "loading": "catalogue.loading",
    "failed": "catalogue.failed",
    "file": "catalogue.file",
}
"""What the script says, and the words for it."""


def column_label(context: PageContext, column: str) -> str:
    """Return a column's heading."""
    return context.word(f"initiative.{column}" if column in PARTS else f"field.{column}")


def value_codes(unit: Initiative, field: str) -> list[str]:
    """Return an initiative's values of a filter as they stand in attributes and addresses."""
    return [str(value) for value in values_of(unit, field)] or [UNKNOWN]


def filter_form(
    context: PageContext, chosen: Sequence[Initiative], columns: Sequence[str], order: str
) -> etree.Element:
    """Return the form for a table of `chosen`: free text, each field that divides them, order, export."""
    template = etree.Element("template")
    form = sub(template, "form", class_="hb-filter", role="search", aria_label=context.word("table.filter"))
    form.set("data-order", order)
    form.set("data-total", str(len(chosen)))
    texts = (cell(context.index, unit, column, context.lang)[0] for unit in chosen for column in ("title", "owner"))
    form.set("data-letters", " ".join(letter_order(_language(context), texts)))
    for name, key in MESSAGES.items():
        form.set(f"data-{name}", context.word(key))
    holder = sub(form, "div", class_="hb-field hb-field-text")
    sub(holder, "label", context.word("table.text"), **{"for": "hb-filter-text"})
    sub(holder, "input", type="search", name="text", id="hb-filter-text", autocomplete="off")
    # Only a narrow screen shows this button, and hides the fields until it is pressed.
    toggle = {"class_": "hb-toggle", "aria_expanded": "false", "aria_controls": "hb-filter-fields"}
    sub(form, "button", context.word("catalogue.filters"), type="button", **toggle)
    fields = sub(form, "div", class_="hb-fields", id="hb-filter-fields")
    for field in FILTERS:
        codes = {code for unit in chosen for code in value_codes(unit, field)}
        if len(codes) > 1:
            _choices(context, fields, field, _sorted_codes(context, field, codes))
    _related(context, fields, {other for unit in chosen for other in related_units(context.data, unit.id)})
    _orders(context, fields, columns)
    _below(context, form)
    return template


def _sorted_codes(context: PageContext, field: str, codes: Iterable[str]) -> list[str]:
    if field == "year":
        return sorted(codes, reverse=True)
    if field in IN_ORDER:
        return [code for code in getattr(context.data.vocabularies, field) if code in set(codes)]
    key = sort_key(_language(context))
    return sorted(codes, key=lambda code: (code == UNKNOWN, key(label(context.index, field, code, context.lang))))


def _language(context: PageContext) -> Language:
    return next(language for language in context.data.languages if language.code == context.lang)


def _choices(context: PageContext, fields: etree.Element, field: str, codes: Sequence[str]) -> None:
    """Several values of one field: a button opens a list of boxes to tick."""
    name, list_id = context.word(f"field.{field}"), f"hb-choices-{field.replace('_', '-')}"
    box = sub(fields, "div", class_="hb-field hb-choices")
    opener = sub(box, "button", type="button", class_="hb-opener", aria_expanded="false", aria_controls=list_id)
    sub(opener, "span", name)
    sub(opener, "span", class_="hb-chosen")
    values = sub(box, "fieldset", id=list_id, hidden="hidden")
    sub(values, "legend", name)
    for code in codes:
        line = sub(values, "label")
        sub(line, "input", type="checkbox", name=field, value=code)
        sub(line, "span", label(context.index, field, code, context.lang), class_="hb-value")
        sub(line, "span", class_="hb-hits")


def _related(context: PageContext, fields: etree.Element, units: Iterable[str]) -> None:
    linked = sorted((unit for unit in units if context.link(unit)), key=ids.sort_key)
    if not linked:
        return
    holder = sub(fields, "div", class_="hb-field hb-field-related")
    sub(holder, "label", context.word("catalogue.related"), **{"for": "hb-filter-related"})
    select = sub(holder, "select", name="related", id="hb-filter-related")
    sub(select, "option", context.word("table.all"), value="")
    groups: dict[str, etree.Element] = {}
    for unit in linked:
        kind = unit[0]
        if kind not in groups:
            groups[kind] = sub(select, "optgroup", label=context.word(f"kinds.{kind}"))
        title, lang = context.title(unit)
        sub(groups[kind], "option", f"{unit} {title}", value=unit, lang=foreign(lang, context.lang))


def _orders(context: PageContext, fields: etree.Element, columns: Sequence[str]) -> None:
    """The order as a list: on a phone, where the table has no head to press."""
    holder = sub(fields, "div", class_="hb-field hb-field-sort")
    sub(holder, "label", context.word("catalogue.sort"), **{"for": "hb-filter-sort"})
    select = sub(holder, "select", name="sort", id="hb-filter-sort")
    for column in columns:
        for sign, word in (("", "ascending"), ("-", "descending")):
            text = fill(context.word(f"catalogue.{word}"), field=column_label(context, column))
            sub(select, "option", text, value=sign + column)


def _below(context: PageContext, form: etree.Element) -> None:
    """What is chosen, how many there are, and the ways to take them along."""
    sub(form, "ul", class_="hb-active", hidden="hidden")
    line = sub(form, "div", class_="hb-result")
    sub(line, "p", class_="hb-count", role="status")
    sub(line, "button", context.word("table.reset"), type="button", class_="hb-clear")
    for kind in ("csv", "json"):
        sub(line, "button", context.word(f"catalogue.{kind}"), type="button", class_="hb-export", data_format=kind)
