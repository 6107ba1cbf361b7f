"""Glossary terms are found in running text, and explained once in each unit."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from handbook import index as indexing
from handbook.index import Index
from handbook.language.finder import TermFinder, inflected
from handbook.load import load
from handbook.model import Term
from handbook.text.context import PageContext
from handbook.text.glossary import make_glossary
from handbook.text.render import Renderer, markdown_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("terms.yml").read_text(encoding="utf-8"))
ENDINGS = {
    entry["code"]: entry.get("inflection", {})
    for entry in yaml.safe_load(
        Path(__file__).parents[1].joinpath("docs/data/languages.yml").read_text(encoding="utf-8")
    )
}


def make_term(lang: str, unit: str, value: Any) -> Term:
    given_ = {"name": value} if isinstance(value, str) else value
    return Term(
        id=unit,
        group="x",
        glossary=True,
        names={lang: given_["name"]},
        abbr={lang: given_["abbr"]} if "abbr" in given_ else {},
        forms={lang: given_.get("forms", {})},
        lookalikes={lang: given_.get("lookalikes", ())},
    )


@cache
def finder(lang: str) -> TermFinder:
    return TermFinder([make_term(lang, *item) for item in CASES[lang]["terms"].items()], lang, ENDINGS[lang])


@pytest.mark.parametrize(
    ("lang", "case"),
    [pytest.param(lang, case, id=f"{lang}-{case['name']}") for lang in CASES for case in CASES[lang]["cases"]],
)
def test_found(lang: str, case: dict[str, Any]) -> None:
    text = case["text"]
    found = [[f.term, text[f.start : f.end]] for f in finder(lang).find(text)]
    assert found == case["found"]


def test_a_text_that_continues_a_sentence() -> None:
    assert list(finder("nb").find("Skjevhet i data", sentence=False)) == []
    assert [f.term for f in finder("nb").find("Skjevhet i data")] == ["T-bias"]


def test_a_language_without_rules_has_its_listed_forms() -> None:
    found = TermFinder([make_term("nb", "T-bias", "skjevhet")], "nb", {}).find("skjevhet og skjevheten")
    assert [(f.start, f.end) for f in found] == [(0, 8)]
    assert list(inflected("skjevhet", {})) == ["skjevhet"]


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_any_text_gives_separate_places_in_order(text: str) -> None:
    found = list(finder("nb").find(text))
    ends = [0, *(f.end for f in found)]
    assert all(end <= f.start < f.end for end, f in zip(ends, found, strict=False))
    assert all(not text[f.start - 1 : f.start].isalnum() and not text[f.end : f.end + 1].isalnum() for f in found)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Index:
    folder = make_small(tmp_path_factory.mktemp("terms") / "small")
    glossary = folder / "docs" / "nb" / "glossary.md"
    text = glossary.read_text(encoding="utf-8")
    sentence = "Når *svar* blir skjeve & feil, sier vi med [[G-01]] [[S-01:1.1]]."
    glossary.write_text(text.replace("Text [[S-01:1.1]].", f"{sentence}\nMer om det."), encoding="utf-8")
    return indexing.build(load(folder))


def explained(index: Index, text: str, path: str = "barriers/law.md", lang: str = "nb") -> html.HtmlElement:
    context = PageContext(index, lang, path, glossary=make_glossary(index, lang))
    body = Renderer(markdown_settings(index.data.root)).html(context, text)
    return html.fragment_fromstring(body, create_parent="div")


def terms_in(tree: html.HtmlElement) -> list[str]:
    return [a.text for a in tree.xpath("//a[contains(@class, 'hb-auto')]")]


def test_the_first_use_in_each_unit(index: Index) -> None:
    text = (
        "# A { #p-law rev=1nb }\n\nEn skjevhet. En skjevhet til.\n\n"
        "### B { #b-01 rev=1nb }\n\nSkjevheten **er** skjevheter.\n\n"
        "### C { #b-02 rev=1nb }\n\nUten.\n\n## Del\n\nSkjevhet igjen.\n"
    )
    tree = explained(index, text)
    assert terms_in(tree) == ["skjevhet", "Skjevheten"], (
        "after a unit's end the page goes on, with what it has explained"
    )
    (first, _) = tree.xpath("//a[contains(@class, 'hb-auto')]")
    assert first.get("href") == "../glossary.md#t-bias"
    assert first.get("data-definition") == "Når svar blir skjeve & feil, sier vi med Personvern nb."
    assert first.getparent().text_content() == "En skjevhet. En skjevhet til."


def test_a_term_that_is_marked_is_not_marked_again(index: Index) -> None:
    tree = explained(index, "# A { #p-law rev=1nb }\n\nFørst skjevhet, så [skjevheten][T-bias].\n")
    assert terms_in(tree) == []
    (marked,) = tree.xpath("//a[@data-unit='T-bias']")
    assert marked.get("data-definition")
    assert marked.get("data-term") == "Skjevhet nb"


@pytest.mark.parametrize(
    "text",
    [
        "## Skjevhet",
        "`skjevhet` og ``en skjevhet``",
        "```\nskjevhet\n```",
        "[skjevhet](https://example.org)",
        "[en skjevhet][B-01]",
        "- [ ] skjevhet",
        "<kbd>skjevhet</kbd>",
        "![skjevhet](x.png)",
        '??? note "skjevhet"\n    Tekst.',
        "/// initiatives\n///",
    ],
)
def test_passed_over(index: Index, text: str) -> None:
    assert terms_in(explained(index, f"# A {{ #p-law rev=1nb }}\n\n{text}\n")) == []


@pytest.mark.parametrize(
    "text",
    [
        "- en skjevhet",
        "| a |\n|---|\n| skjevhet |",
        "/// advice\nEn skjevhet.\n///",
        "> skjevhet",
        "**skjevhet**",
        "[[B-01]] skjevhet",
        "Noe om det[^1].\n\n[^1]: En skjevhet.",
    ],
)
def test_explained_wherever_prose_stands(index: Index, text: str) -> None:
    assert terms_in(explained(index, f"# A {{ #p-law rev=1nb }}\n\n{text}\n")) == ["skjevhet"]


def test_not_in_the_glossary_nor_in_another_language(index: Index) -> None:
    text = "# A { #p-law rev=1nb }\n\n////// hb-foreign\n    lang: 'sv'\n\nEn skjevhet.\n\n//////\n"
    assert terms_in(explained(index, text)) == []
    assert terms_in(explained(index, "# A { #p-glossary rev=1nb }\n\nEn skjevhet.\n", path="glossary.md")) == []


def test_text_is_as_written_without_a_glossary(index: Index) -> None:
    context = PageContext(index, "nb", "barriers/law.md")
    body = Renderer(markdown_settings(index.data.root)).html(context, "# A { #p-law rev=1nb }\n\nEn skjevhet.\n")
    assert "hb-term" not in body


def test_a_word_that_only_authors_mark(tmp_path: Path, make_small: Callable[[Path], Path]) -> None:
    folder = make_small(tmp_path / "small")
    file = folder / "docs" / "data" / "units" / "terms.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("  glossary: true\n", "  glossary: true\n  by_hand: [nb]\n"), encoding="utf-8")
    index = indexing.build(load(folder))
    page = "# A { #p-law rev=1nb }\n\nSkjevhet og snedvridning.\n"
    assert terms_in(explained(index, page)) == []
    assert terms_in(explained(index, page, lang="sv")) == ["snedvridning"]


@pytest.mark.slow
def test_found_forms_belong_to_their_terms(root: Path) -> None:
    """All that is found in the whole text, looked up in real dictionaries: the form has the term's base form."""
    bin_, voikko = pytest.importorskip("islenska").Bin(), pytest.importorskip("libvoikko")
    try:
        finnish = voikko.Voikko("fi")
    except Exception:
        pytest.skip("no Finnish dictionary")
    index = indexing.build(load(root))
    bases = {
        "is": lambda word: {entry.ord for entry in bin_.lookup(word.lower())[1]},
        "fi": lambda word: {entry["BASEFORM"] for entry in finnish.analyze(word.lower())},
    }
    wrong, seen = [], 0
    for lang, base in bases.items():
        names = {unit.id: unit for unit in index.data.of_kind("T") if isinstance(unit, Term)}
        look = make_glossary(index, lang).finder
        for source in index.pages[lang].values():
            for line in source.lines:
                for found in look.find(line):
                    word, name = line[found.start : found.end], names[found.term].names[lang]
                    if " " in word or " " in name:
                        continue
                    seen += 1
                    known, wanted = base(word), base(name)
                    if known and wanted and not known & wanted:
                        wrong.append((lang, word, name))
    finnish.terminate()
    assert seen > 300
    assert wrong == []
