"""Files that nobody reads, because they lie in the wrong place or are of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from handbook import ids
from handbook.checks.images import IMAGES, image_problems
from handbook.data import DATA
from handbook.index import Index
from handbook.navigation import CONFIG, line_of, read_config
from handbook.problems import Problem

PAGES = frozenset({".md"})
CHOOSER = "index.md"
"""The one page of a locale that is no language's edition."""
FEW = 3
"""With more files beside it, it is the language that is missing."""
IN_DATA = {"": frozenset({".yml", ".txt", ".json"}), "initiatives": frozenset({".yml"}), "strings": frozenset({".yml"})}
"""Folder below the data → the kinds of files in it."""


def file_problems(index: Index) -> Iterator[Problem]:
    """Yield folders and files below ``docs/`` that belong to nothing."""
    docs = index.data.root / "docs"
    locales = _locales(index.data.root)
    for code in index.data.codes:
        if locales and code not in locales:
            line = line_of(index.data.root, "languages:")
            yield Problem("language-locale", CONFIG, line, values={"code": code})
    known = {*index.data.codes, *locales, PurePosixPath(DATA).name}
    for entry in sorted(docs.iterdir()):
        if entry.name in index.data.codes and entry.is_file():
            yield Problem("file-unreadable", f"docs/{entry.name}", 1, values={"reason": "it is no folder"})
        if entry.name.startswith(".") or entry.name in known or "languages.yml" in index.data.lost:
            continue
        values = {"name": entry.name, "allowed": ", ".join(index.data.codes)}
        suggestion = ids.closest(entry.name, index.data.codes)
        extra = {"suggestion": suggestion} if suggestion else {}
        yield Problem("folder-unknown", f"docs/{entry.name}", 1, values=values | extra)
    for code in index.data.codes:
        yield from _unexpected(docs / code, f"docs/{code}", PAGES | IMAGES)
    others = set() if "languages.yml" in index.data.lost else locales - set(index.data.codes)
    for code in sorted(others):
        yield from _beside_chooser(index, code)
    yield from image_problems(index)
    yield from _unexpected_data(index)


def _beside_chooser(index: Index, code: str) -> Iterator[Problem]:
    """Yield what else than the page where readers choose a language lies in a folder that is no language's."""
    folder = index.data.root / "docs" / code
    names = [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*")) if file.is_file()]
    names = [name for name in names if name != CHOOSER and not any(part.startswith(".") for part in name.split("/"))]
    if len(names) > FEW:
        values = {"name": code, "allowed": ", ".join(index.data.codes)}
        yield Problem("folder-unknown", f"docs/{code}", 1, values=values)
        return
    for name in names:
        yield Problem("file-unexpected", f"docs/{code}/{name}", 1, values={"allowed": CHOOSER})


def _locales(root: Path) -> set[str]:
    """Return the locales that ``mkdocs.yml`` builds: the page where readers choose a language is one more of them."""
    found: set[str] = set()
    plugins = read_config(root).get("plugins")
    for plugin in plugins if isinstance(plugins, list) else []:
        settings = plugin.get("i18n") if isinstance(plugin, dict) else None
        languages = settings.get("languages") if isinstance(settings, dict) else None
        for language in languages if isinstance(languages, list) else []:
            if isinstance(language, dict) and language.get("build") is not False:
                found.add(str(language.get("locale")))
    return found


def _unexpected(folder: Path, shown: str, kinds: frozenset[str]) -> Iterator[Problem]:
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if (
            file.is_symlink()
            or file.is_dir()
            or any(part.startswith(".") for part in name.split("/"))
            or file.suffix in kinds
        ):
            continue
        yield Problem("file-unexpected", f"{shown}/{name}", 1, values={"allowed": ", ".join(sorted(kinds))})


def _unexpected_data(index: Index) -> Iterator[Problem]:
    folder = index.data.root / DATA
    for name, kinds in IN_DATA.items():
        for file in sorted((folder / name).glob("*")):
            if file.is_file() and not file.name.startswith(".") and file.suffix not in kinds:
                shown = file.relative_to(index.data.root).as_posix()
                yield Problem("file-unexpected", shown, 1, values={"allowed": ", ".join(sorted(kinds))})
    for file in sorted((folder / "strings").glob("*.yml")):
        if file.stem not in index.data.codes and "languages.yml" not in index.data.lost:
            values = {"name": file.name, "allowed": ", ".join(f"{code}.yml" for code in index.data.codes)}
            yield Problem("folder-unknown", file.relative_to(index.data.root).as_posix(), 1, values=values)
