"""Paragraphs left in another language, and text that only holds a place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from handbook.index import Index
from handbook.language.words import WORD, prose_lines
from handbook.problems import Problem
from handbook.scan import PageSource

MIN_WORDS = 12
"""Shorter paragraphs are alike in the closest languages by chance: Norwegian and Danish share single sentences of up
to eight words in this text, none longer."""

_PLACEHOLDER = re.compile(r"\b(?:TODO|TBD|FIXME|XXX+|[Ll]orem ipsum)\b|\?\?\?(?!\+? +[a-z])|…{2,}")


def untranslated(index: Index) -> Iterator[Problem]:
    """Yield paragraphs that stand word for word in two languages: one of them was not translated.

    A paragraph belongs to the language whose revision it leads; the others have copied it.
    """
    seen: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for lang, pages in index.pages.items():
        for path, source in pages.items():
            for number, found in _paragraphs(source):
                # Names are capitalised, and alike in all languages.
                if len(found) >= MIN_WORDS and sum(word[0].islower() for word in found) * 2 >= MIN_WORDS:
                    seen[" ".join(found).casefold()].append((lang, path, number))
    for places in seen.values():
        if len({lang for lang, _, _ in places}) < 2:
            continue
        lead = _leader(index, places)
        for lang, path, number in places:
            if lang != lead:
                values = {"other": lead}
                yield Problem("text-untranslated", index.pages[lang][path].file, number, values=values)


def _paragraphs(source: PageSource) -> Iterator[tuple[int, list[str]]]:
    """Yield the words of each paragraph, and the line it begins at."""
    start, found, last = 0, list[str](), 0
    for number, line in prose_lines(source):
        if not line.strip() or number != last + 1:
            if found:
                yield start, found
            start, found = number, []
        if not found:
            start = number
        found.extend(WORD.findall(line))
        last = number
    if found:
        yield start, found


def _leader(index: Index, places: list[tuple[str, str, int]]) -> str:
    for lang, path, _ in places:
        headings = index.pages[lang][path].headings
        rev = headings[0].rev if headings else None
        if rev is not None and rev.lead in {other for other, _, _ in places}:
            return rev.lead
    return places[0][0]


def placeholders(index: Index) -> Iterator[Problem]:
    """Yield text that only holds a place."""
    for pages in index.pages.values():
        for source in pages.values():
            for number, line in prose_lines(source):
                match = _PLACEHOLDER.search(line)
                if match:
                    yield Problem("text-placeholder", source.file, number, match.start() + 1, {"found": match[0]})
