"""Filling values into the interface's words: ``{count} of {total}``."""

from __future__ import annotations

import re

_PLACE = re.compile(r"\{(\w+)\}")


def fill(text: str, **values: object) -> str:
    """Return `text` with its places filled in, all at once; braces around anything else are text.

    Unlike `str.format` it takes any text, as words are data that anybody may change.
    """
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), text)
