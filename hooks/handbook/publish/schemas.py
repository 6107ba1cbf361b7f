"""JSON Schemas (2020-12), made from the models: of what is published, and of the files that people edit.

The same schemas stand in the repository (``schemas/``), where editors find them by the first line of each data file,
and on the site (``/data/schema/``), there with an ``$id`` below the site's address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from handbook import ids
from handbook.data_checks import VALUE_FIELDS
from handbook.load import UNIT_FILES
from handbook.model import (
    RELATION_ENDS,
    Drawing,
    Initiative,
    Language,
    Reading,
    Relation,
    Settings,
    Vocabularies,
    Withdrawn,
)
from handbook.publish.descriptions import describe
from handbook.publish.records import RECORDS, HandbookFile, HealthFile, InitiativesFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schemas"
"""Where the schemas stand in the repository."""

PUBLISHED: dict[str, type[BaseModel]] = {
    "handbook": HandbookFile,
    "health": HealthFile,
    "initiatives": InitiativesFile,
}
"""Name of the schema → what it describes."""

ONE: dict[str, type[BaseModel]] = {
    "handbook.yml": Settings,
    "vocabularies.yml": Vocabularies,
    "initiatives/*.yml": Initiative,
}
"""Files below ``docs/data/`` that hold one object."""

MANY: dict[str, type[BaseModel]] = {
    "languages.yml": Language,
    "relations.yml": Relation,
    "withdrawn.yml": Withdrawn,
    "figures.yml": Drawing,
    "reading-role.yml": Reading,
    "reading-phase.yml": Reading,
    **dict(UNIT_FILES.values()),
}
"""Files that hold a list."""

KIND_OF: dict[type[BaseModel], str] = {Initiative: "I", **{model: kind for kind, (_, model) in UNIT_FILES.items()}}


def schema_name(file: str) -> str:
    """Return the name of the schema of a file below ``docs/data/``: ``data-units-barriers``."""
    return "data-" + file.removesuffix(".yml").removesuffix("/*").replace("/", "-")


def all_schemas(vocabularies: Vocabularies) -> dict[str, dict[str, Any]]:
    """Return name → schema, in order of names; the values of fields come from the vocabularies."""
    found: dict[str, dict[str, Any]] = {}
    for name, model in PUBLISHED.items():
        found[name] = _published(model, vocabularies)
    for file, model in ONE.items():
        found[schema_name(file)] = _edited(file, model, vocabularies, many=False)
    for file, model in MANY.items():
        found[schema_name(file)] = _edited(file, model, vocabularies, many=True)
    return dict(sorted(found.items()))


def schema_text(schema: Mapping[str, Any], address: str | None = None) -> str:
    """Return a schema as the bytes of its file.

    Args:
        schema: one of `all_schemas`.
        address: where it will stand on the web; None in the repository, where it is known by its path.
    """
    head = {"$schema": DIALECT} | ({"$id": address} if address else {})
    return json.dumps(head | dict(schema), ensure_ascii=False, indent=2) + "\n"


def write_schemas(root: Path, vocabularies: Vocabularies) -> list[str]:
    """Write the schemas of the repository anew, and delete those that no longer are; return the names that changed."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    wanted = {f"{name}.json": schema_text(schema) for name, schema in all_schemas(vocabularies).items()}
    changed = []
    for path in sorted(folder.glob("*.json")):
        if path.name not in wanted:
            path.unlink()
            changed.append(path.name)
    for name, text in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(name)
    return changed


def _published(model: type[BaseModel], vocabularies: Vocabularies) -> dict[str, Any]:
    """Return the schema of a published file: nothing unknown anywhere, tags and labels by the vocabularies."""
    schema = _clean(model.model_json_schema(mode="serialization"), model)
    if "vocabularies" not in schema["properties"]:
        return schema
    names = list(Vocabularies.model_fields)
    definitions = schema["$defs"]
    for record in RECORDS.values():
        if record.__name__ in definitions:
            definitions[record.__name__]["properties"]["tags"] = {"$ref": "#/$defs/Tags"}
    definitions["Tags"] = {
        "description": "By vocabulary: codes; roles and phases have the unit on their reading list.",
        **_object({name: _list_of(getattr(vocabularies, name)) for name in names}),
    }
    labels = schema["properties"]["vocabularies"]["additionalProperties"]["additionalProperties"]
    definitions["Labels"] = {"description": "A code's label by language.", **labels}
    by_code = {"type": "object", "additionalProperties": {"$ref": "#/$defs/Labels"}}
    described = {"description": schema["properties"]["vocabularies"]["description"]}
    schema["properties"]["vocabularies"] = described | _object(dict.fromkeys(names, by_code)) | {"required": names}
    return schema


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": dict(properties)}


def _list_of(codes: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "array", "items": {"enum": list(codes)}, "uniqueItems": True}


def _edited(file: str, model: type[BaseModel], vocabularies: Vocabularies, *, many: bool) -> dict[str, Any]:
    """Return the schema of a file that people edit: ids of its kind, values of its vocabularies."""
    schema = _clean(model.model_json_schema(by_alias=True), model)
    properties = schema["properties"]
    kind = KIND_OF.get(model)
    if model is Relation:
        schema["allOf"] = [_ends(*ends) for ends in RELATION_ENDS.items()]
    if kind:
        properties["id"]["pattern"] = ids.pattern(kind)
    for name, vocabulary in VALUE_FIELDS.get(kind or "", {}).items():
        _limit(properties[name], list(getattr(vocabularies, vocabulary)))
    if model is Reading:
        _limit(properties["code"], list(getattr(vocabularies, Path(file).stem.removeprefix("reading-"))))
    if not many:
        return {"title": f"docs/data/{file}", **schema}
    definitions = schema.pop("$defs", {})
    return {
        "title": f"docs/data/{file}",
        "type": "array",
        "items": schema,
        **({"$defs": definitions} if definitions else {}),
    }


def _ends(relation: str, kinds: tuple[str, str]) -> dict[str, Any]:
    """Return the rule between which kinds of unit a relation leads."""
    start, ends = ({"pattern": ids.pattern(letters)} for letters in kinds)
    return {
        "if": {"properties": {"type": {"const": relation}}, "required": ["type"]},
        "then": {"properties": {"from": start, "to": {"items": ends}}},
    }


def _limit(field: dict[str, Any], codes: list[str]) -> None:
    """Let a field, or each part of a list, take only these values."""
    place = field["items"] if field.get("type") == "array" else field
    for key in ("pattern", "maxLength", "minLength"):
        place.pop(key, None)
    place["enum"] = codes


def _clean(schema: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Say what the models say of themselves, close every object, and let citations name sources only."""
    describe(schema, model)
    _close(schema)
    for name in ("Citation", "CitationRecord"):
        if name in schema.get("$defs", {}):
            schema["$defs"][name]["properties"]["source"]["pattern"] = ids.pattern("S")
    return schema


def _close(part: Any) -> None:
    """Allow no key that a pattern of keys does not allow."""
    if isinstance(part, dict):
        if "patternProperties" in part:
            part["additionalProperties"] = False
        for value in part.values():
            _close(value)
    elif isinstance(part, list):
        for value in part:
            _close(value)
