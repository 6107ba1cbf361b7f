"""The printed edition: the built text of a book as a tagged PDF, by way of Typst.

``write_pdf`` is the way in; ``model`` has what goes in and comes out.
"""

from handbook.pdf.booklet import impose
from handbook.pdf.compile import write_pdf
from handbook.pdf.model import STRING_KEYS, Book, Options, Page, Paper, Part, PdfError, PdfReport
from handbook.pdf.verify import verify

__all__ = [
    "STRING_KEYS",
    "Book",
    "Options",
    "Page",
    "Paper",
    "Part",
    "PdfError",
    "PdfReport",
    "impose",
    "verify",
    "write_pdf",
]
