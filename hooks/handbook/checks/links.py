"""Where the links and images of the pages lead."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from handbook import ids
from handbook.addresses import LinkUse, scheme_of, split
from handbook.checks.images import IMAGES
from handbook.compose import leading_language
from handbook.index import Index
from handbook.problems import Problem
from handbook.text.structure import PageShape

Shapes = Mapping[str, Mapping[str, PageShape]]
"""Language → path → shape."""


def link_problems(index: Index, shapes: Shapes) -> Iterator[Problem]:
    """Yield links and images that authors wrote and that lead nowhere, or into another language."""
    for lang, pages in shapes.items():
        for path, shape in pages.items():
            for use in shape.links:
                wrong = _Judge(index, shapes, lang, path).problem(use)
                if wrong:
                    code, suggestion = wrong
                    values = {"href": use.href, "allowed": ", ".join(sorted(IMAGES))}
                    if suggestion:
                        values["suggestion"] = suggestion
                    yield Problem(code, index.pages[lang][path].file, use.line, use.column, values)


Wrong = tuple[str, str | None]
"""The code of a problem and what was likely meant."""


class _Judge:
    """Judges the links of one page."""

    def __init__(self, index: Index, shapes: Shapes, lang: str, path: str) -> None:
        self.index = index
        self.shapes = shapes
        self.lang = lang
        self.path = path

    def problem(self, use: LinkUse) -> Wrong | None:
        """Tell what is wrong with a link or image, or None."""
        own = self._own_path(use.href)
        if own is not None:
            code = own.strip("/").split("/")[0]
            crosses = code in self.index.data.codes and code != self.lang
            return ("link-language" if crosses else "link-own"), None
        parts = split(use.href)
        if parts is None or scheme_of(use.href):
            return None
        here = posixpath.dirname(self.path)
        path = unquote(parts.path)
        target = posixpath.normpath(posixpath.join(here, path)) if path else self.path
        if target.startswith("../"):
            return self._outside(use, target)
        if use.kind == "image":
            return self._image(f"{self.lang}/{target}")
        return self._page(target, path, unquote(parts.fragment))

    def _own_path(self, href: str) -> str | None:
        """Return what follows the site's own address in a link that spells it out, or None."""
        if href.strip().startswith("/"):
            return href.strip()
        own, parts = split(self.index.data.settings.address), split(href)
        if own is None or parts is None or (own.scheme, own.hostname) != (parts.scheme, parts.hostname):
            return None
        folder = own.path.rstrip("/") + "/"
        return "/" + parts.path.removeprefix(folder) if f"{parts.path}/".startswith(folder) else None

    def _outside(self, use: LinkUse, target: str) -> Wrong | None:
        """Judge a link that leaves the language's folder."""
        name = target.removeprefix("../")
        if name.split("/")[0] in self.index.data.codes:
            return "link-language", None
        published = not name.startswith(("../", "data/")) and self._is_file(name)
        if use.kind == "image":
            return self._image(name) if published else ("image-missing", None)
        return None if published else ("link-page", None)

    def _image(self, name: str) -> Wrong | None:
        """Judge an image by the file's name below ``docs/``."""
        if not self._is_file(name):
            return "image-missing", None
        return None if posixpath.splitext(name)[1] in IMAGES else ("image-kind", None)

    def _page(self, target: str, written: str, fragment: str) -> Wrong | None:
        lang = self.lang if target in self.shapes.get(self.lang, {}) else leading_language(self.index, target)
        if lang is None:
            if not target.endswith(".md") and self._is_file(f"{self.lang}/{target}"):
                return None
            return "link-page", self._similar_page(target, written)
        anchors = self.shapes[lang][target].anchors
        if not fragment or fragment in anchors or not self.index.pages[lang][target].readable:
            return None
        suggestion = ids.closest(fragment, sorted(anchors))
        return "link-anchor", f"{written}#{suggestion}" if suggestion else None

    def _similar_page(self, target: str, written: str) -> str | None:
        """Return the way to the page most like `target`."""
        pages = self.index.expected_paths()
        stem = posixpath.splitext(target)[0]
        certain = [page for page in (f"{stem}.md", f"{stem}/index.md") if page in pages]
        found = certain[0] if certain else ids.closest(target, pages)
        return posixpath.relpath(found, posixpath.dirname(self.path) or ".") if found and written else None

    def _is_file(self, name: str) -> bool:
        try:
            return (self.index.data.root / "docs" / name).is_file()
        except OSError:  # for one, a name longer than any file's
            return False
