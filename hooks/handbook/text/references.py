"""``[[B-32]]``, ``[own text][B-32]`` and ``[[S-01:5.3.3]]``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown.inlinepatterns import InlineProcessor, ReferenceInlineProcessor
from markdown.util import AtomicString

from handbook import ids
from handbook.data_checks import check_citation, unknown_id
from handbook.index import SOURCES_PAGE, Target, source_short
from handbook.model import Source, Term
from handbook.text.context import PageContext, unit_like

if TYPE_CHECKING:
    from markdown import Markdown

PATTERN = r"\[\[([^\[\]\n]*)\]\]"
REF_CLASS = "hb-ref"
OWN_CLASS = f"{REF_CLASS} hb-own"
CITE_CLASS = "hb-cite"
ERROR_CLASS = "hb-error"


def section_anchor(source: str, section: str) -> str:
    """Return the HTML id of a source's section in the list of sources."""
    return f"{source}-{section.replace('.', '-')}".lower()


def make_reference(context: PageContext, unit: str) -> etree.Element:
    """Return a link to `unit`, titled in the reader's language; text alone where it stands nowhere."""
    href = context.link(unit)
    attributes = {"class": REF_CLASS, "data-unit": unit}
    link = etree.Element("span", attributes) if href is None else etree.Element("a", attributes | {"href": href})
    title, lang = context.title(unit)
    link.text = AtomicString(title)
    if lang != context.lang:
        link.set("lang", lang)
    return link


def make_citation(context: PageContext, source: Source, section: str | None) -> etree.Element:
    """Return a link to a source's entry: ``[KS 2024, 5.3.3]``."""
    page = context.index.target(source.id, context.lang)
    anchor = section_anchor(source.id, section) if section else ids.anchor_of(source.id)
    href = context.link_to(Target(page.path, anchor)) if page else f"#{anchor}"
    attributes = {"class": CITE_CLASS, "data-unit": source.id, "href": href}
    label = source_short(context.data, source, context.lang)
    if section:
        attributes["data-section"] = section
        label += ", " + context.words.get(f"section.{source.id}.{section}", section)
    link = etree.Element("a", attributes)
    link.set("title", context.title(source.id)[0])
    link.text = AtomicString(f"[{label}]")
    return link


class UnitReference(InlineProcessor):
    """``[[B-32]]`` and ``[[S-01:5.3.3]]``."""

    def __init__(self, md: Markdown, context: PageContext) -> None:
        super().__init__(PATTERN, md)
        self.context = context

    def handleMatch(  # type: ignore[override]  # noqa: N802  Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        """Return the link, or a marked span after a problem."""
        del data
        token, inner = m.group(0), m.group(1)
        return self.resolve(token, inner), m.start(0), m.end(0)

    def resolve(self, token: str, inner: str) -> etree.Element:
        unit, colon, section = inner.partition(":")
        wrong = _wrong(self.context, unit, section if colon else None)
        if wrong is None:
            known = self.context.data.units.get(unit)
            listed = self.context.index.target(unit, self.context.lang) or SOURCES_PAGE[0] in self.context.data.lost
            if isinstance(known, Source) and listed:
                return make_citation(self.context, known, section or None)
            if self.context.link(unit) is not None:
                return make_reference(self.context, unit)
            wrong = ("ref-no-text", {"id": unit})
        if unit not in self.context.data.broken:
            self.context.problem(wrong[0], token, **wrong[1])
        span = etree.Element("span", {"class": ERROR_CLASS})
        span.text = AtomicString(inner)
        return span


def _wrong(context: PageContext, unit: str, section: str | None) -> tuple[str, dict[str, str]] | None:
    """Tell what is wrong with a reference: (problem code, values), or None."""
    if not ids.is_id(unit):
        values = {"found": unit}
        suggestion = ids.suggest_form(unit)
        return "ref-form", values | ({"suggestion": suggestion} if suggestion else {})
    missing = unknown_id(context.data, unit)
    if missing:
        return missing
    if section is None:
        return None
    if unit[0] != "S":
        return "citation-not-source", {"id": unit}
    return check_citation(context.data, unit, section)


class OwnTextReference(ReferenceInlineProcessor):
    """``[own text][B-32]``; every other reference-style link is left to Python-Markdown."""

    def __init__(self, md: Markdown, context: PageContext) -> None:
        super().__init__(r"\[", md)
        self.context = context

    def handleMatch(  # type: ignore[override]  # noqa: N802  Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        """Return the link; (None, None, None) for what is none of ours."""
        text, index, handled = self.getText(data, m.end(0))
        match = re.compile(r"\[([^\[\]\n]+)\]").match(data, index) if handled else None
        if match is None or not unit_like(match[1]):
            return None, None, None
        unit = match[1]
        wrong = _wrong(self.context, unit, None)
        href = self.context.link(unit) if wrong is None else None
        if wrong is None and href is None:
            wrong = ("ref-no-text", {"id": unit})
        if wrong is not None:
            if unit not in self.context.data.broken:
                self.context.problem(wrong[0], f"][{unit}]", **wrong[1])
            element = etree.Element("span", {"class": ERROR_CLASS})
        else:
            element = etree.Element("a", {"class": OWN_CLASS, "data-unit": unit, "href": href or ""})
            if isinstance(self.context.data.units.get(unit), Term):
                element.set("class", f"{OWN_CLASS} hb-term")
        element.text = text
        return element, m.start(0), match.end(0)
