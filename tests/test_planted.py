"""Defects planted one by one: `check` finds each, at its place, and says nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from handbook import index as indexing
from handbook.check import check, render_all, render_page
from handbook.checks.echoes import without_echoes
from handbook.checks.links import link_problems
from handbook.index import Index
from handbook.load import load
from handbook.problems import Problem, catalogue, unique
from handbook.scan import scan
from handbook.text.render import Renderer, markdown_settings
from handbook.text.structure import PageShape

CASES = Path(__file__).with_name("cases")
PLACE = re.compile(r"(?P<file>.*):(?P<line>\d+|/.*/) (?P<code>[a-z0-9-]+)\Z")


def cases(name: str, key: str = "name") -> list[Any]:
    loaded = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case[key].replace("\n", "⏎")) for case in loaded]


def change(root: Path, what: dict[str, Any]) -> None:
    """Change a file as a case says."""
    file = root / what["file"]
    if "delete" in what:
        file.unlink()
        return
    text = what.get("write")
    if text is None:
        text = file.read_text(encoding="utf-8")
    if "replace" in what:
        old, new = what["replace"]
        assert old in text, f"the case does not fit {file.name} any more"
        text = text.replace(old, new, 1)
    text = text.rstrip("\n") + "\n\n" + what["append"] + "\n" if "append" in what else text
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.replace("\n", what.get("ends", "\n")).encode(what.get("encode", "utf-8")))


def expected(root: Path, place: str) -> tuple[str, int, str]:
    """Return file, line and code; a line may be told by what it holds, between slashes."""
    match = PLACE.match(place)
    assert match, place
    line = match["line"]
    if line.startswith("/"):
        lines = (root / match["file"]).read_text(encoding="utf-8").split("\n")
        return match["file"], next(n for n, text in enumerate(lines, 1) if line[1:-1] in text), match["code"]
    return match["file"], int(line), match["code"]


def found(problems: list[Problem]) -> list[tuple[str, int, str]]:
    return sorted((p.file, p.line, p.code) for p in problems)


def check_case(root: Path, case: dict[str, Any]) -> None:
    for what in case["changes"]:
        change(root, what)
    problems = check(root, dictionaries=False).problems
    assert found(problems) == sorted(expected(root, place) for place in case["found"])
    for problem in problems:
        assert problem.hint, "every problem says what to do"
        words = catalogue()[problem.code]
        hint = "" if "suggestion" in problem.values else words["hint"]
        assert set(re.findall(r"\{(\w+)\}", words["message"] + hint)) <= set(problem.values)


@pytest.mark.slow
@pytest.mark.parametrize("case", cases("planted.yml"))
def test_planted(case: dict[str, Any], small: Path) -> None:
    check_case(small, case)


@pytest.mark.slow
@pytest.mark.parametrize("case", cases("templates.yml"))
def test_templates(case: dict[str, Any], small: Path, root: Path) -> None:
    shutil.copytree(root / "overrides", small / "overrides")
    check_case(small, case)


PAGE = "barriers/law.md"


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Index:
    return indexing.build(load(make_small(tmp_path_factory.mktemp("planted") / "small")))


@pytest.fixture(scope="module")
def renderer(handbook: Index) -> Renderer:
    return Renderer(markdown_settings(handbook.data.root))


@pytest.fixture(scope="module")
def shapes(handbook: Index, renderer: Renderer) -> dict[str, dict[str, PageShape]]:
    return render_all(handbook, [], renderer)


Judge = Callable[[str], list[Problem]]


@pytest.fixture(scope="module")
def judge(handbook: Index, renderer: Renderer, shapes: dict[str, dict[str, PageShape]]) -> Judge:
    """A function that puts Markdown at the end of a page and tells what is wrong; line 1 is the Markdown's first."""
    good = handbook.pages["nb"][PAGE]
    before = good.first_line + len(good.lines) - 1

    def problems_of(text: str) -> list[Problem]:
        page = scan("\n".join(["---", "authority: draft", "---", *good.lines, text, ""]), good.file)
        problems = list(page.problems)
        shape = render_page(handbook, renderer, "nb", PAGE, page, problems)
        pages = {**handbook.pages, "nb": {**handbook.pages["nb"], PAGE: page}}
        changed = Index(handbook.data, pages, handbook.texts, ())
        problems += link_problems(changed, {**shapes, "nb": {**shapes["nb"], PAGE: shape}})
        return [replace(p, line=p.line - before) for p in unique(without_echoes(problems))]

    return problems_of


@pytest.mark.slow
@pytest.mark.parametrize("case", cases("markdown.yml", key="text"))
def test_markdown(case: dict[str, Any], judge: Judge) -> None:
    assert [f"{p.line}:{p.column} {p.code}" for p in judge(case["text"])] == case["found"]


POSITIONS = yaml.safe_load((CASES / "positions.yml").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("position", POSITIONS["positions"])
def test_every_position(position: str, judge: Judge) -> None:
    """Each defect is found wherever it stands, on its line; and what is right is right everywhere."""
    frame = POSITIONS["positions"][position]
    line = frame[: frame.index("{X}")].count("\n") + 1
    for defect, codes in POSITIONS["defects"].items():
        told = judge(frame.replace("{X}", defect))
        assert [(p.line, p.code) for p in told] == [(line, code) for code in codes], defect


@pytest.mark.slow
def test_planted_in_the_real_text(tmp_path: Path, root: Path) -> None:
    """Many defects at once, in all languages: each is found, and nothing else."""
    for name in ("docs", "overrides"):
        shutil.copytree(root / name, tmp_path / name)
    shutil.copyfile(root / "mkdocs.yml", tmp_path / "mkdocs.yml")
    wanted: list[tuple[str, int, str]] = []
    plants = {
        "trust.md": ("[x](../nowhere.md)", "link-page"),
        "gains.md": ("[[B-0847]]", "ref-form"),
        "laws.md": ("[[B-847]]", "ref-unknown"),
        "barriers/law.md": ("[x](javascript:x)", "link-scheme"),
        "measures/support.md": ("x<b>y</b>", "html-tag"),
        "roles/legal.md": ("[[S-01:9.9.9]]", "citation-section"),
        "council/index.md": ("x[^9]", "reference-undefined"),
        "guidelines/privacy.md": ("/// initiativs\n///", "block-unknown"),
        "about/method.md": ("| a | b |\n|---|---|\n| c |", "table-uneven"),
    }
    for lang in load(root).codes:
        for path, (text, code) in plants.items():
            file = tmp_path / "docs" / lang / path
            lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
            file.write_text("\n".join([*lines, "", *text.split("\n"), ""]), encoding="utf-8")
            line = len(lines) + 2 + (2 if code == "table-uneven" else 0)
            wanted.append((f"docs/{lang}/{path}", line, code))
    assert found(check(tmp_path, dictionaries=False).problems) == sorted(wanted)
