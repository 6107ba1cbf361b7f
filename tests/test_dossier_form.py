"""What the dossier's form reads, of the small handbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from handbook import index as indexing
from handbook.dossier_form import catalogue, write_catalogues
from handbook.index import Index
from handbook.load import load


@pytest.fixture
def index(small: Path) -> Index:
    return indexing.build(load(small))


@pytest.fixture
def made(index: Index) -> dict[str, Any]:
    return catalogue(index, "da", "guidelines/privacy.md")


def test_units(made: dict[str, Any]) -> None:
    """All that has a text, in the handbook's order, but for the page of the form itself."""
    assert list(made["units"]) == [
        *("B-01", "B-02", "M-01", "I-001", "I-002", "T-bias", "L-gdpr"),
        *("P-glossary", "P-initiatives", "P-law", "P-laws", "P-sources", "P-start"),
    ]
    assert made["units"]["B-02"] == {
        "title": "Grunnlaget nb",
        "url": "../../barriers/law/#b-02",
        "lang": "nb",
    }, "missing here: the leading language's"
    assert "lang" not in made["units"]["B-01"]
    assert made["page"] == "da/guidelines/privacy/"
    assert made["root"] == "../../../"


def test_groups(made: dict[str, Any]) -> None:
    """Barriers by chapter, each begun by the chapter's page; those pages stand nowhere else."""
    groups = {group["kind"]: group["parts"] for group in made["groups"]}
    assert list(groups) == ["B", "M", "I", "P", "L"], "a kind without units has no group"
    assert [part["units"] for part in groups["B"]] == [["P-law", "B-01", "B-02"]]
    assert [part["units"] for part in groups["L"]] == [["P-laws", "L-gdpr"]]
    pages = [unit for part in groups["P"] for unit in part["units"]]
    assert sorted(pages) == ["P-initiatives", "P-sources", "P-start"]


def test_reading_lists_leave_out_what_cannot_be_chosen(made: dict[str, Any]) -> None:
    roles = made["reading"][0]
    assert roles["title"] == "Efter rolle"
    assert roles["lists"] == [{"title": "Kommunalpolitiker", "units": ["P-start", "B-01"]}]


def test_withdrawn_units_are_explained(made: dict[str, Any]) -> None:
    assert made["withdrawn"] == {
        "B-03": {"since": "2026.10", "reason": "The report was corrected.", "by": "B-02"},
    }


def test_every_word_is_there(index: Index) -> None:
    for lang in index.data.codes:
        words = catalogue(index, lang, "index.md")["words"]
        assert [key for key, text in words.items() if not text or key == text] == []


def test_it_stands_beside_the_page_with_the_form(small: Path, tmp_path: Path) -> None:
    page = small / "docs" / "fi" / "barriers" / "law.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n/// dossier\n///\n", encoding="utf-8")
    index = indexing.build(load(small))
    (written,) = write_catalogues(index, index.data.codes, tmp_path)
    assert written == tmp_path / "fi" / "barriers" / "law" / "units.json"
    assert json.loads(written.read_text(encoding="utf-8"))["lang"] == "fi"
    first = written.read_bytes()
    write_catalogues(index, ["fi"], tmp_path)
    assert written.read_bytes() == first
