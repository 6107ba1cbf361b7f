"""What the dossier's form in the browser reads: ``units.json`` beside the page that has the `dossier` block."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from handbook import ids
from handbook.documents.publish import pages_with
from handbook.filling import fill
from handbook.index import Index, source_short
from handbook.model import Page, Source
from handbook.navigation import sections
from handbook.text.context import page_url, site_link
from handbook.text.plain import plain
from handbook.text.takeaway import CATALOGUE

BLOCK = "dossier"
GROUPED = {"G": None, "B": "dimension", "M": "area", "I": "service_area", "P": None, "L": None}
"""Kinds to choose from, in the form's order, with the field that makes their parts; pages follow the navigation."""

BORROWED = (
    *("handbook.title", "handbook.subtitle", "guideline.questions", "pdf.contents", "pdf.resolution", "pdf.address"),
    *("pdf.resolution_text", "pdf.signature", "pdf.place_date", "pdf.draft", "footer.edition", "footer.licence"),
    *("download.copied", "download.failed", "advice.title"),
)
"""Words of other parts of the handbook that the dossier uses too."""


def write_catalogues(index: Index, codes: Sequence[str], out: Path) -> list[Path]:
    """Write the catalogue of every language to build, where its form stands.

    Args:
        index: all texts.
        codes: the languages.
        out: the site's folder.

    Returns:
        The files written.
    """
    written = []
    for lang in codes:
        for path in pages_with(index, lang, BLOCK):
            target = out / page_url(lang, path) / CATALOGUE
            target.parent.mkdir(parents=True, exist_ok=True)
            content = json.dumps(catalogue(index, lang, path), ensure_ascii=False, separators=(",", ":"))
            target.write_text(content + "\n", encoding="utf-8", newline="\n")
            written.append(target)
    return written


def catalogue(index: Index, lang: str, path: str) -> dict[str, Any]:
    """Return all that can be chosen and the words of the form, for the page at `path`."""
    data = index.data
    words = data.strings[lang]
    here = page_url(lang, path)
    units = {unit: entry for unit in _choosable(index, lang, path) if (entry := _unit(index, unit, lang, here))}
    drafts = {str(source.front.get("authority", "draft")) for source in index.pages[lang].values()}
    return {
        "lang": lang,
        "edition": data.settings.edition,
        "date": _date(index, lang),
        "draft": "draft" in drafts,
        "address": data.settings.address,
        "page": here,
        "root": site_link(here, ""),
        "words": _words(words),
        "questions": sorted({strings.get("guideline.questions", "") for strings in data.strings.values()} - {""}),
        "units": units,
        "groups": [group for kind in GROUPED if (group := _group(index, lang, path, kind, units))],
        "reading": [_reading(lists, kind, words, units) for kind, lists in data.reading.items()],
        "withdrawn": {
            stone.id: {"since": stone.since, "reason": stone.reason, "by": stone.replaced_by}
            for stone in data.withdrawn.values()
        },
        "sources": {u.id: _source(index, u, lang) for u in data.of_kind("S") if isinstance(u, Source)},
    }


def _words(words: dict[str, str] | Any) -> dict[str, str]:
    own = {key.removeprefix("webdossier."): text for key, text in words.items() if key.startswith("webdossier.")}
    kinds = {key: text for key, text in words.items() if key.startswith("kinds.")}
    return own | kinds | {key: words.get(key, key) for key in BORROWED}


def _choosable(index: Index, lang: str, path: str) -> Iterable[str]:
    """Every unit with a text, in the handbook's order, but for the page of the form itself."""
    for unit in sorted(index.data.units, key=ids.sort_key):
        text = index.text(unit, lang)
        if text is not None and not (text.whole_page and text.path == path):
            yield unit


def _unit(index: Index, unit: str, lang: str, here: str) -> dict[str, str] | None:
    target = index.target(unit, lang)
    if target is None:
        return None
    title = index.title(unit, lang)
    address = site_link(here, page_url(lang, target.path)) + (f"#{target.anchor}" if target.anchor else "")
    entry = {"title": plain(title.text), "url": address}
    return entry if title.lang == lang else entry | {"lang": title.lang}


def _group(index: Index, lang: str, path: str, kind: str, units: dict[str, Any]) -> dict[str, Any] | None:
    """A kind of unit with its parts; a part that fills a chapter begins with that chapter's own page."""
    words = index.data.strings[lang]
    parts: dict[str, list[str]] = {}
    if kind == "P":
        parts = _pages(index, lang, units, path)
    else:
        field = GROUPED[kind]
        for unit in index.data.of_kind(kind):
            if unit.id in units:
                value = getattr(unit, field) if field else ""
                parts.setdefault(f"{field}.{value}" if field else f"kinds.{kind}", []).append(unit.id)
        parts = {key: [*_chapter(index, lang, found, units), *found] for key, found in parts.items()}
    made = [{"title": words.get(key, key), "units": found} for key, found in parts.items() if found]
    return {"kind": kind, "title": words.get(f"kinds.{kind}", kind), "parts": made} if made else None


def _chapter(index: Index, lang: str, found: list[str], units: dict[str, Any]) -> list[str]:
    """The page on which all of these units stand, if there is such a one."""
    texts = [index.text(unit, lang) for unit in found]
    paths = {text.path for text in texts if text and not text.whole_page}
    if len(paths) != 1 or any(text is None or text.whole_page for text in texts):
        return []
    return [u.id for u in index.data.of_kind("P") if isinstance(u, Page) and u.path in paths and u.id in units]


def _pages(index: Index, lang: str, units: dict[str, Any], path: str) -> dict[str, list[str]]:
    """Pages by the navigation's parts, the form's own part first; but for those that open a chapter of units."""
    by_path = {u.path: u.id for u in index.data.of_kind("P") if isinstance(u, Page) and u.id in units}
    chapters = {t.path for u in units if (t := index.text(u, lang)) and not t.whole_page}
    parts = sorted(sections(index.data.root), key=lambda section: path not in section.paths)
    return {
        section.key or "kinds.P": [by_path[p] for p in section.paths if p in by_path and p not in chapters]
        for section in parts
    }


def _reading(lists: Any, kind: str, words: Any, units: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": words.get(f"webdossier.by_{kind}", kind),
        "lists": [
            {"title": words.get(f"{kind}.{code}", code), "units": [unit for unit in found if unit in units]}
            for code, found in lists.items()
        ],
    }


def _source(index: Index, source: Source, lang: str) -> dict[str, str]:
    """A source's line in a list: what citations call it, author, title in its own language, year, where it is cited."""
    short, when = source_short(index.data, source, lang), source.date.isoformat() if source.date else source.year
    if source.title:
        return {
            "before": f"{short}. {source.author}: ",
            "title": source.title,
            "lang": source.language or "",
            "after": f" ({when})",
        }
    told = []
    for citation in source.cited_in:
        report = index.data.units.get(citation.source)
        if isinstance(report, Source):
            told.append(", ".join(filter(None, (source_short(index.data, report, lang), citation.section))))
    name = index.data.strings[lang].get(f"source.{source.id}.title") or f"{source.author} ({when})"
    cited = f". {index.data.strings[lang].get('sources.cited_in', '')} {'; '.join(told)}" if told else ""
    return {"before": name + cited}


def _date(index: Index, lang: str) -> str:
    """The edition's date in words."""
    words, when = index.data.strings[lang], index.data.settings.date
    pattern = words.get("pdf.date_format")
    if pattern is None:
        return when.isoformat()
    return fill(pattern, day=when.day, month=words.get(f"pdf.month_{when.month}", ""), year=when.year)
