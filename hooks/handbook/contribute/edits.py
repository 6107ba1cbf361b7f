"""Adds a language or a source to files that people keep by hand, where it belongs and nothing else changed."""

from __future__ import annotations

from typing import Any

import yaml

from handbook.contribute.files import WriteError, yaml_text
from handbook.model import Language, Source
from handbook.navigation import CONFIG
from handbook.yaml_reader import parse


def with_locale(text: str, language: Language) -> str:
    """Return ``mkdocs.yml`` with a locale more, after the last one.

    Raises:
        WriteError: its list of locales is not found.
    """
    nodes = _locales(text)
    if not nodes:
        raise WriteError(f"{CONFIG}: no list of languages found; add the locale {language.code} by hand")
    last = nodes[-1]
    rows = text.split("\n")
    indent = " " * (last.start_mark.column - 2)
    entry = yaml_text({"locale": language.code, "name": language.name, "build": True}).strip()
    rows.insert(_last_line(last) + 1, f"{indent}- {entry if entry.startswith('{') else '{' + entry + '}'}")
    after = "\n".join(rows)
    if [_value(node, "locale") for node in _locales(after)] != [
        *(_value(node, "locale") for node in nodes),
        language.code,
    ]:
        raise WriteError(f"{CONFIG}: add the locale {language.code} by hand")
    return after


def _last_line(node: Any) -> int:
    """Return the line, from 0, on which a node ends; a block ends where the next thing begins."""
    mark = node.end_mark
    return int(mark.line - 1 if mark.column == 0 or not node.flow_style else mark.line)


def _locales(text: str) -> list[Any]:
    """Return the nodes of the languages that ``mkdocs.yml`` lists."""
    try:
        top = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return []
    plugins = (_child(plugin, "i18n") for plugin in _sequence(_child(top, "plugins")))
    return next((_sequence(_child(plugin, "languages")) for plugin in plugins if plugin is not None), [])


def _child(node: Any, name: str) -> Any:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == name), None)


def _sequence(node: Any) -> list[Any]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _value(node: Any, name: str) -> str | None:
    child = _child(node, name)
    return str(child.value) if child is not None else None


def with_eu_code(text: str, file: str, code: str, eu_code: str) -> str:
    """Return ``handbook.yml`` with a language's code of the EU's list.

    Raises:
        WriteError: its map of languages is not found on one line.
    """
    doc = parse(text, file)
    line = doc.lines.get(("eu", "languages"))
    rows = text.split("\n")
    if line and rows[line - 1].rstrip().endswith("}"):
        rows[line - 1] = rows[line - 1].rstrip().removesuffix("}") + f", {code}: {eu_code}}}"
    after = "\n".join(rows)
    known = doc.value.get("eu", {}).get("languages", {}) if isinstance(doc.value, dict) else {}
    found = parse(after, file).value
    if not line or found != {**doc.value, "eu": {**doc.value["eu"], "languages": {**known, code: eu_code}}}:
        raise WriteError(f"{file}: add {code}: {eu_code} to eu.languages by hand")
    return after


def with_source_words(text: str, file: str, source: Source) -> str:
    """Return a language's words with what readers see of a new source: its own title, until somebody translates it.

    Raises:
        WriteError: the words of the other sources are not found.
    """
    doc = parse(text, file)
    lines = [line for path, line in doc.lines.items() if path[:1] == ("source",) and len(path) > 1]
    entry = {
        "title": f"{source.title or source.author} ({source.author}, {source.year})",
        "short": f"{source.author} {source.year}",
    }
    rows = text.split("\n")
    added = [f"  {source.id}:", *(f"    {row}" for row in yaml_text(entry, block=True).rstrip("\n").split("\n"))]
    rows[max(lines, default=0) : max(lines, default=0)] = added
    after = "\n".join(rows)
    words = doc.value.get("source") if isinstance(doc.value, dict) else None
    if not lines or parse(after, file).value != {**doc.value, "source": {**(words or {}), source.id: entry}}:
        raise WriteError(f"{file}: add source.{source.id}.title and .short by hand")
    return after
