"""Writes the files of every page that has a `downloads` block."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from handbook import ids
from handbook.compose import compose, leading_language
from handbook.documents.as_text import as_text
from handbook.documents.as_word import as_word
from handbook.documents.model import Document, Heading, Run, Runs, text_of
from handbook.documents.read import HEADINGS, Reader
from handbook.index import Index
from handbook.text.context import PageContext, page_url
from handbook.text.render import Renderer, markdown_settings
from handbook.text.takeaway import file_below_root

BLOCK = "downloads"


def write_documents(index: Index, codes: Sequence[str], out: Path) -> list[Path]:
    """Write the files, in every language to build.

    Args:
        index: all texts.
        codes: the languages.
        out: the site's folder.

    Returns:
        The files written.
    """
    renderer = Renderer(markdown_settings(index.data.root))
    written: list[Path] = []
    for lang in codes:
        for path in pages_with(index, lang, BLOCK):
            document = read_document(index, renderer, lang, path)
            author = index.data.settings.publisher or index.data.strings[lang].get("handbook.title", "")
            made = as_word(document, author=author, made=index.data.settings.date)
            # With the mark at its start, so that servers that name no encoding do no harm, nor do old editors.
            for suffix, content in (("docx", made), ("txt", as_text(document).encode("utf-8-sig"))):
                target = out / file_below_root(lang, path, suffix)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                written.append(target)
    return written


def pages_with(index: Index, lang: str, block: str) -> list[str]:
    """Return the paths whose text, as a reader of `lang` gets it, has a block of this name."""
    found = []
    for path in index.expected_paths():
        shown = lang if path in index.pages.get(lang, {}) else leading_language(index, path)
        source = index.pages[shown][path] if shown else None
        if source and any(use.name == block for use in source.blocks):
            found.append(path)
    return found


def read_document(index: Index, renderer: Renderer, lang: str, path: str) -> Document:
    """Return the part of a page in which its `downloads` block stands.

    Directly under the page's heading, that is the whole page; else the section.

    Raises:
        LookupError: the page has no such block.
    """
    composed = compose(index, lang, path)
    rendered = renderer.html(PageContext(index, lang, path), composed.markdown if composed else "")
    root = lxml_html.fragment_fromstring(rendered, create_parent="div")
    places = root.find_class(f"hb-{BLOCK}")
    if not places:
        raise LookupError(path)
    reader = Reader(
        lang, _Links(index, lang, path).address, {known.code: known.locale for known in index.data.languages}
    )
    first = next(root.iter(*HEADINGS))
    title = tuple(reader.blocks([first]))
    blocks = title + tuple(reader.blocks(_part(places[0], first)))
    name = next((text_of(block.runs) for block in title if isinstance(block, Heading)), path)
    return Document(name, reader.locale, blocks, _note(index, lang, path, first))


def _part(place: Any, first: Any) -> list[Any]:
    """Return the elements of the part in which `place` stands, without the part's own heading."""
    before = [e for e in place.itersiblings(preceding=True) if e.tag in HEADINGS]
    heading = before[0] if before else first
    level = HEADINGS[heading.tag]
    found = []
    for element in heading.itersiblings():
        if HEADINGS.get(element.tag, 9) <= level:
            break
        found.append(element)
    return found


def _note(index: Index, lang: str, path: str, heading: Any) -> tuple[Runs, ...]:
    """Where the text comes from: handbook, edition, label, licence, permanent address."""
    words, settings = index.data.strings[lang], index.data.settings
    source = index.pages[lang].get(path)
    label = str(source.front.get("authority", "draft")) if source else "draft"
    unit = heading.get("data-unit")
    address = settings.address + (f"{lang}/id/{unit}/" if unit else page_url(lang, path))
    told = [words.get("handbook.title", ""), f"{words.get('footer.edition', '')} {settings.edition}"]
    told += [words.get(f"authority.{label}", label), "CC BY 4.0"]
    return ((Run(". ".join(part for part in told if part)),), (Run(address, href=address),))


@dataclass(frozen=True)
class _Links:
    index: Index
    lang: str
    path: str

    def address(self, link: Any) -> str:
        """Return where a link leads, as an address that also works outside the site; empty when nowhere."""
        base = self.index.data.settings.address
        unit = link.get("data-unit", "")
        if ids.is_id(unit):
            return f"{base}{self.lang}/id/{unit}/"
        href = str(link.get("href", ""))
        if "://" in href or href.startswith("mailto:"):
            return href
        page, _, anchor = href.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), page)) if page else self.path
        if target.startswith(".."):
            return base
        return base + page_url(self.lang, target) + (f"#{anchor}" if anchor else "")
