"""A broken reference in every position of Markdown is found at its place; a good one is good; in code both are text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from handbook import index as indexing
from handbook.check import render_page
from handbook.checks.echoes import without_echoes
from handbook.index import Index
from handbook.load import load
from handbook.problems import Problem, unique
from handbook.scan import scan
from handbook.text.render import Renderer, markdown_settings
from hostile import HEAD, PAGE

pytestmark = pytest.mark.slow
POSITIONS = yaml.safe_load(
    (Path(__file__).with_name("cases") / "reliability-positions.yml").read_text(encoding="utf-8")
)
BROKEN = {
    "[[B-847]]": "ref-unknown",
    "[own text][B-847]": "ref-unknown",
    "[[b-01]]": "ref-form",
    "[[S-01:9.9]]": "citation-section",
    "[[B-03]]": "ref-withdrawn",
    "[[B-01": "left-over",
}
GOOD = ("[[B-01]]", "[own text][B-01]", "[[S-01:1.1]]")

Judge = Callable[[str], list[Problem]]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Judge:
    """What says what is wrong with a text on a page of the small handbook."""
    index: Index = indexing.build(load(make_small(tmp_path_factory.mktemp("positions") / "small")))
    renderer = Renderer(markdown_settings(index.data.root))

    def found(text: str) -> list[Problem]:
        source = scan(HEAD + text + "\n", PAGE)
        problems = list(source.problems)
        render_page(index, renderer, "sv", "laws.md", source, problems)
        return unique(without_echoes(problems))

    return found


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position["name"])
def test_position(position: dict[str, Any], judge: Judge) -> None:
    line = HEAD.count("\n") + 1 + position["text"].partition("@")[0].count("\n")
    times = position["text"].count("@")
    beside = set(position.get("beside", ()))
    for reference, code in [*BROKEN.items(), *((good, None) for good in GOOD)]:
        found = judge(position["text"].replace("@", reference))
        codes = Counter(problem.code for problem in found)
        if position.get("as") == "text":
            assert not codes, reference
        elif "instead" in position or code == "left-over":  # one left open is told once a line
            assert codes, reference
            assert set(codes) <= {*position.get("instead", ()), *beside, *([code] if code == "left-over" else [])}
        else:
            own = Counter({code: times} if code else {})
            assert own <= codes, reference
            assert set(codes - own) <= beside, reference
            assert code or set(codes) == beside, reference
        assert {problem.line for problem in found} <= {line}, reference
