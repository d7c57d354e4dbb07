"""PDFs whose pages can be told apart by their colour, wherever and however they are drawn."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image

MM = 72 / 25.4
A4_MM, A5_MM = (210.0, 297.0), (148.0, 210.0)
EDGE = (255, 0, 255)  # what is drawn past the trim


def colour(page: int) -> tuple[int, int, int]:
    """The colour of a page (0-based), far from its neighbours'."""
    return (40 + page * 53 % 200, 40 + page * 97 % 200, 40 + page * 151 % 200)


def numbered(
    count: int,
    size_mm: tuple[float, float] = A4_MM,
    *,
    origin: tuple[float, float] = (0.0, 0.0),
    past_mm: float = 0.0,
    bleed_mm: float | None = None,
    rotate: int = 0,
    sizes_mm: Sequence[tuple[float, float]] = (),
) -> bytes:
    """Pages with a field of colour and, in their top left corner as read, a black square of 20 mm.

    ``past_mm`` of EDGE lie round each trim; ``bleed_mm`` writes a BleedBox; ``rotate`` turns the
    page as stored, so that it is read as if it had not been turned.
    """
    with pikepdf.new() as pdf:
        for index in range(count):
            width, height = (side * MM for side in (sizes_mm[index] if sizes_mm else size_mm))
            stored = (height, width) if rotate % 180 else (width, height)
            x, y = origin
            red, green, blue = (tone / 255 for tone in colour(index))
            past = past_mm * MM
            media = [x - past, y - past, x + stored[0] + past, y + stored[1] + past]
            corner = {0: (0, 1), 90: (0, 0), 180: (1, 0), 270: (1, 1)}[rotate]
            square = 20 * MM
            at = [x + corner[0] * (stored[0] - square), y + corner[1] * (stored[1] - square)]
            content = (
                f"1 0 1 rg {media[0]} {media[1]} {stored[0] + 2 * past} {stored[1] + 2 * past} re f "
                f"{red} {green} {blue} rg {x} {y} {stored[0]} {stored[1]} re f 0 g {at[0]} {at[1]} {square} {square} re f"
            )
            page = Dictionary(Type=Name.Page, MediaBox=Array(media), Contents=pdf.make_stream(content.encode()))
            page.TrimBox = Array([x, y, x + stored[0], y + stored[1]])
            if bleed_mm is not None:
                b = bleed_mm * MM
                page.BleedBox = Array([x - b, y - b, x + stored[0] + b, y + stored[1] + b])
            if rotate:
                page.Rotate = rotate
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


def draw(pdf: bytes, page_index: int) -> Image.Image:
    """A page as a picture of one pixel a millimetre."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page_index].render(scale=25.4 / 72).to_pil().convert("RGB")
    document.close()
    return picture


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 4 for a, b in zip(one, other, strict=True))
