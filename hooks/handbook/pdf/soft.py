"""Takes soft hyphens that did not become breaks out of what a PDF says its glyphs mean.

Words of the exception lists carry soft hyphens. Where no line ends at one, Typst shows nothing, but the letter before
it then reads as itself and a soft hyphen: a search for the word finds nothing, and a copy carries the hyphen along.
A hyphen at a line's end keeps its meaning; it tells readers that the word goes on.
"""

from __future__ import annotations

import re

import pikepdf
from pikepdf import Stream

_SOFT = b"00AD"
_SPOKEN = re.compile(rb"(?<=/ActualText<FEFF)(?:[0-9A-F]{4}){2,}(?=>)")
_MAPPED = re.compile(rb"(?<=> <)(?:[0-9A-F]{4}){2,}(?=>)")


def take_out(pdf: pikepdf.Pdf) -> None:
    """Change the pages and the fonts' tables of ``pdf`` in place."""
    for page in pdf.pages:
        _replace(page.Contents, _SPOKEN)
    for item in pdf.objects:
        if isinstance(item, Stream) and "/Type" not in item and "/Subtype" not in item:
            _replace(item, _MAPPED, only=b"beginbfchar")


def _replace(stream: object, pattern: re.Pattern[bytes], only: bytes = b"") -> None:
    if not isinstance(stream, Stream):
        return
    data = stream.read_bytes()
    if only not in data or _SOFT not in data:
        return
    changed = pattern.sub(lambda match: _without(match[0]), data)
    if changed != data:
        stream.write(changed)


def _without(text: bytes) -> bytes:
    """UTF-16 in hexadecimal without its soft hyphens, unless there is nothing else in it."""
    units = [text[at : at + 4] for at in range(0, len(text), 4)]
    kept = b"".join(unit for unit in units if unit != _SOFT)
    return kept or text
