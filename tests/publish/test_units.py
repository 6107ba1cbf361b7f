"""``handbook.json`` and ``initiatives.json``, held to their schemas and to what the handbook knows."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from handbook import ids
from handbook.index import Index
from handbook.model import Vocabularies, Withdrawn
from handbook.publish.schemas import all_schemas
from handbook.publish.units import handbook_json, initiatives_json

from .conftest import read


@cache
def schemas(vocabularies: Vocabularies) -> dict[str, dict[str, Any]]:
    return all_schemas(vocabularies)


@pytest.fixture(scope="module")
def handbook(index: Index) -> dict[str, Any]:
    return json.loads(handbook_json(index))


@pytest.fixture(scope="module")
def units(handbook: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {unit["id"]: unit for unit in handbook["units"]}


def check(index: Index, name: str, content: Any) -> list[str]:
    import jsonschema  # noqa: PLC0415  takes a moment

    validator = jsonschema.Draft202012Validator(schemas(index.data.vocabularies)[name])
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(content)]


@pytest.mark.slow
def test_the_files_fit_their_schemas(index: Index, handbook: dict[str, Any]) -> None:
    assert check(index, "handbook", handbook) == []
    assert check(index, "initiatives", json.loads(initiatives_json(index))) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(more=1),
        lambda content: content.pop("edition"),
        lambda content: content["units"][0].update(more=1),
        lambda content: content["units"][0]["tags"].update(status=["nothing"]),
        lambda content: content["units"][0]["tags"].update(colour=["red"]),
        lambda content: content["units"][0]["texts"].update({"NB!": {}}),
        lambda content: content["units"][0]["texts"]["nb"].update(rev="0nb"),
        lambda content: content["units"][0].update(id="G-1"),
        lambda content: content["units"][0].update(type="thing"),
        lambda content: content["vocabularies"].pop("status"),
        lambda content: content["units"][-1]["relations"].append({"unit": "G-01"}),
    ],
)
def test_the_schema_notices(index: Index, change: Any) -> None:
    content = json.loads(handbook_json(index))
    change(content)
    assert check(index, "handbook", content)


def test_every_unit_is_there_in_order(index: Index, handbook: dict[str, Any]) -> None:
    found = [unit["id"] for unit in handbook["units"]]
    assert found == sorted(index.data.units, key=ids.sort_key)


def test_relations_stand_at_both_ends(units: dict[str, dict[str, Any]]) -> None:
    links = {
        (unit, link["type"], link["unit"], link["direction"]) for unit in units for link in units[unit]["relations"]
    }
    assert links
    turned = {"to": "from", "from": "to"}
    assert {(other, kind, unit, turned[way]) for unit, kind, other, way in links} == links


def test_texts(index: Index, units: dict[str, dict[str, Any]]) -> None:
    texts = units["B-02"]["texts"]
    assert list(texts) == list(index.data.codes)
    assert (texts["fi"]["state"], texts["da"]["state"], texts["nb"]["state"]) == ("behind", "missing", "current")
    assert (texts["da"]["title_language"], texts["da"]["rev"], texts["da"]["authority"]) == ("nb", None, None)
    assert texts["nb"]["address"] == "nb/barriers/law/#b-02"
    assert texts["nb"]["permanent"] == "nb/id/B-02/"
    assert units["B-02"]["permanent"] == "id/B-02/"


def test_tags_and_sources(index: Index, units: dict[str, dict[str, Any]]) -> None:
    first = units["I-001"]
    assert first["tags"]["status"] == ["in-use"]
    assert first["tags"]["country"] == ["NO"]
    assert first["sources"] == [{"source": "S-01", "section": "1.1", "pages": []}]
    assert "I-001" in units["S-01"]["cited_by"]
    for kind, lists in index.data.reading.items():
        for code, chosen in lists.items():
            for unit in chosen:
                assert code in units[unit]["tags"][kind]


def test_labels(index: Index, handbook: dict[str, Any]) -> None:
    labels = handbook["vocabularies"]["status"]["in-use"]
    assert labels == {lang: words["status.in-use"] for lang, words in index.data.strings.items()}


def test_the_catalogue_is_the_same_as_in_the_whole(index: Index, handbook: dict[str, Any]) -> None:
    chosen = [unit for unit in handbook["units"] if unit["type"] == "initiative"]
    assert json.loads(initiatives_json(index))["initiatives"] == chosen


@pytest.mark.slow
def test_withdrawn_units_are_told(index: Index) -> None:
    stones = {
        unit: Withdrawn(id=unit, since="2026.10", reason="merged", replaced_by="B-01") for unit in ("B-20", "B-09")
    }
    data = replace(index.data, withdrawn=MappingProxyType(stones))
    content = json.loads(handbook_json(replace(index, data=data)))
    assert [stone["id"] for stone in content["withdrawn"]] == ["B-09", "B-20"]
    assert check(index, "handbook", content) == []


@pytest.mark.slow
def test_the_real_handbook_fits_too(root: Path) -> None:
    index = read(root)
    content = json.loads(handbook_json(index))
    assert check(index, "handbook", content) == []
    assert check(index, "initiatives", json.loads(initiatives_json(index))) == []
    described = [t for unit in content["units"] if unit["type"] == "initiative" for t in unit["texts"].values()]
    assert all(text["owner"] for text in described)
