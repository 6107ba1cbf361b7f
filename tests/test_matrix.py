"""The matrix of a dimension: every relation stands in it, once where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from handbook import index as indexing
from handbook.index import Index
from handbook.load import load
from handbook.matrix import matrix
from handbook.text.context import PageContext
from handbook.text.render import Renderer, markdown_settings
from lxml import html

MEASURE = "\n".join(
    [
        "- id: {id}",
        "  key: {key}",
        "  area: municipality",
        "  theme: explore-possibilities",
        "  year: 2024",
        "  countries: ['NO']",
        "  sources:",
        "    - {{source: S-01, section: '1.1'}}",
        "",
    ]
)
VISIBLE = ".//text()[not(ancestor::*[contains(@class, 'hb-web-only')])]"
RELATIONS = """
- {from: G-01, type: answers, to: [B-01, B-02], judgement: true}
- {from: M-01, type: lowers, to: [B-01], strength: direct, judgement: true}
- {from: M-01, type: supports, to: [G-01], judgement: true}
- {from: M-02, type: lowers, to: [B-01], strength: partial, judgement: true}
- {from: M-02, type: supports, to: [G-01], judgement: true}
- {from: M-03, type: lowers, to: [B-01, B-02], strength: partial, judgement: %s}
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Index:
    """M-01 and M-02 support the guideline, M-03 does not; nothing does both for B-02."""
    return build(make_small(tmp_path_factory.mktemp("matrix") / "small"), judgement="true")


def build(folder: Path, judgement: str) -> Index:
    data = folder / "docs" / "data"
    with (data / "units" / "measures.yml").open("a", encoding="utf-8") as file:
        file.write("".join(MEASURE.format(id=f"M-0{n}", key=f"measure-{n}") for n in (2, 3)))
    (data / "relations.yml").write_text(RELATIONS % judgement, encoding="utf-8")
    chapter = folder / "docs" / "nb" / "barriers" / "law.md"
    text = chapter.read_text(encoding="utf-8")
    for number in (2, 3):
        text += f"\n### Tiltak {number} {{ #m-0{number} rev=1nb }}\n\nText [[S-01:1.1]].\n"
    chapter.write_text(text, encoding="utf-8")
    return indexing.build(load(folder))


def render(index: Index, text: str) -> html.HtmlElement:
    renderer = Renderer(markdown_settings(index.data.root))
    body = renderer.html(PageContext(index, "nb", "barriers/law.md"), text)
    return html.fragment_fromstring(body, create_parent="div")


def test_a_measure_stands_where_it_does_both(index: Index) -> None:
    first, second = matrix(index.data, "law").rows
    assert [(e.measure, e.partial) for e in first.cells["G-01"]] == [("M-01", False), ("M-02", True)]
    assert [e.measure for e in first.others] == ["M-03"]
    assert second.cells == {"G-01": ()}
    assert second.gaps == ("G-01",)
    assert [e.measure for e in second.others] == ["M-03"]


def test_other_dimensions_are_empty(index: Index) -> None:
    found = matrix(index.data, "policy")
    assert found.rows == ()
    assert found.absent == ("G-01",)


def test_as_a_table(index: Index) -> None:
    tree = render(index, "# X\n\n/// matrix\n    dimension: law\n\n///\n")
    (table,) = tree.xpath("//table[@id='matrix']")
    heads = [th.xpath("string(a/text() | self::*[not(a)])") for th in table.xpath("./thead/tr/th")]
    assert heads == ["Barriere", "G-01", "Andre tiltak"]
    shown = [["".join(cell.xpath(VISIBLE)).replace("\n", " ") for cell in row] for row in table.xpath("./tbody/tr")]
    assert shown == [
        ["B-01 Reglene nb", "M-01 (M-02)", "(M-03)"],
        ["B-02 Grunnlaget nb", "○", "(M-03)"],
    ]
    assert table.xpath("./tbody/tr[1]/td/@data-label") == ["G-01 Personvern nb", "Andre tiltak"]
    assert tree.xpath("//*[@id='matrix-g-01']"), "the overview's numbers lead here"
    (how,) = tree.xpath("//p[@class='hb-matrix-how']")
    words = index.data.strings["nb"]
    for key in ("how", "partial", "gap", "judgement"):
        assert words[f"matrix.{key}"] in how.text_content()
    assert words["matrix.judged"] not in how.text_content()


def test_what_a_source_says_is_told_apart(tmp_path: Path, make_small: Callable[[Path], Path]) -> None:
    index = build(make_small(tmp_path / "small"), judgement="false")
    tree = render(index, "# X\n\n/// matrix\n    dimension: law\n\n///\n")
    entries = [span.text_content().replace(" ", "") for span in tree.xpath("//tbody//span[@class='hb-entry']")]
    assert [entry.endswith(("*", "*)")) for entry in entries] == [True, True, False, False]
    assert index.data.strings["nb"]["matrix.judged"] in tree.xpath("string(//p[@class='hb-matrix-how'])")


def test_the_overview_leads_to_the_chapter(tmp_path: Path, make_small: Callable[[Path], Path]) -> None:
    folder = make_small(tmp_path / "small")
    chapter = folder / "docs" / "nb" / "barriers" / "law.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text + "\n## Tabell\n\n/// matrix\n    dimension: law\n\n///\n", encoding="utf-8")
    index = build(folder, judgement="true")
    tree = render(index, "# X\n\n/// whole\n///\n\n/// gaps\n///\n")
    rows = tree.xpath("//tbody/tr")
    assert [row.xpath("string(th)") for row in rows] == ["Lov og regelverk", "Alle kapitler"]
    assert rows[0].xpath("td[1]//text()") == ["2", " ○\u00a01"]
    assert rows[0].xpath("td[1]/a/@href") == ["#matrix-g-01"]
    assert [td.text_content() for td in rows[1]] == ["Alle kapitler", "2 ○\u00a01", "2"]
    listed = {p.text: p.getnext().xpath(".//a/@data-unit") for p in tree.xpath("//p[@class='hb-related-kind']")}
    words = index.data.strings["nb"]
    assert listed == {
        f"{words['gaps.both']} (1)": ["G-01", "B-02"],
        f"{words['gaps.partial']} (1)": ["B-02"],
    }


def test_a_dimension_without_barriers_is_a_problem(index: Index) -> None:
    source = indexing.scan("# X { #p-law rev=1nb }\n\n/// matrix\n    dimension: policy\n\n///\n", "docs/nb/x.md")
    problems = []
    context = PageContext(index, "nb", "barriers/law.md", source, problems.append)
    Renderer(markdown_settings(index.data.root)).shape(context, source.body)
    assert [p.code for p in problems] == ["block-nothing"]


@pytest.mark.slow
def test_nothing_is_lost_in_the_real_data(root: Path) -> None:
    """Worked out anew from the relations as they are written."""
    data = load(root)
    pairs = {kind: set() for kind in ("answers", "lowers", "supports")}
    for relation, _ in data.relations:
        if relation.type in pairs:
            pairs[relation.type].update((relation.from_, end) for end in relation.to)
    shown, gaps = set(), set()
    for dimension in data.vocabularies.dimension:
        found = matrix(data, dimension)
        for row in found.rows:
            shown.update((entry.measure, row.barrier) for entry in row.entries)
            gaps.update((guideline, row.barrier) for guideline in row.gaps)
            for guideline, entries in row.cells.items():
                assert (guideline, row.barrier) in pairs["answers"]
                assert all((entry.measure, guideline) in pairs["supports"] for entry in entries)
            for entry in row.others:
                assert not any((entry.measure, guideline) in pairs["supports"] for guideline in row.cells)
        assert sorted([*found.guidelines, *found.absent]) == [unit.id for unit in data.of_kind("G")]
    assert shown == pairs["lowers"]
    assert gaps == {
        (guideline, barrier)
        for guideline, barrier in pairs["answers"]
        if not any((m, guideline) in pairs["supports"] for m, b in pairs["lowers"] if b == barrier)
    }


def test_a_handbook_without_gaps_says_so(small: Path) -> None:
    tree = render(indexing.build(load(small)), "# X\n\n/// gaps\n///\n")
    assert load(small).strings["nb"]["gaps.nothing"] in tree.text_content()
