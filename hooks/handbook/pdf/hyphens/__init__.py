"""Where words may be broken that the hyphenation patterns break badly.

One file per language in this folder: a word a line, with ``-`` at each good break; ``*`` at its end takes in
longer words that begin so (inflected forms); ``#`` begins a comment.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

SOFT = "\u00ad"


@dataclass(frozen=True, slots=True)
class Hyphens:
    """The exceptions of one language: lower-case word, or beginning of a word → break positions."""

    words: dict[str, tuple[int, ...]]
    stems: dict[str, tuple[int, ...]]

    def broken(self, word: str) -> str | None:
        """``word`` with soft hyphens if it is an exception, else ``None``."""
        lower = word.lower()
        breaks = self.words.get(lower)
        if breaks is None:
            stem = next((lower[:size] for size in range(len(lower), 3, -1) if lower[:size] in self.stems), None)
            breaks = self.stems[stem] if stem else None
        return None if breaks is None else _insert(word, breaks)

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """``text`` cut so that exceptions stand alone: (piece, is an exception with soft hyphens in it)."""
        if not (self.words or self.stems):
            return [(text, False)] if text else []
        result: list[tuple[str, bool]] = []
        plain = ""
        for run, is_word in _runs(text):
            broken = self.broken(run) if is_word else None
            if broken is None:
                plain += run
                continue
            if plain:
                result.append((plain, False))
                plain = ""
            result.append((broken, True))
        return [*result, (plain, False)] if plain else result


def load(language: str) -> Hyphens:
    """The exceptions of ``language``; none where there is no file for it."""
    words: dict[str, tuple[int, ...]] = {}
    stems: dict[str, tuple[int, ...]] = {}
    file = resources.files(__package__) / f"{language}.txt"
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    for line in lines:
        entry = line.partition("#")[0].strip().lower()
        if entry:
            parts = entry.removesuffix("*").split("-")
            breaks = tuple(len("".join(parts[: n + 1])) for n in range(len(parts) - 1))
            (stems if entry.endswith("*") else words)["".join(parts)] = breaks
    return Hyphens(words, stems)


def _insert(word: str, breaks: tuple[int, ...]) -> str:
    edges = [0, *breaks, len(word)]
    return SOFT.join(word[start:end] for start, end in zip(edges, edges[1:], strict=False))


def _runs(text: str) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or text[at].isalpha() != text[start].isalpha():
            runs.append((text[start:at], text[start].isalpha()))
            start = at
    return runs
