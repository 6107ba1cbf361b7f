"""Raw HTML in Markdown: the few tags that authors may write, and what is wrong with all others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown.inlinepatterns import ENTITY_RE, HTML_RE, HtmlInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_RE

from handbook.addresses import scheme_of
from handbook.text.links import note_link
from handbook.text.stash import decoded, is_blank
from handbook.yaml_reader import unwanted_characters

if TYPE_CHECKING:
    from markdown import Markdown

    from handbook.text.context import PageContext

Attributes = list[tuple[str, str | None]]

EVERYWHERE = frozenset({"lang"})
ALLOWED: dict[str, frozenset[str]] = {
    "br": frozenset(),
    "wbr": frozenset(),
    "sup": EVERYWHERE,
    "sub": EVERYWHERE,
    "kbd": EVERYWHERE,
    "abbr": EVERYWHERE | {"title"},
}
"""Tag that authors may write → its attributes."""

VOID = frozenset({"br", "wbr", "img", "hr", "input", "meta", "link", "area", "base", "col", "embed", "source", "track"})
_CODE = frozenset({"code", "pre", "kbd", "samp"})
_ADDRESSES = {"href": "link", "src": "image", "poster": "image", "action": "link", "formaction": "link"}
INLINE = "wzxhzdk:"
"""Stands in Python-Markdown's placeholders for raw HTML."""
_REFERENCE = re.compile(r"\[\[[^\[\]]*\]?\]?")


class _Judge(HTMLParser):
    """Reports what is wrong with one piece of raw HTML."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(convert_charrefs=True)
        self.context = context
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        written = (self.get_starttag_text() or f"<{tag}").split("\n")[0]
        judge_tag(self.context, tag, attrs, written)
        if tag not in VOID:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass
        elif tag not in ALLOWED and not self.context.stands_in_source(f"<{tag}"):
            self.context.problem("html-tag", f"</{tag}", found=f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if _CODE.isdisjoint(self.inside):
            for match in _REFERENCE.finditer(data):
                self.context.problem("ref-in-html", match[0], found=match[0])

    def handle_decl(self, decl: str) -> None:
        self.context.problem("html-tag", f"<!{decl}", "<!", found=f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.context.problem("html-tag", "<?", found=f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.context.problem("html-tag", "<![", found=f"<![{data}")


def judge_tag(context: PageContext, tag: str, attrs: Attributes, written: str) -> None:
    """Report a tag that is not allowed, attributes that are not, and where its addresses lead."""
    place = context.locate(written, f"<{tag}")
    allowed = ALLOWED.get(tag)
    if scheme_of(tag):  # meant as a link: <javascript:…>
        context.report_at("link-scheme", place, href=tag)
    elif allowed is None:
        context.report_at("html-tag", place, found=f"<{tag}>")
    for name, value in attrs:
        text = value or ""
        if allowed is not None and name not in allowed:
            context.report_at("html-attribute", place, attribute=name, tag=tag)
        for match in _REFERENCE.finditer(text):
            context.report_at("ref-in-html", place, found=match[0])
        kind = _ADDRESSES.get(name)
        if kind == "image" and tag != "script":
            note_link(context, "image", decoded(text), place)
        elif kind:
            note_link(context, "link", decoded(text), place)
    if tag == "img" and is_blank(dict(attrs).get("alt") or ""):
        context.report_at("image-no-alt", place, src=dict(attrs).get("src") or "")


def judge(context: PageContext, raw: str) -> None:
    """Report what is wrong with a piece of raw HTML."""
    parser = _Judge(context)
    try:
        parser.feed(raw)
        parser.close()
    except AssertionError:  # html.parser's answer to <![something[
        context.problem("html-tag", raw[:3], found=raw.split("\n", maxsplit=1)[0])


class HtmlBlocks(Preprocessor):
    """Judges the raw HTML that Python-Markdown has just taken out of the text.

    Two of these stand before and after that step; the second looks at what has been added to the stash since the
    first.
    """

    def __init__(self, md: Markdown, current: Callable[[], PageContext], first: HtmlBlocks | None = None) -> None:
        super().__init__(md)
        self.current = current
        self.first = first
        self.seen = 0

    def run(self, lines: list[str]) -> list[str]:
        """Look; change nothing."""
        stash = self.md.htmlStash.rawHtmlBlocks
        self.seen = len(stash)
        if self.first is not None and self.current().source is not None:
            for raw in stash[self.first.seen :]:
                if isinstance(raw, str):
                    judge(self.current(), raw)
                else:
                    for element in raw.iter():
                        attributes: Attributes = [(k, v) for k, v in element.attrib.items() if k != "markdown"]
                        judge_tag(self.current(), str(element.tag), attributes, f"<{element.tag}")
        return lines


class InlineHtml(HtmlInlineProcessor):
    """Judges the tags within a line."""

    def __init__(self, md: Markdown, current: Callable[[], PageContext]) -> None:
        super().__init__(HTML_RE, md)
        self.current = current

    def handleMatch(  # type: ignore[override]  # noqa: N802  Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        """Judge, then do what Python-Markdown does."""
        context = self.current()
        if context.source is not None:
            raw = m.group(1)
            nodes = [] if raw.startswith("<!--") else list(self._references(raw))
            for node in nodes:
                unit = node.get("data-unit") or "".join(node.itertext())
                context.problem("ref-in-html", f"[[{unit}", f"][{unit}]", raw.split()[0], found=f"[[{unit}]]")
            judge(context, INLINE_PLACEHOLDER_RE.sub("", raw) if nodes else self.backslash_unescape(self.unescape(raw)))
        return super().handleMatch(m, data)  # type: ignore[return-value]

    def _references(self, raw: str) -> Iterator[etree.Element]:
        """Yield our references that had been read before the tag around them was."""
        stashed = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]
        for match in INLINE_PLACEHOLDER_RE.finditer(raw):
            node = stashed.get(match.group(1))
            if isinstance(node, etree.Element) and node.get("class", "").startswith("hb-"):
                yield node


class Entities(HtmlInlineProcessor):
    """Reports entities that stand for characters which don't belong in text, and those that stand for none."""

    def __init__(self, md: Markdown, current: Callable[[], PageContext]) -> None:
        super().__init__(ENTITY_RE, md)
        self.current = current

    def handleMatch(  # type: ignore[override]  # noqa: N802  Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        """Judge, then do what Python-Markdown does."""
        context, raw = self.current(), m.group(1)
        if context.source is not None:
            meant = decoded(raw)
            if meant == raw:
                context.problem("left-over", raw, found=raw)
            for character in unwanted_characters(meant):
                context.problem("file-character", raw, character=f"U+{ord(character):04X}")
        return super().handleMatch(m, data)  # type: ignore[return-value]


class HtmlBalance(Treeprocessor):
    """Reports allowed tags that open and don't close, the other way round, or not in turn: each within one element."""

    def __init__(self, md: Markdown, current: Callable[[], PageContext]) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: etree.Element) -> None:
        """Look; change nothing."""
        if self.current().source is None or not self.md.htmlStash.rawHtmlBlocks:
            return
        wrong: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for raw in self.md.htmlStash.rawHtmlBlocks:
            closing, tag = _tag(raw)
            counts[tag] += -1 if closing else 1
        for tag, count in counts.items():
            if tag and count:
                wrong[tag] = f"<{tag}" if count > 0 else f"</{tag}"
        for element in root.iter():
            for closing, tag in self._crossing(element):
                wrong.setdefault(tag, f"</{tag}" if closing else f"<{tag}")
        for tag, token in wrong.items():
            self.current().problem("html-unclosed", token, tag=tag)

    def _crossing(self, element: etree.Element) -> Iterator[tuple[bool, str]]:
        """Yield (whether it closes, tag) for what is not opened and closed within an element, in turn."""
        if INLINE not in (element.text or "") and not any(INLINE in (child.tail or "") for child in element):
            return
        open_: list[str] = []
        for text in (element.text, *(child.tail for child in element)):
            for match in HTML_PLACEHOLDER_RE.finditer(text or ""):
                closing, tag = _tag(self.md.htmlStash.rawHtmlBlocks[int(match[1])])
                if not tag:
                    continue
                if not closing:
                    open_.append(tag)
                elif open_ and open_[-1] == tag:
                    open_.pop()
                else:
                    yield True, tag
                    return
        yield from ((False, tag) for tag in open_)


def _tag(raw: object) -> tuple[bool, str]:
    """Return whether a piece of raw HTML closes a tag, and which; an empty name for any but the allowed ones."""
    match = re.match(r"<(/?)([a-z]+)[\s/>]", raw.lower()) if isinstance(raw, str) else None
    if match is None or match[2] not in ALLOWED or match[2] in VOID:
        return False, ""
    return bool(match[1]), match[2]
