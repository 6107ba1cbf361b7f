"""Defects planted in a sound PDF, each of which must be found: those of the kind that standards' checkers pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from handbook.pdf import Options
from handbook.pdf.marks import read_marks
from handbook.pdf.model import Expected
from handbook.pdf.postpass import walk
from handbook.pdf.tags import read_tree
from handbook.pdf.to_typst import to_typst
from handbook.pdf.verify import content
from pikepdf import Array, Dictionary, Name, Pdf
from sample import HTML, SECOND, TITLES

Plant = Callable[[Pdf], None]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def expected(book) -> Expected:
    return to_typst(book(HTML, SECOND, **TITLES), Options(resolution=True)).expected


def tag(pdf: Pdf, name: str) -> Dictionary:
    return next(element for element in walk(pdf.Root.StructTreeRoot.K) if Name("/" + name) == element.S)


def retag(name: str, other: str) -> Plant:
    def plant(pdf: Pdf) -> None:
        tag(pdf, name).S = Name("/" + other)

    return plant


def in_content(pattern: bytes, other: bytes) -> Plant:
    """Change the first page whose content has ``pattern``."""

    def plant(pdf: Pdf) -> None:
        for page in pdf.pages:
            data = page.Contents.read_bytes()
            changed = re.sub(pattern, other, data, count=1, flags=re.DOTALL)
            if changed != data:
                page.Contents.write(changed)
                return
        raise AssertionError("nothing planted")

    return plant


def alternative(text: str) -> Plant:
    def plant(pdf: Pdf) -> None:
        tag(pdf, "Figure").Alt = pikepdf.String(text)

    return plant


def link_as_span(pdf: Pdf) -> None:
    text = next(element for element in walk(pdf.Root.StructTreeRoot.K) if element.S == Name.H2)
    links = [element for element in walk(text.P.K) if Name.Link == element.S]
    links[-1].S = Name.Span


def emptied(pdf: Pdf) -> None:
    tag(pdf, "P").K = Array([])


def without_scope(pdf: Pdf) -> None:
    for item in tag(pdf, "TH").A:
        if "/Scope" in item:
            del item.Scope


def without_languages(pdf: Pdf) -> None:
    for element in walk(pdf.Root.StructTreeRoot.K):
        if "/Lang" in element:
            del element.Lang
    for page in pdf.pages:
        page.Contents.write(re.sub(rb"/Lang\s*\([a-zA-Z-]+\)", b"", page.Contents.read_bytes()))


def other_language(pdf: Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("sv")


def other_title(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = "x"


def without_a_bookmark(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.pop()


def lost_tag(pdf: Pdf) -> None:
    """A list's item loses its text: the tags still say that there is an item."""
    tag(pdf, "LBody").K = Array([])


PLANTED = [
    ("a head of a table as a cell", retag("TH", "TD"), "TH in the tags"),
    ("a heading as a paragraph", retag("H2", "P"), "H2 in the tags"),
    ("a heading of another level", retag("H2", "H3"), "H3 in the tags"),
    ("a list as a division", retag("L", "Div"), "L in the tags"),
    ("a note as a paragraph", retag("Note", "P"), "Note in the tags"),
    ("a link as a span", link_as_span, "Link in the tags"),
    ("a table as a division", retag("Table", "Div"), "Table in the tags"),
    ("an admonition as a section", retag("Aside", "Sect"), "Aside in the tags"),
    ("a figure as a division", retag("Figure", "Div"), "Figure in the tags"),
    ("a file name as alternative", alternative("figur-1.svg"), "not a sentence"),
    ("another alternative", alternative("Noe helt annet."), "not those of the text"),
    ("a head of a table without scope", without_scope, "row or a column"),
    ("a paragraph without its text", emptied, "a tag without content: P"),
    ("an item without its text", lost_tag, "a tag without content: LBody"),
    (
        "text as layout",
        in_content(rb"/Span\s*<<\s*/MCID \d+\s*>>\s*BDC(?=[^E]*?TJ)", b"/Artifact<</Type/Layout>>BDC"),
        "marked as decoration",
    ),
    (
        "text as a running head",
        in_content(rb"/Span\s*<<\s*/MCID \d+\s*>>\s*BDC", b"/Artifact<</Type/Pagination>>BDC"),
        "content that is not there",
    ),
    ("text without a mark", in_content(rb"/Span\s*<<\s*/MCID \d+\s*>>\s*BDC", b"/Span BMC"), "text that is not tagged"),
    ("a mark that no tag knows", in_content(rb"/MCID 0\b", b"/MCID 9999"), "belong to no tag"),
    ("foreign passages unmarked", without_languages, "passages in fi are not marked"),
    ("another language", other_language, "the language is 'sv'"),
    ("another title", other_title, "the title is not the book's"),
    ("a bookmark less", without_a_bookmark, "bookmarks for"),
]


def test_nothing_is_planted(made: Path, expected: Expected) -> None:
    assert content(made, expected) == []


@pytest.mark.parametrize(("plant", "words"), [case[1:] for case in PLANTED], ids=[case[0] for case in PLANTED])
def test_what_is_planted_is_found(made: Path, expected: Expected, tmp_path: Path, plant: Plant, words: str) -> None:
    out = tmp_path / "planted.pdf"
    with pikepdf.open(made) as pdf:
        plant(pdf)
        pdf.save(out)
    assert words in " ".join(content(out, expected))


def test_marks_of_a_page() -> None:
    page = rb"""
    /Artifact<</Type/Pagination/Subtype/Header>>BDC BT (head) Tj ET EMC
    /Artifact<</Type/Layout>>BDC BT (\000.) Tj ET EMC
    /Span<</MCID 0/Lang(sv)>>BDC BT [(EMC)3(\(BDC)] TJ /Span<</ActualText<FEFF00AD>>>BDC (\000-) Tj EMC ET EMC
    /P <</MCID 7>> BDC (x) Tj EMC
    """
    marks = read_marks(page)
    assert (marks.tagged, marks.unmarked, marks.decoration, marks.languages) == ({0, 7}, 0, 0, {"sv"})
    assert read_marks(page + rb"BT (bare) Tj ET").unmarked == 1
    assert read_marks(page + rb"/Artifact BMC (hidden text) Tj EMC").decoration == 1


def test_strings_with_brackets_are_read_at_once() -> None:
    pairs = rb"/Span<</MCID 1>>BDC (a(b(\\)c)d) Tj EMC /Artifact BMC (e) Tj EMC"
    assert read_marks(pairs).tagged == {1} and read_marks(pairs).unmarked == 0
    for unfinished in (b"(" * 40 + b"a" * 20000, b"(" + b"ab\\(" * 20000, b"/Span<<" + b"/A<00>" * 20000):
        assert read_marks(unfinished + b" /Span<</MCID 2>>BDC (x) Tj EMC").unmarked == 0


def test_links_of_the_contents_are_not_counted(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        counted = read_tree(pdf).counts["Link"]
        every = sum(Name.Link == element.S for element in walk(pdf.Root.StructTreeRoot.K))
    assert 0 < counted < every
