"""The matrix of a dimension, the overview of all dimensions, and the list of gaps, as blocks of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as etree

from markdown.util import AtomicString

from handbook.index import Target
from handbook.matrix import Entry, Matrix, Row, matrix
from handbook.model import Barrier
from handbook.text.context import PageContext
from handbook.text.elements import after, remark, sub
from handbook.text.references import make_reference

ANCHOR = "matrix"
GAP = "○"
NOTHING = "–"
OTHERS = "others"


def column_anchor(guideline: str) -> str:
    """Return the HTML id of the first barrier's cell in a guideline's column of a chapter's matrix."""
    return f"{ANCHOR}-{guideline.lower()}"


def dimension_matrix(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """The barriers of one dimension against the guidelines, with the measures in the cells."""
    dimension = str(options["dimension"])
    found = matrix(context.data, dimension)
    if not found.rows:
        return False
    sub(parent, "p", _explanation(context, found), class_="hb-matrix-how")
    _legend(context, parent, "matrix.guidelines", found.guidelines)
    caption = context.phrase("matrix.caption", dimension=context.word(f"dimension.{dimension}"))
    table = _table(parent, caption, "hb-matrix-table")
    table.set("id", ANCHOR)
    _head(context, table, found)
    body = sub(table, "tbody")
    for row in found.rows:
        _row(context, body, row, found)
    _legend(context, parent, "matrix.absent", found.absent)
    measures = sub(parent, "details", class_="hb-matrix-measures", data_search_exclude="true")
    sub(measures, "summary", f"{context.word('matrix.measures')} ({len(found.measures)})")
    _references(context, sub(measures, "ul"), found.measures)
    return True


def _explanation(context: PageContext, found: Matrix) -> str:
    entries = [entry for row in found.rows for entry in row.entries]
    sentences = ["matrix.how"]
    sentences += ["matrix.partial"] if any(entry.partial for entry in entries) else []
    sentences += ["matrix.gap"] if any(row.gaps for row in found.rows) else []
    if found.judgement:
        sentences.append("matrix.judgement")
    elif any(entry.judgement for entry in entries):
        sentences.append("matrix.judged")
    return " ".join(context.word(key) for key in sentences)


def _table(parent: etree.Element, caption: str, class_: str) -> etree.Element:
    """A table that becomes a stack of cards on a narrow screen; in between it scrolls, by keyboard too."""
    place = sub(parent, "div", class_="hb-scroll", role="region", aria_label=caption, tabindex="0")
    table = sub(place, "table", class_=f"hb-table hb-cards {class_}", data_search_exclude="true")
    sub(table, "caption", caption)
    return table


def _head(context: PageContext, table: etree.Element, found: Matrix) -> None:
    head = sub(sub(table, "thead"), "tr")
    sub(head, "th", context.word("matrix.barrier"), scope="col")
    for guideline in found.guidelines:
        _guideline_head(context, head, guideline)
    sub(head, "th", context.word("matrix.others"), scope="col")


def _guideline_head(context: PageContext, head: etree.Element, guideline: str) -> None:
    """The id leads to the guideline; its title is there for those who hear the table. Print shows the id alone."""
    _short(context, sub(head, "th", scope="col"), guideline)


def _short(context: PageContext, parent: etree.Element, unit: str) -> etree.Element:
    """A link that shows the unit's id; its title follows where there is room for it, and for those who hear it."""
    title, lang = context.title(unit)
    link = sub(parent, "a", unit, class_="hb-short", href=context.link(unit) or "", title=title)
    sub(link, "span", f" {title}", class_="hb-short-title hb-web-only", lang="" if lang == context.lang else lang)
    return link


def _row(context: PageContext, body: etree.Element, row: Row, found: Matrix) -> None:
    line = sub(body, "tr")
    head = sub(line, "th", scope="row")
    link = sub(head, "a", f"{row.barrier} {context.title(row.barrier)[0]}", href=context.link(row.barrier) or "")
    lang = context.title(row.barrier)[1]
    if lang != context.lang:
        link.set("lang", lang)
    for guideline in found.guidelines:
        label = f"{guideline} {context.title(guideline)[0]}"
        cell = sub(line, "td", data_label=label)
        if guideline in row.cells:
            _entries(context, cell, row.cells[guideline], found)
            if not row.cells[guideline]:
                _gap(context, cell)
            if row is found.answered(guideline)[0]:
                cell[0].set("id", column_anchor(guideline))
    _entries(context, sub(line, "td", data_label=context.word("matrix.others")), row.others, found)


def _entries(context: PageContext, cell: etree.Element, entries: Iterable[Entry], found: Matrix) -> None:
    for entry in entries:
        # One line each; the line break also keeps them apart in print.
        if len(cell):
            sub(cell, "br")
        place = sub(cell, "span", "(" if entry.partial else "", class_="hb-entry")
        link = _short(context, place, entry.measure)
        mark = "" if found.judgement or not entry.judgement else "*"
        after(link, mark + (")" if entry.partial else ""))


def _gap(context: PageContext, cell: etree.Element) -> None:
    sub(cell, "span", GAP, class_="hb-gap", aria_hidden="true")
    sub(cell, "span", context.word("matrix.no_measure"), class_="hb-short-title hb-web-only")


def _legend(context: PageContext, parent: etree.Element, key: str, chosen: Iterable[str]) -> None:
    """What the ids in the head stand for."""
    units = list(chosen)
    if not units:
        return
    class_ = f"hb-legend hb-legend-{key.rpartition('.')[2]}"
    line = sub(parent, "p", f"{context.word(key)} ", class_=class_, data_search_exclude="true")
    for number, unit in enumerate(units):
        link = make_reference(context, unit)
        sub(line, "span", f"{unit} ", class_="hb-web-only hb-id")
        line.append(link)
        after(link, ". " if number == len(units) - 1 else "; ")


def _references(context: PageContext, listing: etree.Element, chosen: Iterable[str]) -> None:
    """Units with id and title; print puts the id and the page behind the title by itself."""
    for unit in chosen:
        item = sub(listing, "li")
        sub(item, "span", f"{unit} ", class_="hb-web-only hb-id")
        item.append(make_reference(context, unit))


def whole(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """How many barriers of each dimension each guideline answers, with links to the chapters' matrices."""
    del options
    whole = matrix(context.data)
    if not whole.rows:
        return False
    guidelines = [unit.id for unit in context.data.of_kind("G")]
    sub(parent, "p", context.word("whole.how"), class_="hb-matrix-how")
    _legend(context, parent, "matrix.guidelines", guidelines)
    table = _table(parent, context.word("whole.caption"), "hb-overview-table")
    head = sub(sub(table, "thead"), "tr")
    sub(head, "th", context.word("field.dimension"), scope="col")
    for guideline in guidelines:
        _guideline_head(context, head, guideline)
    sub(head, "th", context.word("whole.total"), scope="col")
    body = sub(table, "tbody")
    for dimension in context.data.vocabularies.dimension:
        found = matrix(context.data, dimension)
        if found.rows:
            _count_row(context, body, (context.word(f"dimension.{dimension}"), found), _chapter(context, found))
    _count_row(context, body, (context.word("whole.all"), whole), None)
    return True


def _count_row(context: PageContext, body: etree.Element, named: tuple[str, Matrix], chapter: str | None) -> None:
    name, found = named
    line = sub(body, "tr")
    head = sub(line, "th", scope="row")
    if chapter:
        sub(head, "a", name, href=context.link_to(Target(chapter, ANCHOR)))
    else:
        head.text = AtomicString(name)
    for unit in context.data.of_kind("G"):
        rows = found.answered(unit.id)
        cell = sub(line, "td", data_label=f"{unit.id} {context.title(unit.id)[0]}")
        if not rows:
            sub(cell, "span", NOTHING, class_="hb-none")
            continue
        if chapter:
            sub(cell, "a", str(len(rows)), href=context.link_to(Target(chapter, column_anchor(unit.id))))
        else:
            sub(cell, "span", str(len(rows)))
        gaps = sum(unit.id in row.gaps for row in rows)
        if gaps:
            sub(cell, "span", f" {GAP}\u00a0{gaps}", class_="hb-gap")
    sub(line, "td", str(len(found.rows)), data_label=context.word("whole.total"))


def _chapter(context: PageContext, found: Matrix) -> str | None:
    """Return the page on which the barriers of a matrix stand, if it has their matrix."""
    for row in found.rows:
        target = context.index.target(row.barrier, context.lang)
        if target is None:
            continue
        text = context.index.text(row.barrier, context.lang)
        source = context.index.pages[text.lang][target.path] if text else None
        known = context.data.units[row.barrier]
        dimension = known.dimension if isinstance(known, Barrier) else ""
        uses = source.blocks if source else ()
        if any(use.name == ANCHOR and use.options.get("dimension") == dimension for use in uses):
            return target.path
    return None


def gaps(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """Where guidelines, barriers and measures don't meet."""
    del options
    rows = matrix(context.data).rows
    if not rows:
        return False
    missing = [(guideline, row.barrier) for row in rows for guideline in row.gaps]
    if missing:
        sub(parent, "p", f"{context.word('gaps.both')} ({len(missing)})", class_="hb-related-kind")
        listing = sub(parent, "ul")
        for guideline in dict.fromkeys(sorted(guideline for guideline, _ in missing)):
            item = sub(listing, "li")
            item.append(make_reference(context, guideline))
            remark(item, guideline, "hb-web-only")
            _references(context, sub(item, "ul"), [b for g, b in missing if g == guideline])
    idle = [u.id for u in context.data.of_kind("M") if not any(u.id == e.measure for r in rows for e in r.entries)]
    _gap_list(context, parent, "gaps.none", [row.barrier for row in rows if not row.entries])
    _gap_list(context, parent, "gaps.unanswered", [row.barrier for row in rows if not row.cells])
    _gap_list(context, parent, "gaps.idle", idle)
    partial = [row.barrier for row in rows if row.entries and all(entry.partial for entry in row.entries)]
    _gap_list(context, parent, "gaps.partial", partial)
    if not len(parent):
        sub(parent, "p", context.word("gaps.nothing"))
    return True


def _gap_list(context: PageContext, parent: etree.Element, key: str, units: list[str]) -> None:
    if units:
        sub(parent, "p", f"{context.word(key)} ({len(units)})", class_="hb-related-kind")
        _references(context, sub(parent, "ul"), units)
