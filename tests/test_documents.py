"""Parts of pages as files of their own: plain text and Word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from handbook import index as indexing
from handbook.documents.as_text import as_text
from handbook.documents.as_word import as_word
from handbook.documents.model import Block, Document, Heading, Item, Paragraph, Run, Table, text_of
from handbook.documents.publish import write_documents
from handbook.documents.read import Reader
from handbook.load import load
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

MADE = date(2026, 11, 22)
LOCALES = {"nb": "nb-NO", "fi": "fi-FI"}
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def read(text: str) -> list[Block]:
    root = html.fragment_fromstring(text, create_parent="div")
    return list(Reader("nb", lambda link: "https://x.example/" + link.get("href", ""), LOCALES).blocks(list(root)))


def test_blocks_of_a_page() -> None:
    found = read(
        '<h2>Del<a class="headerlink" href="#x">¶</a></h2><p class="hb-label">B-01 · 2024</p>'
        "<p>En  to\n<strong>tre</strong> <em lang='fi'>neljä</em><br>fem</p>"
        '<div class="admonition advice hb-advice"><p class="admonition-title">Råd</p>'
        '<ul class="task-list"><li class="task-list-item"><label><input type="checkbox"> Ja?</label></li></ul></div>'
        "<ol><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>"
    )
    assert found == [
        Heading(2, (Run("Del"),)),
        Paragraph(
            (Run("En to "), Run("tre", bold=True), Run(" "), Run("neljä", italic=True, lang="fi-FI"), Run("\nfem"))
        ),
        Item((Run("Ja?"),), "check", 0, 1, 1),
        Item((Run("a"),), "number", 0, 1, 2),
        Item((Run("b"),), "bullet", 1, 1, 3),
        Item((Run("c"),), "number", 0, 2, 2),
        Item((Run("d"),), "none", 0, 2, 2),
    ]


def test_a_reference_says_its_id() -> None:
    (paragraph,) = read('<p>Se <a class="hb-ref" data-unit="M-26" href="m">Regler</a> og <a href="u">ut</a></p>')
    assert isinstance(paragraph, Paragraph)
    assert text_of(paragraph.runs) == "Se M-26 Regler og ut"
    assert [run.href for run in paragraph.runs if run.href] == ["https://x.example/m", "https://x.example/u"]


def test_a_table_keeps_its_head_and_its_shape() -> None:
    (table,) = read("<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>1</td></tr></table>")
    assert table == Table((((Run("A"),), (Run("B"),)), ((Run("1"),), ())), 1)


@pytest.mark.slow
@given(st.text(alphabet="ab <>&\n\u00a0é", max_size=40))
def test_no_text_is_lost(text: str) -> None:
    """Whatever stands in a paragraph stands in the document, white space aside."""
    element = html.fragment_fromstring("<div><p>x</p></div>")
    element[0].text = text
    found = list(Reader("nb", lambda _link: "", {}).blocks(list(element)))
    said = "".join(text_of(b.runs) for b in found if isinstance(b, Paragraph))
    assert " ".join(said.split(" ")) == " ".join(part for part in text.replace("\n", " ").split(" ") if part)


DOCUMENT = Document(
    title="Sjekkliste",
    locale="nb-NO",
    blocks=(
        Heading(1, (Run("Sjekkliste"),)),
        Paragraph((Run("Innledning "), Run("viktig", bold=True), Run(" sana", lang="fi-FI"))),
        Heading(2, (Run("Del"),)),
        Item((Run("Spørsmål?"),), "check", 0, 1, 1),
        Item((Run("en"),), "number", 0, 1, 2),
        Item((Run("to"),), "number", 0, 2, 2),
        Item((Run("under"),), "bullet", 1, 1, 3),
        Item((Run("mer"),), "none", 0, 2, 2),
        Item((Run("tre"),), "number", 0, 3, 4),
        Table((((Run("A"),), (Run("B"),)), ((Run("1"),), ())), 1),
    ),
    note=((Run("Håndboken"),), (Run("https://x.example/", href="https://x.example/"),)),
)


def test_text() -> None:
    assert as_text(DOCUMENT).split("\n") == [
        *("Sjekkliste", "", "Innledning viktig sana", "", "Del", ""),
        *("☐ Spørsmål?", "1. en", "2. to", "   - under", "   mer", "3. tre", ""),
        *("A | B", "1 | ", "", "---", "Håndboken", "https://x.example/", ""),
    ]


@pytest.fixture(scope="module")
def made() -> bytes:
    return as_word(DOCUMENT, author="Utgiver", made=MADE)


@pytest.fixture(scope="module")
def word(made: bytes) -> Any:
    return docx.Document(io.BytesIO(made))


def test_same_bytes(made: bytes) -> None:
    assert as_word(DOCUMENT, author="Utgiver", made=MADE) == made
    assert as_word(replace(DOCUMENT, title="Annen"), author="Utgiver", made=MADE) != made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 22, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert archive.testzip() is None
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_properties(word: Any) -> None:
    known = word.core_properties
    assert (known.title, known.author, known.last_modified_by) == ("Sjekkliste", "Utgiver", "Utgiver")
    assert (known.language, known.revision) == ("nb-NO", 1)
    assert known.created.replace(tzinfo=None) == known.modified.replace(tzinfo=None) == datetime(2026, 11, 22)


def test_language(word: Any) -> None:
    """For the document, for its styles, and for words in another language; no style keeps the template's own."""
    styles = word.styles.element
    said = [e.get(qn("w:val")) for e in styles.iter(qn("w:lang"))]
    assert said and set(said) == {"nb-NO"}
    assert word.settings.element.find(qn("w:themeFontLang")).get(qn("w:val")) == "nb-NO"
    foreign = [
        run for p in word.paragraphs for run in p.runs if run._r.find(f"{qn('w:rPr')}/{qn('w:lang')}") is not None
    ]
    assert [run.text for run in foreign] == [" sana"]


def test_headings_and_lists(word: Any) -> None:
    shown = [(p.style.name, p.text.strip()) for p in word.paragraphs]
    assert shown == [
        ("Heading 1", "Sjekkliste"),
        ("Normal", "Innledning viktig sana"),
        ("Heading 2", "Del"),
        ("List Check", "Spørsmål?"),
        ("List Number", "en"),
        ("List Number", "to"),
        ("List Bullet", "under"),
        ("List Continue", "mer"),
        ("List Number", "tre"),
        ("Note", "Håndboken"),
        ("Note", "https://x.example/"),
    ]
    assert all(text for _, text in shown), "space comes from styles, not from empty paragraphs"


def test_every_list_counts_for_itself(word: Any) -> None:
    lists = {p.text.strip(): p._p.pPr.numPr for p in word.paragraphs if p._p.pPr is not None}
    number = {text: (found.numId.val, found.ilvl.val) for text, found in lists.items() if found is not None}
    assert number["en"] == number["to"] != number["tre"]
    assert number["under"][1] == 1
    starts = {
        int(num.get(qn("w:numId"))): start.get(qn("w:val"))
        for num in word.part.numbering_part.element.findall(qn("w:num"))
        for start in num.iter(qn("w:startOverride"))
    }
    assert starts[number["en"][0]] == "1" and starts[number["tre"][0]] == "3"


def test_a_box_can_be_ticked(word: Any) -> None:
    (paragraph,) = [p for p in word.paragraphs if p.style.name == "List Check"]
    (box,) = list(paragraph._p.iter(f"{W14}checkbox"))
    assert box.find(f"{W14}checked").get(f"{W14}val") == "0"
    assert "".join(e.text for e in paragraph._p.iter(qn("w:t"))) == "☐\u00a0Spørsmål?"


ORDER = {
    "rPr": "rStyle rFonts b bCs i iCs caps strike color spacing kern sz szCs highlight u vertAlign lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr tabs spacing ind contextualSpacing jc"
    " outlineLvl rPr",
    "trPr": "cantSplit tblHeader",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
}
"""Order of children as the format's schema has it; Word may refuse a file that mixes it up."""


def test_children_stand_in_the_order_of_the_schema(word: Any) -> None:
    parts = [word.element, word.styles.element, word.part.numbering_part.element, word.sections[0].footer._element]
    wrong = []
    for part in parts:
        for name, names in ORDER.items():
            order = names.split()
            for element in part.iter(qn(f"w:{name}")):
                found = [order.index(n) for c in element if (n := c.tag.rpartition("}")[2]) in order]
                if found != sorted(found):
                    wrong.append([c.tag.rpartition("}")[2] for c in element])
    assert wrong == []
    numbering = [e.tag.rpartition("}")[2] for e in word.part.numbering_part.element]
    assert numbering == sorted(numbering), "definitions before the lists that use them"


def test_links_and_tables(word: Any) -> None:
    targets = [rel.target_ref for rel in word.part.rels.values() if rel.is_external]
    assert targets == ["https://x.example/"]
    (table,) = word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "B"], ["1", ""]]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "first", "last"),
    [
        ("# Personvern nb { #g-01 rev=1nb }\n", "Ingress", "Loven"),
        ("## Hva dere sjekker\n", "☐ Question?", "☐ Another?"),
    ],
)
def test_the_part_in_which_the_block_stands(small: Path, tmp_path: Path, place: str, first: str, last: str) -> None:
    """Under the page's heading the whole page, under another the section; only in the language that has the block."""
    page = small / "docs" / "nb" / "guidelines" / "privacy.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(place, f"{place}\n/// downloads\n///\n"), encoding="utf-8")
    index = indexing.build(load(small))
    written = write_documents(index, index.data.codes, tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in written] == [
        "nb/guidelines/privacy.docx",
        "nb/guidelines/privacy.txt",
    ]
    lines = written[1].read_text(encoding="utf-8-sig").split("\n")
    assert lines[0] == "Personvern nb"
    assert lines[2].startswith(first)
    body = lines[: lines.index("---")]
    assert any(line.startswith(last) for line in body)
    assert ("Loven" in body) == (last == "Loven")
    assert lines[-2] == "https://handbook.example/nb/id/G-01/"


@pytest.mark.slow
def test_the_real_ones(root: Path, tmp_path: Path) -> None:
    """Checklist and resolution in every language, of one shape, each twice the same bytes."""
    index = indexing.build(load(root))
    written = write_documents(index, index.data.codes, tmp_path / "a")
    again = write_documents(index, index.data.codes, tmp_path / "b")
    assert [p.read_bytes() for p in written] == [p.read_bytes() for p in again]
    shapes: dict[str, set[tuple[str, ...]]] = {}
    for language in index.data.languages:
        for name in ("checklist", "resolution"):
            file = tmp_path / "a" / language.code / "council" / f"{name}.docx"
            found = docx.Document(str(file))
            assert found.core_properties.language == language.locale
            assert found.paragraphs[0].text == found.core_properties.title
            assert all(p.text.strip() for p in found.paragraphs)
            shapes.setdefault(name, set()).add(tuple(p.style.name for p in found.paragraphs))
    assert {name: len(found) for name, found in shapes.items()} == {"checklist": 1, "resolution": 1}
    (checklist,), (resolution,) = shapes["checklist"], shapes["resolution"]
    assert (checklist.count("Heading 2"), checklist.count("List Check")) == (4, 16)
    assert resolution.count("List Number") == 10


@pytest.mark.slow
def test_a_page_without_own_text_says_whose_it_is(make_small: Callable[[Path], Path], tmp_path: Path) -> None:
    """Where a language lacks the page, its file holds the leading language's text, marked as that."""
    small = make_small(tmp_path / "small")
    (small / "docs" / "is" / "guidelines" / "privacy.md").unlink()
    page = small / "docs" / "nb" / "guidelines" / "privacy.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("## Hvorfor\n", "## Hvorfor\n\n/// downloads\n///\n"), encoding="utf-8")
    index = indexing.build(load(small))
    write_documents(index, ["is"], tmp_path / "out")
    found = docx.Document(str(tmp_path / "out" / "is" / "guidelines" / "privacy.docx"))
    for paragraph in found.paragraphs[:2]:
        assert {e.get(qn("w:val")) for e in paragraph._p.iter(qn("w:lang"))} == {"nb-NO"}
    assert found.core_properties.language == "is-IS"
