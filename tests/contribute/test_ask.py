"""Questions in a terminal: asked again until the answer will do."""

from __future__ import annotations

from typing import Any

import pytest
from handbook.contribute.ask import StoppedError

CHOICES = [("in-use", "I bruk"), ("pilot", "Utprøving"), ("NO", "Norge")]


def test_text(answering: Any) -> None:
    ask, said = answering("", "  e\u0301n  ")
    assert ask.text("Hva?") == "én", "trimmed, letters composed"
    assert "required" in said


def test_text_may_be_left_empty_or_usual(answering: Any) -> None:
    ask, _ = answering("", "")
    assert ask.text("Hva?", required=False) == ""
    assert ask.text("Hva?", default="dette") == "dette"


@pytest.mark.parametrize("bad", ["a\x00b", "a\u202eb", "a\tb", "\udcff"])
def test_bytes_that_do_not_belong_in_text(answering: Any, bad: str) -> None:
    ask, said = answering(bad, "god")
    assert ask.text("Hva?") == "god"
    assert any("text_wrong" in line for line in said)


def test_a_check_is_told_until_it_is_content(answering: Any) -> None:
    ask, said = answering("a", "b")
    assert ask.text("Hva?", check=lambda text: "ikke a" if text == "a" else None) == "b"
    assert "ikke a" in said


def test_lines_end_with_an_empty_one(answering: Any) -> None:
    ask, _ = answering("", "én", "to", "")
    assert ask.lines("Hva?") == ("én", "to")


@pytest.mark.parametrize(
    ("answer", "code"), [("2", "pilot"), ("in-use", "in-use"), ("no", "NO"), ("utprøving", "pilot")]
)
def test_one_of_numbered_choices(answering: Any, answer: str, code: str) -> None:
    ask, said = answering("0", "4", "1 2", "", "x", "²", answer)
    assert ask.one("Status", CHOICES) == code
    assert said.count("number") == 6
    assert any("Utprøving" in line for line in said)


def test_any_of_them(answering: Any) -> None:
    ask, _ = answering("3, 1 1")
    assert ask.many("Status", CHOICES) == ("NO", "in-use")
    ask, _ = answering("1,9", "")
    assert ask.many("Status", CHOICES) == ()


@pytest.mark.parametrize(("answer", "value"), [("ja", True), ("J", True), ("n", False), ("", True)])
def test_yes_or_no(answering: Any, answer: str, value: bool) -> None:
    ask, _ = answering("kanskje", answer)
    assert ask.yes("Sant?", default=True) is value


def test_the_end_of_the_input_stops(answering: Any) -> None:
    ask, _ = answering()
    with pytest.raises(StoppedError):
        ask.text("Hva?")
