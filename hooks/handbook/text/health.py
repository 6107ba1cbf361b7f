"""The health page's figures, as a block of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as etree

from handbook.front import AUTHORITY
from handbook.health import Health, Language
from handbook.health import health as work_out
from handbook.text.context import PageContext, site_link
from handbook.text.elements import foreign, remark, sub
from handbook.text.references import make_reference
from handbook.text.units import UNRESOLVED
from handbook.translations import State

ADDRESS = "data/health.json"
_Line = tuple[str, str, Sequence[int]]
"""A line's head, the language of that head, its figures."""


def health(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """Counts, coverage and the state of every language; the same figures as ``/data/health.json``."""
    del options
    found = work_out(context.index)
    _counts(context, parent, found)
    _coverage(context, parent, found)
    _languages(context, parent, found)
    _pending(context, parent, found.languages)
    place = sub(parent, "p", f"{context.word('health.data')}: ")
    sub(place, UNRESOLVED, ADDRESS, href=site_link(context.url, ADDRESS))
    return True


def _table(parent: etree.Element, caption: str, heads: Sequence[str], lines: Iterable[_Line]) -> None:
    """A table with a head row and, in each line, a head; on a narrow screen a stack of cards."""
    place = sub(parent, "div", class_="hb-scroll", role="region", aria_label=caption, tabindex="0")
    table = sub(place, "table", class_="hb-table hb-cards hb-health-table", data_search_exclude="true")
    sub(table, "caption", caption)
    head = sub(sub(table, "thead"), "tr")
    for name in heads:
        sub(head, "th", name, scope="col")
    body = sub(table, "tbody")
    for name, lang, values in lines:
        line = sub(body, "tr")
        sub(line, "th", name, scope="row", lang=lang)
        for label, value in zip(heads[1:], values, strict=True):
            sub(line, "td", str(value), data_label=label)


def _counts(context: PageContext, parent: etree.Element, found: Health) -> None:
    heads = [context.word("field.kind"), context.word("health.count")]
    lines = [(context.word(f"kinds.{prefix}"), "", [count]) for prefix, count in found.counts.items()]
    _table(parent, context.word("health.counts"), heads, lines)


def _coverage(context: PageContext, parent: etree.Element, found: Health) -> None:
    heads = [context.word(f"health.{key}") for key in ("what", "count", "of")]
    figures = [(coverage.name, [coverage.count, coverage.of]) for coverage in found.coverage]
    total = found.stated + found.judged
    figures += [("relations_stated", [found.stated, total]), ("relations_judged", [found.judged, total])]
    lines = [(context.word(f"health.{name}"), "", values) for name, values in figures]
    _table(parent, context.word("health.coverage"), heads, lines)
    for coverage in found.coverage:
        _listed(context, parent, context.word(f"health.without.{coverage.name}"), coverage.without)


def _languages(context: PageContext, parent: etree.Element, found: Health) -> None:
    keys = ("language", "own", "missing", "behind", "conflict", *AUTHORITY)
    names = {language.code: language.name for language in context.data.languages}
    lines = []
    for language in found.languages:
        pending = [len(language.pending[s]) for s in (State.MISSING, State.BEHIND, State.CONFLICT)]
        values = [language.own, *pending, *(language.authority[label] for label in AUTHORITY)]
        lines.append((names[language.code], foreign(language.code, context.lang), values))
    _table(parent, context.word("health.languages"), [context.word(f"health.{key}") for key in keys], lines)


def _pending(context: PageContext, parent: etree.Element, languages: tuple[Language, ...]) -> None:
    """What is missing, behind or in conflict, language by language; or that nothing is."""
    names = {language.code: language.name for language in context.data.languages}
    waiting = {language.code: [unit for units in language.pending.values() for unit in units] for language in languages}
    if not any(waiting.values()):
        sub(parent, "p", context.word("health.current"))
    for code, units in waiting.items():
        _listed(context, parent, f"{context.word('health.pending')}: {names[code]}", units)


def _listed(context: PageContext, parent: etree.Element, title: str, units: Sequence[str]) -> None:
    """A folded list of units; nothing for none."""
    if not units:
        return
    details = sub(parent, "details", class_="hb-listed", data_search_exclude="true")
    sub(details, "summary", f"{title} ({len(units)})")
    listing = sub(details, "ul")
    for unit in units:
        item = sub(listing, "li")
        if context.link(unit):
            item.append(make_reference(context, unit))
            remark(item, unit, "hb-web-only")
        else:
            item.text = unit
