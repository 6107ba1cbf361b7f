"""Renders a page's Markdown without MkDocs: for `check` and the PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as etree

import markdown
from markdown.serializers import to_xhtml_string
from markdown.treeprocessors import Treeprocessor

from handbook.navigation import read_config
from handbook.text.context import PageContext
from handbook.text.extension import HandbookExtension
from handbook.text.structure import PageShape, Shape

ALWAYS = ("toc", "tables", "fenced_code")
"""What MkDocs adds to every configuration."""


def markdown_settings(root: Path) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return the Markdown extensions that ``mkdocs.yml`` names, and their settings."""
    config = read_config(root)
    names = list(ALWAYS)
    settings: dict[str, dict[str, Any]] = {}
    for entry in config.get("markdown_extensions", []):
        name, options = next(iter(entry.items())) if isinstance(entry, Mapping) else (entry, None)
        if name not in names:
            names.append(name)
        if options:
            settings[name] = dict(options)
    return names, settings


class _NoOutput(Treeprocessor):
    """Leaves out writing the tree as HTML, a fifth of the time, where only the tree is looked at."""

    def run(self, root: etree.Element) -> None:
        """Set a serializer that writes nothing."""
        del root
        self.md.serializer = lambda _root: "<div></div>"


def _refusal(names: Sequence[str], settings: dict[str, dict[str, Any]]) -> str | None:
    """Return why Python-Markdown refuses these extensions, or None."""
    chosen = {name: options for name, options in settings.items() if name in names}
    try:
        markdown.Markdown(extensions=list(names), extension_configs=chosen)
    except Exception as error:  # an extension may raise anything about its options
        return str(error).split("\n", maxsplit=1)[0] or type(error).__name__
    return None


class Renderer:
    """Renders pages with one set of Markdown settings."""

    def __init__(self, settings: tuple[Sequence[str], Mapping[str, Mapping[str, Any]]]) -> None:
        self.names, self.options = settings
        self._context: PageContext | None = None

    @cached_property
    def _markdown(self) -> markdown.Markdown:
        """One instance for all pages: making it takes as long as a tenth of a page."""
        extension = HandbookExtension(self._current)
        return markdown.Markdown(extensions=[*self.names, extension], extension_configs=self._settings())

    def _settings(self) -> dict[str, dict[str, Any]]:
        return {name: dict(options) for name, options in self.options.items()}

    def unusable(self) -> tuple[str, str] | None:
        """Return which of the settings can't be used and why, or None when all is well."""
        reason = _refusal(self.names, self._settings())
        if reason is None:
            return None
        each = ((name, _refusal([name], self._settings())) for name in self.names)
        return next(((name, found) for name, found in each if found), (self.names[0], reason))

    def renew(self) -> None:
        """Forget what a page that broke off may have left behind."""
        vars(self).pop("_markdown", None)

    def _current(self) -> PageContext:
        assert self._context is not None  # noqa: S101  set before the instance is made
        return self._context

    def markdown(self, context: PageContext) -> markdown.Markdown:
        """Return a Markdown instance for one page, until the next call."""
        self._context = context
        md = self._markdown
        md.serializer = to_xhtml_string
        md.treeprocessors.deregister("hb-shape", strict=False)
        md.treeprocessors.deregister("hb-no-output", strict=False)
        return md.reset()

    def html(self, context: PageContext, text: str) -> str:
        """Return the HTML of `text` as the page that `context` describes."""
        return self.markdown(context).convert(text)

    def shape(self, context: PageContext, text: str) -> PageShape:
        """Return what a page is made of; problems go to the context's `report`."""
        found = PageShape()
        md = self.markdown(context)
        # After toc (5) has given every heading its id, before MkDocs or anything else changes links.
        md.treeprocessors.register(Shape(md, found), "hb-shape", 1)
        md.treeprocessors.register(_NoOutput(md), "hb-no-output", -100)
        md.convert(text)
        found.links = context.links
        return found
