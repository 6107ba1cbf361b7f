"""What a page tells its search box: addresses and words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handbook.index import Index
from handbook.search.bundle import worker_address
from handbook.text.context import page_url
from handbook.text.plain import plain

HELP = ("P-glossary", "P-initiatives")
"""Pages that may help where nothing is found."""


def page_settings(index: Index, lang: str, codes: Iterable[str]) -> dict[str, Any] | None:
    """Return the search box's settings on pages in `lang`, or None where there is no search.

    Args:
        index: all texts.
        lang: the page's language.
        codes: the languages that are built.
    """
    if lang not in index.data.codes:
        return None
    words = index.data.strings[lang]
    kinds = {key.removeprefix("kind_one."): text for key, text in words.items() if key.startswith("kind_one.")}
    built = set(codes)
    return {
        "worker": worker_address(lang),
        "words": {key.removeprefix("search."): text for key, text in words.items() if key.startswith("search.")},
        "kinds": kinds,
        "help": [_page(index, unit, lang) for unit in HELP if index.text(unit, lang)],
        "others": [
            {"lang": other.code, "name": other.name, "worker": worker_address(other.code), "start": f"{other.code}/"}
            for other in index.data.languages
            if other.code != lang and other.code in built
        ],
    }


def _page(index: Index, unit: str, lang: str) -> dict[str, str]:
    target = index.target(unit, lang)
    return {"address": page_url(lang, target.path) if target else "", "title": plain(index.title(unit, lang).text)}
