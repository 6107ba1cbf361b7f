"""A document as plain text: what a mail, a form or a case system takes."""

from __future__ import annotations

from handbook.documents.model import Block, Document, Heading, Item, Paragraph, Table, text_of

MARKS = {"bullet": "-", "check": "☐"}
INDENT = "   "


def as_text(document: Document) -> str:
    """Return the document as text: a blank line between blocks, none between the items of a list."""
    lines: list[str] = []
    before: Block | None = None
    for block in document.blocks:
        together = isinstance(block, Item) and isinstance(before, Item)
        lines.extend(([] if together or before is None else [""]) + _lines(block))
        before = block
    lines.extend(["", "---", *(text_of(runs) for runs in document.note)])
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> list[str]:
    if isinstance(block, Item):
        mark = f"{block.number}." if block.marker == "number" else MARKS.get(block.marker, "")
        lead = INDENT * block.depth + (f"{mark} " if mark else INDENT)
        return [lead + text_of(block.runs).replace("\n", "\n" + " " * len(lead))]
    if isinstance(block, Table):
        return [" | ".join(text_of(cell).replace("\n", " ") for cell in row) for row in block.rows]
    assert isinstance(block, (Heading, Paragraph))
    return [text_of(block.runs)]
