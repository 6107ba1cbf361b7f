"""The handbook's data: what is the same in all languages. Frozen and validated.

Source of the fields: the files in ``docs/data/``; each class names its file.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

from handbook import ids

UnitId = Annotated[str, AfterValidator(ids.parse_id), WithJsonSchema({"type": "string", "pattern": ids.pattern()})]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,3}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
NumberLike = Annotated[Text, WithJsonSchema({"type": ["string", "number"]})]
"""A text that an editor's YAML reader may take for a number: ``2026.11``, ``5.3``."""
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True, pattern=r"^[^\r\n]+$")]
Address = Annotated[str, StringConstraints(max_length=300, pattern=r"^https?://[^\s/?#\"'<>\\]+/([^\s?#\"'<>\\]+/)?$")]
"""Where the site is to stand: it ends in a slash, as everything is put after it."""
Year = Annotated[int, Field(ge=1900, le=2100)]


def _iso_date(value: object) -> object:
    """Take ``2026-10-01`` and nothing else: not a number of seconds, nor a time of day."""
    if not isinstance(value, str) or len(value) != len("2026-10-01"):
        return value
    found = date.fromisoformat(value)
    if not 1900 <= found.year <= 2100:
        raise ValueError("no year of this or the last century")
    return found


IsoDate = Annotated[date, BeforeValidator(_iso_date)]


def _edition(name: str) -> str:
    """Take ``2026.11``, and what may follow it: ``2026.11.1``, ``2026.11-draft``."""
    if not re.match(r"[0-9]{4}\.[0-9]{1,2}(?![0-9])", name):
        raise ValueError("year and month are expected, for example 2026.11")
    return name


Edition = Annotated[NumberLike, AfterValidator(_edition)]


class Model(BaseModel):
    """Base: frozen, unknown fields are errors, no silent conversion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class Citation(Model):
    """A place in a source: its section as that source's data lists it, and pages where known."""

    source: UnitId
    section: NumberLike | None = None
    pages: tuple[Annotated[int, Field(ge=1)], ...] = Field(default=(), strict=False)


class Unit(Model):
    """What every unit has."""

    id: UnitId


class Guideline(Unit):
    """``units/guidelines.yml``: one of the guidelines, a page each."""

    key: Code
    path: Text
    year: Year
    countries: tuple[Country, ...] = Field(default=(), strict=False)
    sources: tuple[Citation, ...] = Field(strict=False)


class Barrier(Unit):
    """``units/barriers.yml``; `nature` only where the report itself states it."""

    key: Code
    dimension: Code
    section: NumberLike
    year: Year
    countries: tuple[Country, ...] = Field(strict=False)
    nature: Literal["actual", "perceived", "both"] | None = None
    sources: tuple[Citation, ...] = Field(strict=False)
    no_measure: Text | None = None


class Measure(Unit):
    """``units/measures.yml``."""

    key: Code
    area: Code
    theme: Code
    year: Year
    countries: tuple[Country, ...] = Field(strict=False)
    sources: tuple[Citation, ...] = Field(strict=False)
    no_barrier: Text | None = None


class Law(Unit):
    """``units/laws.yml``: a law, standard, strategy or guide; `year` is as of when the source speaks of it."""

    type: Code
    year: Year
    countries: tuple[Country, ...] = Field(strict=False)
    name_original: Text
    sources: tuple[Citation, ...] = Field(strict=False)


class Term(Unit):
    """``units/terms.yml``: a concept of the termbase.

    Attributes:
        names: language code → the term.
        glossary: it is a unit of the glossary page; otherwise it serves search and the term checks.
        forms: language → kind of form → the form.
        avoid: language → word not to use for this concept → why.
        everywhere: language → words of `avoid` that are wrong in any meaning, so that `check` reports them.
        by_hand: languages in which the word also has an everyday meaning, or everybody knows it: there it is explained
            only where an author marks it.
        lookalikes: language → words that look like a form of the term and are none.
    """

    names: dict[str, str]
    glossary: bool = False
    group: Text
    sv_fi: Text | None = None
    abbr: dict[str, str] = {}
    forms: dict[str, dict[str, str]] = {}
    avoid: dict[str, dict[str, str]] = {}
    everywhere: dict[str, Annotated[tuple[str, ...], Field(strict=False)]] = {}
    by_hand: tuple[str, ...] = Field(default=(), strict=False)
    lookalikes: dict[str, Annotated[tuple[str, ...], Field(strict=False)]] = {}
    note: Text | None = None
    check_in: tuple[str, ...] = Field(default=(), strict=False)
    sources: tuple[Citation, ...] = Field(default=(), strict=False)


class Section(Model):
    """A section of a source: what ``[[S-01:5.3.3]]`` may name."""

    id: NumberLike
    title: Text


class Source(Unit):
    """``units/sources.yml``: a report with its sections, or a work that a report cites."""

    type: Literal["report", "work"]
    author: Text
    year: NumberLike
    title: Text | None = None
    publisher: Text | None = None
    date: IsoDate | None = None
    language: Code | None = None
    sections: tuple[Section, ...] = Field(default=(), strict=False)
    cited_in: tuple[Citation, ...] = Field(default=(), strict=False)


class Page(Unit):
    """``units/pages.yml``: any other page; `path` is below ``docs/<lang>/``."""

    path: Text


class Figure(Model):
    """A number that an initiative's source gives."""

    value: Text
    unit: Text
    what: Text


class Initiative(Unit):
    """``initiatives/<slug>.yml``: one initiative, cautionary case or method.

    Attributes:
        name: a stable working name; readers see the title of their language.
        owner: the body's own name, or ``unnamed`` when the source names none: then each page says ``owner: …``.
        country: where; an empty list when the source does not say.
        year_reported: the year of the source, not of the start.
        kind: whether it is an initiative, a method or a cautionary case.
        ai_stated: false when the source does not say that it is AI.
        inferred: fields that the source does not state outright.
        source: where a source speaks of it.
    """

    name: Text
    owner: Text
    country: tuple[Country, ...] = Field(strict=False)
    year_reported: Year
    kind: Code
    service_area: Code
    ai_type: Code
    function: Code
    status: Code
    ai_stated: bool = True
    inferred: tuple[Code | Text, ...] = Field(default=(), strict=False)
    source: tuple[Citation, ...] = Field(strict=False, min_length=1)
    slug: SkipJsonSchema[str] = ""

    @property
    def sources(self) -> tuple[Citation, ...]:
        """The same name as other units have."""
        return self.source


RelationType = Literal["answers", "lowers", "supports", "shows", "bears_on", "similar"]

RELATION_ENDS: dict[str, tuple[str, str]] = {
    "answers": ("G", "B"),
    "lowers": ("M", "B"),
    "supports": ("M", "G"),
    "shows": ("I", "GBM"),
    "bears_on": ("L", "GBMI"),
    "similar": ("I", "I"),
}
"""Relation → prefixes it may begin at, and lead to."""


SYMMETRIC = frozenset({"similar"})
"""Relations that say the same read from either end."""


class Relation(Model):
    """``relations.yml``: a typed link from one unit to others.

    `judgement` is true where the link is the handbook's own reading, false where a source states it.
    """

    from_: UnitId = Field(alias="from")
    type: RelationType
    to: tuple[UnitId, ...] = Field(strict=False, min_length=1)
    strength: Literal["direct", "partial"] | None = None
    judgement: bool


class Withdrawn(Unit):
    """``withdrawn.yml``: the tombstone of a unit."""

    since: Text
    reason: Text
    replaced_by: UnitId | None = None


class Reading(Model):
    """``reading.yml``: what to read, in order, for one role or phase."""

    code: Code
    units: tuple[UnitId, ...] = Field(strict=False)


class Language(Model):
    """``languages.yml``: one edition.

    Attributes:
        code: folder below ``docs/`` and first part of the address.
        name: the language's name in itself.
        locale: BCP 47 tag for dates, sorting and hyphenation.
        alphabet: its letters in order; other letters sort with the one they look like.
        spelling: dictionaries as ``engine:name``; a word is right when one of them knows it.
        inflection: the end of a term's listed form → regular endings that may stand instead of it in running text.
        function_words: words that say little about what is sought; search lets the others decide.
        theme: the language whose words the theme uses, where it does not speak this one.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    name: Text
    locale: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")]
    alphabet: Text
    spelling: tuple[Annotated[str, StringConstraints(pattern=r"^(hunspell|voikko|bin):[A-Za-z_]+$")], ...] = Field(
        default=(), strict=False
    )
    inflection: dict[str, Annotated[tuple[str, ...], Field(strict=False)]] = {}
    function_words: tuple[Text, ...] = Field(default=(), strict=False)
    theme: Code | None = None


class EuCodes(Model):
    """The codes of the EU's authority lists, by which open data catalogues know what is described.

    Attributes:
        languages: code of a language → code in the EU's list of languages (NOB).
        countries: code of a country → code in the EU's list of countries (NOR).
        themes: codes of the EU's list of data themes (GOVE).
        publisher_type: of ADMS: LocalAuthority, NationalAuthority, NonProfitOrganisation, …; when there is a publisher.
    """

    languages: dict[str, str] = {}
    countries: dict[str, str] = {}
    themes: tuple[str, ...] = Field(default=(), strict=False)
    publisher_type: Text | None = None


class Settings(Model):
    """``handbook.yml``: what is set in one place."""

    edition: Edition
    date: IsoDate
    address: Address
    publisher: Line | None = None
    contact: Line | None = None
    repository: Line | None = None
    eu: EuCodes = EuCodes()


class Vocabularies(Model):
    """``vocabularies.yml``: the values that fields may take."""

    country: tuple[Country, ...] = Field(strict=False)
    service_area: tuple[Code, ...] = Field(strict=False)
    ai_type: tuple[Code, ...] = Field(strict=False)
    function: tuple[Code, ...] = Field(strict=False)
    status: tuple[Code, ...] = Field(strict=False)
    kind: tuple[Code, ...] = Field(strict=False)
    role: tuple[Code, ...] = Field(strict=False)
    phase: tuple[Code, ...] = Field(strict=False)
    dimension: tuple[Code, ...] = Field(strict=False)
    area: tuple[Code, ...] = Field(strict=False)
    theme: tuple[Code, ...] = Field(strict=False)
    law_type: tuple[Code, ...] = Field(strict=False)

    @classmethod
    def nothing(cls) -> Vocabularies:
        """Return lists without values: what is left where the file can't be read."""
        return cls(**dict.fromkeys(cls.model_fields, ()))


AnyUnit = Guideline | Barrier | Measure | Law | Term | Source | Page | Initiative


class FigureItem(Model):
    """A bar or step: its label is a key of the words or a unit's title; bars have a value in percent."""

    key: Code | None = None
    unit: UnitId | None = None
    value: Annotated[int, Field(ge=0, le=100)] | None = None
    group: Code | None = None


class Drawing(Model):
    """``figures.yml``: a figure drawn from what a source's text says."""

    id: Code
    kind: Literal["bars", "steps", "groups"]
    inferred: bool = False
    source: Citation
    items: tuple[FigureItem, ...] = Field(strict=False, min_length=2)
