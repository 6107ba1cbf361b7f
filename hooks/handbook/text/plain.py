"""Markdown of one line to plain text."""

from __future__ import annotations

from functools import lru_cache

import markdown

_MARKS = frozenset("*_`[\\&<")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a title without its Markdown: emphasis, code and links leave their text."""
    if not _MARKS.intersection(text):
        return text
    md = markdown.Markdown()
    html = md.convert(text)
    from lxml import html as lxml_html  # noqa: PLC0415  heavy, and seldom needed

    return str(lxml_html.fragment_fromstring(html, create_parent=True).text_content()).strip()
