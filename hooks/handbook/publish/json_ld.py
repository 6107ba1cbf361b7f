"""The catalogue of initiatives as ``schema.org/Dataset``: what search engines read on its page."""

from __future__ import annotations

import json
from typing import Any

from handbook.index import Index
from handbook.publish.datasets import LICENCE_ADDRESS, datasets, words, years
from handbook.text.context import page_url

CATALOGUE_PAGE = "P-initiatives"


def dataset_json_ld(index: Index, lang: str, path: str) -> str | None:
    """Return the description of the dataset for the catalogue's page in `lang`; None for any other page.

    The text may stand in a ``script`` element as it is: it holds no character that HTML reads.
    """
    target = index.target(CATALOGUE_PAGE, lang)
    if target is None or target.path != path:
        return None
    text = json.dumps(dataset_description(index, lang, path), ensure_ascii=False, separators=(",", ":"))
    return "".join(f"\\u{ord(c):04x}" if c in "<>&\u2028\u2029" else c for c in text)


def dataset_description(index: Index, lang: str, path: str) -> dict[str, Any]:
    """Return the description as data."""
    data, settings = index.data, index.data.settings
    said = data.strings.get(lang, {})
    dataset = next(d for d in datasets(data) if d.name == "initiatives")
    period = years(data)
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{settings.address}data/dcat.ttl#initiatives",
        "name": said.get("dataset.initiatives.title", ""),
        "alternateName": list(words(data, "dataset.initiatives.title").values()),
        "description": said.get("dataset.initiatives.description", ""),
        "url": settings.address + page_url(lang, path),
        "inLanguage": lang,
        "license": LICENCE_ADDRESS,
        "isAccessibleForFree": True,
        "version": settings.edition,
        "dateModified": settings.date.isoformat(),
        "keywords": [word.strip() for word in said.get("dataset.keywords", "").split(",")],
        "spatialCoverage": [
            {"@type": "Place", "name": said.get(f"country.{code}", code)} for code in settings.eu.countries
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": file.media_type,
                "contentUrl": settings.address + file.path,
                "inLanguage": file.lang or list(data.codes),
            }
            for file in dataset.distributions
            if file.lang in (None, lang)
        ],
    }
    if period:
        found["temporalCoverage"] = f"{period[0]}/{period[1]}"
    if settings.publisher:
        found["publisher"] = found["creator"] = {"@type": "Organization", "name": settings.publisher}
    return found
