"""Small helpers for building HTML trees."""

from __future__ import annotations

from xml.etree import ElementTree as etree

from markdown.util import AtomicString


def sub(parent: etree.Element, tag: str, text: str = "", *, lang: str = "", **attributes: str) -> etree.Element:
    """Append an element with plain text (no Markdown is read in it) and return it.

    Attribute names take ``_`` for ``-``; ``class_`` stands for ``class``.
    """
    named = {("class" if k == "class_" else k.replace("_", "-")): v for k, v in attributes.items()}
    if lang:
        named["lang"] = lang
    element = etree.SubElement(parent, tag, named)
    if text:
        element.text = AtomicString(text)
    return element


def after(element: etree.Element, text: str) -> None:
    """Put plain text (no Markdown is read in it) behind an element."""
    element.tail = AtomicString(text)


def remark(parent: etree.Element, text: str, class_: str = "") -> None:
    """Append a remark in brackets behind the last element; a line breaks before it, not inside an id such as B-32."""
    after(parent[-1], " ")
    sub(parent, "span", f"({text})", class_=f"hb-remark {class_}".strip())


def foreign(lang: str, page_lang: str) -> str:
    """Return `lang` when it has to be marked on a page in `page_lang`, else an empty text."""
    return lang if lang and lang != page_lang else ""


def scroll(parent: etree.Element, label: str) -> etree.Element:
    """A wide table scrolls inside this, by keyboard too."""
    return sub(parent, "div", class_="hb-scroll", role="region", aria_label=label, tabindex="0")
