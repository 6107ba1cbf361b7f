r"""The last writing of a PDF: small, the same bytes each time, and no stream whose end can be misread.

PDF/A wants a line break before ``endstream``. Where a stream's data end in ``\r``, that break makes ``\r\n``,
and a checker cannot tell whether the ``\r`` belongs to the data; ``page-validation`` reports a wrong length.
So such streams get a blank at their end, and the object streams (made by qpdf) are numbered anew.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from handbook.pdf.model import PdfError

_ATTEMPTS = 24
_UNCLEAR = b"\r\nendstream"


def pack(pdf: pikepdf.Pdf, target: Path) -> None:
    """Write ``pdf`` to ``target`` with object streams and an ID made from the content.

    Raises:
        PdfError: no unambiguous form was found.
    """
    _pad_streams(pdf)
    plain = target.with_suffix(".plain.pdf")
    for attempt in range(_ATTEMPTS):
        if attempt:
            pdf.Root.AHandbookPad = Array([pdf.make_indirect(Dictionary(N=n)) for n in range(attempt)])
        pdf.save(plain)
        _write(plain, target)
        if _UNCLEAR not in target.read_bytes():
            return
    raise PdfError("the PDF could not be written without a stream whose end is unclear")


def _write(source: Path, target: Path) -> None:
    # The line break before `endstream` is a setting of qpdf's job, not of `Pdf.save`.
    job: dict[str, str] = {
        "inputFile": str(source),
        "outputFile": str(target),
        "objectStreams": "generate",
        "compressStreams": "y",
        "newlineBeforeEndstream": "",
        "deterministicId": "",
    }
    pikepdf.Job(job).run()


def _pad_streams(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Stream) and item.read_raw_bytes().endswith(b"\r"):
            _pad(item)


def _pad(stream: Stream) -> None:
    if stream.get("/Subtype") == Name.Image:
        names = cast(Name, stream.Filter) if "/Filter" in stream else None
        settings = cast(Dictionary, stream.DecodeParms) if "/DecodeParms" in stream else None
        stream.write(stream.read_raw_bytes() + b"\n", filter=names, decode_parms=settings)
        return
    data = stream.read_bytes() + b"\n"
    while zlib.adler32(data) & 0xFF == ord("\r"):
        data += b"\n"
    stream.write(data)
    if "/Length1" in stream:
        stream.Length1 = len(data)
