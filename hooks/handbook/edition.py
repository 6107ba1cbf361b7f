"""Makes the book of one language: the pages of the navigation in order, with what the PDF needs around them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handbook.compose import compose
from handbook.index import Index
from handbook.navigation import book_order
from handbook.pdf import STRING_KEYS, Book, Page, Part
from handbook.text.context import PageContext
from handbook.text.plain import plain
from handbook.text.render import Renderer, markdown_settings


def make_book(index: Index, lang: str) -> Book:
    """Return the whole edition in `lang`; what it lacks stands in the language that leads.

    Args:
        index: all texts.
        lang: the edition's language.
    """
    words = index.data.strings[lang]
    settings = index.data.settings
    renderer = Renderer(markdown_settings(index.data.root))
    parts = tuple(_part(index, renderer, lang, key, paths) for key, paths in book_order(index))
    authority = {str(source.front.get("authority", "draft")) for source in index.pages[lang].values()}
    return Book(
        language=lang,
        title=words["handbook.title"],
        subtitle=words["handbook.subtitle"],
        edition=settings.edition,
        date=settings.date,
        authority_label=words["authority.draft" if "draft" in authority else "authority.reviewed"],
        licence="CC BY 4.0",
        address=settings.address,
        publisher=settings.publisher,
        strings=pdf_strings(words),
        parts=tuple(part for part in parts if part.pages),
        unit_titles={unit: plain(index.title(unit, lang).text) for unit in index.data.units},
        source_lines=source_lines(index, lang),
        draft="draft" in authority,
    )


def pdf_strings(words: Mapping[str, str]) -> dict[str, str]:
    """Return the words that the PDF uses."""
    return {key: words.get(f"pdf.{key}", key) for key in STRING_KEYS}


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
