"""Lemmas: the dictionary form of words, by the engines that know a language's inflection.

Voikko for Finnish, BÍN (by the package ``islenska``) for Icelandic. Hunspell knows no lemmas worth having.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress

from handbook.language.dictionaries import DictionaryMissingError, open_bin, open_voikko

CREDITS = {
    "voikko": "Finnish lemmas: Voikko (https://voikko.puimula.org), vocabulary under the GPL.",
    "bin": "Icelandic lemmas: Beygingarlýsing íslensks nútímamáls (BÍN), Stofnun Árna Magnússonar í íslenskum fræðum,"
    " https://bin.arnastofnun.is, CC BY-SA 4.0; the lists of forms made from it are under the same licence.",
}
"""Whose work the lemmas are."""

Lemmas = dict[str, set[str]]


def lemmas(engines: Iterable[str], words: Collection[str]) -> tuple[Lemmas, list[str]]:
    """Return word → its lemmas, in small letters, for words that an engine knows.

    Args:
        engines: as ``languages.yml`` names them, for example ``voikko:fi``.
        words: in small letters.

    Returns:
        The lemmas, and for each engine that is missing how to install it.
    """
    found: Lemmas = {}
    notes = []
    for engine in engines:
        kind, _, name = engine.partition(":")
        if kind not in _ENGINES:
            continue
        try:
            for word, known in _ENGINES[kind](name, words).items():
                found.setdefault(word, set()).update(known)
        except DictionaryMissingError as error:
            notes.append(str(error))
    return found, notes


def all_forms(engines: Iterable[str], words: Collection[str]) -> Lemmas:
    """Return lemma → all its forms, in small letters, where an engine can make them; a missing engine makes none.

    Args:
        engines: as ``languages.yml`` names them.
        words: lemmas, in small letters.
    """
    found: Lemmas = {}
    for engine in engines:
        kind, _, name = engine.partition(":")
        if kind in _GENERATORS:
            with suppress(DictionaryMissingError):
                found |= _GENERATORS[kind](name, words)
    return found


def _voikko(name: str, words: Collection[str]) -> Lemmas:
    voikko = open_voikko(name)
    try:
        return {word: {str(a["BASEFORM"]).lower() for a in voikko.analyze(word) if "BASEFORM" in a} for word in words}
    finally:
        voikko.terminate()


def _bin(name: str, words: Collection[str]) -> Lemmas:
    del name
    forms = open_bin()
    return {word: {entry.ord.replace("-", "").lower() for entry in forms.lookup(word)[1]} for word in words}


def _bin_forms(name: str, words: Collection[str]) -> Lemmas:
    del name
    forms = open_bin()
    found: Lemmas = {}
    for word in words:
        for entry in forms.lookup(word)[1]:
            # Names and rare homonyms would join words that have nothing in common.
            if entry.ord.lower() == word and entry.bin_id and entry.ofl in _BIN_CLASSES:
                found.setdefault(word, set()).update(form.bmynd.lower() for form in forms.lookup_id(entry.bin_id))
    return found


_BIN_CLASSES = frozenset({"kk", "kvk", "hk", "lo"})
"""Nouns of the three genders, and adjectives: what is asked for."""

_ENGINES: Mapping[str, Callable[[str, Collection[str]], Lemmas]] = {"voikko": _voikko, "bin": _bin}
_GENERATORS: Mapping[str, Callable[[str, Collection[str]], Lemmas]] = {"bin": _bin_forms}
