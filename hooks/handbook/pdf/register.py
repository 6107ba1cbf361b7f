"""The registers at the end of an edition: where each unit begins, and where each term of the glossary is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from handbook.pdf.context import Context
from handbook.pdf.literal import block, call, string
from handbook.pdf.postpass import INDEX
from handbook.pdf.tables import index_table

_KINDS = "GBMILSP"
_BY_TITLE = frozenset("LP")  # units whose id is a word: they are looked up by their title
_TERMS = "T"
_OFTEN = 12
"""A term that more units than this use is listed only where its author marked it: all pages would help nobody."""


def registers(ctx: Context) -> list[str]:
    """Typst code of both registers; nothing where the book has no units."""
    if not ctx.plan.units:
        return []
    return [*_terms(ctx), *_units(ctx)]


def _terms(ctx: Context) -> Iterable[str]:
    units = [unit for unit in ctx.plan.units if unit[0] == _TERMS]
    if not units:
        return
    strings = ctx.book.strings
    ctx.count_heading(1, strings["terms_index"])
    yield call("hb-index-heading", string(strings["terms_index"]), string(strings["terms_index_intro"]))
    ctx.expected.boxes.append(INDEX)
    names = sorted(units, key=lambda unit: ctx.language.sort_key(_title(ctx, unit)))
    groups = []
    for _, group in groupby(names, key=lambda unit: ctx.language.sort_key(_title(ctx, unit))[0]):
        ctx.expected.lists += 1
        groups.append(call("hb-term-list", *(_term(ctx, unit) for unit in group)))
    yield call("hb-term-index", block(groups))


def _term(ctx: Context, unit: str) -> str:
    uses = ctx.uses.get(unit, [])
    if len(uses) > _OFTEN:
        uses = [use for use in uses if use.marked]
    labels = "(" + "".join(f"label({string(use.label)}), " for use in uses) + ")"
    return call("hb-term", string(_title(ctx, unit)), string(unit), _label(ctx, unit), labels)


def _units(ctx: Context) -> Iterable[str]:
    strings = ctx.book.strings
    ctx.count_heading(1, strings["index"])
    yield call("hb-index-heading", string(strings["index"]), string(strings["index_intro"]))
    groups = []
    for kind in _KINDS:
        units = [unit for unit in ctx.plan.units if unit[0] == kind]
        if kind in _BY_TITLE:
            units.sort(key=lambda unit: ctx.language.sort_key(_title(ctx, unit)))
        if units:
            groups.append(_group(ctx, kind, units))
    yield call("hb-index", block(groups))


def _group(ctx: Context, kind: str, units: Sequence[str]) -> str:
    strings, expected = ctx.book.strings, ctx.expected
    title = strings[f"kind_{kind}"]
    ctx.count_heading(2, title)
    by_title = kind in _BY_TITLE
    heads = [strings[key] for key in (("index_title",) if by_title else ("index_id", "index_title"))]
    heads.append(strings["index_page"])
    expected.tables += 1
    expected.header_cells += len(heads)
    expected.row_headers.append(frozenset())
    expected.links += len(units)
    rows = [[*([] if by_title else [string(unit)]), _entry(ctx, unit), _page(ctx, unit)] for unit in units]
    heading = call("heading", string(title), level="2", outlined="false", bookmarked="true")
    return heading + "\n" + index_table(heads, rows)


def _entry(ctx: Context, unit: str) -> str:
    link = call("link", _label(ctx, unit), call("hb-keep", string(_title(ctx, unit))))
    return block([link, call("hb-index-id", string(unit))]) if unit[0] == "L" else link


def _page(ctx: Context, unit: str) -> str:
    return call("hb-number", _label(ctx, unit))


def _label(ctx: Context, unit: str) -> str:
    return call("label", string(ctx.plan.units[unit]))


def _title(ctx: Context, unit: str) -> str:
    return ctx.book.unit_titles.get(unit, unit)
