"""The PDF edition of the small handbook in every language, and of the real text in one."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from handbook import index as indexing
from handbook.build import Paths
from handbook.edition import make_book
from handbook.load import load
from handbook.pdf import write_pdf

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
