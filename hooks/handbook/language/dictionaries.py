"""Dictionaries: which of some words are known.

Hunspell for most languages, Voikko for Finnish, BÍN (by the package ``islenska``) for Icelandic compounds. All are
installed on the system or from the lock; none is part of the handbook.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Collection
from typing import Any


class DictionaryMissingError(Exception):
    """A dictionary is not installed; the message says how to install it."""


def unknown(engine: str, words: Collection[str]) -> set[str]:
    """Return those of `words` that a dictionary does not know.

    Args:
        engine: ``hunspell:nb_NO``, ``voikko:fi`` or ``bin:is``.
        words: the words to look up.

    Raises:
        DictionaryMissingError: the engine or its dictionary is not installed.
    """
    kind, _, name = engine.partition(":")
    return _ENGINES[kind](name, words)


def _hunspell(name: str, words: Collection[str]) -> set[str]:
    program = shutil.which("hunspell")
    install = f"install Hunspell and its dictionary {name} (Debian: apt install hunspell hunspell-{name[:2]})"
    if program is None:
        raise DictionaryMissingError(install.replace("hunspell-nb", "hunspell-no"))
    done = subprocess.run(
        [program, "-d", name, "-i", "utf-8", "-l"],
        input="\n".join(sorted(words)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode or "Can't open" in done.stderr:
        raise DictionaryMissingError(install.replace("hunspell-nb", "hunspell-no"))
    told = set(done.stdout.split("\n"))
    # Hunspell splits at hyphens and apostrophes; a word is unknown when any part of it is.
    return {word for word in words if word in told or any(part in told for part in _parts(word))}


def _parts(word: str) -> list[str]:
    return [part for part in word.replace("’", "-").replace("'", "-").split("-") if part]


def open_voikko(name: str) -> Any:
    """Return Voikko for a language; the caller ends it.

    Raises:
        DictionaryMissingError: the library or the language's data is not installed.
    """
    try:
        import libvoikko  # type: ignore[import-untyped]  # noqa: PLC0415  only where Finnish is checked

        return libvoikko.Voikko(name)
    except Exception as error:  # libvoikko raises several of its own, and OSError without the library
        message = "install Voikko and its Finnish dictionary (Debian: apt install libvoikko1 voikko-fi)"
        raise DictionaryMissingError(message) from error


def _voikko(name: str, words: Collection[str]) -> set[str]:
    voikko = open_voikko(name)
    try:
        return {word for word in words if not voikko.spell(word)}
    finally:
        voikko.terminate()


def open_bin() -> Any:
    """Return BÍN.

    Raises:
        DictionaryMissingError: the package is not installed.
    """
    try:
        from islenska import Bin  # noqa: PLC0415  60 MB of data
    except ImportError as error:
        raise DictionaryMissingError("install the package islenska (handbook.py sets it up)") from error
    return Bin()


def _bin(name: str, words: Collection[str]) -> set[str]:
    del name
    forms = open_bin()
    return {word for word in words if not forms.lookup(word)[1] and not forms.lookup(word.lower())[1]}


_ENGINES: dict[str, Callable[[str, Collection[str]], set[str]]] = {
    "hunspell": _hunspell,
    "voikko": _voikko,
    "bin": _bin,
}
