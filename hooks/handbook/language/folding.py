"""Folding as the browser does it (``fold.js``): small letters without marks. It tells which forms look alike.

File names and anchors of headings are made from it as well.
"""

from __future__ import annotations

import re
import unicodedata

LETTERS = str.maketrans(
    {"å": "a", "ä": "a", "æ": "a", "ö": "o", "ø": "o", "œ": "o", "ð": "d", "đ": "d", "þ": "th", "ß": "ss"}
    | {"ł": "l", "ı": "i"}
)
"""The same table as in ``fold.js``; a test compares the two."""


def fold(text: str) -> str:
    """Return a text folded: "Håndbøker" → "handboker"."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(LETTERS)
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.category(c).startswith("M"))


def anchor(text: str, separator: str) -> str:
    """Return a heading's words as an anchor: "Það sem vantar" → "thad-sem-vantar"; Python-Markdown's ``slugify``."""
    return separator.join(re.findall(r"\w+", fold(text)))
