"""Which initiatives of the catalogue a new one resembles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from handbook.catalogue import initiatives
from handbook.index import Index
from handbook.language.folding import fold
from handbook.model import Initiative
from handbook.text.plain import plain

SAME_TITLE = 0.8
"""Share of letters in common, in order, at which two titles are alike by themselves."""

SAME_WORDS = 0.5
"""Share of words in common at which they are, whatever the order."""

NEAR_TITLE = 0.5
NEAR_WORDS = 0.2
"""The same where the owner is the same too."""

MIN_WORD = 4
SAME_OWNER = 0.85


@dataclass(frozen=True)
class Likeness:
    """An initiative that resembles the new one, and how much: from 0 to 1."""

    unit: Initiative
    title: str
    score: float


@dataclass(frozen=True)
class Basics:
    """What of a new initiative tells whether it is there already: its values are those of vocabularies."""

    lang: str
    title: str
    name: str
    owner: str
    values: Mapping[str, str]


def similar(index: Index, new: Basics) -> list[Likeness]:
    """Return the likely duplicates, the most alike first."""
    found = [likeness for unit in initiatives(index.data) if (likeness := _compare(index, new, unit))]
    return sorted(found, key=lambda likeness: (-likeness.score, likeness.unit.id))


def _compare(index: Index, new: Basics, unit: Initiative) -> Likeness | None:
    ours = {new.title, new.name}
    pairs = [(mine, other) for mine in ours for other in _titles(index, unit)]
    letters = max(_ratio(fold(mine), fold(other)) for mine, other in pairs)
    words = max([*(_shared(mine, other) for mine, other in pairs), _same_name(new.name, unit.name)])
    same_owner = bool(new.owner) and _same_owner(new.owner, unit.owner)
    alike = letters >= SAME_TITLE or words >= SAME_WORDS
    same_use = all(getattr(unit, name) == new.values.get(name) for name in ("service_area", "function"))
    near = same_owner and (letters >= NEAR_TITLE or words >= NEAR_WORDS or same_use)
    if not (alike or near):
        return None
    return Likeness(unit, plain(index.title(unit.id, new.lang).text), max(letters, words) + same_owner)


def _titles(index: Index, unit: Initiative) -> Iterator[str]:
    yield unit.name
    for text in index.texts.get(unit.id, {}).values():
        yield plain(text.title)


def _ratio(ours: str, theirs: str) -> float:
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR_TITLE else 0.0


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) >= MIN_WORD}


def _shared(ours: str, theirs: str) -> float:
    """Return the share of words that two titles have in common; one word alone says nothing."""
    mine, other = _words(ours), _words(theirs)
    common = mine & other
    return len(common) / len(mine | other) if len(common) > 1 else 0.0


def _same_name(ours: str, theirs: str) -> float:
    """Tell whether all words of one name stand in the other: "Kari" and "Kommune-Kari"."""
    mine, other = _words(ours), _words(theirs)
    return SAME_WORDS if mine and other and (mine <= other or other <= mine) else 0.0


def _same_owner(ours: str, theirs: str) -> bool:
    """Tell whether two owners are one; an owner may have its name in two languages."""
    mine = fold(ours)
    return any(_ratio(mine, fold(part.strip())) >= SAME_OWNER for part in theirs.split("/"))
