"""The options of ``new initiative``: the same answers as the questions take, for scripts."""

from __future__ import annotations

import argparse

from handbook import ids
from handbook.contribute.ask import clean
from handbook.contribute.draft import PARTS
from handbook.contribute.interview import CODED, FIRST_YEAR, LAST_YEAR
from handbook.data_checks import VALUE_FIELDS, check_citation
from handbook.index import Index
from handbook.model import Citation

REQUIRED = ("title", "owner", "country", "year", *CODED, "source", "lead", *PARTS)
"""Fields without which there is no initiative."""

MANY_LINES = frozenset({"lead", *PARTS})
"""Options that may have several lines; of all others the lines are joined."""

FEW = 12
"""So many values that are allowed are named at most."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to the command line."""
    parser.add_argument("--lang", metavar="CODE", help="the language you write in")
    parser.add_argument("--title", help="the page's title, at most 60 characters")
    parser.add_argument("--name", help="a working name, the same in all languages (default: the title)")
    parser.add_argument("--owner", help="who is behind it, by their own name")
    parser.add_argument("--owner-text", metavar="TEXT", help="instead of --owner: who it is, where no name is known")
    parser.add_argument("--country", metavar="CODES", help="countries, with commas; '' where the source names none")
    parser.add_argument("--year", metavar="YEAR", help="the year of the source")
    for name in CODED:
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="CODE", help=f"see {name} in vocabularies.yml")
    parser.add_argument("--inferred", metavar="FIELDS", help="those of them that the source does not say outright")
    parser.add_argument("--not-ai", action="store_true", help="the source does not say that it is AI")
    parser.add_argument(
        "--source", metavar="S-01:5.3.3:54,55", action="append", help="source, section, pages; may be given again"
    )
    parser.add_argument("--source-author", metavar="NAME", help="instead of --source, for one that is not listed yet")
    parser.add_argument("--source-title", metavar="TEXT", help="its title")
    parser.add_argument("--source-year", metavar="YEAR", help="when it came out")
    parser.add_argument("--source-language", metavar="CODE", help="the language it is in")
    for name in ("lead", *PARTS):
        parser.add_argument(f"--{name}", metavar="TEXT", help="a text of the page, a sentence a line")
    parser.add_argument("--related", metavar="IDS", help="guidelines, barriers, measures that it is an example of")
    parser.add_argument("--slug", help="name of the files (default: from the name)")
    parser.add_argument("--force", action="store_true", help="also when it resembles one that is there")


def missing(options: argparse.Namespace) -> list[str]:
    """Trim what the options say, in place; return those without which questions are needed."""
    for name, value in list(vars(options).items()):
        if isinstance(value, str):
            setattr(options, name, clean(value if name in MANY_LINES else " ".join(value.split())))
    lacking = [name for name in ("lang", *REQUIRED) if not getattr(options, name) and not _left_empty(options, name)]
    if "owner" in lacking and options.owner_text:
        lacking.remove("owner")
    if "source" in lacking and options.source_author:
        named = ("source_title", "source_year", "source_language")
        lacking.remove("source")
        lacking += [name for name in named if not getattr(options, name)]
    return [f"--{name.replace('_', '-')}" for name in lacking]


def _left_empty(options: argparse.Namespace, name: str) -> bool:
    """Tell whether an option that may be empty was given so: no country."""
    return name == "country" and options.country is not None


def read_options(index: Index, options: argparse.Namespace) -> list[str]:
    """Turn the options' texts into values, in place; return what is wrong with them, a line each."""
    reader = _Reader(index, options)
    reader.read()
    return reader.wrong


class _Reader:
    def __init__(self, index: Index, options: argparse.Namespace) -> None:
        self.index = index
        self.data = index.data
        self.options = options
        self.wrong: list[str] = []

    def read(self) -> None:
        given = self.options
        for name in CODED:
            self._one_of(name, getattr(given, name), getattr(self.data.vocabularies, VALUE_FIELDS["I"][name]))
        given.country = self._many("country", given.country, self.data.vocabularies.country)
        given.inferred = self._many("inferred", given.inferred, CODED)
        given.related = self._many("related", given.related, [u for u in self.data.units if u[0] in "GBM"])
        for name in ("year", "source_year"):
            setattr(given, name, self._year(name, getattr(given, name)))
        given.source = [c for text in given.source or () if (c := self._citation(text))] or None
        for name in ("lead", *PARTS):
            text = getattr(given, name)
            setattr(given, name, tuple(line.strip() for line in text.split("\n") if line.strip()) if text else None)
        if given.slug and not (ids.is_id(f"P-{given.slug}") and len(given.slug) <= 60):
            self.wrong.append(f"--slug: '{given.slug}' is no name of a file: small letters, digits and hyphens")

    def _one_of(self, name: str, value: str | None, allowed: tuple[str, ...] | list[str]) -> None:
        if value is None or value in allowed:
            return
        near = ids.closest(value, allowed)
        named = ", ".join(allowed) if len(allowed) <= FEW else f"{', '.join(allowed[:FEW])} …"
        hint = f"did you mean '{near}'?" if near else f"one of {named}"
        self.wrong.append(f"--{name.replace('_', '-')}: '{value}' is not allowed: {hint}")

    def _many(self, name: str, text: str | None, allowed: tuple[str, ...] | list[str]) -> tuple[str, ...] | None:
        if text is None:
            return None
        values = tuple(dict.fromkeys(text.replace(",", " ").split()))
        for value in values:
            self._one_of(name, value, allowed)
        return values

    def _year(self, name: str, text: str | None) -> int | None:
        if text is None:
            return None
        if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return int(text)
        self.wrong.append(f"--{name.replace('_', '-')}: '{text}' is no year")
        return None

    def _citation(self, text: str) -> Citation | None:
        """Read ``S-01:5.3.3:54,55``."""
        source, section, pages = (*text.strip().split(":", 2), "", "")[:3]
        numbers = pages.replace(",", " ").split()
        problem = check_citation(self.data, source, section or None) if ids.is_id(source) else ("ref-form", {})
        if problem:
            near = problem[1].get("suggestion") or ids.suggest_form(source)
            hint = f"did you mean '{near}'?" if near else "docs/data/units/sources.yml lists them with their sections"
            what = (
                f"{source} has no section '{section}'"
                if problem[0] == "citation-section"
                else f"'{source}' is no source"
            )
            self.wrong.append(f"--source: {what}: {hint}")
        elif not all(n.isascii() and n.isdigit() and int(n) for n in numbers):
            self.wrong.append(f"--source: '{pages}' are no pages: write for example S-01:5.3.3:54,55")
        else:
            return Citation(source=source, section=section or None, pages=tuple(int(n) for n in numbers))
        return None
