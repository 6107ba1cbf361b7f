"""Search as its users meet it: the whole text, the real box, a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from browsing import misdeeds, served, violations
from handbook import build as building
from handbook.language.folding import fold
from handbook.load import load
from handbook.search.bundle import FOLDER as FOLDER_OF_LIBRARY
from handbook.search.bundle import LIBRARY, PARTS, SCRIPTS
from playwright.sync_api import Browser, Page, expect
from search_queries import SETS, Score, ask, read_queries, scores, table, total

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FLOOR = 0.95
# The theme has scripts and styles in its pages; nothing evaluates text or compiles wasm.
POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


@pytest.fixture(scope="module")
def codes(root: Path) -> tuple[str, ...]:
    return load(root).codes


@pytest.fixture(scope="module")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real site, under a sub-path."""
    top = tmp_path_factory.mktemp("search")
    building.generate_site(root, top / "sub")
    with served(top, POLICY) as address:
        yield f"{address}/sub"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that notes what it should not see: other hosts, failed requests, errors."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong = misdeeds(page, address)
    yield page
    context.close()
    assert wrong == []


def type_in(page: Page, text: str) -> None:
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill(text)
    page.locator(f".md-search-result__list[data-query='{text}']").wait_for(state="attached")


def test_recall(page: Page, address: str, codes: tuple[str, ...]) -> None:
    """Of what readers would type, at least 95 in 100 find their unit among the first five hits, in each language."""
    found: dict[str, Score] = {code: Score(0, 0, 0) for code in codes}
    for title, folder in SETS.items():
        tables = {}
        for code in codes:
            queries = read_queries(folder, code)
            if queries:
                page.goto(f"{address}/{code}/")
                tables[code] = scores(queries, ask(page, queries))
                found[code] += total(tables[code])
        print(f"\n{table(title.capitalize(), tables)}" if tables else "")
    assert all(score.queries >= 105 for score in found.values()), "the test set is there"
    assert {code: str(score) for code, score in found.items() if score.recall < FLOOR} == {}


def test_nothing_is_loaded_before_search_is_used(page: Page, address: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda r: loaded.append(r.url.removeprefix(address)))
    page.goto(f"{address}/fi/trust/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in loaded if "search_index" in url or "minisearch" in url or ".data.js" in url]
    with page.expect_event("worker"):
        page.locator(".md-search__input").focus()
    type_in(page, "luottamus")
    (worker,) = {w.url for w in page.workers}
    assert worker == f"{address}/assets/search/fi.js", "one language's worker, and the theme has no other"


@pytest.mark.parametrize("typed", ["b32", "B-32", "b 32", " B–032 "])
def test_an_id_leads_straight_to_its_unit(page: Page, address: str, typed: str) -> None:
    page.goto(f"{address}/is/trust/")
    page.locator(".md-search__input").click()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")  # before the hits are there
    page.wait_for_url(f"{address}/is/barriers/law/#b-32")


@pytest.mark.parametrize(
    ("code", "typed", "unit", "marked"),
    [
        ("nb", "språkmodeller", "T-large-language-model", "språkmodell"),
        ("da", "aabenhed", "T-openness", "Åbenhed"),
        ("sv", "forvaltningstradition", "T-nordic-administrative-tradition", "förvaltningstradition"),
        ("fi", "vinoumat", "T-bias", "Vinouma"),
        ("is", "reiknirita", "T-algorithm", "Reiknirit"),
    ],
)
def test_what_was_found_is_marked_on_the_page(
    page: Page, address: str, code: str, typed: str, unit: str, marked: str
) -> None:
    page.goto(f"{address}/{code}/")
    type_in(page, typed)
    hit = page.locator(f".md-search-result__link[data-unit='{unit}']")
    expect(hit.locator("mark").first).to_be_visible()
    hit.click()
    page.wait_for_url(lambda url: url.endswith(f"#{unit.lower()}") and "h=" not in url)
    expect(page.locator(f"#{unit.lower()} mark[data-md-highlight]")).to_have_text(marked)


def test_arrows_and_enter_work_as_in_the_theme(page: Page, address: str) -> None:
    page.goto(f"{address}/sv/")
    type_in(page, "upphandling")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(".md-search-result__link").nth(1)
    expect(second).to_be_focused()
    target = second.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(target.split("?", maxsplit=1)[0] + "**")
    page.locator(".md-search__input").click()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()


def test_more_hits_come_as_one_reads_on(page: Page, address: str) -> None:
    page.goto(f"{address}/nb/")
    type_in(page, "kommune")
    hits = page.locator(".md-search-result__item")
    assert hits.count() == 10
    hits.last.scroll_into_view_if_needed()
    expect(hits).to_have_count(20)
    units = [link.get_attribute("data-unit") for link in page.locator(".md-search-result__link").all()]
    assert len(set(units)) == len(units)


def test_the_number_of_hits_is_announced(page: Page, address: str) -> None:
    page.goto(f"{address}/fi/")
    type_in(page, "tietosuoja")
    status = page.get_by_role("dialog", name="Haku").get_by_role("status")
    assert status.inner_text().split()[1] == "osumaa"
    type_in(page, "b32")
    assert status.inner_text() == "1 osuma"
    page.locator(".md-search__input").fill("")
    expect(status).to_have_text("Kirjoita aloittaaksesi haun")
    assert page.locator(".md-search-result__list > li").count() == 0


def test_without_hits_there_is_help(page: Page, address: str) -> None:
    page.goto(f"{address}/da/")
    type_in(page, "qwxzkj")
    links = page.locator(".hb-search-help a")
    assert [link.get_attribute("href") for link in links.all()] == [
        f"{address}/da/glossary/",
        f"{address}/da/initiatives/",
    ]
    page.keyboard.press("Enter")
    assert page.url == f"{address}/da/", "Enter goes nowhere"
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()


def test_other_languages_are_offered_and_loaded_only_then(page: Page, address: str, codes: tuple[str, ...]) -> None:
    page.goto(f"{address}/da/")
    type_in(page, "gladsaxe")
    assert len(page.workers) <= 2
    page.locator(".hb-search-others summary").click()
    offered = page.locator(".hb-search-others a")
    for link in offered.all():
        expect(link.locator(".hb-search-number")).to_contain_text("(")
        assert int(link.locator(".hb-search-number").inner_text().strip(" ()")) > 0
    assert {link.get_attribute("hreflang") for link in offered.all()} == set(codes) - {"da"}
    offered.filter(has_text="Suomi").click()
    page.wait_for_url(f"{address}/fi/?q=gladsaxe")
    page.locator(".md-search-result__link[data-unit='I-058']").wait_for()
    assert page.locator("html").get_attribute("lang") == "fi"


def test_only_the_readers_language_is_searched(page: Page, address: str) -> None:
    page.goto(f"{address}/da/")
    type_in(page, "gervigreind")
    links = [link.get_attribute("href") or "" for link in page.locator(".md-search-result__link").all()]
    assert links and all(link.startswith(f"{address}/da/") for link in links)
    assert "T-ai" in [link.get_attribute("data-unit") for link in page.locator(".md-search-result__link").all()[:5]]


def test_text_is_never_read_as_html(page: Page, address: str) -> None:
    page.goto(f"{address}/nb/")
    typed = "<img src=x onerror=alert(1)> kommune"
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill(typed)
    page.locator(".md-search-result__list > li").first.wait_for()
    assert page.locator(".md-search-result img").count() == 0
    page.goto(f"{address}/nb/?h=%3Cimg+src%3Dx%3E+tillit")
    assert page.locator("article img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_box_is_accessible(
    browser: Browser, address: str, root: Path, scheme: Literal["light", "dark"]
) -> None:
    found = []
    for code, typed, width in (("is", "persónuvernd", 1280), ("sv", "qwxzkj", 360)):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto(f"{address}/{code}/trust/")
        page.locator(".md-search__input").focus()
        type_in_open(page, typed)
        page.locator(".hb-search-others summary").click()
        found += violations(page, root, ".md-search")
        context.close()
    assert found == []


def type_in_open(page: Page, text: str) -> None:
    """Type into a box that may not be clickable: on a phone it opens by its own button."""
    page.locator(".md-search__input").fill(text)
    page.locator(f".md-search-result__list[data-query='{text}']").wait_for(state="attached")


def test_without_script_there_is_no_box(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/nb/")
    expect(page.locator(".md-search")).to_be_hidden()
    expect(page.locator("label.md-header__button[for=__search]")).to_be_hidden()
    context.close()


def test_browser_and_build_fold_alike(page: Page, address: str, root: Path) -> None:
    page.goto(f"{address}/nb/")
    texts = ["Håndbøker", "þÞðÐæÆöÖøØåÅäÄ", "é É ü ß ł ı œ", "A\u030angstro\u0308m", "E\u0301n"]
    texts += [entry for code in load(root).codes for entry in load(root).strings[code].values()][:400]
    expected = [fold(text) for text in texts]
    assert page.evaluate("texts => texts.map(handbookSearch.fold)", texts) == expected


def test_a_failure_is_told_and_the_next_try_works(browser: Browser, address: str, root: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    context.route("**/nb.data.js*", lambda route: route.abort())
    page.goto(f"{address}/nb/")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("tillit")
    status = page.locator("#hb-search-status")
    expect(status).to_have_text(load(root).strings["nb"]["search.failed"])
    context.unroute("**/nb.data.js*")
    type_in(page, "tillit til")
    expect(status).to_contain_text("treff")
    context.close()


ENGINE = """async ([files, rows, concepts, little, queries]) => {
  for (const file of files) await new Promise((done) => {
    document.head.append(Object.assign(document.createElement("script"), { src: file, onload: done }));
  });
  const data = { entries: rows, concepts, families: [], moved: [], little };
  const engine = new globalThis.handbookSearch.Engine(data);
  return queries.map((query) => engine.hits(query).map((hit) => hit.entry.unit));
}"""
SHELVES = [
    ["B-01", "", "Parking in winter", "", [["", "Nobody but my neighbour parks there in winter."]], [], [], []],
    ["B-02", "", "Jobs that disappear", "", [["", "The staff fear for each job."]], [], [], []],
    ["B-03", "", "Libraries", "", [["", "The library lends books to the staff in winter."]], [], [], []],
]


def answers(
    page: Page, address: str, little: list[str], queries: list[str], concepts: list[list[list[str]]] | None = None
) -> list[list[str]]:
    """What the engine finds in three invented units."""
    page.goto(f"{address}/nb/")
    files = [f"{address}/{FOLDER_OF_LIBRARY}/{LIBRARY}", *(f"{address}/{SCRIPTS}/{part}" for part in PARTS)]
    found: list[list[str]] = page.evaluate(ENGINE, [files, SHELVES, concepts or [], little, queries])
    return found


def test_a_function_word_does_not_decide(page: Page, address: str) -> None:
    query = ["winter my job"]
    assert answers(page, address, [], query)[0][0] == "B-01", "by itself the rarer word wins"
    assert answers(page, address, ["my", "in"], query)[0][0] == "B-02"


def test_function_words_alone_are_still_found(page: Page, address: str) -> None:
    assert answers(page, address, ["my"], ["my"]) == [["B-01"]]


def test_half_a_compound_is_better_than_nothing(page: Page, address: str) -> None:
    found = answers(page, address, [], ["librarywhatsit", "whatsitparking", "whatsitunheard"])
    assert found == [["B-03"], ["B-01"], []]


def test_what_a_word_may_mean_comes_after_what_it_says(page: Page, address: str) -> None:
    concept = [["parking"], ["garage"], ["lends"]]
    found = answers(page, address, [], ["garage", "lends"], [concept])
    assert found[0] == ["B-01"]
    assert found[1] == ["B-03", "B-01"], "the text's own word before the termbase's guess"
