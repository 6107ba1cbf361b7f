"""Finds what would show literally, or break, on the page: the last net under everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from lxml import html as lxml_html
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from handbook.text.context import PageContext
from handbook.text.references import CITE_CLASS, REF_CLASS

if TYPE_CHECKING:
    from markdown import Markdown

ALLOWED_TAGS = frozenset({"br", "sup", "sub", "kbd", "abbr", "wbr"})
"""Raw HTML that authors may write."""

_HIGHLIGHTED = ('<div class="highlight">', "<pre", "<code")
_TAG = re.compile(r"<([A-Za-z][\w-]*)")
_CODE = frozenset({"code", "pre", "kbd", "samp"})
_LEFT = re.compile(r"\[\[[^\]\s]*\]?\]?|[^\s\[\]]*\]\]|/{3,}(?:\s*[\w-]+)?|\{\s*[#:][^}\n]*\}?|!{3}\s?\w+")
_UNDEFINED = re.compile(r"\[[^\[\]]+\]\[[^\[\]]*\]|\[\^[^\]]+\]|\]\(")
_MARKS = frozenset("[]/{!")
"""Every leftover has one of these."""
_STASHED = re.compile(r"\x02[^\x03]*\x03")


def visible_texts(element: etree.Element) -> Iterator[tuple[str, etree.Element]]:
    """Yield each text that a reader sees, code left out, with the element it stands in."""
    if element.tag in _CODE or not isinstance(element.tag, str):
        return
    if element.text:
        yield element.text, element
    for child in element:
        yield from visible_texts(child)
        if child.tail:
            yield child.tail, element


class Leftovers(Treeprocessor):
    """Reports syntax left in visible text, references inside links, and links that lead nowhere."""

    def __init__(self, md: Markdown, context: PageContext) -> None:
        super().__init__(md)
        self.context = context

    def run(self, root: etree.Element) -> None:
        """Look; change nothing."""
        for text, _element in visible_texts(root):
            if _MARKS.isdisjoint(text):
                continue
            shown = _STASHED.sub("", text)
            for match in _LEFT.finditer(shown):
                self.context.problem("left-over", match[0], found=match[0])
            for match in _UNDEFINED.finditer(shown):
                self.context.problem("reference-undefined", match[0], found=match[0])
        self._inside_links(root)
        self._images_and_links(root)

    def _inside_links(self, root: etree.Element) -> None:
        for outer in root.iter("a"):
            for inner in outer.iter("a"):
                if inner is not outer and inner.get("class", "").split()[:1] in ([REF_CLASS], [CITE_CLASS]):
                    unit = inner.get("data-unit", "")
                    self.context.problem("ref-in-link", f"[[{unit}", id=unit)

    def _images_and_links(self, root: etree.Element) -> None:
        for image in root.iter("img"):
            if not (image.get("alt") or "").strip():
                self.context.problem("image-no-alt", image.get("src", "") or "![", src=image.get("src", ""))
        for link in root.iter("a"):
            href = link.get("href")
            if href is not None and not href.strip():
                self.context.problem("link-empty", "]()", text="".join(link.itertext()))
            elif href and re.match(r"\s*(javascript|data|vbscript|file):", href, re.IGNORECASE):
                self.context.problem("link-scheme", href, href=href)
            elif href is not None and not "".join(link.itertext()).strip() and not len(link):
                self.context.problem("link-no-text", f"]({href}", href=href)


class RawHtmlReferences(Postprocessor):
    """Reports references inside raw HTML, where no Markdown is read."""

    def __init__(self, md: Markdown, context: PageContext) -> None:
        super().__init__(md)
        self.context = context

    def run(self, text: str) -> str:
        """Look through the stashed HTML; change nothing."""
        stash = self.md.htmlStash
        for raw in stash.rawHtmlBlocks:
            if isinstance(raw, str) and not raw.startswith(_HIGHLIGHTED):
                self._tags(raw)
                if "[[" in raw:
                    self._look(raw)
        return text

    def _tags(self, raw: str) -> None:
        for match in _TAG.finditer(raw):
            # What extensions stash themselves does not stand in the source.
            if match[1].lower() not in ALLOWED_TAGS and self.context.stands_in_source(match[0]):
                self.context.problem("html-tag", match[0], found=match[0] + ("…" if match[0][-1] != ">" else ""))

    def _look(self, raw: str) -> None:
        try:
            fragment = lxml_html.fragment_fromstring(raw, create_parent=True)
        except (ValueError, lxml_html.etree.ParserError):
            return
        for element in fragment.iter():
            if not isinstance(element.tag, str):
                continue
            inside = {element.tag, *(a.tag for a in element.iterancestors())}
            texts = [element.text or "", *(element.attrib.values())]
            if element.tag not in _CODE:
                texts.extend(child.tail or "" for child in element)
            if inside & _CODE:
                continue
            for found in texts:
                for match in re.finditer(r"\[\[[^\]]*\]?\]?", found):
                    self.context.problem("ref-in-html", match[0], found=match[0])
