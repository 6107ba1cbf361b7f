"""Writes what lies beside the pages: permanent addresses, data, and the small files at the root."""

from __future__ import annotations

import html
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from handbook.documents.publish import write_documents
from handbook.dossier_form import write_catalogues
from handbook.health import health_json
from handbook.index import Index
from handbook.paths import Paths
from handbook.progress import NOTE
from handbook.publish.files import published_files
from handbook.search.bundle import Bundle, remove_sources
from handbook.site_pages import Site
from handbook.text.context import page_url, site_link

REDIRECT = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<link rel="icon" href="{base}assets/images/favicon.svg">
<meta http-equiv="refresh" content="0; url={href}">
<meta name="robots" content="noindex">
</head>
<body>
<main><h1>{title}</h1><p>{text} <a href="{href}">{title}</a></p></main>
</body>
</html>
"""

CHOICE = """<!doctype html>
<html lang="mul">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{unit}</title>
<link rel="icon" href="{base}assets/images/favicon.svg">
<link rel="stylesheet" href="{base}assets/stylesheets/chooser.css">
<meta name="robots" content="noindex">
</head>
<body class="hb-chooser">
<main><h1>{unit}</h1><ul>
{items}
</ul></main>
<script src="{base}assets/javascripts/chooser.js"></script>
</body>
</html>
"""


def finish(site: Site, out: Path) -> None:
    """Write everything that is no page into `out`.

    Args:
        site: the handbook that was built.
        out: the site's folder.
    """
    index = site.index
    address = index.data.settings.address
    for unit in index.data.units:
        _permanent(site, out, unit, address)
    _write(out / "data" / "health.json", health_json(index))
    for path, content in published_files(index).items():
        _write_bytes(out / path, content)
    write_documents(index, site.codes, out)
    write_catalogues(index, site.codes, out)
    _write(out / "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n")
    _write(out / "sitemap.xml", sitemap(site))
    (out / "sitemap.xml.gz").unlink(missing_ok=True)
    (out / "404.html").unlink(missing_ok=True)
    _write(out / "404.html", _root_404(index))
    _search(site, out)
    contact = index.data.settings.contact or address
    expires = (index.data.settings.date + timedelta(days=365)).isoformat()
    lines = [f"Contact: {contact}", f"Expires: {expires}T00:00:00Z"]
    lines.append("Preferred-Languages: " + ", ".join(index.data.codes))
    _write(out / ".well-known" / "security.txt", "\n".join(lines) + "\n")


def _search(site: Site, out: Path) -> None:
    """Write the search workers and their indexes; say which dictionaries would make them better."""
    paths = Paths(site.root)
    bundle = Bundle(out, paths.node_modules, paths.cache)
    bundle.library()
    for lang, pages in site.searched.items():
        bundle.language(site.index, lang, dict(sorted(pages.items())))
    remove_sources(out)
    for note in bundle.notes:
        print(f"{NOTE}search finds fewer irregular forms: {note}", file=sys.stderr)


def _write(path: Path, text: str | None) -> None:
    if text is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def unit_url(index: Index, unit: str, lang: str) -> str | None:
    """Return a unit's address below the site's root, anchor included, or None when it stands nowhere."""
    target = index.target(unit, lang)
    if target is None:
        return None
    return page_url(lang, target.path) + (f"#{target.anchor}" if target.anchor else "")


def _permanent(site: Site, out: Path, unit: str, address: str) -> None:
    """Write ``/<lang>/id/B-32/`` for every language and the language-neutral ``/id/B-32/``."""
    index = site.index
    items = []
    for language in index.data.languages:
        url = unit_url(index, unit, language.code)
        if url is None or language.code not in site.codes:
            continue
        here = f"{language.code}/id/{unit}/"
        title = f"{unit} {_plain_title(index, unit, language.code)}"
        page, _, anchor = url.partition("#")
        href = site_link(here, page) + (f"#{anchor}" if anchor else "")
        words = index.data.strings[language.code]
        values = {
            "lang": language.code,
            "base": "../../../",
            "title": html.escape(title),
            "canonical": html.escape(address + page),
            "href": html.escape(href),
            "text": html.escape(words.get("unit.moved", "")),
        }
        _write(out / here / "index.html", REDIRECT.format(**values))
        link = html.escape(site_link(f"id/{unit}/", here))
        shown = html.escape(title.removeprefix(unit + " "))
        items.append(
            f'<li lang="{language.code}"><a href="{link}" hreflang="{language.code}" data-lang="{language.code}">'
            f"<strong>{html.escape(language.name)}</strong> {shown}</a></li>"
        )
    if items:
        page = CHOICE.format(unit=unit, base="../../", items="\n".join(items))
        _write(out / "id" / unit / "index.html", page)


def _plain_title(index: Index, unit: str, lang: str) -> str:
    from handbook.text.plain import plain  # noqa: PLC0415

    return plain(index.title(unit, lang).text)


def _root_404(index: Index) -> str:
    """The 404 page outside any edition: in all languages. It is shown at any address, so links begin at the root."""
    base = html.escape(urlsplit(index.data.settings.address).path or "/")
    items = []
    for language in index.data.languages:
        words = index.data.strings[language.code]
        items.append(
            f'<li lang="{language.code}"><a href="{base}{language.code}/" hreflang="{language.code}" '
            f'data-lang="{language.code}"><strong>{html.escape(words.get("notfound.title", ""))}</strong> '
            f"{html.escape(words.get('notfound.start', language.name))}</a></li>"
        )
    return CHOICE.format(unit="404", base=base, items="\n".join(items))


def sitemap(site: Site) -> str:
    """Return the sitemap: each page that a language has of its own, with its other languages."""
    index = site.index
    address = index.data.settings.address
    rows = ['<?xml version="1.0" encoding="UTF-8"?>']
    rows.append(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    )
    for path in index.expected_paths():
        own = [a for a in site.alternates(path) if a.own and a.lang in site.codes]
        for alternate in own:
            rows.append(f"<url><loc>{html.escape(address + alternate.url)}</loc>")
            for other in own:
                href = html.escape(address + other.url)
                rows.append(f'<xhtml:link rel="alternate" hreflang="{other.lang}" href="{href}"/>')
            rows.append(f'<xhtml:link rel="alternate" hreflang="x-default" href="{html.escape(address)}"/></url>')
    rows.append("</urlset>")
    return "\n".join(rows) + "\n"
