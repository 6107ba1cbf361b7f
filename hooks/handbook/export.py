"""The handbook as data: ``/data/handbook.json``."""

from __future__ import annotations

import json
from typing import Any

from handbook.index import Index
from handbook.model import Barrier, Citation, Guideline, Initiative, Law, Measure, Term
from handbook.relations import relations_of
from handbook.text.context import page_url
from handbook.text.plain import plain
from handbook.translations import state_of

TYPES = {
    "G": "guideline",
    "B": "barrier",
    "M": "measure",
    "I": "initiative",
    "T": "term",
    "L": "law",
    "S": "source",
    "P": "page",
}
FORMAT = 1


def handbook_json(index: Index) -> str:
    """Return everything about every unit as JSON, in stable order."""
    data = index.data
    content = {
        "format": FORMAT,
        "edition": data.settings.edition,
        "date": data.settings.date.isoformat(),
        "address": data.settings.address,
        "licence": "CC0-1.0",
        "languages": [{"code": language.code, "name": language.name} for language in data.languages],
        "units": [unit_record(index, unit) for unit in data.units],
        "withdrawn": [stone.model_dump(mode="json") for stone in data.withdrawn.values()],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def unit_record(index: Index, unit: str) -> dict[str, Any]:
    """Return one unit: its texts' places and revisions, its data, its relations both ways."""
    known = index.data.units[unit]
    record: dict[str, Any] = {"id": unit, "type": TYPES[unit[0]]}
    record["texts"] = {lang: entry for lang in index.data.codes if (entry := text_record(index, unit, lang))}
    record |= _fields(known)
    record["sources"] = [_citation(c) for c in getattr(known, "sources", ())]
    record["tags"] = _tags(index, unit)
    record["relations"] = [
        {
            "type": link.type,
            "direction": "to" if link.outward else "from",
            "unit": link.other,
            "strength": link.strength,
            "judgement": link.judgement,
        }
        for link in relations_of(index.data).of(unit)
    ]
    return record


def text_record(index: Index, unit: str, lang: str) -> dict[str, Any] | None:
    """Return title, address, revision and state of a unit in one language; None when it stands nowhere."""
    target = index.target(unit, lang)
    if target is None:
        return None
    own = index.texts.get(unit, {}).get(lang)
    title = index.title(unit, lang)
    address = page_url(lang, target.path) + (f"#{target.anchor}" if target.anchor else "")
    return {
        "title": plain(title.text),
        "title_language": title.lang,
        "address": address,
        "rev": str(own.rev) if own else None,
        "state": state_of(index, unit, lang).value if unit in index.texts else None,
        "authority": _authority(index, unit, lang),
    }


def _authority(index: Index, unit: str, lang: str) -> str | None:
    own = index.texts.get(unit, {}).get(lang)
    return str(index.pages[lang][own.path].front.get("authority", "draft")) if own else None


def _citation(citation: Citation) -> dict[str, Any]:
    return {"source": citation.source, "section": citation.section, "pages": list(citation.pages)}


def _fields(known: Any) -> dict[str, Any]:
    """Return what is particular to a kind of unit."""
    if isinstance(known, (Guideline, Barrier, Measure, Law, Initiative, Term)):
        hidden = {"id", "sources", "source", "path", "no_measure", "no_barrier"}
        dumped = known.model_dump(mode="json", exclude=hidden)
        return {key: value for key, value in dumped.items() if value not in (None, [], {}, "")}
    return {}


def _tags(index: Index, unit: str) -> dict[str, list[str]]:
    return {
        kind + "s": [code for code, units in lists.items() if unit in units]
        for kind, lists in index.data.reading.items()
    }
