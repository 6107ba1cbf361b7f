"""What ``/data/handbook.json`` and ``/data/initiatives.json`` hold. Their JSON Schemas are made from these classes."""

from __future__ import annotations

import inspect
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from handbook.model import (
    Barrier,
    Guideline,
    Initiative,
    Law,
    Measure,
    Model,
    Page,
    RelationType,
    Source,
    Term,
    UnitId,
    Withdrawn,
)

FORMAT = 1
"""Grows when a reader of the files would have to change."""

Lang = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Address = Annotated[str, StringConstraints(pattern=r"^[^/].*$")]


class Record(BaseModel):
    """Base: frozen, nothing unknown, every field always there."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_serialization_defaults_required=True, validate_by_name=True
    )


class TextRecord(Record):
    """A unit's text in one language, or where readers of that language find it in another.

    Attributes:
        title: as readers of the language see it.
        title_language: differs from the language where it has no text of its own.
        address: below the site's address; with an anchor where the unit stands in a chapter.
        permanent: the address that never changes, below the site's address.
        rev: the revision of the language's own text; null when it has none.
        state: how the text stands to the highest revision; null for units without text.
        authority: who has reviewed it; null when the language has no text of its own.
        owner: of an initiative: who is behind it, described in the language where the source names nobody.
    """

    title: str
    title_language: Lang
    address: Address
    permanent: Address
    rev: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*[a-z]{2,3}$")] | None
    state: Literal["current", "behind", "missing", "conflict"] | None
    authority: Literal["draft", "reviewed", "authoritative"] | None
    owner: str | None


class CitationRecord(Record):
    """A place in a source that the unit rests on."""

    source: UnitId
    section: str | None
    pages: list[int]


class RelationRecord(Record):
    """A relation of the unit, in either direction.

    Attributes:
        direction: "to" leads from this unit to the other, "from" the other way.
        judgement: true where it is the handbook's own reading, false where a source states it.
    """

    type: RelationType
    direction: Literal["to", "from"]
    unit: UnitId
    strength: Literal["direct", "partial"] | None
    judgement: bool


class UnitRecord(Record):
    """What every unit has.

    Attributes:
        permanent: the language-neutral address that never changes, below the site's address.
        texts: by language.
        tags: by vocabulary: codes of `vocabularies`, roles and phases that the unit is on the reading list of.
        sources: what the unit rests on.
        relations: by type, outward first.
    """

    id: UnitId
    type: str
    permanent: Address
    texts: dict[Lang, TextRecord]
    tags: dict[str, list[str]]
    sources: list[CitationRecord]
    relations: list[RelationRecord]


SHARED = frozenset({"id", "sources", "source"})
"""Fields of the data that every record has in a form of its own."""

KINDS: dict[str, tuple[str, type[Model], frozenset[str]]] = {
    "G": ("guideline", Guideline, frozenset({"countries", "path"})),
    "B": ("barrier", Barrier, frozenset({"countries", "dimension"})),
    "M": ("measure", Measure, frozenset({"countries", "area", "theme"})),
    "I": (
        "initiative",
        Initiative,
        frozenset({"country", "kind", "service_area", "ai_type", "function", "status", "slug"}),
    ),
    "T": ("term", Term, frozenset()),
    "L": ("law", Law, frozenset({"countries", "type"})),
    "S": ("source", Source, frozenset({"type"})),
    "P": ("page", Page, frozenset({"path"})),
}
"""Kind of unit → name of the type, its data, and the fields that stand among the tags or the texts instead."""


def _record(prefix: str) -> type[UnitRecord]:
    """Return the record of one kind of unit: what every unit has, and the fields of its data."""
    name, model, elsewhere = KINDS[prefix]
    fields: dict[str, Any] = {"type": (Literal[name], ...)}
    for field_name, field in model.model_fields.items():
        if field_name not in SHARED | elsewhere:
            kept: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
            fields[field_name] = (kept, Field(...))
    if prefix == "S":
        fields["source_type"] = (Literal["report", "work"], ...)
        fields["cited_by"] = (list[UnitId], ...)
    _, mark, attributes = (inspect.getdoc(model) or "").partition("\n\nAttributes:\n")
    document = f"One {name}.{mark}{attributes}"
    return create_model(f"{model.__name__}Record", __base__=UnitRecord, __doc__=document, **fields)


RECORDS: dict[str, type[UnitRecord]] = {prefix: _record(prefix) for prefix in KINDS}
"""Kind of unit → its record."""

if TYPE_CHECKING:
    AnyRecord: TypeAlias = UnitRecord
    InitiativeRecord: TypeAlias = UnitRecord
else:
    InitiativeRecord = RECORDS["I"]
    AnyRecord = Annotated[reduce(or_, RECORDS.values()), Field(discriminator="type")]


class LanguageRecord(Record):
    """An edition's language."""

    code: Lang
    name: str


class PublishedFile(Record):
    """What every file has at its top.

    Attributes:
        schema_: where the schema of this file stands.
        format: grows when a reader of the file would have to change.
        edition: of the handbook.
        date: of the edition.
        address: the site's; all other addresses in the file are below it.
        licence: SPDX code.
    """

    schema_: str = Field(alias="$schema")
    format: Literal[1]
    edition: str
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    address: str
    licence: Literal["CC0-1.0"]


class FileRecord(PublishedFile):
    """What a file of units has at its top.

    Attributes:
        languages: of the editions, in order.
        vocabularies: name of a tag → code → language → label.
    """

    languages: list[LanguageRecord]
    vocabularies: dict[str, dict[str, dict[Lang, str]]]


class HandbookFile(FileRecord):
    """``/data/handbook.json``: every unit of the handbook, in the order of kinds and ids."""

    units: list[AnyRecord]
    withdrawn: list[Withdrawn]


class InitiativesFile(FileRecord):
    """``/data/initiatives.json``: the catalogue of initiatives, in the order of ids."""

    initiatives: list[InitiativeRecord]


class CoverageRecord(Record):
    """How many of some units have something.

    Attributes:
        count: how many have it.
        of: how many there are.
        without: those that lack it.
    """

    count: int
    of: int
    without: list[UnitId]


class CoveragesRecord(Record):
    """What units are to have.

    Attributes:
        barriers_with_measure: a measure lowers the barrier.
        measures_with_barrier: the measure lowers a barrier.
        units_with_source: the unit's data or text in any language names a source; pages are left out.
        units_in_all_languages: the unit has a text in every language.
    """

    barriers_with_measure: CoverageRecord
    measures_with_barrier: CoverageRecord
    units_with_source: CoverageRecord
    units_in_all_languages: CoverageRecord


class RelationCountsRecord(Record):
    """The relations between units, pair by pair.

    Attributes:
        stated: a source states them.
        judgement: they are the handbook's own reading.
    """

    stated: int
    judgement: int
    total: int


class LanguageHealthRecord(Record):
    """The texts of one language.

    Attributes:
        texts: how many it has.
        behind: units whose text follows an older revision than another language's.
        missing: units without text in this language.
        conflict: units of which two languages have the same number of revision, led by different languages.
        authority: label → texts that carry it.
    """

    texts: int
    behind: list[UnitId]
    missing: list[UnitId]
    conflict: list[UnitId]
    authority: dict[Literal["draft", "reviewed", "authoritative"], int]


class HealthFile(PublishedFile):
    """``/data/health.json``: how complete the handbook is.

    Attributes:
        units: type of unit → how many; of terms those of the glossary.
    """

    units: dict[str, int]
    coverage: CoveragesRecord
    relations: RelationCountsRecord
    languages: dict[Lang, LanguageHealthRecord]
