"""Alphabetical order as each language has it.

Two levels, as the Unicode collation algorithm works: letters first, then accents and case. The alphabet of each
language is data (``languages.yml``); letters outside it sort with their base letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

SortKey = tuple[tuple[tuple[int, int], ...], str]

_LOOKALIKE = {"ä": "æ", "ö": "ø", "ø": "ö", "æ": "ä", "ð": "d", "þ": "t", "å": "a", "ü": "y"}
"""A foreign letter sorts with its counterpart where the alphabet has that one, else with its base letter."""

MAX_DIGITS = 18
"""Longer rows of digits sort by their first."""

_PARTS = re.compile(r"\d+|\D")


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
