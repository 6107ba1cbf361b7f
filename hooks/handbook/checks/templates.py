"""The theme's templates: words and files they name, and where their links and images lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import translate
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handbook import ids
from handbook.addresses import address_problem, scheme_of
from handbook.checks.style_sheets import fetched
from handbook.index import Index
from handbook.navigation import CONFIG, line_of, read_config
from handbook.problems import Problem
from handbook.text.context import page_url
from handbook.yaml_reader import read_text

if TYPE_CHECKING:
    from handbook.checks.template_reader import Tag, Template

ANY = "\0"
MADE = ("data/", "search/", "assets/fonts/", "assets/stylesheets/fonts.css", "sitemap.xml", "robots.txt")
"""What the build adds to the site beside pages and the theme's files."""

_FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"}
_LEADING = {"a": "href", "area": "href", "form": "action", "link": "href"}
_RESOURCES = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"})
_DATA_TYPES = frozenset({"application/json", "application/ld+json"})
_SCRIPT_WORD = re.compile(r"""\bwords\[["']([a-z_.-]+)["']\]""")


def template_problems(index: Index) -> Iterator[Problem]:
    """Yield what is wrong with the templates, scripts and style sheets in the theme's folder of the project."""
    theme = _Theme(index)
    yield from _extra_files(theme)
    yield from _templates_of_pages(theme)
    if theme.folder is None:
        return
    for file in sorted(theme.folder.rglob("*")):
        shown = file.relative_to(index.data.root).as_posix()
        if file.suffix == ".html":
            yield from _template(theme, file, shown)
        elif file.suffix == ".js":
            text, problems = read_text(file, shown)
            yield from problems
            for number, line in enumerate(text.split("\n"), 1):
                for match in _SCRIPT_WORD.finditer(line):
                    yield from theme.word(match[1], shown, number)
        elif file.suffix == ".css":
            text, problems = read_text(file, shown)
            yield from problems
            for href, target, row in fetched(text, file.parent.relative_to(theme.folder).as_posix()):
                code = theme.wrong(target, fetched=True)
                if code:
                    yield Problem(code, shown, row, values={"href": href, "text": ""})


def _templates_of_pages(theme: _Theme) -> Iterator[Problem]:
    """Templates that the front matter of pages names."""
    for pages in theme.index.pages.values():
        for source in pages.values():
            name = source.front.get("template")
            if isinstance(name, str) and not theme.has_template(name):
                yield Problem("template-missing", source.file, source.front_lines["template"], values={"name": name})


def _extra_files(theme: _Theme) -> Iterator[Problem]:
    """Files that ``mkdocs.yml`` adds to every page."""
    root = theme.index.data.root
    named = [theme.settings.get(key) for key in ("favicon", "logo")]
    for key in ("extra_css", "extra_javascript"):
        entries = theme.config.get(key)
        named += entries if isinstance(entries, list) else []
    for entry in named:
        href = str(entry.get("path") if isinstance(entry, dict) else entry or "")
        if href:
            code = None if (root / "docs" / href).is_file() else theme.wrong(href, fetched=True)
            if code:
                yield Problem(code, CONFIG, line_of(root, href), values={"href": href})


def _template(theme: _Theme, file: Path, shown: str) -> Iterator[Problem]:
    import jinja2  # noqa: PLC0415  takes a while

    from handbook.checks.template_reader import read_template  # noqa: PLC0415  takes a while

    text, problems = read_text(file, shown)
    yield from problems
    try:
        template: Template = read_template(text, theme.known)
    except (jinja2.TemplateSyntaxError, RecursionError) as error:
        line = getattr(error, "lineno", None) or 1
        yield Problem("template-syntax", shown, line, values={"reason": str(getattr(error, "message", None) or error)})
        return
    for key, line in template.words:
        yield from theme.word(key, shown, line)
    for name, line in template.templates:
        if not theme.has_template(name):
            yield Problem("template-missing", shown, line, values={"name": name.replace(ANY, "…")})
    for tag in template.tags:
        for code, values in _tag(theme, tag):
            yield Problem(code, shown, tag.line, values=values)
    scripts = {tag.line for tag in template.tags if _DATA_TYPES.intersection(tag.attributes.get("type", ()))}
    for found, line in template.left_over:
        yield Problem("left-over", shown, line, values={"found": found})
    for href, line in template.empty_links:
        yield Problem("link-no-text", shown, line, values={"href": href.replace(ANY, "…")})
    for name, line in template.inline:
        if line not in scripts:
            yield Problem("template-inline", shown, line, values={"found": f"<{name}>"})


def _tag(theme: _Theme, tag: Tag) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (code, values) of what is wrong with a tag."""
    for name in tag.attributes:
        if name.startswith("on") or name == "style":
            yield "template-inline", {"found": name}
    if tag.name == "img" and "alt" not in tag.attributes:
        yield "image-no-alt", {"src": " ".join(tag.attributes.get("src", []))}
    fetched = _FETCHED.get(tag.name)
    relations = {part for value in tag.attributes.get("rel", ()) for part in value.split()}
    if tag.name == "link" and relations & _RESOURCES:
        fetched = "href"
    attribute = fetched or _LEADING.get(tag.name)
    for href in tag.attributes.get(attribute, ()) if attribute else ():
        code = theme.wrong(href, fetched=fetched is not None)
        if code:
            yield code, {"href": href.replace(ANY, "…"), "text": ""}
            return


class _Theme:
    """What the templates may name: words, files, addresses of the site."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.config = read_config(index.data.root)
        theme = self.config.get("theme")
        self.settings: dict[str, Any] = theme if isinstance(theme, dict) else {"name": theme}
        custom = index.data.root / str(self.settings.get("custom_dir") or "overrides")
        self.folder = custom if custom.is_dir() else None
        self.keys = {key for strings in index.data.strings.values() for key in strings}

    @cached_property
    def base(self) -> Path | None:
        """The folder of the theme that ours builds on; it is not imported."""
        spec = find_spec(str(self.settings.get("name")))
        places = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
        found = [place / "templates" for place in places if (place / "templates").is_dir()] or places
        return found[0] if found else None

    def known(self, name: str) -> Sequence[str] | None:
        """Return the values that a name of the templates may have."""
        codes = self.index.data.codes
        address = self.index.data.settings.address
        if name.endswith((".code", ".lang", "theme.language")):
            return codes
        values = {
            "config.site_url": [address],
            "config.extra.homepage": [f"{code}/" for code in codes],
        }
        return values.get(name)

    def word(self, key: str, file: str, line: int) -> Iterator[Problem]:
        """Yield a problem when no language has a word that a template takes."""
        if ANY in key:
            pattern = _pattern(key)
            if any(pattern.match(known) for known in self.keys):
                return
        elif key in self.keys or not self.keys:
            return
        suggestion = ids.closest(key, sorted(self.keys))
        values = {"key": key.replace(ANY, "…"), "why": "in docs/data/strings/, in every language"}
        yield Problem("string-missing", file, line, values=values | ({"suggestion": suggestion} if suggestion else {}))

    def has_template(self, name: str) -> bool:
        """Tell whether a template is in our folder or in that of the theme."""
        if ANY in name or self.base is None:
            return True
        return any(folder is not None and (folder / name).is_file() for folder in (self.folder, self.base))

    def wrong(self, href: str, *, fetched: bool) -> str | None:
        """Return the code of what is wrong with an address, or None."""
        address = self.index.data.settings.address
        if href.startswith(ANY) and href.strip(ANY + "/") == "":
            return None
        if href.startswith(address):
            path = href.removeprefix(address)
        elif scheme_of(href) or not href.strip() or href.strip() == "#":
            return address_problem("image" if fetched else "link", href) if ANY not in href else None
        else:
            path = href
        path = re.split(r"[?#]", path)[0].removeprefix("./").lstrip("/")
        if path in {"", "."} or path.startswith(MADE) or self._leads_somewhere(path):
            return None
        return "image-missing" if fetched else "link-page"

    def _leads_somewhere(self, path: str) -> bool:
        if ANY in path:
            pattern = _pattern(path)
            return any(pattern.match(known) for known in self._addresses) or path.startswith(ANY)
        if path in self._addresses:
            return True
        return any(folder is not None and (folder / path).is_file() for folder in (self.folder, self.base))

    @cached_property
    def _addresses(self) -> frozenset[str]:
        """Every address below the site's root that the build makes from the handbook."""
        index = self.index
        found = {"404.html", ".well-known/security.txt"}
        for code in index.data.codes:
            found.update(page_url(code, path) for path in index.expected_paths())
            found.update((f"{code}/404.html", f"pdf/handbook-{code}.pdf"))
            found.update(f"{code}/id/{unit}/" for unit in index.data.units)
        return frozenset(found | {f"id/{unit}/" for unit in index.data.units})


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(translate(re.sub(r"([*?\[])", r"[\1]", text).replace(ANY, "*")))
