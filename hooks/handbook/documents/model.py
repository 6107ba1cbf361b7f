"""What a file of its own is made of: blocks of runs. Frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Marker = Literal["bullet", "number", "check", "none"]


@dataclass(frozen=True)
class Run:
    """A stretch of text of one kind; a line break is a newline.

    Attributes:
        href: an absolute address, or empty.
        lang: BCP 47 tag where it is not in the document's language, or empty.
    """

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    lang: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; the document's own title is level 1."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    runs: Runs


@dataclass(frozen=True)
class Item:
    """An item of a list, or (marker ``none``) a further paragraph of the item before.

    Attributes:
        depth: 0 for the outermost list.
        number: counted from 1, for `marker` ``number``.
        series: which list it belongs to, so that each counts for itself.
    """

    runs: Runs
    marker: Marker
    depth: int
    number: int
    series: int


@dataclass(frozen=True)
class Table:
    """A table; the first `head` rows are its head."""

    rows: tuple[tuple[Runs, ...], ...]
    head: int


Block = Heading | Paragraph | Item | Table


@dataclass(frozen=True)
class Document:
    """One file's content.

    Attributes:
        title: what the file is called inside; its first heading says it too.
        locale: BCP 47 tag.
        note: what stands at its end: where it comes from.
    """

    title: str
    locale: str
    blocks: tuple[Block, ...]
    note: tuple[Runs, ...]


def text_of(runs: Runs) -> str:
    """Return the runs as plain text."""
    return "".join(run.text for run in runs)
