"""``dcat.ttl``, read by rdflib and held to the rules of DCAT-AP that ``cases/dcat.yml`` names one by one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from handbook.index import Index
from handbook.publish.files import published_files

pytestmark = pytest.mark.slow
RULES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "dcat.yml").read_text(encoding="utf-8")
)


def with_settings(index: Index, **values: Any) -> Index:
    settings = index.data.settings.model_copy(update=values)
    return replace(index, data=replace(index.data, settings=settings))


@pytest.fixture(scope="module")
def rules() -> ModuleType:
    from . import dcat_rules  # noqa: PLC0415

    return dcat_rules


@pytest.fixture(scope="module")
def files(index: Index) -> dict[str, bytes]:
    eu = index.data.settings.eu.model_copy(update={"publisher_type": "NonProfitOrganisation"})
    values = {"contact": "mailto:post@example.org", "publisher": "Nordisk forening", "eu": eu}
    return published_files(with_settings(index, **values))


@pytest.fixture(scope="module")
def graph(rules: ModuleType, files: dict[str, bytes]) -> Any:
    return rules.parsed(files)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["entry"])
def test_rule(rule: dict[str, Any], rules: ModuleType, graph: Any) -> None:
    assert list(rules.violations(graph, rule)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["entry"])
def test_the_rule_would_notice(rule: dict[str, Any], rules: ModuleType, graph: Any) -> None:
    assert list(rules.violations(rules.without(graph, rule), rule))


def test_every_text_stands_in_every_language(rules: ModuleType, graph: Any) -> None:
    for class_ in ("dcat:Catalog", "dcat:Dataset"):
        for subject in rules.of_class(graph, class_):
            for name in ("dct:title", "dct:description"):
                assert {value.language for value in graph.objects(subject, rules.uri(name))} == rules.LANGUAGES


def test_sizes_and_checksums_are_those_of_the_files(
    rules: ModuleType, graph: Any, files: dict[str, bytes], index: Index
) -> None:
    address = index.data.settings.address
    described = set()
    for distribution in rules.of_class(graph, "dcat:Distribution"):
        path = str(graph.value(distribution, rules.uri("dcat:downloadURL"))).removeprefix(address)
        described.add(path)
        assert int(graph.value(distribution, rules.uri("dcat:byteSize"))) == len(files[path])
        checksum = graph.value(distribution, rules.uri("spdx:checksum"))
        assert str(graph.value(checksum, rules.uri("spdx:checksumValue"))) == hashlib.sha256(files[path]).hexdigest()
        for schema in graph.objects(distribution, rules.uri("dct:conformsTo")):
            assert str(schema).removeprefix(address) in files
    others = {"data/dcat.ttl"} | {path for path in files if path.startswith("data/schema/")}
    assert described == files.keys() - others


def test_a_contact_that_is_not_set_is_left_out(rules: ModuleType, index: Index) -> None:
    graph = rules.parsed(published_files(index))
    assert not list(graph.subject_objects(rules.uri("dcat:contactPoint")))


def test_the_publisher(rules: ModuleType, index: Index) -> None:
    """While it is not decided the agent says so, in every language; afterwards it has the name."""
    for publisher, count in ((None, len(rules.LANGUAGES)), ('Nordisk "KI" \\ AS\n', 1)):
        graph = rules.parsed(published_files(with_settings(index, publisher=publisher)))
        (agent,) = rules.of_class(graph, "foaf:Agent")
        names = list(graph.objects(agent, rules.uri("foaf:name")))
        assert len(names) == count
        assert publisher is None or str(names[0]) == publisher


def test_an_address_with_odd_characters_stays_an_address(rules: ModuleType, index: Index) -> None:
    graph = rules.parsed(published_files(with_settings(index, contact='https://example.org/a b"<c>')))
    (card,) = set(graph.objects(None, rules.uri("vcard:hasURL")))
    assert str(card) == "https://example.org/a%20b%22%3Cc%3E"


def test_the_same_data_give_the_same_bytes(index: Index) -> None:
    assert published_files(index) == published_files(index)
