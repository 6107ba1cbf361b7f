"""Where the data stand below the site's address."""

from __future__ import annotations

FOLDER = "data/"
HANDBOOK = f"{FOLDER}handbook.json"
"""Everything about every unit."""

INITIATIVES = f"{FOLDER}initiatives.json"
"""The catalogue of initiatives."""

CATALOGUE = f"{FOLDER}dcat.ttl"
"""The datasets, described for catalogues of open data."""


def table(lang: str) -> str:
    """Return the path of the catalogue of initiatives as a table in a language."""
    return f"{FOLDER}initiatives-{lang}.csv"


def schema(name: str) -> str:
    """Return the path of a schema."""
    return f"{FOLDER}schema/{name}.json"
