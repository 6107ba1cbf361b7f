"""What the theme's style sheets fetch: each address of a CSS text, with its line."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from handbook.addresses import scheme_of

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_FETCHED = re.compile(
    r"""\burl\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"'()\s]+))|@import\s*(?:"([^"\n]*)"|'([^'\n]*)')""", re.I
)


def fetched(text: str, folder: str) -> Iterator[tuple[str, str, int]]:
    """Yield (address as written, address from the theme's folder, line) of what a style sheet fetches.

    Args:
        text: the style sheet.
        folder: where it lies, from the theme's folder.
    """
    text = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for match in _FETCHED.finditer(text):
        href = next((found for found in match.groups() if found is not None), "").strip()
        if href.startswith(("#", "data:")):
            continue
        target = href if scheme_of(href) or not href else posixpath.normpath(posixpath.join(folder, href))
        yield href, target, text.count("\n", 0, match.start()) + 1
