"""The schemas: those in the repository are what the models give, and the files that people edit fit them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from handbook import ids
from handbook.load import load
from handbook.model import RELATION_ENDS
from handbook.publish.files import published_files
from handbook.publish.schemas import FOLDER, MANY, ONE, all_schemas, schema_name, schema_text, write_schemas
from handbook.yaml_reader import parse
from hypothesis import given
from hypothesis import strategies as st

LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


class EditorLoader(yaml.SafeLoader):
    """Reads YAML 1.2 as editors do: NO is a text, 2026.11 a number, a date a text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), list("tf"))
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?[0-9]+\Z"), list("-0123456789"))
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"-?[0-9]+\.[0-9]+\Z"), list("-0123456789"))
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:null|~|)\Z"), ["n", "~", ""])


@pytest.fixture(scope="module")
def schemas(root: Path) -> dict[str, dict[str, Any]]:
    text = (root / "docs" / "data" / "vocabularies.yml").read_text(encoding="utf-8")
    from handbook.model import Vocabularies  # noqa: PLC0415

    return all_schemas(Vocabularies.model_validate(parse(text, "").value))


def validator() -> Any:
    import jsonschema  # noqa: PLC0415  takes a moment

    return jsonschema.Draft202012Validator


def edited(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each data file that has a schema, and its schema's name."""
    for pattern in (*ONE, *MANY):
        for path in sorted((root / "docs" / "data").glob(pattern)):
            yield path, schema_name(pattern)


def test_those_in_the_repository_are_up_to_date(root: Path, schemas: dict[str, dict[str, Any]]) -> None:
    """After a change of the models or of vocabularies.yml: ``python3 scripts/handbook.py schemas``."""
    written = {path.stem: path.read_text(encoding="utf-8") for path in (root / FOLDER).glob("*.json")}
    assert written == {name: schema_text(schema) for name, schema in schemas.items()}


@pytest.mark.slow
def test_they_are_schemas(schemas: dict[str, dict[str, Any]]) -> None:
    for name, schema in schemas.items():
        validator().check_schema(schema)
        for part in objects(schema):
            assert part.get("additionalProperties") is not True, name
            assert "properties" not in part or part.get("additionalProperties") is False or "if" in str(part), name


def objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for value in part.values():
            yield from objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from objects(value)


def test_every_data_file_names_its_schema(root: Path) -> None:
    """Editors with a YAML language server read this line; the path is relative to the file."""
    for path, name in edited(root):
        line = LINE.match(path.read_text(encoding="utf-8"))
        assert line, path
        assert (path.parent / line[1]).resolve() == root / FOLDER / f"{name}.json"
    described = {path for path, _ in edited(root)}
    others = {
        p for p in (root / "docs" / "data").rglob("*.yml") if p.parent.name not in {"strings", "search"}
    } - described
    assert others == set()


@pytest.mark.slow
def test_every_data_file_fits_its_schema(root: Path, schemas: dict[str, dict[str, Any]]) -> None:
    validators = {name: validator()(schema) for name, schema in schemas.items()}
    for path, name in edited(root):
        text = path.read_text(encoding="utf-8")
        for value in (yaml.load(text, EditorLoader), parse(text, "").value):
            assert [f"{path}: {e.json_path}: {e.message}" for e in validators[name].iter_errors(value)] == []


INITIATIVE = {
    "id": "I-001",
    "name": "x",
    "owner": "x",
    "country": ["NO"],
    "year_reported": 2024,
    "kind": "initiative",
    "service_area": "health-care",
    "ai_type": "both",
    "function": "case-handling",
    "status": "pilot",
    "source": [{"source": "S-01", "section": 6.1}],
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        {"id": "B-01"},
        {"id": "I-1"},
        {"country": ["NOR"]},
        {"country": "NO"},
        {"country": [False]},
        {"year_reported": "2024"},
        {"year_reported": 24},
        {"status": "running"},
        {"status": None},
        {"source": []},
        {"source": [{"source": "B-01"}]},
        {"source": [{"source": "S-01", "page": 3}]},
        {"slug": "x"},
        {"own": "x"},
    ],
)
def test_an_editor_marks_what_is_wrong(schemas: dict[str, dict[str, Any]], change: dict[str, Any]) -> None:
    marks = validator()(schemas["data-initiatives"])
    assert list(marks.iter_errors(INITIATIVE)) == []
    assert list(marks.iter_errors({**INITIATIVE, **change}))


@pytest.mark.slow
@given(st.sampled_from(sorted(RELATION_ENDS)), st.sampled_from("GBMITLSP"), st.sampled_from("GBMITLSP"), st.booleans())
def test_relations_lead_where_the_data_may(kind: str, start: str, end: str, judgement: bool) -> None:
    ends = {"G": "G-01", "B": "B-01", "M": "M-01", "I": "I-001", "T": "T-x", "L": "L-x", "S": "S-01", "P": "P-x"}
    schema = json.loads((Path(__file__).parents[2] / FOLDER / "data-relations.json").read_text(encoding="utf-8"))
    relation = {"from": ends[start], "type": kind, "to": [ends[end]], "judgement": judgement}
    allowed = start in RELATION_ENDS[kind][0] and end in RELATION_ENDS[kind][1]
    assert validator()(schema).is_valid([relation]) is allowed


@pytest.mark.slow
@given(st.from_regex(r"[A-Za-z]-[a-z0-9-]{1,5}", fullmatch=True))
def test_the_pattern_of_ids_is_the_same_as_the_check(text: str) -> None:
    assert bool(re.search(ids.pattern(), text)) is ids.is_id(text)
    for prefix in ids.PREFIXES:
        assert bool(re.search(ids.pattern(prefix), text)) is (ids.is_id(text) and text[0] == prefix)


@pytest.mark.slow
def test_published_ones_have_their_address(index: Any) -> None:
    for path, content in published_files(index).items():
        if path.startswith("data/schema/"):
            assert json.loads(content)["$id"] == index.data.settings.address + path


@pytest.mark.slow
def test_writing(small: Path) -> None:
    vocabularies = load(small).vocabularies
    folder = small / FOLDER
    assert len(write_schemas(small, vocabularies)) == len(all_schemas(vocabularies))
    (folder / "handbook.json").write_text("{}", encoding="utf-8")
    (folder / "old.json").write_text("{}", encoding="utf-8")
    assert write_schemas(small, vocabularies) == ["old.json", "handbook.json"]
    assert write_schemas(small, vocabularies) == []
