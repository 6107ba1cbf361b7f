"""``/data/dcat.ttl``: the datasets described for catalogues of open data, by DCAT-AP 3.0.1.

The profile (SEMIC, https://semiceu.github.io/DCAT-AP/releases/3.0.1/) says which properties a catalogue, a dataset and
a distribution must have and should have; the tests name each. Codes come from the EU's authority lists.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from handbook import data_files as files
from handbook.data import Data
from handbook.index import Index
from handbook.publish.datasets import LICENCE_ADDRESS, Dataset, Distribution, datasets, words, years
from handbook.publish.turtle import Graph, Iri, Literal, Node, Term, day, in_languages
from handbook.text.context import page_url

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority/"
"""The EU's lists: language, country, data-theme, file-type, access-right, frequency, planned-availability."""

MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
ADMS_TYPES = "http://purl.org/adms/"
LANDING_PAGE = "P-data"


def dcat_turtle(index: Index, contents: Mapping[str, bytes]) -> str:
    """Return the catalogue of our datasets as Turtle.

    Args:
        index: the handbook.
        contents: path → bytes, of each file of the datasets: for its size and checksum.
    """
    return _Description(index, contents).turtle(datasets(index.data))


class _Description:
    def __init__(self, index: Index, contents: Mapping[str, bytes]) -> None:
        self.index = index
        self.contents = contents
        self.data: Data = index.data
        self.address = index.data.settings.address
        self.graph = Graph(PREFIXES)
        self.modified = day(index.data.settings.date)

    def turtle(self, found: tuple[Dataset, ...]) -> str:
        self.catalogue(found)
        for dataset in found:
            self.dataset(dataset)
            for distribution in dataset.distributions:
                self.distribution(dataset, distribution)
        self.publisher()
        self.types(found)
        return self.graph.turtle()

    def name(self, part: str) -> str:
        return f"{self.address}{files.CATALOGUE}#{part}"

    def catalogue(self, found: tuple[Dataset, ...]) -> None:
        me, add = self.name("catalogue"), self.graph.add
        add(me, "rdf:type", Iri("dcat:Catalog"))
        add(me, "dct:title", *in_languages(words(self.data, "dataset.title")))
        add(me, "dct:description", *in_languages(words(self.data, "dataset.description")))
        add(me, "dct:publisher", Iri(self.name("publisher")))
        add(me, "dct:language", *self.languages())
        add(me, "dct:license", Iri(LICENCE_ADDRESS))
        add(me, "dct:spatial", *self.countries())
        add(me, "dct:issued", self.modified)
        add(me, "dct:modified", self.modified)
        add(me, "dcat:themeTaxonomy", Iri(f"{AUTHORITY}data-theme"))
        add(me, "foaf:homepage", Iri(self.address))
        add(me, "dcat:dataset", *(Iri(self.name(dataset.name)) for dataset in found))

    def dataset(self, dataset: Dataset) -> None:
        me, add = self.name(dataset.name), self.graph.add
        add(me, "rdf:type", Iri("dcat:Dataset"))
        add(me, "dct:title", *in_languages(words(self.data, f"dataset.{dataset.name}.title")))
        add(me, "dct:description", *in_languages(words(self.data, f"dataset.{dataset.name}.description")))
        add(me, "dct:identifier", Literal(me))
        add(me, "dct:publisher", Iri(self.name("publisher")))
        add(me, "dcat:contactPoint", *self.contact())
        add(me, "dcat:keyword", *self.keywords())
        add(me, "dcat:theme", *(Iri(f"{AUTHORITY}data-theme/{code}") for code in self.data.settings.eu.themes))
        add(me, "dct:language", *self.languages())
        add(me, "dct:spatial", *self.countries())
        add(me, "dct:temporal", *self.period())
        add(me, "dct:accessRights", Iri(f"{AUTHORITY}access-right/PUBLIC"))
        add(me, "dct:accrualPeriodicity", Iri(f"{AUTHORITY}frequency/IRREG"))
        add(me, "dct:issued", self.modified)
        add(me, "dct:modified", self.modified)
        add(me, "dcat:version", Literal(self.data.settings.edition))
        add(me, "dcat:landingPage", *(Iri(address) for address in self.pages()))
        add(me, "dcat:distribution", *(Iri(self.file_name(d)) for d in dataset.distributions))

    def distribution(self, dataset: Dataset, found: Distribution) -> None:
        me, add = self.file_name(found), self.graph.add
        codes = (found.lang,) if found.lang else self.data.codes
        titles = {lang: f"{text} ({found.format})" for lang, text in self.words(dataset, "title", codes).items()}
        add(me, "rdf:type", Iri("dcat:Distribution"))
        add(me, "dct:title", *in_languages(titles))
        add(me, "dct:description", *in_languages(self.words(dataset, found.format.lower(), codes)))
        add(me, "dcat:accessURL", Iri(self.address + found.path))
        add(me, "dcat:downloadURL", Iri(self.address + found.path))
        add(me, "dct:format", Iri(f"{AUTHORITY}file-type/{found.format}"))
        add(me, "dcat:mediaType", Iri(MEDIA_TYPES + found.media_type))
        add(me, "dct:license", Iri(LICENCE_ADDRESS))
        add(me, "dcatap:availability", Iri(f"{AUTHORITY}planned-availability/AVAILABLE"))
        add(me, "dct:language", *self.languages(codes))
        add(me, "dct:issued", self.modified)
        add(me, "dct:modified", self.modified)
        add(me, "dcat:byteSize", Literal(str(len(self.contents[found.path])), datatype="xsd:nonNegativeInteger"))
        add(me, "spdx:checksum", self.checksum(found))
        if found.schema:
            add(me, "dct:conformsTo", Iri(self.address + found.schema))

    def words(self, dataset: Dataset, name: str, codes: tuple[str, ...]) -> dict[str, str]:
        found = words(self.data, f"dataset.{dataset.name}.{name}")
        return {lang: text for lang, text in found.items() if lang in codes}

    def file_name(self, found: Distribution) -> str:
        return self.name(found.path.rsplit("/", 1)[-1])

    def checksum(self, found: Distribution) -> Node:
        digest = hashlib.sha256(self.contents[found.path]).hexdigest()
        return Node(
            (
                ("rdf:type", Iri("spdx:Checksum")),
                ("spdx:algorithm", Iri("spdx:checksumAlgorithm_sha256")),
                ("spdx:checksumValue", Literal(digest, datatype="xsd:hexBinary")),
            )
        )

    def publisher(self) -> None:
        """Who publishes the handbook; while that is not decided, an agent that says just that."""
        me, name = self.name("publisher"), self.data.settings.publisher
        self.graph.add(me, "rdf:type", Iri("foaf:Agent"))
        unknown = in_languages(words(self.data, "dataset.publisher_unknown"))
        self.graph.add(me, "foaf:name", *([Literal(name)] if name else unknown))
        kind = self.data.settings.eu.publisher_type
        if name and kind:
            self.graph.add(me, "dct:type", Iri(f"{ADMS_TYPES}publishertype/{kind}"))

    def contact(self) -> list[Term]:
        """Whom to ask; nothing while no contact is set."""
        contact = self.data.settings.contact
        if not contact:
            return []
        how = "vcard:hasEmail" if contact.startswith("mailto:") else "vcard:hasURL"
        names = [("vcard:fn", text) for text in in_languages(words(self.data, "handbook.title"))]
        return [Node((("rdf:type", Iri("vcard:Kind")), *names, (how, Iri(contact))))]

    def keywords(self) -> list[Term]:
        found = words(self.data, "dataset.keywords")
        return [Literal(word.strip(), lang=lang) for lang, text in found.items() for word in text.split(",")]

    def languages(self, codes: tuple[str, ...] | None = None) -> list[Term]:
        known = self.data.settings.eu.languages
        return [Iri(f"{AUTHORITY}language/{known[lang]}") for lang in codes or self.data.codes if lang in known]

    def countries(self) -> list[Term]:
        return [Iri(f"{AUTHORITY}country/{code}") for code in self.data.settings.eu.countries.values()]

    def period(self) -> list[Term]:
        found = years(self.data)
        if found is None:
            return []
        start, end = (Literal(str(year), datatype="xsd:gYear") for year in found)
        return [Node((("rdf:type", Iri("dct:PeriodOfTime")), ("dcat:startDate", start), ("dcat:endDate", end)))]

    def pages(self) -> list[str]:
        """Return the addresses of the page that tells of the data, in each language."""
        targets = {lang: self.index.target(LANDING_PAGE, lang) for lang in self.data.codes}
        return [self.address + page_url(lang, target.path) for lang, target in targets.items() if target]

    def types(self, found: tuple[Dataset, ...]) -> None:
        """Say of what class the resources are that we refer to, for those who check the ranges of properties."""
        described = [file for dataset in found for file in dataset.distributions]
        classes: dict[str, list[Term]] = {
            "dct:LinguisticSystem": self.languages(),
            "dct:Location": self.countries(),
            "dct:LicenseDocument": [Iri(LICENCE_ADDRESS)],
            "dct:RightsStatement": [Iri(f"{AUTHORITY}access-right/PUBLIC")],
            "dct:Frequency": [Iri(f"{AUTHORITY}frequency/IRREG")],
            "dct:MediaTypeOrExtent": [Iri(f"{AUTHORITY}file-type/{file.format}") for file in described],
            "dct:MediaType": [Iri(MEDIA_TYPES + file.media_type) for file in described],
            "dct:Standard": [Iri(self.address + file.schema) for file in described if file.schema],
            "foaf:Document": [Iri(self.address), *(Iri(address) for address in self.pages())],
        }
        for class_, resources in classes.items():
            for resource in dict.fromkeys(resources):
                if isinstance(resource, Iri):
                    self.graph.add(resource.value, "rdf:type", Iri(class_))
        licence_type = Iri(f"{ADMS_TYPES}licencetype/PublicDomain")
        self.graph.add(LICENCE_ADDRESS, "dct:type", licence_type)
        self.graph.add(LICENCE_ADDRESS, "skos:exactMatch", Iri(f"{AUTHORITY}licence/CC0"))
