"""Small books compiled: the tags of each construct, determinism, atomic writing, errors from Typst."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from handbook.pdf import Options, PdfError, compile, write_pdf
from handbook.pdf.postpass import walk
from handbook.pdf.verify import is_sentence, verify
from sample import HTML, SECOND, TITLES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tags(made: Path) -> Counter[str]:
    with pikepdf.open(made) as pdf:
        return Counter(str(element.S) for element in walk(pdf.Root.StructTreeRoot.K))


@pytest.mark.parametrize(
    ("tag", "number"),
    [("/Note", 2), ("/Figure", 1), ("/Aside", 2), ("/BlockQuote", 1), ("/L", 4), ("/Title", 1), ("/H2", 4)],
)
def test_each_construct_is_tagged(tags: Counter[str], tag: str, number: int) -> None:
    assert tags[tag] == number


def test_row_heads_have_their_scope(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        heads = [e for e in walk(pdf.Root.StructTreeRoot.K) if e.S == "/TH"]
        scopes = Counter(str(a.Scope) for e in heads for a in e.A if "/Scope" in a)
    assert scopes["/Row"] == 1 and scopes["/Column"] >= 4


def test_bookmarks_and_links(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        with pdf.open_outline() as outline:
            names = [item.title for item in outline.root]
        targets = {str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a and "/URI" in a.A}
    assert names[1:3] == ["Kapittel", "To"]
    assert targets == {
        "https://handbook.example/nb/id/M-01/",
        "https://handbook.example/nb/id/S-01/",
        "https://e.org/?a=1&b=2",
    }


def test_the_same_input_gives_the_same_bytes(book, made: Path, cache: Path, node_modules: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.pdf"
    options = Options(resolution=True)
    write_pdf(book(HTML, SECOND, **TITLES), out, cache=cache, node_modules=node_modules, options=options)
    assert out.read_bytes() == made.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("options", [Options(paper="a5"), Options(base_size=16)])
def test_other_sizes(book, cache: Path, node_modules: Path, tmp_path: Path, options: Options) -> None:
    report = write_pdf(
        book(HTML, SECOND, **TITLES),
        tmp_path / "x.pdf",
        cache=cache,
        node_modules=node_modules,
        options=options,
    )
    assert report.pages > 4


def test_a_problem_leaves_the_old_file(book, cache: Path, node_modules: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    out.write_bytes(b"old")
    with pytest.raises(PdfError):
        write_pdf(book("<h1>A</h1><video></video>"), out, cache=cache, node_modules=node_modules)
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_typst_error_names_the_unit(book, cache: Path, node_modules: Path, tmp_path: Path) -> None:
    html = '<h1>A</h1><p>ja</p><h2 id="b-32">B</h2><p>tegn \U000f0000 uten form</p><h2>C</h2>'
    with pytest.raises(PdfError) as caught:
        write_pdf(book(html, B_32="T"), tmp_path / "x.pdf", cache=cache, node_modules=node_modules)
    assert (caught.value.unit, caught.value.file, caught.value.line) == ("B-32", "docs/nb/B-32.md", 7)


def test_a_missing_font_is_one_clear_error(book, tmp_path: Path) -> None:
    with pytest.raises(PdfError, match=r"font .* is missing"):
        write_pdf(book("<h1>A</h1>"), tmp_path / "x.pdf", cache=tmp_path, node_modules=tmp_path / "none")


def test_verify_finds_what_is_planted(book, made: Path, tmp_path: Path) -> None:
    source = compile.to_typst(book(HTML, SECOND, **TITLES), Options(resolution=True))
    assert verify(made, source.expected) == []
    wrong = dataclasses.replace(source.expected, tables=99, notes=0, title="x", language="sv")
    found = " ".join(verify(made, wrong))
    assert all(words in found for words in ("99 in the text", "Note", "title", "language"))


@pytest.mark.parametrize(("text", "good"), [("Sju av ti.", True), ("figur.svg", False), ("Figur", False), ("", False)])
def test_an_alternative_is_a_sentence(text: str, good: bool) -> None:
    assert is_sentence(text) is good
