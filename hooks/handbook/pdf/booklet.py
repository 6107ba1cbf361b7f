"""Imposes a PDF for a booklet: two pages on each side of a sheet, to be printed on both sides, folded and stapled.

The result has no tags, so it is for printing only and says so in its title; who reads on a screen takes the other PDF.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Page

from handbook.pdf.pack import pack


def impose(source: Path, target: Path, title: str) -> int:
    """Write the booklet of ``source`` to ``target``, and tell how many sheets it takes.

    Args:
        source: pages of one size, such as A5; a sheet is as large as two of them.
        target: the booklet.
        title: what stands in its metadata; it should say that it is for printing only.
    """
    with pikepdf.open(source) as pages, pikepdf.new() as booklet:
        order = saddle_stitch(len(pages.pages))
        for left, right in order:
            _add_side(booklet, pages, left, right)
        booklet.Root.Lang = pikepdf.String(str(pages.Root.get("/Lang", "")))
        booklet.Root.ViewerPreferences = Dictionary(Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None"))
        booklet.docinfo["/Title"] = title
        for key in ("/CreationDate", "/ModDate"):
            if key in pages.docinfo:
                booklet.docinfo[key] = str(pages.docinfo[key])
        pack(booklet, target)
    return len(order) // 2


def saddle_stitch(pages: int) -> list[tuple[int | None, int | None]]:
    """For each side of each sheet its left and right page (from 0), ``None`` for an empty one; fronts before backs."""
    places = -(-pages // 4) * 4

    def page(number: int) -> int | None:
        return number if number < pages else None

    sides = []
    for sheet in range(places // 4):
        first, last = 2 * sheet, places - 1 - 2 * sheet
        sides += [(page(last), page(first)), (page(first + 1), page(last - 1))]
    return sides


def _add_side(booklet: pikepdf.Pdf, pages: pikepdf.Pdf, left: int | None, right: int | None) -> None:
    start, bottom, end, top = (float(str(side)) for side in pages.pages[0].mediabox)
    width, height = end - start, top - bottom
    sheet = booklet.add_blank_page(page_size=(2 * width, height))
    content = b""
    forms = Dictionary()
    for at, number in enumerate((left, right)):
        if number is not None:
            name = f"/P{at}"
            forms[name] = booklet.copy_foreign(_form(pages.pages[number]))
            content += b"q 1 0 0 1 %.4f 0 cm %b Do Q\n" % (at * width, name.encode())
    sheet.obj.Resources = Dictionary(XObject=forms)
    sheet.obj.Contents = booklet.make_stream(content)


def _form(page: Page) -> pikepdf.Object:
    """The page's content as a form, without what belongs to the tree of tags that stays behind."""
    form = page.as_form_xobject()
    for key in ("/StructParents", "/StructParent"):
        if key in form:
            del form[key]
    form.BBox = Array(list(page.mediabox))
    return form
