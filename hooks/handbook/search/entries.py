"""What the index holds of each unit: its text, where it stands, and hidden keywords from the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handbook import ids
from handbook.catalogue import cell
from handbook.index import Index, source_title
from handbook.model import AnyUnit, Barrier, Guideline, Initiative, Law, Measure, Source, Term
from handbook.navigation import sections
from handbook.search.documents import Document, Section
from handbook.search.readers_words import everybodys_words, readers_words
from handbook.text.context import page_url
from handbook.text.plain import plain

_FACTS = ("country", "owner", "status", "service_area", "ai_type", "function", "kind")


@dataclass(frozen=True)
class Entry:
    """A unit in the index of one language.

    Attributes:
        address: below the site's root, with its anchor.
        place: where it stands, for the reader: chapter or owner.
        names: hidden keywords that name this very unit: abbreviations, owners, original names of laws.
        asked: hidden words that readers may use for it.
        others: hidden keywords that may mean it: its titles in the other languages, English key words, its data.
    """

    unit: str
    address: str
    title: str
    kind: str
    place: str
    sections: tuple[Section, ...]
    names: tuple[str, ...]
    asked: tuple[str, ...]
    others: tuple[str, ...]


def entries(index: Index, lang: str, pages: Mapping[str, Iterable[Document]]) -> Iterator[Entry]:
    """Yield the entries of one language, in the order of the pages.

    Args:
        index: all texts.
        lang: the readers' language.
        pages: path below ``docs/<lang>/`` → the page's documents.
    """
    words = index.data.strings[lang]
    asked = readers_words(index.data, lang)
    common = everybodys_words(index.data)
    parts = {path: words.get(part.key, "") for part in sections(index.data.root) for path in part.paths}
    for path, documents in pages.items():
        for document in documents:
            known = index.data.units.get(document.unit)
            anchor = _anchor(index, document.unit, lang)
            yield Entry(
                document.unit,
                page_url(lang, path) + (f"#{anchor}" if anchor else ""),
                plain(index.title(document.unit, lang).text) if known else document.title,
                document.unit[:1] or "P",
                _place(index, lang, path, known, parts),
                tuple(s for s in document.sections if s.heading or s.blocks),
                tuple(_distinct(_names(index, lang, known))) if known else (),
                asked.get(document.unit, ()),
                tuple(_distinct((*_others(index, lang, known), *common.get(known.id, ())))) if known else (),
            )


def _anchor(index: Index, unit: str, lang: str) -> str | None:
    target = index.target(unit, lang) if unit else None
    return target.anchor if target else None


def _place(index: Index, lang: str, path: str, known: AnyUnit | None, parts: Mapping[str, str]) -> str:
    """Return what tells a reader where a unit stands: its chapter; for an initiative its owner and country."""
    if isinstance(known, Initiative):
        shown = ("owner", "country") if known.country else ("owner",)
        return ", ".join(cell(index, known, column, lang)[0] for column in shown)
    if isinstance(known, Guideline):
        return ""
    if isinstance(known, (Barrier, Measure, Term, Law, Source)):
        source = index.pages.get(lang, {}).get(path)
        if source and source.headings:
            return plain(source.headings[0].title)
    return parts.get(path, "")


def _distinct(texts: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(text for text in texts if text)


def _names(index: Index, lang: str, known: AnyUnit) -> Iterator[str]:
    if isinstance(known, Term):
        yield known.abbr.get(lang, "")
    elif isinstance(known, Initiative):
        yield cell(index, known, "owner", lang)[0]
        yield known.name
    elif isinstance(known, Law):
        yield known.name_original
    elif isinstance(known, Source):
        yield source_title(index.data, known, lang)
        yield known.author


def _others(index: Index, lang: str, known: AnyUnit) -> Iterator[str]:
    for code in index.data.codes:
        if code != lang and code in index.texts.get(known.id, {}):
            yield plain(index.texts[known.id][code].title)
    if isinstance(known, Term):
        yield from (name for code, name in known.names.items() if code != lang)
    if isinstance(known, (Guideline, Barrier, Measure)):
        yield known.key.replace("-", " ")
    elif isinstance(known, Initiative):
        yield known.slug.replace("-", " ")
        yield from (cell(index, known, column, lang)[0] for column in _FACTS)
    elif known.id[0] in ids.WORD_PREFIXES:
        yield known.id[2:].replace("-", " ")
    yield index.data.strings[lang].get(f"kind_one.{known.id[0]}", "")
