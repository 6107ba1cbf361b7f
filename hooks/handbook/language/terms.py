"""Terms: words that are wrong everywhere, and marked forms that don't belong to their term."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from handbook.index import Index
from handbook.language.words import prose_lines
from handbook.model import Term
from handbook.problems import Problem

_MARK = re.compile(r"\[([^\[\]]+)\]\[(T-[a-z0-9-]+)\]")
MIN_STEM = 3
MAX_ENDING = 5


def terms(index: Index) -> Iterator[Problem]:
    """Yield words to avoid, and marked forms that are no form of their term."""
    known = [unit for unit in index.data.units.values() if isinstance(unit, Term)]
    for lang, pages in index.pages.items():
        avoid = avoided(known, lang)
        begin = [word.casefold() for _, word, _ in avoid]
        right: dict[tuple[str, str], bool] = {}
        for source in pages.values():
            for number, line in prose_lines(source):
                folded = line.casefold()
                if not any(word in folded for word in begin):
                    continue  # hardly any line has one: the patterns take longer
                for pattern, word, term in avoid:
                    match = pattern.search(line)
                    if match:
                        values = {"word": match[0], "right": term.names.get(lang, ""), "reason": term.avoid[lang][word]}
                        yield Problem("term-avoid", source.file, number, match.start() + 1, values)
            for position, line in enumerate(source.lines):
                for match in _MARK.finditer(line):
                    unit = index.data.units.get(match[2])
                    if not isinstance(unit, Term) or lang not in unit.names:
                        continue
                    if (match[1], unit.id) not in right:
                        right[match[1], unit.id] = is_form(match[1], unit, lang)
                    if not right[match[1], unit.id]:
                        values = {"form": match[1], "term": unit.names.get(lang, ""), "id": unit.id}
                        place = source.first_line + position
                        yield Problem("term-form", source.file, place, match.start() + 1, values)


def avoided(known: list[Term], lang: str) -> list[tuple[re.Pattern[str], str, Term]]:
    """Return a pattern for each word that is wrong everywhere in `lang`: the word as a whole, inflected too."""
    found = []
    for term in known:
        for word in term.everywhere.get(lang, ()):
            if word in term.avoid.get(lang, {}):
                found.append((re.compile(rf"(?<!\w){re.escape(word)}\w{{0,6}}(?!\w)", re.IGNORECASE), word, term))
    return found


def is_form(text: str, term: Term, lang: str) -> bool:
    """Tell whether a marked text can be a form of a term.

    It can when some name or form of the term shares the stem with it, word by word: the same first letters, but for
    an ending. Vowel changes (i-umlaut, u-umlaut, consonant gradation) are allowed for by comparing letters without
    their marks. Compounds that end in the term count too.
    """
    if _avoids(text, term, lang):
        return False
    names = [term.names.get(lang, ""), term.abbr.get(lang, ""), *term.forms.get(lang, {}).values()]
    names += [part.strip() for name in list(names) for part in re.split(r"[/,()]", name)]
    shown = _fold(text)
    return any(name and _shares_stem(shown, _fold(name)) for name in names)


def _avoids(text: str, term: Term, lang: str) -> bool:
    """Tell whether a marked text is a word that the term's own entry says not to use for it."""
    names = {_fold(name) for name in (term.names.get(lang, ""), *term.forms.get(lang, {}).values())}
    for word in term.avoid.get(lang, {}):
        begins = _fold(text).startswith(_fold(word)) and len(text) - len(word) <= MAX_ENDING
        if begins and not any(_fold(text).startswith(name[: len(word) + 1]) for name in names if name):
            return True
    return False


def _shares_stem(text: str, name: str) -> bool:
    wanted = name.rsplit(maxsplit=1)[-1] if " " in name else name
    return any(_same_word(word, part) for word in text.split() for part in {wanted, *name.split()})


def _same_word(word: str, name: str) -> bool:
    if name in word or word in name:
        return True
    length = len(_common(word, name))
    return length >= max(MIN_STEM, min(len(word), len(name)) * 6 // 10)


def _common(one: str, two: str) -> str:
    position = 0
    while position < min(len(one), len(two)) and one[position] == two[position]:
        position += 1
    return one[:position]


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
