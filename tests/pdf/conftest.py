"""A tiny book with every construct, compiled once for all tests of the PDF."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from handbook.pdf import STRING_KEYS, Book, Options, Page, Part, write_pdf

sys.path.insert(0, str(Path(__file__).parent))  # for sample.py

from sample import HTML, SECOND, TITLES

ROOT = Path(__file__).parents[2]
MakeBook = Callable[..., Book]


def make_book(*htmls: str, language: str = "nb", title: str = "Prøvebok", **titles: str) -> Book:
    """A book of one part with a chapter for each of ``htmls``; ``titles``: unit (``B_32``) → title."""
    names = {key.replace("_", "-"): text for key, text in titles.items()}
    units = {**names, **{f"P-{n}": f"Side {n}" for n in range(len(htmls))}}
    return Book(
        language=language,
        title=title,
        subtitle="Undertittel",
        edition="2026.11",
        date=datetime.date(2026, 11, 1),
        authority_label="utkast",
        licence="CC BY 4.0",
        address="https://handbook.example/",
        publisher=None,
        strings={key: _sample(key) for key in STRING_KEYS},
        parts=(Part(None, tuple(Page(f"p{n}.md", f"P-{n}", html) for n, html in enumerate(htmls))),),
        unit_titles=units,
        source_lines={unit: (f"docs/{language}/{unit}.md", 7) for unit in units},
    )


def _sample(key: str) -> str:
    return {"page_abbr": "s.", "date_format": "{day}. {month} {year}"}.get(key, f"tekst {key}")


@pytest.fixture(scope="session")
def book() -> MakeBook:
    """Makes books, see ``make_book``."""
    return make_book


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Where the fonts are: set up by the project, or named in ``HANDBOOK_NODE_MODULES``."""
    candidates = [Path(os.environ.get("HANDBOOK_NODE_MODULES", "")), *ROOT.glob(".handbook/**/node_modules")]
    found = next((path for path in candidates if (path / "@fontsource").is_dir()), None)
    assert found is not None, "no @fontsource packages: run the set-up, or set HANDBOOK_NODE_MODULES"
    return found


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for converted fonts, one for the whole session."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def made(cache: Path, node_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a PDF with everything around it."""
    out = tmp_path_factory.mktemp("pdf") / "a.pdf"
    book = make_book(HTML, SECOND, **TITLES)
    write_pdf(book, out, cache=cache, node_modules=node_modules, options=Options(resolution=True))
    return out
