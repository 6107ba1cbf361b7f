"""References and blocks, by cases in data files: Markdown in, HTML or problems out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from handbook import index as indexing
from handbook.check import render_all, render_page
from handbook.checks.echoes import without_echoes
from handbook.index import Index
from handbook.load import load
from handbook.problems import Problem, unique
from handbook.scan import scan
from handbook.text.context import PageContext
from handbook.text.render import Renderer, markdown_settings

PAGE = "barriers/law.md"
CASES = Path(__file__).with_name("cases")


def cases(name: str) -> list[Any]:
    loaded = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=f"{name.removesuffix('.yml')}: {case['name']}") for case in loaded]


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Index:
    return indexing.build(load(make_small(tmp_path_factory.mktemp("md") / "small")))


@pytest.fixture(scope="module")
def renderer(handbook: Index) -> Renderer:
    return Renderer(markdown_settings(handbook.data.root))


@pytest.mark.parametrize("case", [*cases("references.yml"), *cases("blocks.yml")])
def test_case(case: dict[str, Any], handbook: Index, renderer: Renderer) -> None:
    if "codes" not in case:
        html = renderer.html(PageContext(handbook, "nb", PAGE), case["text"])
        assert case["html"] in html
        if "not" in case:
            assert case["not"] not in html
        return
    good = handbook.pages["nb"][PAGE]
    before = good.first_line + len(good.lines)
    source = scan("\n".join(["---", "authority: draft", "---", *good.lines, case["text"], ""]), good.file)
    problems = list(source.problems)
    render_page(handbook, renderer, "nb", PAGE, source, problems)
    found = unique(without_echoes(problems))
    assert sorted({p.code for p in found}) == sorted(case["codes"])
    assert {p.file for p in found} == {"docs/nb/barriers/law.md"}
    assert all(p.line >= before for p in found), "the line of the problem is the line of its cause"


def test_good_text_is_silent(handbook: Index) -> None:
    problems: list[Problem] = []
    render_all(handbook, problems)
    assert problems == []
