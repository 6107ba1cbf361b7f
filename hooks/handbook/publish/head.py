"""What all published JSON files share: their top, and how they are written."""

from __future__ import annotations

import json
from typing import Any

from handbook import data_files as files
from handbook.data import Data
from handbook.publish.datasets import LICENCE
from handbook.publish.records import FORMAT, PublishedFile


def head(data: Data, name: str) -> dict[str, Any]:
    """Return what stands at the top of the file `name`."""
    return {
        "$schema": data.settings.address + files.schema(name),
        "format": FORMAT,
        "edition": data.settings.edition,
        "date": data.settings.date.isoformat(),
        "address": data.settings.address,
        "licence": LICENCE,
    }


def as_json(content: PublishedFile) -> str:
    """Return a file's text, its keys in the order of the record."""
    return json.dumps(content.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1) + "\n"
