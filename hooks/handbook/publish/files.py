"""All files below ``/data/`` that this package makes."""

from __future__ import annotations

from handbook import data_files as files
from handbook.index import Index
from handbook.publish.csv_file import initiatives_csv
from handbook.publish.dcat import dcat_turtle
from handbook.publish.schemas import all_schemas, schema_text
from handbook.publish.units import handbook_json, initiatives_json


def published_files(index: Index) -> dict[str, bytes]:
    """Return path below the site → content: the datasets, their catalogue, and the schemas."""
    texts = {files.HANDBOOK: handbook_json(index), files.INITIATIVES: initiatives_json(index)}
    texts |= {files.table(lang): initiatives_csv(index, lang) for lang in index.data.codes}
    contents = {path: text.encode() for path, text in texts.items()}
    contents[files.CATALOGUE] = dcat_turtle(index, contents).encode()
    address = index.data.settings.address
    for name, schema in all_schemas(index.data.vocabularies).items():
        path = files.schema(name)
        contents[path] = schema_text(schema, address + path).encode()
    return contents
