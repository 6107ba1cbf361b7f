"""The images beside the pages: each of the kind that its name says, and without anything active in it."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from handbook.addresses import address_problem
from handbook.files import files_below
from handbook.index import Index
from handbook.problems import Problem
from handbook.yaml_reader import read_text

SIGNATURES: dict[str, tuple[tuple[int, bytes], ...]] = {
    ".png": ((0, b"\x89PNG\r\n\x1a\n"),),
    ".jpg": ((0, b"\xff\xd8\xff"),),
    ".jpeg": ((0, b"\xff\xd8\xff"),),
    ".gif": ((0, b"GIF8"),),
    ".webp": ((0, b"RIFF"), (8, b"WEBP")),
    ".avif": ((4, b"ftyp"),),
}
"""Ending of a file's name → what stands in the file, and at which byte."""

IMAGES = frozenset({".svg", *SIGNATURES})
"""Endings of the names of images."""

_ACTIVE = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler"})
_FETCHED = frozenset({"image", "use", "feimage"})
_HEAD = 16


def image_problems(index: Index) -> Iterator[Problem]:
    """Yield images in the languages' folders that are none, or that hold scripts or what lies elsewhere."""
    root = index.data.root
    for code in index.data.codes:
        for ending in sorted(IMAGES):
            for file in files_below(root, f"docs/{code}", ending):
                shown = file.relative_to(root).as_posix()
                yield from _drawing(file, shown) if ending == ".svg" else _picture(file, shown, ending)


def _picture(file: Path, shown: str, ending: str) -> Iterator[Problem]:
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError as error:
        yield Problem("file-unreadable", shown, 1, values={"reason": error.strerror or str(error)})
        return
    if any(head[at : at + len(mark)] != mark for at, mark in SIGNATURES[ending]):
        reason = f"it does not begin like a {ending} file" if head else "it is empty"
        yield Problem("image-broken", shown, 1, values={"reason": reason})


def _drawing(file: Path, shown: str) -> Iterator[Problem]:
    text, problems = read_text(file, shown)
    yield from problems
    if problems and not text:
        return
    reader = _Drawing(shown)
    reader.feed(text)
    reader.close()
    if not reader.is_drawing:
        reason = "it holds no <svg>" if text.strip() else "it is empty"
        yield Problem("image-broken", shown, 1, values={"reason": reason})
    yield from reader.problems


class _Drawing(HTMLParser):
    """Reads an SVG, and collects what may not be in it."""

    def __init__(self, shown: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shown = shown
        self.is_drawing = False
        self.problems: list[Problem] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        self.is_drawing = self.is_drawing or tag == "svg"
        if tag in _ACTIVE:
            self.problems.append(Problem("html-tag", self.shown, line, values={"found": f"<{tag}>"}))
        for name, value in attrs:
            if name.startswith("on"):
                values = {"attribute": name, "tag": tag}
                self.problems.append(Problem("html-attribute", self.shown, line, values=values))
            if name in {"href", "xlink:href"} and value and not value.startswith("#"):
                code = address_problem("image" if tag in _FETCHED else "link", value)
                if code:
                    self.problems.append(Problem(code, self.shown, line, values={"href": value, "text": ""}))

    def parse_html_declaration(self, i: int) -> int:
        """Pass over what HTML's parser has no answer to: ``<![CDATA[``, an unfinished ``<!``."""
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            return len(self.rawdata)
