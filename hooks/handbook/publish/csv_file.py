"""``/data/initiatives-<lang>.csv``: the catalogue of initiatives as a table that opens right in a spreadsheet.

Semicolons, since spreadsheets in the Nordic countries take the comma for the decimal mark and split a CSV at
semicolons; a byte order mark, since without one they don't take the file for UTF-8. Otherwise as RFC 4180 has it:
lines end with CR LF, and a field with a separator, a quote or a line end stands in quotes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from handbook.catalogue import cell, initiatives
from handbook.data_checks import VALUE_FIELDS
from handbook.index import Index
from handbook.model import Citation, Initiative
from handbook.relations import relations_of

BOM = "\ufeff"
DELIMITER = ";"
MEDIA_TYPE = "text/csv;charset=utf-8;header=present"
BETWEEN = ", "
"""Between several values in one field."""

DANGEROUS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""A spreadsheet may take a text that begins with one of these (or its full-width form) for a formula."""

CODED = tuple(VALUE_FIELDS["I"])
"""Fields with values of a vocabulary: each has a column of labels and one of codes."""

Column = Callable[[Index, Initiative, str], str]


def initiatives_csv(index: Index, lang: str) -> str:
    """Return the catalogue in `lang`: one row an initiative, in the order of ids."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    words = index.data.strings.get(lang, {})
    columns = _columns()
    writer.writerow([safe(words.get(key, key)) for key in columns])
    for unit in initiatives(index.data):
        writer.writerow([safe(column(index, unit, lang)) for column in columns.values()])
    return BOM + out.getvalue()


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe before what might be one."""
    return "'" + text if text.lstrip(" \u00a0")[:1] and text.lstrip(" \u00a0")[0] in DANGEROUS else text


def _columns() -> dict[str, Column]:
    """Return the columns: key of the heading's words, or the name of a code column → what stands in it."""
    found: dict[str, Column] = {
        "field.id": lambda _index, unit, _lang: unit.id,
        "field.title": lambda index, unit, lang: cell(index, unit, "title", lang)[0],
        "dataset.title_language": lambda index, unit, lang: cell(index, unit, "title", lang)[1],
        "field.owner": lambda index, unit, lang: cell(index, unit, "owner", lang)[0],
        "field.year": lambda _index, unit, _lang: str(unit.year_reported),
    }
    for name in CODED:
        found[f"field.{name}"] = _label(name)
        found[f"{name}_code"] = _code(name)
    found |= {
        "dataset.inferred": _inferred,
        "dataset.sources": _sources,
        "related.title": _related,
        "dataset.address": lambda index, unit, lang: f"{index.data.settings.address}{lang}/id/{unit.id}/",
    }
    return found


def _label(name: str) -> Column:
    return lambda index, unit, lang: cell(index, unit, name, lang)[0]


def _code(name: str) -> Column:
    def column(_index: Index, unit: Initiative, _lang: str) -> str:
        value = getattr(unit, name)
        return BETWEEN.join(value) if isinstance(value, tuple) else str(value)

    return column


def _inferred(index: Index, unit: Initiative, lang: str) -> str:
    words = index.data.strings.get(lang, {})
    return BETWEEN.join(words.get(f"field.{name}", name) for name in unit.inferred)


def _sources(index: Index, unit: Initiative, lang: str) -> str:
    page = index.data.strings.get(lang, {}).get("pdf.page_abbr", "")
    return BETWEEN.join(_citation(citation, page) for citation in unit.sources)


def _citation(citation: Citation, page: str) -> str:
    section = f":{citation.section}" if citation.section else ""
    pages = f" {page} {'/'.join(str(number) for number in citation.pages)}" if citation.pages else ""
    return f"{citation.source}{section}{pages}"


def _related(index: Index, unit: Initiative, _lang: str) -> str:
    return BETWEEN.join(dict.fromkeys(link.other for link in relations_of(index.data).of(unit.id)))
