"""The catalogue as readers use it: filters, order, address, export, pieces, without a script, on a phone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from browsing import served, violations, with_generator
from handbook import build as building
from invented import invent
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EVIL = "<img src=x onerror=alert(1)>"
INVENTED = 450

ENTRIES = {
    "aalborg": ("Aalborg", "=1+1", ["DK"], 2024, "initiative", "in-use"),
    "zoo": ("Zoo", '+47; "anførsel"', ["NO"], 2019, "method", "idea"),
    "aero": ("Ærø", "@SUM(1)", ["DK", "SE"], 2021, "initiative", "pilot"),
    "ostfold": ("Østfold", "-5 kommuner", ["NO"], 2009, "cautionary-case", "not-approved"),
    "alesund": ("Ålesund", EVIL, [], 2024, "initiative", "tested"),
}
"""Slug → title, owner, country, year, kind, status."""


def add_entries(small: Path) -> None:
    data = small / "docs" / "data"
    for number, (slug, (title, owner, country, year, kind, status)) in enumerate(ENTRIES.items(), 101):
        entry = {"id": f"I-{number}", "name": title, "owner": owner, "country": country, "year_reported": year}
        entry |= {"kind": kind, "service_area": "health-care", "ai_type": "both", "function": "case-handling"}
        entry |= {"status": status, "source": [{"source": "S-01", "section": "1.1"}]}
        text = yaml.safe_dump(entry, allow_unicode=True).replace("- NO\n", "- 'NO'\n")
        (data / "initiatives" / f"{slug}.yml").write_text(text, encoding="utf-8")
        for folder in small.glob("docs/*/initiatives"):
            if folder.parent.name != "data":
                page = f"---\nauthority: draft\n---\n\n# {title} {{ #i-{number} rev=1fi }}\n\nText [[S-01:1.1]].\n"
                (folder / f"{slug}.md").write_text(page, encoding="utf-8")
    with (data / "relations.yml").open("a", encoding="utf-8") as file:
        file.write("- {from: I-101, type: shows, to: [B-01], judgement: true}\n")
    for file in small.glob("docs/*/initiatives/index.md"):
        text = file.read_text(encoding="utf-8") + "\n/// overview\n    by: country\n\n///\n"
        file.write_text(text, encoding="utf-8")


def serve(root: Path, folder: Path, lang: str | None = None) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDBOOK_NODE_MODULES", str(building.Paths(root).node_modules))
        building.generate_site(folder, folder / "top" / "sub", lang)
    with served(folder / "top") as address:
        yield f"{address}/sub"


@pytest.fixture(scope="module")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Iterator[str]:
    small = with_generator(root, make_small(tmp_path_factory.mktemp("catalogue") / "small"))
    add_entries(small)
    yield from serve(root, small)


@pytest.fixture(scope="module")
def large(root: Path, tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Iterator[str]:
    """A catalogue in three pieces."""
    small = with_generator(root, make_small(tmp_path_factory.mktemp("large") / "small"))
    invent(small, INVENTED)
    yield from serve(root, small, "nb")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    wrong: list[str] = []
    made = context.new_page()
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    made.on("dialog", lambda dialog: wrong.append(dialog.message))
    yield made
    assert wrong == []


def titles(page: Page) -> list[str]:
    return page.locator(".hb-listing tbody th a").all_text_contents()


def choose(page: Page, field: str, *values: str) -> None:
    opener = page.locator(f".hb-choices:has(input[name={field}]) .hb-opener")
    opener.click()
    for value in values:
        page.locator(f"input[name='{field}'][value='{value}']").check()
    opener.click()


def test_several_values_the_address_and_the_way_back(page: Page, address: str) -> None:
    page.goto(f"{address}/nb/initiatives/")
    status = page.get_by_role("status").and_(page.locator(".hb-count"))
    expect(status).to_have_text("7 av 7 vises")
    choose(page, "country", "DK", "SE")
    expect(status).to_have_text("3 av 7 vises")
    assert page.url == f"{address}/nb/initiatives/?country=DK&country=SE"
    expect(page.locator(".hb-listing caption")).to_have_text("Initiativer fra katalogen (3)")
    choose(page, "year", "2021")
    expect(status).to_have_text("1 av 7 vises")
    assert titles(page) == ["Ærø"]
    page.reload()
    assert titles(page) == ["Ærø"]
    page.go_back()
    expect(status).to_have_text("3 av 7 vises")
    page.go_forward()
    expect(status).to_have_text("1 av 7 vises")
    page.get_by_role("button", name="Fjern filteret 2021").click()
    expect(status).to_have_text("3 av 7 vises")
    assert page.evaluate("document.activeElement.textContent") == "Sverige", "the next chip has the focus"
    page.get_by_role("button", name="Vis alle").click()
    expect(status).to_have_text("7 av 7 vises")
    assert page.url == f"{address}/nb/initiatives/"
    assert page.evaluate("document.activeElement.name") == "text"


def test_a_view_can_be_shared_and_nonsense_is_ignored(page: Page, address: str) -> None:
    page.goto(f"{address}/nb/initiatives/?country=DK&country=XX&status=&sort=price&year=1&utm=x&text=%20&foo")
    assert titles(page) == ["Ærø", "Aalborg"]
    expect(page.locator(".hb-active button")).to_have_text(["Danmark"])
    choose(page, "kind", "initiative")
    assert page.url.endswith("/?utm=x&foo=&country=DK&kind=initiative"), "what is not ours stays"
    page.goto(f"{address}/nb/initiatives/?country=unknown")
    assert titles(page) == ["Ålesund"]
    page.goto(f"{address}/nb/initiatives/?country=SE&status=idea")
    expect(page.locator(".hb-count")).to_have_text("Ingen treff. Endre søkeordet eller fjern et filter.")
    assert titles(page) == []


def test_related_units_and_kinds(page: Page, address: str) -> None:
    page.goto(f"{address}/nb/initiatives/")
    page.get_by_label("Retningslinje, barriere eller tiltak").select_option("B-01")
    assert titles(page) == ["Aalborg"]
    assert page.url.endswith("?related=B-01")
    page.goto(f"{address}/nb/initiatives/?related=B-01&related=G-01")
    assert titles(page) == ["Chatbot 1 nb", "Aalborg"]
    page.goto(f"{address}/nb/initiatives/?kind=method&kind=cautionary-case")
    assert titles(page) == ["Zoo", "Østfold"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ålborg", ["Aalborg"]),
        ("aalesund", ["Ålesund"]),
        ("alesund", ["Ålesund"]),
        ("ARO", ["Ærø"]),
        ("äröe", ["Ærø"]),
        ("ostfold 5", ["Østfold"]),
        ("fold øst kommuner", ["Østfold"]),
        ("2024 danmark", ["Aalborg"]),
        ("i-102", ["Zoo"]),
        ("danmark finland", []),
        ("onerror", ["Ålesund"]),
    ],
)
def test_free_text_folds_letters_and_wants_all_words(page: Page, address: str, query: str, found: list[str]) -> None:
    page.goto(f"{address}/nb/initiatives/")
    page.get_by_label("Søk i tabellen").fill(query)
    expect(page.locator(".hb-count")).to_contain_text(f"{len(found)} av" if found else "Ingen treff")
    assert titles(page) == found


def test_typing_is_one_step_of_history(page: Page, address: str) -> None:
    page.goto(f"{address}/nb/initiatives/?kind=method")
    page.get_by_label("Søk i tabellen").press_sequentially("zoo")
    assert page.url.endswith("?text=zoo&kind=method")
    page.go_back()
    assert page.url.endswith("?kind=method")
    expect(page.get_by_label("Søk i tabellen")).to_have_value("")


@pytest.mark.parametrize(
    ("lang", "order"),
    [
        ("nb", ["Chatbot 1 nb", "Chatbot 2 nb", "Zoo", "Ærø", "Østfold", "Aalborg", "Ålesund"]),
        ("fi", ["Aalborg", "Chatbot 1 fi", "Chatbot 2 fi", "Zoo", "Ålesund", "Ærø", "Østfold"]),
        ("is", ["Aalborg", "Chatbot 1 is", "Chatbot 2 fi", "Zoo", "Ærø", "Østfold", "Ålesund"]),
    ],
)
def test_order_as_the_language_has_it(page: Page, address: str, lang: str, order: list[str]) -> None:
    page.goto(f"{address}/{lang}/initiatives/")
    assert titles(page) == order, "as built"
    head = page.locator(".hb-listing th[data-column=title]")
    assert head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert titles(page) == order[::-1]
    assert page.url.endswith("?sort=-title")
    head.get_by_role("button").click()
    assert titles(page) == order, "the browser's order is that of the build"
    assert page.url.endswith("/initiatives/"), "the order as built needs no word in the address"


def test_numbers_sort_as_numbers_and_equals_by_id(page: Page, address: str) -> None:
    page.goto(f"{address}/nb/initiatives/?sort=-year")
    assert page.locator("th[data-column=year]").get_attribute("aria-sort") == "descending"
    assert page.locator("th[aria-sort]").count() == 1
    years = page.locator("tbody td[data-label='Omtalt i']").all_text_contents()
    assert years == ["2024", "2024", "2024", "2021", "2021", "2019", "2009"]
    assert titles(page)[:3] == ["Chatbot 2 nb", "Aalborg", "Ålesund"], "I-002, I-101, I-105"


def saved(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_csv_of_exactly_what_is_shown(page: Page, address: str) -> None:
    page.goto(f"{address}/nb/initiatives/?year=2024&year=2019&year=2009&sort=-title")
    name, content = saved(page, "Last ned CSV")
    assert name == "initiativer.csv"
    assert content.startswith(b"\xef\xbb\xbf"), "Excel reads å without a byte order mark as Ã¥"
    text = content.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n") == 6
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == page.locator(".hb-listing thead th").all_text_contents()
    assert [row[0] for row in rows[1:]] == titles(page) == ["Ålesund", "Aalborg", "Østfold", "Zoo", "Chatbot 2 nb"]
    assert [row[2] for row in rows[1:]] == [EVIL, "'=1+1", "'-5 kommuner", '\'+47; "anførsel"', "Oslo kommune"]
    assert '"\'+47; ""anførsel"""' in text
    page.goto(f"{address}/nb/initiatives/?country=SE")
    assert b"'@SUM(1)" in saved(page, "Last ned CSV")[1]


def test_json_of_exactly_what_is_shown(page: Page, address: str) -> None:
    page.goto(f"{address}/fi/initiatives/?country=DK&sort=year")
    name, content = saved(page, "Lataa JSON")
    assert name == "hankkeet.json"
    found = json.loads(content)
    assert found["count"] == 2
    assert found["language"] == "fi"
    assert found["columns"]["title"] == "Nimi"
    assert [entry["id"] for entry in found["initiatives"]] == ["I-103", "I-101"]
    assert found["initiatives"][0]["address"] == f"{address}/fi/initiatives/aero/"
    assert found["initiatives"][1] | {"title": "Aalborg", "country": "Tanska"} == found["initiatives"][1]
    assert found["initiatives"][1]["owner"] == "=1+1", "in JSON nothing is a formula"


def test_nothing_from_the_data_becomes_markup(page: Page, address: str) -> None:
    page.goto(f"{address}/nb/initiatives/?text=onerror")
    assert titles(page) == ["Ålesund"]
    page.goto(f"{address}/nb/initiatives/alesund/")
    assert page.locator("img[onerror]").count() == 0


def test_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/nb/initiatives/")
    page.get_by_label("Søk i tabellen").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Land"
    page.keyboard.press("Enter")
    box = page.locator("input[value=DK]")
    page.keyboard.press("Tab")
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".hb-count")).to_have_text("2 av 7 vises")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    opener = page.get_by_role("button", name="Land (1)")
    expect(opener).to_be_focused()
    assert opener.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(box).to_be_hidden(), "leaving the list closes it: no trap"


def test_a_bar_leads_to_the_filtered_table(page: Page, address: str) -> None:
    page.goto(f"{address}/sv/initiatives/")
    page.get_by_role("link", name="Danmark 2").click()
    page.wait_for_url("**/sv/initiatives/?country=DK#hb-catalogue")
    assert titles(page) == ["Aalborg", "Ærø"]


def test_without_a_script_all_is_there_and_nothing_is_dead(browser: Browser, address: str, large: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/is/initiatives/")
    assert len(titles(page)) == 7
    assert page.locator("article :is(form, input, select, button)").count() == 0
    page.goto(f"{large}/nb/initiatives/")
    found = titles(page)
    for number in ("2", "3"):
        page.get_by_role("navigation", name="Flere sider av tabellen").get_by_role("link", name=number).click()
        assert page.locator("h1").text_content().startswith(f"Katalog nb, side {number} av 3")  # type: ignore[union-attr]
        found += titles(page)
    assert len(found) == INVENTED + 2
    page.locator("tbody th a").last.click()
    assert page.locator("h1[data-unit^=I-]").count() == 1, "the links of further pages lead to their initiatives"
    context.close()


def test_further_pieces_are_fetched_when_a_reader_begins(page: Page, large: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "page-" in request.url else None)
    page.goto(f"{large}/nb/initiatives/")
    page.wait_for_load_state("networkidle")
    assert fetched == [], "the first view does without"
    expect(page.locator(".hb-count")).to_have_text("452 av 452 vises")
    page.get_by_label("Søk i tabellen").fill("testkommune")
    expect(page.locator(".hb-count")).to_have_text("450 av 452 vises")
    assert len(fetched) == 2
    shown = len(titles(page))
    assert 0 < shown < 450
    page.get_by_role("button", name="Vis 50 til").click()
    assert len(titles(page)) == shown + 50
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == shown + 1, "the focus goes on with them"
    name, content = saved(page, "Last ned CSV")
    assert name == "initiativer.csv"
    assert content.count(b"\r\n") == 451, "an export has every hit"
    page.goto(f"{large}/nb/initiatives/?sort=-title")
    expect(page.locator("tbody tr").first).to_contain_text("Testdata Å")
    assert page.locator("tbody th a").first.get_attribute("href").startswith(f"{large}/nb/initiatives/testdata-")  # type: ignore[union-attr]


def test_when_a_piece_cannot_be_had(context: BrowserContext, large: str) -> None:
    page = context.new_page()
    page.route("**/page-2/", lambda route: route.abort())
    page.goto(f"{large}/nb/initiatives/")
    page.get_by_label("Søk i tabellen").fill("testkommune")
    expect(page.locator(".hb-count")).to_contain_text("kunne ikke hentes")
    expect(page.get_by_role("navigation", name="Flere sider av tabellen")).to_be_visible()
    page.unroute("**/page-2/")
    page.get_by_label("Søk i tabellen").fill("testkommun")
    expect(page.locator(".hb-count")).to_have_text("450 av 452 vises")


def test_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}/nb/initiatives/")
    assert page.locator(".hb-listing thead").is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('tbody tr td'), '::before').content") == '"Land: "'
    expect(page.get_by_label("Sorter etter")).to_be_hidden()
    page.get_by_role("button", name="Filtre og rekkefølge").tap()
    page.get_by_label("Sorter etter").select_option("-year")
    assert titles(page)[-1] == "Østfold"
    choose(page, "country", "NO")
    expect(page.locator(".hb-count")).to_have_text("4 av 7 vises")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    small = page.evaluate(
        "[...document.querySelectorAll('.hb-filter :is(button, input[type=search], select, label:has(input))')]"
        ".filter((e) => e.offsetHeight && e.offsetHeight < 24).map((e) => e.outerHTML)"
    )
    assert small == []
    context.close()


def test_names_have_room_on_paper(page: Page, address: str) -> None:
    """A4 between its margins; long words are not broken into letters."""
    page.set_viewport_size({"width": 643, "height": 900})
    page.goto(f"{address}/nb/initiatives/")
    page.emulate_media(media="print")
    width = page.locator(".hb-listing tbody th").first.bounding_box()
    assert width and width["width"] > 90
    broken = page.eval_on_selector_all(".hb-listing tbody th a", "all => all.map(a => getComputedStyle(a).wordBreak)")
    assert set(broken) == {"normal"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_in_use(browser: Browser, root: Path, address: str, scheme: str) -> None:
    found = []
    for width in (1280, 360):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{address}/nb/initiatives/?country=DK&country=NO")
        if width < 400:
            page.get_by_role("button", name="Filtre og rekkefølge").click()
        page.locator(".hb-opener").first.click()
        found += violations(page, root)
        page.goto(f"{address}/nb/initiatives/aalborg/")
        found += violations(page, root)
        context.close()
    assert found == []
