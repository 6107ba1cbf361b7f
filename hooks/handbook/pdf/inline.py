"""Inline HTML as Typst: text with its white space, emphasis, code, links, notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lxml.html import HtmlElement

from handbook.pdf import figures, links, notes
from handbook.pdf.context import Context, Walk, classes, dropped, failed, plain
from handbook.pdf.literal import block, call, labelled, string
from handbook.pdf.plan import LABEL

_SPACE = " \t\n\r\f"

_CALLS: Mapping[str, str] = MappingProxyType(
    {
        "em": "emph",
        "i": "emph",
        "cite": "emph",
        "dfn": "emph",
        "var": "emph",
        "strong": "strong",
        "b": "strong",
        "sub": "sub",
        "sup": "super",
        "del": "strike",
        "s": "strike",
        "ins": "underline",
        "u": "underline",
        "mark": "hb-mark",
        "small": "hb-small",
        "q": "quote",
    }
)
_PLAIN = frozenset({"span", "abbr", "time", "bdi", "data", "label", "font"})
INLINE = frozenset({*_CALLS, *_PLAIN, "a", "code", "kbd", "samp", "br", "wbr", "img", "input", "svg"})
"""Tags that may stand in a line of text."""


class Line:
    """One run of inline content: collapses white space over element borders as a browser does."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.ctx: Context = walk.ctx
        self._started = False
        self._pending = False

    def text(self, text: str | None) -> list[str]:
        """Text with its white space collapsed; a space is held back until something follows."""
        if not text:
            return []
        codes: list[str] = []
        core = text.strip(_SPACE)
        if text[0] in _SPACE:
            self._pending = True
        if core:
            words = " ".join(part for part in core.translate(_BLANKS).split(" ") if part)
            codes += self.space()
            codes += _words(self.ctx, words)
            self._started = True
            self._pending = text[-1] in _SPACE
        return codes

    def space(self) -> list[str]:
        """The space held back, if it stands between two things."""
        codes = ['" "'] if self._pending and self._started else []
        self._pending = False
        return codes

    def restart(self) -> None:
        """Begin a new line: spaces at its start are dropped."""
        self._pending = self._started = False

    def children(self, element: HtmlElement) -> list[str]:
        """The text and the children of ``element``."""
        codes = self.text(element.text)
        for child in element:
            codes += self.element(child)
            codes += self.text(child.tail)
        return codes

    def element(self, element: HtmlElement) -> list[str]:
        """One inline element, without its tail.

        Raises:
            PdfError: for a tag that has no place in a line.
        """
        if dropped(element):
            return []
        if failed(element):
            raise self.ctx.error(f"an unresolved reference: {plain(element)[:60]}")
        if element.tag == "br":
            self.restart()
            return ["linebreak()"]
        maker = _MAKERS.get(str(element.tag), _styled)
        lead = self.space() if _shows(element) else []
        with self.ctx.speaking(element.get("lang")):
            code = maker(self, element)
        if code and element.get("lang"):
            code = in_language(str(element.get("lang")), code)
        label = element.get(LABEL)
        mark = [labelled("metadata(none)", label)] if label else []
        self._started = self._started or bool(code and _shows(element))
        return [*lead, *mark, *([code] if code else [])]


_BLANKS = {ord(char): " " for char in _SPACE}


def in_language(tag: str, code: str) -> str:
    """``code`` set in the language ``tag``, e.g. ``fi`` or ``sv-FI``."""
    language, _, region = tag.partition("-")
    if len(region) == 2 and region.isalpha():
        return call("text", code, lang=string(language.lower()), region=string(region.upper()))
    return call("text", code, lang=string(language.lower()))


def _words(ctx: Context, text: str) -> list[str]:
    codes: list[str] = []
    start = 0
    for place in ctx.book.terms.find(text) if ctx.book.terms else ():
        label = ctx.use(place.term, marked=False)
        if label:
            codes += [*_pieces(ctx, text[start : place.start]), labelled("metadata(none)", label)]
            start = place.start
    return [*codes, *_pieces(ctx, text[start:])]


def _pieces(ctx: Context, text: str) -> list[str]:
    if ctx.in_heading:  # headings are not hyphenated
        return [string(text)] if text else []
    return [call("hb-keep", string(piece)) if special else string(piece) for piece, special in ctx.spoken.pieces(text)]


def _shows(element: HtmlElement) -> bool:
    footnote = element.tag == "sup" and notes.reference(element) is not None
    bare = element.tag == "input" or "task-list-control" in classes(element)
    return not footnote and not bare and bool(element.text_content().strip() or element.tag in {"img", "svg"})


def _styled(line: Line, element: HtmlElement) -> str:
    tag = str(element.tag)
    if tag in _PLAIN:
        if len(element) or (element.text or "").strip():
            return block(line.children(element))
        return string(" ") if element.text else ""
    if tag not in _CALLS:
        raise line.ctx.error(f"<{tag}> in a line of text has no form in print", "use Markdown, or class hb-web-only")
    return call(_CALLS[tag], block(line.children(element)))


def _sup(line: Line, element: HtmlElement) -> str:
    reference = notes.reference(element)
    return _styled(line, element) if reference is None else notes.note(line.walk, reference)


def _code(line: Line, element: HtmlElement) -> str:
    return call("raw", string(" ".join(element.text_content().split())))


def _link(line: Line, element: HtmlElement) -> str:
    if "footnote-ref" in classes(element):
        return notes.note(line.walk, element)
    if "headerlink" in classes(element) or "footnote-backref" in classes(element):
        return ""
    return links.link(line.ctx, element, block(line.children(element)))


def _input(line: Line, element: HtmlElement) -> str:
    if element.get("type") in {"checkbox", "radio"}:
        return ""
    raise line.ctx.error("<input> has no form in print", "use a task list (- [ ]), or class hb-web-only")


def _image(line: Line, element: HtmlElement) -> str:
    return figures.inline_image(line.ctx, element)


_MAKERS: Mapping[str, Callable[[Line, HtmlElement], str]] = MappingProxyType(
    {
        "sup": _sup,
        "code": _code,
        "kbd": _code,
        "samp": _code,
        "a": _link,
        "input": _input,
        "img": _image,
        "svg": _image,
        "wbr": lambda line, element: string("\u200b"),
    }
)
