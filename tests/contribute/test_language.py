"""``new language``: a sixth language is data and text only."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from handbook import build as building
from handbook import index as indexing
from handbook.check import check
from handbook.contribute.language import theme_speaks
from handbook.load import load
from lxml import html

from .conftest import contents, replace_in

OPTIONS = {
    "--code": "fo",
    "--name": "Føroyskt",
    "--locale": "fo-FO",
    "--alphabet": "aábdðefghiíjklmnoóprstuúvyýæø",
    "--from": "da",
}


def arguments(*more: str, **changes: str | None) -> list[str]:
    options = OPTIONS | {f"--{name.rstrip('_')}": value for name, value in changes.items()}
    return [
        "new",
        "language",
        *(x for name, value in options.items() if value is not None for x in (name, value)),
        *more,
    ]


@pytest.mark.slow
def test_the_files(run: Callable[..., int], small: Path) -> None:
    settings = small / "docs" / "data" / "handbook.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "eu:\n  languages: {nb: NOB}\n", encoding="utf-8")
    before = contents(small)
    assert run(*arguments("--eu-code", "FAO")) == 0
    after = contents(small)
    data = "docs/data"
    assert sorted(after.keys() - before.keys()) == [f"{data}/strings/fo.yml", f"{data}/words/fo.txt"]
    changed = [name for name in before if before[name] != after[name]]
    assert changed == [f"{data}/handbook.yml", f"{data}/languages.yml", "mkdocs.yml"]
    assert check(small, dictionaries=False).problems == []
    found = load(small)
    assert found.codes[-1] == "fo"
    assert found.languages[-1].theme == ("da" if not theme_speaks("fo") else None)
    assert found.settings.eu.languages == {"nb": "NOB", "fo": "FAO"}
    assert found.strings["fo"] == found.strings["da"] | {"pdf.language_name": "Føroyskt"}


@pytest.mark.slow
def test_it_builds_with_the_texts_of_the_others(
    run: Callable[..., int], small: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six editions: each page of the new one is there, in the leading language; its one text of its own is its own."""
    assert run(*arguments()) == 0
    page = small / "docs" / "fo" / "laws.md"
    page.parent.mkdir()
    shutil.copyfile(small / "docs" / "da" / "laws.md", page)
    replace_in(page, "# ", "# Føroyskt: ")
    monkeypatch.setenv("HANDBOOK_NODE_MODULES", str(building.Paths(root).node_modules))
    shutil.copytree(root / "overrides", small / "overrides")
    (small / "hooks").mkdir()
    shutil.copyfile(root / "hooks" / "site.py", small / "hooks" / "site.py")
    site = building.build(small, pdf=False)

    def tree(address: str) -> Any:
        return html.parse(site / address / "index.html").getroot()

    assert tree("").xpath("//main//a/@href") == ["nb/", "sv/", "da/", "fi/", "is/", "fo/"]
    borrowed = tree("fo/barriers/law")
    assert borrowed.get("lang") == "fo"
    assert borrowed.xpath("//h1/@lang") == ["nb"]
    assert borrowed.xpath("//div[contains(@class, 'hb-notice')]")
    own = tree("fo/laws")
    assert own.xpath("//h1/@lang") == []
    assert "Føroyskt" in own.xpath("string(//h1)")
    assert "fo" in own.xpath("//link[@rel='alternate']/@hreflang")
    assert (site / "fo" / "id" / "B-01" / "index.html").is_file()
    assert (site / "data" / "initiatives-fo.csv").is_file()
    index = indexing.build(load(small))
    assert all(set(index.data.units) >= {u} for u in index.texts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "nb"}, "--code: 'nb' is taken"),
        ({"code": "data"}, "--code: 'data' is not of the form"),
        ({"code": "FO"}, "--code: 'FO' is not of the form"),
        ({"code": "../x"}, "--code: '../x' is not of the form"),
        ({"locale": "fo FO"}, "--locale: 'fo FO' is not of the form"),
        ({"alphabet": "aa"}, "--alphabet: each small letter once"),
        ({"alphabet": "a b"}, "--alphabet: each small letter once"),
        ({"from_": "xx"}, "--from: 'xx' is none of the languages"),
        ({"name": None, "from_": None}, "these options are missing: --name --from"),
        ({"eu-code": "fao"}, "--eu-code: 'fao' is not of the form"),
        ({"spelling": "aspell:fo"}, "--spelling: 'aspell:fo' is not of the form"),
    ],
)
def test_wrong_use(
    run: Callable[..., int], small: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], said: str
) -> None:
    before = contents(small)
    assert run(*arguments(**changes)) == 2
    assert said in capsys.readouterr().err
    assert contents(small) == before


@pytest.mark.slow
def test_a_configuration_without_languages(run: Callable[..., int], small: Path) -> None:
    (small / "mkdocs.yml").write_text("plugins: [search]\n", encoding="utf-8")
    before = contents(small)
    assert run(*arguments()) == 2
    assert contents(small) == before


@pytest.mark.slow
def test_not_while_there_are_problems(run: Callable[..., int], small: Path) -> None:
    replace_in(small / "docs" / "data" / "relations.yml", "- from", "- form")
    before = contents(small)
    assert run(*arguments()) == 1
    assert contents(small) == before
