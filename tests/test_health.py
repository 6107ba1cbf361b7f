"""The health page's figures, worked out anew from the files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from handbook import index as indexing
from handbook.health import health, health_json
from handbook.index import Index
from handbook.load import load
from handbook.publish.schemas import all_schemas
from handbook.text.context import PageContext
from handbook.text.render import Renderer, markdown_settings
from lxml import html

HEADING = re.compile(r"^#+ .* \{ #([a-z]-[a-z0-9-]+) rev=(\d+)[a-z]+ \}$", re.MULTILINE)


@pytest.fixture(scope="module")
def small_index(tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Index:
    folder = make_small(tmp_path_factory.mktemp("health") / "small")
    page = folder / "docs" / "sv" / "laws.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace(
            "authority: draft", "authority: reviewed\nreviewed_by: N. N.\nreviewed_on: 2026-01-01"
        ),
        encoding="utf-8",
    )
    return indexing.build(load(folder))


def read_anew(root: Path) -> dict[str, dict[str, tuple[int, str]]]:
    """Language → unit → revision and authority label, by looking at the headings alone."""
    found: dict[str, dict[str, tuple[int, str]]] = {}
    for entry in yaml.safe_load((root / "docs/data/languages.yml").read_text(encoding="utf-8")):
        units = found[entry["code"]] = {}
        for page in (root / "docs" / entry["code"]).rglob("*.md"):
            text = page.read_text(encoding="utf-8")
            label = re.search(r"^authority: (\w+)$", text, re.MULTILINE)
            units.update({unit: (int(rev), label[1] if label else "") for unit, rev in HEADING.findall(text)})
    return found


def compare_with_files(index: Index) -> None:
    root = index.data.root
    texts = read_anew(root)
    everything = {unit for units in texts.values() for unit in units}
    data = json.loads(health_json(index))
    for code, units in texts.items():
        found = data["languages"][code]
        assert found["texts"] == len(units)
        assert {u.lower() for u in found["missing"]} == everything - units.keys()
        behind = {u for u, (rev, _) in units.items() if rev < max(t[u][0] for t in texts.values() if u in t)}
        assert {u.lower() for u in found["behind"]} == behind
        for label, count in found["authority"].items():
            assert count == sum(shown == label for _, shown in units.values())
    complete = {unit for unit in everything if all(unit in units for units in texts.values())}
    found = data["coverage"]["units_in_all_languages"]
    assert (found["count"], found["of"]) == (len(complete), len(everything))
    relations = yaml.safe_load((root / "docs/data/relations.yml").read_text(encoding="utf-8"))
    lowering = [(r["from"], end) for r in relations if r["type"] == "lowers" for end in r["to"]]
    for name, file, place in (("barriers_with_measure", "barriers", 1), ("measures_with_barrier", "measures", 0)):
        ids = {u["id"] for u in yaml.safe_load((root / f"docs/data/units/{file}.yml").read_text(encoding="utf-8"))}
        having = {pair[place] for pair in lowering}
        assert set(data["coverage"][name]["without"]) == ids - having
        assert data["coverage"][name]["of"] == len(ids)
    pairs = [r["judgement"] for r in relations for _ in r["to"]]
    assert data["relations"] == {"stated": pairs.count(False), "judgement": pairs.count(True), "total": len(pairs)}
    counts = {kind: len(list((root / "docs/data/initiatives").glob("*.yml"))) for kind in ("initiative",)}
    for kind in ("guideline", "barrier", "measure", "law", "source", "page"):
        file = (root / f"docs/data/units/{kind}s.yml").read_text(encoding="utf-8")
        counts[kind] = len(re.findall(r"^- (?:\{)?id: ", file, re.MULTILINE))
    counts["term"] = sum(
        bool(t.get("glossary"))
        for t in yaml.safe_load((root / "docs/data/units/terms.yml").read_text(encoding="utf-8"))
    )
    assert data["units"] == counts


def test_figures_of_a_small_handbook(small_index: Index) -> None:
    compare_with_files(small_index)
    found = {language.code: language for language in health(small_index).languages}
    states = {code: {s.value: units for s, units in language.pending.items()} for code, language in found.items()}
    assert states["fi"]["behind"] == ("B-02",)
    assert "B-02" in states["da"]["missing"]
    assert "I-002" in states["is"]["missing"]
    assert found["sv"].authority["reviewed"] == 2, "the page and the law on it"


@pytest.mark.slow
def test_figures_of_the_real_handbook(root: Path) -> None:
    compare_with_files(indexing.build(load(root)))


def test_the_page_says_what_the_data_says(small_index: Index) -> None:
    context = PageContext(small_index, "nb", "index.md")
    body = Renderer(markdown_settings(small_index.data.root)).html(context, "# X\n\n/// health\n///\n")
    tree = html.fragment_fromstring(body, create_parent="div")
    data = json.loads(health_json(small_index))
    counts, coverage, languages = tree.xpath("//table")
    assert [int(td.text) for td in counts.xpath(".//td")] == list(data["units"].values())
    rows = [[int(td.text) for td in row.xpath("td")] for row in coverage.xpath("./tbody/tr")]
    assert rows[:4] == [[c["count"], c["of"]] for c in data["coverage"].values()]
    assert rows[4:] == [[data["relations"][k], data["relations"]["total"]] for k in ("stated", "judgement")]
    for row, found in zip(languages.xpath("./tbody/tr"), data["languages"].values(), strict=True):
        lists = [len(found[state]) for state in ("missing", "behind", "conflict")]
        assert [int(td.text) for td in row.xpath("td")] == [found["texts"], *lists, *found["authority"].values()]
    folded = {d.xpath("string(summary)"): d.xpath(".//a/@data-unit") for d in tree.xpath("//details")}
    behind = next(units for title, units in folded.items() if title.endswith("Suomi (1)"))
    assert behind == ["B-02"]
    assert small_index.data.strings["nb"]["health.current"] not in tree.text_content()
    assert tree.xpath("//a[text()='data/health.json']/@href") == ["../data/health.json"]


def test_the_file_fits_its_schema(small_index: Index) -> None:
    import jsonschema  # noqa: PLC0415  takes a moment

    content = json.loads(health_json(small_index))
    marks = jsonschema.Draft202012Validator(all_schemas(small_index.data.vocabularies)["health"])
    assert [error.message for error in marks.iter_errors(content)] == []
    del content["languages"]["fi"]["behind"]
    assert not marks.is_valid(content)


def test_the_same_bytes_on_any_day(small_index: Index) -> None:
    assert health_json(small_index) == health_json(indexing.build(load(small_index.data.root)))
    assert json.loads(health_json(small_index))["date"] == small_index.data.settings.date.isoformat()
