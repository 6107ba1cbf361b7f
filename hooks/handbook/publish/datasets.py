"""Which datasets there are, in which files: what the catalogue in Turtle and the pages tell of them."""

from __future__ import annotations

from dataclasses import dataclass

from handbook import data_files as files
from handbook.catalogue import initiatives
from handbook.data import Data

LICENCE = "CC0-1.0"
LICENCE_ADDRESS = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True)
class Distribution:
    """A file of a dataset.

    Attributes:
        path: below the site's address.
        format: ``JSON`` or ``CSV``, as the EU's list of file types has it.
        media_type: as IANA registers it.
        lang: the language of its texts; None for one that holds all.
        schema: the path of the schema that it conforms to, or None.
    """

    path: str
    format: str
    media_type: str
    lang: str | None
    schema: str | None


@dataclass(frozen=True)
class Dataset:
    """A dataset: its words are ``dataset.<name>.title`` and ``dataset.<name>.description``."""

    name: str
    distributions: tuple[Distribution, ...]


def datasets(data: Data) -> tuple[Dataset, ...]:
    """Return the datasets; there is a table for each language."""
    tables = [Distribution(files.table(lang), "CSV", "text/csv", lang, None) for lang in data.codes]
    catalogue, whole = (
        Distribution(path, "JSON", "application/json", None, files.schema(name))
        for name, path in (("initiatives", files.INITIATIVES), ("handbook", files.HANDBOOK))
    )
    return (Dataset("initiatives", (*tables, catalogue)), Dataset("handbook", (whole,)))


def years(data: Data) -> tuple[int, int] | None:
    """Return the first and the last year that initiatives were reported in; None when there are none."""
    reported = [unit.year_reported for unit in initiatives(data)]
    return (min(reported), max(reported)) if reported else None


def words(data: Data, key: str) -> dict[str, str]:
    """Return language → one of the interface's texts."""
    return {lang: text for lang in data.codes if (text := data.strings.get(lang, {}).get(key))}
