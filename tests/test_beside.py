"""The second process of a check finds what the first would have found."""

from __future__ import annotations

from pathlib import Path

import pytest
from handbook import check as checking
from handbook import index as indexing
from handbook.beside import SecondProcess, second_codes, second_part
from handbook.check import check
from handbook.load import load
from handbook.text.render import Renderer, markdown_settings

pytestmark = pytest.mark.slow

FAULTS = {
    "docs/nb/laws.md": "Ordet xqzwortt finnes ikke.\n\n[[B-847]]",
    "docs/sv/laws.md": "Ordet xqzwortt finns inte. TODO",
    "docs/fi/laws.md": "Sanaa xqzwortt ei ole.\n\n[x](nowhere.md)",
    "docs/is/laws.md": "Orðið xqzwortt er ekki til.\n\n[[B-848]] [y](javascript:x)\n\n| a | b |\n|---|---|\n| c |",
}


class NoProcess(SecondProcess):
    """As where no second process can be had."""

    def __init__(self, root: Path, *, dictionaries: bool) -> None:
        super().__init__(root, dictionaries=dictionaries)
        self._process = None


@pytest.fixture
def faulty(small: Path) -> Path:
    for name, text in FAULTS.items():
        file = small / name
        file.write_text(file.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")
    return small


def test_the_same_in_the_same_order(faulty: Path) -> None:
    index = indexing.build(load(faulty))
    renderer = Renderer(markdown_settings(faulty))
    with SecondProcess(faulty, dictionaries=True) as beside:
        beside_it = beside.result(index, renderer)
    here = second_part(index, renderer, second_codes(index.data.codes), dictionaries=True)
    assert {"ref-unknown", "table-uneven", "link-scheme", "text-placeholder"} <= {p.code for p in beside_it.problems}
    assert beside_it == here


def test_the_whole_check_is_the_same(faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_it = check(faulty)
    monkeypatch.setattr(checking, "SecondProcess", NoProcess)
    without = check(faulty)
    assert with_it.problems == without.problems
    assert with_it.notes == without.notes


def test_a_second_process_that_dies(faulty: Path) -> None:
    index = indexing.build(load(faulty))
    renderer = Renderer(markdown_settings(faulty))
    with SecondProcess(faulty, dictionaries=True) as beside:
        assert beside._process is not None
        beside._process.kill()
        found = beside.result(index, renderer)
    assert "ref-unknown" in {p.code for p in found.problems}
