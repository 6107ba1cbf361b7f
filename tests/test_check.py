"""`check` as a whole: what it finds in broken copies of the small handbook, and in the real text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from handbook.check import check
from handbook.problems import Problem, format_github, format_json, format_text
from handbook.text.structure import normal_numbers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CASES = Path(__file__).with_name("cases")
NUMBERS = yaml.safe_load((CASES / "numbers.yml").read_text(encoding="utf-8"))
BROKEN = yaml.safe_load((CASES / "broken.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", NUMBERS, ids=lambda case: case["text"])
def test_numbers(case: dict[str, Any]) -> None:
    assert set(normal_numbers(case["text"])) == set(case["numbers"])


def problems(folder: Path) -> list[Problem]:
    return check(folder, dictionaries=False).problems


def test_the_small_handbook_is_sound(small: Path) -> None:
    assert problems(small) == []


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case["name"], marks=[] if case.get("quick") else [pytest.mark.slow]) for case in BROKEN],
)
def test_broken(case: dict[str, Any], small: Path) -> None:
    file = small / case["file"]
    if "replace" in case:
        old, new = case["replace"]
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    elif "bytes" in case:
        file.write_bytes(bytes.fromhex(case["bytes"]))
    elif "write" in case:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(case["write"], encoding="utf-8")
    else:
        file.unlink()
    found = [(p.file, p.code, p.line) for p in problems(small)]
    for place, code, line in case["found"]:
        assert (place, code, line) in found, found


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=60), name=st.sampled_from(["docs/sv/laws.md", "docs/data/relations.yml"]))
def test_any_bytes_are_only_problems(raw: bytes, name: str, small: Path) -> None:
    (small / name).write_bytes(raw)
    for problem in problems(small):
        assert problem.line >= 0
        assert "\n" not in format_text([problem]).split("\n  hint: ")[0]


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="[]()/{}#-_*`|:!<>&B01 \n$\\", max_size=60))
def test_any_markdown_is_only_problems(text: str, small: Path) -> None:
    page = small / "docs" / "sv" / "laws.md"
    page.write_text("---\nauthority: draft\n---\n\n# Lagar { #p-laws rev=1nb }\n\n" + text, encoding="utf-8")
    problems(small)


def test_formats() -> None:
    problem = Problem("ref-unknown", "docs/sv/a.md", 14, 3, {"id": "B-847", "suggestion": "B-47"})
    assert format_text([problem]) == (
        "docs/sv/a.md:14:3: unknown id 'B-847' [ref-unknown]\n  hint: did you mean 'B-47'?"
    )
    assert json.loads(format_json([problem]))[0]["line"] == 14
    assert format_github([problem]).startswith("::error file=docs/sv/a.md,line=14,col=3,title=ref-unknown::unknown")


@pytest.mark.slow
def test_exit_status(small: Path) -> None:
    """0 fine, 1 problems, 2 wrong usage; never a traceback."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "handbook", *arguments]
        return subprocess.run(command, cwd=small, capture_output=True, text=True, check=False, env=os.environ)

    assert run("translations").returncode == 0
    assert run("check", "--format", "nothing").returncode == 2
    assert run("build", "--lang", "xx").returncode == 2
    assert run("check", "../elsewhere.md").returncode == 2
    (small / "docs" / "data" / "languages.yml").write_text("- [", encoding="utf-8")
    done = run("check")
    assert done.returncode == 1
    assert done.stdout.startswith("docs/data/languages.yml:1: this is not valid YAML")
    assert "Traceback" not in done.stderr


COPIED = "Denne setningen er lang nok til å være et avsnitt for seg selv, og den står likt i to filer her.\n"


def test_a_paragraph_left_untranslated(small: Path) -> None:
    for lang in ("nb", "fi"):
        page = small / "docs" / lang / "laws.md"
        page.write_text(page.read_text(encoding="utf-8") + "\n" + COPIED, encoding="utf-8")
    found = [(p.file, p.line) for p in problems(small) if p.code == "text-untranslated"]
    assert found == [("docs/fi/laws.md", 13)]


@pytest.mark.slow
def test_a_line_in_another_language(small: Path, root: Path) -> None:
    """Not a copy of anything, so only the dictionaries can tell; without them there is a note."""
    del root
    page = small / "docs" / "fi" / "laws.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n" + COPIED, encoding="utf-8")
    checked = check(small)
    codes = {p.code for p in checked.problems if p.file == "docs/fi/laws.md"}
    assert "text-language" in codes or checked.notes


@pytest.mark.slow
def test_the_real_text_has_no_problem(root: Path) -> None:
    """All text and data, spelling included: a missing dictionary fails here, with how to install it."""
    checked = check(root)
    assert checked.notes == []
    assert format_text(checked.problems) == ""
