"""A QR code that leads from a chapter on paper to the same chapter on the web."""

from __future__ import annotations

import io

import segno

from handbook.pdf.context import Context
from handbook.pdf.links import unit_address
from handbook.pdf.literal import call, string


def code_to(ctx: Context, unit: str) -> str:
    """Typst code for a QR code to ``unit``'s permanent address, with the address beside it for those who type."""
    address = unit_address(ctx, unit)
    alternative = ctx.book.strings["qr_alternative"].replace("{address}", address)
    ctx.expected.figures += 1
    ctx.expected.alternatives.append(alternative)
    ctx.expected.links += 1
    image = call("image", call("bytes", string(svg(address))), format='"svg"', alt=string(alternative), width="26mm")
    return call("hb-qr", image, string(ctx.book.strings["qr_label"]), string(address))


def svg(text: str) -> str:
    """A QR code of ``text`` as SVG: middle error correction, the quiet zone of four modules that readers need."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(buffer, kind="svg", xmldecl=False, border=4)
    return buffer.getvalue().decode("utf-8")
