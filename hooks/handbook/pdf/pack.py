r"""The last writing of a PDF: small, the same bytes each time, and no stream whose end can be misread.

PDF/A wants a line break before ``endstream``. Where a stream's data end in ``\r``, that break makes ``\r\n``, and a
checker cannot tell whether the ``\r`` belongs to the data; ``page-validation`` reports a wrong length. qpdf gives no
hand in how its object streams end, so the file is written here: every object as qpdf spells it, many of them to a
compressed stream (ISO 32000-1, 7.5.7 and 7.5.8).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

_HEADER = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
_TOGETHER = 200
_LEVEL = 9
_LAST_GENERATION = 65535
_TYPE_FREE, _TYPE_PLAIN, _TYPE_PACKED = 0, 1, 2

Entry = tuple[int, int, int]
"""Of the cross-reference: type, then offset and 0, or number of the object stream and place in it."""


def pack(pdf: pikepdf.Pdf, target: Path) -> None:
    """Write ``pdf`` to ``target`` with object streams and an ID made from the content."""
    plain = target.with_suffix(".plain.pdf")
    pdf.save(plain)  # numbers the objects anew, and leaves out what nothing refers to
    with pikepdf.open(plain) as source, target.open("wb") as file:
        file.writelines(_written(source))
    plain.unlink()


def _written(source: pikepdf.Pdf) -> Iterator[bytes]:
    entries: dict[int, Entry] = {0: (_TYPE_FREE, 0, _LAST_GENERATION)}
    position = 0
    digest = hashlib.sha256()

    def out(data: bytes) -> bytes:
        nonlocal position
        position += len(data)
        digest.update(data)
        return data

    yield out(_HEADER)
    packed: list[tuple[int, bytes]] = []
    for item in source.objects:
        number = item.objgen[0]
        if isinstance(item, Stream):
            entries[number] = (_TYPE_PLAIN, position, 0)
            yield out(_stream(number, *_copied(item)))
        else:
            packed.append((number, item.unparse(resolved=True)))
    number = max(item.objgen[0] for item in source.objects) + 1
    for group in (packed[at : at + _TOGETHER] for at in range(0, len(packed), _TOGETHER)):
        entries[number] = (_TYPE_PLAIN, position, 0)
        entries |= {inner: (_TYPE_PACKED, number, place) for place, (inner, _) in enumerate(group)}
        yield out(_object_stream(number, group))
        number += 1
    entries[number] = (_TYPE_PLAIN, position, 0)
    yield _cross_reference(source.trailer, entries, digest.digest()[:16])
    yield b"startxref\n%d\n%%%%EOF\n" % position


def _copied(stream: Stream) -> tuple[Dictionary, bytes]:
    r"""A stream's dictionary and data as they stand; with a blank more where the data end in ``\r``."""
    head = Dictionary(dict(stream.stream_dict.items()))
    data = stream.read_raw_bytes()
    if not data.endswith(b"\r"):
        return head, data
    if head.get("/Filter") != Name.FlateDecode or "/DecodeParms" in head or head.get("/Subtype") == Name.Image:
        return head, data + b"\n"
    longer = _padded(stream.read_bytes() + b"\n")
    if "/Length1" in head:
        head.Length1 = len(longer)
    return head, zlib.compress(longer, _LEVEL)


def _object_stream(number: int, group: Iterable[tuple[int, bytes]]) -> bytes:
    offsets: list[str] = []
    body = b""
    for inner, text in group:
        offsets.append(f"{inner} {len(body)}")
        body += text + b"\n"
    index = " ".join(offsets).encode() + b"\n"
    head = Dictionary(Type=Name.ObjStm, N=len(offsets), First=len(index), Filter=Name.FlateDecode)
    return _stream(number, head, zlib.compress(_padded(index + body), _LEVEL))


def _padded(data: bytes) -> bytes:
    """``data`` with blanks added until the end of the compressed form cannot be misread."""
    while _misread(data):
        data += b"\n"
    return data


def _misread(data: bytes) -> bool:
    r"""Whether the compressed form, which ends in the check sum, ends in ``\r``."""
    return zlib.adler32(data) & 0xFF == ord("\r")


def _stream(number: int, head: Dictionary, data: bytes) -> bytes:
    head.Length = len(data)
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head.unparse(), data)


def _cross_reference(trailer: Object, entries: dict[int, Entry], identity: bytes) -> bytes:
    own = max(entries)
    free = _row((_TYPE_FREE, 0, _LAST_GENERATION))
    rows = [_row(entries[number]) if number in entries else free for number in range(own + 1)]
    while _misread(b"".join(rows)):
        rows.append(free)  # an object that is not there; blanks would not be rows
    head = Dictionary(Type=Name.XRef, Size=len(rows), W=Array([1, 4, 2]), Filter=Name.FlateDecode)
    head.ID = Array([pikepdf.String(identity), pikepdf.String(identity)])
    for key in ("/Root", "/Info"):
        if key in trailer:
            head[key] = trailer[key]
    return _stream(own, head, zlib.compress(b"".join(rows), _LEVEL))


def _row(entry: Entry) -> bytes:
    kind, first, second = entry
    return kind.to_bytes(1, "big") + first.to_bytes(4, "big") + second.to_bytes(2, "big")
