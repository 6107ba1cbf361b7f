"""What goes into a PDF edition, and what comes out: plain frozen data, no behaviour that needs a file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, Protocol

Paper = Literal["a4", "a5"]

STRING_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "language_name": "name of the language in itself, on the cover",
        "page_abbr": "abbreviation of 'page' before a number in references, e.g. 's.'",
        "contents": "heading of the table of contents",
        "terms_index": "heading of the register of terms",
        "terms_index_intro": "one sentence under that heading",
        "index": "heading of the register of units at the end",
        "index_intro": "one sentence under that heading",
        "index_id": "column head: identifier",
        "index_title": "column head: title",
        "index_page": "column head: page",
        "kind_G": "group of the index: guidelines",
        "kind_B": "group of the index: barriers",
        "kind_M": "group of the index: measures",
        "kind_I": "group of the index: initiatives",
        "kind_T": "group of the index: terms",
        "kind_L": "group of the index: laws, standards and strategies",
        "kind_S": "group of the index: sources",
        "kind_P": "group of the index: other pages",
        "edition": "the word before the edition's name",
        "date": "the word before the date",
        "date_format": "a full date, from {day}, {month} and {year}",
        **{f"month_{n}": f"name of month {n} as it stands in a full date" for n in range(1, 13)},
        "draft": "label on a cover whose text no native speaker has reviewed",
        "publisher": "the word before the publisher's name",
        "publisher_blank": "in the place left open for a publisher",
        "colophon": "heading of the colophon page",
        "licence": "the word before the licence",
        "authority": "the word before the authority label",
        "address": "the words before the permanent address",
        "refs_note": "how references work in print; {example} is replaced by a sample web address",
        "resolution": "heading of the page for the council's decision",
        "resolution_text": "label above the empty lines for the proposed resolution",
        "signature": "label under a line: signature",
        "place_date": "label under a line: place and date",
        "resolution_sample": "where a sample resolution stands; {address} is replaced by its web address",
        "qr_alternative": "alternative of a chapter's QR code; {address} is replaced by its web address",
        "qr_label": "beside a chapter's QR code, over its web address",
        "print_only": "in the title of a booklet, which has no tags: for printing only",
        "contains": "over the list of a dossier's units on its cover",
        "excerpt_colophon": "heading of a dossier's colophon",
        "excerpt_refs_note": "how references work in a dossier; {example} is replaced by a sample web address",
    }
)
"""Every key that must be in ``Book.strings``, with what it says in English."""


class Place(Protocol):
    """Where a term stands in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def term(self) -> str:
        """The term's id."""


class TermFinder(Protocol):
    """Finds the glossary's terms in running text."""

    def find(self, text: str) -> Iterator[Place]:
        """Yield the terms in ``text``, in order."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    Attributes:
        path: its address below the language, e.g. ``barriers/law.md``; relative links start here.
        unit: the unit that the page itself is, e.g. ``P-law`` or ``G-03``.
        html: the body as Python-Markdown makes it.
        level: the depth in the book at which its ``h1`` stands (1 = chapter, 2 = page of a part).
        whole: whether this is all of the page; links to what is left out of it lead to the web.
        flows: at level 1, whether it follows the page before it on the same sheet.
    """

    path: str
    unit: str
    html: str
    level: int = 1
    whole: bool = True
    flows: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Pages in their order, under a part title or (``None``) without one."""

    title: str | None
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All that one edition in one language consists of.

    Attributes:
        language: language tag, e.g. ``nb``.
        address: the site's root with a slash at its end.
        publisher: the publisher's name, or ``None`` for an open line on the cover.
        strings: interface words, see ``STRING_KEYS``.
        unit_titles: unit id → title, for *all* units, in this book or not.
        source_lines: unit id → file and line of its text, for error messages.
        draft: whether the cover carries the draft label.
        chosen: the units of a dossier, in order, for its cover; none for a whole edition.
        terms: finds what the register of terms lists; ``None`` for a book without one.
    """

    language: str
    title: str
    subtitle: str
    edition: str
    date: datetime.date
    authority_label: str
    licence: str
    address: str
    publisher: str | None
    strings: Mapping[str, str]
    parts: tuple[Part, ...]
    unit_titles: Mapping[str, str]
    source_lines: Mapping[str, tuple[str, int]]
    draft: bool = True
    chosen: tuple[str, ...] = ()
    terms: TermFinder | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How the edition is set, and which matter around the text goes in.

    Attributes:
        paper: ``a4`` or ``a5``.
        base_size: size of the text in points; ``None`` is 10.5 on A4, 9.5 on A5. 16 is large print.
        contents_depth: how many levels of headings the contents list.
        resolution: a page for the proposed resolution and signatures, in a council's dossier.
        keywords: keywords in the document's metadata.
        assets: folder that stands for the language's own folder when an ``<img>`` is resolved.
    """

    paper: Paper = "a4"
    base_size: float | None = None
    cover: bool = True
    colophon: bool = True
    contents: bool = True
    contents_depth: int = 2
    index: bool = True
    resolution: bool = False
    keywords: tuple[str, ...] = ()
    assets: Path | None = None

    @property
    def size(self) -> float:
        """The size of the text in points."""
        return self.base_size or (10.5 if self.paper == "a4" else 9.5)


@dataclass(slots=True)
class Expected:
    """What the finished PDF must contain, counted while the text is converted.

    Attributes:
        headings: level → number.
        row_headers: for each table in order, the cells that are heads of their row, as (row, cell).
        boxes: for each block quotation in order, ``""`` or the kind of the admonition that it stands for.
        languages: those of passages that are not in the book's language, as primary tags.
    """

    language: str
    title: str
    headings: dict[int, int] = field(default_factory=dict)
    tables: int = 0
    header_cells: int = 0
    lists: int = 0
    figures: int = 0
    notes: int = 0
    links: int = 0
    row_headers: list[frozenset[tuple[int, int]]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class PdfReport:
    """What was written: file, pages, bytes, seconds, and the counts that it was verified against."""

    path: Path
    pages: int
    size: int
    seconds: float
    expected: Expected


class PdfError(Exception):
    """The edition cannot be made.

    Attributes:
        problem: what is wrong, in one line.
        unit: the unit in whose text it is, or ``""``.
        file: the file of that text, or ``""``.
        line: the line in it, or 0.
        hint: what to do about it, or ``""``.
    """

    def __init__(self, problem: str, *, unit: str = "", file: str = "", line: int = 0, hint: str = "") -> None:
        self.problem = problem
        self.unit = unit
        self.file = file
        self.line = line
        self.hint = hint
        place = f"{file}:{line}: " if line else f"{file}: " if file else ""
        where = f" (in {unit})" if unit else ""
        super().__init__(f"{place}{problem}{where}" + (f"\n  hint: {hint}" if hint else ""))
