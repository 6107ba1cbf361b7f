"""Links: to units with their page, to sources, to places in the book, to the web."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from handbook.pdf.context import Context, classes, plain
from handbook.pdf.literal import block, call, labelled, string
from handbook.pdf.plan import resolve

_SHOWN = frozenset("GBMIS")
_NAMED = frozenset("TL")  # units named by a word: the text of a reference says as much as the id would
_WHOLE = 22  # characters of a citation that stays on one line
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def link(ctx: Context, element: HtmlElement, body: str) -> str:
    """The link ``element`` around ``body``.

    Raises:
        PdfError: the address is of a kind that print cannot carry, or the unit is unknown.
    """
    if not element.get("href") or ctx.in_heading:
        return body
    unit = element.get("data-unit")
    if unit and unit not in ctx.book.unit_titles:
        raise ctx.error(f"unknown unit '{unit}'")
    ctx.expected.links += 1
    if unit and "hb-cite" in classes(element):
        return _citation(ctx, unit, body, plain(element))
    if unit:
        use = ctx.use(unit, marked=True) if unit.startswith("T-") else ""
        code = _reference(ctx, unit, body, element.text_content())
        return block([labelled("metadata(none)", use), code]) if use else code
    return _address(ctx, element, body)


def unit_address(ctx: Context, unit: str) -> str:
    """The permanent web address of ``unit`` in the book's language."""
    return f"{ctx.book.address}{ctx.book.language}/id/{unit}/"


def page_of(ctx: Context, label: str) -> str:
    """Typst code for "s. 54": the page on which ``label`` stands."""
    return call("hb-page", string(ctx.book.strings["page_abbr"]), call("label", string(label)))


def _citation(ctx: Context, unit: str, body: str, text: str) -> str:
    if len(text) <= _WHOLE:
        body = string(text.replace(" ", "\u00a0"))
    label = ctx.plan.units.get(unit)
    return _to(label, body) if label else call("link", string(unit_address(ctx, unit)), body)


def _reference(ctx: Context, unit: str, body: str, text: str) -> str:
    label = ctx.plan.units.get(unit)
    shown = unit[0] in _SHOWN and unit not in text
    if label is None:
        tail = [string(" "), call("box", string(f"({unit})"))] if shown else []
        tail = [string(f" ({unit})")] if unit[0] in _NAMED and unit not in text else tail
        return call("link", string(unit_address(ctx, unit)), block([body, *tail]))
    lead = [string(" ("), call("box", string(f"{unit},")), string(" ")] if shown else [string(" (")]
    return _to(label, block([body, *lead, page_of(ctx, label), string(")")]))


def _address(ctx: Context, element: HtmlElement, body: str) -> str:
    href = str(element.get("href"))
    scheme = urlsplit(href).scheme
    if scheme:
        if scheme not in _SCHEMES:
            raise ctx.error(f"a link to '{href[:60]}' has no form in print")
        return call("link", string(href), call("hb-keep", body) if _is_address(plain(element), href) else body)
    path, anchor = resolve(ctx.page.path, href)
    label = _local(ctx, path, anchor)
    if label:
        return _to(label, body)
    return call("link", string(_web(ctx, path, anchor)), body)


def _is_address(text: str, href: str) -> bool:
    """Whether a link's text is its address, which no hyphen may break."""
    return "." in text and text.rstrip("/") in href


def _local(ctx: Context, path: str, anchor: str) -> str | None:
    for candidate in (path, f"{path}.md", f"{path}/index.md"):
        label = ctx.plan.anchors.get((candidate, anchor)) if anchor else None
        if label or candidate in ctx.plan.paths:
            label = label if anchor else ctx.plan.paths[candidate]
            if label is None:
                raise ctx.error(f"a link to '#{anchor}', which is not on the page {candidate}")
            return label
    return None


def _web(ctx: Context, path: str, anchor: str) -> str:
    page = path.removesuffix("index.md")
    page = page.removesuffix(".md") + "/" if page.endswith(".md") else page
    address = urljoin(f"{ctx.book.address}{ctx.book.language}/", page)
    return address + (f"#{anchor}" if anchor else "")


def _to(label: str, body: str) -> str:
    return call("link", call("label", string(label)), body)
