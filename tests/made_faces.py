"""Faces of every kind, made of the book's own: other families, other units, other outlines, with axes, packed."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from typing import Any

from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib import build

from project import ROOT

SERIF_FILES = {
    (400, False): "SourceSerif4_400Regular.ttf",
    (400, True): "SourceSerif4_400Regular_Italic.ttf",
    (700, False): "SourceSerif4_700Bold.ttf",
}
_LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x2007, *range(0x2013, 0x2023), 0x2026, 0x20AC]
Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)
WIDER = 1.2


@cache
def _drawn(weight: int, italic: bool) -> bytes:
    """A face of Source Serif with the letters that books of the tests have, and its kerning."""
    font = TTFont(ROOT / "fonts" / "source-serif-4" / SERIF_FILES[weight, italic])
    options = Options(layout_features=["kern", "tnum", "lnum"], hinting=False, notdef_outline=True, glyph_names=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_LETTERS)
    subsetter.subset(font)
    return saved(font)


@cache
def _outlined(weight: int, italic: bool, units: int, matrix: Matrix | None, compact: bool) -> bytes:
    font = TTFont(io.BytesIO(_drawn(weight, italic)))
    scale_upem(font, units)
    if matrix is not None:
        _turn(font, matrix)
    return saved(_as_compact(font) if compact else font)


def saved(font: TTFont, flavour: str | None = None) -> bytes:
    """A face as its file, packed where a flavour says how."""
    out = io.BytesIO()
    font.flavor = flavour
    font.save(out)
    return out.getvalue()


def make_face(
    family: str,
    weight: int = 400,
    *,
    italic: bool = False,
    like: int = 400,
    units: int = 1000,
    matrix: Matrix | None = None,
    compact: bool = False,
    licence: int = 0,
    names: Mapping[int, str] | None = None,
) -> TTFont:
    """A face under other names, its outlines turned by a matrix: ``compact`` ones are CFF's.

    It is drawn ``like`` that weight of Source Serif.
    """
    font = TTFont(io.BytesIO(_outlined(like, italic, units, matrix, compact)))
    font["OS/2"].usWeightClass, font["OS/2"].fsType = weight, licence
    font["OS/2"].fsSelection = 0x01 if italic else 0x20 if weight == 700 else 0x40
    font["head"].macStyle = 2 if italic else weight == 700
    style = f"{weight}{'Italic' if italic else ''}"
    _name(
        font,
        {1: family, 2: "Regular", 6: f"{family.replace(' ', '')}-{style}", 16: family, 17: style} | dict(names or {}),
    )
    return font


def _name(font: TTFont, names: Mapping[int, str]) -> None:
    """Its names for Windows; an empty one is left out."""
    font["name"].names = []
    for number, text in names.items():
        if text:
            font["name"].setName(text, number, 3, 1, 0x409)


def _turn(font: TTFont, matrix: Matrix) -> None:
    drawn = font.getGlyphSet()
    turned = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        drawn[name].draw(TransformPen(_Whole(pen, drawn), matrix))
        turned[name] = pen.glyph()
    advances = {name: round(width * matrix[0]) for name, (width, _) in font["hmtx"].metrics.items()}
    font["glyf"].glyphs = turned
    for name, glyph in turned.items():
        glyph.recalcBounds(font["glyf"])
        font["hmtx"].metrics[name] = (advances[name], getattr(glyph, "xMin", 0))


class _Whole:
    """A pen that draws composed glyphs as outlines."""

    def __init__(self, pen: Any, drawn: Any) -> None:
        self._pen, self._drawn = pen, drawn

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pen, name)

    def addComponent(self, name: str, matrix: Matrix, **_: object) -> None:  # noqa: N802 # as pens call it
        self._drawn[name].draw(TransformPen(self, matrix))


def _as_compact(font: TTFont) -> TTFont:
    """The same face with CFF outlines: each curve as the cubic that it is."""
    drawn, strings = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = T2CharStringPen(font["hmtx"][name][0], drawn)
        drawn[name].draw(pen)
        strings[name] = pen.getCharString()
    for tag in ("glyf", "loca", "gasp", "prep", "cvt ", "fpgm"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "OTTO"
    builder = FontBuilder(font=font)
    builder.isTTF = False
    builder.setupCFF("Made", {}, strings, {})
    builder.setupMaxp()
    return font


def make_variable(family: str, *, italic: bool = False, slants: bool = False, compact: bool = False) -> TTFont:
    """A face with the axis of weights 200 to 900: the heaviest is ``WIDER``; with ``slants`` a slope, too."""
    made: dict[str, Any] = {"italic": italic, "compact": compact}
    space = DesignSpaceDocument()
    space.axes = [AxisDescriptor(tag="wght", name="Weight", minimum=200, default=200, maximum=900)]
    masters: list[tuple[dict[str, float], Matrix]] = [
        ({"Weight": 200}, _PLAIN),
        ({"Weight": 900}, (WIDER, 0, 0, 1, 0, 0)),
    ]
    if slants:
        space.axes.append(AxisDescriptor(tag="slnt", name="Slant", minimum=-12, default=0, maximum=0))
        masters = [({**place, "Slant": 0}, matrix) for place, matrix in masters]
        masters.append(({"Weight": 200, "Slant": -12}, (1, 0, 0.2, 1, 0, 0)))
    for place, matrix in masters:
        font = make_face(family, 200, matrix=matrix, **made)
        for tag in ("GPOS", "GSUB", "GDEF"):
            if tag in font:
                del font[tag]
        space.addSource(SourceDescriptor(name=str(place), location=place, font=font))
    made_font, *_ = build(space, optimize=False)
    return TTFont(io.BytesIO(saved(made_font)))
