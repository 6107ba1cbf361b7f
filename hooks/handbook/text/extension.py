"""The Python-Markdown extension that puts the handbook's syntax together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as etree

from markdown.extensions import Extension
from markdown.extensions.toc import TocTreeprocessor
from markdown.preprocessors import Preprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_integer, type_string

from handbook.block_uses import BlockUse
from handbook.language.folding import anchor
from handbook.scan import scan_body
from handbook.text.blocks import check_use
from handbook.text.checklists import BoxLabels
from handbook.text.context import PageContext
from handbook.text.elements import sub
from handbook.text.explain import ExplainTerms
from handbook.text.forms import register as register_forms
from handbook.text.generate import GENERATORS
from handbook.text.leftovers import Leftovers
from handbook.text.links import AuthorsLinks
from handbook.text.raw_html import Entities, HtmlBalance, HtmlBlocks, InlineHtml
from handbook.text.references import OwnTextReference, UnitReference
from handbook.text.unit_end import UnitEnds
from handbook.text.units import CrossLanguageLinks, UnitHeadings

if TYPE_CHECKING:
    from markdown import Markdown

FOREIGN = "hb-foreign"
"""Internal block: text shown in another language than the page's, put there by `compose`."""


class Options(Preprocessor):
    """Hands each block's options on as a number, so that only our own YAML reader ever reads them."""

    def __init__(self, md: Markdown, uses: list[BlockUse]) -> None:
        super().__init__(md)
        self.uses = uses

    def run(self, lines: list[str]) -> list[str]:
        """Replace the options of generated blocks by ``use: N``."""
        source = scan_body(lines, "")
        self.uses.clear()
        result = list(lines)
        for use in reversed(source.blocks):
            if use.name not in GENERATORS:
                continue
            self.uses.append(use)
            number = len(self.uses) - 1
            header = " " * (use.indent + 4) + f"use: {number}"
            result[use.line - 1 : use.header_end - 1] = [" " * use.indent + f"/// {use.name}", header]
        return result


def _context(block: Block) -> PageContext:
    found: PageContext = block.config["context"][0]
    return found


class Advice(Block):
    """The handbook's own advice, marked as such."""

    NAME = "advice"

    def on_create(self, parent: etree.Element) -> etree.Element:
        """Return the box, with its title."""
        box = sub(parent, "div", class_="admonition advice hb-advice")
        sub(box, "p", _context(self).word("advice.title"), class_="admonition-title")
        return box


class Foreign(Block):
    """Text in another language than the page's."""

    NAME = FOREIGN
    OPTIONS = {"lang": ("", type_string)}  # noqa: RUF012

    def on_create(self, parent: etree.Element) -> etree.Element:
        """Return a box that names its language."""
        return sub(parent, "div", class_=FOREIGN, lang=str(self.options["lang"]))


def _generated(name: str) -> type[Block]:
    """Return the block class of a generated block."""

    class Generated(Block):
        NAME = name
        OPTIONS = {"use": (-1, type_integer)}  # noqa: RUF012

        def on_create(self, parent: etree.Element) -> etree.Element:
            return sub(parent, "div", class_=f"hb-block hb-{name}")

        def on_end(self, block: etree.Element) -> None:
            uses: list[BlockUse] = self.config["uses"][0]
            number = int(self.options["use"])
            context = _context(self)
            if number < 0 or any(check_use(context.data, "", uses[number])):
                return
            options = uses[number].options
            if not GENERATORS[name](context, block, options):
                context.problem("block-nothing", f"/// {name}", name=name)
            self._markdown(block)

        def _markdown(self, block: etree.Element) -> None:
            """Read what a generator left as Markdown."""
            for part in block.iter("div"):
                if part.attrib.pop("data-hb-markdown", None):
                    text, part.text = part.text or "", None
                    self.md.parser.parseChunk(part, text)

    return Generated


class HandbookBlocks(BlocksExtension):
    """Registers the blocks."""

    def __init__(self, uses: list[BlockUse]) -> None:
        self.config: dict[str, Any] = {"context": [None, ""], "uses": [uses, ""]}
        super().__init__()

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802  pymdownx's name
        """Register the blocks with their context."""
        del md
        for block in (Advice, Foreign, *(_generated(name) for name in GENERATORS)):
            block_mgr.register(block, self.config)


class HandbookExtension(Extension):
    """References, unit headings and blocks, for the page that `current` returns."""

    def __init__(self, current: Callable[[], PageContext]) -> None:
        super().__init__()
        self.current = current
        self._uses: list[BlockUse] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Python-Markdown's name
        """Register everything with a new Markdown instance, which then calls `reset` before each page."""
        self._md = md
        self._blocks = HandbookBlocks(self._uses)
        self._blocks.extendMarkdown(md)
        # After normalize_whitespace (30), before fenced code (25): line by line as written.
        md.preprocessors.register(Options(md, self._uses), "hb-options", 29)
        # After the task list (25), before inline (20).
        md.treeprocessors.register(BoxLabels(md), "hb-boxes", 24)
        # After MkDocs' own link resolver (0).
        md.treeprocessors.register(CrossLanguageLinks(md), "hb-cross-language", -10)
        register_forms(md, self.current)
        # Before and after html_block (20), below fenced code (25).
        before = HtmlBlocks(md, self.current)
        md.preprocessors.register(before, "hb-before-html", 21)
        md.preprocessors.register(HtmlBlocks(md, self.current, before), "hb-html", 19)
        # In the place of Python-Markdown's own.
        md.inlinePatterns.register(InlineHtml(md, self.current), "html", 90)
        md.inlinePatterns.register(Entities(md, self.current), "entity", 80)
        md.treeprocessors.register(HtmlBalance(md, self.current), "hb-html-balance", 5.5)
        md.registerExtension(self)

    def reset(self) -> None:
        """Register what depends on the page."""
        md, context = self._md, self.current()
        self._blocks.config["context"][0] = context
        # After backtick (190) and escape (180), before reference (170) and link (160).
        md.inlinePatterns.register(UnitReference(md, context), "hb-reference", 175)
        md.inlinePatterns.register(OwnTextReference(md, context), "hb-own-text", 174)
        # After attr_list (8), before toc (5).
        md.treeprocessors.register(UnitHeadings(md, context), "hb-units", 7)
        for toc in (found for found in md.treeprocessors if isinstance(found, TocTreeprocessor)):
            toc.permalink_title = context.word("unit_end.address")
            toc.slugify = anchor
        md.treeprocessors.register(Leftovers(md, context), "hb-leftovers", 4)
        md.treeprocessors.register(AuthorsLinks(md, context), "hb-links", 3.6)
        for name in ("hb-explain", "hb-unit-ends"):
            md.treeprocessors.deregister(name, strict=False)
        if context.glossary is not None:
            md.treeprocessors.register(ExplainTerms(md, context, context.glossary), "hb-explain", 3.5)
        if context.source is None:  # for readers; a check looks at what authors wrote
            md.treeprocessors.register(UnitEnds(md, context), "hb-unit-ends", 3)
