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
        other: how else it may be asked for: other languages, English, abbreviations, words not used here.
    """

    own: tuple[str, ...]
    other: tuple[str, ...]


def concepts(data: Data, lang: str) -> list[Concept]:
    """Return the terms of the termbase for readers of `lang`, in order; those with one word everywhere are left out."""
    found = []
    for term in data.of_kind("T"):
        if not isinstance(term, Term) or lang not in term.names:
            continue
        own = list(dict.fromkeys(_variants([term.names[lang], term.abbr.get(lang, "")])))
        texts = [*term.names.values(), *term.abbr.values(), *term.forms.get(lang, {}).values()]
        texts += [term.sv_fi or "", *term.avoid.get(lang, {})]
        other = [text for text in dict.fromkeys(_variants(texts)) if text not in own]
        if other or len(own) > 1:
            found.append(Concept(tuple(own), tuple(other)))
    return found


def _variants(texts: Iterable[str]) -> Iterator[str]:
    """Split what an entry writes together: ``datalaks / databassäng``, ``kommunestyre (bystyre)``."""
    for text in texts:
        for part in re.split(r"[/,;()]", text):
            if part.strip():
                yield part.strip()
