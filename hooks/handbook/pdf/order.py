"""The alphabet's order in each language, for the index."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_LAST: Final[Mapping[str, str]] = MappingProxyType(
    {"nb": "æøå", "nn": "æøå", "da": "æøå", "sv": "åäö", "fi": "åäö", "is": "þæö", "fo": "æø"}
)
_AFTER: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"is": MappingProxyType(dict(zip("áéíóúýð", "aeiouyd", strict=True)))}
)
_SAME: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"nb": {"ä": "æ", "ö": "ø"}, "da": {"ä": "æ", "ö": "ø"}, "sv": {"æ": "ä", "ø": "ö"}, "fi": {"æ": "ä", "ø": "ö"}}
)


def sort_key(text: str, language: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts ``text`` as a dictionary of ``language`` does; letters it lacks sort as their base letter."""
    last = _LAST.get(language, "")
    after = _AFTER.get(language, {})
    same = _SAME.get(language, {})
    key: list[tuple[int, str]] = []
    for char in text.casefold():
        letter = same.get(char, char)
        if letter in last:
            key.append((3 + last.index(letter), ""))
        elif letter in after:
            key.append((2, after[letter] + "~"))
        elif letter.isalpha():
            key.append((2, unicodedata.normalize("NFD", letter)[0]))
        else:
            key.append((1 if letter.isdigit() else 0, letter))
    return tuple(key)
