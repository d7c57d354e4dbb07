"""Ready pages of advertisers, written for tests: good ones, and ones with every fault that files have."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from project import ROOT

__all__ = ["TEXT", "guest_pdf", "picture_bytes", "write_guest"]

PT = 72 / 25.4
TEXT = "We run until two"
_GROUND = "1 0.5 0 0.2 k"
_FACE = ROOT / "fonts" / "source-sans-3" / "SourceSans3_700Bold.ttf"


def write_guest(path: Path, *size_mm: float, **how: Any) -> Path:
    """Write a guest's file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(guest_pdf(*size_mm, **how))
    return path


def guest_pdf(
    width_mm: float = 170,
    height_mm: float = 240,
    *,
    bleed_mm: float = 3,
    slug_mm: float = 0,
    ground: str = _GROUND,
    content: str | None = None,
    more: str = "",
    resources: Mapping[str, Any] | None = None,
    pages: int = 1,
    turn: int = 0,
    unit: float = 1.0,
    origin: tuple[float, float] = (0, 0),
    boxes: bool = True,
    embedded: bool = True,
    text: str = TEXT,
    text_colour: str = "0 0 0 0 k",
    change: Any = None,
    encryption: Any = None,
) -> bytes:
    """A PDF with a ground to the bleed, a light field at the lower left, and a line of type.

    ``more`` is content behind it, ``change`` a function of the open file.
    """
    with pikepdf.new() as pdf:
        for _ in range(pages):
            _add_page(pdf, width_mm, height_mm, bleed_mm, slug_mm, turn, unit, origin, boxes=boxes)
            page = pdf.pages[-1].obj
            box = [float(edge) for edge in page.TrimBox] if boxes else [float(edge) for edge in page.MediaBox]
            out = bleed_mm * PT / unit if boxes else 0.0
            left, bottom, width, height = box[0], box[1], box[2] - box[0], box[3] - box[1]
            drawn = content or (
                f"{ground} {left - out:.3f} {bottom - out:.3f} {width + 2 * out:.3f} {height + 2 * out:.3f} re f\n"
                f"0.05 0.1 0.6 0 k {left + width * 0.1:.3f} {bottom + height * 0.1:.3f} "
                f"{width * 0.5:.3f} {height * 0.35:.3f} re f\n"
                f"BT {text_colour} /F1 {24 / unit:.2f} Tf {left + width * 0.12:.3f} {bottom + height * 0.75:.3f} Td "
                f"({text}) Tj ET\n"
            )
            page.Contents = pdf.make_stream((drawn + more).encode("latin-1"))
            page.Resources = Dictionary(Font=Dictionary(F1=_font(pdf, embedded=embedded)))
            for key, value in (resources or {}).items():
                page.Resources[key] = value(pdf) if callable(value) else value
        if change:
            change(pdf)
        out_file = io.BytesIO()
        pdf.save(out_file, encryption=encryption or False, static_id=not encryption)
        return out_file.getvalue()


def _add_page(
    pdf: pikepdf.Pdf,
    width_mm: float,
    height_mm: float,
    bleed_mm: float,
    slug_mm: float,
    turn: int,
    unit: float,
    origin: tuple[float, float],
    *,
    boxes: bool,
) -> None:
    across, down = (height_mm, width_mm) if turn % 180 else (width_mm, height_mm)
    beyond = (bleed_mm + slug_mm) if boxes else 0
    width, height = ((side + 2 * beyond) * PT / unit for side in (across, down))
    pdf.add_blank_page(page_size=(width, height))
    page = pdf.pages[-1].obj
    x, y = origin

    def inset(mm: float) -> Array:
        by = mm * PT / unit
        return Array([x + by, y + by, x + width - by, y + height - by])

    page.MediaBox = inset(0)
    if boxes:
        page.BleedBox, page.TrimBox = inset(slug_mm), inset(slug_mm + bleed_mm)
    if turn:
        page.Rotate = turn
    if unit != 1:
        page.UserUnit = unit


def _font(pdf: pikepdf.Pdf, *, embedded: bool) -> Dictionary:
    if not embedded:
        return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    program = _FACE.read_bytes()
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/ABCDEF+SourceSans3-Bold"), Flags=32,
        FontBBox=Array([-400, -300, 1200, 1100]), ItalicAngle=0, Ascent=1000, Descent=-300, CapHeight=660, StemV=120,
        FontFile2=pdf.make_stream(zlib.compress(program), Filter=Name.FlateDecode, Length1=len(program)),
    )  # fmt: skip
    widths = _widths(program)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+SourceSans3-Bold"),
            Encoding=Name.WinAnsiEncoding, FirstChar=32, LastChar=126, Widths=Array(widths),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )  # fmt: skip


def _widths(program: bytes) -> list[int]:
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob(program))
    font = uharfbuzz.Font(face)
    return [
        round(font.get_glyph_h_advance(font.get_nominal_glyph(code) or 0) * 1000 / face.upem) for code in range(32, 127)
    ]


def picture_bytes(width_px: int, height_px: int, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A picture of a slope from dark to light."""
    slope = Image.linear_gradient("L").resize((width_px, height_px))
    image = slope.convert(mode) if mode != "RGB" else Image.merge("RGB", (slope, slope.rotate(180), slope))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def spot(pdf: pikepdf.Pdf, name: str = "PANTONE 286 C") -> Dictionary:
    """A colour space of a spot ink, /Spot, its likeness in CMYK."""
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([1, 0.66, 0, 0.02]), N=1)
    return Dictionary(Spot=Array([Name.Separation, Name("/" + name), Name.DeviceCMYK, tint]))


def script(pdf: pikepdf.Pdf) -> None:
    """Give a file a script that runs when it is opened."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))


def form_field(pdf: pikepdf.Pdf) -> None:
    """Give a file a field with a text in it."""
    page = pdf.pages[0].obj
    look = pdf.make_stream(
        b"0 0 0 1 k 0 0 80 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 80, 20])
    )
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("x"), F=4,
            Rect=Array([100, 100, 180, 120]), AP=Dictionary(N=look),
        )
    )  # fmt: skip
    page.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
