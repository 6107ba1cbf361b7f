"""Whether a finished PDF is what it says: two standards, and the text that it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
from pikepdf import Stream

from handbook.pdf.marks import read_marks
from handbook.pdf.model import Expected
from handbook.pdf.postpass import INDEX
from handbook.pdf.tags import Tree, read_tree

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
    """Where the PDF differs from what its text leads to, in ways that no standard's checker can know."""
    with pikepdf.open(pdf) as document:
        tree = read_tree(document)
        problems = [*_counts(tree, expected), *_alternatives(tree, expected), *_heads(tree)]
        problems += [*_emptied(tree), *_pieces(document, tree, expected)]
        problems += _document(document, expected)
        with document.open_outline() as outline:
            titles = list(_titles(list(outline.root)))
    if titles != expected.bookmarks:
        wrong = next((b for a, b in zip(titles, expected.bookmarks, strict=False) if a != b), "")
        problems.append(f"{len(titles)} bookmarks for {len(expected.bookmarks)} headings; first difference: '{wrong}'")
    return problems


def _document(document: pikepdf.Pdf, expected: Expected) -> Iterator[str]:
    language = str(document.Root.get("/Lang", ""))
    if language != expected.language:
        yield f"the language is '{language}', not '{expected.language}'"
    if str(document.docinfo.get("/Title", "")) != expected.title:
        yield "the title is not the book's"


def _counts(tree: Tree, expected: Expected) -> Iterator[str]:
    wanted = {
        "Table": expected.tables,
        "TH": expected.header_cells,
        "L": expected.lists,
        "Figure": expected.figures,
        "Note": expected.notes,
        "Link": expected.links,
        "Aside": sum(1 for kind in expected.boxes if kind not in ("", INDEX)),
        "Index": expected.boxes.count(INDEX),
        "BlockQuote": expected.boxes.count(""),
        **{f"H{level}": expected.headings.get(level, 0) for level in range(1, 7)},
    }
    for tag, number in wanted.items():
        if tree.counts[tag] != number:
            yield f"{tree.counts[tag]} {tag} in the tags, {number} in the text"


def _alternatives(tree: Tree, expected: Expected) -> Iterator[str]:
    for text in tree.alternatives:
        if not is_sentence(text):
            yield f"the alternative '{text[:60]}' of a figure is not a sentence"
    if tree.alternatives != expected.alternatives:
        yield "the alternatives of the figures are not those of the text"


def _heads(tree: Tree) -> Iterator[str]:
    if tree.scopes[""]:
        yield f"{tree.scopes['']} heads in tables don't say whether they belong to a row or a column"


def _emptied(tree: Tree) -> Iterator[str]:
    for tag in tree.empty[:_SHOWN]:
        yield f"a tag without content: {tag}"


def _pieces(document: pikepdf.Pdf, tree: Tree, expected: Expected) -> Iterator[str]:
    """Text and tags belong together, both ways, and what is in another language says so."""
    languages = set(tree.languages)
    there: set[tuple[tuple[int, int], int]] = set()
    for number, sheet in enumerate(document.pages, 1):
        marks = read_marks(sheet.Contents.read_bytes() if isinstance(sheet.Contents, Stream) else b"")
        languages |= marks.languages
        there |= {(sheet.obj.objgen, piece) for piece in marks.tagged}
        if marks.unmarked:
            yield f"page {number}: text that is not tagged"
        if marks.decoration:
            yield f"page {number}: text that is marked as decoration"
    if tree.pieces - there:
        yield f"{len(tree.pieces - there)} tags refer to content that is not there"
    if there - tree.pieces:
        yield f"{len(there - tree.pieces)} pieces of content belong to no tag"
    missing = expected.languages - {tag.partition("-")[0].lower() for tag in languages}
    if missing:
        yield f"passages in {', '.join(sorted(missing))} are not marked as such"


def is_sentence(text: str) -> bool:
    """Whether ``text`` can be a figure's alternative: words, and no file name."""
    words = text.split()
    return len(words) >= 2 and not text.lower().rstrip(".").endswith(_FILE_ENDS)


def _titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield " ".join(item.title.split())
        yield from _titles(list(item.children))
