"""Block HTML as Typst, and the walk that ties the parts together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from lxml.html import HtmlElement

from handbook.pdf import boxes, figures, lists, tables
from handbook.pdf.context import Context, Walk, classes, dropped, plain
from handbook.pdf.inline import INLINE, Line, in_language
from handbook.pdf.literal import block, call, labelled, string
from handbook.pdf.plan import LABEL

_DEEPEST = 6
_UNLISTED = ("u:T-", "u:L-")  # kinds of units too many for the contents; the index has them
_PARTS = frozenset({"li", "dt", "dd", "td", "th", "caption", "figcaption", "summary"})
_CONTAINERS = frozenset({"div", "section", "article", "aside", "header", "footer", "main", "address", "center"})


class Walker:
    """Walks the body of one page after the other; satisfies ``context.Walk``."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx

    def inline(self, element: HtmlElement) -> str:
        """The inline content of ``element``, as one Typst expression."""
        return self._spoken(element, lambda: block(Line(self).children(element)))

    def flow(self, element: HtmlElement, *, tight: bool = False, skip: Iterable[HtmlElement] = ()) -> str:
        """The content of ``element``: blocks, and runs of text as paragraphs (bare ones if ``tight``)."""
        return self._spoken(element, lambda: self._flow(element, tight=tight, skip=skip))

    def _spoken(self, element: HtmlElement, make: Callable[[], str]) -> str:
        """What ``make`` returns, in the language of a part such as a cell, which no maker of its own sets."""
        tag = element.get("lang") if element.tag in _PARTS else None
        with self.ctx.speaking(tag):
            code = make()
        return in_language(tag, code) if tag and code else code

    def _flow(self, element: HtmlElement, *, tight: bool, skip: Iterable[HtmlElement]) -> str:
        left_out = list(skip)
        codes: list[str] = []
        line = Line(self)
        run = line.text(element.text)
        for child in element:
            if child not in left_out and not dropped(child):
                if child.tag in INLINE and not _stands_alone(child):
                    run += line.element(child)
                else:
                    codes += _paragraph(run, tight=tight)
                    line, run = Line(self), []
                    codes.append(self.block(child))
            run += line.text(child.tail)
        codes += _paragraph(run, tight=tight)
        return block(codes)

    def block(self, element: HtmlElement) -> str:
        """One block element as a Typst expression.

        Raises:
            PdfError: for a tag that has no form in print.
        """
        maker = BLOCKS.get(str(element.tag))
        if maker is None:
            raise self.ctx.error(f"<{element.tag}> has no form in print", "use Markdown, or class hb-web-only")
        with self.ctx.speaking(element.get("lang")):
            code = maker(self, element)
        if element.get("lang") and code:
            code = in_language(str(element.get("lang")), code)
        label = element.get(LABEL)
        if label and element.tag not in {"h1", "h2", "h3", "h4", "h5", "h6", "table"}:
            code = block([labelled("metadata(none)", label), code])
        return code


def _stands_alone(element: HtmlElement) -> bool:
    return bool(element.tag == "svg") and element.get("aria-hidden") != "true"


def _paragraph(run: list[str], *, tight: bool) -> list[str]:
    if not run:
        return []
    return [block(run) if tight else call("par", block(run))]


def _p(walk: Walk, element: HtmlElement) -> str:
    if "hb-label" in classes(element):
        _shorten(walk.ctx, element)
    body = Line(walk).children(element)
    if not body:
        return ""
    name = "hb-label" if "hb-label" in classes(element) else "par"
    return call(name, block(body))


def _shorten(ctx: Context, label: HtmlElement) -> None:
    """Leave in the line below a unit's heading only what print does not say elsewhere.

    The id stands beside the heading. That a text is a draft stands on the cover, and again where a page begins.
    """
    repeated = ctx.unit != ctx.page.unit or ctx.unit.startswith("I-")
    kept = [
        span
        for span in label
        if "hb-id" not in classes(span)
        and not (repeated and "hb-authority" in classes(span) and plain(span) == ctx.book.authority_label)
    ]
    separator = next((span.tail for span in label if span.tail), "")
    for span in list(label):
        label.remove(span)
    for span in kept:
        span.tail = None if span is kept[-1] else separator
        label.append(span)


def _heading(walk: Walk, element: HtmlElement) -> str:
    ctx = walk.ctx
    label = str(element.get(LABEL) or "")
    if label.startswith("u:"):
        ctx.unit = label.removeprefix("u:")
    level = ctx.page.level + int(str(element.tag)[1]) - 1
    if level > _DEEPEST:
        raise ctx.error(f"a heading of level {level}: the deepest in print is {_DEEPEST}")
    if level > ctx.level + 1:
        raise ctx.error(f"a heading of level {level} right after one of level {ctx.level}", "skip no level")
    if not plain(element):
        raise ctx.error("an empty heading")
    ctx.level = level
    ctx.count_heading(level, _title(element))
    ctx.in_heading = True
    listed = {"outlined": "false", "bookmarked": "true"} if label.startswith(_UNLISTED) else {}
    code = call("heading", walk.inline(element), level=str(level), **listed)
    ctx.in_heading = False
    marker = f"// unit {ctx.unit}\n" if ctx.unit.isascii() and ctx.unit.isprintable() else ""
    return marker + (labelled(code, label) if label else code)


def _title(element: HtmlElement) -> str:
    text = "".join(str(part) for part in element.xpath(".//text()[not(ancestor::*[contains(@class,'headerlink')])]"))
    return " ".join(text.split())


def _pre(walk: Walk, element: HtmlElement) -> str:
    return call("raw", string(element.text_content().strip("\n")), block="true")


def _div(walk: Walk, element: HtmlElement) -> str:
    kinds = classes(element)
    if "admonition" in kinds:
        return boxes.admonition(walk, element)
    if "tabbed-set" in kinds:
        return boxes.tabs(walk, element)
    return walk.flow(element)


def _rule(walk: Walk, element: HtmlElement) -> str:
    return "hb-rule"


def _svg(walk: Walk, element: HtmlElement) -> str:
    return call("align", "center", figures.picture(walk.ctx, element))


BLOCKS: Mapping[str, Callable[[Walk, HtmlElement], str]] = MappingProxyType(
    {
        "p": _p,
        **{f"h{level}": _heading for level in range(1, 7)},
        "ul": lists.bullets,
        "ol": lists.numbers,
        "dl": lists.definitions,
        "table": tables.table,
        "blockquote": boxes.quotation,
        "details": boxes.details,
        "figure": figures.figure,
        "pre": _pre,
        "hr": _rule,
        "svg": _svg,
        **dict.fromkeys(_CONTAINERS, _div),
    }
)
"""How each block tag is made."""
