"""The look proof: small pictures of the pages in reading order, for the eye and never for a press."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name, Pdf, String
from PIL import Image, ImageDraw, ImageFont

from directory_pub.finish.geometry import Box, box_of

__all__ = ["draw_look"]

_WORD = "LOOK"
_QUALITY = 60
_STRENGTH = 70  # of the word over the page, from 0 to 255
_TONE = (128, 128, 128)


def draw_look(pages: bytes, face: Path, title: str) -> bytes:
    """A PDF with one JPEG a page, 72 ppi, cut to the trim, the word LOOK across each."""
    with Pdf.open(io.BytesIO(pages)) as pdf:
        boxes = [(box_of(page.cropbox), box_of(page.trimbox)) for page in pdf.pages]
    drawn = pypdfium2.PdfDocument(pages)
    with Pdf.new() as look:
        for page, (seen, trim) in zip(drawn, boxes, strict=True):
            picture = _cut(page.render(scale=1).to_pil().convert("RGB"), seen, trim)
            look.pages.append(_page(look, _marked(picture, face), trim))
        look.trailer.Info = look.make_indirect(Dictionary(Title=String(f"{title} (look, not for print)")))
        drawn.close()
        written = io.BytesIO()
        look.save(written, deterministic_id=True)
    return written.getvalue()


def _cut(picture: Image.Image, seen: Box, trim: Box) -> Image.Image:
    """The part of a page's picture that is its trim: a pixel is a point."""
    left, top = round(trim.left - seen.left), round(seen.top - trim.top)
    return picture.crop((left, top, left + round(trim.width), top + round(trim.height)))


def _marked(picture: Image.Image, face: Path) -> Image.Image:
    """The word across the page, so light that the page is still seen."""
    veil = Image.new("L", picture.size, 0)
    font = ImageFont.truetype(str(face), picture.width // 3)
    middle = (picture.width / 2, picture.height / 2)
    ImageDraw.Draw(veil).text(middle, _WORD, font=font, fill=_STRENGTH, anchor="mm")
    picture.paste(_TONE, mask=veil)
    return picture


def _page(look: Pdf, picture: Image.Image, trim: Box) -> pikepdf.Page:
    encoded = io.BytesIO()
    picture.save(encoded, "JPEG", quality=_QUALITY, optimize=True)
    image = look.make_stream(
        encoded.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Box(0, 0, trim.width, trim.height).as_array(),
        Resources=Dictionary(XObject=Dictionary(Look=image)),
        Contents=look.make_stream(f"{trim.width:.4f} 0 0 {trim.height:.4f} 0 0 cm /Look Do".encode()),
    )
    return pikepdf.Page(look.make_indirect(page))
