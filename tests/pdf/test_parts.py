"""The parts around the text: hyphens, cover, registers, QR codes, booklet, and how the file is written."""

from __future__ import annotations

import dataclasses
import re
import zlib
from pathlib import Path

import pikepdf
import pytest
import segno
from handbook.pdf import Book, Options, Part, languages
from handbook.pdf.booklet import impose, saddle_stitch
from handbook.pdf.front import continued, front_lines
from handbook.pdf.model import Page
from handbook.pdf.pack import _cross_reference, pack
from handbook.pdf.qr import svg
from handbook.pdf.soft import take_out
from handbook.pdf.to_typst import to_typst
from lxml import etree
from pikepdf import Dictionary, Name

SOFT = "\u00ad"


@pytest.mark.parametrize(
    ("language", "word", "pieces"),
    [
        ("nb", "personvernregler", [("person" + SOFT + "vern" + SOFT, True), ("regler", False)]),
        ("nb", "personvernet", [("person" + SOFT + "vern", True), ("et", False)]),
        ("sv", "Samarbete", [("Sam" + SOFT + "arbet", True), ("e", False)]),
        ("da", "risikovurdering", [("risiko" + SOFT, True), ("vurdering", False)]),
        ("fi", "viranomainen", [("viran" + SOFT + "omai", True), ("nen", False)]),
        ("is", "heilsufarsupplýsingar", [("heilsufars" + SOFT, True), ("upplýsingar", False)]),
        ("is", "Kristiansand", [("Kristian" + SOFT + "sand", True)]),
        ("nb", "kommune", [("kommune", False)]),
    ],
)
def test_words_are_broken_where_their_parts_meet(language: str, word: str, pieces: list[tuple[str, bool]]) -> None:
    assert languages.load(language).pieces(word) == pieces


@pytest.mark.parametrize("language", ["nb", "sv", "da", "fi", "is", "names"])
def test_lists_of_breaks_are_in_order(language: str) -> None:
    file = Path(languages.__file__).with_name(f"{language}.txt")
    entries = [line for line in file.read_text("utf-8").splitlines() if line and line[0] not in "#@"]
    assert entries == sorted(set(entries))
    assert all(re.fullmatch(r"[^\W\d_]+(-[^\W\d_]+)*-?\*?", entry) for entry in entries)


def dossier(book: Book, chosen: list[str]) -> Book:
    titles = {**book.unit_titles, **{unit: f"Tittel {unit}" for unit in chosen}}
    return dataclasses.replace(book, chosen=tuple(chosen), unit_titles=titles)


def test_a_cover_names_units_and_gathers_where_they_are_many(book) -> None:
    few = dossier(book("<h1>A</h1>"), ["G-03", "P-law"])
    assert front_lines(few) == [("G-03", "Tittel G-03"), ("", "Tittel P-law")]
    many = dossier(few, ["G-03", *(f"M-{n}" for n in range(26, 40)), "B-01"])
    assert front_lines(many) == [("G-03", "Tittel G-03"), ("M-26–M-39", "tekst kind_M"), ("B-01", "Tittel B-01")]
    scattered = dossier(few, [f"B-{n:02}" for n in range(1, 60, 2)])
    assert [line for line, _ in front_lines(scattered)] == [""]
    assert "B-01, B-03" in front_lines(scattered)[0][1]


def test_short_units_follow_one_another_on_a_page(book) -> None:
    pages = tuple(
        Page(f"{unit}.md", unit, "<h1>A</h1>", flows=flows)
        for unit, flows in (("G-01", False), ("M-01", True), ("M-02", True), ("P-a", False), ("M-03", True))
    )
    made = dataclasses.replace(book("<h1>A</h1>"), parts=(Part(None, pages),))
    assert continued(made) == ["M-02"]


class Finder:
    """Takes every `skjevhet` for the term."""

    def find(self, text: str):
        return (type("Place", (), {"start": m.start(), "term": "T-bias"})() for m in re.finditer("skjevhet", text))


def test_the_register_lists_a_term_once_a_unit_and_what_is_marked_before_what_is_only_named(book) -> None:
    html = """<h1>Ord om skjevhet</h1><h2 id="t-bias">Skjevhet</h2><p>En skjevhet.</p>
    <h2 id="b-01">A</h2><p>skjevhet og skjevhet <a data-term="T-bias" class="hb-ref" href="#t-bias">skjevhet</a></p>
    <h2 id="b-02">B</h2><p>skjevhet, skjevhet</p><table><tr><th>skjevhet</th></tr></table>"""
    made = dataclasses.replace(book(html, T_bias="Skjevhet", B_01="A", B_02="B"), terms=Finder())
    source = to_typst(made, Options())
    entry = next(line for line in source.text.splitlines() if "hb-term(" in line and "T-bias" in line)
    labels = re.findall(r'label\("(t:\d+)"\)', entry)
    assert len(labels) == 2, "one place in each unit; not in headings, tables or the glossary itself"
    places = [source.text.index(f'label("{label}")') for label in labels]
    assert source.text.rindex("link(", 0, places[0] + 400) > places[0], "the marked one stands before its link"
    assert to_typst(dataclasses.replace(made, terms=None), Options()).text.count('label("t:') == 0


def test_a_qr_code_is_that_of_its_address() -> None:
    address = "https://handbook.example/is/id/P-barriers/"
    matrix = segno.make(address, error="m", micro=False, boost_error=False).matrix
    drawn = etree.fromstring(svg(address).encode())
    size = len(matrix)
    assert float(drawn.get("width")) == size + 8, "a quiet zone of four modules on each side"
    path = next(drawn.iter("{http://www.w3.org/2000/svg}path")).get("d")
    assert modules(path, size) == [list(map(bool, row)) for row in matrix]


def modules(path: str, size: int) -> list[list[bool]]:
    """The dark modules of segno's one path: relative moves, and horizontal strokes a module high."""
    grid = [[False] * size for _ in range(size)]
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            for at in range(int(values[0])):
                grid[int(y - 4)][int(x - 4) + at] = True
            x += values[0]
    return grid


def test_an_edition_has_a_code_at_each_part(book) -> None:
    made = book("<h1>A</h1>")
    parts = (dataclasses.replace(made.parts[0], title="Del"),)
    pages = tuple(dataclasses.replace(page, level=2) for page in parts[0].pages)
    source = to_typst(dataclasses.replace(made, parts=(Part("Del", pages),)), Options())
    assert source.expected.figures == 1 and "hb-qr(" in source.text
    assert to_typst(made, Options()).expected.figures == 0


@pytest.mark.parametrize("pages", range(1, 14))
def test_a_booklets_sheets_hold_every_page_once_and_facing_right(pages: int) -> None:
    sides = saddle_stitch(pages)
    assert len(sides) % 2 == 0 and len(sides) == 2 * -(-pages // 4)
    shown = [page for side in sides for page in side if page is not None]
    assert sorted(shown) == list(range(pages))
    for number, (left, right) in enumerate(sides):
        first, second = (right, left) if number % 2 == 0 else (left, right)
        assert first is None or first % 2 == number % 2, "fronts have odd pages right, backs even pages left"
        assert second is None or second % 2 != first % 2


@pytest.mark.slow
def test_a_booklet_has_no_tags_and_says_so(made: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.pdf"
    sheets = impose(made, out, "Prøvebok – bare for utskrift")
    with pikepdf.open(made) as pages, pikepdf.open(out) as booklet:
        assert sheets == -(-len(pages.pages) // 4) and len(booklet.pages) == 2 * sheets
        assert "/StructTreeRoot" not in booklet.Root and "/MarkInfo" not in booklet.Root
        assert "bare for utskrift" in str(booklet.docinfo["/Title"])


def test_soft_hyphens_that_broke_nothing_are_no_text(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        content = b"/Span<</ActualText<FEFF007300AD>>>BDC EMC /Span<</ActualText<FEFF00AD>>>BDC EMC"
        page.obj.Contents = pdf.make_stream(content)
        table = pdf.make_stream(b"2 beginbfchar\n<0006> <006500AD>\n<0007> <00AD>\nendbfchar")
        page.obj.Table = table
        take_out(pdf)
        assert b"<FEFF0073>" in page.Contents.read_bytes() and b"<FEFF00AD>" in page.Contents.read_bytes()
        assert b"<0006> <0065>" in table.read_bytes() and b"<0007> <00AD>" in table.read_bytes()


def test_no_stream_ends_so_that_its_end_can_be_misread(tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        tried = [b"q Q %%" + bytes([letter]) * size for letter in range(65, 91) for size in range(1, 40)]
        ends = [data for data in tried if zlib.adler32(data) & 0xFF == ord("\r")]
        assert ends, "data whose compressed form ends in a carriage return"
        page.obj.Contents = pikepdf.Array([pdf.make_stream(data) for data in ends])
        raw = pdf.make_stream(b"ends so\r")
        page.obj.Raw = raw
        pdf.Root.Many = pikepdf.Array([pdf.make_indirect(Dictionary(N=n)) for n in range(900)])
        pack(pdf, out)
        first = out.read_bytes()
        pack(pdf, out)
    assert out.read_bytes() == first
    assert b"\r\nendstream" not in first
    with pikepdf.open(out) as again:
        assert not again.check_pdf_syntax() if hasattr(again, "check_pdf_syntax") else not again.check()
        assert [int(item.N) for item in again.Root.Many] == list(range(900))
        read = [stream.read_bytes().rstrip(b"\n") for stream in again.pages[0].Contents]
        assert read == ends
        assert any(item.get("/Type") == Name.ObjStm for item in again.objects if isinstance(item, pikepdf.Stream))


def test_the_cross_reference_cannot_be_misread_either(tmp_path: Path) -> None:
    """Its end depends on every offset before it: among 2 000 tables some would end in a carriage return."""
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "x.pdf")
        for offset in range(2_000):
            entries = {0: (0, 0, 65535), 1: (1, 15, 0), 2: (1, 40 + offset, 0)}
            written = _cross_reference(pdf.trailer, entries, b"0" * 16)
            assert b"\r\nendstream" not in written, offset


def test_a_blank_between_two_links_stays(book) -> None:
    html = '<h1>A</h1><p><a href="https://a.example/">a</a><span> </span><a href="https://b.example/">b</a></p>'
    text = to_typst(book(html), Options()).text
    assert '" "' in text[text.rindex("a.example") : text.rindex("b.example")]
