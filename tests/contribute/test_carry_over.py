"""``translations diff``: what a language has to take over."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from handbook import index as indexing
from handbook.contribute.carry_over import carry_over, report
from handbook.index import Index
from handbook.load import load

from .conftest import replace_in

LAW = "docs/nb/barriers/law.md"


def read(folder: Path) -> Index:
    return indexing.build(load(folder))


@pytest.fixture
def revised(small: Path, commit: Callable[[str], str]) -> tuple[str, str]:
    """A history: B-01 gets a comma, then a new meaning in the Norwegian text; the other languages stay behind."""
    commit("first")
    page = small / LAW
    replace_in(page, "{ #b-01 rev=1nb }", "{ #b-01 rev=1nb }\n\nFørste setning.\nAndre setning, [[S-01:1.1]].")
    before = commit("comma")
    replace_in(page, "{ #b-01 rev=1nb }", "{ #b-01 rev=2nb }")
    replace_in(page, "Andre setning,", "Helt annen setning,")
    after = commit("meaning")
    replace_in(page, "Første setning.", "Første setning, finpusset.")
    commit("polish")
    return before, after


@pytest.mark.slow
def test_what_changed_since_the_revision_that_a_language_has(small: Path, revised: tuple[str, str]) -> None:
    found = carry_over(read(small), "B-01", "fi")
    assert found is not None
    assert (found.state, found.own.rev, found.leading.rev, found.leading.language) == ("behind", "1nb", "2nb", "nb")
    assert found.then.commit == revised[0], "the last commit at which the leading text had that revision"
    assert found.then.rev == "1nb"
    changed = {line for line in found.diff if line[0] in "+-" and "###" not in line}
    assert changed == {
        "- Første setning.",
        "- Andre setning, [[S-01:1.1]].",
        "+ Første setning, finpusset.",
        "+ Helt annen setning, [[S-01:1.1]].",
    }
    told = "\n".join(report(found, colour=False))
    assert "what changed in nb" in told
    assert "write in fi: { #b-01 rev=2nb }" in told
    assert "\x1b[32m+ Helt annen" in "\n".join(report(found, colour=True))


@pytest.mark.slow
def test_the_dates_since_when(small: Path, revised: tuple[str, str], run: Callable[..., int], capsys: object) -> None:
    del revised
    assert run("translations", "--lang", "sv", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)  # type: ignore[attr-defined]
    (row,) = (row for row in rows if row["id"] == "B-01")
    assert (row["state"], row["leading_file"]) == ("behind", f"{LAW}:11")
    assert len(row["since"]) == len("2026-11-22")


@pytest.mark.slow
def test_without_a_history_both_texts_stand_side_by_side(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(small.parent))
    found = carry_over(read(small), "B-02", "fi")
    assert found is not None
    assert found.then is None
    assert "history can't be asked" in str(found.note)
    told = "\n".join(report(found, colour=False))
    assert found.leading.lines[0] in told
    assert found.own.lines[0] in told


@pytest.mark.slow
def test_a_revision_that_no_commit_has(small: Path, commit: Callable[[str], str]) -> None:
    commit("first")
    found = carry_over(read(small), "B-02", "fi")
    assert found is not None
    assert (found.own.rev, found.then) == ("1nb", None)
    assert found.note == "no commit has B-02 in nb at revision 1nb"


def test_missing_and_current(small: Path) -> None:
    index = read(small)
    found = carry_over(index, "B-02", "da")
    assert found is not None
    assert (found.state, found.own, found.diff) == ("missing", None, ())
    assert carry_over(index, "B-02", "nb") is None


def test_a_conflict_shows_both(small: Path) -> None:
    replace_in(small / "docs" / "sv" / "barriers" / "law.md", "{ #b-02 rev=2nb }", "{ #b-02 rev=2sv }")
    found = carry_over(read(small), "B-02", "sv")
    assert found is not None
    assert found.state == "conflict"
    assert {text.rev for text in (found.leading, *found.rivals)} == {"2nb", "2sv"}
    assert "agree on one text" in "\n".join(report(found, colour=False))


@pytest.mark.slow
def test_the_command(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("translations", "diff", "b2", "--lang", "nb") == 0
    assert capsys.readouterr().out == "B-02 nb: up to date (2nb)\n"
    assert run("translations", "diff", "B-02", "--lang", "da", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["state"] == "missing"
    assert run("translations", "diff", "B-20", "--lang", "da") == 2
    assert capsys.readouterr().err == "unknown id 'B-20': did you mean 'B-02'?\n"
    assert run("translations", "diff", "B-02", "--lang", "xx") == 2
    assert capsys.readouterr().err.startswith("unknown language 'xx'")
    assert run("translations", "diff", "S-01", "--lang", "da") == 2
    assert capsys.readouterr().err == "S-01 has no text in any language\n"
    assert run("translations", "--lang", "da") == 0
