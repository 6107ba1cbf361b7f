"""Ids, revisions and selections."""

from __future__ import annotations

import pytest
from handbook import ids
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize("text", ["G-01", "B-32", "B-100", "I-008", "I-1000", "T-bias", "L-ai-act", "S-01", "P-about"])
def test_ids(text: str) -> None:
    assert ids.is_id(text)
    assert ids.from_anchor(ids.anchor_of(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "B",
        "B-",
        "B-1",
        "B-00",
        "B-032",
        "b-32",
        "B-3２",
        "I-08",
        "T-Bias",
        "T--a",
        "X-01",
        "B-32 ",
        "T-å",
    ],
)
def test_not_ids(text: str) -> None:
    assert not ids.is_id(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("b-32", "B-32"),
        (" B-32 ", "B-32"),
        ("B32", "B-32"),
        ("i8", "I-008"),
        ("B–5", "B-05"),
        ("hello", None),
    ],
)
def test_suggestion(text: str, meant: str | None) -> None:
    assert ids.suggest_form(text) == meant


@given(st.text(max_size=12))
def test_suggestions_are_ids(text: str) -> None:
    suggestion = ids.suggest_form(text)
    assert suggestion is None or ids.is_id(suggestion)


def test_revision() -> None:
    assert str(ids.Rev.parse("3sv")) == "3sv"
    assert ids.Rev.parse("10fi") > ids.Rev.parse("9sv")
    for wrong in ("", "sv", "3", "0sv", "3SV", "3sv ", "03sv"):
        with pytest.raises(ValueError, match=r".*"):
            ids.Rev.parse(wrong)


def test_selection() -> None:
    known = [f"M-{n:02d}" for n in range(1, 40)] + ["G-03"]
    assert ids.expand("G-03, M-26..M-28", known) == ["G-03", "M-26", "M-27", "M-28"]
    assert ids.expand("M-02,M-02", known) == ["M-02"]
    for wrong in ("M-1", "M-50..M-60", "G-03..M-02"):
        with pytest.raises(ids.IdError):
            ids.expand(wrong, known)


def test_closest_keeps_the_kind() -> None:
    assert ids.closest("B-847", ["B-47", "M-47", "B-12"]) == "B-47"
    assert ids.closest("zzz", ["B-47"]) is None
