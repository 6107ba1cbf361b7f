"""What stands in the parts of an initiative's page: what it does, what came of it, what others can learn."""

from __future__ import annotations

from handbook.index import Index, UnitText
from handbook.scan import PageSource

OUTCOME = "outcome"
PARTS = ("does", OUTCOME, "lessons")
"""The parts of a page, in order; their headings are the words ``initiative.<part>``."""

_NOT_TEXT = ("///", "|", "- ", "* ", "+ ", "#", ">", "[^", "!!!", "???", "===", "```", "~~~", "1. ", "    ")
"""How lines begin that open something else than a paragraph."""


def part_paragraph(index: Index, unit: str, lang: str, part: str) -> tuple[str, str]:
    """Return the first paragraph of a part, as Markdown, and its language.

    Without that part it is the first paragraph of the page: every initiative says in one what it is.
    """
    text = index.text(unit, lang)
    if text is None:
        return "", ""
    source = index.pages[text.lang][text.path]
    heading = index.data.strings.get(text.lang, {}).get(f"initiative.{part}")
    start = _part_start(source, text, heading) if heading else None
    found = _paragraph(source, start, text.end) if start is not None else ""
    return found or _paragraph(source, text.line + 1, text.end), text.lang


def _part_start(source: PageSource, text: UnitText, heading: str) -> int | None:
    lines = (h.line for h in source.headings if h.title == heading and text.line < h.line < text.end)
    first = next(lines, None)
    return None if first is None else first + 1


def _paragraph(source: PageSource, start: int, end: int) -> str:
    """The first plain paragraph from line `start` on, before the next heading."""
    later = [heading.line for heading in source.headings if heading.line >= start]
    found: list[str] = []
    for line in source.slice(start, min([end, *later])):
        plain_text = bool(line.strip()) and not line.startswith(_NOT_TEXT)
        if plain_text:
            found.append(line)
        elif found:
            break
    return "\n".join(found)
