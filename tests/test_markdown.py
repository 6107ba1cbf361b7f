"""References and blocks, by cases in data files: Markdown in, HTML or problems out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from handbook import index as indexing
from handbook.check import check, render_all
from handbook.index import Index
from handbook.load import load
from handbook.problems import Problem
from handbook.text.context import PageContext
from handbook.text.render import Renderer, markdown_settings

CASES = Path(__file__).with_name("cases")


def cases(name: str) -> list[Any]:
    loaded = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=f"{name.removesuffix('.yml')}: {case['name']}") for case in loaded]


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Index:
    return indexing.build(load(make_small(tmp_path_factory.mktemp("md") / "small")))


@pytest.mark.parametrize("case", [*cases("references.yml"), *cases("blocks.yml")])
def test_case(case: dict[str, Any], handbook: Index, small: Path) -> None:
    if "codes" not in case:
        renderer = Renderer(markdown_settings(small))
        html = renderer.html(PageContext(handbook, "nb", "barriers/law.md"), case["text"])
        assert case["html"] in html
        if "not" in case:
            assert case["not"] not in html
        return
    page = small / "docs" / "nb" / "barriers" / "law.md"
    before = len(page.read_text(encoding="utf-8").split("\n"))
    page.write_text(page.read_text(encoding="utf-8") + "\n" + case["text"] + "\n", encoding="utf-8")
    found = [p for p in check(small).problems if not p.code.startswith("compare-")]
    assert sorted({p.code for p in found}) == sorted(case["codes"])
    assert {p.file for p in found} == {"docs/nb/barriers/law.md"}
    assert all(p.line > before - 1 for p in found), "the line of the problem is the line of its cause"


def test_good_text_is_silent(handbook: Index) -> None:
    problems: list[Problem] = []
    render_all(handbook, problems)
    assert problems == []
