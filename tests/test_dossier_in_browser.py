"""The dossier's page, the files to take along and the printed pages, in a real browser, in one language."""

from __future__ import annotations

import io
import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from browsing import misdeeds, served, violations
from handbook import build as building
from handbook import ids
from handbook.data import Data
from handbook.load import load
from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LANG = "nb"
FORM = f"{LANG}/council/dossier/"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
)


@dataclass
class Served:
    folder: Path
    address: str


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real site in one language, under a sub-path."""
    top = tmp_path_factory.mktemp("dossier")
    building.generate_site(root, top / "sub" / "path", LANG)
    with served(top) as address:
        yield Served(top / "sub" / "path", f"{address}/sub/path/")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    opened.grant_permissions(["clipboard-read", "clipboard-write"])
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, site: Served) -> Iterator[Page]:
    """A page that notes other hosts, failed requests and errors."""
    page = context.new_page()
    wrong = misdeeds(page, (site.address, "blob:"))
    yield page
    assert wrong == []


@pytest.fixture(scope="module")
def data(root: Path) -> Data:
    return load(root)


@pytest.fixture(scope="module")
def words(data: Data) -> Callable[[str], str]:
    return lambda key: data.strings[LANG][key]


def chosen(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(".hb-chosen > li", "items => items.map(i => i.dataset.id)")
    return found


def query(page: Page) -> str:
    return page.url.partition("?")[2]


def open_form(page: Page, site: Served, address: str = "") -> None:
    page.goto(site.address + FORM + address)
    page.locator(".hb-form").wait_for()


def show(page: Page, words: Callable[[str], str]) -> None:
    page.get_by_role("button", name=words("webdossier.show")).click()
    page.locator(".hb-document").wait_for()


def test_ticking_ordering_and_the_address(page: Page, site: Served, words: Callable[[str], str]) -> None:
    open_form(page, site)
    page.locator("details[data-kind=B] > summary").click()
    page.locator("input[value=B-33]").check()
    page.locator("input[value=B-32]").check()
    page.locator("details[data-kind=G] > summary").click()
    page.locator("input[value=G-03]").check()
    assert chosen(page) == ["B-33", "B-32", "G-03"], "in the order in which they were ticked"
    assert page.get_by_role("status").filter(has_text="3").count() == 1
    assert query(page) == "only=B-33,B-32,G-03"
    page.locator('.hb-chosen [data-id=G-03] [data-act="up"]').focus()
    page.keyboard.press("Enter")
    assert chosen(page) == ["B-33", "G-03", "B-32"]
    assert page.evaluate("document.activeElement.dataset.act") == "up", "the focus moves along"
    page.keyboard.press("Enter")
    assert chosen(page) == ["G-03", "B-33", "B-32"]
    assert page.evaluate("document.activeElement.closest('li').dataset.id") == "G-03"
    page.get_by_role("button", name=words("webdossier.remove").replace("{id}", "B-33")).click()
    assert not page.locator("input[value=B-33]").is_checked()
    page.get_by_label(words("webdossier.title")).fill("Sak 45/26")
    page.wait_for_url("**only=G-03,B-32&title=Sak%2045/26")
    page.get_by_label(words("webdossier.resolution")).uncheck()
    assert query(page) == "only=G-03,B-32&title=Sak%2045/26&resolution=0"
    page.go_back()
    page.wait_for_url("**title=Sak%2045/26")
    assert page.get_by_label(words("webdossier.resolution")).is_checked()
    page.go_back()
    page.wait_for_url("**only=G-03,B-33,B-32")
    assert chosen(page) == ["G-03", "B-33", "B-32"]
    assert page.locator("input[value=B-33]").is_checked()
    page.go_forward()
    page.wait_for_function("document.querySelectorAll('.hb-chosen > li').length === 2")
    page.reload()
    page.locator(".hb-document h3").first.wait_for()
    assert chosen(page) == ["G-03", "B-32"], "the address alone brings it back, with its document"


def test_whole_chapters_and_reading_lists(page: Page, site: Served, data: Data, words: Callable[[str], str]) -> None:
    open_form(page, site)
    part = page.locator("details[data-kind=M] fieldset").first
    page.locator("details[data-kind=M] > summary").click()
    part.get_by_role("button").click()
    area = data.vocabularies.area[0]
    measures = [u.id for u in data.of_kind("M") if getattr(u, "area", "") == area]
    assert [unit for unit in chosen(page) if unit[0] == "M"] == measures
    assert query(page).endswith(f"{measures[0]}..{measures[-1]}")
    part.get_by_role("button").click()
    assert chosen(page) == []
    page.get_by_label(words("webdossier.list")).select_option(label=words("phase.stop"))
    page.get_by_role("button", name=words("webdossier.add"), exact=True).click()
    assert chosen(page) == list(data.reading["phase"]["stop"])
    page.get_by_role("button", name=words("webdossier.order")).click()
    assert chosen(page) == sorted(data.reading["phase"]["stop"], key=ids.sort_key)


def test_search_as_you_type(page: Page, site: Served, words: Callable[[str], str]) -> None:
    open_form(page, site)
    page.locator("#hb-dossier-filter").press_sequentially("b-32")
    assert page.locator(".hb-picker li:visible").count() == 1
    assert page.locator(".hb-hits").inner_text().endswith("1")
    page.locator(".hb-picker li:visible input").check()
    button = page.locator(".hb-picker fieldset:visible button")
    assert button.inner_text() == words("webdossier.none")
    page.locator("#hb-dossier-filter").fill("b-33")
    assert button.inner_text() == words("webdossier.all"), "it says what it does to what is shown now"
    page.locator("#hb-dossier-filter").fill("qqq")
    assert page.locator(".hb-picker details:visible").count() == 0
    page.locator("#hb-dossier-filter").fill("")
    assert page.locator(".hb-picker details[open]").count() == 0, "folded again as it was"
    assert chosen(page) == ["B-32"]


def test_the_focus_stays_on_what_was_asked_for(page: Page, site: Served, words: Callable[[str], str]) -> None:
    """A title typed just before is in the document, which is put together once."""
    open_form(page, site, "?only=B-32")
    page.get_by_label(words("webdossier.title")).press_sequentially("Sak 7")
    show(page, words)
    page.wait_for_timeout(900)
    assert page.evaluate("document.activeElement.textContent") == "Sak 7"
    assert page.locator(".hb-document .hb-unit-end").count() == 0, "its links lead out of the document"


def test_what_the_address_names_in_vain(page: Page, site: Served, words: Callable[[str], str]) -> None:
    """Unknown ids are named, withdrawn ones explained, with what replaces them; what is known is shown all the same."""

    def with_tombstone(route: Route) -> None:
        content = route.fetch().json()
        content["withdrawn"] = {"B-99": {"since": "2027.05", "reason": "Slått sammen.", "by": "B-33"}}
        route.fulfill(body=json.dumps(content), content_type="application/json")

    page.route("**/units.json", with_tombstone)
    open_form(page, site, "?only=B-32,B-98,b-3,M-39..M-26,B-99&title=<b>x</b>")
    told = page.locator(".hb-notices p")
    assert told.count() == 2
    assert told.first.inner_text() == words("webdossier.unknown").replace("{ids}", "b-3, M-39..M-26, B-98")
    assert "2027.05: Slått sammen." in told.last.inner_text()
    assert chosen(page) == ["B-32"]
    page.locator(".hb-document h3").first.wait_for()
    assert page.locator(".hb-document h2").inner_text() == "<b>x</b>", "text stays text"
    told.last.get_by_role("button").click()
    assert chosen(page) == ["B-32", "B-33"]
    assert told.count() == 0


def test_the_same_reading_as_the_command_line(page: Page, site: Served, data: Data) -> None:
    open_form(page, site)
    known = list(data.units)
    script = f"import('{site.address}assets/javascripts/dossier/selection.js')"
    for text in (
        *("G-03,M-26..M-39", "M-28..M-30,M-26..M-29", " B-32 , B-32,,I-001..I-003 ", "L-a..L-d", "T-a..T-c,P-start"),
        *("S-01..S-03,B-83", "B-80..B-99", "G-3", "B-10..B-05", "M-26..B-30", "B-1..B-3", "x", "B-200..B-300", "P-x_y"),
    ):
        found = page.evaluate(f"([text, known]) => {script}.then(m => m.expand(text, known))", [text, known])
        try:
            expected = ids.expand(text, known)
        except ids.IdError:
            assert found["wrong"], text
            continue
        assert (found["ids"], found["wrong"]) == (expected, []), text
        again = page.evaluate(f"([ids, known]) => {script}.then(m => m.compress(ids, known))", [expected, known])
        assert ids.expand(again, known) == expected, text
    assert (
        page.evaluate(
            f"known => {script}.then(m => m.commandLine({{ids: ['G-03', 'M-26', 'M-27', 'M-28'],"
            " title: 'Sak \"45\" $x'}, known, 'is'))",
            known,
        )
        == 'python3 scripts/handbook.py pdf --lang is --only G-03,M-26..M-28 --title "Sak \\"45\\" \\$x"'
        " --out sak-45-x.pdf"
    )


def test_the_document(page: Page, site: Served, data: Data, words: Callable[[str], str]) -> None:
    open_form(page, site, "?only=G-03,B-32,I-016,P-council-resolution&title=Sak%2045/26")
    page.locator(".hb-document h3").first.wait_for()
    assert page.title() == "Sak 45/26", "browsers name the PDF after it"
    heads = page.locator(".hb-document h3").all_inner_texts()
    assert heads[:4] == [words("pdf.contents"), words("kinds.G"), words("kinds.B"), words("kinds.I")]
    assert heads[5:] == [
        *(words("guideline.questions"), words("kinds.T"), words("kinds.S"), words("webdossier.outside")),
        words("pdf.resolution"),
    ]
    document = page.locator(".hb-document")
    assert document.locator("#d-g-03 + .hb-label .hb-id").inner_text() == "G-03"
    questions = page.locator("section[aria-labelledby=d-questions]")
    assert questions.locator("li").count() == 4
    assert document.get_by_text(questions.locator("li").first.inner_text()).count() == 1, "not twice"
    levels = [
        int(tag[1])
        for tag in page.eval_on_selector_all(".hb-document :is(h2,h3,h4,h5,h6)", "e => e.map(x => x.tagName)")
    ]
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    inside = document.locator("a[data-unit=B-32]").first
    assert inside.get_attribute("href") == "#d-b-32"
    outside = document.locator("a[data-unit=B-33]").first
    assert outside.get_attribute("href") == f"{site.address}{LANG}/id/B-33/"
    address = f"{data.settings.address}{LANG}/id/B-33/"
    assert page.locator("section[aria-labelledby=d-outside] li", has_text=address).count() == 1
    broken = page.evaluate(
        "[...document.querySelectorAll('.hb-document a[href^=\"#\"]')].map(a => a.getAttribute('href'))"
        ".filter(h => !document.getElementById(h.slice(1)))"
    )
    assert broken == []
    names = page.eval_on_selector_all("[id]", "e => e.map(x => x.id)")
    assert len(names) == len(set(names)), "no id stands twice"
    cited = set(page.eval_on_selector_all(".hb-document a.hb-cite", "e => e.map(x => x.dataset.unit)"))
    listed = set(
        page.eval_on_selector_all(
            "section[aria-labelledby=d-sources] li", "e => e.map(x => x.querySelector('.hb-id').textContent)"
        )
    )
    assert cited == listed
    page.get_by_label(words("webdossier.resolution")).uncheck()
    page.wait_for_function("!document.getElementById('d-resolution')")


def test_taking_the_text_along(page: Page, site: Served, words: Callable[[str], str]) -> None:
    open_form(page, site, "?only=G-03,M-26&title=Sak%2045/26")
    page.locator(".hb-document h3").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name=words("webdossier.save_text")).click()
    assert download.value.suggested_filename == "sak-45-26.txt"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_role("button", name=words("webdossier.copy_text")).click()
    page.get_by_text(words("download.copied")).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == text
    lines = text.split("\n")
    assert lines[:3] == [words("handbook.title"), "", "Sak 45/26"]
    assert len([line for line in lines if line.startswith("☐ ")]) == 7
    assert not re.search(r"\n\n\n| {2}|¶", text)
    page.get_by_role("button", name=words("webdossier.copy_link")).click()
    page.wait_for_function("navigator.clipboard.readText().then(t => t === location.href)")


def test_a_page_that_cannot_be_fetched(
    page: Page, context: BrowserContext, site: Served, words: Callable[[str], str]
) -> None:
    """What is missing is named, the rest stands, and another try brings it."""
    tries: list[str] = []

    def fail_once(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 1:
            route.fulfill(status=200, content_type="text/html", body="<p>Maintenance</p>")
        else:
            route.fallback()

    context.route("**/guidelines/privacy/", fail_once)
    open_form(page, site, "?only=G-03,M-26")
    told = page.get_by_text(words("webdossier.missing").replace("{ids}", "G-03"))
    told.wait_for()
    assert page.locator("#d-m-26").count() == 1
    page.get_by_role("button", name=words("webdossier.retry")).click()
    page.locator("#d-g-03").wait_for()
    assert told.count() == 0


def test_without_script(browser: Browser, site: Served, words: Callable[[str], str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address + FORM)
    article = page.locator("article")
    assert article.locator("input, button, select").count() == 0, "no dead controls"
    assert article.get_by_text(words("webdossier.noscript")).count() == 1
    assert article.locator("a[data-unit=P-council-checklist]").count() == 1
    page.goto(f"{site.address}{LANG}/council/checklist/")
    assert article.locator(".hb-downloads a").count() == 2
    assert article.locator(".hb-downloads button").count() == 0
    context.close()


def test_under_a_strict_policy(context: BrowserContext, site: Served, words: Callable[[str], str]) -> None:
    """The form, its document and the copy button work where only the site's own files may run."""

    def with_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": POLICY})

    context.route("**/*", with_policy)
    page = context.new_page()
    page.add_init_script(
        "window.refused = []; addEventListener('securitypolicyviolation',"
        " event => refused.push(event.sourceFile + ' ' + event.blockedURI))"
    )
    open_form(page, site, "?only=G-03")
    page.locator("#d-g-03").wait_for()
    with page.expect_download():
        page.get_by_role("button", name=words("webdossier.save_text")).click()
    ours = [line for line in page.evaluate("refused") if "/javascripts/" in line and "/javascripts/bundle" not in line]
    assert ours == []


def test_the_files_of_a_page(page: Page, site: Served, words: Callable[[str], str]) -> None:
    for name in ("checklist", "resolution"):
        page.goto(f"{site.address}{LANG}/council/{name}/")
        for suffix in ("docx", "txt"):
            with page.expect_download() as download:
                page.locator(f".hb-downloads a[href$='.{suffix}']").click()
            assert download.value.suggested_filename == f"{name}.{suffix}"
            file = site.folder / LANG / "council" / f"{name}.{suffix}"
            assert Path(download.value.path()).read_bytes() == file.read_bytes()
        page.get_by_role("button", name=words("download.copy")).click()
        page.get_by_text(words("download.copied")).wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == file.read_text(encoding="utf-8-sig")


def objections(page: Page, root: Path) -> list[str]:
    """Return what axe-core objects to, and that the page scrolls sideways if it does."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return violations(page, root) + ([f"{page.url} scrolls sideways"] if wide else [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility(browser: Browser, site: Served, root: Path, scheme: Any) -> None:
    """axe-core on the form, opened and with its document; wide and on a phone, where nothing scrolls sideways."""
    for width in (1280, 360):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        open_form(page, site, "?only=G-03,B-32,B-999,I-016,P-council-checklist&title=Sak%2045/26")
        page.locator(".hb-document h3").first.wait_for()
        # Not by clicks: they scroll, and then the header may lie over half of a button.
        page.evaluate("document.querySelectorAll('.hb-form details').forEach(details => { details.open = true; })")
        found = objections(page, root)
        for name in ("checklist", "resolution"):
            page.goto(f"{site.address}{LANG}/council/{name}/")
            page.locator(".hb-downloads button").wait_for()
            found += objections(page, root)
        assert found == []
        context.close()


def printed(page: Page) -> tuple[list[str], list[tuple[int, int]]]:
    """Print the page; return each sheet's text without spaces, and its size in points."""
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as pdf:
        sizes = [(round(float(p.mediabox[2])), round(float(p.mediabox[3]))) for p in pdf.pages]
        return [re.sub(r"\s", "", text_on(sheet)) for sheet in pdf.pages], sizes


def text_on(sheet: pikepdf.Page) -> str:
    """Return the text that a sheet shows, by the tables that PDF gives for copying it."""
    tables = {name: to_unicode(font) for name, font in sheet.resources.get("/Font", {}).items()}
    shown, table = [], {}
    for operands, operator in pikepdf.parse_content_stream(sheet):
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            shown += [table.get(codes[at : at + 2], "") for at in range(0, len(codes), 2)]
    return "".join(shown)


def to_unicode(font: Any) -> dict[bytes, str]:
    """Read a font's table from code to text."""
    source = font.ToUnicode.read_bytes().decode("latin-1")
    table: dict[bytes, str] = {}

    def text(code: str) -> str:
        return bytes.fromhex(code).decode("utf-16-be")

    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.S):
        for code, target in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            table[bytes.fromhex(code)] = text(target)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.S):
        for first, last, target in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                table[(int(first, 16) + step).to_bytes(2, "big")] = text(f"{int(target, 16) + step:0{len(target)}x}")
    return table


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("script", [True, False])
def test_printed_pages(browser: Browser, site: Served, data: Data, words: Callable[[str], str], script: bool) -> None:
    """Nothing of the screen's own, what is folded unfolded, ids at references, edition and address at the end."""
    context = browser.new_context(color_scheme="dark", java_script_enabled=script)
    page = context.new_page()
    for path, unit, wanted in (
        ("guidelines/privacy", "G-03", ["(B-32)", words("related.title"), words("guideline.check")]),
        ("gains", "P-gains", [words("figure.table"), words("figure.gains.external")]),
        ("initiatives", "P-initiatives", ["I-016", "Gladsaxe"]),
        ("council/checklist", "P-council-checklist", [words("advice.title")]),
    ):
        page.goto(f"{site.address}{LANG}/{path}/")
        sheets, sizes = printed(page)
        whole = "".join(sheets)
        assert set(sizes) <= {(595, 842), (596, 842)}, "A4"
        for text in [
            *wanted,
            f"{words('footer.edition')} {data.settings.edition}",
            f"{data.settings.address}{LANG}/id/{unit}/",
        ]:
            assert bare(text) in whole, (path, text)
        assert sheets[-1].startswith(f"{len(sheets)}/{len(sheets)}"), "page numbers"
        for text in ("Material for MkDocs", words("nav.roles"), words("download.docx"), words("table.reset"), "¶"):
            assert bare(text) not in whole, (path, text)
    context.close()


def test_a_table_repeats_its_head(page: Page, site: Served, words: Callable[[str], str]) -> None:
    page.goto(f"{site.address}{LANG}/initiatives/")
    sheets, _ = printed(page)
    head = bare(words("field.title") + words("field.country") + words("field.owner"))
    assert len([sheet for sheet in sheets if head in sheet]) >= 3


def test_paper_is_white_in_the_dark(browser: Browser, site: Served) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site.address}{LANG}/guidelines/privacy/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "[...document.querySelectorAll('body, article, article *')]"
        ".filter(element => element.checkVisibility() && !element.closest('svg'))"
        ".map(e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor])"
    )
    dark = ("rgb(0, 0, 0)", "rgb(34, 34, 34)", "rgb(68, 68, 68)")
    assert {ink for ink, _ in colours} <= set(dark)
    assert {paper for _, paper in colours} <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
    context.close()


def test_the_printed_dossier(page: Page, site: Served, words: Callable[[str], str]) -> None:
    """The document alone, each chapter on its own page, in the order chosen."""
    open_form(page, site, "?only=M-26,G-03,B-33&title=Sak%2045/26")
    page.locator(".hb-document h3").first.wait_for()
    sheets, _ = printed(page)
    total = len(sheets)
    assert [sheet.startswith(f"{number}/{total}") for number, sheet in enumerate(sheets, 1)] == [True] * total
    sheets = [sheet.removeprefix(f"{number}/{total}") for number, sheet in enumerate(sheets, 1)]
    assert sheets[0].startswith(bare(words("handbook.title") + "Sak 45/26"))
    heads = [bare(words(key)) for key in ("kinds.M", "kinds.G", "kinds.B", "guideline.questions", "kinds.T")]
    heads.append(bare(words("pdf.resolution")))
    starts = [next(n for n, sheet in enumerate(sheets) if sheet.startswith(head)) for head in heads]
    assert starts == sorted(set(starts))
    assert starts[-1] == total - 1
    rest = "".join(sheets[starts[-2] : -1])
    assert 0 < rest.index(bare(words("kinds.S") + "S-01")) < rest.index(bare(words("webdossier.outside")))
    whole = "".join(sheets)
    for text in (
        words("webdossier.choose"),
        words("webdossier.show"),
        words("webdossier.print"),
        words("webdossier.command"),
    ):
        assert bare(text) not in whole
    assert bare(f"{words('pdf.place_date')}{words('pdf.signature')}") in sheets[-1]
