"""Writes what the browser loads when search is used: a worker per language, its index, the library and its licence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

from handbook.index import Index
from handbook.language.lemmas import CREDITS
from handbook.language.words import WORD
from handbook.model import Language
from handbook.problems import Problem, ProblemsError
from handbook.search.concepts import concepts
from handbook.search.documents import INSERTED, Document
from handbook.search.entries import Entry, entries
from handbook.search.families import families

FOLDER = "assets/search"
SCRIPTS = "assets/javascripts/search"
PARTS = (
    *("fold.js", "likeness.js", "vocabulary.js", "concepts.js"),
    *("index.js", "meanings.js", "engine.js", "passage.js", "answer.js"),
)
"""The engine's files, in the order they are loaded."""

LIBRARY = "minisearch.js"
WORKER = "worker.js"
HEAD = "/* Search in one language: the worker. Licences of what it loads: see LICENSES.txt beside it. */\n"


def worker_address(lang: str) -> str:
    """Return the address of a language's worker below the site's root."""
    return f"{FOLDER}/{lang}.js"


class Bundle:
    """What is written for all languages of one build.

    Args:
        out: the site's folder, into which the theme's files have been copied.
        node_modules: where the npm packages are installed.
        cache: where what is costly is kept.
    """

    def __init__(self, out: Path, node_modules: Path, cache: Path) -> None:
        self.out = out
        self.package = node_modules / "minisearch"
        self.cache = cache
        self.notes: list[str] = []

    def library(self) -> None:
        """Copy MiniSearch, and write whose work is in the folder.

        Raises:
            ProblemsError: the npm package is missing.
        """
        source = self.package / "dist" / "umd" / "index.js"
        if not source.is_file():
            values = {"reason": "the npm package minisearch is not installed"}
            raise ProblemsError([Problem("build-failed", "package.json", values=values)])
        folder = self.out / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        code = source.read_text(encoding="utf-8")
        lines = [line for line in code.splitlines() if not line.startswith("//# sourceMappingURL")]
        version = json.loads((self.package / "package.json").read_text(encoding="utf-8"))["version"]
        head = f"/* MiniSearch {version}, MIT: see LICENSES.txt */"
        _write(folder / LIBRARY, "\n".join([head, *lines]) + "\n")
        licence = (self.package / "LICENSE.txt").read_text(encoding="utf-8").strip()
        _write(folder / "LICENSES.txt", "\n\n".join([f"MiniSearch {version}\n\n{licence}", *CREDITS.values()]) + "\n")

    def language(self, index: Index, lang: str, pages: Mapping[str, Iterable[Document]]) -> None:
        """Write one language's worker and index.

        Args:
            index: all texts.
            lang: the readers' language.
            pages: path below ``docs/<lang>/`` → the page's documents.
        """
        found = list(entries(index, lang, pages))
        spelling = _language(index, lang).spelling
        irregular, notes = families(spelling, _words(found), self.cache / "search")
        self.notes += notes
        data = index_data(index, lang, found, irregular)
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        name = f"{lang}.data.js"
        _write(self.out / FOLDER / name, f"(globalThis.handbookSearch ||= {{}}).data = {text};\n")
        _write(self.out / worker_address(lang), self._worker(name))

    def _worker(self, data: str) -> str:
        """Return the worker's code: what to load, each with its content's mark, so that no old copy is used."""
        folder, scripts = self.out / FOLDER, self.out / SCRIPTS
        files = [folder / LIBRARY, *(scripts / name for name in PARTS), folder / data]
        marked = [f"{_relative(file, self.out)}?{_mark(file)}" for file in files]
        code = (scripts / WORKER).read_text(encoding="utf-8")
        return f"{HEAD}const FILES = {json.dumps(marked)};\n{code}"


def index_data(index: Index, lang: str, found: Iterable[Entry], irregular: list[list[str]]) -> dict[str, Any]:
    """Return what the engine needs, as plain data."""
    return {
        "entries": [
            [e.unit, e.address, e.title, e.place, [[s.heading, *s.blocks] for s in e.sections], *_hidden(e)]
            for e in found
        ],
        "concepts": [astuple(concept) for concept in concepts(index.data, lang)],
        "families": irregular,
        "little": _language(index, lang).function_words,
        "moved": [[stone.id, stone.replaced_by] for stone in index.data.withdrawn.values() if stone.replaced_by],
    }


def _language(index: Index, lang: str) -> Language:
    return next(language for language in index.data.languages if language.code == lang)


def _hidden(entry: Entry) -> tuple[tuple[str, ...], ...]:
    return entry.names, entry.asked, entry.others


def _words(found: Iterable[Entry]) -> set[str]:
    """Return the words of the entries, in small letters."""
    words: set[str] = set()
    for entry in found:
        texts = [entry.title, *entry.names, *entry.asked, *(t for s in entry.sections for t in (s.heading, *s.blocks))]
        for text in texts:
            plain = text.replace(INSERTED[0], " ").replace(INSERTED[1], " ")
            for word in WORD.findall(plain.lower()):
                words.update(part for part in word.replace("’", "-").replace(":", "-").split("-") if part)
    return words


def _relative(file: Path, out: Path) -> str:
    place = file.relative_to(out).as_posix()
    return place.removeprefix(f"{FOLDER}/") if place.startswith(f"{FOLDER}/") else f"../../{place}"


def _mark(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def remove_sources(out: Path) -> None:
    """Delete what stands in the site only because it lies among the theme's files: the worker's source."""
    (out / SCRIPTS / WORKER).unlink(missing_ok=True)
