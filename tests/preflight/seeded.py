"""For every rule, the good file with that rule alone broken; where a rule can be broken in several ways, each way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from preflight.good_pdf import BLEED, MEDIA, TRIM, claim, draw, glyphs, good_pdf, good_picture, mm, picture_of, save

__all__ = ["SEEDS", "TILE", "Breaker", "drawn_seed", "seed", "write_seed"]

Breaker = Callable[[pikepdf.Pdf], "dict[str, Any] | None"]
"""Breaks an open file; may return options to save it with."""

TILE = f"{mm(50)} {mm(50)} {mm(10)} {mm(10)} re f"
SEEDS: dict[tuple[str, str], Breaker] = {}


def seed(rule: str, way: str) -> Callable[[Breaker], Breaker]:
    def keep(breaker: Breaker) -> Breaker:
        SEEDS[rule, way] = breaker
        return breaker

    return keep


def write_seed(rule: str, way: str, folder: Path) -> Path:
    """Write the file that breaks one rule in one way."""
    with good_pdf() as pdf:
        options = SEEDS[rule, way](pdf) or {}
        old, new = options.pop("patch", (b"", b""))
        path = save(pdf, folder / f"{rule}.pdf", **options)
    if old:
        written = path.read_bytes()
        assert written.count(old) == 1
        path.write_bytes(written.replace(old, new))
    return path


def drawn_seed(rule: str, way: str, content: str, page: int = 1) -> None:
    SEEDS[rule, way] = lambda pdf: draw(pdf, content, page)


def _line(size_pt: float, text: str = "Small type", x_mm: float = 30, y_mm: float = 70) -> str:
    return f"BT /F1 {size_pt} Tf {mm(x_mm)} {mm(y_mm)} Td {glyphs(text)} Tj ET"


# ------------------------------------------------------------------------------- the document
@seed("damaged", "a content stream that breaks off")
def _(pdf: pikepdf.Pdf) -> None:
    packed = pikepdf.Stream(pdf, b"")
    packed.write(b"x\x9c\x03\x00\x00", filter=Name.FlateDecode)
    pdf.pages[1].obj.Contents = packed
    return {"stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False}


drawn_seed("damaged", "content in another language", "] 12 re")


@seed("encrypted", "without a password to open it")
def _(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {"encryption": pikepdf.Encryption(owner="secret", user="", R=4)}


@seed("encrypted", "with a password")
def _(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {"encryption": pikepdf.Encryption(owner="secret", user="word", R=4)}


@seed("pdf-version", "too new")
def _(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {"force_version": "1.7"}


@seed("page-tree", "fewer pages claimed than there are")
def _(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return _patched(b"/Count 4", b"/Count 2")


@seed("page-tree", "no number of pages")
def _(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return _patched(b"/Count 4", b"/Cuont 4")


@seed("page-tree", "a node that claims too many")
def _(pdf: pikepdf.Pdf) -> dict[str, Any]:
    _hang_apart(pdf)
    return _patched(b"/Count 1", b"/Count 3")


@seed("page-tree", "a page of another parent")
def _(pdf: pikepdf.Pdf) -> None:
    _hang_apart(pdf).Kids[0].Parent = pdf.Root.Pages


@seed("page-tree", "a page without a parent")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Pages.Kids[1]["/Parent"]


def _hang_apart(pdf: pikepdf.Pdf) -> Any:
    """Move the last page into a node of its own."""
    top = pdf.Root.Pages
    node = pdf.make_indirect(Dictionary(Type=Name.Pages, Parent=top, Count=1, Kids=Array([top.Kids[3]])))
    top.Kids[3].Parent, top.Kids[3] = node, node
    return node


def _patched(old: bytes, new: bytes) -> dict[str, Any]:
    """Options for what a writer would put right: the bytes are changed in the written file."""
    return {"patch": (old, new), "object_stream_mode": pikepdf.ObjectStreamMode.disable}


@seed("document-title", "another in the packet")
def _(pdf: pikepdf.Pdf) -> None:
    claim(pdf, dc_title="Another")


@seed("document-dates", "none of making")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.trailer.Info["/CreationDate"]


@seed("document-dates", "another in the packet")
def _(pdf: pikepdf.Pdf) -> None:
    claim(pdf, xmp_ModifyDate="2020-10-05T00:00:00+02:00")


@seed("document-trapped", "unknown")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info.Trapped = Name.Unknown


@seed("document-id", "none in the packet")
def _(pdf: pikepdf.Pdf) -> None:
    claim(pdf, xmpMM_DocumentID=None)


@seed("output-intent", "none")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


@seed("output-intent", "two")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


@seed("output-profile", "not embedded")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0]["/DestOutputProfile"]


@seed("output-profile", "of three channels")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 3


@seed("output-profile", "of a screen")
def _(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes().replace(b"prtrCMYK", b"mntrRGB ", 1))


@seed("output-condition", "another")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].OutputConditionIdentifier = String("CGATS TR 001")


@seed("label-missing", "asked for")
def _(pdf: pikepdf.Pdf) -> None:
    """The good file itself."""


@seed("label-unearned", "of another standard")
def _(pdf: pikepdf.Pdf) -> None:
    claim(pdf, pdfxid_GTS_PDFXVersion="PDF/X-3:2003")


# ------------------------------------------------------------------------------- structure
@seed("annotation", "a link")
def _(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[100, 100, 150, 120], Border=[0, 0, 0])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


@seed("action", "of the document")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.URI, URI=String("https://example.org"))


@seed("action", "of a page")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.Print))


@seed("javascript", "by name")
def _(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=[String("beep"), script]))


@seed("embedded-file", "attached")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=[]))


@seed("form-field", "a form")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=[])


# ------------------------------------------------------------------------------- colour
drawn_seed("colour-rgb", "an area", f"1 0 0 rg {TILE}")
drawn_seed("colour-rgb", "a line", f"1 0 0 RG 1 w {mm(30)} {mm(50)} m {mm(60)} {mm(50)} l S")
drawn_seed("colour-rgb", "type", f"0 0 1 rg {_line(10)}")
drawn_seed("colour-rgb", "beside the leaf", "1 0 0 rg 5 5 5 5 re f")
drawn_seed("colour-rgb", "an inline image", "q 4 0 0 4 90 90 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q")
_RAMP = {"FunctionType": 2, "Domain": [0, 1], "N": 1}


def _shading(space: Any, start: list[float], end: list[float]) -> Dictionary:
    return Dictionary(
        ShadingType=2, ColorSpace=space, Coords=[0, 0, 1, 1], Function=Dictionary(C0=start, C1=end, **_RAMP)
    )


@seed("colour-rgb", "a picture")
def _(pdf: pikepdf.Pdf) -> None:
    picture = picture_of(pdf, b"abc" * 120**2, 120, Name.DeviceRGB)
    draw(pdf, f"{mm(10)} 0 0 {mm(10)} {mm(40)} {mm(60)} cm /R Do", XObject={"R": picture})


@seed("colour-rgb", "a palette")
def _(pdf: pikepdf.Pdf) -> None:
    space = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"abcdef")])
    picture = picture_of(pdf, b"\0" * 120**2, 120, space)
    draw(pdf, f"{mm(10)} 0 0 {mm(10)} {mm(40)} {mm(60)} cm /R Do", XObject={"R": picture})


@seed("colour-rgb", "a shading")
def _(pdf: pikepdf.Pdf) -> None:
    content = f"{mm(50)} {mm(50)} {mm(10)} {mm(10)} re W n /S sh"
    draw(pdf, content, Shading={"S": _shading(Name.DeviceRGB, [1, 0, 0], [0, 0, 1])})


@seed("colour-rgb", "a shading as pattern")
def _(pdf: pikepdf.Pdf) -> None:
    pattern = Dictionary(PatternType=2, Shading=_shading(Name.DeviceRGB, [1, 0, 0], [0, 0, 1]))
    draw(pdf, f"/Pattern cs /P scn {TILE}", Pattern={"P": pattern})


@seed("colour-rgb", "a tiling pattern")
def _(pdf: pikepdf.Pdf) -> None:
    pattern = pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f", PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9], XStep=9, YStep=9
    )
    draw(pdf, f"/Pattern cs /P scn {TILE}", Pattern={"P": pattern})


@seed("colour-rgb", "a form in a form")
def _(pdf: pikepdf.Pdf) -> None:
    box = [0, 0, 300, 300]
    inner = pdf.make_stream(f"1 0 0 rg {TILE}".encode(), Subtype=Name.Form, BBox=box)
    row = Dictionary(XObject=Dictionary(Inner=inner))
    draw(pdf, "/Outer Do", XObject={"Outer": pdf.make_stream(b"/Inner Do", Subtype=Name.Form, BBox=box, Resources=row)})


@seed("colour-rgb", "a soft mask")
def _(pdf: pikepdf.Pdf) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    mask = pdf.make_stream(f"1 1 1 rg {TILE}".encode(), Subtype=Name.Form, BBox=[0, 0, 300, 300], Group=group)
    state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))
    draw(pdf, f"/M gs 0 0 0 1 k {TILE}", ExtGState={"M": state})
    pdf.pages[1].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


@seed("colour-rgb", "a group")
def _(pdf: pikepdf.Pdf) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    form = pdf.make_stream(f"0 0 0 1 k {TILE}".encode(), Subtype=Name.Form, BBox=[0, 0, 300, 300], Group=group)
    draw(pdf, "/G Do", XObject={"G": form})
    pdf.pages[1].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


@seed("colour-rgb", "a default space")
def _(pdf: pikepdf.Pdf) -> None:
    space = Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.09])])
    draw(pdf, "n", ColorSpace={"DefaultRGB": space})


@seed("colour-rgb", "ICC-based")
def _(pdf: pikepdf.Pdf) -> None:
    space = Array([Name.ICCBased, pdf.make_stream(b"profile", N=3)])
    draw(pdf, f"/C cs 1 0 0 scn {TILE}", ColorSpace={"C": space})


@seed("colour-rgb", "Lab")
def _(pdf: pikepdf.Pdf) -> None:
    space = Array([Name.Lab, Dictionary(WhitePoint=[0.95, 1, 1.09])])
    draw(pdf, f"/C cs 50 0 0 scn {TILE}", ColorSpace={"C": space})


@seed("colour-rgb", "under a spot ink of the press")
def _(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(C0=[1, 1, 1], C1=[1, 0, 0], **_RAMP)
    draw(pdf, f"/C cs 1 scn {TILE}", ColorSpace={"C": Array([Name.Separation, Name.Black, Name.DeviceRGB, tint])})


def _spot(name: str, cyan: float = 0) -> Array:
    tint = Dictionary(C0=[0, 0, 0, 0], C1=[cyan, 1, 1, 0], **_RAMP)
    return Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, tint])


@seed("colour-spot", "one more than the printer has plates for")
def _(pdf: pikepdf.Pdf) -> None:
    spots = {"A": _spot("PANTONE 485 C"), "B": _spot("HKS 43 K"), "C": _spot("Gold")}
    draw(pdf, f"/A cs 1 scn {TILE} /B cs 0.5 scn {TILE} /C cs 1 scn {TILE}", ColorSpace=spots)


@seed("spot-name", "with and without a space")
def _(pdf: pikepdf.Pdf) -> None:
    spots = {"A": _spot("PANTONE 485 C"), "B": _spot("Pantone 485C")}
    draw(pdf, f"/A cs 1 scn {TILE} /B cs 0.5 scn {TILE}", ColorSpace=spots)


@seed("spot-name", "for two papers")
def _(pdf: pikepdf.Pdf) -> None:
    spots = {"A": _spot("PANTONE 485 C"), "B": _spot("PANTONE 485 U")}
    draw(pdf, f"/A cs 1 scn {TILE} /B cs 0.5 scn {TILE}", ColorSpace=spots)


@seed("blend-space", "none is named")
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"/A gs 0 0 0 1 k {TILE}", ExtGState={"A": Dictionary(ca=0.5)})


@seed("blend-space", "that of a screen")
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"/A gs 0 0 0 1 k {TILE}", ExtGState={"A": Dictionary(BM=Name.Multiply)})
    pdf.pages[1].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


@seed("overprint-white", "an area")
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"/O gs 0 0 0 0 k {TILE}", ExtGState={"O": Dictionary(op=True, OPM=1)})


# ------------------------------------------------------------------------------- ink and type
drawn_seed("ink-total", "an area", f"1 1 1 0.5 k {TILE}")
drawn_seed("ink-total", "a line", f"1 1 1 0.5 K 2 w {mm(30)} {mm(50)} m {mm(60)} {mm(50)} l S")


@seed("ink-total", "a shading")
def _(pdf: pikepdf.Pdf) -> None:
    content = f"{mm(50)} {mm(50)} {mm(10)} {mm(10)} re W n /S sh"
    draw(pdf, content, Shading={"S": _shading(Name.DeviceCMYK, [0, 0, 0, 0], [1, 1, 0.8, 0.8])})


@seed("ink-total-picture", "a hundredth of it")
def _(pdf: pikepdf.Pdf) -> None:
    dark, light = b"\xff\xf0\xf0\xc0" * 12 + b"\x10" * 4 * 108, b"\x10" * 4 * 120
    picture = picture_of(pdf, dark * 12 + light * 108, 120, Name.DeviceCMYK)
    draw(pdf, f"{mm(10)} 0 0 {mm(10)} {mm(40)} {mm(60)} cm /D Do", XObject={"D": picture})


drawn_seed("rule-hairline", "of no width", f"0 0 0 1 K 0 w {mm(30)} {mm(50)} m {mm(60)} {mm(50)} l S")
drawn_seed(
    "rule-hairline",
    "made thin by the matrix",
    f"0.2 0 0 0.2 0 0 cm 0 0 0 1 K 1 w {mm(200)} {mm(250)} m {mm(300)} {mm(250)} l S",
)
drawn_seed("rule-hairline", "as an area", f"0 0 0 1 k {mm(30)} {mm(50)} {mm(30)} 0.1 re f")
drawn_seed("text-small", "in black", f"0 0 0 1 k {_line(4.5)}")
drawn_seed("text-small", "made small by the matrix", f"0.5 0 0 0.5 0 0 cm 0 0 0 1 k {_line(9, x_mm=60, y_mm=140)}")
drawn_seed("text-mixed-inks", "in blue", f"1 0.5 0 0 k {_line(7)}")
drawn_seed("text-white-out", "on nothing", f"0 0 0 0 k {_line(7)}")
drawn_seed("text-white-out", "in white of grey", f"1 g {_line(7)}")
drawn_seed("text-rich-black", "of four inks", f"0.6 0.4 0.4 1 k {_line(10)}")
drawn_seed("text-rich-black", "of three inks", f"1 0.95 0.95 0 k {_line(7)}")


@seed("font-not-embedded", "of the reader")
def _(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    draw(pdf, f"0 g BT /H 10 Tf {mm(30)} {mm(70)} Td (Text) Tj ET", Font={"H": font})


@seed("font-coloured", "a Type 3 glyph")
def _(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        FirstChar=97, LastChar=97, Widths=[1000], Encoding=Dictionary(Differences=[97, Name.a]),
        CharProcs=Dictionary(a=pdf.make_stream(b"1000 0 d0 0 0 500 500 re f")),
    )  # fmt: skip
    draw(pdf, f"0 g BT /T 10 Tf {mm(30)} {mm(70)} Td (a) Tj ET", Font={"T": font})


drawn_seed("glyph-missing", "the first glyph", f"0 g BT /F1 10 Tf {mm(30)} {mm(70)} Td <0000> Tj ET")
drawn_seed("glyph-missing", "beyond the last glyph", f"0 g BT /F1 10 Tf {mm(30)} {mm(70)} Td <ffee> Tj ET")


# ------------------------------------------------------------------------------- pictures
def _placed(space: Any, channels: int, side_mm: float) -> Breaker:
    def place(pdf: pikepdf.Pdf) -> None:
        picture = picture_of(pdf, b"\x40" * channels * 120**2, 120, space)
        draw(pdf, f"{mm(side_mm)} 0 0 {mm(side_mm)} {mm(40)} {mm(60)} cm /L Do", XObject={"L": picture})

    return place


SEEDS["picture-resolution", "in colour"] = _placed(Name.DeviceCMYK, 4, 21)
SEEDS["picture-resolution", "in grey"] = _placed(Name.DeviceGray, 1, 21)


@seed("picture-resolution", "line art")
def _(pdf: pikepdf.Pdf) -> None:
    keys = {"Subtype": Name.Image, "Width": 120, "Height": 120, "BitsPerComponent": 1, "ImageMask": True}
    art = pdf.make_stream(b"\xaa" * 15 * 120, **keys)
    draw(pdf, f"0 g {mm(12)} 0 0 {mm(12)} {mm(40)} {mm(60)} cm /L Do", XObject={"L": art})


@seed("picture-resolution", "stretched one way")
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"{mm(30)} 0 0 {mm(10)} {mm(40)} {mm(60)} cm /L Do", XObject={"L": good_picture(pdf)})


# ------------------------------------------------------------------------------- boxes and places
@seed("trim-box", "on one page")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[2].obj["/TrimBox"]


@seed("boxes-nested", "the sheet cuts into the bleed")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.MediaBox = [0, 0, MEDIA[2], BLEED[3] - mm(1)]


@seed("bleed-box", "too narrow")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.BleedBox = [TRIM[0] - mm(2), *BLEED[1:]]


@seed("bleed-box", "wider on one side")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.BleedBox = [BLEED[0] - mm(2), *BLEED[1:]]


@seed("bleed-box", "missing")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[2].obj["/BleedBox"]


@seed("boxes-equal", "a page is narrower")
def _(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[2].obj
    page.TrimBox, page.BleedBox = [*TRIM[:2], TRIM[2] - mm(2), TRIM[3]], [*BLEED[:2], BLEED[2] - mm(2), BLEED[3]]


@seed("boxes-equal", "a page lies on its side")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.Rotate = 90


@seed("boxes-equal", "a page lies on its side by what it inherits")
def _(pdf: pikepdf.Pdf) -> None:
    _hang_apart(pdf).Rotate = 270


@seed("page-unit", "of two points, everything drawn half as large")
def _(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[2].obj
    for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
        page[key] = [float(edge) / 2 for edge in page[key]]
    page.UserUnit = 2
    page.Contents = pdf.make_stream(b"0.5 0 0 0.5 0 0 cm " + page.Contents.read_bytes())


@seed("media-origin", "below it")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.MediaBox = [-10, -10, *MEDIA[2:]]


_CORNER = f"{TRIM[0]} {TRIM[1] - mm(0.5)} m {TRIM[0]} {TRIM[1] - mm(8)} l S"
drawn_seed("marks-in-bleed", "in all inks", f"1 1 1 1 K 0.25 w {_CORNER}")
drawn_seed("marks-in-bleed", "in black", f"0 0 0 1 K 0.25 w {_CORNER}")
drawn_seed("bleed-short", "up to the trim", f"0.5 0 0 0 k {TRIM[0]} {mm(50)} {mm(20)} {mm(10)} re f")
drawn_seed("bleed-short", "just inside the trim", f"0.5 0 0 0 k {mm(80)} {mm(50)} {mm(32.7)} {mm(10)} re f")
drawn_seed("bleed-short", "half over the bleed", f"0.5 0 0 0 k {mm(50)} {mm(130)} {mm(20)} {mm(24.5)} re f")
drawn_seed("text-safe", "at the left", f"0 0 0 1 k {_line(10, x_mm=15)}")
drawn_seed("text-safe", "at the foot", f"0 0 0 1 k {_line(10, y_mm=14)}")


@seed("page-multiple", "three pages")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[3]


@seed("page-empty", "nothing but marks")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.Contents = pdf.make_stream(b"1 1 1 1 k 20 450 10 10 re f")
