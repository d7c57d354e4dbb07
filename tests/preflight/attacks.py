"""Small files that cost their reader dearly: each kind of thing in a file that has no end, or that grows as it is read.

``ATTACKS`` break the good file in one way each; what is in them is not to be believed, and reading them must end.
"""

from __future__ import annotations

import functools
import itertools
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from preflight.good_pdf import claim, draw, good_pdf

__all__ = ["ATTACKS", "lzw_zeros", "packed", "write_attack", "zeros"]

Attack = Callable[[pikepdf.Pdf], "bytes | None"]
"""Spoils an open file; may return bytes that come behind its end."""

ATTACKS: dict[str, Attack] = {}
_BOX = [0, 0, 300, 300]
_AS_IT_IS: dict[str, Any] = {
    "stream_decode_level": pikepdf.StreamDecodeLevel.none,
    "compress_streams": False,
    "fix_metadata_version": False,
    "min_version": "1.6",
}


def write_attack(name: str, folder: Path) -> Path:
    """Write the file of one attack."""
    path = folder / "attack.pdf"
    with good_pdf() as pdf:
        ATTACKS[name](pdf)
        pdf.save(path, **_AS_IT_IS)
    return path


def _attack(name: str) -> Callable[[Attack], Attack]:
    def keep(attack: Attack) -> Attack:
        ATTACKS[name] = attack
        return attack

    return keep


# ------------------------------------------------------------------------------- what unpacks without end
@functools.cache
def zeros(length: int = 2**28) -> bytes:
    """So many zeros in Flate."""
    packer = zlib.compressobj(9)
    blocks = (packer.compress(bytes(2**20)) for _ in range(length // 2**20))
    return b"".join(blocks) + packer.flush()


@functools.cache
def lzw_zeros(rounds: int) -> bytes:
    """Zeros in LZW, 7 MB a round in 5 kB."""
    row: list[tuple[int, int]] = []
    for each in range(rounds):
        row += [(256, 12 if each else 9), (0, 9)]
        row += [
            (code, 9 if code < 511 else 10 if code < 1023 else 11 if code < 2047 else 12) for code in range(258, 4095)
        ]
    return _bits([*row, (257, 12)])


def _bits(codes: Iterable[tuple[int, int]]) -> bytes:
    held = kept = 0
    packed = bytearray()
    for code, width in codes:
        held, kept = held << width | code, kept + width
        while kept >= 8:
            kept -= 8
            packed.append(held >> kept)
            held &= (1 << kept) - 1
    return bytes(packed) + bytes([held << (8 - kept) & 0xFF])


def packed(pdf: pikepdf.Pdf, data: bytes, *filters: str, **keys: Any) -> pikepdf.Stream:
    stream = pdf.make_stream(b"", **keys)
    parameters = keys.pop("DecodeParms", None)
    stream.write(data, filter=Array([Name(f"/{name}") for name in filters]), decode_parms=parameters)
    return stream


_BOMBS: dict[str, Callable[[pikepdf.Pdf], pikepdf.Stream]] = {
    "Flate": lambda pdf: packed(pdf, zeros(), "FlateDecode"),
    "Flate twice": lambda pdf: packed(pdf, zlib.compress(zeros(), 9), "FlateDecode", "FlateDecode"),
    "Flate and a predictor": lambda pdf: packed(
        pdf, zeros(), "FlateDecode", DecodeParms=Dictionary(Predictor=12, Columns=5)
    ),
    "rows without end": lambda pdf: packed(
        pdf, zeros(2**20), "FlateDecode", DecodeParms=Dictionary(Predictor=12, Columns=2**31 - 1, Colors=32)
    ),
    "LZW": lambda pdf: packed(pdf, lzw_zeros(40), "LZWDecode"),
    "LZW twice": lambda pdf: packed(pdf, lzw_zeros(2), "LZWDecode", "LZWDecode", "LZWDecode"),
    "RunLength": lambda pdf: packed(pdf, zlib.compress(b"\x81\0" * 2**22), "FlateDecode", "RunLengthDecode"),
    "ASCII85": lambda pdf: packed(pdf, zlib.compress(b"z" * 2**26), "FlateDecode", "ASCII85Decode"),
    "filters without end": lambda pdf: packed(pdf, b"", *["ASCIIHexDecode"] * 5000),
}


def _form(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    stream.Subtype, stream.BBox = Name.Form, _BOX
    draw(pdf, "/X Do", XObject={"X": stream})


def _program(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    pdf.pages[0].obj.Resources.Font.F1.DescendantFonts[0].FontDescriptor.FontFile2 = stream


def _palette(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    space = Array([Name.Indexed, Name.DeviceCMYK, 255, stream])
    draw(pdf, "/C cs 1 sc 90 90 9 9 re f", ColorSpace={"C": space})


def _function(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    stream.FunctionType, stream.Domain, stream.Range = 0, [0, 1], [0, 1] * 4
    stream.Size, stream.BitsPerSample = [2**20], 8
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 1, 1], Function=stream)
    draw(pdf, "/S sh", Shading={"S": shading})


def _glyph(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1, 1], FontMatrix=[1, 0, 0, 1, 0, 0], FirstChar=97,
        LastChar=97, Widths=[1], Encoding=Dictionary(Differences=[97, Name.a]), CharProcs=Dictionary(a=stream),
    )  # fmt: skip
    draw(pdf, "0 g BT /T 10 Tf 90 90 Td (a) Tj ET", Font={"T": font})


def _picture(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    stream.Subtype, stream.Width, stream.Height, stream.BitsPerComponent = Name.Image, 60_000, 60_000, 8
    stream.ColorSpace = Name.DeviceCMYK
    draw(pdf, "20 0 0 20 90 90 cm /X Do", XObject={"X": stream})


_PLACES: dict[str, Callable[[pikepdf.Pdf, pikepdf.Stream], None]] = {
    "content": lambda pdf, stream: pdf.pages[1].obj.__setattr__("Contents", stream),
    "a form": _form,
    "a typeface": _program,
    "a palette": _palette,
    "a function": _function,
    "a glyph": _glyph,
    "a picture": _picture,
    "the glyphs of codes": lambda pdf, stream: (
        pdf.pages[0].obj.Resources.Font.F1.DescendantFonts[0].__setattr__("CIDToGIDMap", stream)
    ),
    "the printer's profile": lambda pdf, stream: pdf.Root.OutputIntents[0].__setattr__("DestOutputProfile", stream),
    "the packet": lambda pdf, stream: pdf.Root.__setattr__("Metadata", stream),
}
for _place, _bomb in [*itertools.product(_PLACES, ("Flate", "LZW twice")), *(("content", bomb) for bomb in _BOMBS)]:
    ATTACKS[f"{_place} in {_bomb}"] = lambda pdf, place=_place, bomb=_bomb: _PLACES[place](pdf, _BOMBS[bomb](pdf))  # type: ignore[misc]


# ------------------------------------------------------------------------------- what is drawn without end
def _content(name: str, piece: bytes, times: int = 1, *, before: bytes = b"", after: bytes = b"") -> None:
    def attack(pdf: pikepdf.Pdf) -> None:
        content = before + piece * times + after
        pdf.pages[1].obj.Contents = packed(pdf, zlib.compress(content), "FlateDecode")

    ATTACKS[name] = attack


_content("saved states", b"q ", 5_000_000)
_content("saved and taken back", b"q Q ", 5_000_000)
_content("areas", b"1 1 5 5 re f ", 5_000_000)
_content("rectangles in a path", b"1 1 5 5 re ", 5_000_000, after=b"f")
_content("points in a path", b"1 1 m 5 5 l ", 10_000_000, after=b"f")
_content("curves on a slant", b"1 1 5 5 9 9 c ", 5_000_000, before=b"1 1 1 0 0 0 cm 1 1 m ", after=b"f")
_content("words that say nothing", b"x ", 10_000_000)
_content("remarks", b"%\n", 20_000_000)
_content("numbers", b"1 ", 5_000_000)
_content("names", b"/a", 5_000_000)
_content("names for each word", b"/a x", 10_000_000)
_content("arrays in arrays", b"[", 5_000_000)
_content("dictionaries in dictionaries", b"<<", 5_000_000)
_content("a string that is not closed", b"(", 20_000_000)
_content("strings in strings", b"(()", 5_000_000, after=b")" * 5_000_000)
_content("strings with strings", b"(())x ", 10_000_000)
_content("a line of type", b"0021", 10_000_000, before=b"BT /F1 9 Tf <", after=b"> Tj ET")
_content("lines of type", b"[<0021>-9<0022>]TJ ", 3_000_000, before=b"BT /F1 9 Tf ", after=b"ET")
_content("type with a space between", b"<00210022>Tj ", 3_000_000, before=b"BT /F1 9 Tf 1 Tc ", after=b"ET")
_content("pictures in the text", b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI ", 2_000_000)
_content("a picture in the text without end", b"x", 50_000_000, before=b"BI /W 1 /H 1 /F /Fl ID ")
_content("a picture in the text as large as it says", b"BI /W 99999999999 /H 99999999999 /BPC 8 ID x EI")
_content("matrices that grow", b"9999999 0 0 9999999 0 0 cm ", 1000, after=b"1 1 5 5 re f")
_content("a number beyond measure", b"9", 400, after=b" 1 5 5 re f")
_content("a number of many digits", b"9", 20_000_000, after=b" 1 5 5 re f")
_content("graphics states", b"/G gs ", 3_000_000)
_content("colours", b"0 0 0 1 k ", 5_000_000)
_content("clips", b"1 1 5 5 re W n ", 5_000_000)
_content("moves", b"1 0 0 1 0 0 cm ", 5_000_000)


@_attack("one shading again and again")
def _(pdf: pikepdf.Pdf) -> None:
    samples = pdf.make_stream(bytes(range(256)) * 256, FunctionType=0, Domain=[0, 1], Range=[0, 1] * 4, Size=[16384])
    samples.BitsPerSample = 8
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 1, 1], Function=samples)
    draw(pdf, "/S sh " * 1_000_000, Shading={"S": shading})


@_attack("functions in functions")
def _(pdf: pikepdf.Pdf) -> None:
    function = pdf.make_indirect(Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0] * 4, C1=[1] * 4))
    for _ in range(8):
        function = pdf.make_indirect(Dictionary(FunctionType=3, Domain=[0, 1], Functions=Array([function] * 100)))
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 1, 1], Function=function)
    draw(pdf, "/S sh", Shading={"S": shading})


@_attack("a function of many values")
def _(pdf: pikepdf.Pdf) -> None:
    samples = pdf.make_stream(bytes(2**22), FunctionType=0, Domain=[0, 1], Range=[0, 1] * 100_000, BitsPerSample=8)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 1, 1], Function=samples)
    draw(pdf, "/S sh", Shading={"S": shading})


def _nested(wrap: Callable[[pikepdf.Pdf, pikepdf.Object], pikepdf.Object], start: bytes, **keys: Any) -> Attack:
    def attack(pdf: pikepdf.Pdf) -> None:
        inner: pikepdf.Object = pdf.make_stream(start, **keys)
        for _ in range(20):
            inner = wrap(pdf, inner)
        row = "Pattern" if "PatternType" in keys else "XObject"
        draw(pdf, "/Pattern cs /X scn 90 90 9 9 re f" if row == "Pattern" else "/X Do", **{row: {"X": inner}})

    return attack


_FORM = {"Subtype": Name.Form, "BBox": _BOX}
_CELL = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": _BOX, "XStep": 9, "YStep": 9}
ATTACKS["forms in forms"] = _nested(
    lambda pdf, inner: pdf.make_stream(b"/X Do /X Do", Resources=Dictionary(XObject=Dictionary(X=inner)), **_FORM),
    b"1 1 5 5 re f", **_FORM,
)  # fmt: skip
ATTACKS["empty forms in forms"] = _nested(
    lambda pdf, inner: pdf.make_stream(b"/X Do " * 9, Resources=Dictionary(XObject=Dictionary(X=inner)), **_FORM),
    b"", **_FORM,
)  # fmt: skip
ATTACKS["patterns in patterns"] = _nested(
    lambda pdf, inner: pdf.make_stream(
        b"/Pattern cs /X scn 1 1 5 5 re f 1 1 5 5 re f", Resources=Dictionary(Pattern=Dictionary(X=inner)), **_CELL
    ),
    b"1 1 5 5 re f", **_CELL,
)  # fmt: skip


@_attack("soft masks in soft masks")
def _(pdf: pikepdf.Pdf) -> None:
    group, state = Dictionary(S=Name.Transparency, CS=Name.DeviceGray), Dictionary()
    for _ in range(30):
        mask = pdf.make_stream(
            b"/M gs /M gs", Group=group, Resources=Dictionary(ExtGState=Dictionary(M=state)), **_FORM
        )
        state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))
    draw(pdf, "/M gs 90 90 9 9 re f", ExtGState={"M": state})


@_attack("a long form many times")
def _(pdf: pikepdf.Pdf) -> None:
    form = packed(pdf, zlib.compress(b" " * 2**25, 9), "FlateDecode", **_FORM)
    draw(pdf, "/X Do " * 10_000, XObject={"X": form})


@_attack("art short of the bleed over many grounds")
def _(pdf: pikepdf.Pdf) -> None:
    grounds = "".join(f"20 {60 + place / 1000} 300 0.001 re f " for place in range(1, 60_000))
    draw(pdf, grounds + "37 100 100 9 re f " * 60_000)


# ------------------------------------------------------------------------------- what is listed without end
def _first_font(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Resources.Font.F1.DescendantFonts[0]


@_attack("widths of ranges")
def _(pdf: pikepdf.Pdf) -> None:
    _first_font(pdf).W = Array([0, 65535, 500] * 100_000)


@_attack("widths one by one")
def _(pdf: pikepdf.Pdf) -> None:
    _first_font(pdf).W = Array([0, Array([500] * 2_000_000)])


@_attack("inks")
def _(pdf: pikepdf.Pdf) -> None:
    names = Array([Name(f"/Ink{number}") for number in range(200_000)])
    tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1)
    draw(pdf, "/C cs 90 90 9 9 re f", ColorSpace={"C": Array([Name.DeviceN, names, Name.DeviceCMYK, tint])})


@_attack("annotations")
def _(pdf: pikepdf.Pdf) -> None:
    links = (Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[9, 9, 90, 90]) for _ in range(100_000))
    pdf.pages[0].obj.Annots = Array(list(links))


@_attack("pages in nodes in nodes")
def _(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.Pages
    node = top.Kids[3]
    for _ in range(20_000):
        node = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=1, Kids=Array([node])))
    top.Kids[3] = node


@_attack("elements in elements of the packet")
def _(pdf: pikepdf.Pdf) -> None:
    claim(pdf, dc_title="<a>" * 100_000 + "</a>" * 100_000)


@_attack("a title without end")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info.Title = String("a\u202e" * 5_000_000)


@_attack("a parent that is its own")
def _(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1].obj
    page.Parent = page
    del page["/MediaBox"]
