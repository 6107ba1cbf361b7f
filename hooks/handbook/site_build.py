"""Writes what lies beside the pages: permanent addresses, data, and the small files at the root."""

from __future__ import annotations

import html
import sys
from datetime import timedelta
from pathlib import Path

from handbook.documents.publish import write_documents
from handbook.dossier_form import write_catalogues
from handbook.health import health_json
from handbook.paths import Paths
from handbook.permanent import not_found, permanent_pages
from handbook.progress import NOTE
from handbook.publish.files import published_files
from handbook.search.bundle import Bundle, remove_sources
from handbook.site_pages import Site


def finish(site: Site, out: Path) -> None:
    """Write everything that is no page into `out`.

    Args:
        site: the handbook that was built.
        out: the site's folder.
    """
    index = site.index
    address = index.data.settings.address
    for path, text in permanent_pages(site):
        _write(out / path, text)
    _write(out / "data" / "health.json", health_json(index))
    for path, content in published_files(index).items():
        _write_bytes(out / path, content)
    write_documents(index, site.codes, out)
    write_catalogues(index, site.codes, out)
    _write(out / "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n")
    _write(out / "sitemap.xml", sitemap(site))
    (out / "sitemap.xml.gz").unlink(missing_ok=True)
    (out / "404.html").unlink(missing_ok=True)
    _write(out / "404.html", not_found(index))
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
