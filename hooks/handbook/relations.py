"""Relations between units, followed both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook import ids
from handbook.data import Data
from handbook.model import Relation


@dataclass(frozen=True)
class Link:
    """One relation seen from one of its ends.

    Attributes:
        other: the unit at the far end.
        outward: whether the relation leads from here to there.
    """

    other: str
    type: str
    outward: bool
    strength: str | None
    judgement: bool


class Relations:
    """All relations, by unit."""

    def __init__(self, relations: tuple[Relation, ...]) -> None:
        found: dict[str, list[Link]] = {}
        for relation in relations:
            for end in relation.to:
                out = Link(end, relation.type, True, relation.strength, relation.judgement)
                back = Link(relation.from_, relation.type, False, relation.strength, relation.judgement)
                found.setdefault(relation.from_, []).append(out)
                found.setdefault(end, []).append(back)
        order = {"direct": 0, None: 1, "partial": 2}
        self._found = {
            unit: sorted(links, key=lambda k: (k.type, not k.outward, order[k.strength], ids.sort_key(k.other)))
            for unit, links in found.items()
        }

    def of(self, unit: str) -> list[Link]:
        """Return a unit's links: by type, outward first, direct before partial, then by id."""
        return self._found.get(unit, [])


def relations_of(data: Data) -> Relations:
    """Return the relations of `data`, worked out once."""
    return data.once(_relations)


def _relations(data: Data) -> Relations:
    return Relations(tuple(relation for relation, _ in data.relations))


def related_to(data: Data, unit: str) -> Iterator[str]:
    """Yield the units that any relation joins to `unit`."""
    for link in relations_of(data).of(unit):
        yield link.other
