"""Unit headings: their label, their facts, and the notice where a text is behind or in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown.treeprocessors import Treeprocessor

from handbook import ids
from handbook.model import Barrier, Guideline, Initiative, Law, Measure, Source, Term
from handbook.text.context import PageContext, page_url, site_link
from handbook.text.elements import foreign, sub
from handbook.text.initiative_facts import initiative_facts
from handbook.translations import State, state_of

if TYPE_CHECKING:
    from markdown import Markdown

UNKNOWN = "?"
"""Stands for the id of a unit whose heading names none."""

HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
SEPARATOR = " · "
UNRESOLVED = "hb-link"
"""Stands for ``a`` until MkDocs has resolved the links within the edition; this one leads out of it."""


class UnitHeadings(Treeprocessor):
    """Gives each unit heading its data attributes and puts label, notice and facts below it."""

    def __init__(self, md: Markdown, context: PageContext) -> None:
        super().__init__(md)
        self.context = context

    def run(self, root: etree.Element) -> None:
        """Change the tree in place."""
        for parent in list(root.iter()):
            for heading in [child for child in parent if child.tag in HEADINGS and child.get("rev")]:
                self.dress(parent, heading)

    def dress(self, parent: etree.Element, heading: etree.Element) -> None:
        unit = ids.from_anchor(heading.get("id", ""))
        rev = heading.attrib.pop("rev")
        if unit is None:
            heading.set("data-unit", UNKNOWN)
            return
        heading.set("data-unit", unit)
        heading.set("data-rev", rev)
        below = [part for part in (self.label(unit), self.notice(unit), self.facts(unit)) if part is not None]
        position = list(parent).index(heading) + 1
        for offset, element in enumerate(below):
            parent.insert(position + offset, element)

    def label(self, unit: str) -> etree.Element:
        """Id, as of when, which country, authority."""
        context = self.context
        line = etree.Element("p", {"class": "hb-label", "data-search-exclude": "true"})
        known = context.data.units.get(unit)
        if unit[0] != "P":
            sub(line, "span", unit, class_="hb-id")
        if isinstance(known, (Guideline, Barrier, Measure, Law)):
            names = ", ".join(context.word(f"country.{code}") for code in known.countries)
            self._part(line, f"{names} {known.year}".strip(), "hb-asof")
        if isinstance(known, Barrier) and known.nature:
            self._part(line, context.word(f"nature.{known.nature}"), "hb-nature")
        if isinstance(known, Law):
            self._part(line, context.word(f"law_type.{known.type}"), "hb-type")
        text = context.index.text(unit, context.lang)
        page = context.index.pages[text.lang][text.path] if text else None
        label = str(page.front.get("authority", "draft")) if page else "draft"
        self._part(line, context.word(f"authority.{label}"), f"hb-authority hb-{label}")
        return line

    @staticmethod
    def _part(line: etree.Element, text: str, class_: str) -> None:
        if len(line):
            line[-1].tail = SEPARATOR
        sub(line, "span", text, class_=class_)

    def notice(self, unit: str) -> etree.Element | None:
        """What a reader is told when this text is behind or stands in another language."""
        context = self.context
        state = state_of(context.index, unit, context.lang)
        leader = context.index.leader(unit)
        if leader is None or state not in (State.BEHIND, State.MISSING):
            return None
        name = next(lang.name for lang in context.data.languages if lang.code == leader.lang)
        box = etree.Element("div", {"class": "admonition hb-notice", "role": "note", "data-search-exclude": "true"})
        sub(box, "p", context.word(f"notice.{state.value}.title"), class_="admonition-title")
        body = sub(box, "p", context.word(f"notice.{state.value}.text") + " ")
        anchor = "" if leader.whole_page else "#" + ids.anchor_of(unit)
        href = site_link(context.url, page_url(leader.lang, leader.path)) + anchor
        if leader.lang != context.lang:
            sub(body, UNRESOLVED, name, class_="hb-other", hreflang=leader.lang, lang=leader.lang, href=href)
        return box

    def facts(self, unit: str) -> etree.Element | None:
        """The data of an initiative, a law or a term."""
        known = self.context.data.units.get(unit)
        if isinstance(known, Initiative):
            return initiative_facts(self.context, known)
        if isinstance(known, Law):
            return self._law(known)
        if isinstance(known, Term):
            return self._term(known)
        return None

    def _law(self, unit: Law) -> etree.Element:
        box = _facts()
        source = self.context.data.units.get(unit.sources[0].source) if unit.sources else None
        lang = (source.language or "") if isinstance(source, Source) else ""
        _fact(
            box,
            self.context.word("facts.name_original"),
            unit.name_original,
            foreign(lang, self.context.lang),
        )
        return box

    def _term(self, unit: Term) -> etree.Element:
        """The term in the other languages, then its forms and the words to avoid in the reader's own."""
        lang = self.context.lang
        box = _facts()
        names = {language.code: language.name for language in self.context.data.languages}
        for code in (*names, "en"):
            if code == lang or code not in unit.names:
                continue
            shown = unit.names[code] + (f" ({unit.abbr[code]})" if code in unit.abbr else "")
            term = _fact(box, names.get(code, "English"), shown, code)
            term.set("lang", code)
        own = [*([unit.abbr[lang]] if lang in unit.abbr else []), *unit.forms.get(lang, {}).values()]
        if own:
            _fact(box, self.context.word("term.forms"), ", ".join(dict.fromkeys(own)), "")
        avoid = list(unit.avoid.get(lang, {}))
        if avoid:
            _fact(box, self.context.word("term.avoid"), ", ".join(avoid), "")
        return box


def _facts() -> etree.Element:
    return etree.Element("dl", {"class": "hb-facts", "data-search-exclude": "true"})


def _fact(box: etree.Element, name: str, value: str, lang: str) -> etree.Element:
    row = sub(box, "div")
    term = sub(row, "dt", name)
    sub(row, "dd", value, lang=lang)
    return term


class CrossLanguageLinks(Treeprocessor):
    """Makes links of those that lead to other editions, after MkDocs has resolved those within this one."""

    def run(self, root: etree.Element) -> None:
        """Change the tree in place."""
        for link in list(root.iter(UNRESOLVED)):
            link.tag = "a"
