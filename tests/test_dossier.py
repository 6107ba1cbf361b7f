"""The dossier: what is chosen, what stands in it, what goes wrong, and the PDF itself."""

from __future__ import annotations

import os
from pathlib import Path

import pikepdf
import pytest
import yaml
from handbook import cli
from handbook import index as indexing
from handbook.dossier import Request, SelectionError, choose, make_dossier
from handbook.index import Index
from handbook.load import load
from handbook.pdf import Book, Page
from handbook.problems import ProblemsError
from lxml import html

CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("selection.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def index(make_small, tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexing.build(load(make_small(tmp_path_factory.mktemp("dossier") / "small")))


def request_of(case: dict) -> Request:
    lists = {name: tuple(case.get(key, ())) for name, key in (("roles", "role"), ("phases", "phase"))}
    return Request(case.get("only", ""), **lists, dimensions=tuple(case.get("dimension", ())))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_selection(index: Index, case: dict) -> None:
    if "units" in case:
        assert choose(index, request_of(case)).units == tuple(case["units"])
        return
    with pytest.raises(SelectionError) as caught:
        choose(index, request_of(case))
    for words in case["wrong"]:
        assert words in str(caught.value)
    assert len(caught.value.reasons) == len(case["wrong"])


def pages_of(book: Book) -> list[Page]:
    return [page for part in book.parts for page in part.pages]


def body_of(page: Page) -> html.HtmlElement:
    return html.fragment_fromstring(page.html, create_parent=True)


def text_of(page: Page) -> str:
    return " ".join(body_of(page).text_content().split())


def test_a_unit_comes_alone_with_what_it_relates_to(index: Index) -> None:
    book = make_dossier(index, "nb", ["B-02"], "Sak 1")
    first = body_of(pages_of(book)[0])
    assert [e.get("id") for e in first.iter("h1")] == ["b-02"]
    assert not list(first.iter("h2", "h3")), "nothing of the chapter around it"
    related = next(e for e in first.iter("details") if "hb-related" in e.get("class"))
    assert "hb-web-only" not in related.get("class")
    assert (book.title, book.chosen) == ("Sak 1", ("B-02",))


def test_what_stands_behind_the_units(index: Index) -> None:
    book = make_dossier(index, "nb", ["G-01"])
    words = index.data.strings["nb"]
    behind = {next(body_of(page).iter("h1")).text: page for page in pages_of(book)[1:]}
    assert list(behind) == [
        words[key]
        for key in ("pdf.kind_T", "pdf.kind_S", "guideline.questions", "print.left_out")
        if words[key] in behind
    ]
    assert text_of(behind[words["guideline.questions"]]).count("?") >= 1
    addresses = [a.get("href") for a in body_of(behind[words["print.left_out"]]).iter("a")]
    assert addresses and all(a.startswith("https://handbook.example/nb/id/") for a in addresses)
    assert book.title == words["print.excerpt"]


def test_what_is_there_is_not_left_out(index: Index) -> None:
    alone = make_dossier(index, "nb", ["B-01"])
    both = make_dossier(index, "nb", ["B-01", "G-01", "M-01", "B-02"])
    listed = [unit for book in (alone, both) for unit in ("G-01", "M-01") if f"/id/{unit}/" in pages_of(book)[-1].html]
    assert listed, "alone, it refers to units that are not there"
    printed = [line for page in pages_of(both) for line in page.html.split("\n") if "hb-permanent" not in line]
    assert not any(f"/id/{unit}/" in line for unit in both.chosen for line in printed)


@pytest.mark.parametrize("lang", ["nb", "sv", "da", "fi", "is"])
def test_every_language_has_every_word(index: Index, lang: str) -> None:
    book = make_dossier(index, lang, ["P-start", "B-01", "I-001", "T-bias", "L-gdpr", "S-01"])
    assert all(value and value != key for key, value in book.strings.items())
    assert len(pages_of(book)) >= 6


def test_a_problem_in_a_chosen_text_is_said(make_small, tmp_path: Path) -> None:
    root = make_small(tmp_path / "small")
    page = root / "docs/nb/barriers/law.md"
    page.write_text(page.read_text("utf-8") + "\nSe [[B-99]].\n", "utf-8")
    broken = indexing.build(load(root))
    with pytest.raises(ProblemsError) as caught:
        make_dossier(broken, "nb", ["B-01"])
    assert [(p.code, p.file) for p in caught.value.problems] == [("ref-unknown", "docs/nb/barriers/law.md")]
    assert make_dossier(broken, "sv", ["B-01"]), "another language's text is not in it"


def run(folder: Path, *arguments: str) -> int:
    before = Path.cwd()
    os.chdir(folder)
    try:
        return cli.main(["pdf", "--lang", "nb", *arguments])
    finally:
        os.chdir(before)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--only", "B-847"], "unknown id 'B-847'"),
        (["--only", "B-02..B-01"], "runs backwards"),
        (["--only", ","], "nothing is chosen"),
        (["--title", "Sak"], "belong to a dossier"),
        (["--no-resolution"], "belong to a dossier"),
        (["--only", "G-01", "--title", " "], "--title"),
        (["--only", "G-01", "--title", "x" * 200], "--title"),
        (["--only", "G-01", "--out", "."], "is a folder"),
        (["--only", "G-01", "--out", "mkdocs.yml/x.pdf"], "is no folder"),
        (["--only", "G-01", "--booklet", "--large-print"], "choose one"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(small: Path, capsys, arguments: list[str], words: str) -> None:
    assert run(small, *arguments) == 2
    told = capsys.readouterr().err
    assert words in told and len(told.strip().splitlines()) == 1
    assert not list(small.glob("*.pdf"))


def test_a_wrong_language_is_wrong_usage(small: Path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(small)
    assert cli.main(["pdf", "--lang", "xx"]) == 2
    assert "unknown language 'xx'" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["nb", "sv", "da", "fi", "is"])
def test_the_dossier_as_pdf(small: Path, root: Path, monkeypatch, lang: str) -> None:
    """`write_pdf` itself validates both standards and compares the tags with the text."""
    monkeypatch.setenv("HANDBOOK_NODE_MODULES", str(node_modules(root)))
    monkeypatch.chdir(small)
    sought = ["--only", "G-01,B-01..B-02", "--title", "Sak 45/26 – æøå ä ö þ ð", "--out", "sak.pdf"]
    assert cli.main(["pdf", "--lang", lang, *sought]) == 0
    with pikepdf.open(small / "sak.pdf") as pdf, pdf.open_outline() as outline:
        names = [item.title for item in outline.root]
        assert str(pdf.docinfo["/Title"]) == "Sak 45/26 – æøå ä ö þ ð"
    words = load(small).strings[lang]
    assert names[-1] == words["pdf.resolution"] and words["pdf.kind_S"] in names


@pytest.mark.slow
def test_the_same_dossier_has_the_same_bytes(small: Path, root: Path, monkeypatch) -> None:
    monkeypatch.setenv("HANDBOOK_NODE_MODULES", str(node_modules(root)))
    for out in ("a.pdf", "b.pdf"):
        assert run(small, "--only", "G-01", "--no-resolution", "--out", out) == 0
    assert (small / "a.pdf").read_bytes() == (small / "b.pdf").read_bytes()


@pytest.mark.slow
def test_a_title_that_has_no_form_leaves_the_old_file(small: Path, root: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("HANDBOOK_NODE_MODULES", str(node_modules(root)))
    (small / "sak.pdf").write_bytes(b"old")
    assert run(small, "--only", "G-01", "--title", "Sak 漢", "--out", "sak.pdf") == 1
    assert "no form for '漢' in the title" in capsys.readouterr().err
    assert (small / "sak.pdf").read_bytes() == b"old"
    assert not list(small.glob(".pdf-*"))


@pytest.mark.slow
def test_a_missing_font_is_said(small: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("HANDBOOK_NODE_MODULES", str(small / "nowhere"))
    assert run(small, "--only", "G-01") == 1
    assert "is missing" in capsys.readouterr().err


@pytest.mark.slow
def test_a_booklet(small: Path, root: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("HANDBOOK_NODE_MODULES", str(node_modules(root)))
    assert run(small, "--only", "G-01", "--booklet") == 0
    assert "for printing only" in capsys.readouterr().out
    with pikepdf.open(small / "dossier-nb-booklet-print-only.pdf") as pdf:
        assert len(pdf.pages) % 2 == 0
        assert load(small).strings["nb"]["print.print_only"] in str(pdf.docinfo["/Title"])
        box = [float(side) for side in pdf.pages[0].mediabox]
        assert box[2] > box[3], "two pages side by side"
        assert "/StructTreeRoot" not in pdf.Root


@pytest.mark.slow
def test_the_real_handbooks_dossier(root: Path) -> None:
    """The words of the issue: one guideline, fourteen measures, in order, each with its own heading."""
    index = indexing.build(load(root))
    units = choose(index, Request("G-03,M-26..M-39")).units
    assert units == ("G-03", *(f"M-{n}" for n in range(26, 40)))
    for lang in index.data.codes:
        book = make_dossier(index, lang, units)
        own = pages_of(book)[: len(units)]
        assert [page.unit for page in own] == list(units)
        for page, unit in zip(own, units, strict=True):
            assert index.title(unit, lang).text.split()[0] in text_of(page)


def node_modules(root: Path) -> Path:
    from handbook.build import Paths  # noqa: PLC0415

    return Paths(root).node_modules
