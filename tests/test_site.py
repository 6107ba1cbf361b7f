"""The small handbook, built strictly in a temporary folder."""

from __future__ import annotations

import json
import posixpath
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from handbook import build as building
from handbook.problems import ProblemsError
from lxml import html

pytestmark = pytest.mark.slow
LANGUAGES = ("nb", "sv", "da", "fi", "is")


def project(root: Path, small: Path) -> Path:
    """Put the generator's files beside the small handbook."""
    shutil.copytree(root / "overrides", small / "overrides")
    (small / "hooks").mkdir()
    shutil.copyfile(root / "hooks" / "site.py", small / "hooks" / "site.py")
    return small


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory, make_small: Callable[[Path], Path]) -> Path:
    folder = project(root, make_small(tmp_path_factory.mktemp("site") / "small"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDBOOK_NODE_MODULES", str(building.Paths(root).node_modules))
        return building.build(folder, pdf=False)


def page(site: Path, address: str) -> html.HtmlElement:
    return html.parse(site / address / "index.html").getroot()


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_languages_and_alternates(site: Path, lang: str) -> None:
    tree = page(site, f"{lang}/barriers/law")
    assert tree.get("lang") == lang
    alternates = {e.get("hreflang"): e.get("href") for e in tree.xpath("//link[@rel='alternate']")}
    assert alternates == {code: f"https://handbook.example/{code}/barriers/law/" for code in LANGUAGES} | {
        "x-default": "https://handbook.example/"
    }
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"https://handbook.example/{lang}/barriers/law/"]
    switch = {a.get("hreflang"): a.get("href") for a in tree.xpath("//a[contains(@class, 'hb-switch')]")}
    assert switch == {
        code: posixpath.relpath(f"{code}/barriers/law", f"{lang}/barriers/law") + "/" for code in LANGUAGES
    } | {lang: "./"}


def test_missing_page_stands_in_the_leading_language(site: Path) -> None:
    tree = page(site, "is/initiatives/chatbot-2")
    assert tree.get("lang") == "is"
    (heading,) = tree.xpath("//h1")
    assert heading.get("lang") == "fi"
    assert tree.xpath("//div[@class='hb-foreign']/@lang") == ["fi"]
    (link,) = tree.xpath("//div[contains(@class, 'hb-notice')]//a")
    assert link.get("href") == "../../../fi/initiatives/chatbot-2/"
    assert not tree.xpath("//link[@rel='alternate']"), "a page without own text names no alternates"
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://handbook.example/fi/initiatives/chatbot-2/"]


def test_missing_unit_stands_in_its_place(site: Path) -> None:
    tree = page(site, "da/barriers/law")
    units = [h.get("data-unit") for h in tree.xpath("//article//*[@data-unit and starts-with(name(), 'h')]")]
    assert units == ["P-law", "B-01", "B-02", "M-01"]
    (heading,) = tree.xpath("//h3[@data-unit='B-02']")
    assert heading.get("lang") == "nb"


def test_a_text_that_is_behind_says_so(site: Path) -> None:
    tree = page(site, "fi/barriers/law")
    notices = tree.xpath("//div[contains(@class, 'hb-notice')]//a/@href")
    assert notices == ["../../../nb/barriers/law/#b-02"]


def test_chooser(site: Path) -> None:
    tree = html.parse(site / "index.html").getroot()
    assert tree.xpath("//main//a/@href") == [f"{code}/" for code in LANGUAGES]
    assert tree.xpath("//link[@hreflang='x-default']/@href") == ["https://handbook.example/"]
    assert not (site / "en").exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_not_found(site: Path, lang: str) -> None:
    tree = html.parse(site / lang / "404.html").getroot()
    assert tree.get("lang") == lang
    assert f"/{lang}/initiatives/" in tree.xpath("//article//a/@href")


def test_not_found_outside_any_edition(site: Path) -> None:
    """Shown at any address, on any screen: links from the root, and the width of a phone."""
    tree = html.parse(site / "404.html").getroot()
    assert tree.xpath("//main//a/@href") == [f"/{lang}/" for lang in LANGUAGES]
    assert tree.xpath("//meta[@name='viewport']")
    assert all(place.startswith("/assets/") for place in tree.xpath("//link/@href | //script/@src"))


def test_permanent_addresses(site: Path) -> None:
    for unit in ("G-01", "B-02", "I-002", "T-bias", "L-gdpr", "S-01", "P-start"):
        for lang in LANGUAGES:
            assert (site / lang / "id" / unit / "index.html").is_file()
        links = page(site, f"id/{unit}").xpath("//li/a/@href")
        assert links == [f"../../{lang}/id/{unit}/" for lang in LANGUAGES]
    refresh = page(site, "sv/id/B-02").xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh == ["0; url=../../barriers/law/#b-02"]


def test_a_withdrawn_units_address_says_what_became_of_it(site: Path) -> None:
    for lang in LANGUAGES:
        tree = page(site, f"{lang}/id/B-03")
        assert not tree.xpath("//meta[@http-equiv='refresh']")
        said = tree.xpath("string(//main)")
        assert "2026.10" in said
        assert "The report was corrected." in said
        assert tree.xpath("//main//a/@href")[0].endswith("barriers/law/#b-02")
    assert len(page(site, "id/B-03").xpath("//li/a")) == len(LANGUAGES)


def test_every_link_leads_somewhere(site: Path) -> None:
    anchors = {p: set(html.parse(p).getroot().xpath("//@id")) for p in pages(site)}
    broken = []
    for file in pages(site):
        for href in html.parse(file).getroot().xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            parts = urlsplit(href)
            if parts.scheme or parts.netloc or file.name == "404.html":
                continue
            target = (
                Path(posixpath.normpath(posixpath.join(file.parent.as_posix(), unquote(parts.path))))
                if parts.path
                else file
            )
            if target.is_dir():
                target = target / "index.html"
            if not target.is_file() or (parts.fragment and unquote(parts.fragment) not in anchors.get(target, set())):
                broken.append(f"{file.relative_to(site)}: {href}")
    assert broken == []


def test_nothing_is_asked_of_a_third_party(site: Path) -> None:
    """What a browser fetches by itself is the site's own; the address is for search engines and for 404 pages."""
    wanted = "//link[not(@rel='canonical' or @rel='alternate')]/@href | //*/@src | //source/@srcset | //form/@action"
    for file in pages(site):
        for href in html.parse(file).getroot().xpath(wanted):
            assert urlsplit(href).netloc in {"", "handbook.example"}, (file, href)
            assert file.name == "404.html" or not urlsplit(href).netloc, (file, href)


def test_no_own_inline_script_or_style(site: Path) -> None:
    for file in pages(site):
        tree = html.parse(file).getroot()
        assert not tree.xpath("//@style"), file
        for element in tree.xpath(
            "//style | //script[not(@src) and not(@type='application/json' or @type='application/ld+json')]"
        ):
            assert "hb" not in (element.text or ""), file
            assert (
                "__md" in (element.text or "")
                or "location" in (element.text or "")
                or "palette" in (element.text or "")
            )
        assert not tree.xpath("//@*[starts-with(name(), 'on')]"), file


def test_data(site: Path) -> None:
    content = json.loads((site / "data" / "handbook.json").read_text(encoding="utf-8"))
    units = {unit["id"]: unit for unit in content["units"]}
    assert units["B-02"]["texts"]["fi"]["state"] == "behind"
    assert units["B-02"]["texts"]["da"] == units["B-02"]["texts"]["da"] | {"state": "missing", "title_language": "nb"}
    assert {"type": "lowers", "direction": "from", "unit": "M-01", "strength": "direct", "judgement": True} in units[
        "B-01"
    ]["relations"]
    assert not (site / "docs").exists()
    tables = [f"initiatives-{lang}.csv" for lang in sorted(LANGUAGES)]
    expected = {"dcat.ttl", "handbook.json", "health.json", *tables, "initiatives.json", "schema"}
    assert {p.name for p in (site / "data").iterdir()} >= expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogue_leads_to_its_data(site: Path, lang: str) -> None:
    tree = page(site, f"{lang}/initiatives")
    (script,) = tree.xpath("//script[@type='application/ld+json']")
    described = json.loads(script.text)
    for download in described["distribution"]:
        assert (site / download["contentUrl"].removeprefix("https://handbook.example/")).is_file()
    links = tree.xpath("//p[@class='hb-data-links']/a/@href")
    assert links == [f"../../data/initiatives-{lang}.csv", "../../data/initiatives.json"]
    assert not page(site, f"{lang}/laws").xpath("//script[@type='application/ld+json'] | //p[@class='hb-data-links']")


def test_sitemap_names_own_texts_only(site: Path) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "/fi/initiatives/chatbot-2/" in text
    assert "/is/initiatives/chatbot-2/" not in text


def test_one_language(root: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDBOOK_NODE_MODULES", str(building.Paths(root).node_modules))
    out = building.build(project(root, small), lang="sv", pdf=False)
    assert out.name == "site-sv"
    assert sorted(p.name for p in out.iterdir() if p.is_dir() and len(p.name) == 2) == ["id", "sv"]


def test_same_bytes_and_nothing_lost(root: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds give the same bytes; a failed third leaves them as they are."""
    monkeypatch.setenv("HANDBOOK_NODE_MODULES", str(building.Paths(root).node_modules))
    folder = project(root, small)

    def contents() -> dict[str, bytes]:
        out = folder / "site"
        return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}

    building.build(folder, pdf=False)
    first = contents()
    building.build(folder, pdf=False)
    second = contents()
    assert [name for name in first if first[name] != second.get(name)] == []
    broken = folder / "docs" / "sv" / "barriers" / "law.md"
    broken.write_text(broken.read_text(encoding="utf-8") + "\n[[B-99]]\n", encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        building.build(folder, pdf=False)
    assert [p.code for p in caught.value.problems if not p.code.startswith("compare")] == ["ref-unknown"]
    assert contents() == second
    assert list((folder / ".handbook" / "work").iterdir()) == []
