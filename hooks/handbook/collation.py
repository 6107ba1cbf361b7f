"""Alphabetical order as each language has it: by ICU, so that a page as built stands in the order of its browser.

Without ICU a plainer order serves, from the alphabet that is data (``languages.yml``). It has two levels: letters
first, then accents and case; letters outside the alphabet sort with their base letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from handbook import icu
from handbook.model import Language

SortKey = tuple[tuple[tuple[int, int], ...], str]

_LOOKALIKE = {"ä": "æ", "ö": "ø", "ø": "ö", "æ": "ä", "ð": "d", "þ": "t", "å": "a", "ü": "y"}
"""A foreign letter sorts with its counterpart where the alphabet has that one, else with its base letter."""

MAX_DIGITS = 18
"""Longer rows of digits sort by their first."""

_PARTS = re.compile(r"\d+|\D")


def sort_key(language: Language) -> Callable[[str], Any]:
    """Return the key that sorts texts as readers of a language expect, whole numbers by value."""
    return icu.sort_key(language.locale) or collation_key(language.alphabet)


def letter_order(language: Language, texts: Iterable[str]) -> list[str]:
    """Return the letters of a language and of `texts` in their order, those that sort alike together.

    For browsers that don't know the language: Chromium, for one, brings no Icelandic order.
    """
    key = icu.sort_key(language.locale)
    if key is None:
        return list(language.alphabet)
    letters = {letter for text in (language.alphabet, *texts) for letter in text.lower() if letter.isalpha()}
    groups: dict[bytes, list[str]] = {}
    for letter in sorted(letters, key=key):
        groups.setdefault(icu.letters_alone(key(letter)), []).append(letter)
    return ["".join(group) for group in groups.values()]


@cache
def collation_key(alphabet: str) -> Callable[[str], SortKey]:
    """Return a sort key for texts, by the order of `alphabet`; whole numbers sort by value, before letters."""
    order = {letter: position for position, letter in enumerate(alphabet)}

    def weight(part: str) -> tuple[int, int]:
        if part.isdecimal():
            return (1, int(part[:MAX_DIGITS]))
        position = _position(part, order)
        return (2, position) if position is not None else (0, 0)

    def key(text: str) -> SortKey:
        folded = unicodedata.normalize("NFC", text).casefold()
        weights = tuple(weight(part) for part in _PARTS.findall(folded))
        return (tuple(w for w in weights if w[0]), folded)

    return key


def _position(letter: str, order: dict[str, int]) -> int | None:
    if letter in order:
        return order[letter]
    other = _LOOKALIKE.get(letter)
    if other in order:
        return order[other]
    return order.get(unicodedata.normalize("NFD", letter)[0])
