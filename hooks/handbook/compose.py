"""Puts a page together from the languages that have it: own text first, the leading language's for what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.index import Index, UnitText
from handbook.scan import PageSource
from handbook.text.extension import FOREIGN

FENCE = "//////"
"""Longer than any block an author writes, so that their blocks may stand inside."""


@dataclass(frozen=True)
class Composed:
    """A page's Markdown, and whether any of it is in the language asked for."""

    markdown: str
    lang: str
    own: bool


def compose(index: Index, lang: str, path: str) -> Composed | None:
    """Return the Markdown of page `path` for readers of `lang`, or None when no language has it."""
    own = index.pages.get(lang, {}).get(path)
    if own is not None:
        return Composed(_with_missing_units(index, lang, path, own), lang, own=True)
    leader = leading_language(index, path)
    if leader is None:
        return None
    source = index.pages[leader][path]
    return Composed(_foreign_page(index, leader, source), leader, own=False)


def leading_language(index: Index, path: str) -> str | None:
    """Return the language whose text of a page leads: that of its main heading, else the first that has it."""
    having = [code for code in index.data.codes if path in index.pages.get(code, {})]
    if not having:
        return None
    headings = index.pages[having[0]][path].headings
    unit = headings[0].unit if headings else None
    leader = index.leader(unit) if unit else None
    return leader.lang if leader and leader.path == path else having[0]


def _with_missing_units(index: Index, lang: str, path: str, own: PageSource) -> str:
    """Insert the units of the chapter that other languages have and this one lacks, after the unit they follow."""
    lines = list(own.lines)
    for text, after in reversed(_missing(index, lang, path)):
        position = len(lines)
        if after is not None:
            position = after - own.first_line
        source = index.pages[text.lang][text.path]
        lines[position:position] = ["", *_foreign_unit(text, source), ""]
    return "\n".join(lines)


def _missing(index: Index, lang: str, path: str) -> list[tuple[UnitText, int | None]]:
    """Return the missing units in the order of the page, each with the line of this page to insert before."""
    found: list[tuple[UnitText, int | None]] = []
    for leader in index.parts_of(path):
        if lang not in index.texts[leader.unit]:
            found.append((leader, _place_after_predecessor(index, lang, leader)))
    return found


def _place_after_predecessor(index: Index, lang: str, leader: UnitText) -> int | None:
    """Return the line after the nearest earlier unit of the page that this language has, else the end of the page."""
    siblings = [h for h, _ in index.pages[leader.lang][leader.path].units() if h.unit]
    names = [h.unit for h in siblings]
    for name in reversed(names[: names.index(leader.unit)]):
        own = index.texts.get(str(name), {}).get(lang)
        if own is not None and own.path == leader.path and not own.whole_page:
            return own.end
    return None


def _heading(text_level: int, title: str, unit: str, rev: str, lang: str) -> str:
    return f"{'#' * text_level} {title} {{ #{unit.lower()} rev={rev} lang={lang} }}"


def _foreign_unit(text: UnitText, source: PageSource) -> list[str]:
    heading = _heading(text.level, text.title, text.unit, str(text.rev), text.lang)
    return [heading, "", *_wrapped(source.slice(text.line + 1, text.end), text.lang)]


def _wrapped(lines: list[str], lang: str) -> list[str]:
    return [f"{FENCE} {FOREIGN}", f"    lang: '{lang}'", "", *lines, "", FENCE]


def _foreign_page(index: Index, lang: str, source: PageSource) -> str:
    """The whole page in another language: its units one by one, so that each keeps its heading outside the box."""
    lines: list[str] = []
    body: list[str] = []
    marks = {h.line: h for h in source.headings if h.unit}
    for offset, line in enumerate(source.lines):
        heading = marks.get(source.first_line + offset)
        if heading is None:
            body.append(line)
            continue
        lines.extend(_flush(body, lang))
        body = []
        unit, rev = str(heading.unit), str(heading.rev)
        lines.extend([_heading(heading.level, heading.title, unit, rev, lang), ""])
    lines.extend(_flush(body, lang))
    return "\n".join(lines)


def _flush(body: list[str], lang: str) -> list[str]:
    return [*_wrapped(body, lang), ""] if any(line.strip() for line in body) else []
