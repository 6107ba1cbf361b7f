"""Holds a graph to the rules of ``cases/dcat.yml``; apart, as rdflib takes a moment to import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.publish.dcat import AUTHORITY, PREFIXES
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

LANGUAGES = {"nb", "sv", "da", "fi", "is"}


def uri(name: str) -> URIRef:
    prefix, _, rest = name.partition(":")
    return URIRef(PREFIXES[prefix] + rest)


def parsed(files: dict[str, bytes]) -> Graph:
    """Return the published description as a graph."""
    return Graph().parse(data=files["data/dcat.ttl"].decode(), format="turtle")


def of_class(graph: Graph, class_: str) -> list[Node]:
    """Return the resources of a class."""
    return sorted(set(graph.subjects(RDF.type, uri(class_))))


def without(graph: Graph, rule: dict[str, Any]) -> Graph:
    """Return a graph that breaks a rule: without the property, or where it is optional, with a value of no kind."""
    broken = Graph() + graph
    subject = of_class(graph, rule["class"])[0]
    broken.remove((subject, uri(rule["property"]), None))
    if rule["level"] == "optional":
        broken.add((subject, uri(rule["property"]), BNode()))
    return broken


def violations(graph: Graph, rule: dict[str, Any]) -> Iterator[str]:
    """Yield what in a graph breaks a rule."""
    subjects = set(graph.subjects(RDF.type, uri(rule["class"])))
    if not subjects and rule["level"] != "optional":
        yield f"no {rule['class']}"
    for subject in subjects:
        values = list(graph.objects(subject, uri(rule["property"])))
        if not values and rule["level"] != "optional":
            yield f"{subject}: {rule['property']} is missing"
        if len(values) > rule.get("max", len(values)):
            yield f"{subject}: {len(values)} times {rule['property']}"
        for value in values:
            wrong = wrong_value(graph, rule, value)
            if wrong:
                yield f"{subject}: {rule['property']} {value}: {wrong}"


def wrong_value(graph: Graph, rule: dict[str, Any], value: Node) -> str | None:
    kind, authority, class_ = rule.get("values"), rule.get("authority"), rule.get("class_of")
    datatype = value.datatype if isinstance(value, Literal) else None
    fits = {
        None: True,
        "literal": isinstance(value, Literal) and bool(str(value)),
        "language": isinstance(value, Literal) and value.language in LANGUAGES and bool(str(value)),
        "date": datatype in (XSD.date, XSD.gYear) and not value.ill_typed,
        "uri": isinstance(value, URIRef),
        "nonNegativeInteger": datatype == XSD.nonNegativeInteger and not value.ill_typed,
        "hexBinary": datatype == XSD.hexBinary and not value.ill_typed,
    }
    if not fits[kind]:
        return f"not of the kind {kind}"
    if authority and not str(value).startswith(f"{AUTHORITY}{authority}/"):
        return f"not of the list {authority}"
    if class_ and (value, RDF.type, uri(class_)) not in graph:
        return f"not said to be a {class_}"
    return None
