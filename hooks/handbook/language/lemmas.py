"""Lemmas: the dictionary form of words, by the engines that know a language's inflection.

Voikko for Finnish, BÍN (by the package ``islenska``) for Icelandic. Hunspell knows no lemmas worth having.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

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


_ENGINES: Mapping[str, Callable[[str, Collection[str]], Lemmas]] = {"voikko": _voikko, "bin": _bin}
