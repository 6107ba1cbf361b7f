"""Fixtures that several test modules share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
SMALL = Path(__file__).with_name("small")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium."""
    from browsing import chromium  # noqa: PLC0415  takes a moment, and most tests need none

    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def make_small() -> Callable[[Path], Path]:
    """A function that puts a copy of the small handbook somewhere."""
    return copy_small


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small handbook, which a test may break."""
    return copy_small(tmp_path / "small")


def copy_small(target: Path) -> Path:
    """Copy the small handbook to `target`: its own text and data, the project's vocabularies and words."""
    shutil.copytree(SMALL, target)
    data = target / "docs" / "data"
    for name in ("vocabularies.yml", "languages.yml"):
        if not (data / name).exists():
            shutil.copyfile(ROOT / "docs" / "data" / name, data / name)
    shutil.copytree(ROOT / "docs" / "data" / "strings", data / "strings")
    return target
