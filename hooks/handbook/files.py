"""The files below ``docs/``: found in order, without following links, and with names that every system can have."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from handbook.problems import Problem

MAX_LEVELS = 8

_NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*\Z", re.ASCII)


def files_below(root: Path, top: str, suffix: str) -> list[Path]:
    """Return the ordinary files below ``root/top`` whose names end in `suffix`, in order.

    Hidden files, links, what can't be looked into and names that can't be used are left out; `tree_problems` tells of
    all but the first.
    """
    found = (shown for shown, kind in _walk(root, top) if kind == "file" and shown.endswith(suffix))
    return [root / shown for shown in found if all(map(_NAME.match, shown.removeprefix(top).split("/")[1:]))]


def tree_problems(root: Path, top: str = "docs") -> Iterator[Problem]:
    """Yield links, folders that can't be read or lie too deep, and names that don't work everywhere."""
    for shown, kind in _walk(root, top):
        name = shown.rpartition("/")[2]
        if kind == "link":
            yield Problem("file-symlink", shown, 1)
        elif kind not in {"file", "folder"}:
            yield Problem("file-unreadable", shown, 1, values={"reason": kind})
        elif not _NAME.match(name):
            yield Problem("file-name", shown, 1, values={"name": name})
        elif kind == "folder" and name.endswith((".md", ".yml")):
            yield Problem("file-unreadable", shown, 1, values={"reason": "it is a folder"})


def _walk(root: Path, top: str, level: int = 1) -> Iterator[tuple[str, str]]:
    """Yield (name from the root, kind) of everything below `top`, in order; nothing below a link, but for ``docs``.

    A kind is "file", "folder", "link", or the reason why it is none of these.
    """
    if "/" in top and (root / top).is_symlink():
        return
    try:
        entries = sorted(os.scandir(root / top), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        yield top, error.strerror or str(error)
        return
    for entry in entries:
        if entry.name.startswith("."):  # left out by the generator too
            continue
        shown = f"{top}/{entry.name}"
        kind = _kind(entry)
        if kind == "folder" and level >= MAX_LEVELS:
            kind = f"folders are nested deeper than {MAX_LEVELS} levels"
        yield shown, kind
        if kind == "folder":
            yield from _walk(root, shown, level + 1)


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "link"
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        return error.strerror or str(error)
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "it is no ordinary file"
