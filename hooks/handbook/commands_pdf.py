"""The verb ``pdf``: a whole edition, or a dossier for the council."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from handbook import index as indexing
from handbook.check import check as run_check
from handbook.dossier import Request, SelectionError, choose, make_dossier
from handbook.edition import make_book, pdf_problem
from handbook.index import Index
from handbook.load import load
from handbook.paths import Paths
from handbook.pdf import Book, Options, Paper, PdfError, impose, write_pdf
from handbook.problems import ProblemsError
from handbook.usage import UsageError

HELP = "one PDF: a whole edition, or a dossier of chosen units for the council"
EXAMPLE = 'pdf --lang nb --only G-03,M-26..M-39 --title "Sak 45/26" --out sak.pdf'
LARGE_PRINT = 16.0
LONGEST_TITLE = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--lang", metavar="CODE", required=True, help="the language")
    chosen = parser.add_argument_group("a dossier", "Each adds units, in this order; a unit comes once.")
    chosen.add_argument("--only", metavar="IDS", nargs="+", action="extend", help="ids and ranges: G-03,M-26..M-39")
    chosen.add_argument("--role", metavar="ROLE", nargs="+", action="extend", help="what a role reads: councillor")
    chosen.add_argument("--phase", metavar="PHASE", nargs="+", action="extend", help="what a phase needs: buy")
    chosen.add_argument("--dimension", metavar="NAME", nargs="+", action="extend", help="all barriers of one: law")
    chosen.add_argument("--title", metavar="TEXT", help="the front page's title, for example the number of the case")
    chosen.add_argument("--no-resolution", action="store_true", help="no page for the resolution and signatures")
    form = parser.add_argument_group("the form")
    form.add_argument("--a5", action="store_true", help="pages of A5, set anew")
    form.add_argument("--large-print", action="store_true", help="text of 16 points")
    form.add_argument("--booklet", action="store_true", help="A5 on folded A4, for printing on both sides only")
    form.add_argument(
        "--out", type=Path, metavar="FILE", help="the file (default: handbook-CODE.pdf, dossier-CODE.pdf)"
    )


def pdf(root: Path, options: argparse.Namespace) -> int:
    """Make one PDF.

    Raises:
        UsageError: the language, the selection or the file is none.
        ProblemsError: the text, the fonts or the finished PDF have a problem; an older PDF is untouched.
    """
    data = load(root)
    lang = options.lang
    if lang not in data.codes:
        raise UsageError(f"unknown language '{lang}': one of {', '.join(data.codes)}")
    if options.booklet and options.large_print:
        raise UsageError("--booklet is set on A5, too small for --large-print: choose one")
    request = _request(options)
    out = options.out or _default_name(lang, options, dossier=request is not None)
    _check_place(out)
    if request is None:
        book = make_book(_checked(root), lang)
    else:
        book = _dossier(indexing.build(data), lang, request, _title(options))
    written = _booklet if options.booklet else _written
    print(written(book, out, Paths(root), _options(book, options)))
    return 0


def _request(options: argparse.Namespace) -> Request | None:
    given = {name: getattr(options, name) for name in ("only", "role", "phase", "dimension")}
    if all(values is None for values in given.values()):
        if options.title is not None or options.no_resolution:
            raise UsageError(
                "--title and --no-resolution belong to a dossier: choose units with --only G-03,M-26..M-39"
            )
        return None
    values = {name: tuple(found or ()) for name, found in given.items()}
    return Request(",".join(values["only"]), values["role"], values["phase"], values["dimension"])


def _title(options: argparse.Namespace) -> str | None:
    if options.title is None:
        return None
    title = " ".join(options.title.split())
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise UsageError(f"--title: 1 to {LONGEST_TITLE} characters of text")
    return title


def _default_name(lang: str, options: argparse.Namespace, *, dossier: bool) -> Path:
    parts = ["dossier" if dossier else "handbook", lang]
    forms = {"a5": options.a5, "large-print": options.large_print, "booklet-print-only": options.booklet}
    parts += [name for name, chosen in forms.items() if chosen]
    return Path("-".join(parts) + ".pdf")


def _check_place(out: Path) -> None:
    if out.is_dir():
        raise UsageError(f"--out: {out} is a folder; name a file in it, for example {out / 'sak.pdf'}")
    above = next((folder for folder in (out.parent, *out.parent.parents) if folder.exists()), out.parent)
    if not above.is_dir():
        raise UsageError(f"--out: {above} is no folder")


def _checked(root: Path) -> Index:
    checked = run_check(root, dictionaries=False)
    if checked.problems or checked.index is None:
        raise ProblemsError(checked.problems)
    return checked.index


def _dossier(index: Index, lang: str, request: Request, title: str | None) -> Book:
    try:
        selection = choose(index, request)
    except SelectionError as error:
        raise UsageError(str(error)) from None
    for note in selection.notes:
        print(f"note: {note}", file=sys.stderr)
    return make_dossier(index, lang, selection.units, title)


def _options(book: Book, options: argparse.Namespace) -> Options:
    size = LARGE_PRINT if options.large_print else None
    paper: Paper = "a5" if options.a5 or options.booklet else "a4"
    if not book.chosen:
        return Options(paper=paper, base_size=size)
    return Options(paper=paper, base_size=size, contents_depth=1, resolution=not options.no_resolution)


def _written(book: Book, out: Path, paths: Paths, options: Options) -> str:
    """Write the PDF; return what there is to say of it."""
    try:
        report = write_pdf(book, out, cache=paths.cache / "fonts", node_modules=paths.node_modules, options=options)
    except PdfError as error:
        raise ProblemsError([pdf_problem(error, book.language)]) from None
    return f"{out}: {report.pages} pages, {report.size / 1e6:.1f} MB, {report.seconds:.0f} s"


def _booklet(book: Book, out: Path, paths: Paths, options: Options) -> str:
    """Write the PDF, verified as any other, and from it the booklet, which alone is kept."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".pdf-") as name:
            pages, folded = Path(name) / "pages.pdf", Path(name) / "booklet.pdf"
            _written(book, pages, paths, options)
            sheets = impose(pages, folded, f"{book.title} – {book.strings['print_only']}")
            folded.replace(out)
    except OSError as error:
        problem = PdfError(f"it can't be written: {error.strerror or error}", file=str(out))
        raise ProblemsError([pdf_problem(problem, book.language)]) from None
    advice = "print on both sides, flip on the short edge, fold, staple"
    return f"{out}: {sheets} sheets of A4, for printing only (it has no tags for screen readers); {advice}"
