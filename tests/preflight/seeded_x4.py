"""Seeds of what PDF/X-4 forbids besides: what another file, program or device would have to supply."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from preflight.good_pdf import MEDIA, TRIM, draw, good_picture, mm, picture_of
from preflight.seeded import SEEDS, TILE, Breaker, drawn_seed, seed

__all__ = ["SEEDS", "place", "tinted"]

BOX = [0, 0, 400, 500]
PLACE = f"{mm(10)} 0 0 {mm(10)} {mm(40)} {mm(60)} cm"
GREY_TILE = f"0 0 0 0.5 k {TILE}"


def place(pdf: pikepdf.Pdf, picture: Any) -> None:
    """Place a picture on the second page, 10 mm wide; line art 5 mm."""
    side = 0.5 if picture.BitsPerComponent == 1 else 1
    draw(pdf, f"{PLACE} {side} 0 0 {side} 0 0 cm /P Do", XObject={"P": picture})


def tinted(pdf: pikepdf.Pdf, **state: Any) -> None:
    """Paint the tile under a graphics state."""
    draw(pdf, f"/S gs {GREY_TILE}", ExtGState={"S": Dictionary({f"/{key}": value for key, value in state.items()})})


def _form(pdf: pikepdf.Pdf, **keys: Any) -> pikepdf.Stream:
    return pdf.make_stream(GREY_TILE.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=BOX, **keys)


def _drawn_form(**keys: Any) -> Breaker:
    return lambda pdf: draw(pdf, "/F Do", XObject={"F": _form(pdf, **keys)})


def _placed(**keys: Any) -> Breaker:
    def breaker(pdf: pikepdf.Pdf) -> None:
        picture = good_picture(pdf)
        for key, value in keys.items():
            picture[f"/{key}"] = value
        place(pdf, picture)

    return breaker


def _state(**keys: Any) -> Breaker:
    return lambda pdf: tinted(pdf, **keys)


def _screen(**keys: Any) -> Dictionary:
    return Dictionary(Type=Name.Halftone, Frequency=60, Angle=45, SpotFunction=Name.Round, **keys)


# ------------------------------------------------------------------------------- what others would supply
_SERVED = Dictionary({"/2.0": Dictionary(Type=Name.OPI, Version=2, F=String("coast.tif"))})
SEEDS["opi", "of a form"] = _drawn_form(OPI=_SERVED)
SEEDS["opi", "of a picture"] = _placed(OPI=_SERVED)
SEEDS["postscript", "a form of another kind"] = _drawn_form(Subtype2=Name.PS)
SEEDS["postscript", "in a form"] = _drawn_form(PS=Dictionary())
SEEDS["reference-form", "of another file"] = _drawn_form(Ref=Dictionary(F=String("page.pdf"), Page=0))
SEEDS["picture-alternate", "one"] = _placed(Alternates=Array([Dictionary(DefaultForPrinting=True)]))


@seed("postscript", "an object")
def _(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "/X Do", XObject={"X": pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS)})


@seed("opi", "of a form in a pattern")
def _(pdf: pikepdf.Pdf) -> None:
    row = Dictionary(XObject=Dictionary(F=_form(pdf, OPI=_SERVED)))
    cell = pdf.make_stream(
        b"/F Do", PatternType=1, PaintType=1, TilingType=1, BBox=BOX, XStep=400, YStep=500, Resources=row
    )
    draw(pdf, f"/Pattern cs /P scn {TILE}", Pattern={"P": cell})


@seed("opi", "of a picture in a glyph")
def _(pdf: pikepdf.Pdf) -> None:
    picture = good_picture(pdf)
    picture.OPI = _SERVED
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        FirstChar=97, LastChar=97, Widths=[1000], Encoding=Dictionary(Differences=[97, Name.a]),
        CharProcs=Dictionary(a=pdf.make_stream(b"1000 0 0 0 500 500 d1 0 0 500 500 re f")),
        Resources=Dictionary(XObject=Dictionary(P=picture)),
    )  # fmt: skip
    draw(pdf, f"0 g BT /T 10 Tf {mm(30)} {mm(70)} Td (a) Tj ET", Font={"T": font})


SEEDS["external-data", "of a picture"] = _placed(F=String("coast.jpg"))
SEEDS["external-data", "of a form"] = _drawn_form(F=String("form.bin"))


@seed("external-data", "of a profile")
def _(pdf: pikepdf.Pdf) -> None:
    profile = pdf.make_stream(b"", N=4, F=String("press.icc"))
    draw(pdf, f"/C cs 0 0 0 1 scn {TILE}", ColorSpace={"C": Array([Name.ICCBased, profile])})


@seed("external-data", "of a font")
def _(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(pdf.pages[1].obj.Resources.Font.F1)
    below = Dictionary(font.DescendantFonts[0])
    below.FontDescriptor = Dictionary(below.FontDescriptor)
    below.FontDescriptor.FontFile2 = pdf.make_stream(below.FontDescriptor.FontFile2.read_bytes(), F=String("sans.ttf"))
    font.DescendantFonts = Array([below])
    draw(pdf, "n", Font={"X": font})


# ------------------------------------------------------------------------------- tones and screens
SEEDS["transfer-curve", "none"] = _state(TR=Name.Identity)
SEEDS["transfer-curve", "turned over"] = _state(TR2=Name.Identity)
SEEDS["halftone", "moved"] = _state(HTP=[1, 1])
SEEDS["halftone", "of type 6"] = _state(HT=_screen(HalftoneType=6))
SEEDS["halftone", "by name"] = _state(HT=_screen(HalftoneType=1, HalftoneName=String("Fine")))
SEEDS["halftone", "with a curve"] = _state(
    HT=_screen(HalftoneType=1, TransferFunction=Dictionary(FunctionType=2, Domain=[0, 1], N=2))
)
SEEDS["halftone", "by name on a plate"] = _state(
    HT=Dictionary(HalftoneType=5, Default=_screen(HalftoneType=1, HalftoneName=String("Fine")))
)
SEEDS["halftone", "of type 6 on a plate"] = _state(HT=Dictionary(HalftoneType=5, Default=_screen(HalftoneType=6)))
SEEDS["rendering-intent", "of a picture"] = _placed(Intent=Name.Pretty)
SEEDS["rendering-intent", "of a graphics state"] = _state(RI=Name.Pretty)
drawn_seed("rendering-intent", "of the page", "/Pretty ri")
SEEDS["overprint-icc", "an area"] = lambda pdf: draw(
    pdf,
    f"/O gs /C cs 0 0 0 0.5 scn {TILE}",
    ExtGState={"O": Dictionary(op=True, OPM=1)},
    ColorSpace={"C": Array([Name.ICCBased, pdf.make_stream(b"profile", N=4)])},
)


@seed("blend-mode", "of another program")
def _(pdf: pikepdf.Pdf) -> None:
    tinted(pdf, BM=Name.LinearBurn)
    pdf.pages[1].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


@seed("spot-alternate", "on two pages")
def _(pdf: pikepdf.Pdf) -> None:
    for page, cyan in ((1, 0.5), (2, 0.6)):
        tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[cyan, 0, 0, 0])
        space = Array([Name.Separation, Name.Cyan, Name.DeviceCMYK, tint])
        draw(pdf, f"/C cs 1 scn {TILE}", page, ColorSpace={"C": space})


# ------------------------------------------------------------------------------- content streams
drawn_seed("content-unbalanced", "saved once too often", "q q Q")
drawn_seed("content-unbalanced", "restored once too often", "Q Q q")
drawn_seed("content-unbalanced", "text without end", "BT")
drawn_seed("content-unbalanced", "text in text", "BT BT ET")
drawn_seed("content-unbalanced", "an end of no text", "ET")
drawn_seed("content-unbalanced", "a mark without end", "/Span BMC")
drawn_seed("content-unbalanced", "an end of no mark", "EMC")
drawn_seed("content-operator", "of PostScript", "moveto")
drawn_seed("content-operator", "bracketed as optional", "BX 1 2 xyz EX")
SEEDS["content-unbalanced", "in a form"] = lambda pdf: draw(
    pdf, "/F Do", XObject={"F": pdf.make_stream(f"q {GREY_TILE}".encode(), Subtype=Name.Form, BBox=BOX)}
)


# ------------------------------------------------------------------------------- pictures
def _of(data: bytes, **keys: Any) -> Breaker:
    """A picture of 120 × 120 px in CMYK, unless ``keys`` say otherwise."""

    def breaker(pdf: pikepdf.Pdf) -> None:
        picture = picture_of(pdf, b"", 120, keys.pop("ColorSpace", Name.DeviceCMYK))
        picture.write(data, filter=keys.pop("Filter", None))
        for key, value in keys.items():
            picture[f"/{key}"] = value
        place(pdf, picture)

    return breaker


def _jpeg(side_px: int = 120, mode: str = "CMYK") -> bytes:
    saved = io.BytesIO()
    Image.new(mode, (side_px, side_px)).save(saved, "JPEG")
    return saved.getvalue()


def _with_size(jpeg: bytes, px: int) -> bytes:
    """The data of a JPEG with another width and height in their frame."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + px.to_bytes(2, "big") * 2 + jpeg[at + 4 :]


_PLAIN = bytes(120 * 120 * 4)
for _way, _breaker in {
    "no data": _of(b""),
    "too few": _of(_PLAIN[:-1]),
    "twice as many": _of(_PLAIN * 2),
    "one row too many": _of(_PLAIN + _PLAIN[: 120 * 4]),
    "grey with too few": _of(_PLAIN[:14_000], ColorSpace=Name.DeviceGray),
    "a stencil with too few": _of(b"\xaa" * 100, ImageMask=True, BitsPerComponent=1),
    "packed and too few": _of(zlib.compress(_PLAIN[:9_000]), Filter=Name.FlateDecode, ColorSpace=Name.DeviceGray),
    "packed wrongly": _of(b"no zlib", Filter=Name.FlateDecode, ColorSpace=Name.DeviceGray),
    "a packed stream that breaks off": _of(zlib.compress(bytes(range(256)) * 225)[:400], Filter=Name.FlateDecode),
    "a JPEG that breaks off": _of(_jpeg()[:-200], Filter=Name.DCTDecode),
    "a JPEG without data": _of(b"", Filter=Name.DCTDecode),
    "a JPEG that is none": _of(b"\x89PNG" * 40, Filter=Name.DCTDecode),
    "a JPEG of another size": _of(_jpeg(130), Filter=Name.DCTDecode),
    "a JPEG that is too large to open": _of(_with_size(_jpeg(), 60_000), Filter=Name.DCTDecode),
    "a JPEG of other channels": _of(_jpeg(mode="L"), Filter=Name.DCTDecode),
    "JPEG 2000 that is none": _of(_jpeg(), Filter=Name.JPXDecode),
    "fax without data": _of(b"", Filter=Name.CCITTFaxDecode, ColorSpace=Name.DeviceGray, BitsPerComponent=1),
    "no width": _of(_PLAIN, Width=0),
}.items():
    SEEDS["picture-data", _way] = _breaker
drawn_seed(
    "picture-data",
    "in the content",
    f"{PLACE} BI /W 130 /H 130 /BPC 8 /CS /G /F /Fl ID \x78\x9c\x03\x00\x00\x00\x00\x01 EI",
)


@seed("picture-data", "a soft mask with too few")
def _(pdf: pikepdf.Pdf) -> None:
    picture = good_picture(pdf)
    picture.SMask = picture_of(pdf, b"\x80" * 100, 120, Name.DeviceGray)
    place(pdf, picture)
    pdf.pages[1].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


# ------------------------------------------------------------------------------- the page and the file
def _on_page(key: str, value: Callable[[], Any]) -> Breaker:
    def breaker(pdf: pikepdf.Pdf) -> None:
        pdf.pages[2].obj[f"/{key}"] = value()

    return breaker


SEEDS["page-preseparated", "cyan"] = _on_page("SeparationInfo", lambda: Dictionary(DeviceColorant=Name.Cyan))
SEEDS["presentation", "in steps"] = _on_page("PresSteps", lambda: Dictionary(Type=Name.NavNode))
SEEDS["art-box", "beside the trim"] = _on_page("ArtBox", lambda: Array(TRIM))
SEEDS["boxes-nested", "the crop cuts into the trim"] = _on_page(
    "CropBox", lambda: Array([TRIM[0] + 5, TRIM[1], *TRIM[2:]])
)
SEEDS["boxes-nested", "the crop is larger than the sheet"] = _on_page(
    "CropBox", lambda: Array([-20, -20, MEDIA[2] + 20, MEDIA[3]])
)


@seed("presentation", "alternate")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(AlternatePresentations=Dictionary(Names=[]))


for _key in ("ViewArea", "ViewClip", "PrintArea", "PrintClip"):

    @seed("print-area", _key)
    def _(pdf: pikepdf.Pdf, key: str = _key) -> None:
        pdf.Root.ViewerPreferences = Dictionary({f"/{key}": Name.TrimBox})


@seed("pdf-version", "too new by the catalogue")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Version = Name("/1.7")


def _layered(pdf: pikepdf.Pdf, **changes: Any) -> Dictionary:
    """Give the file two layers; ``changes`` go to the default configuration."""
    groups = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("Text", "Notes")]
    default = Dictionary({"/Order": Array(groups), **{f"/{key}": value for key, value in changes.items()}})
    pdf.Root.OCProperties = Dictionary(OCGs=Array(groups), D=default)
    layers: Dictionary = pdf.Root.OCProperties
    return layers


@seed("layers", "switched by events")
def _(pdf: pikepdf.Pdf) -> None:
    _layered(pdf, AS=Array([Dictionary(Event=Name.Print, Category=[Name.Print], OCGs=[])]))


@seed("layers", "not all in the order")
def _(pdf: pikepdf.Pdf) -> None:
    layers = _layered(pdf)
    layers.D.Order = Array([layers.OCGs[0]])


@seed("layers", "two configurations of one name")
def _(pdf: pikepdf.Pdf) -> None:
    _layered(pdf).Configs = Array([Dictionary(Name=String("Print"), BaseState=Name.ON) for _ in range(2)])


@seed("font-encoding", "by a name of its own")
def _(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(pdf.pages[1].obj.Resources.Font.F1)
    font.Encoding = Name("/House-H")
    draw(pdf, f"0 g BT /H 10 Tf {mm(30)} {mm(70)} Td <0041> Tj ET", Font={"H": font})


@seed("output-profile", "of a version to come")
def _(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    written = bytearray(profile.read_bytes())
    written[8] = 5
    profile.write(bytes(written))


@seed("output-profile", "in another file")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfileRef = Dictionary(ProfileName=String("press"))


@seed("output-condition", "none")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0]["/OutputConditionIdentifier"]


# ------------------------------------------------------------------------------- what acts
def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.beep()"))


def _link() -> Dictionary:
    return Dictionary(S=Name.URI, URI=String("https://example.org"))


def _beside(pdf: pikepdf.Pdf, **keys: Any) -> None:
    """Put an annotation beside the bleed of a page."""
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=[1, 1, 9, 9], **keys))])


def _bookmarked(pdf: pikepdf.Pdf, **keys: Any) -> None:
    """Write two bookmarks, the second with ``keys``."""
    first, second = (pdf.make_indirect(Dictionary(Title=String(name))) for name in ("One", "Two"))
    first.Next, second.Prev = second, first
    for key, value in keys.items():
        second[f"/{key}"] = value
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=first, Last=second, Count=2))


SEEDS["action", "of an annotation beside the page"] = lambda pdf: _beside(pdf, Subtype=Name.Link, A=_link())
SEEDS["action", "of a bookmark"] = lambda pdf: _bookmarked(pdf, A=_link())
SEEDS["embedded-file", "beside the page"] = lambda pdf: _beside(pdf, Subtype=Name.FileAttachment)
SEEDS["javascript", "of an annotation"] = lambda pdf: _beside(pdf, Subtype=Name.Screen, AA=Dictionary(E=_script()))
SEEDS["javascript", "of a bookmark"] = lambda pdf: _bookmarked(pdf, A=_script())
SEEDS["javascript", "of a page"] = lambda pdf: pdf.pages[0].obj.__setitem__("/AA", Dictionary(O=_script()))


@seed("javascript", "after another action")
def _(pdf: pikepdf.Pdf) -> None:
    _beside(pdf, Subtype=Name.Link, A=Dictionary(S=Name.GoTo, Next=Array([_script()])))
