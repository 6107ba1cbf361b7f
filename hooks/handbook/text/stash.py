"""Python-Markdown's placeholders in the tree: back to what the author wrote, or away."""

from __future__ import annotations

import html
import re

from markdown.util import AMP_SUBSTITUTE

_ESCAPED = re.compile(r"\x02(\d+)\x03")
_ANY = re.compile(r"\x02[^\x03]*\x03")
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def decoded(text: str) -> str:
    """Return a text or an address as a browser reads it: escapes and entities resolved, other placeholders gone."""
    text = _ESCAPED.sub(lambda match: chr(int(match[1])), text.replace(AMP_SUBSTITUTE, "&"))
    return html.unescape(_ANY.sub("", text))


def written(text: str) -> str:
    """Return a text without placeholders: characters that the author escaped are meant to show, so they go too."""
    return _ANY.sub("", text)


def is_blank(text: str) -> bool:
    """Tell whether a reader sees nothing of a text: white space, no-break spaces, zero-width characters."""
    return not _BLANK.sub("", decoded(text))
