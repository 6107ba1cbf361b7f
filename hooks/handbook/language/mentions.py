"""Finds the glossary's terms in running text, inflected too: for the index of terms and for a dossier's glossary.

A word is a term's when it is one of the term's names and forms (``units/terms.yml``), or one of these with an ending of
the language (``languages.yml``). Whole words only; of overlapping terms the longest; abbreviations in their own case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.data import Data
from handbook.language.words import WORD
from handbook.model import Term

_APART = re.compile(r"[/()]")
_VOWELS = frozenset("aeiouyæøå")
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A term's name in a text: from `start` to `end`."""

    start: int
    end: int
    unit: str


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of a term, word by word: every form that each word may have."""

    words: tuple[frozenset[str], ...]
    unit: str


class Mentions:
    """Knows the terms of the glossary in one language.

    Args:
        data: the termbase and the languages.
        lang: the language of the texts to search.
    """

    def __init__(self, data: Data, lang: str) -> None:
        endings = next((entry.endings for entry in data.languages if entry.code == lang), ())
        self._names: dict[str, list[_Name]] = {}
        for term in data.units.values():
            if not isinstance(term, Term) or not term.glossary:
                continue
            for name in _names(term, lang):
                words = tuple(_forms(word, endings) for word in WORD.findall(name))
                for first in words[0] if words else ():
                    self._names.setdefault(first, []).append(_Name(words, term.id))

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the terms in `text` from its beginning to its end."""
        words = list(WORD.finditer(text))
        keys = [_key(match[0]) for match in words]
        at = 0
        while at < len(words):
            fitting = [name for name in self._names.get(keys[at], ()) if _fits(name, keys, at)]
            if not fitting:
                at += 1
                continue
            best = max(fitting, key=lambda name: len(name.words))
            last = at + len(best.words) - 1
            yield Mention(words[at].start(), words[last].end(), best.unit)
            at = last + 1

    def in_text(self, text: str) -> set[str]:
        """Return the ids of the terms in `text`."""
        return {mention.unit for mention in self.find(text)}


def _fits(name: _Name, keys: list[str], at: int) -> bool:
    following = keys[at : at + len(name.words)]
    return len(following) == len(name.words) and all(k in w for k, w in zip(following, name.words, strict=True))


def _names(term: Term, lang: str) -> list[str]:
    """What a term is called; a name with a number in it is left out, as its words alone mean something else."""
    own = [term.names.get(lang, ""), term.abbr.get(lang, ""), *term.forms.get(lang, {}).values()]
    parts = [part.strip() for name in own for part in _APART.split(name)]
    return [part for part in parts if part and not any(char.isdigit() for char in part)]


def _key(word: str) -> str:
    """A word as it is compared: abbreviations keep their case, so that `it` is not `IT`."""
    return word if sum(char.isupper() for char in word) > 1 else word.casefold()


def _forms(word: str, endings: tuple[str, ...]) -> frozenset[str]:
    key = _key(word)
    if key != key.casefold() or len(key) < _SHORTEST_STEM:
        return frozenset({key})
    stems = [key]
    if _is_vowel(key[-1]) and len(key) > _SHORTEST_STEM:
        stems.append(key[:-1])
    return frozenset({key, *(stem + ending for stem in stems for ending in endings)})


def _is_vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0] in _VOWELS
