"""Which units rest on which section of which source, and back, as their data and the citations in their text say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from handbook import ids
from handbook.index import Index, UnitText
from handbook.model import Source

_CITATION = re.compile(r"\[\[(S-\d+)(?::([^\[\]\n]+))?\]\]|`+[^`]*`+")
"""A citation, or inline code, which is passed over so that an example in it counts for nothing."""

Section = tuple[str, str | None]
"""A source, and one of its sections; None for the source as a whole."""


@dataclass(frozen=True)
class Rest:
    """A unit rests on a section of a source.

    Attributes:
        pages: of the source, where the data names them.
    """

    unit: str
    source: str
    section: str | None
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Rests:
    """All of one language, both ways.

    Attributes:
        of: unit → what it rests on, in the order of the sources and their sections.
        on: (source, section) → the units that rest on it, in the order of their ids.
    """

    of: Mapping[str, tuple[Rest, ...]]
    on: Mapping[Section, tuple[Rest, ...]]


@lru_cache(maxsize=8)
def rests(index: Index, lang: str) -> Rests:
    """Return what every unit rests on, as its data and the text that readers of `lang` get say.

    A unit counts by its own text, without that of units inside it.
    """
    order = _order(index)
    found: dict[str, dict[Section, tuple[int, ...]]] = {}
    for unit, known in index.data.units.items():
        for citation in getattr(known, "sources", ()):
            _add(found, unit, (citation.source, citation.section), tuple(citation.pages))
    for unit in index.texts:
        text = index.text(unit, lang)
        for section in _cited(index, text) if text else ():
            _add(found, unit, section, ())
    of = {
        unit: tuple(
            Rest(unit, source, section, found[unit][source, section])
            for source, section in sorted(found[unit], key=lambda key: order.get(key, (len(order), 0)))
        )
        for unit in sorted(found, key=ids.sort_key)
    }
    on: dict[Section, list[Rest]] = {}
    for entries in of.values():
        for rest in entries:
            on.setdefault((rest.source, rest.section), []).append(rest)
    return Rests(of, {key: tuple(on[key]) for key in sorted(on, key=lambda key: order.get(key, (len(order), 0)))})


def _add(found: dict[str, dict[Section, tuple[int, ...]]], unit: str, section: Section, pages: tuple[int, ...]) -> None:
    known = found.setdefault(unit, {})
    known[section] = tuple(sorted({*known.get(section, ()), *pages}))


def _order(index: Index) -> dict[Section, tuple[int, int]]:
    order: dict[Section, tuple[int, int]] = {}
    for number, source in enumerate(index.data.of_kind("S")):
        order[source.id, None] = (number, -1)
        if isinstance(source, Source):
            order.update({(source.id, section.id): (number, place) for place, section in enumerate(source.sections)})
    return order


def _cited(index: Index, text: UnitText) -> Iterator[Section]:
    """Yield the citations of a unit's own lines; those of units inside it are theirs."""
    source = index.pages[text.lang][text.path]
    inner: set[int] = set()
    for heading, end in source.units():
        if text.line < heading.line < text.end:
            inner.update(range(heading.line, end))
    for number in range(text.line, text.end):
        position = number - source.first_line
        if number in inner or position in source.code or position >= len(source.lines):
            continue
        for match in _CITATION.finditer(source.lines[position]):
            if match[1] and match[1] in index.data.units:
                yield match[1], match[2]
