"""Whether a finished PDF is what it says: two standards, and the counts of the text it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
from pikepdf import Dictionary, Name

from handbook.pdf.model import Expected
from handbook.pdf.postpass import INDEX, children

_PROFILES = (("PDF/UA-1", "ua1"), ("PDF/A-2a", "2a"))
_SHOWN = 5
_FILE_ENDS = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")


def verify(pdf: Path, expected: Expected) -> list[str]:
    """Problems of ``pdf``, one a line; an empty list when it is sound."""
    return [*conformance(pdf), *content(pdf, expected)]


def conformance(pdf: Path) -> list[str]:
    """What ``page-validation`` finds against PDF/UA-1 and PDF/A-2a."""
    problems: list[str] = []
    for name, profile in _PROFILES:
        report = page.validate_pdf(pdf, profile=profile)
        if not report.is_compliant:
            found = [f"{name}: {failure.message} [{failure.rule_id}]" for failure in report.failures]
            problems += found[:_SHOWN] or [f"{name}: not conformant"]
    return problems


def content(pdf: Path, expected: Expected) -> list[str]:
    """Where the PDF's tags, language, title and bookmarks differ from what the text leads to."""
    with pikepdf.open(pdf) as document:
        found = _tags(document)
        problems = list(_differences(found, expected))
        problems += _alternatives(document, expected)
        if str(document.Root.get("/Lang", "")) != expected.language:
            problems.append(f"the language is '{document.Root.get('/Lang', '')}', not '{expected.language}'")
        if str(document.docinfo.get("/Title", "")) != expected.title:
            problems.append("the title is not the book's")
        with document.open_outline() as outline:
            titles = list(_titles(list(outline.root)))
    if titles != expected.bookmarks:
        wrong = next((b for a, b in zip(titles, expected.bookmarks, strict=False) if a != b), "")
        problems.append(f"{len(titles)} bookmarks for {len(expected.bookmarks)} headings; first difference: '{wrong}'")
    return problems


def _differences(found: Counter[str], expected: Expected) -> Iterator[str]:
    wanted = {
        "Table": expected.tables,
        "TH": expected.header_cells,
        "L": expected.lists,
        "Figure": expected.figures,
        "Note": expected.notes,
        "Link": expected.links,
        "Aside": sum(1 for kind in expected.boxes if kind not in ("", INDEX)),
        "Index": expected.boxes.count(INDEX),
        "BlockQuote": sum(1 for kind in expected.boxes if not kind),
        **{f"H{level}": expected.headings.get(level, 0) for level in range(1, 7)},
    }
    for tag, number in wanted.items():
        if found[tag] != number:
            yield f"{found[tag]} {tag} in the tags, {number} in the text"


def _tags(document: pikepdf.Pdf) -> Counter[str]:
    counts: Counter[str] = Counter()
    kids = document.Root.StructTreeRoot.K
    stack = [(kid, False) for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])]
    while stack:
        element, aside = stack.pop()
        tag = str(element.S).removeprefix("/")
        counts[tag] += not (tag == "Link" and aside)
        inside = aside or tag in {"TOC", "Lbl", "Index"}
        stack.extend((child, inside) for child in children(element))
    return counts


def _alternatives(document: pikepdf.Pdf, expected: Expected) -> list[str]:
    problems: list[str] = []
    for item in document.objects:
        if isinstance(item, Dictionary) and item.get("/S") == Name.Figure and "/K" in item:
            text = str(item.get("/Alt", ""))
            if not is_sentence(text):
                problems.append(f"the alternative '{text[:60]}' of a figure is not a sentence")
    return problems


def is_sentence(text: str) -> bool:
    """Whether ``text`` can be a figure's alternative: words, and no file name."""
    words = text.split()
    return len(words) >= 2 and not text.lower().rstrip(".").endswith(_FILE_ENDS)


def _titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield " ".join(item.title.split())
        yield from _titles(list(item.children))
