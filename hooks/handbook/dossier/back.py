"""What stands behind the chosen units: terms, sources, questions for the council, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from lxml.html import HtmlElement, builder

from handbook import ids
from handbook.collation import collation_key
from handbook.dossier.extract import join, parse, serialize
from handbook.index import GLOSSARY_PAGE, SOURCES_PAGE, Index
from handbook.language.finder import glossary_finder
from handbook.model import Source
from handbook.pdf import Page
from handbook.relations import relations_of
from handbook.text.context import PageContext
from handbook.text.generate import guideline_part
from handbook.text.plain import plain
from handbook.text.references import make_citation
from handbook.text.render import Renderer

_CODED = "GBMI"
"""Kinds of units with a short code; a word as code stands in the address, where there is room for it."""

QUESTIONS_PAGE = "P-council-questions"


BLOCKS = ("p", "li", "td", "dd")
"""Where running text stands; headings name things rather than use them."""


class Rendered(Protocol):
    """What this module needs of the rendered pages; `book.Pages` has it."""

    index: Index
    lang: str
    renderer: Renderer

    def context(self, path: str) -> PageContext:
        """Return what the text of a page knows of its place."""

    def unit(self, unit: str, level: int = 1) -> HtmlElement | None:
        """Return a unit that is part of a page."""


def terms(pages: Rendered, units: Sequence[str], bodies: Sequence[HtmlElement]) -> Page | None:
    """Return the glossary's entries of the terms that stand in `bodies`, in alphabetical order; None without any."""
    index, lang = pages.index, pages.lang
    held = _held(index, units)
    found = {unit for body in bodies for unit in _linked(body, "T")}
    finder = glossary_finder(index.data, lang)
    texts = [block.text_content() for body in bodies for block in body.iter(*BLOCKS)]
    found |= {mention.term for text in texts for mention in finder.find(text)}
    language = next(entry for entry in index.data.languages if entry.code == lang)
    key = collation_key(language.alphabet)
    wanted = sorted(found - held, key=lambda unit: key(plain(index.title(unit, lang).text)))
    entries = [_entry(body) for unit in wanted if (body := pages.unit(unit, level=2)) is not None]
    if not entries:
        return None
    words = index.data.strings[lang]
    body = join([_headed(words["pdf.kind_T"]), *entries])
    return Page(_path(index, GLOSSARY_PAGE), "", serialize(body), whole=False)


def _entry(body: HtmlElement) -> HtmlElement:
    """A term with its explanation: its forms and names in other languages serve writers, not councils."""
    for element in list(body):
        if (element.get("class") or "") in {"hb-facts", "hb-label"}:
            element.drop_tree()
    return body


def sources(pages: Rendered, units: Sequence[str], bodies: Sequence[HtmlElement]) -> Iterator[Page]:
    """Yield the list of the sources that `bodies` cite, with the sections that are cited."""
    index, lang = pages.index, pages.lang
    cited: dict[str, set[str]] = {unit: set() for unit in units if unit[0] == "S"}
    for link in (link for body in bodies for link in body.iter("a") if "hb-cite" in (link.get("class") or "")):
        cited.setdefault(link.get("data-unit", ""), set()).add(link.get("data-section", ""))
    known = [index.data.units[unit] for unit in sorted(cited, key=ids.sort_key) if unit not in _held(index, units)]
    reports = [unit for unit in known if isinstance(unit, Source) and unit.type == "report"]
    works = [unit for unit in known if isinstance(unit, Source) and unit.type == "work"]
    if not reports and not works:
        return
    words = index.data.strings[lang]
    path = _path(index, SOURCES_PAGE)
    body = _headed(words["pdf.kind_S"])
    for source in reports:
        body.extend(_report(pages.context(path), source, cited[source.id]))
    if works:
        body.append(builder.H2(words["sources.works"]))
        body.append(builder.UL(*(_work(pages.context(path), source) for source in works)))
    yield Page(path, "", serialize(body), whole=False)


def _report(context: PageContext, source: Source, sections: set[str]) -> Iterator[HtmlElement]:
    title, _ = context.title(source.id)
    yield builder.H2(title, id=ids.anchor_of(source.id))
    lang = {"lang": source.language} if source.language and source.language != context.lang else {}
    when = source.date.isoformat() if source.date else source.year
    said = [f"{source.author}: ", builder.E.cite(source.title)] if source.title else [source.author]
    said += [", " + source.publisher] if source.publisher and not source.title else []
    yield builder.P(builder.SPAN(*said, **lang), f" ({when}). {source.id}.")
    chosen = [section for section in source.sections if section.id in sections]
    if chosen:
        items = [f"{section.id} {section.title}" if section.id[0].isdigit() else section.title for section in chosen]
        yield builder.UL(*(builder.LI(item) for item in items), **lang)


def _work(context: PageContext, source: Source) -> HtmlElement:
    item = builder.LI(f"{source.id}: {source.author} ({source.year}). ", id=ids.anchor_of(source.id))
    for citation in source.cited_in:
        report = context.data.units.get(citation.source)
        if isinstance(report, Source):
            made = make_citation(context, report, citation.section)
            link = builder.A(made.text or "", **{str(name): str(value) for name, value in made.items()})
            item.append(builder.SPAN(context.word("sources.cited_in") + " ", link, " "))
    return item


def questions(pages: Rendered, units: Sequence[str]) -> Iterator[Page]:
    """Yield the guidelines' questions for the council: of those chosen, else of those that the units bear upon."""
    index = pages.index
    if QUESTIONS_PAGE in units:
        return
    chosen = [unit for unit in units if unit[0] == "G"] or _guidelines_of(index, units)
    path = _path(index, QUESTIONS_PAGE)
    bodies = [body for unit in chosen if (body := _asked(pages, unit, path)) is not None]
    if bodies:
        head = _headed(index.data.strings[pages.lang]["guideline.questions"])
        yield Page(path, "", serialize(join([head, *bodies])), whole=False)


def _asked(pages: Rendered, unit: str, path: str) -> HtmlElement | None:
    context = pages.context(path)
    lines = guideline_part(context, unit, "questions")
    if not lines:
        return None
    title, lang = context.title(unit)
    foreign = {"lang": lang} if lang != context.lang else {}
    body = parse(f"<div>{pages.renderer.html(context, chr(10).join(lines))}</div>")
    body.insert(0, builder.H2(f"{unit} {title}", **foreign))
    for name, value in foreign.items():
        body[1].set(name, value)
    return body


def _guidelines_of(index: Index, units: Sequence[str]) -> list[str]:
    """The guidelines that the units are related to, the most often related first; those that tie in their order."""
    met: dict[str, int] = {}
    for unit in units:
        for other in {link.other for link in relations_of(index.data).of(unit) if link.other[0] == "G"}:
            met[other] = met.get(other, 0) + 1
    return sorted(met, key=ids.sort_key)


def left_out(pages: Rendered, bodies: Iterable[HtmlElement]) -> Iterator[Page]:
    """Yield a table of the units that `bodies` refer to and that are not there, with their permanent addresses."""
    index, lang = pages.index, pages.lang
    there: set[str] = set()
    named: set[str] = set()
    for body in bodies:
        there |= {unit for element in body.iter() if (unit := ids.from_anchor(element.get("id") or ""))}
        named |= {unit for kind in "GBMILTP" for unit in _linked(body, kind)}
    words = index.data.strings[lang]
    rows = []
    for unit in sorted(named - there, key=ids.sort_key):
        title, spoken = pages.context("index.md").title(unit)
        address = f"{index.data.settings.address}{lang}/id/{unit}/"
        foreign = {"lang": spoken} if spoken != lang else {}
        # The address is the permanent one whatever the unit, so it is written out, not referred to.
        shown = address.partition("://")[2]
        code = unit if unit[0] in _CODED else ""
        row = [builder.E.th(title, scope="row", **foreign), builder.TD(builder.A(shown, href=address))]
        rows.append(builder.TR(builder.TD(code), *row))
    if not rows:
        return
    head = [builder.TH(words[key], scope="col") for key in ("pdf.index_id", "pdf.index_title", "print.web_address")]
    body = _headed(words["print.left_out"])
    body.append(builder.P(words["print.left_out_intro"]))
    table = builder.TABLE(builder.THEAD(builder.TR(*head)), builder.TBODY(*rows), {"class": "hb-wide"})
    body.append(table)
    yield Page("index.md", "", serialize(body), whole=False)


def _headed(title: str) -> HtmlElement:
    return builder.DIV(builder.H1(title))


def _linked(body: HtmlElement, kind: str) -> Iterator[str]:
    found = (link.get("data-unit") or "" for link in body.iter("a"))
    return (unit for unit in found if unit.startswith(kind + "-"))


def _held(index: Index, units: Sequence[str]) -> set[str]:
    """The units that the dossier has by being chosen: themselves, and those on pages chosen as a whole."""
    code = index.data.codes[0]
    paths = {text.path for unit in units if (text := index.text(unit, code)) and text.whole_page}
    inside = {unit for unit in index.data.units if (target := index.target(unit, code)) and target.path in paths}
    return inside | {unit for unit in units if unit[0] != "S"}


def _path(index: Index, unit: str) -> str:
    target = index.target(unit, index.data.codes[0])
    return target.path if target else "index.md"
