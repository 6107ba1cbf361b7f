"""The adapter between MkDocs and the handbook: the only file that imports MkDocs, without logic of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from handbook.escaping import escapes_in, for_templates
from handbook.site_build import finish
from handbook.site_pages import Site
from handbook.text.context import PageContext
from handbook.text.extension import HandbookExtension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

CHOOSER = "en"
"""The "locale" under which the language chooser is built."""


class Adapter:
    """What is known during one run of MkDocs."""

    def __init__(self, root: Path) -> None:
        self.site = Site(root)
        self.context: PageContext | None = None
        self.extension = HandbookExtension(self.current)

    def current(self) -> PageContext:
        """Return the context of the page that MkDocs renders just now."""
        return self.context or self.site.context(self.site.index.data.codes[0], "index.md")


_state: dict[str, Adapter] = {}


def _adapter(config: MkDocsConfig) -> Adapter:
    return _state[config.config_file_path]


def _language(config: MkDocsConfig) -> str:
    return str(config.plugins["i18n"].current_language or CHOOSER)  # type: ignore[attr-defined]


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the handbook once a build, and set what depends on the language."""
    plugin: Any = config.plugins["i18n"]
    if not plugin.building:
        _state[config.config_file_path] = Adapter(Path(config.config_file_path).parent)
        for language in plugin.config.languages:
            language.build = language.locale == CHOOSER or language.locale in _adapter(config).site.codes
        others = [e for e in config.markdown_extensions if not isinstance(e, HandbookExtension)]
        config.markdown_extensions[:] = [*others, _adapter(config).extension]
    adapter = _adapter(config)
    lang = _language(config)
    words = adapter.site.words(lang)
    settings = adapter.site.index.data.settings
    config.site_url = settings.address
    config.site_name = for_templates(words.get("handbook.title", config.site_name))
    config.site_description = for_templates(words.get("handbook.description", ""))
    config.theme["language"] = lang
    config.extra["alternate"] = []
    config.extra["homepage"] = f"{lang}/" if lang != CHOOSER else "./"
    config.extra["hb"] = adapter.site.template_data(lang)
    return config


@event_priority(-200)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Keep this language's pages, and add those that only other languages have."""
    site, lang = _adapter(config).site, _language(config)
    plugin: Any = config.plugins["i18n"]
    for file in list(files.documentation_pages()):
        if getattr(file, "locale", lang) != lang:
            files.remove(file)
    if lang != CHOOSER:
        for path in site.missing_pages(lang):
            files.append(_generated(config, lang, path))
    plugin.i18n_files_per_language[lang] = files.documentation_pages()
    return files


def _generated(config: MkDocsConfig, lang: str, path: str) -> File:
    file: Any = File.generated(config, f"{lang}/{path}", content="\n")
    file.locale = file.localization = file.locale_alternate_of = lang
    file.norm_src_uri = path
    file.alternates = {lang: file}
    return file  # type: ignore[no-any-return]


@event_priority(-200)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Name the sections in the reader's language."""
    del files
    words = _adapter(config).site.words(_language(config))
    for item in nav.items:
        if isinstance(item, Section):
            item.title = for_templates(words.get(item.title, item.title))
    return nav


@event_priority(-200)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Let our own templates escape what they are given."""
    del files
    env.autoescape = escapes_in(Path(config.theme.custom_dir))
    return env


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the page together from the languages that have it."""
    del files
    adapter = _adapter(config)
    found = adapter.site.split(page.file.src_uri)
    if found is None:
        adapter.context = None
        return markdown
    adapter.context = adapter.site.context(*found)
    page.meta = {**adapter.site.front(*found), **page.meta}
    composed = adapter.site.page(*found)
    return composed.markdown if composed else markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let search know what the page says."""
    del files
    site = _adapter(config).site
    found = site.split(page.file.src_uri)
    if found is not None and not (page.meta.get("search") or {}).get("exclude"):
        site.rendered(*found, html)
    return html


@event_priority(-200)
def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Give the templates the page's other editions and its labels."""
    del nav
    site = _adapter(config).site
    found = site.split(page.file.src_uri)
    if found is not None:
        context["hb_alternates"] = site.alternates(found[1])
        context["hb_page"] = site.meta(*found)
        context["hb_own"] = site.is_own(*found)
        context["hb_leader"] = site.leader(found[1])
        context["hb_dataset"] = site.dataset(*found)
        context["hb_data_links"] = site.data_links(*found)
    return context


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str | None:
    """Keep each language's own 404 page."""
    lang = _language(config)
    if template_name == "404.html" and lang != CHOOSER:
        target = Path(config.site_dir) / lang / "404.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(output_content, encoding="utf-8")
        return None
    return output_content


def on_post_build(config: MkDocsConfig) -> None:
    """When all languages are built, write what lies beside the pages."""
    plugin: Any = config.plugins["i18n"]
    adapter = _adapter(config)
    if _language(config) == [*plugin.build_languages][-1]:
        finish(adapter.site, Path(config.site_dir))
