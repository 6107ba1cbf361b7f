"""Compares a unit's texts in the languages that stand at the same revision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping

from handbook.index import Index, UnitText
from handbook.problems import Problem
from handbook.text.structure import PageShape, UnitShape

Shapes = Mapping[str, Mapping[str, PageShape]]
"""Language → path → shape."""


def compare(index: Index, shapes: Shapes) -> Iterator[Problem]:
    """Yield a problem for each language whose text of a unit differs from the others' at equal revision.

    The yardstick is what most languages have; among equals, what the leading language has.
    """
    for unit, texts in index.texts.items():
        groups: dict[str, list[UnitText]] = {}
        for text in texts.values():
            groups.setdefault(str(text.rev), []).append(text)
        for group in groups.values():
            found = [(t, shapes[t.lang][t.path].units.get(unit)) for t in group if t.path in shapes.get(t.lang, {})]
            pairs = [(text, shape) for text, shape in found if shape is not None]
            if len(pairs) > 1:
                yield from _compare(unit, pairs)
    yield from compare_order(index)


def compare_order(index: Index) -> Iterator[Problem]:
    """Yield the first unit of a page that stands in another order than where most languages agree."""
    for path in index.expected_paths():
        orders = {lang: _order(index, lang, path) for lang in index.data.codes if path in index.pages.get(lang, {})}
        # Those that most agree with are right; where they are even, the first.
        agreeing = {
            lang: (sum(not _moved(order, other) for other in orders.values()), -position)
            for position, (lang, order) in enumerate(orders.items())
        }
        for lang, order in orders.items():
            better = [other for other in orders if agreeing[other] > agreeing[lang] and _moved(order, orders[other])]
            if better:
                witness = max(better, key=lambda other: agreeing[other])
                unit = str(_moved(order, orders[witness]))
                text = index.texts[unit][lang]
                yield Problem("compare-order", text.file, text.line, values={"id": unit, "other": witness})


def _moved(order: list[str], other: list[str]) -> str | None:
    """Return the first unit that stands in another order than in `other`, among the units that both have."""
    common = set(order) & set(other)
    pairs = zip((u for u in order if u in common), (u for u in other if u in common), strict=True)
    return next((mine for mine, theirs in pairs if mine != theirs), None)


def _order(index: Index, lang: str, path: str) -> list[str]:
    units = dict.fromkeys(heading.unit for heading, _ in index.pages[lang][path].units())
    return [unit for unit in units if unit and index.texts.get(unit, {}).get(lang)]


def _compare(unit: str, pairs: list[tuple[UnitText, UnitShape]]) -> Iterator[Problem]:
    yield from _differing(unit, pairs, "compare-structure", _outline, _outline_difference)
    yield from _differing(unit, pairs, "compare-references", _mentions, _set_difference)
    yield from _differing(unit, pairs, "compare-numbers", _numbers, _set_difference)


def _differing(
    unit: str,
    pairs: list[tuple[UnitText, UnitShape]],
    code: str,
    aspect: Callable[[UnitText, UnitShape], Hashable],
    describe: Callable[[Hashable, Hashable], str],
) -> Iterator[Problem]:
    values = [(text, aspect(text, shape)) for text, shape in pairs]
    counts = Counter(value for _, value in values)
    if len(counts) == 1:
        return
    leads = {value for text, value in values if text.lang == text.rev.lead}
    usual = max(counts, key=lambda value: (counts[value], value in leads))
    witness = next(text for text, value in values if value == usual)
    for text, value in values:
        if value != usual:
            what = describe(value, usual)
            place = {"id": unit, "other": witness.lang, "what": what}
            yield Problem(code, text.file, text.line, values=place)


def _outline(text: UnitText, shape: UnitShape) -> Hashable:
    return (f"h{text.level}", *shape.outline)


def _numbers(_text: UnitText, shape: UnitShape) -> Hashable:
    return frozenset(shape.numbers)


def _mentions(_text: UnitText, shape: UnitShape) -> Hashable:
    """Return what a unit refers to; what it refers to more often stands as often: ``B-32 (2)``."""
    return frozenset(
        name if number == 1 else f"{name} ({number})"
        for name, count in shape.mentions.items()
        for number in range(1, count + 1)
    )


def _set_difference(here: Hashable, there: Hashable) -> str:
    if not isinstance(here, frozenset) or not isinstance(there, frozenset):
        return ""
    parts = []
    if here - there:
        parts.append("only here " + ", ".join(sorted(here - there)))
    if there - here:
        parts.append("missing here " + ", ".join(sorted(there - here)))
    return "; ".join(parts)


def _outline_difference(here: Hashable, there: Hashable) -> str:
    if not isinstance(here, tuple) or not isinstance(there, tuple):
        return ""
    for position in range(max(len(here), len(there))):
        mine = here[position] if position < len(here) else "nothing"
        theirs = there[position] if position < len(there) else "nothing"
        if mine != theirs:
            return f"{f'part {position}' if position else 'its heading'} is {mine}, there {theirs}"
    return ""
