"""The links and images that authors write: whether each is sound by itself, and where it stands.

Whether its target exists is another question, answered when all pages are known (`handbook.checks.links`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree as etree

from markdown.treeprocessors import Treeprocessor

from handbook.addresses import LinkUse, address_problem
from handbook.text.references import OWN_CLASS
from handbook.text.stash import decoded, is_blank

if TYPE_CHECKING:
    from markdown import Markdown

    from handbook.text.context import PageContext

_OUR_CLASSES = ("hb-", "headerlink", "footnote")


def note_link(
    context: PageContext, kind: Literal["link", "image"], href: str, place: tuple[int, int], text: str = ""
) -> None:
    """Report what is wrong with an address by itself; else remember it for the check of its target."""
    code = address_problem(kind, href)
    if code:
        context.report_at(code, place, href=href, text=text)
    else:
        context.links.append(LinkUse(kind, href, *place))


class AuthorsLinks(Treeprocessor):
    """Looks at every link and image of the tree that an author wrote."""

    def __init__(self, md: Markdown, context: PageContext) -> None:
        super().__init__(md)
        self.context = context

    def run(self, root: etree.Element) -> None:
        """Look; change nothing."""
        if self.context.source is None:
            return
        for element in authored(root):
            if element.tag == "img":
                self._image(element)
            elif element.tag == "a" and element.get("href") is not None:
                self._link(element)

    def _image(self, image: etree.Element) -> None:
        raw, alt = image.get("src", ""), image.get("alt") or ""
        place = self.context.locate(f"![{alt}]({raw}", *_tokens(raw, "!["))
        note_link(self.context, "image", decoded(raw), place)
        if is_blank(alt):
            self.context.report_at("image-no-alt", place, src=decoded(raw))

    def _link(self, link: etree.Element) -> None:
        classes = link.get("class", "")
        if classes.startswith(OWN_CLASS) and is_blank("".join(link.itertext())):
            unit = link.get("data-unit", "")
            self.context.problem("link-no-text", f"][{unit}]", href=unit)
        if classes.startswith(_OUR_CLASSES):
            return
        raw = link.get("href", "")
        text = "".join(link.itertext())
        place = self.context.locate(f"[{text}]({raw}", *_tokens(raw, f"[{text}]("))
        note_link(self.context, "link", decoded(raw), place, decoded(text))
        if is_blank(text) and not any(not is_blank(image.get("alt") or "") for image in link.iter("img")):
            self.context.report_at("link-no-text", place, href=decoded(raw))


def authored(element: etree.Element) -> Iterator[etree.Element]:
    """Yield the elements below `element` that come from the page's own text, not from a generated block."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if "hb-block" in child.get("class", "").split():
            continue
        yield child
        yield from authored(child)


def _tokens(raw: str, fallback: str) -> tuple[str, ...]:
    """Return how an address may stand in the source: in a link, a definition, between angle brackets; or a guess."""
    address = decoded(raw)
    if not raw.strip():
        return ("]()", "]( ", "](<>", fallback)
    texts = dict.fromkeys(text for text in (raw, address, address.removeprefix("mailto:")) if "\x02" not in text)
    return (*(f"{before}{text}" for text in texts for before in ("](", "](<", "]: ", "<")), *texts, fallback)
