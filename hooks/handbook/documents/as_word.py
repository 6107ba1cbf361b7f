"""A document as a Word file: real headings and lists, its language set, the same bytes for the same input."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from handbook.documents.model import Block, Document, Heading, Item, Runs, Table
from handbook.documents.word_lists import Lists

FONT = "Calibri"
"""On every machine with Word; LibreOffice has Carlito of the same widths."""

INK = RGBColor(0x14, 0x41, 0x5A)
CHECKBOX = """<w:sdt {ns}><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>
<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>
</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>
<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr>
<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"""
"""A box that Word and LibreOffice let the reader tick; others show the character."""

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def as_word(document: Document, *, author: str, made: date) -> bytes:
    """Return the document as a ``.docx`` file.

    Args:
        document: what to write.
        author: who the file says made it.
        made: when the file says it was made, so that time leaves no trace in it.
    """
    word = docx.Document()
    _set_up(word, document.locale)
    _properties(word, document, author, made)
    lists = Lists(word)
    for block in document.blocks:
        _block(word, lists, block)
    for runs in document.note:
        _runs(word.add_paragraph(style="Note"), runs)
    _page_number(word, document.title)
    raw = io.BytesIO()
    word.save(raw)
    return _repacked(raw.getvalue(), made)


def _set_up(word: Any, locale: str) -> None:
    """Page, styles, language; what the library's template brings of its own goes."""
    for part, kind in (
        (word.part.package, RELATIONSHIP_TYPE.THUMBNAIL),
        (word.part, "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"),
    ):
        for key in [key for key, rel in part.rels.items() if rel.reltype == kind]:
            del part.rels[key]
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _fonts(defaults)
    defaults.find(qn("w:lang")).set(qn("w:val"), locale)
    settings = word.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), locale)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens it as an old file, in compatibility mode
    _styles(word, locale)


def _styles(word: Any, locale: str) -> None:
    body = word.styles["Normal"]
    body.font.size = Pt(11)
    body.paragraph_format.space_after = Pt(6)
    _language(body.element.get_or_add_rPr(), locale)
    for level, size in ((1, 20), (2, 14), (3, 12)):
        style = word.styles[f"Heading {level}"]
        style.font.size, style.font.color.rgb = Pt(size), INK
        style.paragraph_format.space_before = Pt(0 if level == 1 else 14)
        style.paragraph_format.space_after = Pt(6)
        _fonts(style.element.get_or_add_rPr())
        _language(style.element.get_or_add_rPr(), locale)
    note = word.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = body
    note.font.size = Pt(9)
    note.paragraph_format.space_after = Pt(0)
    note.paragraph_format.keep_together = True
    link = word.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    link.font.color.rgb = INK


def _fonts(properties: Any) -> None:
    """Name the typeface instead of the theme's."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)


def _language(properties: Any, locale: str) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), locale)
    properties.append(language)


def _properties(word: Any, document: Document, author: str, made: date) -> None:
    when = datetime.combine(made, time(), UTC).replace(tzinfo=None)
    known = word.core_properties
    known.title, known.language = document.title, document.locale
    known.author = known.last_modified_by = author
    known.created = known.modified = when
    known.revision = 1
    known.comments = known.keywords = known.subject = ""


def _block(word: Any, lists: Lists, block: Block) -> None:
    if isinstance(block, Heading):
        _runs(word.add_paragraph(style=f"Heading {min(block.level, 9)}"), block.runs)
    elif isinstance(block, Table):
        _table(word, block)
    elif isinstance(block, Item):
        paragraph = word.add_paragraph(style=lists.style(block))
        lists.number(paragraph, block)
        if block.marker == "check":
            paragraph._p.append(parse_xml(CHECKBOX.format(ns=f"{nsdecls('w')} {W14}")))
            paragraph.add_run("\u00a0")
        _runs(paragraph, block.runs)
    else:
        _runs(word.add_paragraph(), block.runs)


def _table(word: Any, block: Table) -> None:
    table = word.add_table(rows=0, cols=len(block.rows[0]) if block.rows else 0, style="Table Grid")
    for position, row in enumerate(block.rows):
        made = table.add_row()
        head = position < block.head
        for cell, runs in zip(made.cells, row, strict=True):
            _runs(cell.paragraphs[0], tuple(replace(run, bold=run.bold or head) for run in runs))
        properties = made._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if head:
            properties.append(OxmlElement("w:tblHeader"))


def _runs(paragraph: WordParagraph, runs: Runs) -> None:
    for run in runs:
        made = paragraph.add_run(run.text)
        made.bold, made.italic = run.bold or None, run.italic or None
        if run.lang:
            _language(made._r.get_or_add_rPr(), run.lang)
        if run.href:
            made.style = "Hyperlink"
            relation = paragraph.part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), relation)
            made._r.addprevious(link)
            link.append(made._r)


def _page_number(word: Any, title: str) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.add_run(f"{title} – ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number = paragraph.add_run("1")
    number._r.addprevious(field)
    field.append(number._r)


def _repacked(raw: bytes, made: date) -> bytes:
    """Return the archive with its own times taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():  # the order that the format wants: its table of contents first
            info = zipfile.ZipInfo(name, (made.year, made.month, made.day, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(info, source.read(name))
    return out.getvalue()
