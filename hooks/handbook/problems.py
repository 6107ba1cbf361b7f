"""Problems: what is wrong, where, and what to do.

A problem is one line for people and one object for tools. Its words come from a catalogue,
``messages.yml`` beside this module, so that they can be translated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Problem:
    """One problem.

    Attributes:
        code: stable name, a key of the catalogue.
        file: path from the project's root, with ``/``.
        line: 1-based; 0 when the file as a whole is meant.
        column: 1-based; 0 when unknown.
        values: what the message's placeholders stand for; ``hint`` may hold a suggestion.
    """

    code: str
    file: str
    line: int = 0
    column: int = 0
    values: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """The sentence for people, without place and code."""
        return _fill(catalogue()[self.code]["message"], self.values)

    @property
    def hint(self) -> str:
        """What to do, or an empty text."""
        suggestion = self.values.get("suggestion")
        if suggestion:
            return f"did you mean '{_printable(suggestion)}'?"
        return _fill(catalogue()[self.code].get("hint", ""), self.values)

    @property
    def shown_file(self) -> str:
        """The file's name, printable whatever it holds."""
        return _printable(self.file, limit=4096)

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order by place, then code."""
        return (self.file, self.line, self.column, self.code, self.message)

    def as_dict(self) -> dict[str, Any]:
        """Return the form for tools."""
        return {
            "code": self.code,
            "file": self.shown_file,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
        }


class ProblemsError(Exception):
    """Work can't go on because of these problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return code → {message, hint} from ``messages.yml``."""
    path = Path(__file__).with_name("messages.yml")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


_PLACE = re.compile(r"\{(\w+)\}")


def _fill(template: str, values: Mapping[str, str]) -> str:
    """Fill in the places at once, so that nothing a value holds is taken for a place."""
    return _PLACE.sub(lambda place: _printable(values.get(place[1], place[0])), template)


def _printable(value: str, limit: int = 120) -> str:
    """Keep a message on one line and of bounded length, whatever the input held."""
    shown = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(value)[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 3] + "…"


def unique(problems: Iterable[Problem]) -> list[Problem]:
    """Sort, and drop what is said twice."""
    seen: dict[tuple[str, int, int, str, str], Problem] = {}
    for problem in problems:
        seen.setdefault(problem.sort_key(), problem)
    return [seen[key] for key in sorted(seen)]


def format_text(problems: Sequence[Problem]) -> str:
    """One or two lines a problem, for a terminal."""
    lines: list[str] = []
    for p in problems:
        place = p.shown_file + (f":{p.line}" if p.line else "") + (f":{p.column}" if p.column else "")
        lines.append(f"{place}: {p.message} [{p.code}]")
        if p.hint:
            lines.append(f"  hint: {p.hint}")
    return "\n".join(lines)


def format_json(problems: Sequence[Problem]) -> str:
    """A JSON array, for tools."""
    return json.dumps([p.as_dict() for p in problems], ensure_ascii=False, indent=2)


def format_github(problems: Sequence[Problem]) -> str:
    """Workflow commands that annotate a pull request."""

    def escape(text: str, *, prop: bool = False) -> str:
        text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return text.replace(":", "%3A").replace(",", "%2C") if prop else text

    lines = []
    for p in problems:
        where = f"file={escape(p.shown_file, prop=True)}"
        where += f",line={p.line}" if p.line else ""
        where += f",col={p.column}" if p.column else ""
        body = p.message + (f" ({p.hint})" if p.hint else "")
        lines.append(f"::error {where},title={p.code}::{escape(body)}")
    return "\n".join(lines)


FORMATS = {"text": format_text, "json": format_json, "github": format_github}
