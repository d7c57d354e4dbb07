"""The overview: small pictures of the pages in reading order, for the eye and never for a press."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageDraw, ImageFont

__all__ = ["draw_overview"]

_WORD = "OVERVIEW"
_QUALITY = 60
_STRENGTH = 70  # of the word over the page, from 0 to 255
_TONE = (128, 128, 128)
_SHARE = 6  # of the page's width: the size of the word's type


def draw_overview(email: bytes, face: bytes, title: str) -> bytes:
    """A PDF with one JPEG of 72 ppi for each page of an email file, the word OVERVIEW across it."""
    drawn = pypdfium2.PdfDocument(email)
    with Pdf.new() as overview:
        for page in drawn:
            picture = _marked(page.render(scale=1).to_pil().convert("RGB"), face)
            overview.pages.append(_page(overview, picture, page.get_size()))
        drawn.close()
        facts = Dictionary(Title=String(f"{title} (overview, not for print)"))
        overview.trailer.Info = overview.make_indirect(facts)
        written = io.BytesIO()
        overview.save(written, deterministic_id=True)
    return written.getvalue()


def _marked(picture: Image.Image, face: bytes) -> Image.Image:
    """The word across the page, so light that the page is still seen."""
    veil = Image.new("L", picture.size, 0)
    font = ImageFont.truetype(io.BytesIO(face), picture.width // _SHARE)
    middle = (picture.width / 2, picture.height / 2)
    ImageDraw.Draw(veil).text(middle, _WORD, font=font, fill=_STRENGTH, anchor="mm")
    picture.paste(_TONE, mask=veil)
    return picture


def _page(overview: Pdf, picture: Image.Image, size_pt: tuple[float, float]) -> pikepdf.Page:
    encoded = io.BytesIO()
    picture.save(encoded, "JPEG", quality=_QUALITY, optimize=True)
    image = overview.make_stream(
        encoded.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    width, height = size_pt
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 4), round(height, 4)]),
        Resources=Dictionary(XObject=Dictionary(Page=image)),
        Contents=overview.make_stream(f"{width:.4f} 0 0 {height:.4f} 0 0 cm /Page Do".encode()),
    )
    return pikepdf.Page(overview.make_indirect(page))
