"""Python values as Typst code: the only door through which text enters a Typst source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def string(text: str) -> str:
    r"""A Typst string literal of ``text``; control characters that XML knows are kept as ``\u{…}``.

    Nothing in ``text`` can end the literal: backslash, quote and every unprintable character is escaped.
    """
    return '"' + "".join(map(_escape, text)) + '"'


def _escape(char: str) -> str:
    if char in '\\"':
        return "\\" + char
    if char.isprintable() or char == " ":
        return char
    return f"\\u{{{ord(char):x}}}"


def value(item: object) -> str:
    """``item`` (None, bool, number, text, mapping or iterable of these) as a Typst expression.

    Raises:
        TypeError: for anything else.
    """
    if item is None:
        return "none"
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, (int, float)):
        return repr(item)
    if isinstance(item, str):
        return string(item)
    if isinstance(item, Mapping):
        return "(" + (", ".join(f"{string(str(k))}: {value(v)}" for k, v in item.items()) or ":") + ")"
    if isinstance(item, Iterable):
        return "(" + "".join(value(part) + ", " for part in item) + ")"
    raise TypeError(f"no Typst value for {type(item).__name__}")


def call(name: str, *arguments: str, **named: str) -> str:
    """A Typst call ``name(named: …, arguments…)``; underscores in names become hyphens."""
    pairs = [f"{key.replace('_', '-')}: {code}" for key, code in named.items()]
    return f"{name}({', '.join([*pairs, *arguments])})"


def block(codes: Iterable[str]) -> str:
    """A Typst code block that joins ``codes``, one a line where there is more than one."""
    parts = [code for code in codes if code]
    if not parts:
        return "{}"
    return "{" + "\n".join(parts) + "}"


def labelled(code: str, name: str) -> str:
    """``code`` with the label ``name`` on it."""
    return f"[#{code}#label({string(name)})]"
