"""The front matter of pages: which keys there are, and what they may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from handbook import ids
from handbook.problems import Problem
from handbook.scan import PageSource

AUTHORITY = ("draft", "reviewed", "authoritative")
HIDEABLE = ("navigation", "toc", "path", "footer", "tags")
MAX_TEXT = 300


def _text(value: Any) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "a text is expected"
    marks = [mark for mark in ("[[", "]]", "](", "<", "///") if mark in value]
    if marks:
        return f"{marks[0]} would show literally"
    return None if len(value) <= MAX_TEXT else f"at most {MAX_TEXT} characters"


def _date(value: Any) -> str | None:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return "a date is expected, for example 2026-11-22"
    # A day more: it may be tomorrow where they reviewed it.
    return "it lies in the future" if day > date.today() + timedelta(days=1) else None


def _hidden(value: Any) -> str | None:
    fits = isinstance(value, list) and value and all(part in HIDEABLE for part in value)
    return None if fits else "a list of " + ", ".join(HIDEABLE)


def _template(value: Any) -> str | None:
    return None if isinstance(value, str) and value.endswith(".html") else "the name of a template is expected"


FRONT_KEYS: dict[str, Callable[[Any], str | None]] = {
    "authority": lambda _value: None,
    "reviewed_by": _text,
    "reviewed_on": _date,
    "owner": _text,
    "description": _text,
    "hide": _hidden,
    "template": _template,
}
"""Key → what tells what is wrong with its value, or None."""


def front_problems(source: PageSource) -> Iterator[Problem]:
    """Yield what is wrong with a page's front matter."""
    for key, value in source.front.items():
        line = source.front_lines[key]
        judge = FRONT_KEYS.get(key)
        if judge is None:
            values = {"field": key, "allowed": ", ".join(FRONT_KEYS)}
            suggestion = ids.closest(key, FRONT_KEYS)
            extra = {"suggestion": suggestion} if suggestion else {}
            yield Problem("front-unknown", source.file, line, values=values | extra)
            continue
        reason = judge(value)
        if reason:
            values = {"field": key, "value": "" if value is None else str(value), "reason": reason}
            yield Problem("front-value", source.file, line, values=values)
    yield from _label(source)


def _label(source: PageSource) -> Iterator[Problem]:
    label = source.front.get("authority")
    line = source.front_lines.get("authority", 1)
    if "authority" not in source.front:
        # Where the front matter can't be read, that has been said.
        if source.readable and not any(p.line <= source.first_line for p in source.problems):
            yield Problem("front-authority-missing", source.file, 1)
    elif label not in AUTHORITY:
        suggestion = ids.closest(str(label), AUTHORITY)
        values = {"value": str(label)} | ({"suggestion": suggestion} if suggestion else {})
        yield Problem("front-authority", source.file, line, values=values)
    elif label == "reviewed" and not (source.front.get("reviewed_by") and source.front.get("reviewed_on")):
        yield Problem("front-review", source.file, line)
    elif label == "draft":
        for key in ("reviewed_by", "reviewed_on"):
            if key in source.front:
                yield Problem("front-review", source.file, source.front_lines[key])
