"""The handbook as its readers meet it: the whole text, in a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from browsing import misdeeds, served, violations
from handbook import build as building
from handbook.load import load
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@dataclass
class Served:
    """A site, its address, and the address at which it stands at a root: 404 pages know only that one."""

    folder: Path
    address: str
    root_address: str


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real site, served under a sub-path, as it must work there too."""
    top = tmp_path_factory.mktemp("real")
    building.generate_site(root, top / "sub" / "path")
    with served(top) as below, served(top / "sub" / "path") as at_root:
        yield Served(top / "sub" / "path", f"{below}/sub/path", at_root)


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    """A page that notes what it should not see: other hosts, failed requests, errors on the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fi-FI")
    page = context.new_page()
    wrong = misdeeds(page, site.address)
    yield page
    context.close()
    assert wrong == []


def test_chooser_proposes_and_remembers(page: Page, site: Served) -> None:
    page.goto(f"{site.address}/")
    first = page.locator("main a").first
    assert first.get_attribute("hreflang") == "fi", "the browser's language comes first"
    page.locator("main a[hreflang=sv]").click()
    page.wait_for_url(f"{site.address}/sv/")
    page.goto(f"{site.address}/")
    assert page.locator("main a").first.get_attribute("hreflang") == "sv"


def test_switcher_keeps_the_page(page: Page, site: Served) -> None:
    page.goto(f"{site.address}/nb/guidelines/privacy/")
    for code in load_codes(site):
        page.locator(".md-select button").hover()
        page.locator(f"a.hb-switch[hreflang={code}]").click()
        page.wait_for_url(f"{site.address}/{code}/guidelines/privacy/")
        assert page.locator("html").get_attribute("lang") == code
        assert page.locator("h1").get_attribute("data-unit") == "G-03"


def load_codes(site: Served) -> list[str]:
    return sorted(p.parent.name for p in site.folder.glob("*/index.html") if len(p.parent.name) == 2)


def test_table_filters(page: Page, site: Served) -> None:
    page.goto(f"{site.address}/da/initiatives/")
    rows = page.locator("#hb-catalogue tbody tr:visible")
    everything = rows.count()
    assert everything >= 60
    page.get_by_role("button", name="Land", exact=True).first.click()
    page.get_by_label("Danmark").check()
    danish = rows.count()
    assert 0 < danish < everything
    assert page.get_by_role("status").filter(has_text=str(danish)).count() == 1
    assert page.url.endswith("?country=DK"), "a view can be shared"
    page.reload()
    assert rows.count() == danish
    page.get_by_label("Søg i tabellen").fill("gladsaxe")
    assert rows.count() == 1
    page.get_by_role("button", name="Vis alle").click()
    page.wait_for_function("document.querySelectorAll('#hb-catalogue tbody tr').length >= 60")


def test_table_without_script(browser: Browser, site: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/is/initiatives/")
    assert page.locator(".hb-table tbody tr").count() >= 60
    context.close()


def test_a_permanent_address_leads_to_its_unit(page: Page, site: Served) -> None:
    page.goto(f"{site.address}/id/B-32/")
    page.locator("main a[hreflang=is]").click()
    page.wait_for_url(f"{site.address}/is/barriers/law/#b-32")


def test_no_sideways_scrolling_on_a_phone(browser: Browser, site: Served) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in ("fi/", "is/guidelines/privacy/", "nb/barriers/law/", "sv/initiatives/", "da/glossary/"):
        page.goto(f"{site.address}/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
    context.close()


def test_accessibility_of_every_page(browser: Browser, site: Served, root: Path) -> None:
    """axe-core on every page, light and dark, the languages in turn; all of them with HANDBOOK_AXE=all."""
    found = []
    for scheme, addresses in pages_to_look_at(site, load(root).codes).items():
        context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
        tab = context.new_page()
        for address in addresses:
            base = site.root_address if address.endswith("404.html") else site.address
            tab.goto(f"{base}/{address}")
            found += [f"{scheme}: {what}" for what in violations(tab, root)]
        context.close()
    assert found == []


def pages_to_look_at(site: Served, codes: tuple[str, ...]) -> dict[Literal["light", "dark"], list[str]]:
    """Each path once in light and once in dark, in another language; the small pages in both."""
    small = ["", "id/B-32/", "404.html", *(f"{code}/404.html" for code in codes)]
    chosen: dict[Literal["light", "dark"], list[str]] = {"light": list(small), "dark": list(small)}
    paths = sorted(
        file.parent.relative_to(site.folder / codes[0]).as_posix()
        for file in (site.folder / codes[0]).rglob("index.html")
        if f"/{codes[0]}/id/" not in file.as_posix()
    )
    for place, path in enumerate(paths):
        languages = {"light": [codes[place % len(codes)]], "dark": [codes[(place + 2) % len(codes)]]}
        for scheme in chosen:
            wanted = codes if os.environ.get("HANDBOOK_AXE") == "all" else languages[scheme]
            chosen[scheme] += [f"{code}/{path}/".replace("/./", "/") for code in wanted]
    return chosen
