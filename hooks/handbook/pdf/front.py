"""What a dossier's cover says it contains, and how its units follow one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from handbook.pdf.model import Book

_KINDS = "GBMILTSP"
_ON_COVER = 14


def front_lines(book: Book) -> list[tuple[str, str]]:
    """The chosen units for the cover: id and title; where these are too many, ranges, or a line for each kind."""
    titles = book.unit_titles
    chosen = [_line(book, [unit]) for unit in book.chosen]
    if len(chosen) <= _ON_COVER:
        return chosen
    grouped = [_line(book, run) for run in _runs(book.chosen)]
    if len(grouped) <= _ON_COVER:
        return grouped
    lines = []
    for kind in _KINDS:
        names = [titles.get(unit, unit) if kind == "P" else unit for unit in book.chosen if unit[0] == kind]
        if names:
            lines.append(("", f"{book.strings[f'kind_{kind}']}: {', '.join(names)}"))
    return lines


def continued(book: Book) -> list[str]:
    """The units that begin on the page where the unit before them ends."""
    pages = [page for part in book.parts for page in part.pages]
    return [page.unit for before, page in pairwise(pages) if page.flows and before.flows]


def fresh(book: Book) -> list[str]:
    """The pages of parts that begin on a new page of paper: the guidelines, which are read and handed out singly."""
    pages = [page.unit for part in book.parts for page in part.pages if page.level > 1]
    return [unit for unit in pages if unit[0] == "G"]


def _line(book: Book, run: Sequence[str]) -> tuple[str, str]:
    if len(run) > 1:
        return f"{run[0]}–{run[-1]}", book.strings[f"kind_{run[0][0]}"]
    unit = run[0]
    return "" if unit[0] == "P" else unit, book.unit_titles.get(unit, unit)


def _runs(units: Sequence[str]) -> list[list[str]]:
    """Units that follow one another by number, together."""
    runs: list[list[str]] = []
    for unit in units:
        before = runs[-1][-1] if runs else ""
        numbered = before[:2] == unit[:2] and before[2:].isdigit() and unit[2:].isdigit()
        if numbered and int(unit[2:]) == int(before[2:]) + 1:
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return runs
