"""The navigation that ``mkdocs.yml`` sets, read without MkDocs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handbook import ids
from handbook.data import DATA
from handbook.index import Index
from handbook.model import Initiative
from handbook.problems import Problem, ProblemsError
from handbook.yaml_reader import read, read_text

CONFIG = "mkdocs.yml"


@dataclass(frozen=True)
class Section:
    """A part of the navigation: the key of its title's words, and its pages."""

    key: str
    paths: tuple[str, ...]


def read_config(root: Path) -> dict[str, Any]:
    """Return ``mkdocs.yml`` as plain data; values with tags that only MkDocs understands become None.

    Raises:
        ProblemsError: it can't be read, or is not valid YAML as the handbook's data are.
    """
    doc = read(root / CONFIG, CONFIG, tags=True)
    if doc.problems:
        raise ProblemsError(doc.problems)
    return doc.value if isinstance(doc.value, dict) else {}


def config_problems(root: Path) -> Iterator[Problem]:
    """Yield why ``mkdocs.yml`` can't be used, if it can't."""
    try:
        config = read_config(root)
    except ProblemsError as error:
        yield from error.problems
        return
    for key in ("nav", "markdown_extensions"):
        if not isinstance(config.get(key), list):
            values = {"field": key, "reason": "a list is expected", "value": str(config.get(key, ""))}
            yield Problem("data-value", CONFIG, line_of(root, f"{key}:"), values=values)
    for entry in config.get("markdown_extensions") or []:
        options = list(entry.values()) if isinstance(entry, dict) else [None] * isinstance(entry, str)
        if len(options) != 1 or not isinstance(options[0], dict | None):
            values = {"field": "markdown_extensions", "value": str(entry)}
            values["reason"] = "an extension is a name, or a name with its options below"
            yield Problem("data-value", CONFIG, line_of(root, "markdown_extensions:"), values=values)


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
    """Yield pages that the navigation lacks or has twice, and entries that lead to no page."""
    listed: set[str] = set()
    known = index.expected_paths()
    for path in (path for section in sections(root) for path in section.paths):
        line = line_of(root, path, 2 if path in listed else 1)
        if path in listed:
            yield Problem("page-nav-duplicate", CONFIG, line, values={"path": path})
        elif path not in known:
            suggestion = ids.closest(path, known)
            values = {"path": path} | ({"suggestion": suggestion} if suggestion else {})
            yield Problem("page-nav-unknown", CONFIG, line, values=values)
        listed.add(path)
    entries = f"{DATA}/initiatives/"
    names = [name.removeprefix(entries) for name in index.data.documents if name.startswith(entries)]
    catalogue = {f"initiatives/{name.removesuffix('.yml')}.md" for name in names}
    for lang, pages in index.pages.items():
        for path in sorted(set(pages) - listed - catalogue):
            yield Problem("page-nav-missing", f"docs/{lang}/{path}", 1)


def line_of(root: Path, text: str, nth: int = 1) -> int:
    """Return the line of the navigation at which a path stands for the nth time, alone or after a title."""
    lines = read_text(root / CONFIG, CONFIG)[0].split("\n")
    places = [number for number, line in enumerate(lines, 1) if text in re.split(r"[\s'\",\[\]]+", line)]
    return places[min(nth, len(places)) - 1] if places else 1
