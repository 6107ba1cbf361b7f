"""The handbook as data: ``/data/handbook.json`` and ``/data/initiatives.json``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from handbook import ids
from handbook.catalogue import owner_text
from handbook.data import Data
from handbook.data_checks import VALUE_FIELDS
from handbook.index import Index
from handbook.model import Initiative, Source, Vocabularies
from handbook.publish.head import as_json, head
from handbook.publish.records import (
    KINDS,
    RECORDS,
    CitationRecord,
    HandbookFile,
    InitiativesFile,
    LanguageRecord,
    RelationRecord,
    TextRecord,
    UnitRecord,
)
from handbook.relations import relations_of
from handbook.text.context import page_url
from handbook.text.plain import plain
from handbook.translations import state_of


def handbook_json(index: Index) -> str:
    """Return everything about every unit as JSON, in the order of kinds and ids."""
    content = HandbookFile(
        **_head(index, "handbook"),
        units=unit_records(index, index.data.units),
        withdrawn=sorted(index.data.withdrawn.values(), key=lambda stone: ids.sort_key(stone.id)),
    )
    return as_json(content)


def initiatives_json(index: Index) -> str:
    """Return the catalogue of initiatives as JSON, in the order of ids."""
    chosen = [unit.id for unit in index.data.of_kind("I")]
    content = InitiativesFile(**_head(index, "initiatives"), initiatives=unit_records(index, chosen))
    return as_json(content)


def _head(index: Index, name: str) -> dict[str, Any]:
    """Return what stands at the top of the file `name`."""
    data = index.data
    languages = [LanguageRecord(code=language.code, name=language.name) for language in data.languages]
    return head(data, name) | {"languages": languages, "vocabularies": vocabularies(data)}


def vocabularies(data: Data) -> dict[str, dict[str, dict[str, str]]]:
    """Return vocabulary → code → language → label."""
    return {
        name: {
            code: {lang: words[key] for lang, words in data.strings.items() if (key := f"{name}.{code}") in words}
            for code in getattr(data.vocabularies, name)
        }
        for name in Vocabularies.model_fields
    }


def unit_records(index: Index, units: Iterable[str]) -> list[UnitRecord]:
    """Return these units in the order of kinds and ids."""
    citing = cited_by(index.data)
    return [_unit_record(index, unit, citing) for unit in sorted(units, key=ids.sort_key)]


def _unit_record(index: Index, unit: str, citing: Mapping[str, list[str]]) -> UnitRecord:
    """Return one unit: its texts' places and revisions, its data, its relations both ways."""
    known = index.data.units[unit]
    kind, _, elsewhere = KINDS[unit[0]]
    record = RECORDS[unit[0]]
    fields = {
        name: getattr(known, name)
        for name in type(known).model_fields
        if name in record.model_fields and name not in elsewhere and name not in UnitRecord.model_fields
    }
    if isinstance(known, Source):
        fields |= {"source_type": known.type, "cited_by": citing.get(unit, [])}
    return record(
        id=unit,
        type=kind,
        permanent=f"id/{unit}/",
        texts={lang: text for lang in index.data.codes if (text := text_record(index, unit, lang))},
        tags=_tags(index.data, unit),
        sources=[
            CitationRecord(source=c.source, section=c.section, pages=list(c.pages))
            for c in getattr(known, "sources", ())
        ],
        relations=[
            RelationRecord(
                type=link.type,
                direction="to" if link.outward else "from",
                unit=link.other,
                strength=link.strength,
                judgement=link.judgement,
            )
            for link in relations_of(index.data).of(unit)
        ],
        **fields,
    )


def text_record(index: Index, unit: str, lang: str) -> TextRecord | None:
    """Return title, address, revision and state of a unit in one language; None when it stands nowhere."""
    target = index.target(unit, lang)
    if target is None:
        return None
    own = index.texts.get(unit, {}).get(lang)
    title = index.title(unit, lang)
    known = index.data.units[unit]
    return TextRecord(
        title=plain(title.text),
        title_language=title.lang,
        address=page_url(lang, target.path) + (f"#{target.anchor}" if target.anchor else ""),
        permanent=f"{lang}/id/{unit}/",
        rev=str(own.rev) if own else None,
        state=state_of(index, unit, lang).value if unit in index.texts else None,
        authority=_authority(index, unit, lang),
        owner=owner_text(index, known, lang)[0] if isinstance(known, Initiative) else None,
    )


def _authority(index: Index, unit: str, lang: str) -> str | None:
    own = index.texts.get(unit, {}).get(lang)
    return str(index.pages[lang][own.path].front.get("authority", "draft")) if own else None


def cited_by(data: Data) -> dict[str, list[str]]:
    """Return source → the units whose data rest on it, in order."""
    found: dict[str, dict[str, None]] = {}
    for unit in sorted(data.units, key=ids.sort_key):
        known = data.units[unit]
        for citation in getattr(known, "sources", getattr(known, "cited_in", ())):
            found.setdefault(citation.source, {})[unit] = None
    return {source: list(citing) for source, citing in found.items()}


def _tags(data: Data, unit: str) -> dict[str, list[str]]:
    """Return the codes of every vocabulary that tells something of the unit."""
    found = {kind: [code for code, units in lists.items() if unit in units] for kind, lists in data.reading.items()}
    for name, vocabulary in VALUE_FIELDS.get(unit[0], {}).items():
        value = getattr(data.units[unit], name)
        found[vocabulary] = list(value) if isinstance(value, tuple) else [value]
    return {name: found[name] for name in Vocabularies.model_fields if name in found}
