"""The book's fonts: from the locked npm packages, as TTF files in a cache folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from handbook.pdf.model import PdfError

_FAMILIES = (("source-serif-4", "Source Serif 4"), ("source-sans-3", "Source Sans 3"))
_SUBSETS = (("latin", ""), ("latin-ext", " Ext"))
_WEIGHTS = (400, 600)
_STYLES = ("normal", "italic")
_NAMES = {1, 2, 3, 4, 6, 16, 17, 21, 22, 25}


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: where it comes from, and the family that it belongs to in the book."""

    source: Path
    family: str
    name: str


def ensure_fonts(node_modules: Path, cache: Path) -> Path:
    """The folder of TTF files for Typst, made from ``node_modules/@fontsource/…`` where not yet in ``cache``.

    Raises:
        PdfError: a font is missing or cannot be read.
    """
    folder = cache / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for face in faces(node_modules):
        target = folder / f"{face.name}.ttf"
        if not target.exists():
            _convert(face, target)
    return folder


def faces(node_modules: Path) -> Iterator[Face]:
    """Every font file that the book needs."""
    for package, family in _FAMILIES:
        for subset, suffix in _SUBSETS:
            for weight in _WEIGHTS:
                for style in _STYLES:
                    name = f"{package}-{subset}-{weight}-{style}"
                    source = node_modules / "@fontsource" / package / "files" / f"{name}.woff2"
                    yield Face(source, family + suffix, name)


def _convert(face: Face, target: Path) -> None:
    if not face.source.is_file():
        raise PdfError(
            f"the font {face.source.name} is missing",
            hint=f"@fontsource packages are looked for in {face.source.parents[3]}; run the set-up again",
        )
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    os.close(handle)
    try:
        with TTFont(face.source, recalcTimestamp=False) as font:
            font.flavor = None
            _rename(font, face)
            font.save(name)
        Path(name).replace(target)
    except Exception as error:
        Path(name).unlink(missing_ok=True)
        raise PdfError(f"the font {face.source.name} cannot be read: {error}") from error


def _rename(font: TTFont, face: Face) -> None:
    table = font["name"]
    table.names = [record for record in table.names if record.nameID not in _NAMES]
    for number, text in ((1, face.family), (2, "Regular"), (4, face.family), (6, face.name)):
        table.setName(text, number, 3, 1, 0x409)
