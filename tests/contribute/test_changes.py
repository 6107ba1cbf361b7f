"""``changes``: what changed between two editions, from Git or from the files that editions publish."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from handbook import index as indexing
from handbook.contribute.compare_editions import KINDS, compare, read_edition
from handbook.load import load
from handbook.publish.units import handbook_json
from handbook.yaml_reader import read

from .conftest import replace_in

ADDED = """
### Ny terskel { #b-04 rev=1nb }

Tekst [[S-01:1.1]].
"""


ENTRY = """\
- {id: B-04, key: more, dimension: law, section: '1.1', year: 2024, countries: ['NO'], sources: [{source: S-01}]}
"""


def change(small: Path) -> None:
    """Make a new edition: a barrier comes, an initiative goes, a barrier is revised and renamed, relations change."""
    data = small / "docs" / "data"
    page = small / "docs" / "nb" / "barriers" / "law.md"
    page.write_text(page.read_text(encoding="utf-8") + ADDED, encoding="utf-8")
    barriers = data / "units" / "barriers.yml"
    barriers.write_text(barriers.read_text(encoding="utf-8") + ENTRY, encoding="utf-8")
    replace_in(page, "{ #b-01 rev=1nb }", "{ #b-01 rev=2nb }")
    text = page.read_text(encoding="utf-8").split("\n")
    line = next(n for n, row in enumerate(text) if "#b-01" in row)
    text[line] = "### Et nytt navn { #b-01 rev=2nb }"
    page.write_text("\n".join(text), encoding="utf-8")
    (data / "initiatives" / "chatbot-2.yml").unlink()
    for found in (small / "docs").glob("*/initiatives/chatbot-2.md"):
        found.unlink()
    relations = (data / "relations.yml").read_text(encoding="utf-8")
    assert "I-002" not in relations
    (data / "relations.yml").write_text(
        relations.replace("strength: direct", "strength: partial", 1)
        + "- {from: G-01, type: answers, to: [B-04], judgement: true}\n",
        encoding="utf-8",
    )
    stones = data / "withdrawn.yml"
    stones.write_text(
        stones.read_text(encoding="utf-8") + "- {id: I-002, since: '2026.11', reason: merged, replaced_by: I-001}\n",
        encoding="utf-8",
    )
    (data / "handbook.yml").write_text(
        (data / "handbook.yml").read_text(encoding="utf-8").replace("2026.10", "2026.11"), encoding="utf-8"
    )


def published(small: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(handbook_json(indexing.build(load(small))))
    return found


@pytest.fixture
def editions(small: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    old = published(small)
    change(small)
    return old, published(small)


def test_every_kind(editions: tuple[dict[str, Any], dict[str, Any]]) -> None:
    old, new = (read_edition(content, "nb") for content in editions)
    found = compare(old, new)
    assert (found.old, found.new) == ("2026.10", "2026.11")
    assert [(e.id, e.title, e.new) for e in found.added] == [("B-04", "Ny terskel", "1nb")]
    assert [(e.id, e.reason, e.replaced_by) for e in found.withdrawn] == [("I-002", "merged", "I-001")]
    assert [(e.id, e.old, e.new) for e in found.revised] == [("B-01", "1nb", "2nb")]
    assert [(e.id, e.new) for e in found.retitled] == [("B-01", "Et nytt navn")]
    assert [(r.start, r.type, r.end) for r in found.relations if r.old is None] == [("G-01", "answers", "B-04")]
    weaker = [(r.end, r.old.strength, r.new.strength) for r in found.relations if r.old and r.new]
    assert weaker == [("B-01", "direct", "partial"), ("B-02", "direct", "partial")]
    assert found.gone == found.translated == []


def test_backwards(editions: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Without a tombstone a unit is gone unexplained; nothing else is lost on the way back."""
    old, new = (read_edition(content, "nb") for content in editions)
    found = compare(new, old)
    assert [e.id for e in found.gone] == ["B-04"]
    assert [e.id for e in found.added] == ["I-002"]
    assert [(e.id, e.old, e.new) for e in found.revised] == [("B-01", "2nb", "1nb")]


def test_another_language(editions: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Titles and revisions are those of the language asked for: the Swedish text did not move."""
    old, new = (read_edition(content, "sv") for content in editions)
    found = compare(old, new)
    assert found.revised == found.retitled == []
    assert [(e.id, e.title, e.new) for e in found.added] == [("B-04", "Ny terskel", None)]


def test_a_text_that_came(small: Path) -> None:
    old = published(small)
    page = small / "docs" / "is" / "initiatives" / "chatbot-2.md"
    text = (small / "docs" / "fi" / "initiatives" / "chatbot-2.md").read_text(encoding="utf-8")
    page.write_text(text, encoding="utf-8")
    found = compare(read_edition(old, "is"), read_edition(published(small), "is"))
    assert [e.id for e in found.translated] == ["I-002"]
    assert found.retitled == [], "the title was the other language's until now"


def test_nothing(small: Path) -> None:
    edition = read_edition(published(small), "fi")
    assert not compare(edition, edition).any()


@pytest.mark.slow
def test_by_git_and_by_files(
    run: Callable[..., int],
    small: Path,
    tmp_path: Path,
    commit: Callable[[str], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The same answer, whatever OLD and NEW are: tags, commits, files, folders, or the text as it lies there."""
    commit("first")
    (tmp_path / "old.json").write_text(json.dumps(published(small)), encoding="utf-8")
    change(small)
    (tmp_path / "handbook.json").write_text(json.dumps(published(small)), encoding="utf-8")
    answers = []
    for old, new in (("first", None), (tmp_path / "old.json", tmp_path), ("first", tmp_path / "handbook.json")):
        assert run("changes", old, *([new] if new else []), "--lang", "nb", "--format", "json") == 0
        answers.append(json.loads(capsys.readouterr().out))
    commit("second")
    assert run("changes", "HEAD~1", "second", "--lang", "nb", "--format", "json") == 0
    answers.append(json.loads(capsys.readouterr().out))
    for answer in answers:
        for name in ("old", "new"):
            answer.pop(name)
    assert answers[0]["added"]
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.slow
def test_for_people(run: Callable[..., int], small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old.json"
    old.write_text(json.dumps(published(small)), encoding="utf-8")
    change(small)
    assert run("changes", old, "--lang", "nb") == 0
    told = capsys.readouterr().out
    assert told.startswith("Endringer fra 2026.10 til 2026.11\n")
    assert "B-04     Ny terskel (1nb)" in told
    assert "I-002    " in told
    assert "(merged; i stedet: I-001)" in told
    assert "+ G-01 → B-04: Barrierer den svarer på (vår vurdering)" in told
    assert run("changes", old, "--lang", "fi", "--format", "markdown") == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[0] == "## Muutokset: 2026.10 → 2026.11"
    assert "- B-04: [[B-04]]" in lines
    assert not any("[[I-002]]" in line for line in lines), "a link to a unit that is there no more would be a problem"
    assert run("changes", small / "nothing", "--lang", "nb") == 2


@pytest.mark.slow
def test_clear_answers_to_wrong_questions(
    run: Callable[..., int],
    small: Path,
    tmp_path: Path,
    commit: Callable[[str], str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))

    def told(*arguments: object) -> str:
        assert run("changes", *arguments) == 2
        lines = capsys.readouterr().err.strip().split("\n")
        assert len(lines) == 1
        return lines[0]

    assert "not a git repository" in told("first", "--lang", "nb")
    commit("first")
    assert told("second", "--lang", "nb") == "second: no file and no revision is called 'second'"
    assert told("first", "--lang", "xx").startswith("unknown language 'xx'")
    for name in ("other.json", "list.json"):
        assert told(tmp_path / name, "--lang", "nb").endswith("is not the handbook.json of an edition")
    languages = small / "docs" / "data" / "languages.yml"
    sound = languages.read_bytes()
    languages.write_text("[", encoding="utf-8")
    commit("broken")
    languages.write_bytes(sound)
    assert told("broken", "--lang", "nb").startswith("broken: its data can't be read: docs/data/languages.yml:")
    monkeypatch.setenv("PATH", "")
    assert told("first", "--lang", "nb") == "first: no Git on this machine"


def test_the_kinds_are_those_that_there_are_words_for(root: Path) -> None:
    for file in (root / "docs" / "data" / "strings").glob("*.yml"):
        words = read(file, "").value["changes"]
        assert all(words[kind] for kind in (*KINDS, "relations", "title", "none", "replaced_by"))
