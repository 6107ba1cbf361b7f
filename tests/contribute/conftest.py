"""What the tests of the verbs share: options as the command line gives them, a terminal that answers, Git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from handbook.cli import main
from handbook.contribute.ask import Questions

IDENTITY = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


@pytest.fixture
def run(small: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """A function that runs a verb on a copy of the small handbook and returns its status."""
    monkeypatch.chdir(small)
    return lambda *arguments: main([str(argument) for argument in arguments])


@pytest.fixture
def commit(small: Path) -> Callable[[str], str]:
    """A function that commits the small handbook as it is and returns the commit; its name becomes a tag."""

    def git(*arguments: str) -> str:
        env = {**os.environ, **IDENTITY}
        done = subprocess.run(["git", *arguments], cwd=small, env=env, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def committed(name: str) -> str:
        if not (small / ".git").exists():
            git("init", "--quiet")
        git("add", "--all")
        git("commit", "--quiet", "--message", name)
        git("tag", name)
        return git("rev-parse", "HEAD")

    return committed


@pytest.fixture
def answering() -> Callable[..., tuple[Questions, list[str]]]:
    """A function that makes a conversation out of answers, and the list of all that is said in it."""

    def make(*answers: str, words: dict[str, str] | None = None) -> tuple[Questions, list[str]]:
        said: list[str] = []
        waiting: Iterator[str] = iter(answers)

        def read(prompt: str) -> str:
            said.append(prompt)
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        return Questions(words or {"ask.yes": "ja", "ask.no": "nei"}, read, said.append), said

    return make


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder and what it holds."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def replace_in(file: Path, old: str, new: str) -> None:
    """Change a text in a file; it must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
