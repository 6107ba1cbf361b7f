"""Explained terms, copying, matrices and sources in a real browser: mouse, keyboard, touch, and without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import misdeeds, served, violations, with_generator
from handbook import build as building
from handbook.load import load
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]

TERM = "a.hb-auto[data-unit='T-bias']"
BOX = "#hb-popover"
PAGES = {
    "overview.md": ("P-overview", "/// whole\n///\n\n/// gaps\n///"),
    "about/health.md": ("P-health", "/// health\n///"),
}


def small_with_blocks(folder: Path) -> None:
    """Give the small handbook a matrix, an overview, a health page, and a unit that uses a term unmarked."""
    for code in load(folder).codes:
        docs = folder / "docs" / code
        word = load(folder).units["T-bias"].names[code]
        chapter = docs / "barriers" / "law.md"
        text = chapter.read_text(encoding="utf-8")
        text += f"\nOm {word} her.\n\n## Tabell\n\n/// matrix\n    dimension: law\n\n///\n"
        chapter.write_text(text, encoding="utf-8")
        for path, (unit, body) in PAGES.items():
            page = f"---\nauthority: draft\n---\n\n# {code} {unit} {{ #{unit.lower()} rev=1nb }}\n\n{body}\n"
            (docs / path).write_text(page, encoding="utf-8")
    with (folder / "docs/data/units/pages.yml").open("a", encoding="utf-8") as file:
        file.writelines(f"- {{id: {unit}, path: {path}}}\n" for path, (unit, _) in PAGES.items())
    config = folder / "mkdocs.yml"
    entries = "".join(f"      - {path}\n" for path in PAGES)
    text = config.read_text(encoding="utf-8").replace("      - laws.md\n", entries + "      - laws.md\n")
    config.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Iterator[str]:
    folder = with_generator(root, make_small(tmp_path_factory.mktemp("relations") / "small"))
    small_with_blocks(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDBOOK_NODE_MODULES", str(building.Paths(root).node_modules))
        site = building.build(folder, pdf=False)
    with served(site) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    wrong = misdeeds(page, address)
    page.goto(f"{address}/nb/barriers/law/")
    yield page
    context.close()
    assert wrong == []


def test_a_term_is_explained_to_the_mouse(page: Page) -> None:
    term, box = page.locator(TERM), page.locator(BOX)
    expect(box).to_be_hidden()
    term.hover()
    expect(box).to_be_visible()
    expect(box).to_contain_text("Skjevhet nb")
    expect(term).to_have_attribute("aria-describedby", "hb-popover")
    box.hover()
    page.wait_for_timeout(600)
    expect(box).to_be_visible()
    page.mouse.move(5, 5)
    expect(box).to_be_hidden()
    assert term.get_attribute("aria-describedby") is None
    term.hover()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def test_a_term_is_explained_to_the_keyboard(page: Page) -> None:
    term, box = page.locator(TERM), page.locator(BOX)
    term.focus()
    expect(box).to_be_visible()
    expect(box).not_to_contain_text(
        page.evaluate("JSON.parse(document.getElementById('hb-words').textContent)['explain.again']"),
        use_inner_text=True,
    )
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.unit") == "T-bias", "the focus stays"
    page.keyboard.press("Enter")
    page.wait_for_url("**/nb/glossary/#t-bias")


def test_a_term_is_explained_to_the_finger(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/fi/barriers/law/")
    term, box = page.locator(TERM), page.locator(BOX)
    term.tap()
    expect(box).to_be_visible()
    page.wait_for_timeout(600)
    expect(box).to_be_visible()
    place = box.bounding_box()
    assert place and place["x"] >= 0 and place["x"] + place["width"] <= 360
    page.locator("h1").tap()
    expect(box).to_be_hidden()
    term.tap()
    expect(box).to_be_visible()
    assert page.url.endswith("/fi/barriers/law/")
    term.tap()
    page.wait_for_url("**/fi/glossary/#t-bias")
    context.close()


def test_the_menu_by_keyboard(browser: Browser, address: str) -> None:
    """On a narrow screen, or an enlarged page: nothing has the focus that is not to be seen."""
    context = browser.new_context(viewport={"width": 640, "height": 480}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/nb/barriers/law/")
    seen = "document.activeElement.checkVisibility({visibilityProperty: true}) && "
    seen += "document.activeElement.getBoundingClientRect().x >= 0"
    menu = page.get_by_role("button", name="Meny")
    for _ in range(20):
        page.keyboard.press("Tab")
        page.wait_for_timeout(50)
        assert page.evaluate(seen), page.evaluate("document.activeElement.outerHTML")
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    back = page.locator("label.md-nav__title[role=button]:focus")
    expect(back).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".md-sidebar--primary .md-logo")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".md-nav__link:focus")).to_have_text("Start")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    context.close()


def test_another_language_keeps_the_place_and_what_was_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}/nb/barriers/law/?country=DK#b-02")
    page.locator(".md-select button").hover()
    page.locator("a.hb-switch[hreflang=fi]").click()
    page.wait_for_url(f"{address}/fi/barriers/law/?country=DK#b-02")


def test_the_address_and_the_citation_are_copied(page: Page, address: str) -> None:
    tools = page.locator(".hb-unit-end", has_text="(B-01, rev.").first
    tools.locator(".hb-quote > summary").click()
    tools.get_by_role("button", name="Kopier adressen").click()
    expect(page.get_by_role("status").filter(has_text="Kopiert")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}/nb/id/B-01/"
    tools.get_by_role("button", name="Kopier henvisningen").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('«Reglene nb» (B-01'))")
    expect(tools.get_by_role("button", name="Kopier henvisningen")).to_have_count(1, timeout=6000)


def test_copying_where_the_clipboard_is_closed(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{address}/nb/barriers/law/")
    tools = page.locator(".hb-unit-end", has_text="(B-01, rev.").first
    tools.locator(".hb-quote > summary").click()
    button = tools.get_by_role("button").last
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Kopiert")).to_have_count(1)
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), {id: 'paste'}))")
    page.locator("#paste").focus()
    page.keyboard.press("Control+v")
    assert page.locator("#paste").input_value() == f"{address}/nb/id/B-01/"
    context.close()


def test_all_of_it_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/is/barriers/law/")
    tools = page.locator(".hb-unit-end", has_text="(B-01, rev.").first
    assert tools.get_by_role("button").count() == 0
    tools.locator(".hb-quote > summary").click()
    expect(tools.locator(".hb-citation")).to_be_visible()
    tools.locator("a.hb-permanent").click()
    page.wait_for_url("**/is/barriers/law/#b-01")
    page.locator(TERM).click()
    page.wait_for_url("**/is/glossary/#t-bias")
    context.close()


def test_a_matrix_on_a_phone_is_a_stack_of_cards(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for path in ("barriers/law/", "overview/", "about/health/", "about/sources/"):
        page.goto(f"{address}/sv/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        for element in ("document.documentElement", "(document.querySelector('.hb-scroll') || document.body)"):
            assert page.evaluate(f"{element}.scrollWidth - {element}.clientWidth") <= 0, (path, element)
    page.goto(f"{address}/sv/barriers/law/")
    row = page.locator(".hb-matrix-table tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).display") == "block"
    expect(row.locator(".hb-entry").first).to_contain_text("M-01 Regler sv", use_inner_text=True)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_with_everything_open(browser: Browser, address: str, root: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    found = []
    for path in ("barriers/law/", "overview/", "about/health/", "about/sources/", "guidelines/privacy/"):
        page.goto(f"{address}/da/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        if page.locator(TERM).count():
            page.locator(TERM).focus()
        found += violations(page, root)
    context.close()
    assert found == []
