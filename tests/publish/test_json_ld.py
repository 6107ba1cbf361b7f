"""What search engines read on the page of the catalogue."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from handbook.index import Index
from handbook.publish.json_ld import dataset_json_ld

PAGE = "initiatives/index.md"


@pytest.mark.parametrize("lang", ["nb", "sv", "da", "fi", "is"])
def test_the_dataset(index: Index, lang: str) -> None:
    found = json.loads(str(dataset_json_ld(index, lang, PAGE)))
    assert (found["@context"], found["@type"], found["inLanguage"]) == ("https://schema.org/", "Dataset", lang)
    assert found["name"] == index.data.strings[lang]["dataset.initiatives.title"]
    assert 50 <= len(found["description"]) <= 5000, "what search engines ask for"
    assert found["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert found["url"] == f"https://handbook.example/{lang}/initiatives/"
    assert found["temporalCoverage"] == "2021/2024"
    paths = [d["contentUrl"].removeprefix("https://handbook.example/") for d in found["distribution"]]
    assert paths == [f"data/initiatives-{lang}.csv", "data/initiatives.json"]
    assert [d["encodingFormat"] for d in found["distribution"]] == ["text/csv", "application/json"]


def test_only_on_the_page_of_the_catalogue(index: Index) -> None:
    assert dataset_json_ld(index, "nb", "laws.md") is None
    assert dataset_json_ld(index, "nb", "initiatives/chatbot-1.md") is None


def test_no_text_ends_the_element(index: Index) -> None:
    settings = index.data.settings.model_copy(update={"publisher": "</script><!--<script>&\u2028"})
    text = str(dataset_json_ld(replace(index, data=replace(index.data, settings=settings)), "nb", PAGE))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["publisher"]["name"] == "</script><!--<script>&\u2028"
