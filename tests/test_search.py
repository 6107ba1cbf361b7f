"""What search takes from the rendered text and the data, without a browser."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest
from handbook import index as indexing
from handbook.build import Paths
from handbook.check import check
from handbook.index import Index
from handbook.language import lemmas as lemma_engines
from handbook.language.dictionaries import DictionaryMissingError
from handbook.load import load
from handbook.problems import ProblemsError
from handbook.search import families as family_module
from handbook.search.bundle import FOLDER, PARTS, SCRIPTS, WORKER, Bundle
from handbook.search.concepts import concepts
from handbook.search.documents import INSERTED, Document, documents
from handbook.search.entries import entries
from handbook.search.families import families
from handbook.search.page import page_settings
from handbook.search.readers_words import readers_words_problems

PAGE = """
<h1 data-unit="P-law" id="p-law">Law<a class="headerlink" href="#p-law">¶</a></h1>
<p class="hb-label" data-search-exclude="true">label</p>
<p>Read <a class="hb-cite" data-unit="S-01" href="x">[KS 2024]</a>.
See (<a class="hb-ref" data-unit="M-01" href="x">Another title</a>) and
<a class="hb-ref hb-own" data-unit="T-bias" href="x">own words</a>.</p>
<h2 id="part">Part</h2>
<ul><li>one<ul><li>inner</li></ul></li></ul>
<h3 data-unit="B-01" data-rev="1nb" id="b-01">Barrier</h3>
<dl class="hb-facts" data-search-exclude="true"><div><dt>fact</dt></div></dl>
<p>Text of B-01.</p>
<h4 id="deep">Deeper</h4>
<p>Still B-01.</p>
<div class="hb-block hb-initiatives"><table><tr><td>generated</td></tr></table></div>
<details class="hb-related" data-search-exclude="true"><summary>related</summary></details>
<h2 id="after">After</h2>
<p>Page again.</p>
<div class="hb-block hb-sources"><ul><li data-unit="S-03" id="s-03">S-03: Somebody (2020).</li></ul></div>
"""


def texts(document: Document) -> list[tuple[str, list[str]]]:
    return [(section.heading, section.blocks) for section in document.sections]


def test_a_page_falls_into_its_units() -> None:
    page, barrier, source = documents(PAGE)
    mentioned = f"{INSERTED[0]}Another title{INSERTED[1]}"
    assert page.unit == "P-law"
    assert texts(page) == [
        ("", [f"Read. See ({mentioned}) and own words."]),
        ("Part", ["one", "inner"]),
        ("After", ["Page again."]),
    ]
    assert (barrier.unit, barrier.title) == ("B-01", "Barrier")
    assert texts(barrier) == [("", ["Text of B-01."]), ("Deeper", ["Still B-01."])]
    assert (source.unit, source.title) == ("S-03", "S-03: Somebody (2020).")


def test_a_page_that_is_no_unit_is_found_too() -> None:
    (page,) = documents("<h1 id='x'>Free</h1><p>Text.</p>")
    assert (page.unit, page.title, texts(page)) == ("", "Free", [("", ["Text."])])


@pytest.fixture
def index(small: Path) -> Index:
    return indexing.build(load(small))


def test_entries_carry_address_place_and_hidden_words(index: Index) -> None:
    folder = index.data.root / "docs" / "data" / "search"
    folder.mkdir()
    (folder / "nb.yml").write_text("B-01: redd for bøter, GDPR\n", encoding="utf-8")
    (folder / "en.yml").write_text("B-01: fear of fines\n", encoding="utf-8")
    pages = {"barriers/law.md": [Document("B-01", "Barrier", [], [])]}
    (entry,) = entries(index, "nb", pages)
    assert entry.address == "nb/barriers/law/#b-01"
    assert entry.title == index.title("B-01", "nb").text
    assert entry.place == index.pages["nb"]["barriers/law.md"].headings[0].title
    assert entry.asked == ("redd for bøter", "GDPR")
    assert index.texts["B-01"]["fi"].title in entry.others
    assert "fear of fines" in entry.others, "words of no edition serve all"
    (finnish,) = entries(index, "fi", pages)
    assert finnish.asked == ()
    assert "redd for bøter" not in finnish.others


@pytest.mark.slow
def test_a_concept_joins_languages_abbreviations_and_words_not_used(root: Path) -> None:
    found = {concept.own[0]: concept for concept in concepts(load(root), "da")}
    ai = found["kunstig intelligens"]
    assert {"gervigreind", "artificial intelligence", "tekoäly"} <= set(ai.other)
    assert "AI" in {*ai.own, *ai.other}
    for concept in found.values():
        assert not set(concept.own) & {*concept.other, *concept.loose}
        assert not set(concept.other) & set(concept.loose)
    assert any("grundskole" in concept.loose for concept in found.values()), "a word that means something else too"


def test_families_join_what_does_not_look_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"lain": {"laki"}, "lakia": {"laki"}, "talossa": {"talo"}, "talo": {"talo"}}
    asked: list[int] = []

    def engine(name: str, words: Collection[str]) -> dict[str, set[str]]:
        asked.append(len(words))
        return {word: known[word] for word in words}

    monkeypatch.setitem(lemma_engines._ENGINES, "voikko", engine)  # type: ignore[index]
    expected = [["laki", "lain", "lakia"]]
    assert families(["voikko:fi"], set(known), tmp_path) == (expected, [])
    assert families(["voikko:fi"], set(known), tmp_path) == (expected, [])
    assert asked == [4], "the second time it comes from the cache"


def test_families_take_further_stems_of_a_lemma(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(family_module, "lemmas", lambda *_: ({"uppsögn": {"uppsögn"}}, []))
    forms = {"uppsögn": {"uppsögn", "uppsagnir", "uppsagna", "uppsögnum"}}
    monkeypatch.setattr(family_module, "all_forms", lambda *_: forms)
    assert families(["bin:is"], {"uppsögn"}, tmp_path)[0] == [["uppsögn", "uppsagna"]]


def test_without_a_dictionary_search_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def engine(name: str, words: Collection[str]) -> dict[str, set[str]]:
        raise DictionaryMissingError("install it")

    monkeypatch.setitem(lemma_engines._ENGINES, "voikko", engine)  # type: ignore[index]
    assert families(["hunspell:x", "voikko:fi"], {"laki"}, tmp_path) == ([], ["install it"])
    assert not list(tmp_path.iterdir()), "what is not whole is not kept"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("B-99: word\n", "ref-unknown"),
        ("b-1x: word\n", "id-form"),
        ("B-01: [a, b]\n", "data-value"),
        ("B-01: ','\n", "data-value"),
        ("- B-01\n", "data-value"),
        ("", "data-empty"),
        ("B-01: a\nB-01: b\n", "yaml-duplicate-key"),
    ],
)
def test_readers_words_are_checked(small: Path, text: str, code: str) -> None:
    folder = small / "docs" / "data" / "search"
    folder.mkdir()
    (folder / "sv.yml").write_text(text, encoding="utf-8")
    found = readers_words_problems(load(small))
    assert [(p.code, p.file) for p in found] == [(code, "docs/data/search/sv.yml")]


@pytest.mark.slow
def test_check_tells_of_readers_words(small: Path) -> None:
    folder = small / "docs" / "data" / "search"
    folder.mkdir()
    (folder / "sv.yml").write_text("B-01: ord\nB-98: ord\n", encoding="utf-8")
    assert [(p.code, p.line) for p in check(small, dictionaries=False).problems] == [("ref-unknown", 2)]


@pytest.fixture
def out(root: Path, tmp_path: Path) -> Path:
    """A site's folder with what the theme copies into it."""
    scripts = tmp_path / "site" / SCRIPTS
    scripts.mkdir(parents=True)
    for name in (*PARTS, WORKER):
        (scripts / name).write_bytes((root / "overrides" / SCRIPTS / name).read_bytes())
    return tmp_path / "site"


def write(index: Index, out: Path, root: Path) -> Bundle:
    bundle = Bundle(out, Paths(root).node_modules, out.parent / "cache")
    bundle.library()
    bundle.language(index, "nb", {"barriers/law.md": [Document("B-01", "Barrier", [], [])]})
    return bundle


def test_the_bundle_loads_itself_and_says_whose_work_it_is(index: Index, out: Path, root: Path) -> None:
    write(index, out, root)
    worker = (out / FOLDER / "nb.js").read_text(encoding="utf-8")
    files = json.loads(worker.split("const FILES = ", 1)[1].split(";\n", 1)[0])
    for file in files:
        assert (out / FOLDER / file.split("?")[0]).resolve().is_file(), file
    data = (out / FOLDER / "nb.data.js").read_text(encoding="utf-8")
    assert json.loads(data.split(" = ", 1)[1].rstrip(";\n"))["entries"][0][:2] == ["B-01", "nb/barriers/law/#b-01"]
    licences = (out / FOLDER / "LICENSES.txt").read_text(encoding="utf-8")
    assert "MiniSearch" in licences
    assert "Permission is hereby granted" in licences
    first = worker
    write(index, out, root)
    assert (out / FOLDER / "nb.js").read_text(encoding="utf-8") == first, "the same input gives the same bytes"


def test_a_missing_package_is_a_problem(out: Path, tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as error:
        Bundle(out, tmp_path / "nowhere", tmp_path).library()
    assert "minisearch" in error.value.problems[0].values["reason"]


def test_a_page_knows_the_other_editions_that_are_built(index: Index) -> None:
    settings: dict[str, Any] = page_settings(index, "fi", ["fi", "nb"]) or {}
    assert settings["worker"] == "assets/search/fi.js"
    assert [other["lang"] for other in settings["others"]] == ["nb"]
    assert all(page["address"].startswith("fi/") and page["title"] for page in settings["help"])
    assert {"one", "hits", "none", "loading", "failed"} <= set(settings["words"])
    assert page_settings(index, "en", ["fi"]) is None


@pytest.mark.slow
def test_size_stays_within_bounds(root: Path, out: Path, page_documents: Callable[[str], Any]) -> None:
    index = indexing.build(load(root))
    bundle = Bundle(out, Paths(root).node_modules, out.parent / "cache")
    bundle.library()
    for lang in index.data.codes:
        bundle.language(index, lang, page_documents(lang))
        files = [out / FOLDER / f"{lang}.js", out / FOLDER / f"{lang}.data.js", out / FOLDER / "minisearch.js"]
        files += [out / SCRIPTS / name for name in PARTS]
        assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) <= 350_000, lang


@pytest.fixture
def page_documents(root: Path) -> Callable[[str], dict[str, list[Document]]]:
    """A function that renders all pages of a language into documents."""
    from handbook.compose import compose  # noqa: PLC0415  only for the slow test
    from handbook.text.context import PageContext  # noqa: PLC0415
    from handbook.text.render import Renderer, markdown_settings  # noqa: PLC0415

    index = indexing.build(load(root))
    renderer = Renderer(markdown_settings(root))

    def render(lang: str) -> dict[str, list[Document]]:
        composed = {path: compose(index, lang, path) for path in index.expected_paths()}
        return {
            path: documents(renderer.html(PageContext(index, lang, path), page.markdown))
            for path, page in composed.items()
            if page is not None
        }

    return render
