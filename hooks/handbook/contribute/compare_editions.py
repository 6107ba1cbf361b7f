"""What changed between two editions, unit by unit: from the data that the handbook publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handbook import ids

Relation = tuple[str, str, str]
"""From, type, to."""


@dataclass(frozen=True)
class Title:
    """A unit's title as it was in one edition, and its revision in the language asked for, if it has a text in it."""

    text: str
    rev: str | None


@dataclass(frozen=True)
class How:
    """What is said of a relation: direct or partial, and whether it is the handbook's own judgement."""

    strength: str | None
    judgement: bool


@dataclass(frozen=True)
class Edition:
    """What comparing needs to know of an edition, in one language.

    Attributes:
        name: the edition's, or that of the revision it was read from.
        units: id → title and revision.
        withdrawn: id → tombstone, as published.
        relations: each, and how it is.
    """

    name: str
    units: Mapping[str, Title]
    withdrawn: Mapping[str, Mapping[str, Any]]
    relations: Mapping[Relation, How]


@dataclass(frozen=True)
class Entry:
    """One change of one unit; what does not apply is None."""

    id: str
    title: str
    old: str | None = None
    new: str | None = None
    reason: str | None = None
    replaced_by: str | None = None


@dataclass(frozen=True)
class RelationChange:
    """A relation that came, went or changed its kind: what it was, what it is."""

    start: str
    type: str
    end: str
    old: How | None
    new: How | None


@dataclass
class Differences:
    """All that changed, each list in the order of ids."""

    old: str
    new: str
    added: list[Entry] = field(default_factory=list)
    withdrawn: list[Entry] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    revised: list[Entry] = field(default_factory=list)
    translated: list[Entry] = field(default_factory=list)
    retitled: list[Entry] = field(default_factory=list)
    relations: list[RelationChange] = field(default_factory=list)

    def any(self) -> bool:
        """Tell whether there is any change."""
        return any(getattr(self, name) for name in (*KINDS, "relations"))


KINDS = ("added", "withdrawn", "gone", "revised", "translated", "retitled")
"""Kinds of change of a unit, in the order in which they are told."""


def read_edition(content: Mapping[str, Any], lang: str, name: str = "") -> Edition:
    """Return an edition of the data published as ``handbook.json``.

    Args:
        content: the file's.
        lang: the language whose titles and revisions count.
        name: what to call it; else the edition's own name.

    Raises:
        KeyError, TypeError, AttributeError: the content is not of that form.
    """
    units: dict[str, Title] = {}
    relations: dict[Relation, How] = {}
    for unit in content["units"]:
        text = unit["texts"].get(lang) or next(iter(unit["texts"].values()), {"title": unit["id"], "rev": None})
        own = unit["texts"].get(lang, {}).get("rev")
        units[unit["id"]] = Title(str(text["title"]), own)
        for link in unit["relations"]:
            if link["direction"] == "to":
                relations[unit["id"], link["type"], link["unit"]] = How(link["strength"], bool(link["judgement"]))
    withdrawn = {stone["id"]: stone for stone in content["withdrawn"]}
    return Edition(name or str(content["edition"]), units, withdrawn, relations)


def compare(old: Edition, new: Edition) -> Differences:
    """Return what changed from one edition to another."""
    found = Differences(old.name, new.name)
    for unit in sorted(old.units.keys() | new.units.keys(), key=ids.sort_key):
        before, after = old.units.get(unit), new.units.get(unit)
        if before is None and after is not None:
            found.added.append(Entry(unit, after.text, new=after.rev))
        elif after is None and before is not None:
            _left(found, new, unit, before)
        elif before is not None and after is not None:
            _changed(found, unit, before, after)
    for key in sorted(old.relations.keys() | new.relations.keys(), key=_relation_key):
        was, now = old.relations.get(key), new.relations.get(key)
        if was != now:
            found.relations.append(RelationChange(*key, was, now))
    return found


def _left(found: Differences, new: Edition, unit: str, before: Title) -> None:
    stone = new.withdrawn.get(unit)
    if stone is None:
        found.gone.append(Entry(unit, before.text, old=before.rev))
        return
    found.withdrawn.append(
        Entry(unit, before.text, old=before.rev, reason=stone.get("reason"), replaced_by=stone.get("replaced_by"))
    )


def _changed(found: Differences, unit: str, before: Title, after: Title) -> None:
    if before.rev != after.rev:
        kind = found.translated if before.rev is None else found.revised
        kind.append(Entry(unit, after.text, old=before.rev, new=after.rev))
    if before.text != after.text and before.rev is not None:
        found.retitled.append(Entry(unit, after.text, old=before.text, new=after.text))


def _relation_key(key: Relation) -> tuple[str, Any, Any]:
    start, kind, end = key
    return kind, ids.sort_key(start), ids.sort_key(end)
