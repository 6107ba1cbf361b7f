"""The catalogue's core: choosing, ordering, what is similar, pieces, the filter form."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as etree

import pytest
from handbook import icu, pieces
from handbook import index as indexing
from handbook.catalogue import cell, initiatives, select, sort_units
from handbook.collation import collation_key, sort_key
from handbook.index import Index
from handbook.initiative_text import OUTCOME, part_paragraph
from handbook.load import load
from handbook.model import Language
from handbook.pieces import Piece, has_filtered_table, piece_of
from handbook.similar import COMMON, GROUPS, SHOWN, TAKEN, Catalogue, similar_to
from handbook.site_pages import Site
from handbook.text.catalogue_link import catalogue_link
from handbook.text.context import PageContext
from handbook.text.filters import filter_form
from handbook.text.initiatives import shown_columns
from handbook.text.render import Renderer, markdown_settings
from invented import FIRST, invent

CATALOGUE = "initiatives/index.md"


ROWS = 15


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Iterator[Index]:
    """The small handbook with so many invented initiatives that the catalogue comes in three pieces."""
    root = make_small(tmp_path_factory.mktemp("large") / "small")
    invent(root, 2 * ROWS + 10)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "ROWS", ROWS)
        yield indexing.build(load(root))


# What uses the real text is marked slow: reading it takes half a second.
@pytest.fixture(scope="module")
def real(root: Path) -> Index:
    return indexing.build(load(root))


def language(code: str, locale: str) -> Language:
    return Language(code=code, name=code, locale=locale, alphabet="abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("nb-NO", ["Oslo 2", "Oslo 10", "Zoo", "Ærø", "Ørsta", "Aalborg", "Ås"]),
        ("da-DK", ["Bil", "Zoo", "Ærø", "Ørsted", "Aalborg", "Aarhus"]),
        ("sv-SE", ["Aarhus", "Bil", "Zoo", "Ås", "Ärende", "Öl"]),
        ("fi-FI", ["Aalto", "Vantaa", "Zoo", "Åbo", "Äänekoski", "Öljy"]),
        ("is-IS", ["Afl", "Ála", "Dalur", "Ðal", "Zoo", "Þing", "Æska", "Öxl"]),
    ],
)
def test_words_stand_in_the_order_of_their_language(locale: str, words: list[str]) -> None:
    assert icu.sort_key(locale) is not None, "ICU comes with the locked packages"
    shuffled = sorted(words, key=lambda word: word[::-1])
    assert sorted(shuffled, key=sort_key(language(locale[:2], locale))) == words


def test_without_icu_the_alphabet_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icu, "sort_key", lambda _locale: None)
    key = sort_key(Language(code="xx", name="x", locale="xx", alphabet="bca"))
    assert sorted(["a", "b", "c 10", "c 9"], key=key) == ["b", "c 9", "c 10", "a"]
    assert key("x") == collation_key("bca")("x")


@pytest.mark.slow
def test_values_within_a_filter_are_alternatives_and_filters_add_up(real: Index) -> None:
    both = {u.id for u in select(real.data, {"country": ["DK", "FI"]})}
    danish, finnish = ({u.id for u in select(real.data, {"country": code})} for code in ("DK", "FI"))
    assert both == danish | finnish
    some = select(real.data, {"country": ["DK", "FI"], "status": "tested"})
    assert some
    assert {u.id for u in some} < both
    assert all(u.status == "tested" for u in some)


@pytest.mark.slow
def test_orders_and_ties(real: Index) -> None:
    units = initiatives(real.data)
    years = [u.year_reported for u in sort_units(real, units, "-year", "fi")]
    assert years == sorted(years, reverse=True)
    newest = [u.id for u in sort_units(real, units, "-year", "fi") if u.year_reported == max(years)]
    assert newest == sorted(newest), "those of one year stand by id"
    titles = [cell(real, u, "title", "is")[0] for u in sort_units(real, units, "title", "is")]
    assert titles == sorted(titles, key=icu.sort_key("is-IS"))
    assert [u.id for u in sort_units(real, units, "-id", "nb")] == sorted((u.id for u in units), reverse=True)


@pytest.mark.slow
def test_every_stopped_or_cautionary_initiative_says_what_came_of_it(real: Index) -> None:
    """In every language from the part about the outcome itself, not from the page's beginning."""
    chosen = [
        *select(real.data, {"status": ["stopped", "not-approved"]}),
        *select(real.data, {"kind": "cautionary-case"}),
    ]
    assert len(chosen) >= 9
    for code in real.data.codes:
        for unit in chosen:
            text, lang = part_paragraph(real, unit.id, code, OUTCOME)
            source = real.pages[code][f"initiatives/{unit.slug}.md"]
            heading = source.lines.index(f"## {real.data.strings[code]['initiative.outcome']}")
            assert lang == code
            assert text.split("\n")[0] in source.lines[heading : heading + 3], (code, unit.id)


@pytest.mark.slow
def test_similar_the_related_first_then_the_nearest_with_reasons(real: Index) -> None:
    catalogue = real.data.once(Catalogue)
    for unit in initiatives(real.data):
        found = similar_to(real.data, unit)
        kinds = [one.related for one in found]
        assert kinds == sorted(kinds, reverse=True)
        assert unit.id not in [one.unit for one in found]
        assert len({one.unit for one in found}) == len(found)
        computed = [one for one in found if not one.related]
        assert len(computed) <= SHOWN
        assert all(one.shared for one in computed), "what was found has a reason"
        weights = [catalogue.weight(one.shared) for one in computed]
        assert weights == sorted(weights, reverse=True)
        for one in found:
            other = real.data.units[one.unit]
            for field, values in one.shared.items():
                if field not in {"related", "country"}:
                    assert values == (getattr(unit, field),) == (getattr(other, field),)
    gladsaxe = next(u for u in initiatives(real.data) if u.id == "I-058")
    first = similar_to(real.data, gladsaxe)[0]
    assert (first.unit, first.related, first.judgement) == ("I-045", True, True)
    assert "unspecified" not in str(first.shared), "that nobody says which AI it is makes no two alike"


@pytest.mark.slow
def test_candidates_do_not_grow_with_the_catalogue(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "docs" / "data", tmp_path / "docs" / "data")
    for code in load(root).codes:
        (tmp_path / "docs" / code / "initiatives").mkdir(parents=True)
    invent(tmp_path, 800)
    catalogue = Catalogue(load(tmp_path))
    functions = Counter(unit.function for unit in catalogue.all)
    assert min(functions.values()) > TAKEN, "there are more to choose from than are taken"
    for unit in catalogue.all:
        shown = [len(catalogue.showing[other]) for other in catalogue.units[unit.id]]
        bound = len(GROUPS) * TAKEN + sum(number for number in shown if number <= COMMON)
        assert len(catalogue.candidates(unit)) <= bound < len(catalogue.all)


def test_pieces(large: Index) -> None:
    rows = len(initiatives(large.data))
    first = piece_of(large, CATALOGUE, rows)
    assert (first.number, first.count, first.start, first.end) == (1, 3, 0, ROWS)
    third = piece_of(large, first.path_of(3), rows)
    assert (third.path, third.first, third.start, third.end) == ("initiatives/page-3.md", CATALOGUE, 2 * ROWS, rows)
    other = Piece("trends/list.md", 1, 2, 0, ROWS)
    assert other.path_of(2) == "trends/list-page-2.md"
    assert piece_of(large, other.path_of(2), rows).first == "trends/list.md"


def test_a_page_of_the_text_is_no_further_piece(small: Path) -> None:
    for folder in (small / "docs").iterdir():
        if (folder / "initiatives").is_dir() and folder.name != "data":
            text = "---\nauthority: draft\n---\n\n# Seite { #p-page rev=1nb }\n"
            (folder / "initiatives" / "page-2.md").write_text(text, encoding="utf-8")
    index = indexing.build(load(small))
    assert piece_of(index, "initiatives/page-2.md", 1000).number == 1


def test_all_pieces_hold_each_initiative_once_in_every_language(large: Index) -> None:
    site = Site(large.data.root)
    site.__dict__["index"] = large
    renderer = Renderer(markdown_settings(large.data.root))
    everything = {unit.id for unit in initiatives(large.data)}
    for code in large.data.codes[:2]:
        paths = [CATALOGUE, *site.pieces[code]]
        assert len(paths) == 3
        assert set(paths[1:]) <= set(site.missing_pages(code))
        found: list[str] = []
        titles: list[str] = []
        for path in paths:
            composed = site.page(code, path)
            assert composed is not None
            html = renderer.html(site.context(code, path), composed.markdown)
            tree = etree.fromstring(f"<html>{html.replace('&para;', '')}</html>")
            rows = [row for row in tree.iter("tr") if row.get("data-unit")]
            found += [row.attrib["data-unit"] for row in rows]
            titles += [next(row.iter("th")).findtext("a") or "" for row in rows]
            assert (tree.find(".//template") is not None) == (path == CATALOGUE), "the form stands on the first"
            links = [link.get("href") for link in tree.findall(".//nav/ul/li/a")]
            assert links == ["index.md", "page-2.md", "page-3.md"]
        assert len(found) == len(everything)
        assert set(found) == everything
        key: Any = icu.sort_key(next(one.locale for one in large.data.languages if one.code == code))
        assert titles == sorted(titles, key=key), "one order over all pieces"
        assert site.front(code, paths[1])["search"] == {"exclude": True}


def test_a_page_in_another_language_is_named_so(large: Index) -> None:
    """Every third invented initiative has one language only; the others show its title with its language."""
    own = large.texts[f"I-{FIRST}"]
    assert list(own) == [large.data.codes[0]]
    unit = large.data.units[f"I-{FIRST}"]
    for code in large.data.codes:
        text, lang = cell(large, unit, "title", code)  # type: ignore[arg-type]
        assert text.startswith("Testdata")
        assert lang == large.data.codes[0]


def form(index: Index, columns: tuple[str, ...] = ("title", "year")) -> etree.Element:
    context = PageContext(index, "nb", CATALOGUE, web=True)
    template = filter_form(context, initiatives(index.data), list(columns), "title")
    assert template.tag == "template", "inert: without a script there is no dead control"
    return template


@pytest.mark.slow
def test_the_form_has_each_value_that_divides(real: Index) -> None:
    template = form(real)
    boxes: dict[str, list[str]] = {}
    for box in template.iter("input"):
        if box.get("type") == "checkbox":
            boxes.setdefault(box.attrib["name"], []).append(box.attrib["value"])
    assert set(boxes) == {"country", "service_area", "ai_type", "function", "status", "kind", "year"}
    assert boxes["year"] == ["2024", "2019"]
    assert boxes["country"][-1] == "unknown", "what is not stated comes last"
    assert boxes["status"] == [s for s in real.data.vocabularies.status if s in boxes["status"]]
    related = [o.attrib["value"] for o in template.findall(".//select[@name='related']/optgroup/option")]
    shown = {unit for relation, _ in real.data.relations if relation.type == "shows" for unit in relation.to}
    assert set(related) == shown
    groups = [g.attrib["label"] for g in template.findall(".//select[@name='related']/optgroup")]
    assert groups == ["Retningslinjer", "Barrierer", "Tiltak"]
    labels = {label.get("for") for label in template.iter("label") if label.get("for")}
    controls = {c.get("id") for c in template.iter() if c.tag in {"input", "select"} and c.get("type") != "checkbox"}
    assert labels == controls
    targets = {button.get("aria-controls") for button in template.iter("button")} - {None}
    assert targets <= {element.get("id") for element in template.iter()}


def test_a_field_with_one_value_is_no_filter(small: Path) -> None:
    index = indexing.build(load(small))
    names = {box.get("name") for box in form(index).iter("input")}
    assert names == {"text", "country", "status", "year"}


@pytest.mark.slow
def test_links_to_the_catalogue(real: Index, small: Path) -> None:
    context = PageContext(real, "fi", "guidelines/privacy.md", web=True)
    options = {"by": "status", "country": ["DK", "FI"], "status": "tested"}
    assert catalogue_link(context, options) == (
        "../initiatives/index.md?country=DK&country=FI&status=tested#hb-catalogue"
    )
    assert catalogue_link(context, {"ids": ["I-001"]}) == ""
    assert catalogue_link(context, {"related": "I-001"}) == ""
    assert catalogue_link(PageContext(real, "fi", "guidelines/privacy.md"), options) == "", "none in print"
    page = small / "docs" / "nb" / "initiatives" / "index.md"
    page.write_text(page.read_text(encoding="utf-8").replace("    filter: true\n", ""), encoding="utf-8")
    index = indexing.build(load(small))
    assert not has_filtered_table(index, "nb", CATALOGUE)
    assert catalogue_link(PageContext(index, "nb", "index.md", web=True), options) == "", "no table, no link"


@pytest.mark.slow
def test_paper_has_room_for_fewer_columns(real: Index) -> None:
    paper, web = PageContext(real, "nb", "index.md"), PageContext(real, "nb", "index.md", web=True)
    many = {"columns": ["id", "title", "country", "owner", "service_area", "function", "status", "year"]}
    assert shown_columns(web, many) == many["columns"]
    assert shown_columns(paper, many) == ["title", "country", "owner", "status", "year"]
    few = {"columns": ["id", "title", "function"]}
    assert shown_columns(paper, few) == ["title", "function"], "a reference in print says its id itself"
    assert shown_columns(paper, {"columns": "id"}) == ["id"]
    odd = {"columns": ["id", "service_area", "function", "kind", "ai_type", "outcome", "kind"]}
    assert shown_columns(paper, odd) == ["service_area", "function", "kind", "ai_type", "outcome"]


def render(index: Index, text: str, *, web: bool = True) -> str:
    context = PageContext(index, "nb", "index.md", web=web)
    return Renderer(markdown_settings(index.data.root)).html(context, text)


@pytest.mark.slow
def test_a_limit_leads_on_to_the_rest(real: Index) -> None:
    html = render(real, "/// initiatives\n    country: NO\n    limit: 3\n\n///")
    assert html.count('<tr data-unit="') == 3
    assert 'href="initiatives/index.md?country=NO#hb-catalogue"' in html
    number = len(select(real.data, {"country": "NO"}))
    assert f"Vis alle {number} i katalogen" in html
    printed = render(real, "/// initiatives\n    country: NO\n    limit: 3\n\n///", web=False)
    assert printed.count('<tr data-unit="') == number, "nothing to follow on paper, so all of them"


@pytest.mark.slow
def test_an_initiatives_page_says_all_that_is_known(real: Index) -> None:
    site = Site(real.data.root)
    site.__dict__["index"] = real
    composed = site.page("sv", "initiatives/gladsaxe-children-at-risk.md")
    assert composed is not None
    html = Renderer(markdown_settings(real.data.root)).html(
        site.context("sv", "initiatives/gladsaxe-children-at-risk.md"), composed.markdown
    )
    for part in ("Danmark", "Gladsaxe Kommune", "Inte godkänt", "(2019)", "hb-status-not-approved", 'class="hb-cite"'):
        assert part in html
    assert html.index("Utvalda av handboken") < html.index("Hittade automatiskt")
    assert "Samma funktion: " in html
    assert "index.md?status=not-approved#hb-catalogue" in html
