"""Asks a contributor for everything that an initiative needs, and takes as given what the options say."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from handbook import ids
from handbook.contribute.ask import Questions
from handbook.contribute.draft import PARTS, Draft, make_slug, next_number, text_problem
from handbook.contribute.likeness import Basics
from handbook.data_checks import VALUE_FIELDS, check_citation
from handbook.index import MAX_TITLE, TITLE_MARKUP, Index
from handbook.language.folding import fold
from handbook.model import Citation, Source
from handbook.problems import Problem

CODED = tuple(name for name in VALUE_FIELDS["I"] if name != "country")
"""Fields with one value of a vocabulary."""

SHOWABLE = "GBM"
"""Kinds of unit that an initiative may be an example of."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
MANY_SOURCES = 12


class Interview:
    """One new initiative.

    Attributes:
        compare: is told of the initiative as soon as it is known well enough to look for others like it.
    """

    def __init__(
        self,
        index: Index,
        lang: str,
        options: argparse.Namespace,
        questions: Questions,
        compare: Callable[[Basics], None],
    ) -> None:
        self.index = index
        self.compare = compare
        self.data = index.data
        self.lang = lang
        self.options = options
        self.ask = questions

    def draft(self) -> Draft:
        """Return what options and answers say; asks only for what no option gives."""
        ask, given = self.ask, self.options
        title = given.title or ask.text(ask.word("title", limit=MAX_TITLE), check=self.title_problem)
        name = given.name or (title if given.complete else ask.text(ask.word("name"), default=title))
        owner, owner_text = self.owner()
        country = self.country()
        values = {name: getattr(given, name) or self.value(name) for name in CODED}
        self.compare(Basics(self.lang, title, name, owner, values))
        ai_stated = not given.not_ai if given.complete or given.not_ai else ask.yes(ask.word("ai_stated"), default=True)
        citation, new_source = self.source()
        return Draft(
            lang=self.lang,
            title=title,
            name=name,
            owner=owner,
            owner_text=owner_text,
            country=country,
            year=given.year or self.year(citation[0], new_source),
            values=values,
            inferred=self.inferred(),
            ai_stated=ai_stated,
            sources=citation,
            new_source=new_source,
            lead=given.lead or ask.lines(ask.word("lead"), check=self.text_problem),
            parts={part: getattr(given, part) or ask.lines(ask.word(part), check=self.text_problem) for part in PARTS},
            related=self.related(),
            slug=given.slug or make_slug(name, self.slugs()),
        )

    def slugs(self) -> set[str]:
        """Return the file names that are taken, in the data and in any language."""
        pages = {path for pages in self.index.pages.values() for path in pages if path.startswith("initiatives/")}
        return {path.removeprefix("initiatives/").removesuffix(".md") for path in pages} | {
            path.stem for path in (self.data.root / "docs" / "data" / "initiatives").glob("*.yml")
        }

    def title_problem(self, text: str) -> str | None:
        """Tell what is wrong with a title."""
        if len(text) > MAX_TITLE:
            return self.ask.word("too_long", limit=MAX_TITLE, length=len(text))
        if TITLE_MARKUP.search(text):
            values = {"id": next_number(self.index, "I"), "found": text}
            return self._told(Problem("title-markup", "", 1, values=values))
        return self.text_problem(text)

    def text_problem(self, text: str) -> str | None:
        """Tell what `check` would say of a line of text."""
        if "\n" in text:
            return self.ask.word("one_line")
        problem = text_problem(self.index, self.lang, text)
        return self._told(problem) if problem else None

    def _told(self, problem: Problem) -> str:
        hint = f" ({problem.hint})" if problem.hint else ""
        return self.ask.word("text_wrong", reason=problem.message + hint)

    def owner(self) -> tuple[str, str]:
        """Return the owner's own name, or a description where the source names none."""
        ask, given = self.ask, self.options
        if given.owner or given.owner_text:
            return given.owner or "", given.owner_text or ""
        owner = ask.text(ask.word("owner"), required=False)
        return owner, "" if owner else ask.text(ask.word("owner_text"), check=self.text_problem)

    def country(self) -> tuple[str, ...]:
        if self.options.country is not None:
            return tuple(self.options.country)
        return self.ask.many(self.ask.word("country"), self.choices("country"))

    def choices(self, name: str) -> list[tuple[str, str]]:
        """Return the values of a field with their labels."""
        codes = getattr(self.data.vocabularies, VALUE_FIELDS["I"][name])
        return [(code, self.ask.words.get(f"{name}.{code}", code)) for code in codes]

    def value(self, name: str) -> str:
        """Ask for one value of a vocabulary."""
        return self.ask.one(self.ask.words.get(f"field.{name}", name), self.choices(name))

    def year(self, citation: Citation, new: Source | None) -> int:
        """Ask for the year; what the source's data say is proposed."""

        def check(answer: str) -> str | None:
            fits = answer.isascii() and answer.isdigit() and FIRST_YEAR <= int(answer) <= LAST_YEAR
            return None if fits else self.ask.word("year_wrong")

        source = new or self.data.units[citation.source]
        usual = source.year if isinstance(source, Source) and check(source.year) is None else ""
        return int(self.ask.text(self.ask.word("year"), default=usual, check=check))

    def inferred(self) -> tuple[str, ...]:
        if self.options.complete or self.options.inferred:
            return tuple(self.options.inferred or ())
        named = [(name, self.ask.words.get(f"field.{name}", name)) for name in CODED]
        return self.ask.many(self.ask.word("inferred"), named)

    def related(self) -> tuple[str, ...]:
        """Return the units that it is an example of."""
        if self.options.complete or self.options.related:
            return tuple(self.options.related or ())
        answer = self.ask.text(self.ask.word("related"), required=False, check=self.related_problem)
        return tuple(dict.fromkeys(_id(part) for part in _parts(answer)))

    def related_problem(self, answer: str) -> str | None:
        """Tell which of the ids in an answer is none that an initiative may show."""
        for part in _parts(answer):
            unit = _id(part)
            if unit not in self.data.units or unit[0] not in SHOWABLE:
                near = ids.closest(unit, [u for u in self.data.units if u[0] in SHOWABLE])
                return self.ask.word("id_wrong", value=part) + (f" ({near}?)" if near else "")
        return None

    def source(self) -> tuple[tuple[Citation, ...], Source | None]:
        """Return where it is spoken of, and the source itself when it is a new one."""
        if self.options.source:
            return tuple(self.options.source), None
        new = self.new_source() if self.options.source_author else None
        found = new.id if new else self.known_source()
        if found is None:
            new = self.new_source()
            found = new.id
        section = None if new else self.section(found)
        return (Citation(source=found, section=section, pages=self.pages()),), new

    def known_source(self) -> str | None:
        """Ask for one of the sources, by id or name; None when a new one is wanted."""
        while True:
            answer = self.ask.text(self.ask.word("source"))
            fitting = self.fitting(answer)
            if len(fitting) == 1:
                return fitting[0][0]
            if fitting:
                return self.ask.one(self.ask.word("source"), fitting)
            self.ask.say(self.ask.word("source_wrong", value=answer))
            if self.ask.yes(self.ask.word("new_source")):
                return None

    def fitting(self, answer: str) -> list[tuple[str, str]]:
        """Return the sources whose id or name an answer may mean."""
        known = {unit.id: unit for unit in self.data.of_kind("S") if isinstance(unit, Source)}
        if _id(answer) in known:
            return [(_id(answer), "")]
        wanted = fold(answer)
        titles = {unit: self.index.title(unit, self.lang).text for unit in known}
        fitting = [
            (unit, f"{unit} {titles[unit]}")
            for unit, source in known.items()
            if wanted in fold(f"{titles[unit]} {source.author} {source.title or ''}")
        ]
        return fitting[:MANY_SOURCES]

    def new_source(self) -> Source:
        """Return a source that is not among the sources yet."""
        ask, given = self.ask, self.options
        return Source(
            id=next_number(self.index, "S"),
            type="report",
            author=given.source_author or ask.text(ask.word("source_author")),
            title=given.source_title or ask.text(ask.word("source_title")),
            year=str(given.source_year or ask.text(ask.word("source_year"), check=self._year_problem)),
            language=given.source_language or ask.text(ask.word("source_language"), check=self._code_problem),
        )

    def _year_problem(self, answer: str) -> str | None:
        return None if answer.isascii() and answer.isdigit() and len(answer) == 4 else self.ask.word("year_wrong")

    def _code_problem(self, answer: str) -> str | None:
        fits = answer.isascii() and answer.isalpha() and answer.islower() and 2 <= len(answer) <= 3
        return None if fits else self.ask.word("code_wrong")

    def section(self, source: str) -> str | None:
        """Ask for a section of a source that has any."""
        known = self.data.units[source]
        if not isinstance(known, Source) or not known.sections:
            return None

        def check(answer: str) -> str | None:
            if check_citation(self.data, source, answer) is None:
                return None
            allowed = ", ".join(section.id for section in known.sections)
            return self.ask.word("section_wrong", source=source, value=answer, allowed=allowed)

        return self.ask.text(self.ask.word("section"), required=False, check=check) or None

    def pages(self) -> tuple[int, ...]:
        if self.options.complete:
            return ()

        def check(answer: str) -> str | None:
            return None if all(part.isascii() and part.isdigit() and int(part) for part in _parts(answer)) else wrong

        wrong = self.ask.word("pages_wrong")
        answer = self.ask.text(self.ask.word("pages"), required=False, check=check)
        return tuple(int(part) for part in _parts(answer))


def _parts(answer: str) -> Sequence[str]:
    return answer.replace(",", " ").split()


def _id(text: str) -> str:
    """Return an id in its exact form, where only that is off."""
    return text if ids.is_id(text) else ids.suggest_form(text) or text
