"""The termbase as search needs it: what other words mean a term of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbook.data import Data
from handbook.model import Term


@dataclass(frozen=True)
class Concept:
    """One term.

    Attributes:
        own: how the reader's language says it, the handbook's word first.
        other: how else it may be asked for: other languages, English, abbreviations.
        loose: words that are not used for it here, but may be meant: many of them mean something else as well.
    """

    own: tuple[str, ...]
    other: tuple[str, ...]
    loose: tuple[str, ...]


def concepts(data: Data, lang: str) -> list[Concept]:
    """Return the terms of the termbase for readers of `lang`, in order; those with one word everywhere are left out."""
    found = []
    for term in data.of_kind("T"):
        if not isinstance(term, Term) or lang not in term.names:
            continue
        own = list(dict.fromkeys(_variants([term.names[lang], term.abbr.get(lang, "")])))
        texts = [*term.names.values(), *term.abbr.values(), *term.forms.get(lang, {}).values()]
        texts.append(term.sv_fi or "")
        other = [text for text in dict.fromkeys(_variants(texts)) if text not in own]
        loose = [text for text in _variants(term.avoid.get(lang, {})) if text not in {*own, *other}]
        if other or loose or len(own) > 1:
            found.append(Concept(tuple(own), tuple(other), tuple(loose)))
    return found


def _variants(texts: Iterable[str]) -> Iterator[str]:
    """Split what an entry writes together: ``datalaks / databassäng``, ``kommunestyre (bystyre)``."""
    for text in texts:
        for part in re.split(r"[/,;()]", text):
            if part.strip():
                yield part.strip()
