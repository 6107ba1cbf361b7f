"""Which blocks there are, what options they take, and whether a use is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbook import ids
from handbook.block_uses import BlockUse
from handbook.catalogue import COLUMNS, FILTERS, ORDERS
from handbook.data import Data
from handbook.data_checks import unknown_id
from handbook.problems import Problem
from handbook.scan import PageSource

UNIT_KINDS = {"guideline": "G", "barrier": "B", "measure": "M", "initiative": "I", "term": "T", "law": "L"}


@dataclass(frozen=True)
class Option:
    """What an option takes: a vocabulary's values, given choices, ids, numbers or yes/no; alone or as a list."""

    vocabulary: str | None = None
    choices: tuple[str, ...] = ()
    kind: str = "choice"
    many: bool = False


@dataclass(frozen=True)
class Spec:
    """A block: its options, those it can't do without, whether Markdown stands in it, and whether it stands once."""

    options: Mapping[str, Option]
    required: tuple[str, ...] = ()
    content: bool = False
    one_of: bool = False
    once: bool = False


SELECTION: dict[str, Option] = {
    "country": Option("country", many=True),
    "service_area": Option("service_area", many=True),
    "ai_type": Option("ai_type", many=True),
    "function": Option("function", many=True),
    "status": Option("status", many=True),
    "kind": Option("kind", many=True),
    "year": Option(kind="year", many=True),
    "related": Option(kind="id", many=True),
    "ids": Option(kind="initiative", many=True),
}
"""What chooses initiatives, in every block that shows some."""

SPECS: dict[str, Spec] = {
    "advice": Spec({}, content=True),
    "initiatives": Spec(
        {
            **SELECTION,
            "columns": Option(choices=COLUMNS, many=True),
            "sort": Option(choices=ORDERS),
            "limit": Option(kind="number"),
            "filter": Option(kind="bool"),
        }
    ),
    "overview": Spec({"by": Option(choices=FILTERS), **SELECTION}, required=("by",)),
    "units": Spec(
        {
            "type": Option(choices=tuple(UNIT_KINDS)),
            "dimension": Option("dimension"),
            "area": Option("area"),
            "theme": Option("theme"),
        },
        required=("type",),
    ),
    "reading": Spec({"role": Option("role"), "phase": Option("phase")}, one_of=True),
    "figure": Spec({"name": Option(kind="figure")}, required=("name",)),
    "sources": Spec({}),
    "data-files": Spec({}),
    "council-questions": Spec({}),
    "matrix": Spec({"dimension": Option("dimension")}, required=("dimension",)),
    "whole": Spec({}),
    "gaps": Spec({}),
    "health": Spec({}),
    "downloads": Spec({}, once=True),
    "dossier": Spec({}, once=True),
}


def as_list(value: Any) -> list[Any]:
    """Return an option's value as a list."""
    return value if isinstance(value, list) else [value]


def check_blocks(data: Data, source: PageSource) -> Iterator[Problem]:
    """Yield what is wrong with the names and options of a page's blocks."""
    seen: dict[str, int] = {}
    for use in source.blocks:
        yield from check_use(data, source.file, use)
        first = seen.setdefault(use.name, use.line)
        if first != use.line and use.name in SPECS and SPECS[use.name].once:
            yield Problem("block-twice", source.file, use.line, values={"name": use.name, "other": str(first)})
    filtered = [use for use in source.blocks if use.options.get("filter") is True]
    for use in filtered[1:]:
        values = {"name": use.name, "other": str(filtered[0].line)}
        yield Problem("block-second-filter", source.file, use.option_lines["filter"], values=values)


def check_use(data: Data, file: str, use: BlockUse) -> Iterator[Problem]:
    """Yield what is wrong with one use of a block."""
    spec = SPECS.get(use.name)
    if spec is None:
        values = {"name": use.name, "allowed": ", ".join(SPECS), "end": str(use.end)}
        suggestion = ids.closest(use.name, SPECS)
        yield Problem(
            "block-unknown",
            file,
            use.line,
            values=values | ({"suggestion": suggestion} if suggestion else {}),
        )
        return
    for name, value in use.options.items():
        line = use.option_lines.get(name, use.line)
        option = spec.options.get(name)
        if option is None:
            values = {"name": use.name, "option": name, "allowed": ", ".join(spec.options) or "–"}
            suggestion = ids.closest(name, spec.options)
            extra = {"suggestion": suggestion} if suggestion else {}
            yield Problem("block-option-unknown", file, line, values=values | extra)
            continue
        if isinstance(value, list) and not option.many:
            values = {"name": use.name, "option": name, "value": str(value), "allowed": "one value, not a list"}
            yield Problem("block-option-value", file, line, values=values)
            continue
        for part in as_list(value) or [""]:
            problem = _check_value(data, option, part)
            if problem:
                values = {"name": use.name, "option": name, "value": str(part)} | problem[1]
                yield Problem(problem[0], file, line, values=values)
    yield from _check_presence(file, use, spec)
    yield from _check_clash(file, use)


def _check_clash(file: str, use: BlockUse) -> Iterator[Problem]:
    """A table that readers filter shows all there is."""
    if "limit" in use.options and use.options.get("filter") is True:
        values = {"name": use.name, "option": "limit", "other": "filter"}
        yield Problem("block-option-clash", file, use.option_lines.get("limit", use.line), values=values)


def _check_presence(file: str, use: BlockUse, spec: Spec) -> Iterator[Problem]:
    missing = [name for name in spec.required if name not in use.options]
    if spec.one_of and len(use.options) != 1:
        missing = [" / ".join(spec.options)]
    for name in missing:
        values = {"name": use.name, "option": name}
        yield Problem("block-option-missing", file, use.line, values=values)
    if use.body and not spec.content:
        yield Problem("block-body", file, use.line, values={"name": use.name})
    if spec.content and not use.body:
        yield Problem("block-empty", file, use.line, values={"name": use.name})


def _check_id(data: Data, value: Any, prefix: str) -> tuple[str, dict[str, str]] | None:
    if not isinstance(value, str) or not ids.is_id(value):
        suggestion = ids.suggest_form(str(value))
        return "ref-form", {"found": str(value)} | ({"suggestion": suggestion} if suggestion else {})
    if not value.startswith(prefix):
        return "block-option-value", {"allowed": f"{prefix}-001"}
    return unknown_id(data, value)


def _check_value(data: Data, option: Option, value: Any) -> tuple[str, dict[str, str]] | None:
    """Tell what is wrong with one value: (problem code, values), or None."""
    if option.kind == "bool":
        return None if isinstance(value, bool) else ("block-option-value", {"allowed": "true, false"})
    if option.kind in {"year", "number"}:
        least = 1900 if option.kind == "year" else 0
        right = isinstance(value, int) and not isinstance(value, bool) and value > least
        return None if right else ("block-option-value", {"allowed": "2024" if least else "10"})
    if option.kind in {"id", "initiative"}:
        return _check_id(data, value, "I" if option.kind == "initiative" else "")
    allowed = getattr(data.vocabularies, option.vocabulary) if option.vocabulary else option.choices
    source = "vocabularies.yml" if option.vocabulary else ""
    if option.kind == "figure":
        allowed, source = tuple(data.drawings), "figures.yml"
    if value in allowed or source in data.lost:
        return None
    suggestion = ids.closest(str(value), allowed)
    values = {"allowed": ", ".join(allowed)}
    return "block-option-value", values | ({"suggestion": suggestion} if suggestion else {})
