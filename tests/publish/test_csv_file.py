"""The tables: they open right in a spreadsheet, lose nothing, and hold no formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from types import MappingProxyType

import pytest
from handbook.catalogue import initiatives
from handbook.index import Index
from handbook.publish.csv_file import BOM, CODED, DANGEROUS, DELIMITER, initiatives_csv, safe
from hypothesis import given
from hypothesis import strategies as st


def rows(text: str) -> list[list[str]]:
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=DELIMITER, strict=True))


def with_owner(index: Index, owner: str) -> Index:
    """Return the handbook with another owner of its first initiative."""
    first = initiatives(index.data)[0]
    units = {**index.data.units, first.id: first.model_copy(update={"owner": owner})}
    return replace(index, data=replace(index.data, units=MappingProxyType(units)))


@pytest.mark.parametrize("lang", ["nb", "sv", "da", "fi", "is"])
def test_rows_and_columns(index: Index, lang: str) -> None:
    head, *body = rows(initiatives_csv(index, lang))
    words = index.data.strings[lang]
    assert len(set(head)) == len(head)
    assert [row[0] for row in body] == [unit.id for unit in initiatives(index.data)]
    assert all(len(row) == len(head) for row in body)
    for unit, row in zip(initiatives(index.data), body, strict=True):
        cells = dict(zip(head, row, strict=True))
        assert cells[words["field.title"]] == index.title(unit.id, lang).text
        assert cells[words["dataset.title_language"]] == index.title(unit.id, lang).lang
        assert cells["status_code"] == unit.status
        assert cells[words["field.status"]] == words[f"status.{unit.status}"]
        assert cells["country_code"] == ", ".join(unit.country)
        assert cells[words["dataset.address"]].endswith(f"/{lang}/id/{unit.id}/")
    assert {f"{name}_code" for name in CODED} <= set(head)


def test_a_title_that_the_language_lacks_stands_in_another(index: Index) -> None:
    head, *body = rows(initiatives_csv(index, "is"))
    cells = dict(zip(head, body[1], strict=True))
    assert cells["Auðkenni"] == "I-002"
    assert (cells["Heiti"], cells["Mál heitisins"]) == (index.title("I-002", "fi").text, "fi")


def test_lines_end_as_the_standard_says(index: Index) -> None:
    text = initiatives_csv(index, "nb")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("owner", ['"Ås" kommune; etat', "line\nbreak", 'a""b', "tab\there", "=1+1", "@x", "-5", "＝1"])
def test_any_owner_survives(index: Index, owner: str) -> None:
    head, first, *_ = rows(initiatives_csv(with_owner(index, owner), "nb"))
    assert dict(zip(head, first, strict=True))["Eier"] == safe(owner)


@pytest.mark.slow
@given(st.text())
def test_nothing_is_a_formula(text: str) -> None:
    shown = safe(text)
    assert shown in (text, "'" + text)
    assert not shown.lstrip(" \u00a0")[:1] or shown.lstrip(" \u00a0")[0] not in DANGEROUS
