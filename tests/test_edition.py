"""The PDF edition of the small handbook in every language, and of the real text in one."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from handbook import index as indexing
from handbook.build import Paths
from handbook.edition import make_book
from handbook.load import load
from handbook.pdf import write_pdf
from handbook.pdf.tags import read_tree
from lxml import html

sys.path.append(str(Path(__file__).parent.parent / "scripts"))  # at the end: handbook.py there would hide the package

from hyphens import text_of

pytestmark = pytest.mark.slow


def test_small_editions(small: Path, root: Path, tmp_path: Path) -> None:
    """Every language; `write_pdf` itself validates PDF/UA-1 and PDF/A-2a and compares counts with the text."""
    index = indexing.build(load(small))
    for lang in index.data.codes:
        out = tmp_path / f"{lang}.pdf"
        report = write_pdf(make_book(index, lang), out, cache=tmp_path / "fonts", node_modules=Paths(root).node_modules)
        assert report.pages > 5
        with pikepdf.open(out) as pdf:
            assert str(pdf.Root.Lang).split("-")[0] == lang


def test_same_bytes(small: Path, root: Path, tmp_path: Path) -> None:
    index = indexing.build(load(small))
    made = []
    for name in ("a.pdf", "b.pdf"):
        out = tmp_path / name
        write_pdf(make_book(index, "fi"), out, cache=tmp_path / "fonts", node_modules=Paths(root).node_modules)
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_the_real_text(root: Path, tmp_path: Path) -> None:
    """Finnish, the longest words and the most pages."""
    index = indexing.build(load(root))
    out = tmp_path / "fi.pdf"
    report = write_pdf(make_book(index, "fi"), out, cache=tmp_path / "fonts", node_modules=Paths(root).node_modules)
    assert report.pages > 200
    with pikepdf.open(out) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert len(titles) >= 10


def test_nothing_of_the_text_is_lost(root: Path, tmp_path: Path) -> None:
    """Words and structures counted from the HTML by other means than the converter's, against the finished PDF."""
    index = indexing.build(load(root))
    book = make_book(index, "nb")
    out = tmp_path / "nb.pdf"
    write_pdf(book, out, cache=tmp_path / "fonts", node_modules=Paths(root).node_modules)
    bodies = [printed(page.html) for part in book.parts for page in part.pages]
    with pikepdf.open(out) as pdf:
        shown = "".join(words("".join(part for page in pdf.pages for part in text_of(page)).replace("\u00ad ", "")))
        tree = read_tree(pdf)
    said = Counter(word for body in bodies for word in words(" ".join(body.xpath(".//text()[not(ancestor::svg)]"))))
    # Runs of text stand side by side without spaces in a PDF, so words are looked for in one string.
    assert {word: number for word, number in said.items() if len(word) > 5 and shown.count(word) < number} == {}
    registers = 1 + len([kind for kind in "GBMILSP" if any(unit[0] == kind for unit in book.unit_titles)])
    assert tree.counts["Table"] == count(bodies, ".//table") + registers - 1
    parts = len([part for part in book.parts if part.title])
    assert sum(tree.counts[f"H{n}"] for n in range(1, 7)) == (
        count(bodies, ".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")
        + parts
        + 4
        + registers
        - 1  # colophon, contents, two registers
    )
    assert tree.counts["Figure"] == count(bodies, ".//svg[not(@aria-hidden='true')]|.//img") + parts
    assert tree.counts["Aside"] == count(bodies, ".//div[contains(@class,'admonition')]|.//details")
    assert tree.counts["Note"] == count(bodies, ".//div[@class='footnote']//li")


def printed(text: str) -> html.HtmlElement:
    """The body without what only the web shows, and without ids and labels that print says elsewhere."""
    body = html.fragment_fromstring(text, create_parent=True)
    web_only = "//*[contains(@class,'hb-web-only') or contains(@class,'headerlink') or contains(@class,'hb-label')]"
    for element in body.xpath(web_only):
        element.drop_tree()
    return body


def count(bodies: list[html.HtmlElement], path: str) -> int:
    return sum(len(body.xpath(path)) for body in bodies)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{3,}", text.replace("\u00ad", ""))
