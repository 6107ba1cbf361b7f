"""Turns what pydantic says of a wrong entry into problems that an author understands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from handbook import ids
from handbook.data_checks import VALUE_FIELDS, value_unknown
from handbook.model import Barrier, Guideline, Initiative, Law, Measure, Model, Vocabularies
from handbook.problems import Problem
from handbook.yaml_reader import Document

PREFIXES: dict[type[Model], str] = {Guideline: "G", Barrier: "B", Measure: "M", Initiative: "I", Law: "L"}
"""Models of units with fields that take a vocabulary's values → their prefix."""

REASONS = {
    "tuple_type": "a list is expected",
    "list_type": "a list is expected",
    "dict_type": "keys and values are expected",
    "model_type": "keys and values are expected",
    "string_type": "a text is expected",
    "string_too_short": "a text is expected",
    "int_type": "a whole number is expected",
    "bool_type": "true or false is expected",
    "date_type": "a date is expected, for example 2026-11-22",
    "too_short": "at least one entry is expected",
}
"""What pydantic's kinds of errors mean to an author; the others speak for themselves."""


def from_pydantic(
    doc: Document, at: tuple[str | int, ...], detail: Any, model: type[Model], vocabularies: Vocabularies | None
) -> Problem:
    """Turn one of pydantic's errors into a problem with its line.

    Args:
        doc: the file.
        at: the way to the entry in it.
        detail: the error.
        model: what the entry should be.
        vocabularies: the values that fields may take, where they could be read.
    """
    loc = tuple(part for part in detail["loc"] if isinstance(part, (str, int)))
    line = doc.line_of((*at, *loc))
    name = ".".join(str(part) for part in loc) or model.__name__.lower()
    if detail["type"] == "missing":
        return Problem("data-field-missing", doc.file, doc.line_of(at), values={"field": name})
    if detail["type"] == "extra_forbidden":
        values = {"field": name}
        known = [f.alias or n for n, f in model.model_fields.items()]
        suggestion = ids.closest(str(loc[-1]), known) if len(loc) == 1 else None
        if suggestion:
            values["suggestion"] = suggestion
        return Problem("data-field-unknown", doc.file, line, values=values)
    given = detail.get("input")
    error = detail.get("ctx", {}).get("error")
    if isinstance(error, ids.IdError):
        code, key = ("id-form", "id") if loc == ("id",) else ("ref-form", "found")
        values = {key: str(given)} | ({"suggestion": error.suggestion} if error.suggestion else {})
        return Problem(code, doc.file, line, values=values)
    allowed = _allowed(detail, model, str(loc[0]) if loc else "", vocabularies)
    if allowed and isinstance(given, str):
        code, values = value_unknown(given, str(loc[0]), allowed)
        return Problem(code, doc.file, line, values=values)
    reason = REASONS.get(detail["type"]) or str(detail["msg"]).removeprefix("Value error, ")
    return Problem("data-value", doc.file, line, values={"field": name, "reason": reason, "value": str(given)})


def _allowed(detail: Any, model: type[Model], field: str, vocabularies: Vocabularies | None) -> Sequence[str]:
    """Return the values that a field may take, where they are a list."""
    if detail["type"] == "literal_error":
        return re.findall(r"'([^']*)'", str(detail["ctx"]["expected"]))
    vocabulary = VALUE_FIELDS.get(PREFIXES.get(model, ""), {}).get(field)
    if vocabulary and vocabularies and detail["type"] in {"string_pattern_mismatch", "string_too_long"}:
        found: Sequence[str] = getattr(vocabularies, vocabulary)
        return found
    return ()
