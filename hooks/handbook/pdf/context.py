"""What a converter knows while it walks: where it is, what it has counted, how it fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from lxml.html import HtmlElement

from handbook.pdf import languages
from handbook.pdf.languages import Language
from handbook.pdf.model import Book, Expected, Options, Page, PdfError
from handbook.pdf.plan import Plan, location


@dataclass(slots=True)
class Use:
    """A term's use in a unit: the label that marks its place, and whether the author marked it as a term."""

    place: tuple[int, str]
    label: str
    marked: bool


@dataclass(slots=True)
class Context:
    """The state of one conversion.

    Attributes:
        language: that of the book.
        spoken: that of the text being converted.
        page: the page being converted.
        unit: the unit whose text is being converted.
        notes: footnote id → its ``li``, of the page being converted.
        notes_set: footnotes of this page that have already been set once, and their labels.
        in_heading: whether text goes into a heading or the head of a table, where links and notes have no place.
        in_table: whether text goes into a table.
        longest: level of heading → the longest word in such headings, which must fit on a line.
        uses: term → where it is used, once a unit, for the register.
    """

    book: Book
    options: Options
    plan: Plan
    language: Language
    spoken: Language
    expected: Expected
    page: Page
    unit: str
    page_number: int = 0
    level: int = 0
    notes: dict[str, HtmlElement] = field(default_factory=dict)
    notes_set: dict[str, str] = field(default_factory=dict)
    in_heading: bool = False
    in_table: bool = False
    longest: dict[int, str] = field(default_factory=dict)
    used: int = 0
    known: dict[str, Language] = field(default_factory=dict)
    uses: dict[str, list[Use]] = field(default_factory=dict)

    def use(self, term: str, *, marked: bool) -> str:
        """The label to set where ``term`` is used, or ``""`` where the register needs none.

        Headings, tables and the glossary itself are not listed; a unit is listed once, where the author marked the
        term, else where it first stands.
        """
        if self.book.terms is None or self.in_heading or self.in_table or self.unit.startswith("T-"):
            return ""
        uses = self.uses.setdefault(term, [])
        place = (self.page_number, self.unit)
        known = next((use for use in reversed(uses) if use.place == place), None)
        if known is not None and (known.marked or not marked):
            return ""
        if known is not None:
            uses.remove(known)
        self.used += 1
        uses.append(Use(place, f"t:{self.used}", marked))
        return uses[-1].label

    @contextmanager
    def speaking(self, tag: str | None) -> Iterator[None]:
        """Take words for those of the language ``tag``, e.g. ``sv-FI``, meanwhile; ``None`` changes nothing."""
        before = self.spoken
        if tag:
            code = tag.partition("-")[0].lower()
            if code != self.book.language:
                self.expected.languages.add(code)
            self.known[code] = self.known.get(code) or languages.load(code)
            self.spoken = self.known[code]
        try:
            yield
        finally:
            self.spoken = before

    def count_heading(self, level: int, title: str, *, bookmarked: bool = True) -> None:
        """Note that the PDF gets this heading."""
        self.expected.headings[level] = self.expected.headings.get(level, 0) + 1
        if bookmarked:
            self.expected.bookmarks.append(title)
        self.longest[level] = max([self.longest.get(level, ""), *title.split()], key=len)

    def error(self, problem: str, hint: str = "") -> PdfError:
        """A ``PdfError`` that says in which unit, file and line the text stands."""
        file, line = location(self.book, self.unit, self.page)
        return PdfError(problem, unit=self.unit, file=file, line=line, hint=hint)


class Walk(Protocol):
    """How the parts of the converter call one another."""

    @property
    def ctx(self) -> Context:
        """The state of the conversion."""

    def inline(self, element: HtmlElement) -> str:
        """The inline content of ``element``, as one Typst expression."""

    def flow(self, element: HtmlElement, *, tight: bool = False, skip: Iterable[HtmlElement] = ()) -> str:
        """The content of ``element`` without the children ``skip``, as one Typst expression."""

    def block(self, element: HtmlElement) -> str:
        """One block element as a Typst expression."""


def classes(element: HtmlElement) -> frozenset[str]:
    """The classes of ``element``."""
    return frozenset((element.get("class") or "").split())


_WEB_ONLY = frozenset({"hb-web-only", "headerlink"})


def dropped(element: HtmlElement) -> bool:
    """Whether ``element`` is for the web only."""
    return bool(classes(element) & _WEB_ONLY) or element.get("hidden") is not None


def failed(element: HtmlElement) -> bool:
    """Whether ``element`` stands for a reference that could not be resolved."""
    return "hb-error" in classes(element)


def plain(element: HtmlElement) -> str:
    """The text of ``element`` with its white space collapsed."""
    return " ".join(element.text_content().split())
