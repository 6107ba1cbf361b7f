"""Where every unit stands in every language: titles, pages, revisions.

Built from the data and the sources of all pages; resolves references.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from handbook import ids
from handbook.data import DATA, Data, Made, Place
from handbook.data_checks import next_free, unknown_id
from handbook.files import files_below
from handbook.front import front_problems
from handbook.model import Guideline, Initiative, Page, Source, Term
from handbook.problems import Problem
from handbook.scan import PageSource, scan
from handbook.yaml_reader import read_text

MAX_TITLE = 60
TITLE_MARKUP = re.compile(r"\[\[|\]\[|\]\(|\[\^|</?[A-Za-z]")
GLOSSARY_PAGE = "P-glossary"
SOURCES_PAGE = "P-sources"


@dataclass(frozen=True)
class UnitText:
    """A unit's text in one language.

    Attributes:
        title: as written, Markdown.
        path: page below ``docs/<lang>/``.
        line: of the heading; `end`: the line after the unit's last.
        whole_page: the unit is the page's first heading.
    """

    unit: str
    lang: str
    rev: ids.Rev
    title: str
    path: str
    file: str
    line: int
    end: int
    level: int
    whole_page: bool


@dataclass(frozen=True)
class Title:
    """A title and the language it is in."""

    text: str
    lang: str


@dataclass(frozen=True)
class Target:
    """Where a unit is to be found: a page below ``docs/<lang>/`` and an anchor, None for the page itself."""

    path: str
    anchor: str | None


@dataclass(frozen=True, eq=False)
class Index:
    """All units in all languages. Equal only to itself, so that what is worked out from it can be kept.

    Attributes:
        pages: language → path → source.
        texts: id → language → text.
    """

    data: Data
    pages: Mapping[str, Mapping[str, PageSource]]
    texts: Mapping[str, Mapping[str, UnitText]]
    problems: tuple[Problem, ...]

    def leader(self, unit: str) -> UnitText | None:
        """Return the text with the highest revision: the leading language's own where it is among them."""
        texts = self.texts.get(unit)
        if not texts:
            return None
        top = max(text.rev.number for text in texts.values())
        best = [text for text in texts.values() if text.rev.number == top]
        return next((text for text in best if text.rev.lead == text.lang), best[0])

    def text(self, unit: str, lang: str) -> UnitText | None:
        """Return the text in `lang`, else the leading one, else None."""
        return self.texts.get(unit, {}).get(lang) or self.leader(unit)

    def title(self, unit: str, lang: str) -> Title:
        """Return what a reference to the unit says in `lang`; the id itself where there is no text at all."""
        found = self.text(unit, lang)
        if found is not None:
            return Title(found.title, found.lang)
        known = self.data.units.get(unit)
        if isinstance(known, Source):
            return Title(source_title(self.data, known, lang), lang)
        if isinstance(known, Term):
            return Title(known.names.get(lang, known.names["en"]), lang if lang in known.names else "en")
        return Title(unit, lang)

    def target(self, unit: str, lang: str) -> Target | None:
        """Return where a reader of `lang` finds the unit, or None when it stands nowhere."""
        if unit[0] == "S":
            page = self.data.units.get(SOURCES_PAGE)
            return Target(page.path, ids.anchor_of(unit)) if isinstance(page, Page) else None
        found = self.text(unit, lang)
        if found is None:
            return None
        return Target(found.path, None if found.whole_page else ids.anchor_of(unit))

    @cached_property
    def _memory(self) -> dict[Hashable, Any]:
        return {}

    def remember(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` returned when it was first called for `key`."""
        if key not in self._memory:
            self._memory[key] = make()
        made: Made = self._memory[key]
        return made

    @cached_property
    def _parts(self) -> Mapping[str, Sequence[UnitText]]:
        found: dict[str, list[UnitText]] = {}
        for unit in self.texts:
            leader = self.leader(unit)
            if leader is not None and not leader.whole_page:
                found.setdefault(leader.path, []).append(leader)
        return found

    def parts_of(self, path: str) -> Sequence[UnitText]:
        """Return the leading texts of the units that stand within a page, by id."""
        return self._parts.get(path, ())

    def expected_paths(self) -> list[str]:
        """Return the paths that exist in at least one language, in order."""
        return sorted({path for pages in self.pages.values() for path in pages})


def source_title(data: Data, source: Source, lang: str) -> str:
    """Return a source's title for readers of `lang`: the handbook's own words for a report, else author and year."""
    words = data.strings.get(lang, {})
    return words.get(f"source.{source.id}.title") or f"{source.author} ({source.year})"


def source_short(data: Data, source: Source, lang: str) -> str:
    """Return the short name that citations show."""
    words = data.strings.get(lang, {})
    return words.get(f"source.{source.id}.short") or f"{source.author} {source.year}"


def read_pages(data: Data, *, languages: Iterable[str] | None = None) -> dict[str, dict[str, PageSource]]:
    """Read the Markdown of all languages: language → path → source."""
    found: dict[str, dict[str, PageSource]] = {}
    for code in languages or data.codes:
        base = data.root / "docs" / code
        pages: dict[str, PageSource] = {}
        for file in files_below(data.root, f"docs/{code}", ".md"):
            path = file.relative_to(base).as_posix()
            pages[path] = read_page(file, f"docs/{code}/{path}")
        found[code] = pages
    return found


def read_page(file: Path, shown: str) -> PageSource:
    """Read one Markdown file; `shown` is its name in problems."""
    text, problems = read_text(file, shown)
    page = scan(text, shown)
    if not problems:
        return page
    readable = bool(text) or not any(p.code.startswith("file-") for p in problems)
    return replace(page, problems=(*problems, *page.problems), readable=readable)


def build(data: Data, pages: Mapping[str, Mapping[str, PageSource]] | None = None) -> Index:
    """Find every unit in every page.

    Returns:
        The index; its `problems` hold those of the sources and of their ids, not of the data.
    """
    found = read_pages(data) if pages is None else pages
    problems: list[Problem] = []
    texts: dict[str, dict[str, UnitText]] = {}
    for lang, sources in found.items():
        for path, source in sources.items():
            problems.extend(source.problems)
            problems.extend(front_problems(source))
            problems.extend(_page_heading_problems(source))
            _collect(data, lang, path, source, texts, problems)
    problems.extend(_moved(texts))
    problems.extend(_data_path_problems(data, texts))
    problems.extend(_without_text(data, texts))
    ordered = {unit: texts[unit] for unit in sorted(texts, key=ids.sort_key)}
    return Index(data, found, ordered, tuple(problems))


def _collect(
    data: Data,
    lang: str,
    path: str,
    source: PageSource,
    texts: dict[str, dict[str, UnitText]],
    problems: list[Problem],
) -> None:
    for heading, end in source.units():
        unit, rev = heading.unit, heading.rev
        if unit is None or rev is None:
            continue
        wrong = unknown_id(data, unit)
        if wrong and wrong[0] == "ref-withdrawn":
            stone = data.withdrawn[unit]
            wrong = "id-reused", {"id": unit, "since": stone.since, "free": next_free(data, unit)}
        elif wrong and unit[0] in ids.NUMBER_WIDTH and ids.sort_key(unit) >= ids.sort_key(next_free(data, unit)):
            wrong = wrong[0], {"id": unit}  # a new unit, and no slip
        if wrong:
            problems.append(Problem(wrong[0], source.file, heading.line, values=wrong[1]))
            continue
        if unit[0] == "S":
            target = data.units.get(SOURCES_PAGE)
            values = {"id": unit, "path": target.path if isinstance(target, Page) else SOURCES_PAGE}
            problems.append(Problem("unit-other-page", source.file, heading.line, values=values))
            continue
        if rev.lead not in data.codes and "languages.yml" not in data.lost:
            values = {"rev": str(rev), "id": unit, "allowed": ", ".join(data.codes)}
            problems.append(Problem("rev-language", source.file, heading.line, values=values))
        if TITLE_MARKUP.search(heading.title):
            values = {"id": unit, "found": heading.title}
            problems.append(Problem("title-markup", source.file, heading.line, values=values))
        if len(heading.title) > MAX_TITLE and unit[0] != "P":
            values = {"id": unit, "length": str(len(heading.title)), "limit": str(MAX_TITLE)}
            problems.append(Problem("title-long", source.file, heading.line, values=values))
        whole = heading is source.headings[0]
        text = UnitText(unit, lang, rev, heading.title, path, source.file, heading.line, end, heading.level, whole)
        first = texts.setdefault(unit, {}).get(lang)
        if first is not None and path == expected_path(data.units.get(unit)) != first.path:
            first, text = text, first  # that on its own page is the right one
        if first is not None:
            values = {"id": unit, "other": f"{first.file}:{first.line}"}
            problems.append(Problem("id-duplicate", text.file, text.line, values=values))
        texts[unit][lang] = first or text


def _page_heading_problems(source: PageSource) -> Iterable[Problem]:
    if not source.headings and not (source.readable and source.parsable):
        return
    if not source.headings:
        yield Problem("page-no-heading", source.file, source.first_line)
        return
    first = source.headings[0]
    wrong_form = any(p.line == first.line for p in source.problems)
    if (first.level != 1 or first.unit is None) and not wrong_form:
        yield Problem("page-first-heading", source.file, first.line)
    for earlier, later in zip(source.headings, source.headings[1:], strict=False):
        if later.level > earlier.level + 1:
            values = {"from": f"h{earlier.level}", "to": f"h{later.level}"}
            yield Problem("heading-skip", source.file, later.line, values=values)
        if later.level == 1:
            yield Problem("heading-second-h1", source.file, later.line)


def _moved(texts: Mapping[str, Mapping[str, UnitText]]) -> Iterable[Problem]:
    """A unit stands on the same page in every language."""
    for unit, by_lang in texts.items():
        paths: dict[str, list[UnitText]] = {}
        for text in by_lang.values():
            paths.setdefault(text.path, []).append(text)
        if len(paths) < 2:
            continue
        usual = max(paths, key=lambda path: len(paths[path]))
        for path, group in paths.items():
            for text in group if path != usual else ():
                values = {"id": unit, "path": usual}
                yield Problem("unit-other-page", text.file, text.line, values=values)


def _data_path_problems(data: Data, texts: Mapping[str, Mapping[str, UnitText]]) -> Iterable[Problem]:
    for unit in data.units.values():
        expected = expected_path(unit)
        found = texts.get(unit.id, {}).values()
        if expected is None or not found:
            continue
        paths = {text.path for text in found}
        if len(paths) == 1 and expected not in paths and not isinstance(unit, Initiative):
            place = data.places[unit.id]
            values = {"id": unit.id, "path": expected, "suggestion": paths.pop()}
            line = data.place(place.file, (*place.at, "path")).line
            yield Problem("unit-path", place.file, line, values=values)
            continue
        for text in found:
            if text.path != expected or not text.whole_page:
                values = {"id": unit.id, "path": expected}
                yield Problem("unit-other-page", text.file, text.line, values=values)


def expected_path(unit: Any) -> str | None:
    """Return the page that the data fixes for a unit, or None for one that stands in a chapter."""
    if isinstance(unit, (Guideline, Page)):
        return unit.path
    if isinstance(unit, Initiative):
        return f"initiatives/{unit.slug}.md"
    return None


def _without_text(data: Data, texts: Mapping[str, Mapping[str, UnitText]]) -> Iterable[Problem]:
    for unit in data.units.values():
        if unit.id in texts or isinstance(unit, Source) or (isinstance(unit, Term) and not unit.glossary):
            continue
        place = data.places.get(unit.id, Place(DATA, 0))
        yield Problem("unit-no-text", place.file, place.line, values={"id": unit.id})
