"""How the languages of a unit stand to each other: current, behind, missing, in conflict."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from handbook import ids
from handbook.index import Index
from handbook.problems import Problem


class State(Enum):
    """One language's text of one unit, against the highest revision there is."""

    CURRENT = "current"
    BEHIND = "behind"
    MISSING = "missing"
    CONFLICT = "conflict"


def revisions(index: Index, unit: str) -> dict[str, ids.Rev]:
    """Return the unit's revision in each language that has it."""
    return {lang: text.rev for lang, text in index.texts.get(unit, {}).items()}


def state_of(index: Index, unit: str, lang: str) -> State:
    """Return how the text of `unit` in `lang` stands."""
    revs = revisions(index, unit)
    if lang not in revs:
        return State.MISSING
    top = max(rev.number for rev in revs.values())
    if revs[lang].number < top:
        return State.BEHIND
    if len({rev.lead for rev in revs.values() if rev.number == top}) > 1:
        return State.CONFLICT
    return State.CURRENT


def conflicts(index: Index) -> Iterator[Problem]:
    """Yield a problem for each text whose revision has the same number as another's but another lead.

    Lower numbers count too: ``3sv`` and ``3da`` mean that two different third revisions were made.
    """
    for unit, texts in index.texts.items():
        leads: dict[int, dict[str, list[str]]] = {}
        for lang, text in texts.items():
            if text.rev.lead not in index.data.codes:
                continue  # that is a problem by itself
            leads.setdefault(text.rev.number, {}).setdefault(text.rev.lead, []).append(lang)
        for number, by_lead in leads.items():
            if len(by_lead) < 2:
                continue
            shown = ", ".join(f"{number}{lead} ({' '.join(langs)})" for lead, langs in sorted(by_lead.items()))
            for langs in by_lead.values():
                for lang in langs:
                    text = texts[lang]
                    yield Problem("rev-conflict", text.file, text.line, values={"id": unit, "revs": shown})


def unled(index: Index) -> Iterator[Problem]:
    """Yield a problem for each text that follows a revision which the language that it names has not made."""
    for unit, texts in index.texts.items():
        for text in texts.values():
            leader = texts.get(text.rev.lead)
            if leader is not None and leader.rev.number < text.rev.number:
                values = {"id": unit, "rev": str(text.rev), "lead": text.rev.lead, "found": str(leader.rev)}
                yield Problem("rev-lead", text.file, text.line, values=values)


def pending(index: Index) -> Iterator[tuple[str, str, State]]:
    """Yield (unit, language, state) for all that is not current, in order of ids and languages."""
    for unit in index.texts:
        for lang in index.data.codes:
            state = state_of(index, unit, lang)
            if state is not State.CURRENT:
                yield unit, lang, state
