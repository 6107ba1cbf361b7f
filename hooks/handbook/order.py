"""The order of the book: which unit of the same kind comes before and after a unit, across pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from handbook.index import Index, UnitText
from handbook.navigation import book_order


@dataclass(frozen=True)
class Neighbours:
    """The units of the same kind on either side; None at the ends."""

    before: str | None
    after: str | None


@lru_cache(maxsize=8)
def neighbours(index: Index, lang: str) -> Mapping[str, Neighbours]:
    """Return the neighbours of every unit that has a text, in the order in which readers of `lang` meet them."""
    paths = [path for _, part in book_order(index) for path in part]
    place = {path: number for number, path in enumerate(paths)}
    kinds: dict[str, list[UnitText]] = {}
    for unit in index.texts:
        text = index.text(unit, lang)
        if text is not None:
            # A unit that this language lacks is shown where the leading language has it.
            kinds.setdefault(unit[0], []).append(text)
    found: dict[str, Neighbours] = {}
    for texts in kinds.values():
        ordered = [t.unit for t in sorted(texts, key=lambda t: (place.get(t.path, len(paths)), t.path, t.line))]
        for unit, before, after in zip(ordered, [None, *ordered], [*ordered[1:], None], strict=False):
            found[unit] = Neighbours(before, after)
    return found
