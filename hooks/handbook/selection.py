"""The files that a check was asked about: a path, a folder with all below it, several of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handbook.problems import Problem

CHECKED = ("docs", "overrides", "mkdocs.yml")
"""What a check looks at, from the project's folder."""


class SelectionError(Exception):
    """A path that nothing can be said about; the message says why."""


@dataclass(frozen=True)
class Selection:
    """Paths from the project's folder; an empty one is the folder itself."""

    paths: tuple[str, ...]

    def __contains__(self, problem: Problem) -> bool:
        """Tell whether a problem lies in one of the files."""
        return any(path in {"", problem.file} or problem.file.startswith(path + "/") for path in self.paths)

    def unchecked(self) -> list[str]:
        """Return the paths that a check never looks at."""
        return [path for path in self.paths if path and path.split("/")[0] not in CHECKED]


def select_files(root: Path, names: Sequence[str], problems: Sequence[Problem]) -> Selection:
    """Return the selection that `names` make.

    Args:
        root: the project's folder.
        names: paths as given on the command line, seen from the working directory.
        problems: all that were found; a file that is missing may be one of them.

    Raises:
        SelectionError: a path lies outside the project, or there is nothing there.
    """
    paths: list[str] = []
    known = {problem.file for problem in problems}
    for name in names:
        shown = _shown(root, name)
        if not os.path.lexists(root / shown) and shown not in known:
            raise SelectionError(f"{name}: no such file")
        paths.append(shown)
    return Selection(tuple(paths))


def _shown(root: Path, name: str) -> str:
    """Return a path as problems show it, seen from the project's folder."""
    plain = Path(os.path.abspath(name))  # noqa: PTH100  resolve() would follow links out of the project
    for path in (plain, plain.parent.resolve() / plain.name):
        if path == root:
            return ""
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    raise SelectionError(f"{name} is not in the project")
