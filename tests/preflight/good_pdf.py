"""A small press file made by hand that keeps every rule: four pages of type, a tile, a picture, a ground and marks."""

from __future__ import annotations

import functools
import io
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name, String

from directory_pub.edition.printers import DEFAULT_PRINTER, Printer, read_printer
from directory_pub.edition.theme import Theme
from project import ROOT

__all__ = ["BLEED", "MEDIA", "TRIM", "draw", "glyphs", "good_pdf", "mm", "printer", "save"]

FACE = ROOT / "fonts" / "source-sans-3" / "SourceSans3_400Regular.ttf"
PROFILE = ROOT / "printers" / "ISOcoated_v2_300_bas.icc"
TITLE, DATE = "A good file", date(2020, 10, 5)


def mm(length_mm: float) -> float:
    """Millimetres as points."""
    return length_mm * 72 / 25.4


MEDIA = [0.0, 0.0, mm(126), mm(166)]
BLEED = [mm(10), mm(10), mm(116), mm(156)]
TRIM = [mm(13), mm(13), mm(113), mm(153)]


def printer(key: str = DEFAULT_PRINTER) -> Printer:
    """One of ours."""
    found, findings = read_printer(Theme.of(ROOT), key)
    assert found, findings
    return found


@functools.cache
def _face() -> hb.Font:
    return hb.Font(hb.Face(FACE.read_bytes()))


def glyphs(text: str) -> str:
    """A text as the hexadecimal string of its glyphs in the file's font."""
    font = _face()
    return "<" + "".join(f"{font.get_nominal_glyph(ord(letter)):04x}" for letter in text) + ">"


def good_pdf() -> pikepdf.Pdf:
    """The file, open in memory."""
    return pikepdf.open(io.BytesIO(_good_bytes()))


@functools.cache
def _good_bytes() -> bytes:
    pdf = pikepdf.new()
    font, picture = _font(pdf), pdf.make_indirect(good_picture(pdf))
    contents = [
        f"0.2 0.1 0 0 k {_rectangle(BLEED)} f {_type(20, 60, 12, 'Cover', '1 0.78 0.32 0.3 k')}",
        f"{_type(25, 100, 10, 'Reading type', '0 0 0 1 k')} 0 0 0 1 K 0.25 w {mm(30)} {mm(90)} m {mm(80)} {mm(90)} l S",
        f"q {mm(10)} 0 0 {mm(10)} {mm(40)} {mm(60)} cm /Picture Do Q {_type(25, 40, 5.5, 'Credit', '0 g')}",
        f"0 0.5 0.9 0 k {mm(40)} {mm(40)} {mm(20)} {mm(20)} re f {_type(25, 100, 9, 'Last', '0.5 g')}",
    ]
    for content in contents:
        resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary(Picture=picture))
        page = Dictionary(Type=Name.Page, MediaBox=MEDIA, BleedBox=BLEED, TrimBox=TRIM, Resources=resources)
        page.Contents = pdf.make_stream(f"q {content} Q {_marks()}".encode())
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    _write_identity(pdf)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(_intent(pdf))])
    return as_bytes(pdf)


def draw(pdf: pikepdf.Pdf, content: str, page: int = 1, **resources: Any) -> None:
    """Add content to a page; ``resources`` are rows such as ``Pattern={"P": …}``."""
    drawn = pdf.pages[page].obj
    drawn.Contents = pdf.make_stream(drawn.Contents.read_bytes() + f"\nq {content} Q".encode())
    for category, row in resources.items():
        held = drawn.Resources.get(f"/{category}", Dictionary())
        for name, value in row.items():
            held[f"/{name}"] = value
        drawn.Resources[f"/{category}"] = held


def save(pdf: pikepdf.Pdf, path: Path, **options: Any) -> Path:
    """Write the file as PDF 1.6."""
    pdf.save(path, **{"force_version": "1.6", "deterministic_id": "encryption" not in options, **options})
    return path


def good_picture(pdf: pikepdf.Pdf, tone: bytes = b"\x80\x40\x20\x10", side_px: int = 120) -> pikepdf.Stream:
    """A CMYK picture of one tone, 305 ppi on 10 mm."""
    return picture_of(pdf, tone * side_px**2, side_px, Name.DeviceCMYK)


def picture_of(pdf: pikepdf.Pdf, pixels: bytes, side_px: int, space: Any) -> pikepdf.Stream:
    """A square picture of 8 bits a channel."""
    keys = {"Type": Name.XObject, "Subtype": Name.Image, "Width": side_px, "Height": side_px, "BitsPerComponent": 8}
    return pdf.make_stream(pixels, ColorSpace=space, **keys)


def packet(**changes: str | None) -> bytes:
    """The XMP packet; a change to None leaves a property out, its name written with one underscore."""
    moment = f"{DATE.isoformat()}T00:00:00Z"
    values: dict[str, str | None] = {
        "dc_title": f'<rdf:Alt><rdf:li xml:lang="x-default">{TITLE}</rdf:li></rdf:Alt>',
        "xmp_CreateDate": moment,
        "xmp_ModifyDate": moment,
        "pdf_Trapped": "False",
        "xmpMM_DocumentID": "uuid:8f001f46-9592-574e-ba7e-0f0211ff03f8",
        **changes,
    }
    rows = [f"<{n}>{v}</{n}>" for n, v in ((name.replace("_", ":", 1), value) for name, value in values.items()) if v]
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
        f' xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">{"".join(rows)}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def claim(pdf: pikepdf.Pdf, **changes: str | None) -> None:
    """Write the XMP packet anew, with changes."""
    pdf.Root.Metadata = pdf.make_stream(packet(**changes), Type=Name.Metadata, Subtype=Name.XML)


def _write_identity(pdf: pikepdf.Pdf) -> None:
    moment = String(f"D:{DATE:%Y%m%d}000000Z")
    told = Dictionary(Title=String(TITLE), CreationDate=moment, ModDate=moment, Trapped=Name("/False"))
    pdf.trailer.Info = pdf.make_indirect(told)
    claim(pdf)


def _intent(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String("FOGRA39"),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=pdf.make_stream(PROFILE.read_bytes(), N=4),
    )


def _font(pdf: pikepdf.Pdf) -> Any:
    name, program = Name("/AAAAAA+SourceSans3"), FACE.read_bytes()
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=[-200, -300, 1200, 1000], ItalicAngle=0, Ascent=1024,
        Descent=-400, CapHeight=660, StemV=80, FontFile2=pdf.make_stream(program, Length1=len(program)),
    )  # fmt: skip
    system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDSystemInfo=system, CIDToGIDMap=Name.Identity, DW=500,
        FontDescriptor=descriptor,
    )  # fmt: skip
    outer = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"), DescendantFonts=[inner]
    )
    return pdf.make_indirect(outer)


def _type(x_mm: float, y_mm: float, size_pt: float, text: str, colour: str) -> str:
    return f"{colour} BT /F1 {size_pt} Tf {mm(x_mm)} {mm(y_mm)} Td {glyphs(text)} Tj ET"


def _rectangle(box: list[float]) -> str:
    left, bottom, right, top = box
    return f"{left} {bottom} {right - left} {top - bottom} re"


def _marks() -> str:
    """Crop marks in all inks, and a patch that takes more than the stock bears."""
    lines = [
        f"{x} {y} m {x} {y + reach} l S"
        for x in (TRIM[0], TRIM[2])
        for y, reach in ((BLEED[1] - mm(1), -mm(5)), (BLEED[3] + mm(1), mm(5)))
    ]
    return f"q 1 1 1 1 K 0.25 w {' '.join(lines)} 1 1 1 1 k {mm(40)} {mm(160)} {mm(4)} {mm(4)} re f Q"


def as_bytes(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    """The file as bytes."""
    written = io.BytesIO()
    pdf.save(written, force_version="1.6", deterministic_id=True, **options)
    return written.getvalue()
