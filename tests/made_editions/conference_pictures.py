"""The pictures of the made-up conference: portraits, logos, a plan, and adverts as ready PDFs."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Mapping
from functools import cache

import pikepdf
from fontTools.pens.basePen import BasePen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFilter

from project import ROOT

__all__ = ["LOGOS", "advert", "landscape", "logo", "plan", "portrait"]

_MM = 72 / 25.4
_NAVY, _BLUE, _MIST, _HAZE, _PALE, _ORANGE = "#12355B", "#5F86AC", "#C9D7E4", "#D9E3EC", "#E9EFF4", "#FD9D24"


# -------------------------------------------------------------------- type as outlines
@cache
def _face(weight: str) -> TTFont:
    (path,) = (ROOT / "fonts" / "source-sans-3").glob(f"*_*00{weight}.ttf")
    return TTFont(path)


def _set(text: str, weight: str, size: float, draw: Callable[[str, float], BasePen]) -> float:
    """Draw a line of type glyph by glyph with the pens of ``draw``, by name and place; return its width."""
    font, at = _face(weight), 0.0
    glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), size / font["head"].unitsPerEm
    for letter in text:
        name = names[ord(letter)]
        glyphs[name].draw(draw(name, at))
        at += glyphs[name].width * scale
    return at


def _outlined(text: str, x: float, y: float, size: float, weight: str = "Bold") -> str:
    """Type as the data of an SVG path, its baseline at y."""
    scale = size / _face(weight)["head"].unitsPerEm
    pen = SVGPathPen(_face(weight).getGlyphSet(), ntos=lambda value: f"{value:.2f}")
    _set(text, weight, size, lambda _, at: TransformPen(pen, (scale, 0, 0, -scale, x + at, y)))
    return str(pen.getCommands())


class _ContentPen(BasePen):
    """Outlines as the operators of a content stream."""

    def __init__(self, glyphs: object, matrix: tuple[float, ...], into: list[str]) -> None:
        super().__init__(glyphs)
        self._matrix, self._into = matrix, into

    def _at(self, point: tuple[float, float]) -> str:
        scale, left, bottom = self._matrix
        return f"{point[0] * scale + left:.3f} {point[1] * scale + bottom:.3f}"

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._into.append(f"{self._at(pt)} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._into.append(f"{self._at(pt)} l")

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:  # noqa: N802
        self._into.append(f"{self._at(pt1)} {self._at(pt2)} {self._at(pt3)} c")

    def _closePath(self) -> None:  # noqa: N802
        self._into.append("h")


# -------------------------------------------------------------------- portraits and landscapes
_SIDE_PX = 440
_SKIN = ((88, 60, 48), (128, 90, 70), (168, 124, 98), (196, 154, 124), (216, 180, 152), (228, 198, 174))
_HAIR = ((24, 22, 24), (52, 38, 32), (104, 74, 48), (150, 120, 80), (140, 140, 142), (206, 206, 204))
_GROUNDS = ((150, 170, 190), (176, 190, 200), (200, 190, 176), (160, 178, 160), (190, 176, 170), (120, 140, 160))
_COATS = ((30, 52, 84), (60, 60, 64), (110, 50, 46), (58, 84, 70), (206, 200, 188), (88, 78, 104))


def portrait(key: str, side_px: int) -> bytes:
    """A head before a wall, soft as a photograph out of focus: nobody in particular."""
    lots, size = random.Random(key), _SIDE_PX * 2
    ground, coat = lots.choice(_GROUNDS), lots.choice(_COATS)
    skin, hair = lots.choice(_SKIN), lots.choice(_HAIR)
    picture = Image.new("RGB", (size, size), ground)
    draw = ImageDraw.Draw(picture)
    dark = tuple(int(value * 0.82) for value in ground)
    draw.rectangle((lots.randint(0, size // 2), 0, size, size), fill=dark)
    middle, width = size / 2 + lots.randint(-40, 40), size * lots.uniform(0.17, 0.2)
    top = size * lots.uniform(0.2, 0.26)
    chin = top + width * 2.75
    shade = tuple(int(value * 0.85) for value in skin)
    if lots.random() < 0.45:  # long hair, behind the shoulders
        draw.ellipse((middle - width * 1.35, top - width * 0.4, middle + width * 1.35, chin + width * 1.1), fill=hair)
    draw.ellipse((middle - width * 2.5, chin + width * 0.35, middle + width * 2.5, size * 1.5), fill=coat)
    draw.rectangle((middle - width * 0.5, chin - width, middle + width * 0.5, chin + width * 0.7), fill=shade)
    draw.pieslice((middle - width * 0.75, chin, middle + width * 0.75, chin + width * 1.3), 0, 180, fill=shade)
    draw.ellipse((middle - width, top, middle + width, chin), fill=skin)
    draw.chord((middle - width, top, middle + width, chin), -60, 60, fill=shade)
    draw.ellipse((middle - width * 0.78, top, middle + width * 0.82, chin), fill=skin)
    crown = (middle - width * 1.12, top - width * 0.45, middle + width * 1.12, top + width * 2.1)
    draw.chord(crown, 180 + lots.randint(-14, 8), 360 + lots.randint(-8, 14), fill=hair)
    glasses = lots.random() < 0.25
    for side in (-1, 1):
        x, y = middle + side * width * 0.4, top + width * 1.32
        draw.ellipse((x - 11, y - 8, x + 11, y + 8), fill=(40, 34, 32))
        draw.line((x - 26, y - 30, x + 26, y - 34), fill=hair, width=9)
        if glasses:
            draw.ellipse((x - 38, y - 34, x + 38, y + 34), outline=(40, 36, 36), width=6)
    draw.line((middle + 4, top + width * 1.4, middle + 16, top + width * 1.85), fill=shade, width=10)
    draw.arc((middle - 40, top + width * 1.9, middle + 40, top + width * 2.3), 25, 155, fill=(120, 70, 64), width=8)
    small = picture.filter(ImageFilter.GaussianBlur(3.2)).resize((side_px, side_px), Image.Resampling.LANCZOS)
    return _jpeg(small, 84)


def landscape(key: str, width: int = 1750, height: int = 1000) -> bytes:
    """Water, a bank and a sky, from dawn to dusk."""
    lots = random.Random(key)
    high, low = lots.choice(
        (((70, 110, 150), (236, 200, 160)), ((120, 150, 170), (226, 226, 214)), ((40, 60, 96), (196, 150, 140)))
    )
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    horizon = int(height * lots.uniform(0.4, 0.55))
    for y in range(height):
        share = min(y / horizon, 1.0) if y < horizon else max(0.0, 1 - (y - horizon) / (height - horizon))
        draw.line((0, y, width, y), fill=tuple(int(a + (b - a) * share) for a, b in zip(high, low, strict=True)))
    x = 0
    while x < width:
        house, tall = lots.randint(60, 190), lots.randint(40, 190)
        tone = lots.randint(28, 70)
        draw.rectangle((x, horizon - tall, x + house, horizon), fill=(tone, tone + 8, tone + 18))
        draw.rectangle((x, horizon, x + house, horizon + tall // 2), fill=(tone + 26, tone + 36, tone + 46))
        x += house + lots.choice((0, 0, 14, 60))
    for _ in range(90):
        y = lots.randint(horizon + 10, height - 1)
        x, long = lots.randint(0, width), lots.randint(30, 260)
        draw.line((x, y, x + long, y), fill=tuple(min(255, value + 26) for value in low), width=lots.randint(1, 4))
    return _jpeg(picture.filter(ImageFilter.GaussianBlur(1.6)), 82)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality)
    return written.getvalue()


# -------------------------------------------------------------------- logos
def _svg(width: float, height: float, body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">{body}</svg>\n'


def _path(data: str, fill: str) -> str:
    return f'<path d="{data}" fill="{fill}"/>'


def _beside(mark: str, mark_width: float, lines: tuple[str, ...], colour: str, weight: str = "Bold") -> str:
    """A mark 100 high, and the name beside it."""
    size = 44 if len(lines) > 1 else 56
    tops = (42, 92) if len(lines) > 1 else (68,)
    type_ = "".join(
        _path(_outlined(line, mark_width + 22, top, size, weight), colour)
        for line, top in zip(lines, tops, strict=True)
    )
    widths = [_set(line, weight, size, lambda *_: SVGPathPen(_face(weight).getGlyphSet())) for line in lines]
    return _svg(mark_width + 24 + max(widths), 104, mark + type_)


def _wave(colour: str) -> str:
    return f'<path d="M0 30q20-24 40 0t40 0t40 0v14q-20 24-40 0t-40 0t-40 0zM0 66q20-24 40 0t40 0t40 0v14q-20 24-40 0t-40 0t-40 0z" fill="{colour}"/>'


LOGOS: Mapping[str, Callable[[], str]] = {
    "crest": lambda: _beside('<path d="M0 0h90v52q0 36-45 50Q0 88 0 52z" fill="#7A1F2B"/><path d="M14 34h62v10H14zM14 54h62v10H14z" fill="#F1E3C6"/>', 90, ("City of", "Aldermouth"), "#7A1F2B"),
    "boat": lambda: _beside('<path d="M0 62h120l-18 34H20zM54 0h8v54h-8zM66 6l44 48H66z" fill="#0B6E75"/>', 120, ("Long Pontoon", "Yard"), "#0B6E75"),
    "ring": lambda: _beside('<path d="M52 0a52 52 0 1 0 .01 0zM52 22a30 30 0 1 1-.01 0z" fill="#C4401F" fill-rule="evenodd"/>', 104, ("Common", "Risk"), "#2B2B2B"),
    "arch": lambda: _beside('<path d="M0 104V52a52 52 0 0 1 104 0v52H78V52a26 26 0 0 0-52 0v52z" fill="#E0A100"/>', 104, ("Daylight", "Works"), "#3A3A3A"),
    "gate": lambda: _svg(150, 150, _path("M0 0h66v150H0zM84 0h66v150H84z", "#3B2A1E") + _path(_outlined("OAK", 9.9, 84, 24, "Bold"), "#FFFFFF") + _path(_outlined("IRON", 89.85, 84, 24, "Bold"), "#FFFFFF")),
    "word": lambda: _svg(300, 70, _path(_outlined("plain letters", 0, 52, 54, "Bold"), "#1D1D1B")),
    "leaf": lambda: _beside('<path d="M50 0q50 40 0 104Q0 40 50 0z" fill="#4C8C3F"/>', 84, ("Rain", "Beds"), "#2F5D27"),
    "moon": lambda: _beside('<path d="M70 0a52 52 0 1 0 30 84A44 44 0 0 1 70 0z" fill="#2A2F6B"/>', 104, ("Night Ferry", "Fund"), "#2A2F6B"),
    "drop": lambda: _beside('<path d="M40 0q40 50 40 68a40 36 0 0 1-80 0Q0 50 40 0z" fill="#1E7FC2"/>', 80, ("Guild of", "Taps"), "#1E7FC2"),
    "grain": lambda: _svg(292, 104, '<path d="M52 0a52 52 0 1 0 .01 0z" fill="#B5651D"/><path d="M50 16h6v72h-6zM30 34q22 0 22 22-22 0-22-22zM76 34q-22 0-22 22 22 0 22-22z" fill="#FFF4E0"/>' + _path(_outlined("Mill", 122, 46, 46, "Bold") + _outlined("Bakery", 122, 94, 46, "Bold"), "#B5651D")),
    "reel": lambda: _svg(190, 190, '<path d="M95 0a95 95 0 1 0 .01 0zM95 20a18 18 0 1 1-.01 0zM95 134a18 18 0 1 1-.01 0zM38 77a18 18 0 1 1-.01 0zM152 77a18 18 0 1 1-.01 0z" fill="#5A2A5E" fill-rule="evenodd"/>'),
    "wave": lambda: _beside(_wave("#006B9E"), 120, ("Coast", "Forecast"), "#00486B"),
}  # fmt: skip
"""The marks of sponsors by what they show."""


def logo(mark: str) -> str:
    """A logo as SVG, its type as outlines."""
    return LOGOS[mark]()


# -------------------------------------------------------------------- the plan
def plan() -> str:
    """The house at the quay: four rooms round a foyer, the water below, names as outlines."""
    walls = f'fill="{_PALE}" stroke="{_NAVY}" stroke-width="6"'
    rooms = (
        ("Weir Hall", 300, 60, 400, 330, _MIST), ("Pump Room", 40, 60, 240, 330, _HAZE),
        ("Boat Shed", 40, 560, 420, 210, _HAZE), ("Lock House", 720, 60, 240, 330, _HAZE), ("Foyer", 40, 400, 920, 150, _PALE),
    )  # fmt: skip
    drawn = [f'<rect x="0" y="790" width="1000" height="160" fill="{_BLUE}"/>']
    for name, x, y, width, height, tone in rooms:
        drawn.append(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" {walls.replace(_PALE, tone)}/>')
        drawn.append(_path(_outlined(name, x + 20, y + 52, 34), _NAVY))
    for x, y, width, height in ((470, 386, 60, 18), (130, 386, 60, 18), (810, 386, 60, 18), (220, 546, 60, 18), (470, 546, 60, 8)):
        drawn.append(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="#FFFFFF"/>')  # doors, through both walls
    drawn.append(_path(_outlined("Quay", 500, 620, 34) + _outlined("Garden", 720, 620, 34), _NAVY))
    drawn.append(_path(_outlined("The river", 20, 850, 34), "#FFFFFF"))
    drawn.append(f'<circle cx="500" cy="520" r="14" fill="{_ORANGE}"/>')
    drawn.append(_path(_outlined("You come in here", 526, 531, 28, "Regular"), _NAVY))
    return _svg(1000, 950, "".join(drawn))


# -------------------------------------------------------------------- adverts
Cmyk = tuple[float, float, float, float]


def _type(text: str, left: float, bottom: float, size: float, colour: str, weight: str = "Bold") -> str:
    """A line of type in a content stream, in outlines."""
    into: list[str] = []
    font, scale = _face(weight), size / _face(weight)["head"].unitsPerEm
    _set(text, weight, size, lambda _, at: _ContentPen(font.getGlyphSet(), (scale, left + at, bottom), into))
    return f"{colour}\n" + "\n".join(into) + "\nf"


def advert(
    width_mm: float, height_mm: float, lines: tuple[str, ...], *, bleed_mm: float = 3, ground: str = "0.9 0.5 0.55 0.3 k",
    ink: str = "0 0.05 0.2 0 k", circle: str = "0.1 0.75 0.7 0.05 k", picture: tuple[bytes, int, int] | None = None,
) -> bytes:  # fmt: skip
    """An advert of one page: a ground, a circle, lines of type in outlines, and a picture at its foot.

    ``ground``, ``ink`` and ``circle`` are operators of colour; ``picture`` is a JPEG in RGB with its size in pixels.
    """
    pdf = pikepdf.new()
    trim = [bleed_mm * _MM, bleed_mm * _MM, (bleed_mm + width_mm) * _MM, (bleed_mm + height_mm) * _MM]
    media = [0, 0, (2 * bleed_mm + width_mm) * _MM, (2 * bleed_mm + height_mm) * _MM]
    margin = trim[0] + 10 * _MM
    size = min(42.0, width_mm * _MM / 7)
    stream = [
        f"{ground} 0 0 {media[2]:.3f} {media[3]:.3f} re f",
        _round(trim[2] * 0.72, trim[1] + width_mm * 0.3 * _MM, width_mm * 0.26 * _MM, circle),
    ]
    stream += [
        _type(line, margin, trim[3] - 10 * _MM - size * (0.9 + 1.05 * number), size, ink)
        for number, line in enumerate(lines)
    ]
    resources = Dictionary()
    if picture:
        data, across, down = picture
        image = pdf.make_stream(
            data,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=across,
            Height=down,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        resources.XObject = Dictionary(Photo=image)
        stream.append(f"q {media[2]:.3f} 0 0 {media[2] * down / across:.3f} 0 0 cm /Photo Do Q")
    page = pdf.make_indirect(
        Dictionary(
            Type=Name.Page,
            MediaBox=Array(media),
            TrimBox=Array(trim),
            BleedBox=Array(media),
            Resources=resources,
            Contents=pdf.make_stream("\n".join(stream).encode()),
        )
    )
    pdf.pages.append(pikepdf.Page(page))
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True, static_id=False)
    return written.getvalue()


def _round(x: float, y: float, radius: float, colour: str) -> str:
    """A circle of four curves."""
    k = radius * 4 * (math.sqrt(2) - 1) / 3
    return (
        f"{colour} {x + radius:.2f} {y:.2f} m "
        f"{x + radius:.2f} {y + k:.2f} {x + k:.2f} {y + radius:.2f} {x:.2f} {y + radius:.2f} c "
        f"{x - k:.2f} {y + radius:.2f} {x - radius:.2f} {y + k:.2f} {x - radius:.2f} {y:.2f} c "
        f"{x - radius:.2f} {y - k:.2f} {x - k:.2f} {y - radius:.2f} {x:.2f} {y - radius:.2f} c "
        f"{x + k:.2f} {y - radius:.2f} {x + radius:.2f} {y - k:.2f} {x + radius:.2f} {y:.2f} c f"
    )
