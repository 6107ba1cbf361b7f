"""Lists the words that the finished PDFs break at a line's end, for a reader to go through.

    .handbook/venv/bin/python scripts/hyphens.py site/pdf/handbook-fi.pdf

Each line: how often, and the word with its break. A bad break gets a line in hooks/handbook/pdf/languages/<code>.txt;
then make the PDF anew and look again, since lines move. The last line counts breaks and different words.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Stream

SOFT = "\u00ad"
_ROW = re.compile(r"<([0-9A-F]{4})>\s+<([0-9A-F]+)>")
_BROKEN = re.compile(rf"([^\W\d_]+(?:[-’:][^\W\d_]+)*){SOFT} ?([^\W\d_]+)")


def broken_words(pdf: pikepdf.Pdf) -> Counter[str]:
    """Every word that is broken at a line's end, with ``-`` at the break, and how often."""
    found: Counter[str] = Counter()
    text = "".join(part for page in pdf.pages for part in text_of(page))
    for before, after in _BROKEN.findall(text):
        found[f"{before}-{after}"] += 1
    return found


def text_of(page: Page) -> Iterator[str]:
    """The text of a page in the order in which it is set, a space where a line begins; without heads and feet."""
    tables = {name: _meanings(font) for name, font in page.resources.get("/Font", Dictionary()).items()}
    font: dict[bytes, str] = {}
    spoken: list[str | None] = []
    height: object = None
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                font = tables.get(str(operands[0]), {})
            case "Tm" if operands[5] != height:
                height = operands[5]
                yield " "
            case "BDC" | "BMC":
                text = "" if operands[0] == Name.Artifact else _actual_text(operands[-1])
                spoken.append(text)
                yield text or ""
            case "EMC":
                spoken.pop()
            case "Tj" | "TJ" if not any(text is not None for text in spoken):
                strings = operands[0] if isinstance(operands[0], Array) else [operands[0]]
                yield "".join(_decoded(bytes(part), font) for part in strings if isinstance(part, pikepdf.String))


def _actual_text(properties: object) -> str | None:
    if isinstance(properties, Dictionary) and Name.ActualText in properties:
        return str(properties.ActualText)
    return None


def _meanings(font: pikepdf.Object) -> dict[bytes, str]:
    table = font.get("/ToUnicode")
    rows = _ROW.findall(table.read_bytes().decode("ascii", "replace")) if isinstance(table, Stream) else []
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in rows}


def _decoded(data: bytes, font: dict[bytes, str]) -> str:
    return "".join(font.get(data[at : at + 2], "") for at in range(0, len(data), 2))


def main(names: list[str]) -> int:
    """Print the breaks of each PDF."""
    if not names:
        print(__doc__)
        return 2
    for name in names:
        with pikepdf.open(Path(name)) as pdf:
            found = broken_words(pdf)
        for word, count in sorted(found.items(), key=lambda entry: entry[0].casefold()):
            print(f"{count:4} {word}")
        print(f"{name}: {found.total()} breaks at line ends, {len(found)} different")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
