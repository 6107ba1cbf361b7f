"""From a book to a PDF file: convert, compile, finish, verify, and only then put it in its place."""

from __future__ import annotations

import datetime
import tempfile
import time
from pathlib import Path

import typst

from handbook.pdf.fonts import ensure_fonts
from handbook.pdf.model import Book, Options, PdfError, PdfReport
from handbook.pdf.postpass import finish
from handbook.pdf.to_typst import Source, to_typst
from handbook.pdf.verify import verify

_DEFAULT = Options()


def write_pdf(book: Book, out: Path, *, cache: Path, node_modules: Path, options: Options = _DEFAULT) -> PdfReport:
    """Write ``book`` to ``out``; the same book and options give the same bytes.

    Args:
        book: the edition.
        out: the PDF; an older one stays until the new one is whole and verified.
        cache: folder for converted fonts.
        node_modules: where the ``@fontsource`` packages are installed.
        options: paper, size, and what goes in around the text.

    Raises:
        PdfError: the text, the fonts or the finished PDF have a problem.
    """
    begun = time.monotonic()
    source = to_typst(book, options)
    fonts = ensure_fonts(node_modules, cache)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, so that putting the new file in its place is one rename.
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".pdf-") as name:
            raw, done = Path(name) / "raw.pdf", Path(name) / "done.pdf"
            raw.write_bytes(compile_source(book, source, fonts))
            pages = finish(raw, done, source.expected)
            problems = verify(done, source.expected)
            if problems:
                raise PdfError(f"the PDF in {book.language} is not sound: " + "; ".join(problems))
            done.replace(out)
    except OSError as error:
        hint = "is it open in another program?" if out.exists() else "choose another place"
        raise PdfError(f"it can't be written: {error.strerror or error}", file=str(out), hint=hint) from error
    return PdfReport(out, pages, out.stat().st_size, time.monotonic() - begun, source.expected)


def compile_source(book: Book, source: Source, fonts: Path) -> bytes:
    """The PDF that Typst makes of ``source``.

    Raises:
        PdfError: Typst refuses it; with the unit, file and line in whose text it found the fault.
    """
    moment = datetime.datetime.combine(book.date, datetime.time(), datetime.UTC)
    fonts_found = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
    try:
        result = typst.compile(
            source.text.encode(),
            format="pdf",
            font_paths=fonts_found,
            ignore_system_fonts=True,
            pdf_standards=["ua-1", "a-2a"],
            timestamp=moment,
        )
    except typst.TypstError as error:
        raise _explained(book, source, error) from error
    if not isinstance(result, bytes):
        raise PdfError("Typst made no PDF")
    return result


def _explained(book: Book, source: Source, error: typst.TypstError) -> PdfError:
    quoted = _quoted(error.message)
    if "could not be displayed" in error.message and quoted:
        place = " in the title" if quoted in book.title else ""
        problem, hint = f"the fonts have no form for '{quoted}'{place}", "write it otherwise"
    else:
        problem, hint = f"Typst: {error.message}", "; ".join(error.hints)
    lines = [line for line in _lines([error.diagnostic, *error.trace]) if line >= source.body_line]
    lines = lines or source.lines_with(quoted)
    unit = source.unit_at(lines[0]) if lines else ""
    file, line = book.source_lines.get(unit, ("", 0))
    return PdfError(problem, unit=unit, file=file, line=line, hint=hint)


def _quoted(message: str) -> str:
    """The text that a message quotes as ``the text `"…"```, or ``""``: such errors come without a place."""
    return message.partition('`"')[2].partition('"`')[0]


def _lines(diagnostics: list[str]) -> list[int]:
    """The line numbers in diagnostics' places, ``┌─ name.typ:LINE:COLUMN``."""
    found: list[int] = []
    for text in "\n".join(diagnostics).splitlines():
        parts = text.strip().rsplit(":", 2)
        if len(parts) == 3 and parts[0].endswith(".typ") and parts[1].isdigit():
            found.append(int(parts[1]))
    return found
