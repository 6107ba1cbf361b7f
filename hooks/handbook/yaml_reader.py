"""YAML without surprises, with the line of every value.

Of YAML's scalars only ``true``, ``false``, ``null`` and whole numbers are anything but text, so ``NO`` stays a
country and ``2026.10`` an edition. Anchors, tags, duplicate keys and deep nesting are problems.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from handbook.problems import Problem

MAX_BYTES = 500_000
MAX_DEPTH = 12
MAX_DIGITS = 15
"""Longer rows of digits are text, not numbers."""
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path_ = tuple[str | int, ...]


class _Loader(_BASE):  # type: ignore[misc]
    """Composes nodes; resolves the YAML 1.2 core scalars except floats and dates."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), list("tf"))
_INT = re.compile(rf"-?(?:0|[1-9][0-9]{{0,{MAX_DIGITS - 1}}})\Z")
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", _INT, list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:null|~|)\Z"), ["n", "~", ""])


@dataclass
class Document:
    """What a YAML text holds.

    Attributes:
        file: its path as shown in problems.
        value: plain dicts, lists, texts, whole numbers, booleans and None.
        lines: path of keys and positions → 1-based line of that value.
        problems: what was wrong; `value` is None after a problem that leaves nothing to use.
    """

    file: str
    value: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, path: Path_) -> int:
        """Return the line of the value at `path`, or of its nearest parent."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def value_at(self, path: Path_) -> Any:
        """Return the value at `path`, or None where there is none."""
        value = self.value
        for part in path:
            try:
                value = value[part]
            except (TypeError, KeyError, IndexError):
                return None
        return value


def read_text(path: Path, shown: str) -> tuple[str, list[Problem]]:
    """Read a text file as UTF-8 with plain line ends.

    Args:
        path: the file.
        shown: its name in problems.

    Returns:
        The text (empty after a problem that leaves nothing) and problems: not UTF-8, too large, a byte order mark,
        NUL and other control characters, line ends other than LF.
    """
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            return "", [Problem("file-symlink", shown, 1)]
        if not stat.S_ISREG(found.st_mode):
            # A pipe or a device might never end.
            reason = "it is a folder" if stat.S_ISDIR(found.st_mode) else "it is no ordinary file"
            return "", [Problem("file-unreadable", shown, 1, values={"reason": reason})]
        if found.st_size > MAX_BYTES:
            return "", [Problem("file-too-large", shown, 1, values={"limit": str(MAX_BYTES)})]
        raw = path.read_bytes()
    except OSError as error:
        return "", [Problem("file-unreadable", shown, 1, values={"reason": error.strerror or str(error)})]
    return decode(raw, shown)


def decode(raw: bytes, shown: str) -> tuple[str, list[Problem]]:
    """Turn bytes into text; see `read_text`."""
    problems: list[Problem] = []
    if raw.startswith(b"\xef\xbb\xbf"):
        problems.append(Problem("file-bom", shown, 1))
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [*problems, Problem("file-encoding", shown, line)]
    if len(raw) > 8 and raw.count(0) * 3 > len(raw):  # UTF-16 of plain letters is valid UTF-8, every other byte a NUL
        return "", [*problems, Problem("file-encoding", shown, 1)]
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        problems.append(Problem("file-line-ends", shown, line))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _FORBIDDEN.search(text):
        problems.extend(_forbidden(text, shown))
        text = _FORBIDDEN.sub(" ", text)
    problems.extend(_not_composed(text, shown))
    problems.extend(_misread(text, shown))
    problems.extend(_conflicts(text, shown))
    return text, problems


_FORBIDDEN = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e"
    "\\u2060-\\u206f\\u3164\\ue000-\\uf8ff\\ufdd0-\\ufdef\\ufeff\\uffa0\\ufff0-\\uffff\\U000e0000-\\U0010ffff]"
)
"""Control characters, private use, direction marks, soft hyphen, characters without a shape, and what is no character
(U+FFFD among them: it stands where a wrong encoding lost one)."""


def _forbidden(text: str, shown: str) -> Iterator[Problem]:
    """Yield a problem for the first such character of each line."""
    for number, row in enumerate(text.split("\n"), 1):
        match = _FORBIDDEN.search(row)
        if match:
            values = {"character": f"U+{ord(match[0]):04X}"}
            yield Problem("file-character", shown, number, match.start() + 1, values)


def _not_composed(text: str, shown: str) -> Iterator[Problem]:
    """Yield a problem for each line with a letter and its accent written apart."""
    if not unicodedata.is_normalized("NFC", text):
        for number, row in enumerate(text.split("\n"), 1):
            if not unicodedata.is_normalized("NFC", row):
                yield Problem("file-not-nfc", shown, number)


def parse(text: str, file: str, *, first_line: int = 1, tags: bool = False) -> Document:
    """Read one YAML document from `text`.

    Args:
        text: the YAML.
        file: shown in problems.
        first_line: line of the file at which `text` begins.
        tags: values with a tag are allowed, and read as None.
    """
    doc = Document(file)
    offset = first_line - 1
    try:
        events = yaml.parse(text, Loader=_BASE)
        problem = _unwanted(events, file, offset, tags=tags)
        if problem is not None:
            doc.problems.append(problem)
            return doc
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        last = len(text.rstrip().split("\n"))
        line = min(mark.line + 1 if mark else 1, last) + offset
        doc.problems.append(Problem("yaml-syntax", file, line, values={"reason": error.problem or "unreadable"}))
        return doc
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        doc.problems.append(Problem("yaml-syntax", file, 1 + offset, values={"reason": str(error).split("\n")[0]}))
        return doc
    if node is not None:
        doc.value = _build(node, (), doc, offset)
    return doc


def _unwanted(events: Iterator[Any], file: str, offset: int, *, tags: bool) -> Problem | None:
    """Look through the events for what we don't take, before anything is built from them."""
    depth = 0
    documents = 0
    for event in events:
        line = event.start_mark.line + 1 + offset
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return Problem("yaml-anchor", file, line)
        tag = getattr(event, "tag", None)
        if tag and tag != "!" and not tags:
            return Problem("yaml-tag", file, line, values={"tag": str(tag)})
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                return Problem("yaml-depth", file, line, values={"limit": str(MAX_DEPTH)})
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                return Problem("yaml-documents", file, line)
    return None


_CORE = frozenset(f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str", "bool", "int", "null"))


def _build(node: Any, path: Path_, doc: Document, offset: int) -> Any:
    doc.lines[path] = node.start_mark.line + 1 + offset
    if node.tag not in _CORE:
        return None
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(node, path, doc, offset)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, i), doc, offset) for i, child in enumerate(node.value)]
    value = _scalar(node)
    if node.style == '"' and isinstance(value, str):  # its escapes can write what may not stand in the file
        for character in unwanted_characters(value):
            values = {"character": f"U+{ord(character):04X}"}
            doc.problems.append(Problem("file-character", doc.file, doc.lines[path], values=values))
    return value


def _build_mapping(node: Any, path: Path_, doc: Document, offset: int) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1 + offset
        if not isinstance(key_node, yaml.ScalarNode):
            doc.problems.append(Problem("yaml-key", doc.file, line))
            continue
        key = str(key_node.value)
        if key in result:
            doc.problems.append(Problem("yaml-duplicate-key", doc.file, line, values={"key": key}))
        result[key] = _build(value_node, (*path, key), doc, offset)
        doc.lines[(*path, key)] = line
    return result


def _scalar(node: Any) -> Any:
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "bool":
        return node.value == "true"
    if kind == "int":
        return int(node.value)
    if kind == "null":
        return None
    return str(node.value)


def unusable(text: str, problems: list[Problem], shown: str) -> list[Problem]:
    """Return the problems to tell of a YAML file whose text can't be parsed at all, else nothing.

    Args:
        text: what `read_text` made of the file.
        problems: what it found.
        shown: the file's name in problems.
    """
    tab = next((p for p in problems if p.code == "file-character" and p.values.get("character") == "U+0009"), None)
    if tab is not None:
        return [Problem("yaml-tab", shown, tab.line)]
    conflicts = [p for p in problems if p.code == "file-conflict"]
    return conflicts or (problems if not text else [])


def read(path: Path, shown: str, *, tags: bool = False) -> Document:
    """Read a YAML file; `shown` is its name in problems; see `parse` for `tags`."""
    text, problems = read_text(path, shown)
    spoilt = unusable(text, problems, shown)
    if spoilt:
        return Document(shown, problems=spoilt)
    doc = parse(text, shown, tags=tags)
    doc.problems[:0] = problems
    return doc


_CONFLICT = re.compile(r"^(?:(?P<first><{7})|>{7}) .*", re.MULTILINE)
"""The lines with which Git marks where two texts begin and end that it could not merge."""

_SURROGATES = re.compile("[\\ud800-\\udfff]")
_MOJIBAKE = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u0152-\u017e\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
"""What UTF-8 becomes when it is taken for Windows-1252: ``Ã¥`` for å."""


def unwanted_characters(text: str) -> list[str]:
    """Return the characters of a text that don't belong in text."""
    return [*_FORBIDDEN.findall(text), *_SURROGATES.findall(text)]


def _misread(text: str, shown: str) -> Iterator[Problem]:
    """Yield a problem for each line that was saved in one encoding and read in another."""
    if "\u00c2" in text or "\u00c3" in text:
        for number, row in enumerate(text.split("\n"), 1):
            match = _MOJIBAKE.search(row)
            if match:
                yield Problem("file-mojibake", shown, number, match.start() + 1, {"found": match[0]})


def _conflicts(text: str, shown: str) -> Iterator[Problem]:
    """Yield a problem for each place where a merge left two texts, at its first line."""
    open_ = False
    for match in _CONFLICT.finditer(text):
        if match["first"] or not open_:
            yield Problem("file-conflict", shown, text.count("\n", 0, match.start()) + 1, 0, {"found": match[0]})
        open_ = bool(match["first"])
