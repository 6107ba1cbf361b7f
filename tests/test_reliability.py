"""Broken handbooks by class: `check` says what is wrong and where, and neither falls over nor takes long about it."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from handbook.check import check
from hostile import Checker, Result, a_checker, break_handbook

CASES = yaml.safe_load((Path(__file__).with_name("cases") / "hostile.yml").read_text(encoding="utf-8"))
CLASSES = (
    *("truncated", "empty", "wrong types", "anchors and aliases", "tags", "keys", "documents", "tabs", "encodings"),
    *("characters", "look-alikes", "huge", "deep", "paths", "links", "not files", "missing", "names"),
)
MAX_LINE = 500
"""Characters of a problem's line for people."""

POSIX_ONLY = {"link", "pipe", "name-of-bytes"}


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with a_checker() as made:
        yield made


def runs_here(case: dict[str, Any]) -> bool:
    return sys.platform != "win32" or not POSIX_ONLY & {step[0] for step in case["do"]}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['class']}: {case['name']}")
def test_case(case: dict[str, Any], small: Path, checker: Checker) -> None:
    if not runs_here(case):
        pytest.skip("this system has no such files")
    break_handbook(small, case["do"])
    result = checker.check(small)
    found = Counter(place(case, file, line, code) for file, line, code in result.found)
    if "more" in case:  # the same many times over: the first tells enough
        assert set(case["found"]) <= set(found)
        assert len(result.found) <= case["more"]
    else:
        assert found == Counter(case["found"])
    well_told(result, small, braces="{" in str(case["do"]))


def place(case: dict[str, Any], file: str, line: int, code: str) -> str:
    """Return a problem as cases write it; ``*`` stands for a line where files of the project itself are lengthened."""
    anywhere = f"{file}:* {code}"
    return anywhere if anywhere in case["found"] else f"{file}:{line} {code}"


def well_told(result: Result, root: Path, *, braces: bool = False) -> None:
    """Each problem is one line with a place in its file and no gap in its words, and says what to do.

    `braces`: what is wrong holds braces itself.
    """
    rows = [row for row in result.text.splitlines() if not row.startswith("  hint: ")]
    assert len(rows) == len(result.problems)
    for problem, row in zip(result.problems, rows, strict=True):
        assert len(row) <= MAX_LINE
        assert row.isprintable()
        assert braces or not re.search(r"\{\w+\}", problem["message"] + problem["hint"])
        assert problem["hint"]
        assert 1 <= problem["line"] <= max(1, number_of_lines(root / problem["file"]))


def number_of_lines(file: Path) -> int:
    """Return how many lines a file has, told by LF, CR LF or CR; 1 for what is no file."""
    if not file.is_file() or file.is_symlink():
        return 1
    return len(re.split(rb"\r\n|\r|\n", file.read_bytes()))


def test_every_class_has_several_cases() -> None:
    assert {case["class"] for case in CASES} == set(CLASSES)
    assert min(Counter(case["class"] for case in CASES).values()) >= 4


@pytest.mark.slow
@pytest.mark.parametrize("name", ["docs/nb/laws.md", "docs/data/units/laws.yml", "docs/data", "docs/nb", "mkdocs.yml"])
def test_what_may_not_be_read(name: str, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without leave to read: who runs the tests as root could read it all the same, so the system's answer is set."""
    shut = small / name

    def refuse(path: Any) -> None:
        if not isinstance(path, int) and Path(os.fsdecode(path)).is_relative_to(shut):
            raise PermissionError(13, "Permission denied", str(path))

    for where, function in ((os, "scandir"), (os, "listdir"), (os, "open"), (Path, "read_bytes"), (Path, "open")):
        real = getattr(where, function)

        def guarded(path: Any = ".", *rest: Any, real: Any = real, **named: Any) -> Any:
            refuse(path)
            return real(path, *rest, **named)

        monkeypatch.setattr(where, function, guarded)
    problems = check(small, dictionaries=False).problems
    assert problems
    assert "file-unreadable" in {p.code for p in problems if Path(small, p.file).is_relative_to(shut)}
    assert all(p.line >= 1 for p in problems)
