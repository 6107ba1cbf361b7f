"""``check`` on the command line: its formats, the files it is asked about, its place in a commit hook; ``serve``."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from handbook.cli import main
from handbook.problems import Problem, format_github, format_json, format_text
from handbook.selection import SelectionError, select_files

SCHEMA = json.loads(Path(__file__).with_name("cases").joinpath("problems.schema.json").read_text(encoding="utf-8"))
ODD = Problem(
    "ref-unknown", "docs/nb/100%, a:b.md", 7, 2, {"id": "100%\n::error::x,y:z\r\x1b[31m", "suggestion": "B-01%0A"}
)
COMMAND = re.compile(r"::error file=([^,:]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)\Z")


def unescaped(text: str, *, prop: bool = False) -> str:
    """Read a workflow command's text as GitHub's runner does."""
    if prop:
        text = text.replace("%3A", ":").replace("%2C", ",")
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def test_workflow_commands_carry_what_they_hold() -> None:
    printed = format_github([ODD, Problem("data-empty", "docs/data/x.yml", 1)]).split("\n")
    assert len(printed) == 2
    match = COMMAND.match(printed[0])
    assert match
    assert unescaped(match[1], prop=True) == ODD.file
    assert (match[2], match[3], match[4]) == ("7", "2", "ref-unknown")
    assert unescaped(match[5]) == f"{ODD.message} ({ODD.hint})"
    assert printed[1].startswith("::error file=docs/data/x.yml,line=1,title=data-empty::")


def test_text_stays_on_its_lines() -> None:
    printed = format_text([ODD])
    assert printed.count("\n") == 1
    assert printed.split("\n")[1].startswith("  hint: ")
    assert "\x1b" not in printed


def test_json_has_the_documented_shape(root: Path) -> None:
    jsonschema.validate(json.loads(format_json([ODD])), SCHEMA)
    assert json.loads(format_json([])) == []
    guide = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z]+)` \| [^|]* \|$", guide[guide.index("`--format json` prints") :], re.MULTILINE) == [
        *SCHEMA["items"]["properties"]
    ]


FOUND = [Problem("data-file-missing", "docs/data/relations.yml", 1), Problem("ref-unknown", "docs/sv/laws.md", 9)]


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (["docs/sv/laws.md"], {"docs/sv/laws.md"}),
        (["docs/sv"], {"docs/sv/laws.md"}),
        (["docs/s"], None),
        (["docs/fi", "mkdocs.yml"], set()),
        (["."], {"docs/sv/laws.md", "docs/data/relations.yml"}),
        (["docs/data/relations.yml"], {"docs/data/relations.yml"}),
        (["docs/../docs/sv/laws.md"], {"docs/sv/laws.md"}),
        (["../outside.md"], None),
        (["/"], None),
        (["docs/sv/nowhere.md"], None),
    ],
)
def test_selection(names: list[str], files: set[str] | None, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "docs" / "data" / "relations.yml").unlink()
    monkeypatch.chdir(small)
    if files is None:
        with pytest.raises(SelectionError):
            select_files(small, names, FOUND)
        return
    selection = select_files(small, names, FOUND)
    assert {problem.file for problem in FOUND if problem in selection} == files


def test_selection_from_a_folder_within(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small / "docs" / "nb")
    assert FOUND[1] in select_files(small, ["../sv/laws.md"], FOUND)
    assert select_files(small, ["../../mkdocs.yml"], FOUND).unchecked() == []
    (small / "notes.txt").write_text("", encoding="utf-8")
    assert select_files(small, [str(small / "notes.txt")], FOUND).unchecked() == ["notes.txt"]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "handbook", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=os.environ)


@pytest.mark.slow
def test_the_command(small: Path) -> None:
    page = small / "docs" / "fi" / "laws.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[[B-847]]\n", encoding="utf-8")
    everything = run(small, "check", "--format", "json")
    assert everything.returncode == 1
    problems = json.loads(everything.stdout)
    jsonschema.validate(problems, SCHEMA)
    assert "ref-unknown" in {problem["code"] for problem in problems}
    some = run(small, "check", "--format", "json", "docs/fi/laws.md", "mkdocs.yml")
    assert some.returncode == 1
    assert json.loads(some.stdout) == [problem for problem in problems if problem["file"] == "docs/fi/laws.md"]
    none = run(small, "check", "docs/data")
    assert (none.returncode, none.stdout) == (0, "")
    assert "in other files" in none.stderr
    for wrong in ("docs/fi/nowhere.md", "../elsewhere.md"):
        done = run(small, "check", wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert wrong in done.stderr
    github = run(small, "check", "--format", "github", "docs/fi")
    assert github.returncode == 1
    assert all(line.startswith("::error file=docs/fi/") for line in github.stdout.splitlines())


@pytest.mark.slow
def test_a_reader_that_stops_reading(small: Path) -> None:
    (small / "docs" / "data" / "languages.yml").write_text("- [", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "handbook", "check"],
        cwd=small,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        error = process.stderr.read() if process.stderr else ""
    assert "Traceback" not in error


@pytest.mark.slow
def test_the_commit_hook_of_the_guide(small: Path, root: Path) -> None:
    """The hook that CONTRIBUTING.md shows stops a commit with a problem and lets one without pass."""
    guide = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    lines = guide[guide.index("    #!/bin/sh") :].split("\n\n")[0].split("\n")
    script = "\n".join(line.removeprefix("    ") for line in lines)
    assert "python3 scripts/handbook.py check" in script
    script = script.replace("python3 scripts/handbook.py check", f"{sys.executable} -m handbook check")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
        return subprocess.run(command, cwd=small, capture_output=True, text=True, check=False, env=environment)

    git("init", "-q")
    git("add", "-A")
    assert git("commit", "-q", "-m", "start").returncode == 0
    hook = small / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(script + "\n", encoding="utf-8")
    hook.chmod(0o755)
    relations = small / "docs" / "data" / "relations.yml"
    good = relations.read_text(encoding="utf-8")
    relations.write_text(good.replace("to: [B-01, B-02]", "to: [B-01, B-77]", 1), encoding="utf-8")
    git("add", "-A")
    stopped = git("commit", "-m", "a wrong relation")
    assert stopped.returncode == 1
    assert "docs/data/relations.yml:3: unknown id 'B-77'" in stopped.stdout + stopped.stderr
    relations.write_text(good + "# a comment\n", encoding="utf-8")
    git("add", "-A")
    assert git("commit", "-m", "a comment").returncode == 0


@pytest.mark.parametrize("port", ["99999999", "-1", ""])
def test_a_port_that_cannot_be_served_is_told_before_the_first_build(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], port: str
) -> None:
    monkeypatch.chdir(small)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", f"--port={port or taken.getsockname()[1]}"]) == 2
    assert "can't be used" in capsys.readouterr().err
