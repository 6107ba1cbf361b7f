"""Figures: inline SVG and image files, with their alternatives."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree
from lxml.html import HtmlElement

from handbook.pdf.context import Context, Walk, plain
from handbook.pdf.literal import call, string

_SVG = "http://www.w3.org/2000/svg"
_FORMATS = frozenset({"svg", "png", "jpg", "gif", "webp"})
_LEFT_OUT = frozenset({"xmlns", "hb-label", "font-family"})
_NAMES = (
    *("viewBox", "preserveAspectRatio", "gradientUnits", "gradientTransform", "patternUnits"),
    *("patternContentUnits", "patternTransform", "clipPathUnits", "maskUnits", "maskContentUnits"),
    *("markerWidth", "markerHeight", "markerUnits", "refX", "refY", "spreadMethod", "startOffset"),
    *("textLength", "lengthAdjust", "pathLength", "stdDeviation"),
    *("linearGradient", "radialGradient", "clipPath", "textPath"),
)
_CAMEL: Mapping[str, str] = MappingProxyType({name.lower(): name for name in _NAMES})


def figure(walk: Walk, element: HtmlElement) -> str:
    """``<figure>``: its picture with the caption below; anything else with the caption after it."""
    caption_element = element.find("figcaption")
    caption = "" if caption_element is None else _caption(walk, caption_element)
    pictures = [child for child in element.iter("svg", "img") if child.getparent() is not None]
    if not pictures:
        inner = walk.flow(element, skip=() if caption_element is None else (caption_element,))
        return "{" + inner + "\n" + (call("hb-caption", caption) if caption else "") + "}"
    codes = [picture(walk.ctx, child) for child in pictures]
    body = codes[0] if len(codes) == 1 else call("stack", *codes, dir="ttb", spacing="1em")
    named = {"caption": caption} if caption else {}
    return call("figure", body, kind="image", supplement="none", numbering="none", **named)


def inline_image(ctx: Context, element: HtmlElement) -> str:
    """An image in a line: dropped when it is marked as decoration, else a picture as high as the line."""
    if element.get("aria-hidden") == "true" or element.get("alt") == "" or element.get("role") == "presentation":
        return ""
    return call("box", picture(ctx, element))


def picture(ctx: Context, element: HtmlElement) -> str:
    """``<svg>`` or ``<img>`` as a Typst image.

    Raises:
        PdfError: it has no alternative, or its file cannot be read.
    """
    alternative = _alternative(element)
    if not alternative:
        raise ctx.error("a figure without an alternative text", "give the SVG a <title>, the image an alt text")
    ctx.expected.figures += 1
    ctx.expected.alternatives.append(alternative)
    if element.tag == "svg":
        return call("image", call("bytes", string(svg_source(element))), format='"svg"', alt=string(alternative))
    return _file(ctx, element, alternative)


def svg_source(element: HtmlElement) -> str:
    """The source of an inline ``<svg>`` as XML: names in the case that SVG wants, no web-only attributes."""
    svg = _rebuilt(element)
    svg.set("font-family", "'Source Sans 3'")
    return etree.tostring(svg, encoding="unicode")


def _rebuilt(element: HtmlElement) -> etree._Element:
    attributes = {_CAMEL.get(str(name), str(name)): str(text) for name, text in element.attrib.items()}
    safe = {name: text for name, text in attributes.items() if ":" not in name and name not in _LEFT_OUT}
    if "xlink:href" in attributes:
        safe["href"] = attributes["xlink:href"]
    tag = _CAMEL.get(str(element.tag), str(element.tag))
    spaces: dict[str | None, str] = {None: _SVG}
    copy = etree.Element(f"{{{_SVG}}}{tag}", safe, nsmap=spaces)  # type: ignore[arg-type]
    copy.text = element.text
    for child in element:
        part = _rebuilt(child)
        part.tail = child.tail
        copy.append(part)
    return copy


def _alternative(element: HtmlElement) -> str:
    if element.tag == "img":
        return " ".join((element.get("alt") or "").split())
    title = element.find("title")
    described = element.find("desc")
    parts = [plain(part) for part in (title, described) if part is not None]
    return " ".join(part for part in parts if part) or (element.get("aria-label") or "").strip()


def _file(ctx: Context, element: HtmlElement, alternative: str) -> str:
    source = element.get("src") or ""
    kind = posixpath.splitext(source)[1].removeprefix(".").lower().replace("jpeg", "jpg")
    if ctx.options.assets is None or kind not in _FORMATS or "//" in source or source.startswith("data:"):
        raise ctx.error(f"the image '{source[:80]}' cannot be set", "use a file below docs/, or inline SVG")
    path = ctx.options.assets / posixpath.dirname(ctx.page.path) / source
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ctx.error(f"the image '{source[:80]}' cannot be read: {error.strerror}") from None
    data = "bytes((" + ",".join(map(str, content)) + ",))"
    return call("image", data, format=string(kind), alt=string(alternative))


def _caption(walk: Walk, element: HtmlElement) -> str:
    paragraphs = element.findall("p")
    if len(paragraphs) == 1 and not (element.text or "").strip():
        return walk.inline(paragraphs[0])
    return walk.flow(element, tight=True)
