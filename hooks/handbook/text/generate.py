"""What the generated blocks put on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree as etree

from handbook import ids
from handbook.model import Guideline, Source
from handbook.text.blocks import UNIT_KINDS
from handbook.text.context import PageContext
from handbook.text.data_files import data_files
from handbook.text.drawing import bars, columns, steps
from handbook.text.elements import remark, scroll, sub
from handbook.text.health import health
from handbook.text.initiatives import initiatives
from handbook.text.matrix import dimension_matrix, gaps, whole
from handbook.text.overview import overview
from handbook.text.references import make_citation, make_reference
from handbook.text.source_list import sources
from handbook.text.takeaway import dossier, downloads

Generator = Callable[[PageContext, etree.Element, Mapping[str, Any]], bool]


def _reference(context: PageContext, parent: etree.Element, unit: str) -> etree.Element:
    link = make_reference(context, unit)
    parent.append(link)
    return link


def units(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """A table of units of one kind, with their ids; False when there are none."""
    prefix = UNIT_KINDS[str(options["type"])]
    chosen = [
        unit
        for unit in context.data.of_kind(prefix)
        if all(getattr(unit, k, None) == v for k, v in options.items() if k != "type")
        and context.index.text(unit.id, context.lang)
    ]
    if not chosen:
        return False
    caption = context.word(f"kinds.{prefix}")
    table = sub(scroll(parent, caption), "table", class_="hb-table hb-units", data_search_exclude="true")
    sub(table, "caption", f"{caption} ({len(chosen)})")
    head = sub(sub(table, "thead"), "tr")
    group = _grouping(prefix, options)
    for key in ("id", "title", *([group] if group else [])):
        sub(head, "th", context.word(f"field.{key}"), scope="col")
    body = sub(table, "tbody")
    for unit in chosen:
        row = sub(body, "tr")
        sub(row, "td", unit.id)
        _reference(context, sub(row, "th", scope="row"), unit.id)
        if group:
            sub(row, "td", context.word(f"{group}.{getattr(unit, group)}"))
    return True


def _grouping(prefix: str, options: Mapping[str, Any]) -> str | None:
    group = {"B": "dimension", "M": "theme"}.get(prefix)
    return None if group in options else group


def reading(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """The reading list of a role or a phase, in order; False when it is empty."""
    ((kind, code),) = options.items()
    chosen = [u for u in context.data.reading.get(kind, {}).get(str(code), ()) if context.link(u)]
    if not chosen:
        return False
    listing = sub(parent, "ol", class_="hb-reading", data_search_exclude="true")
    for unit in chosen:
        item = sub(listing, "li")
        _reference(context, item, unit)
        if unit[0] not in "PT":
            shown = "" if unit[0] in ids.WORD_PREFIXES else f" {unit}"
            remark(item, context.word("kind_one." + unit[0]) + shown)
    return True


def council_questions(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """Each guideline's questions for the council, taken from the guideline itself."""
    del options
    found = False
    for unit in context.data.of_kind("G"):
        if not isinstance(unit, Guideline):
            continue
        lines = guideline_part(context, unit.id, "questions")
        if not lines:
            continue
        found = True
        heading = sub(parent, "h2")
        text = sub(heading, "span", f"{unit.id} ")
        text.tail = ""
        _reference(context, heading, unit.id)
        box = sub(parent, "div", class_="hb-collected")
        box.text = "\n".join(lines)
        box.set("data-hb-markdown", "1")
    return found


def guideline_part(context: PageContext, unit: str, part: str) -> list[str]:
    """Return the Markdown lines of one part of a guideline, without the lines that open and close its blocks."""
    text = context.index.text(unit, context.lang)
    if text is None:
        return []
    source = context.index.pages[text.lang][text.path]
    wanted = context.data.strings.get(text.lang, {}).get(f"guideline.{part}")
    for position, heading in enumerate(source.headings):
        if heading.title != wanted or heading.level != text.level + 1:
            continue
        later = source.headings[position + 1 :]
        end = later[0].line if later else source.first_line + len(source.lines)
        lines = source.slice(heading.line + 1, end)
        return [line for line in lines if not line.startswith("///")]
    return []


def figure(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """A figure drawn from the data, its source, and the table behind it."""
    drawing = context.data.drawings.get(str(options["name"]))
    if drawing is None:  # what is wrong with it in the data is told there
        return False
    words = f"figure.{drawing.id}"
    rows = [
        (context.title(item.unit)[0] if item.unit else context.word(f"{words}.{item.key}"), item.value)
        for item in drawing.items
    ]
    box = sub(parent, "figure", class_="hb-figure", data_search_exclude="true")
    named = [context.word(f"{words}.{item.group}") for item in drawing.items if item.group]
    name, alternative = f"fig-{drawing.id}", context.word(f"{words}.alt")
    if named:
        box.append(columns(name, alternative, [(g, label) for g, (label, _) in zip(named, rows, strict=True)]))
    else:
        box.append((bars if drawing.kind == "bars" else steps)(name, alternative, rows))
    caption = sub(box, "figcaption", context.word(f"{words}.title") + " ")
    if drawing.inferred:
        sub(caption, "span", f"({context.word('facts.inferred')}) ")
    known = context.data.units.get(drawing.source.source)
    if isinstance(known, Source):
        caption.append(make_citation(context, known, drawing.source.section))
    values = named or [str(n) if value is None else f"{value}\u00a0%" for n, (_, value) in enumerate(rows, 1)]
    head = {"bars": "share", "steps": "order", "groups": "group"}[drawing.kind]
    cells = [(label, value) for (label, _), value in zip(rows, values, strict=True)]
    _figure_table(context, parent, cells, (f"{words}.title", f"figure.{head}"))
    return True


def _figure_table(
    context: PageContext, parent: etree.Element, cells: list[tuple[str, str]], words: tuple[str, str]
) -> None:
    """The table behind a figure; `words` are the keys of its title and of its second column."""
    title, second = words
    details = sub(parent, "details", class_="hb-figure-data")
    sub(details, "summary", context.word("figure.table"))
    table = sub(scroll(details, context.word(title)), "table", class_="hb-table")
    sub(table, "caption", context.word(title))
    head = sub(sub(table, "thead"), "tr")
    sub(head, "th", context.word("figure.what"), scope="col")
    sub(head, "th", context.word(second), scope="col")
    body = sub(table, "tbody")
    for label, value in cells:
        row = sub(body, "tr")
        sub(row, "th", label, scope="row")
        sub(row, "td", value)


GENERATORS: dict[str, Generator] = {
    "initiatives": initiatives,
    "units": units,
    "reading": reading,
    "figure": figure,
    "overview": overview,
    "sources": sources,
    "data-files": data_files,
    "council-questions": council_questions,
    "matrix": dimension_matrix,
    "whole": whole,
    "gaps": gaps,
    "health": health,
    "downloads": downloads,
    "dossier": dossier,
}
"""Block → what makes it; a generator returns False when there is nothing to show."""
