"""HTML to Typst without compiling: what is refused, what cannot break out, what is counted."""

from __future__ import annotations

import pytest
from handbook.pdf import Options, PdfError, languages
from handbook.pdf.literal import string
from handbook.pdf.to_typst import to_typst

BARE = Options(cover=False, colophon=False, contents=False, index=False)


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "\\",
        '\\"',
        '"); panic("x',
        "#panic()",
        "\n// x",
        "]*/",
        "\u2028",
        "$x$",
        "`",
        "<b-32>",
        "@b-32",
        "\u00ad",
    ],
)
def test_a_literal_cannot_be_left(text: str) -> None:
    literal = string(text)
    inside = literal[1:-1].replace("\\\\", "").replace('\\"', "")
    assert literal[0] == literal[-1] == '"'
    assert '"' not in inside
    assert "\n" not in literal and "\u2028" not in literal


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>no heading</p>", "no heading"),
        ("<h1>A</h1><h3>B</h3>", "level 3"),
        ("<h1>A</h1><video></video>", "<video>"),
        ("<h1>A</h1><p><object>x</object></p>", "<object>"),
        ("<h1>A</h1><table><tr><td>1</td></tr></table>", "head row"),
        ("<h1>A</h1><table><tr><th>1<table></table></th></tr></table>", "inside a table"),
        ("<h1>A</h1><figure><svg></svg></figure>", "alternative"),
        ('<h1>A</h1><p><img src="x.png" alt="Et bilde."></p>', "x.png"),
        ('<h1>A</h1><p><a href="javascript:x">x</a></p>', "javascript"),
        ('<h1>A</h1><p><a href="#nowhere">x</a></p>', "#nowhere"),
        ('<h1>A</h1><p><a class="hb-ref" data-unit="B-99" href="x">x</a></p>', "unknown unit 'B-99'"),
        ('<h1>A</h1><p><sup><a class="footnote-ref" href="#fn:1">1</a></sup></p>', "fn:1"),
        ('<h1 id="b-32">A</h1><h2 id="b-32">B</h2>', "twice"),
    ],
)
def test_what_has_no_form_in_print_is_refused(book, html: str, words: str) -> None:
    with pytest.raises(PdfError) as caught:
        to_typst(book(html, B_32="Tittel"), BARE)
    assert words in str(caught.value)
    assert caught.value.file.startswith("docs/nb/") and caught.value.line == 7


def test_the_error_names_the_unit_around_it(book) -> None:
    with pytest.raises(PdfError) as caught:
        to_typst(book('<h1>A</h1><h2 id="b-32">B</h2><p><video></video></p>', B_32="T"), BARE)
    assert (caught.value.unit, caught.value.file) == ("B-32", "docs/nb/B-32.md")


def test_web_only_is_dropped_and_print_only_kept(book) -> None:
    html = '<h1>A</h1><p>x <b class="hb-web-only">web</b></p><div class="hb-print-only"><p>papir</p></div>'
    text = to_typst(book(html), BARE).text
    assert "papir" in text and '"web"' not in text


def test_an_empty_selection_is_refused(book) -> None:
    with pytest.raises(PdfError, match="no text"):
        to_typst(book(), BARE)


def test_hyphenation_exceptions_take_in_inflected_forms() -> None:
    known = languages.load("fi")
    assert known.broken("Tekoälyssä") == ("Teko\u00adäly", "ssä")
    assert known.pieces("uusi Tekoälyssä on") == [("uusi ", False), ("Teko\u00adäly", True), ("ssä on", False)]
    assert known.broken("kunta") is None
    assert languages.load("xx").pieces("ord") == [("ord", False)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Bias Zoo Ære Øl Åpen"),
        ("sv", "Bias Zoo Åka Ära Öl"),
        ("is", "Afl Ákvörðun Bias Þema Æfa Öryggi"),
    ],
)
def test_the_alphabet_is_that_of_the_language(language: str, words: str) -> None:
    known = languages.load(language)
    assert sorted(words.split(), key=known.sort_key) == words.split()
