"""The small handbook with what the catalogue of data needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from handbook import index as indexing
from handbook.index import Index
from handbook.load import load

EU = """\
eu:
  languages: {nb: NOB, sv: SWE, da: DAN, fi: FIN, is: ISL}
  countries: {DK: DNK, FI: FIN, IS: ISL, 'NO': NOR, SE: SWE}
  themes: [GOVE, TECH]
"""


def read(folder: Path) -> Index:
    """Return the handbook in a folder."""
    return indexing.build(load(folder))


@pytest.fixture(scope="session")
def index(make_small: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The small handbook, which no test of this folder changes."""
    folder = make_small(tmp_path_factory.mktemp("publish") / "small")
    settings = folder / "docs" / "data" / "handbook.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + EU, encoding="utf-8")
    return read(folder)
