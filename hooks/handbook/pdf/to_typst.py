"""A whole book as Typst source, with what the PDF must then contain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from handbook.pdf import languages
from handbook.pdf.blocks import Walker
from handbook.pdf.context import Context
from handbook.pdf.front import continued, fresh, front_lines
from handbook.pdf.literal import block, call, string, value
from handbook.pdf.model import STRING_KEYS, Book, Expected, Options, Page, PdfError
from handbook.pdf.notes import collect
from handbook.pdf.plan import Planned, make_plan
from handbook.pdf.qr import code_to
from handbook.pdf.register import registers

_MARK = "// unit "
_SAMPLE = "P-council-resolution"


@dataclass(frozen=True, slots=True)
class Source:
    """Typst source and what it must become."""

    text: str
    expected: Expected
    body_line: int

    def lines_with(self, text: str) -> list[int]:
        """The lines of the body (from 1) in which ``text`` stands."""
        numbered = enumerate(self.text.split("\n"), 1)
        return [number for number, line in numbered if text and number >= self.body_line and text in line]

    def unit_at(self, line: int) -> str:
        """The unit whose text stands at ``line`` (from 1) of the source, or ``""``."""
        for text in reversed(self.text.split("\n")[:line]):
            if text.startswith(_MARK):
                return text.removeprefix(_MARK)
        return ""


def to_typst(book: Book, options: Options) -> Source:
    """Convert ``book``.

    Raises:
        PdfError: something in the text has no form in print, with unit, file and line.
    """
    _check(book)
    plan = make_plan(book)
    expected = Expected(book.language, book.title)
    language = languages.load(book.language)
    ctx = Context(book, options, plan, language, language, expected, Page("", "", ""), "")
    codes = ["hb-cover"] if options.cover else []
    # A book begins with where it comes from; a dossier begins with its contents and ends with that.
    codes += [] if book.chosen else _colophon(ctx)
    if options.contents:
        ctx.count_heading(1, book.strings["contents"], bookmarked=False)
        codes.append("hb-contents")
    codes += _parts(ctx)
    codes += registers(ctx) if options.index and not book.chosen else []
    codes += _colophon(ctx) if book.chosen else []
    if options.resolution:
        ctx.count_heading(1, book.strings["resolution"])
        codes.append("hb-resolution")
    template = resources.files("handbook.pdf").joinpath("template.typ").read_text("utf-8")
    head = f"#let cfg = {value(_settings(ctx))}\n{template}\n"
    return Source(f"{head}#{block(codes)}\n", expected, head.count("\n") + 1)


def _colophon(ctx: Context) -> list[str]:
    if not ctx.options.colophon:
        return []
    ctx.count_heading(1, ctx.book.strings["excerpt_colophon" if ctx.book.chosen else "colophon"])
    return ["hb-colophon"]


def _check(book: Book) -> None:
    missing = [key for key in STRING_KEYS if key not in book.strings]
    if missing:
        raise PdfError(f"no text for {', '.join(missing)} in {book.language}")
    if not any(part.pages for part in book.parts):
        raise PdfError("this selection has no text", hint="choose at least one unit")


def _settings(ctx: Context) -> dict[str, object]:
    book, options = ctx.book, ctx.options
    example = f"{book.address}{book.language}/id/B-32/"
    strings = {key: book.strings[key] for key in STRING_KEYS}
    if book.chosen:
        strings["colophon"], strings["refs_note"] = strings["excerpt_colophon"], strings["excerpt_refs_note"]
    strings["refs_note"] = strings["refs_note"].replace("{example}", example)
    sample = f"{book.address}{book.language}/id/{_SAMPLE}/"
    strings["resolution_sample"] = strings["resolution_sample"].replace("{address}", sample)
    day = strings["date_format"].replace("{day}", str(book.date.day)).replace("{year}", str(book.date.year))
    return {
        "language": book.language,
        "title": book.title,
        "subtitle": book.subtitle,
        "edition": book.edition,
        "date": day.replace("{month}", strings[f"month_{book.date.month}"]),
        "year": book.date.year,
        "month": book.date.month,
        "day": book.date.day,
        "authority": book.authority_label,
        "licence": book.licence,
        "address": book.address,
        "publisher": book.publisher,
        "draft": book.draft,
        "keywords": list(options.keywords),
        "paper": options.paper,
        "size": float(options.size),
        "depth": options.contents_depth,
        "longest": [ctx.longest.get(level, "") for level in (1, 2, 3)],
        "chosen": front_lines(book),
        "light": [page.unit for part in book.parts for page in part.pages if page.flows],
        "continued": continued(book),
        "fresh": fresh(book),
        "s": strings,
    }


def _parts(ctx: Context) -> Iterable[str]:
    codes: list[str] = []
    pages = ctx.plan.pages
    number = 0
    for index, part in enumerate(ctx.book.parts):
        if part.title is not None and part.pages:
            number += 1
            ctx.level = 1
            ctx.count_heading(1, part.title)
            codes.append(call("hb-part", str(number), string(part.title), code_to(ctx, part.pages[0].unit)))
        codes += [_page(ctx, at, planned) for at, planned in enumerate(pages) if planned.part == index]
    return codes


def _page(ctx: Context, number: int, planned: Planned) -> str:
    ctx.page, ctx.unit, ctx.page_number = planned.page, planned.page.unit, number
    ctx.notes, ctx.notes_set = collect(planned.body), {}
    return Walker(ctx).flow(planned.body)
