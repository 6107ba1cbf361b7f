"""What a language needs in print: where badly hyphenated words may break, and how its alphabet runs.

One file per language in this folder, and ``names.txt`` for words that stand in all of them. A word a line, with ``-``
at each good break; ``*`` at its end takes in longer words that begin so (inflected forms, compounds), whose other parts
are then broken as usual; ``-*`` is the same where another part of a compound follows, with a good break before it;
``#`` begins a comment. Lines with ``@`` set something else:

    @last æøå       letters that stand after z, in this order
    @after á=a      letters that stand right after another
    @same ä=æ       foreign letters that sort as another
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise

SOFT = "\u00ad"
_SHORTEST_PART = 4
"""Letters: what is shorter behind a stem is an ending."""


@dataclass(frozen=True, slots=True)
class Language:
    """What one file says.

    Attributes:
        words: lower-case word → break positions.
        stems: beginning of words → break positions; one at its end stands before another part of a compound.
        settings: name → value of the lines with ``@``.
    """

    words: Mapping[str, tuple[int, ...]]
    stems: Mapping[str, tuple[int, ...]]
    settings: Mapping[str, str]

    def sort_key(self, text: str) -> tuple[tuple[int, str], ...]:
        """A key that sorts ``text`` as a dictionary of the language does; other accents are ignored."""
        last, after, same = self.settings.get("last", ""), self._pairs("after"), self._pairs("same")
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

    def _pairs(self, name: str) -> dict[str, str]:
        pairs = (entry.partition("=") for entry in self.settings.get(name, "").split())
        return {left: right for left, _, right in pairs}

    def broken(self, word: str) -> tuple[str, str] | None:
        """``word`` if it is an exception: the part that is known, with soft hyphens, and the rest; else ``None``."""
        lower = word.lower()
        if lower in self.words:
            return _insert(word, self.words[lower]), ""
        size = next((size for size in range(len(lower), 3, -1) if lower[:size] in self.stems), 0)
        if not size:
            return None
        part, rest = word[:size], word[size:]
        breaks = self.stems[part.lower()]
        follows = len(rest) >= _SHORTEST_PART
        known = _insert(part, tuple(at for at in breaks if at < size))
        return known + (SOFT if follows and breaks and breaks[-1] == size else ""), rest

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """``text`` cut so that what is known stands alone: (piece, whether only its soft hyphens may break it)."""
        result: list[tuple[str, bool]] = []
        plain = ""
        for run, is_word in _runs(text):
            broken = self.broken(run) if is_word and (self.words or self.stems) else None
            if broken is None:
                plain += run
                continue
            if plain:
                result.append((plain, False))
            result.append((broken[0], True))
            plain = broken[1]
        return [*result, (plain, False)] if plain else result


def load(language: str) -> Language:
    """What is known of ``language``; only the names where there is no file for it."""
    words: dict[str, tuple[int, ...]] = {}
    stems: dict[str, tuple[int, ...]] = {}
    settings: dict[str, str] = {}
    for name in ("names", language):
        _read(name, words, stems, settings)
    return Language(words, stems, settings)


def _read(
    name: str, words: dict[str, tuple[int, ...]], stems: dict[str, tuple[int, ...]], settings: dict[str, str]
) -> None:
    file = resources.files(__package__) / f"{name}.txt"
    for line in file.read_text("utf-8").splitlines() if file.is_file() else []:
        entry = line.partition("#")[0].strip().lower()
        if entry.startswith("@"):
            setting, _, value = entry[1:].partition(" ")
            settings[setting] = value.strip()
        elif entry:
            parts = entry.removesuffix("*").split("-")
            breaks = tuple(len("".join(parts[: n + 1])) for n in range(len(parts) - 1))
            (stems if entry.endswith("*") else words)["".join(parts)] = breaks


def _insert(word: str, breaks: tuple[int, ...]) -> str:
    edges = [0, *breaks, len(word)]
    return SOFT.join(word[start:end] for start, end in pairwise(edges))


def _runs(text: str) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or text[at].isalpha() != text[start].isalpha():
            runs.append((text[start:at], text[start].isalpha()))
            start = at
    return runs
