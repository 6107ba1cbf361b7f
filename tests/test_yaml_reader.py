"""YAML without surprises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from handbook.yaml_reader import decode, parse, read
from hypothesis import given, settings
from hypothesis import strategies as st

CASES = yaml.safe_load((Path(__file__).with_name("cases") / "yaml.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    doc = parse(case["text"], "x.yml")
    if "value" in case:
        assert doc.value == case["value"]
        assert not doc.problems
    else:
        assert [(p.code, p.line) for p in doc.problems] == [(case["code"], case["line"])]


def test_lines() -> None:
    doc = parse("- a: 1\n  b:\n    - x\n    - y\n", "x.yml", first_line=11)
    assert doc.line_of((0, "b", 1)) == 14
    assert doc.line_of((0, "nowhere")) == 11


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xef\xbb\xbfa", "file-bom"),
        (b"\xff\xfe", "file-encoding"),
        ("blåbær".encode("latin-1"), "file-encoding"),
        (b"a\r\nb", "file-line-ends"),
        (b"a\x00b", "file-character"),
        ("a\u202eb".encode(), "file-character"),
        ("a\u00adb".encode(), "file-character"),
        ("a\u030a".encode(), "file-not-nfc"),
    ],
)
def test_bytes(raw: bytes, code: str) -> None:
    _, problems = decode(raw, "x.md")
    assert [p.code for p in problems] == [code]
    assert problems[0].line == 1


def test_tab(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_text("a:\n\tb: 1\n", encoding="utf-8")
    assert [(p.code, p.line) for p in read(file, "x.yml").problems] == [("yaml-tab", 2)]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_never_raises(text: str) -> None:
    doc = parse(text, "x.yml")
    assert all(p.line >= 1 for p in doc.problems)
