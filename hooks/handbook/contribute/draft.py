"""A new initiative before it is written: its values, and the two files they become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from handbook import ids
from handbook import index as indexing
from handbook.catalogue import UNNAMED
from handbook.contribute.files import yaml_text
from handbook.data import DATA, Data, Place
from handbook.index import Index
from handbook.language.folding import fold
from handbook.model import Citation, Initiative, Source
from handbook.problems import Problem
from handbook.publish.schemas import FOLDER as SCHEMAS
from handbook.publish.schemas import schema_name
from handbook.scan import PageSource, scan
from handbook.text.blocks import check_blocks
from handbook.text.context import PageContext
from handbook.text.render import Renderer, markdown_settings

PARTS = ("does", "outcome", "lessons")
"""The parts that every page of the catalogue has; their headings are words below ``initiative_page``."""

MAX_SLUG = 60
RESERVED = frozenset({"index"})


@dataclass(frozen=True)
class Draft:
    """What a contributor says of an initiative.

    Attributes:
        title: of the page, in `lang`.
        name: the stable working name.
        owner: the body's own name; empty when the source names none, and then `owner_text` describes it.
        new_source: what is to be added to the sources, if what it rests on is not among them yet.
        lead: sentences that say what it is; so `does`, `outcome` and `lessons`.
        related: guidelines, barriers and measures that it shows.
    """

    lang: str
    title: str
    name: str
    owner: str
    owner_text: str
    country: tuple[str, ...]
    year: int
    values: Mapping[str, str]
    inferred: tuple[str, ...]
    ai_stated: bool
    sources: tuple[Citation, ...]
    lead: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    related: tuple[str, ...] = ()
    new_source: Source | None = None
    slug: str = ""


def next_number(index: Index, prefix: str) -> str:
    """Return the first free id of a numbered kind after all that are or ever were, withdrawn ones included."""
    data = index.data
    taken = [*data.units, *data.withdrawn, *data.broken, *index.texts]
    numbers = [int(unit[2:]) for unit in taken if unit[0] == prefix]
    return f"{prefix}-{max(numbers, default=0) + 1:0{ids.NUMBER_WIDTH[prefix]}d}"


def make_slug(text: str, taken: Iterable[str]) -> str:
    """Return a file name for a title: words and hyphens, not one of those taken."""
    words = re.findall(r"[a-z0-9]+", fold(text)) or ["initiative"]
    while len(words) > 1 and len("-".join(words)) > MAX_SLUG - 4:
        words.pop()
    stem = "-".join(words)[: MAX_SLUG - 4]
    used = RESERVED | set(taken)
    return next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if name not in used)


def unit_of(draft: Draft, unit: str) -> Initiative:
    """Return the draft as the data's model has it."""
    return Initiative(
        id=unit,
        name=draft.name,
        owner=draft.owner or UNNAMED,
        country=draft.country,
        year_reported=draft.year,
        ai_stated=draft.ai_stated,
        inferred=draft.inferred,
        source=draft.sources,
        slug=draft.slug,
        **draft.values,
    )


def data_file(draft: Draft, unit: str) -> str:
    """Return the text of ``docs/data/initiatives/<slug>.yml``."""
    fields: dict[str, Any] = unit_of(draft, unit).model_dump(mode="json", exclude={"slug", "source"})
    if draft.ai_stated:
        del fields["ai_stated"]
    if not draft.inferred:
        del fields["inferred"]
    fields["source"] = [citation_entry(citation) for citation in draft.sources]
    schema = f"../../../{SCHEMAS}/{schema_name('initiatives/*.yml')}.json"
    return f"# yaml-language-server: $schema={schema}\n{yaml_text(fields)}"


def citation_entry(citation: Citation) -> dict[str, Any]:
    """Return a citation as the data write it."""
    entry = citation.model_dump(mode="json", exclude_none=True)
    if not citation.pages:
        del entry["pages"]
    return entry


def page_file(draft: Draft, unit: str, words: Mapping[str, str]) -> str:
    """Return the text of ``docs/<lang>/initiatives/<slug>.md``: all parts, every fact with its citation."""
    front: dict[str, str] = {"authority": "draft"}
    if not draft.owner:
        front["owner"] = draft.owner_text
    reference = reference_to(draft.sources[0])
    lines = ["---", yaml_text(front, block=True).rstrip("\n"), "---", ""]
    lines += [f"# {draft.title} {{ #{ids.anchor_of(unit)} rev=1{draft.lang} }}", ""]
    lines += [cited(line, reference) for line in draft.lead]
    for part in PARTS:
        own = part == PARTS[-1]
        text = draft.parts[part] if own else [cited(line, reference) for line in draft.parts[part]]
        lines += ["", f"## {words[f'initiative_page.{part}']}", ""]
        lines += ["/// advice", *text, "///"] if own else text
    return "\n".join(lines) + "\n"


def reference_to(citation: Citation) -> str:
    """Return a citation as the text writes it: ``[[S-01:5.3.3]]``."""
    return f"[[{citation.source}:{citation.section}]]" if citation.section else f"[[{citation.source}]]"


def cited(line: str, reference: str) -> str:
    """Return a sentence with the citation before its last mark, unless it cites a source already."""
    if "[[S-" in line:
        return line
    end = len(line) - 1 if line[-1:] in ".!?:…" else len(line)
    return f"{line[:end]} {reference}{line[end:]}"


def text_problem(index: Index, lang: str, text: str) -> Problem | None:
    """Return the first thing that `check` would say of a paragraph, or None."""
    found: list[Problem] = []
    source = scan(text, "")
    _render(index, lang, source, found)
    return min(found, key=lambda p: (p.line, p.column), default=None)


def page_problems(draft: Draft, unit: str, index: Index) -> list[Problem]:
    """Return what `check` would say of the page, without the spelling, before anything is written."""
    file = f"docs/{draft.lang}/initiatives/{draft.slug}.md"
    path = f"initiatives/{draft.slug}.md"
    source = scan(page_file(draft, unit, index.data.strings[draft.lang]), file)
    data = _with_unit(index.data, draft, unit)
    pages = {lang: dict(known) for lang, known in index.pages.items()}
    pages[draft.lang][path] = source
    found = indexing.build(data, pages)
    problems = [p for p in found.problems if p.file in {file, data.places[unit].file}]
    text = found.texts.get(unit, {}).get(draft.lang)
    if text is None or text.title != draft.title:
        problems.append(Problem("unit-form", file, 1, values={"found": draft.title}))
    _render(found, draft.lang, source, problems, path)
    return problems


def _with_unit(data: Data, draft: Draft, unit: str) -> Data:
    units = {**data.units, unit: unit_of(draft, unit)}
    if draft.new_source:
        units[draft.new_source.id] = draft.new_source
    ordered = {key: units[key] for key in sorted(units, key=ids.sort_key)}
    places = {**data.places, unit: Place(f"{DATA}/initiatives/{draft.slug}.yml", 2)}
    return replace(data, units=MappingProxyType(ordered), places=MappingProxyType(places))


def _render(index: Index, lang: str, source: PageSource, found: list[Problem], path: str = "initiatives/.md") -> None:
    found.extend([*source.problems, *check_blocks(index.data, source)])
    context = PageContext(index, lang, path, source, found.append)
    Renderer(markdown_settings(index.data.root)).shape(context, source.body)
