"""Asks Git for the handbook as it was."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath


class HistoryError(Exception):
    """The history can't be asked; the message says why, in one line."""


@dataclass(frozen=True)
class Version:
    """A file as it was: the commit, its date, and the text."""

    commit: str
    date: str
    text: str


def git(root: Path, *arguments: str, data: bytes | None = None) -> bytes:
    """Run Git and return what it prints.

    Raises:
        HistoryError: there is no Git, this is no repository of it, or it refuses.
    """
    command = ["git", "-C", str(root), "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False)
    except OSError:
        raise HistoryError("no Git on this machine") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise HistoryError(said[0].removeprefix("fatal: ") if said else "Git failed")
    return done.stdout


def versions(root: Path, file: str) -> tuple[Version, ...]:
    """Return a file's committed versions, the newest first.

    Args:
        root: the project's folder.
        file: path below it.

    Raises:
        HistoryError: see `git`.
    """
    return _versions(root, file, git(root, "rev-parse", "--verify", "HEAD").decode().strip())


@lru_cache(maxsize=64)
def _versions(root: Path, file: str, head: str) -> tuple[Version, ...]:
    """Ask Git once for each file, as many units stand in one."""
    listed = git(root, "log", "--format=%H %cs", head, "--", file).decode().split("\n")
    commits = [(line.partition(" ")[0], line.partition(" ")[2]) for line in listed if line]
    asked = "".join(f"{commit}:./{file}\n" for commit, _ in commits).encode()
    answer = io.BytesIO(git(root, "cat-file", "--batch", data=asked)) if commits else io.BytesIO()
    found = []
    for commit, date in commits:
        header = answer.readline().split()
        if len(header) != 3 or header[1] != b"blob":
            continue  # the commit deleted it
        text = answer.read(int(header[2])).decode("utf-8", "replace")
        answer.read(1)
        found.append(Version(commit, date, text))
    return tuple(found)


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Path]:
    """Give a folder with the text and data of a revision, for as long as it is needed.

    Raises:
        HistoryError: there is no such revision, or it holds no handbook.
    """
    try:
        commit = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except HistoryError as error:
        git(root, "rev-parse", "--git-dir")  # tells where there is no repository at all
        raise HistoryError(f"no file and no revision is called '{revision}'") from error
    with tempfile.TemporaryDirectory() as folder:
        archive = git(root, "archive", "--format=tar", commit.decode().strip(), "docs")
        _unpack(archive, Path(folder))
        yield Path(folder)


def _unpack(archive: bytes, folder: Path) -> None:
    """Unpack ordinary files; a link that somebody committed is left out, as it could lead anywhere."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            parts = PurePosixPath(member.name).parts
            content = tar.extractfile(member) if member.isfile() else None
            if content is None or ".." in parts or member.name.startswith("/"):
                continue
            target = folder.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read())
