"""Which units somebody wants: ids and ranges as people write them, roles, phases, dimensions.

The order is that of the request: first what is named, as it is named; then each role's and phase's reading list in
reading order; then each dimension's barriers in the handbook's order. A unit comes once, where it is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handbook import ids
from handbook.data import Data
from handbook.data_checks import unknown_id
from handbook.index import Index
from handbook.model import Barrier

_SPLIT = re.compile(r"[,;\s]+")
_SPACED = re.compile(r"\s*(\.{2,}|…)\s*|(?<=[A-Za-z])\s+(?=\d)")
_RANGES = (
    re.compile(r"(?P<first>.+?)(?:\.{2,}|…|[–—])(?P<last>.+)\Z"),
    re.compile(r"(?P<first>[A-Za-z]-?\d+)-(?P<last>(?:[A-Za-z]-?)?\d+)\Z"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for; each part adds units.

    Attributes:
        only: ids and ranges, ``G-03,M-26..M-39``; small letters, missing zeros and hyphens are understood.
    """

    only: str = ""
    roles: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """The units chosen, in order, and what their reader should know about the choice."""

    units: tuple[str, ...]
    notes: tuple[str, ...] = ()


class SelectionError(ValueError):
    """The request can't be met; `reasons` has a line for each thing that is wrong with it."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = tuple(reasons)


def choose(index: Index, request: Request) -> Selection:
    """Return the units that `request` asks for, each once.

    Raises:
        SelectionError: an id, range or name is wrong, or nothing is chosen; every fault at once.
    """
    wrong: list[str] = []
    notes: list[str] = []
    asked = [
        *_named(index.data, request.only, wrong, notes),
        *_listed(index.data, "role", request.roles, wrong),
        *_listed(index.data, "phase", request.phases, wrong),
        *_dimensions(index.data, request.dimensions, wrong),
    ]
    wrong += [f"{unit} has no text in any language" for unit in asked if not _has_text(index, unit)]
    if wrong:
        raise SelectionError(list(dict.fromkeys(wrong)))
    units = _once(index, asked)
    if not units:
        raise SelectionError(["nothing is chosen: name at least one unit, for example --only G-03,M-26..M-39"])
    return Selection(units, tuple(notes))


def _named(data: Data, only: str, wrong: list[str], notes: list[str]) -> Iterator[str]:
    for part in filter(None, _SPLIT.split(_SPACED.sub(lambda m: ".." if m[1] else "", only))):
        ends = next((found for pattern in _RANGES if (found := pattern.match(part))), None)
        if ends is None:
            unit = _unit(data, part, wrong)
            if unit:
                yield unit
        else:
            yield from _range(data, part, ends["first"], ends["last"], wrong, notes)


def _unit(data: Data, text: str, wrong: list[str]) -> str | None:
    """Return the id that `text` is, or None after saying why it is none."""
    unit = text if ids.is_id(text) else ids.suggest_form(text)
    if unit is None:
        near = ids.closest(text, data.units)
        wrong.append(
            f"'{text}' is no id" + (f": did you mean '{near}'?" if near else ", for example G-03 or M-26..M-39")
        )
        return None
    problem = unknown_id(data, unit)
    if problem is None:
        return unit
    code, values = problem
    near = values.get("suggestion")
    if code == "ref-withdrawn":
        reason = f"{unit} was withdrawn in edition {values['since']}: {values['reason'].rstrip('.')}"
        wrong.append(reason + (f"; {near} replaces it" if near else "; nothing replaces it"))
    else:
        wrong.append(f"unknown id '{unit}'" + (f": did you mean '{near}'?" if near else ""))
    return None


def _range(data: Data, part: str, first_text: str, last_text: str, wrong: list[str], notes: list[str]) -> Iterable[str]:
    if last_text.isdigit():  # M-26..39
        last_text = first_text[:1] + "-" + last_text
    known = len(wrong)
    first, last = _unit(data, first_text, wrong), _unit(data, last_text, wrong)
    if first is None or last is None:
        wrong[known:] = [f"in the range '{part}': {reason}" for reason in wrong[known:]]
        return ()
    if first[0] != last[0]:
        wrong.append(f"the range '{part}' mixes kinds: it can't run from {first} to {last}")
        return ()
    if first[0] in ids.WORD_PREFIXES:
        wrong.append(f"the range '{part}' has no order: name each unit, {first},{last}")
        return ()
    if ids.sort_key(first) > ids.sort_key(last):
        wrong.append(f"the range '{part}' runs backwards: did you mean '{last}..{first}'?")
        return ()
    gone = [unit for unit in data.withdrawn if _between(first, unit, last)]
    notes += [f"{unit} was withdrawn in edition {data.withdrawn[unit].since}; it is left out" for unit in gone]
    return sorted((unit for unit in data.units if _between(first, unit, last)), key=ids.sort_key)


def _between(first: str, unit: str, last: str) -> bool:
    return unit[0] == first[0] and ids.sort_key(first) <= ids.sort_key(unit) <= ids.sort_key(last)


def _listed(data: Data, kind: str, codes: tuple[str, ...], wrong: list[str]) -> Iterator[str]:
    lists = data.reading.get(kind, {})
    for code in _codes(codes):
        if code in lists:
            yield from lists[code]
        else:
            wrong.append(_no_such(kind, code, tuple(lists)))


def _dimensions(data: Data, codes: tuple[str, ...], wrong: list[str]) -> Iterator[str]:
    known = data.vocabularies.dimension
    for code in _codes(codes):
        if code in known:
            yield from (u.id for u in data.of_kind("B") if isinstance(u, Barrier) and u.dimension == code)
        else:
            wrong.append(_no_such("dimension", code, known))


def _codes(values: tuple[str, ...]) -> list[str]:
    return [code for value in values for code in _SPLIT.split(value.strip()) if code]


def _no_such(kind: str, code: str, known: Sequence[str]) -> str:
    near = ids.closest(code, known)
    return f"unknown {kind} '{code}': " + (f"did you mean '{near}'?" if near else f"one of {', '.join(known)}")


def _has_text(index: Index, unit: str) -> bool:
    return unit[0] == "S" or index.text(unit, index.data.codes[0]) is not None


def _once(index: Index, asked: Sequence[str]) -> tuple[str, ...]:
    """Each unit once, and none beside the page that holds it when the whole page is chosen too."""
    wanted = dict.fromkeys(asked)
    pages = {path for unit in wanted if (path := whole_page(index, unit))}
    return tuple(unit for unit in wanted if whole_page(index, unit) or _path(index, unit) not in pages)


def whole_page(index: Index, unit: str) -> str | None:
    """Return the path of the page that `unit` is as a whole, or None for a unit that is part of a page."""
    text = index.text(unit, index.data.codes[0])
    return text.path if text is not None and text.whole_page else None


def _path(index: Index, unit: str) -> str | None:
    target = index.target(unit, index.data.codes[0])
    return target.path if target else None
