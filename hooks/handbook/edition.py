"""Makes the book of one language: the pages of the navigation in order, with what the PDF needs around them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handbook.compose import compose
from handbook.front import AUTHORITY
from handbook.index import Index
from handbook.language.finder import glossary_finder
from handbook.navigation import book_order
from handbook.pdf import STRING_KEYS, Book, Page, Part, PdfError
from handbook.problems import Problem
from handbook.text.context import PageContext
from handbook.text.plain import plain
from handbook.text.render import Renderer, markdown_settings


def make_book(index: Index, lang: str) -> Book:
    """Return the whole edition in `lang`; what it lacks stands in the language that leads.

    Args:
        index: all texts.
        lang: the edition's language.
    """
    renderer = Renderer(markdown_settings(index.data.root))
    parts = tuple(_part(index, renderer, lang, key, paths) for key, paths in book_order(index))
    words = index.data.strings[lang]
    used = tuple(part for part in parts if part.pages)
    return book_of(index, lang, used, title=words["handbook.title"], subtitle=words["handbook.subtitle"])


def book_of(
    index: Index, lang: str, parts: tuple[Part, ...], *, title: str, subtitle: str, chosen: tuple[str, ...] = ()
) -> Book:
    """Return a book of `parts`, with all that the handbook says of itself.

    Args:
        index: all texts.
        lang: the book's language.
        parts: its pages.
        title: what stands on the cover.
        subtitle: what stands below it.
        chosen: the units of a dossier; none for the whole edition.
    """
    words = index.data.strings[lang]
    settings = index.data.settings
    labels = {_authority(index, lang, page.path) for part in parts for page in part.pages}
    weakest = next((label for label in AUTHORITY if label in labels), AUTHORITY[0])
    return Book(
        language=lang,
        title=title,
        subtitle=subtitle,
        edition=settings.edition,
        date=settings.date,
        authority_label=words[f"authority.{weakest}"],
        licence="CC BY 4.0",
        address=settings.address,
        publisher=settings.publisher,
        strings=pdf_strings(words),
        parts=parts,
        unit_titles={unit: plain(index.title(unit, lang).text) for unit in index.data.units},
        source_lines=source_lines(index, lang),
        draft=weakest == AUTHORITY[0],
        chosen=chosen,
        terms=None if chosen else glossary_finder(index.data, lang),
    )


def _authority(index: Index, lang: str, path: str) -> str:
    source = index.pages.get(lang, {}).get(path)
    return str(source.front.get("authority", AUTHORITY[0])) if source else AUTHORITY[0]


def pdf_strings(words: Mapping[str, str]) -> dict[str, str]:
    """Return the words that the PDF uses."""
    return {key: words.get(f"pdf.{key}") or words.get(f"print.{key}", key) for key in STRING_KEYS}


def source_lines(index: Index, lang: str) -> dict[str, tuple[str, int]]:
    """Return unit → file and line of the text that a reader of `lang` gets."""
    found = {}
    for unit in index.texts:
        text = index.text(unit, lang)
        if text is not None:
            found[unit] = (text.file, text.line)
    return found


def _part(index: Index, renderer: Renderer, lang: str, key: str, paths: list[str]) -> Part:
    words = index.data.strings[lang]
    title = words.get(key) if key else None
    pages = [page for path in paths if (page := _page(index, renderer, lang, path, 2 if title else 1))]
    return Part(title, tuple(pages))


def _page(index: Index, renderer: Renderer, lang: str, path: str, level: int) -> Page | None:
    composed = compose(index, lang, path)
    if composed is None:
        return None
    context = PageContext(index, lang, path)
    source = index.pages[composed.lang][path]
    unit = source.headings[0].unit or ""
    return Page(path, unit, renderer.html(context, composed.markdown), level)


def edition_file(out: Path, lang: str) -> Path:
    """Return where an edition's PDF stands below the site's folder."""
    return out / "pdf" / f"handbook-{lang}.pdf"


def pdf_problem(error: PdfError, lang: str) -> Problem:
    """Return what went wrong with a PDF as one problem: the unit, the file and line of its text, the way out."""
    reason = f"{error.problem} (in {error.unit})" if error.unit else error.problem
    values = {"reason": f"{reason}; {error.hint}" if error.hint else reason}
    return Problem("pdf-failed", error.file or f"docs/{lang}", error.line, values=values)
