"""The block ``data-files``: what can be downloaded as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as etree

from markdown.util import AtomicString

from handbook import data_files as files
from handbook.text.context import PageContext, site_link
from handbook.text.elements import sub
from handbook.text.units import UNRESOLVED


def data_files(context: PageContext, parent: etree.Element, options: Mapping[str, Any]) -> bool:
    """A list of the data files, each with what it holds."""
    del options
    listing = sub(parent, "ul", class_="hb-data-files", data_search_exclude="true")
    for path, said in _rows(context):
        item = sub(listing, "li")
        _link(context, item, path).tail = AtomicString(f": {said}")
    others = [language for language in context.data.languages if language.code != context.lang]
    if others:
        item = sub(listing, "li")
        item.text = AtomicString(context.word("dataset.others") + ": ")
        for position, language in enumerate(others):
            link = _link(context, item, files.table(language.code))
            link.set("hreflang", language.code)
            link.tail = ", " if position < len(others) - 1 else "."
    return True


def _rows(context: PageContext) -> Iterator[tuple[str, str]]:
    """Yield the files, and what each holds, in words."""
    yield files.table(context.lang), context.word("dataset.initiatives.csv")
    yield files.INITIATIVES, context.word("dataset.initiatives.json")
    yield files.HANDBOOK, context.word("dataset.handbook.json")
    yield files.CATALOGUE, context.word("dataset.catalogue")
    for name, path in (("initiatives", files.INITIATIVES), ("handbook", files.HANDBOOK)):
        said = context.word("dataset.schema").replace("{file}", path.removeprefix(files.FOLDER))
        yield files.schema(name), said


def _link(context: PageContext, place: etree.Element, path: str) -> etree.Element:
    """Link to a file outside the edition: MkDocs knows only the pages in it."""
    href = site_link(context.url, path)
    return sub(place, UNRESOLVED, path.removeprefix(files.FOLDER), href=href)
