"""The navigation that ``mkdocs.yml`` sets, read without MkDocs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from handbook.index import Index
from handbook.model import Initiative
from handbook.problems import Problem

CONFIG = "mkdocs.yml"


@dataclass(frozen=True)
class Section:
    """A part of the navigation: the key of its title's words, and its pages."""

    key: str
    paths: tuple[str, ...]


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml; tags that only MkDocs understands become None."""


_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def read_config(root: Path) -> dict[str, Any]:
    """Return ``mkdocs.yml`` as plain data.

    Raises:
        yaml.YAMLError: it is not valid YAML.
        OSError: it can't be read.
    """
    loaded = yaml.load((root / CONFIG).read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  a SafeLoader
    return loaded if isinstance(loaded, dict) else {}


def sections(root: Path) -> list[Section]:
    """Return the navigation's parts in order; a page at the top level is a part of its own with an empty key."""
    found: list[Section] = []
    for entry in read_config(root).get("nav") or []:
        if isinstance(entry, str):
            found.append(Section("", (entry,)))
        elif isinstance(entry, dict):
            for key, value in entry.items():
                found.append(Section(str(key), tuple(_paths(value))))
    return found


def _paths(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from _paths(child)
    elif isinstance(value, list):
        for child in value:
            yield from _paths(child)


def book_order(index: Index) -> list[tuple[str, list[str]]]:
    """Return the parts of the navigation with their pages, the catalogue's pages after the catalogue itself."""
    pages = [f"initiatives/{u.slug}.md" for u in index.data.of_kind("I") if isinstance(u, Initiative)]
    order: list[tuple[str, list[str]]] = []
    for section in sections(index.data.root):
        paths: list[str] = []
        for path in section.paths:
            paths.append(path)
            if path == "initiatives/index.md":
                paths.extend(pages)
        order.append((section.key, paths))
    return order


def navigation_problems(root: Path, index: Index) -> Iterator[Problem]:
    """Yield pages that the navigation lacks, and entries that lead to no page."""
    try:
        parts = sections(root)
    except (yaml.YAMLError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        reason = str(getattr(error, "problem", None) or error)
        yield Problem("yaml-syntax", CONFIG, line, values={"reason": reason})
        return
    listed = {path for section in parts for path in section.paths}
    known = set(index.expected_paths())
    for path in sorted(listed - known):
        yield Problem("page-nav-unknown", CONFIG, _line(root, path), values={"path": path})
    catalogue = {f"initiatives/{u.slug}.md" for u in index.data.of_kind("I") if isinstance(u, Initiative)}
    for lang, pages in index.pages.items():
        for path in sorted(set(pages) - listed - catalogue):
            yield Problem("page-nav-missing", f"docs/{lang}/{path}", 1)


def _line(root: Path, text: str) -> int:
    lines = (root / CONFIG).read_text(encoding="utf-8").split("\n")
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)
