"""Writes RDF as Turtle: always the same bytes for the same statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Iri:
    """A resource: an address, or a name with one of the prefixes (``dct:title``)."""

    value: str


@dataclass(frozen=True)
class Literal:
    """A text, in a language or of a datatype (with a prefix)."""

    text: str
    lang: str = ""
    datatype: str = ""


@dataclass(frozen=True)
class Node:
    """A resource without a name, with its statements."""

    statements: tuple[tuple[str, Term], ...]


Term = Iri | Literal | Node


@dataclass
class Graph:
    """Statements in the order in which they were made."""

    prefixes: Mapping[str, str]
    subjects: dict[str, list[tuple[str, Term]]] = field(default_factory=dict)

    def add(self, subject: str, predicate: str, *objects: Term) -> None:
        """State that `subject` has these objects; none is fine."""
        self.subjects.setdefault(subject, []).extend((predicate, term) for term in objects)

    def turtle(self) -> str:
        """Return the graph as Turtle."""
        lines = [f"@prefix {name}: <{address}> ." for name, address in self.prefixes.items()]
        for subject, statements in self.subjects.items():
            lines += ["", f"{self._iri(subject)}"]
            for position, (predicate, objects) in enumerate(_grouped(statements)):
                end = " ." if position == len(_grouped(statements)) - 1 else " ;"
                shown = ", ".join(self._term(term) for term in objects)
                lines.append(f"    {'a' if predicate == 'rdf:type' else predicate} {shown}{end}")
        return "\n".join(lines) + "\n"

    def _term(self, term: Term) -> str:
        if isinstance(term, Iri):
            return self._iri(term.value)
        if isinstance(term, Node):
            inner = " ; ".join(
                f"{'a' if predicate == 'rdf:type' else predicate} {', '.join(self._term(t) for t in objects)}"
                for predicate, objects in _grouped(term.statements)
            )
            return f"[ {inner} ]"
        text = f'"{_escaped(term.text)}"'
        if term.lang:
            return f"{text}@{term.lang}"
        return f"{text}^^{term.datatype}" if term.datatype else text

    def _iri(self, value: str) -> str:
        prefix, colon, _ = value.partition(":")
        if colon and prefix in self.prefixes:
            return value
        return f"<{''.join(c if c not in _NOT_IN_IRI and c > ' ' else f'%{ord(c):02X}' for c in value)}>"


_NOT_IN_IRI = '<>"{}|^`\\'
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(c, c if c.isprintable() else f"\\u{ord(c):04X}") for c in text)


def _grouped(statements: Iterable[tuple[str, Term]]) -> Sequence[tuple[str, list[Term]]]:
    found: dict[str, list[Term]] = {}
    for predicate, term in statements:
        found.setdefault(predicate, []).append(term)
    return list(found.items())


def day(value: date) -> Literal:
    """Return a date."""
    return Literal(value.isoformat(), datatype="xsd:date")


def in_languages(texts: Mapping[str, str]) -> list[Term]:
    """Return a text in several languages: language → text."""
    return [Literal(text, lang=lang) for lang, text in texts.items()]
