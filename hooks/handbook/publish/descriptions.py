"""What schemas say of objects and fields: taken from the docstrings of the models, where it stands once."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from handbook import model as edited
from handbook.publish import records as published

_FIELD = re.compile(r"(\w+): (.+)")
_MARK = "\n\nAttributes:\n"


def describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Put descriptions into a generated schema and its definitions, in place.

    Args:
        schema: as pydantic made it of `model`.
        model: whose docstring names the fields below ``Attributes:``.
    """
    known = _models()
    for name, definition in ((model.__name__, schema), *schema.get("$defs", {}).items()):
        if name in known:
            _describe(definition, known[name])
    _without_titles(schema)


def _models() -> dict[str, type[BaseModel]]:
    """Return name → model, of all there are: a definition is known by the name of its class."""
    found = [*vars(edited).values(), *vars(published).values(), *published.RECORDS.values()]
    return {m.__name__: m for m in found if isinstance(m, type) and issubclass(m, BaseModel)}


def _describe(definition: dict[str, Any], model: type[BaseModel]) -> None:
    definition["description"] = _plain((inspect.getdoc(model) or "").partition(_MARK)[0])
    for base in reversed([c for c in model.__mro__ if issubclass(c, BaseModel) and c is not BaseModel]):
        for name, said in _attributes(base.__doc__ or ""):
            field = model.model_fields.get(name)
            shown = definition.get("properties", {}).get((field.alias if field else None) or name)
            if shown is not None:
                shown["description"] = said


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    """Yield field and description, one a line, of a docstring's attributes."""
    for line in inspect.cleandoc(text).partition(_MARK)[2].split("\n"):
        match = _FIELD.match(line.strip())
        if match:
            said = _plain(match[2])
            yield match[1], said[:1].upper() + said[1:]


def _plain(text: str) -> str:
    return " ".join(text.replace("``", "").split())


def _without_titles(part: Any) -> None:
    """Drop the titles that pydantic makes of names: they say nothing that the names don't."""
    if isinstance(part, dict):
        if isinstance(part.get("title"), str):
            del part["title"]
        for name, value in part.items():
            for inner in value.values() if name == "properties" else (value,):
                _without_titles(inner)
    elif isinstance(part, list):
        for value in part:
            _without_titles(value)
