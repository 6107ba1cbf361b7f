"""A unit's end: relations from both sides, sources from both sides, neighbours, permanent address, citation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from handbook import index as indexing
from handbook.citations import rests
from handbook.compose import compose
from handbook.index import Index
from handbook.load import load
from handbook.model import RELATION_ENDS
from handbook.order import neighbours
from handbook.text.context import PageContext
from handbook.text.render import Renderer, markdown_settings
from handbook.text.similar import similar_box
from handbook.text.unit_end import citation_text, unit_end
from lxml import html

CITING = """# Lov nb { #p-law rev=1nb }

Side [[S-01:summary]] og `[[S-03]]`.

### Reglene nb { #b-01 rev=1nb }

Text [[S-03]] [[S-01:1.1]].

```
[[S-01:summary]]
```

### Grunnlaget nb { #b-02 rev=2nb }

Text [[S-01:1.1]].

## Tiltak

### Regler nb { #m-01 rev=1da }

Text [[S-01:1.1]].
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Index:
    folder = make_small(tmp_path_factory.mktemp("ends") / "small")
    (folder / "docs" / "nb" / "barriers" / "law.md").write_text(CITING, encoding="utf-8")
    return indexing.build(load(folder))


def end_of(index: Index, unit: str, path: str = "barriers/law.md", lang: str = "nb") -> html.HtmlElement:
    """The line at a unit's end as it comes out of a page."""
    made = compose(index, lang, path)
    assert made is not None
    body = Renderer(markdown_settings(index.data.root)).html(PageContext(index, lang, path), made.markdown)
    tree = html.fragment_fromstring(body, create_parent="div")
    (heading,) = tree.xpath(f"//*[@data-unit='{unit}' and starts-with(name(), 'h')]")
    return next(e for e in heading.itersiblings() if "hb-unit-end" in e.get("class", ""))


def test_what_a_unit_rests_on(index: Index) -> None:
    found = rests(index, "nb")
    assert [(r.source, r.section) for r in found.of["B-01"]] == [("S-01", "1.1"), ("S-03", None)]
    assert [(r.source, r.section) for r in found.of["P-law"]] == [("S-01", "summary")], "neither code nor inner units"
    assert found.of["G-01"][0].pages == (3,)


def test_what_rests_on_a_section(index: Index) -> None:
    found = rests(index, "nb")
    assert [r.unit for r in found.on["S-03", None]] == ["B-01"]
    assert "B-01" in [r.unit for r in found.on["S-01", "1.1"]]
    both = {(r.unit, key) for key, entries in found.on.items() for r in entries}
    assert both == {(unit, (r.source, r.section)) for unit, entries in found.of.items() for r in entries}


def test_sources_say_what_rests_on_them(index: Index) -> None:
    context = PageContext(index, "nb", "about/sources.md")
    body = Renderer(markdown_settings(index.data.root)).html(context, "# X\n\n/// sources\n///\n")
    tree = html.fragment_fromstring(body, create_parent="div")
    (work,) = tree.xpath("//li[@id='s-03']")
    assert work.xpath("./details[contains(@class, 'hb-web-only')]//a/@data-unit") == ["B-01"]
    assert work.xpath("./p[@class='hb-print-only']/a/text()") == ["B-01"]
    (section,) = tree.xpath("//li[@id='s-01-1-1']")
    assert "(G-01, s. 3)" in section.xpath("string(./details)")


def test_both_ends_of_a_relation_and_its_marks(index: Index) -> None:
    words = index.data.strings["nb"]
    box = end_of(index, "B-01")
    kinds = {p.text: p for p in box.xpath(".//p[@class='hb-related-kind']")}
    helps = kinds[words["related.lowers.from"]]
    assert words["facts.inferred"] in helps.text_content(), "all of it is judgement, so the title says so"
    assert helps.getnext().text_content() == f"Regler nb (M-01, {words['related.direct']})"
    laws = kinds[words["related.bears_on.from"]]
    assert words["facts.inferred"] not in laws.text_content() + laws.getnext().text_content(), "a source says so"
    sources = kinds[words["rests.of"]]
    assert [a.text for a in sources.getnext().xpath(".//a")] == ["[KS 2024, 1.1]", "[Other 2019]"]
    other = unit_end(PageContext(index, "nb", "barriers/law.md"), "M-01")
    assert words["related.lowers.to"] in "".join(other.itertext())


def test_mixed_judgement_is_told_one_by_one(tmp_path: Path, make_small: Callable[[Path], Path]) -> None:
    folder = make_small(tmp_path / "small")
    file = folder / "docs" / "data" / "relations.yml"
    text = file.read_text(encoding="utf-8")
    more = "- from: I-002\n  type: shows\n  to: [G-01]\n  judgement: true\n"
    file.write_text(text + more, encoding="utf-8")
    index = indexing.build(load(folder))
    words = index.data.strings["nb"]
    box = end_of(index, "G-01", "guidelines/privacy.md")
    title = next(p for p in box.xpath(".//p") if p.text == words["related.shows.from"])
    assert title.text_content() == words["related.shows.from"]
    marked = [words["facts.inferred"] in item.text_content() for item in title.getnext()]
    assert marked == [False, True]


def test_neighbours_across_pages(index: Index) -> None:
    around = neighbours(index, "nb")
    assert (around["I-001"].before, around["I-001"].after) == (None, "I-002")
    assert (around["I-002"].before, around["I-002"].after) == ("I-001", None)
    assert (around["G-01"].before, around["G-01"].after) == (None, None)
    tools = end_of(index, "B-01")
    (after,) = tools.xpath(".//a[@class='hb-after']")
    assert (
        after.get("aria-label")
        == f"{index.data.strings['nb']['unit_end.after']}: B-02 {index.title('B-02', 'nb').text}"
    )
    assert after.text_content() == "B-02 →"
    assert not tools.xpath(".//a[@class='hb-before']")


def test_citation(index: Index) -> None:
    context = PageContext(index, "nb", "barriers/law.md")
    words = index.data.strings["nb"]
    assert citation_text(context, "B-01") == (
        f"«Reglene nb» (B-01, rev. 1nb). {words['handbook.title']}, utgave 2026.10. https://handbook.example/nb/id/B-01/"
    )


@pytest.mark.parametrize(("lang", "rev"), [("fi", "1nb"), ("da", "2nb")])
def test_citation_names_the_revision_that_is_shown(index: Index, lang: str, rev: str) -> None:
    """Finnish is behind and says so; Danish has no text and shows the one that leads."""
    assert f"(B-02, rev. {rev})" in citation_text(PageContext(index, lang, "barriers/law.md"), "B-02")


def test_without_a_script(index: Index) -> None:
    """The permanent address is a link, the citation is text, and nothing of it is printed."""
    line = end_of(index, "B-01")
    assert line.xpath(".//a[@class='hb-permanent']/@href") == ["../../id/B-01/"]
    assert "https://handbook.example/nb/id/B-01/" in line.xpath("string(.//p[@class='hb-citation'])")
    assert "hb-web-only" in line.get("class")
    assert line.get("data-search-exclude") == "true"


def test_the_units_line_comes_before_the_pages(index: Index) -> None:
    line = end_of(index, "L-gdpr", "laws.md")
    (page,) = [e for e in line.itersiblings() if "hb-unit-end" in e.get("class", "")]
    assert "(L-gdpr, " in line.text_content()
    assert "(P-laws, " in page.text_content()


def test_ids_that_are_words_are_not_shown_to_readers(index: Index) -> None:
    remarks = [line.text for line in end_of(index, "B-01").xpath(".//*[@class='hb-remark']")]
    assert remarks
    assert not any(remark.startswith("(L-") for remark in remarks)


def test_a_law_is_printed_with_its_relations(index: Index) -> None:
    line = end_of(index, "L-gdpr", "laws.md")
    assert "hb-web-only" not in line.get("class")
    (box,) = line.xpath("./details")
    assert "hb-web-only" not in box.get("class")
    assert "hb-web-only" in line.xpath("string(./ul/@class)")


@pytest.mark.slow
def test_every_relation_shows_at_both_ends(root: Path) -> None:
    index = indexing.build(load(root))
    shown: dict[str, set[str]] = {}
    for unit in index.texts:
        text = index.text(unit, "fi")
        assert text is not None
        context = PageContext(index, "fi", text.path)
        boxes = [unit_end(context, unit), similar_box(context, unit)]
        shown[unit] = {a.get("data-unit", "") for box in boxes if box is not None for a in box.iter("a")}
    types = set()
    for relation, _ in index.data.relations:
        types.add(relation.type)
        for end in relation.to:
            assert end in shown[relation.from_], (relation.from_, end)
            assert relation.from_ in shown[end], (relation.from_, end)
    assert types == set(RELATION_ENDS), "the real data has every type"


@pytest.mark.slow
@pytest.mark.parametrize("prefix", list("GBMI"))
def test_the_book_goes_by_number(root: Path, prefix: str) -> None:
    index = indexing.build(load(root))
    for lang in index.data.codes:
        around = neighbours(index, lang)
        chain, unit = [], f"{prefix}-{'001' if prefix == 'I' else '01'}"
        while unit:
            chain.append(unit)
            unit = around[unit].after or ""
        assert chain == [u.id for u in index.data.of_kind(prefix)]
