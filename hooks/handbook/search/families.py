"""Forms of one word that don't look alike: *lain* and *laki*, *börnum* and *barn*. From morphological data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from pathlib import Path

from handbook.language.folding import fold
from handbook.language.lemmas import all_forms, lemmas

FORMAT = 2
"""Part of the cache's key: raise it when the same words give other families."""

MIN_STEM = 3
MAX_ENDING = 3


def families(engines: Sequence[str], words: Collection[str], cache: Path) -> tuple[list[list[str]], list[str]]:
    """Return the irregular words among `words`: each a lemma and its forms in the text.

    A word is irregular when one of its forms doesn't begin with the lemma, nor the lemma with it. The others are found
    by their beginning alone.

    Args:
        engines: a language's dictionaries, as ``languages.yml`` names them.
        words: of the text, in small letters.
        cache: where the result is kept, by content.

    Returns:
        The families in order, and for each engine that is missing how to install it.
    """
    key = json.dumps([FORMAT, list(engines), sorted(words)], ensure_ascii=False).encode()
    file = cache / f"{hashlib.sha256(key).hexdigest()[:32]}.json"
    if file.is_file():
        kept: list[list[str]] = json.loads(file.read_text(encoding="utf-8"))
        return kept, []
    found, notes = lemmas(engines, words)
    result = _irregular(found, engines)
    if not notes:
        cache.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    return result, notes


def _irregular(found: dict[str, set[str]], engines: Sequence[str]) -> list[list[str]]:
    forms: dict[str, set[str]] = {}
    for word, known in found.items():
        for lemma in known:
            forms.setdefault(lemma, set()).add(word)
    generated = all_forms(engines, sorted(forms))
    result = []
    for lemma, words in sorted(forms.items()):
        members = [lemma, *sorted(words - {lemma})]
        members += _further(members, generated.get(lemma, set()))
        if any(not _begins_alike(fold(lemma), fold(word)) for word in members):
            result.append(members)
    return result


def _further(members: Sequence[str], generated: Collection[str]) -> list[str]:
    """Return those forms whose stem no member has: the others are found by their beginning."""
    known = [fold(word) for word in members]
    further = []
    for form in sorted(generated, key=lambda form: (len(form), form)):
        folded = fold(form)
        if not any(_common(folded, other) >= max(MIN_STEM, len(folded) - MAX_ENDING) for other in known):
            known.append(folded)
            further.append(form)
    return further


def _common(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _begins_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
