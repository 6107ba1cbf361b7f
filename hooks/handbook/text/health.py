"""The health page's figures, as a block of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as etree

from handbook.health import Health, Language
from handbook.health import health as figures
from handbook.text.context import PageContext, site_link
from handbook.text.elements import sub
from handbook.text.references import make_reference
from handbook.text.units import UNRESOLVED
from handbook.translations import State

ADDRESS = "data/health.json"


def health(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """Counts, coverage and the state of every language; the same figures as ``/data/health.json``."""
    del options
    found = figures(context.index)
    _counts(context, parent, found)
    _coverage(context, parent, found)
    _languages(context, parent, found)
    _pending(context, parent, found.languages)
    place = sub(parent, "p", f"{context.word('health.data')}: ")
    sub(place, UNRESOLVED, ADDRESS, href=site_link(context.url, ADDRESS))
    return True


def _table(parent: etree.Element, caption: str, heads: Sequence[str]) -> etree.Element:
    """A table with a head row; returns its body."""
    place = sub(parent, "div", class_="hb-scroll", role="region", aria_label=caption, tabindex="0")
    table = sub(place, "table", class_="hb-table hb-health-table", data_search_exclude="true")
    sub(table, "caption", caption)
    line = sub(sub(table, "thead"), "tr")
    for head in heads:
        sub(line, "th", head, scope="col")
    return sub(table, "tbody")


def _line(body: etree.Element, head: str, values: Iterable[int], *, lang: str = "") -> None:
    line = sub(body, "tr")
    sub(line, "th", head, scope="row", lang=lang)
    for value in values:
        sub(line, "td", str(value))


def _counts(context: PageContext, parent: etree.Element, found: Health) -> None:
    heads = [context.word("field.kind"), context.word("health.count")]
    body = _table(parent, context.word("health.counts"), heads)
    for prefix, count in found.counts.items():
        _line(body, context.word(f"kinds.{prefix}"), [count])


def _coverage(context: PageContext, parent: etree.Element, found: Health) -> None:
    heads = [context.word(f"health.{key}") for key in ("what", "count", "of")]
    body = _table(parent, context.word("health.coverage"), heads)
    for coverage in found.coverage:
        _line(body, context.word(f"health.{coverage.name}"), [coverage.count, coverage.of])
    total = found.stated + found.judged
    _line(body, context.word("health.relations_stated"), [found.stated, total])
    _line(body, context.word("health.relations_judged"), [found.judged, total])
    for coverage in found.coverage:
        _listed(context, parent, context.word(f"health.without.{coverage.name}"), coverage.without)


def _languages(context: PageContext, parent: etree.Element, found: Health) -> None:
    keys = ("language", "own", "missing", "behind", "conflict", "draft", "reviewed", "authoritative")
    body = _table(parent, context.word("health.languages"), [context.word(f"health.{key}") for key in keys])
    names = {language.code: language.name for language in context.data.languages}
    for language in found.languages:
        pending = [len(language.pending[s]) for s in (State.MISSING, State.BEHIND, State.CONFLICT)]
        shown = [language.own, *pending, *language.authority.values()]
        lang = "" if language.code == context.lang else language.code
        _line(body, names[language.code], shown, lang=lang)


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
            sub(item, "span", f" ({unit})", class_="hb-web-only")
        else:
            item.text = unit
