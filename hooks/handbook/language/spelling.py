"""Spelling, with real dictionaries and a short list of accepted words per language."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from handbook.data import DATA
from handbook.index import Index
from handbook.language.dictionaries import DictionaryMissingError, unknown
from handbook.language.words import WORD, Word, words
from handbook.model import Initiative, Language, Law, Source, Term
from handbook.problems import Problem
from handbook.yaml_reader import read_text

LISTS = f"{DATA}/words"


def spelling(index: Index) -> tuple[list[Problem], list[str]]:
    """Check the spelling of every language.

    Returns:
        The problems, and for each dictionary that is missing how to install it; its language is left unchecked.
    """
    names = proper_names(index)
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(lambda language: _language(index, language, names), index.data.languages))
    return [p for problems, _ in found for p in problems], [note for _, note in found if note]


def proper_names(index: Index) -> set[str]:
    """Return the words of names that the data holds: owners, authors, original names of laws, titles of sources."""
    texts: list[str] = [language.name for language in index.data.languages]
    for unit in index.data.units.values():
        if isinstance(unit, Initiative):
            texts.append(unit.owner)
        elif isinstance(unit, Term):
            texts.append(unit.names["en"])
        elif isinstance(unit, Law):
            texts.append(unit.name_original)
        elif isinstance(unit, Source):
            texts += [unit.author, unit.publisher or "", unit.title or ""]
    return {word for text in texts for word in WORD.findall(text)}


def accepted_file(lang: str) -> str:
    """Return the path of a language's list of accepted words."""
    return f"{LISTS}/{lang}.txt"


def accepted(root: Path, lang: str) -> tuple[set[str], list[Problem]]:
    """Read the list of accepted words: one a line, sorted, each once; ``#`` begins a comment."""
    shown = accepted_file(lang)
    path = root / shown
    if not path.is_file():
        return set(), []
    text, problems = read_text(path, shown)
    found: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        word = line.strip()
        if not word or word.startswith("#"):
            continue
        if found and (word.casefold(), word) <= (found[-1].casefold(), found[-1]):
            problems.append(Problem("wordlist-order", shown, number, values={"word": word}))
        found.append(word)
    return set(found), problems


def _language(index: Index, language: Language, names: set[str]) -> tuple[list[Problem], str]:
    lang = language.code
    good, problems = accepted(index.data.root, lang)
    lines = list(_lines(index, lang))
    known = Known(good, names | {w for w in good if w[0].isupper()})
    texts = {word.text for line in lines for word in line.words}
    parts = {text: found for text in texts if (found := known.doubtful_parts(text))}
    candidates = {part for found in parts.values() for part in found}
    try:
        wrong = _unknown(language, candidates)
    except DictionaryMissingError as error:
        return problems, str(error)
    misspelt = {text for text, found in parts.items() if not wrong.isdisjoint(found)}
    reported: set[str] = set()
    for line in lines:
        bad = [word for word in line.words if word.text in misspelt]
        other = _other_language(index, language, line, bad)
        if other:
            problems.append(Problem("text-language", line.file, line.number, values={"other": other}))
            continue
        for word in bad:
            if word.text not in reported:
                reported.add(word.text)
                values = {"word": word.text, "list": accepted_file(lang)}
                problems.append(Problem("spelling", line.file, word.line, word.column, values))
    problems.extend(_unused(index.data.root, lang, texts))
    return problems, ""


@dataclass(frozen=True)
class Line:
    """A line of prose and its words."""

    file: str
    number: int
    words: tuple[Word, ...]


def _lines(index: Index, lang: str) -> Iterator[Line]:
    for source in index.pages.get(lang, {}).values():
        by_line: dict[int, list[Word]] = {}
        for word in words(source):
            by_line.setdefault(word.line, []).append(word)
        for number, found in by_line.items():
            yield Line(source.file, number, tuple(found))


def _unknown(language: Language, candidates: set[str]) -> set[str]:
    """Return the words that none of a language's dictionaries knows."""
    for engine in language.spelling:
        candidates = unknown(engine, candidates)
    return candidates


MIN_MISSES = 3
MISS_RATE = 0.25
"""A line with so many unknown words, at this rate, may be in another language: then the others are asked."""


def _other_language(index: Index, language: Language, line: Line, bad: list[Word]) -> str:
    """Return the name of the language that a line seems to be in, or an empty text."""
    # Names are capitalised, and alike in all languages.
    texts = {word.text for word in line.words if word.text[0].islower()}
    missed = {word.text for word in bad} & texts
    if len(missed) < MIN_MISSES or len(missed) < MISS_RATE * len(texts):
        return ""
    for other in index.data.languages:
        if other.code == language.code or not other.spelling:
            continue
        try:
            misses = _unknown(other, texts)
        except DictionaryMissingError:
            continue
        if len(misses) * 3 <= len(missed):
            return other.name
    return ""


@dataclass(frozen=True)
class Known:
    """Words that no dictionary is asked about: accepted ones, names and their forms, abbreviations, single letters."""

    good: set[str]
    names: set[str]

    def doubtful_parts(self, word: str) -> list[str]:
        """Return the parts of a word, split at hyphens and before a case ending (``KS:n``), that are not known."""
        if self.excused(word):
            return []
        return [part for part in word.split(":", maxsplit=1)[0].split("-") if part and not self.excused(part)]

    def excused(self, word: str) -> bool:
        """Tell whether a word is known without a dictionary."""
        if word in self.good or word in self.names or len(word) == 1 or (word.isupper() and len(word) <= MAX_ACRONYM):
            return True
        if word[0].lower() + word[1:] in self.good:
            return True
        return word[0].isupper() and any(word[:end] in self.names for end in range(len(word) - 1, MIN_NAME - 1, -1))


MAX_ACRONYM = 5
MIN_NAME = 4
"""A capitalised word that begins with a name of so many letters is a form of it: Randabergissa."""


def _unused(root: Path, lang: str, places: set[str]) -> Iterator[Problem]:
    """Words on the list that no text holds any more: the list is to stay short."""
    path = root / accepted_file(lang)
    if not path.is_file():
        return
    parts = {part for word in places for part in (word, *word.split(":")[0].split("-")) if part}
    seen = parts | {part[0].lower() + part[1:] for part in parts}
    for number, line in enumerate(read_text(path, accepted_file(lang))[0].split("\n"), 1):
        word = line.strip()
        stems = word and word[0].isupper() and any(part.startswith(word) for part in parts)
        if word and not word.startswith("#") and word not in seen and not stems:
            yield Problem("wordlist-unused", accepted_file(lang), number, values={"word": word})
