"""The small pages outside the navigation: permanent addresses of units, and what is shown where nothing stands."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from handbook.data_checks import heir
from handbook.filling import fill
from handbook.index import Index
from handbook.site_pages import Site
from handbook.text.context import page_url, site_link
from handbook.text.plain import plain

SMALL = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{base}assets/images/favicon.svg">
{head}
<meta name="robots" content="noindex">
</head>
{body}
</html>
"""

REDIRECT = """<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={href}">"""

UP = "../../../"
"""From a unit's permanent address in a language to the site's root."""

STYLED = '<link rel="stylesheet" href="{base}assets/stylesheets/chooser.css">'

CHOICE = """<body class="hb-chooser">
<main><h1>{title}</h1><ul>
{items}
</ul></main>
<script src="{base}assets/javascripts/chooser.js"></script>
</body>"""


def permanent_pages(site: Site) -> Iterator[tuple[str, str]]:
    """Yield path below the site and text of the permanent addresses of all units, withdrawn ones included.

    ``/<lang>/id/B-32/`` leads on to the unit; ``/id/B-32/`` lets the reader choose a language. A withdrawn unit's
    address says since when, why, and what replaces it: it has been cited.
    """
    for unit in site.index.data.units:
        yield from _unit(site, unit)
    for unit in site.index.data.withdrawn:
        yield from _tombstone(site, unit)


def _unit(site: Site, unit: str) -> Iterator[tuple[str, str]]:
    index, address = site.index, site.index.data.settings.address
    titles = {}
    for lang in _languages(site):
        target = index.target(unit, lang)
        if target is None:
            continue
        page = page_url(lang, target.path)
        href = html.escape(_link(index, unit, lang, f"{lang}/id/{unit}/"))
        titles[lang] = _title(index, unit, lang)
        title = html.escape(f"{unit} {titles[lang]}")
        moved = html.escape(index.data.strings[lang].get("unit.moved", ""))
        head = REDIRECT.format(canonical=html.escape(address + page), href=href)
        body = f'<body>\n<main><h1>{title}</h1><p>{moved} <a href="{href}">{title}</a></p></main>\n</body>'
        yield (
            f"{lang}/id/{unit}/index.html",
            SMALL.format(lang=lang, title=title, base="../../../", head=head, body=body),
        )
    yield from _choice(index, unit, titles)


def _tombstone(site: Site, unit: str) -> Iterator[tuple[str, str]]:
    index = site.index
    stone, successor = index.data.withdrawn[unit], heir(index.data, unit)
    said = {}
    for lang in _languages(site):
        here, words = f"{lang}/id/{unit}/", index.data.strings[lang]
        said[lang] = fill(words["webdossier.withdrawn"], id=unit, since=stone.since, reason=stone.reason)
        lines = [f"<p>{html.escape(said[lang])}</p>"]
        if successor and index.target(successor, lang):
            href = html.escape(_link(index, successor, lang, here))
            title = html.escape(f"{successor} {_title(index, successor, lang)}")
            instead = html.escape(words.get("unit.instead", ""))
            lines.append(f'<p>{instead} <a href="{href}">{title}</a></p>')
        head = STYLED.format(base=UP)
        body = f'<body class="hb-chooser">\n<main><h1>{unit}</h1>{"".join(lines)}</main>\n</body>'
        yield _place(lang, unit), SMALL.format(lang=lang, title=unit, base=UP, head=head, body=body)
    yield from _choice(index, unit, said)


def _choice(index: Index, unit: str, shown: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The language-neutral page: language → what is shown of the unit there."""
    names = {language.code: language.name for language in index.data.languages}
    items = [
        _item(lang, site_link(f"id/{unit}/", f"{lang}/id/{unit}/"), names[lang], text) for lang, text in shown.items()
    ]
    if items:
        yield f"id/{unit}/index.html", _chooser(unit, "../../", items)


def not_found(index: Index) -> str:
    """Return the 404 page outside any edition: in all languages, links from the root, as it is shown at any address."""
    base = urlsplit(index.data.settings.address).path or "/"
    items = []
    for language in index.data.languages:
        words = index.data.strings[language.code]
        start = words.get("notfound.start", language.name)
        items.append(_item(language.code, f"{base}{language.code}/", words.get("notfound.title", ""), start))
    return _chooser("404", html.escape(base), items)


def _chooser(title: str, base: str, items: list[str]) -> str:
    body = CHOICE.format(title=title, base=base, items="\n".join(items))
    return SMALL.format(lang="mul", title=title, base=base, head=STYLED.format(base=base), body=body)


def _item(lang: str, href: str, name: str, text: str) -> str:
    return (
        f'<li lang="{lang}"><a href="{html.escape(href)}" hreflang="{lang}" data-lang="{lang}">'
        f"<strong>{html.escape(name)}</strong> {html.escape(text)}</a></li>"
    )


def _place(lang: str, unit: str) -> str:
    return f"{lang}/id/{unit}/index.html"


def _languages(site: Site) -> list[str]:
    return [code for code in site.index.data.codes if code in site.codes]


def _link(index: Index, unit: str, lang: str, here: str) -> str:
    """Return the way from a page to a unit that has a place."""
    target = index.target(unit, lang)
    assert target is not None, unit
    return site_link(here, page_url(lang, target.path)) + (f"#{target.anchor}" if target.anchor else "")


def _title(index: Index, unit: str, lang: str) -> str:
    return plain(index.title(unit, lang).text)
