"""The drawings of the booklet sample: portraits, logos, a part to scale, floor plans and an advert.

``PYTHONPATH=src:tests python -m made_editions.sample_pictures`` writes them into the sample anew: whoever gives a
room or a sponsor another name there, changes it here too, since their type is outlines.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from made_editions.conference_pictures import _beside, _outlined, _round, _svg, _type
from project import ROOT

__all__ = ["sample_pictures"]

_SAMPLE = ROOT / "src" / "directory_pub" / "begin" / "samples" / "booklet"
_MM = 72 / 25.4
_NAVY, _BLUE, _MIST, _PALE, _ORANGE, _WHITE = "#12355B", "#5F86AC", "#C9D7E4", "#E9EFF4", "#FD9D24", "#FFFFFF"
_TRIMS = {"170x240": (170, 240), "A4": (210, 297), "A5": (148, 210)}


class Words(NamedTuple):
    """What stands in the drawings, in one language."""

    rooms: tuple[str, str, str, str, str, str]
    advert: tuple[str, str, str]
    bakery: tuple[str, str]
    logos: dict[str, tuple[str, ...]]


_WORDS = {
    "en": Words(
        ("Turntable Hall", "Long Room", "Kitchen", "Cloakroom", "Yard", "You come in here"),
        ("Yesterday’s", "bread is", "today’s soup."),
        ("Long Table Bakery", "12 Turntable Yard"),
        {
            "tram": ("Millbridge", "Tramways"), "exchange": ("Spare Parts", "Exchange"),
            "bakery": ("Long Table", "Bakery"), "lamp": ("Lamp", "and Cord"), "shelf": ("Second", "Shelf"),
        },
    ),
    "de": Words(
        ("Drehscheibe", "Langer Saal", "Küche", "Garderobe", "Hof", "Hier kommen Sie herein"),
        ("Das Brot von", "gestern ist die", "Suppe von heute."),
        ("Bäckerei Langer Tisch", "Drehscheibe 12"),
        {
            "tram": ("Mühlbrücker", "Straßenbahn"), "exchange": ("Ersatzteil-", "börse"),
            "bakery": ("Bäckerei", "Langer Tisch"), "lamp": ("Lampe", "und Kabel"), "shelf": ("Zweites", "Regal"),
        },
    ),
    "fr": Words(
        ("La Plaque", "Salle longue", "Cuisine", "Vestiaire", "Cour", "Vous entrez ici"),
        ("Le pain d’hier", "fait la soupe", "d’aujourd’hui."),
        ("Boulangerie Longue Table", "12, cour de la Plaque"),
        {
            "tram": ("Tramways de", "Pont-du-Moulin"), "exchange": ("Bourse", "aux pièces"),
            "bakery": ("Boulangerie", "Longue Table"), "lamp": ("Lampe", "et Cordon"), "shelf": ("Deuxième", "Étagère"),
        },
    ),
}  # fmt: skip


def sample_pictures() -> Iterator[tuple[str, bytes]]:
    """Each file by its path in the sample, with its content."""
    for key, face in _FACES.items():
        yield f"photos/{key}.svg", _portrait(face).encode()
    yield "photos/knob.svg", _knob().encode()
    for language, words in _WORDS.items():
        yield f"{language}/photos/plan.svg", _rounded(_plan(words.rooms)).encode()
        for mark, lines in words.logos.items():
            drawing, width, colour = _MARKS[mark]
            yield f"{language}/photos/logos/{mark}.svg", _rounded(_beside(drawing, width, lines, colour)).encode()
        for trim, (width, height) in _TRIMS.items():
            yield f"{language}/adverts/{trim}/bakery.pdf", _advert(width, height, words)


def _rounded(drawing: str, places: int = 1) -> str:
    """A drawing whose outlines have as many decimals as are seen: files are to be light."""
    return re.sub(r"-?\d+\.\d{2,}", lambda each: f"{float(each[0]):.{places}f}".removesuffix(".0"), drawing)


# -------------------------------------------------------------------- portraits
class _Face(NamedTuple):
    ground: str
    skin: str
    shade: str
    hair: str
    coat: str
    cut: str
    glasses: bool = False


_FACES = {
    "ruth-adeyemi": _Face("#F3D9A6", "#7A4B32", "#633A26", "#231A17", "#12355B", "crown"),
    "mateo-quiroga": _Face("#C9D7E4", "#C98F66", "#B27A53", "#3A2A22", "#B5502F", "beard"),
    "liv-aaltonen": _Face("#D9E3D2", "#EBC7AC", "#D9AF92", "#C9C3B8", "#3F5E4B", "bob", glasses=True),
}


def _portrait(face: _Face) -> str:
    """A head and shoulders of a few shapes, in a square."""
    hair, skin = f'fill="{face.hair}"', f'fill="{face.skin}"'
    behind = {
        "crown": f'<circle cx="200" cy="128" r="88" {hair}/>',
        "beard": "",
        "bob": f'<path d="M112 268V168a88 88 0 0 1 176 0v100z" {hair}/>',
    }[face.cut]
    before = {
        "crown": f'<path d="M134 158q0-66 66-66t66 66q-28-30-66-30t-66 30z" {hair}/>',
        "beard": f'<path d="M132 176v-20q0-66 68-66t68 66v20l-10-26q-22-14-58-14t-58 14z" {hair}/>'
        f'<path d="M134 200q0 96 66 96t66-96q-12 26-34 22-32-8-64 0-22 4-34-22z" {hair}/>'
        f'<path d="M178 246q22 10 44 0" fill="none" stroke="{face.skin}" stroke-width="7" stroke-linecap="round"/>',
        "bob": f'<path d="M130 196q-2-100 70-100t70 100q-8-52-46-66-40 40-94 66z" {hair}/>',
    }[face.cut]
    eyes = "".join(f'<circle cx="{x}" cy="196" r="6.5" fill="#1D1D1B"/>' for x in (174, 226))
    if face.glasses:
        rims = "".join(f'<circle cx="{x}" cy="196" r="22"/>' for x in (172, 228))
        eyes += f'<g fill="none" stroke="{_NAVY}" stroke-width="5">{rims}<path d="M194 192q6-5 12 0"/></g>'
    mouth = (
        ""
        if face.cut == "beard"
        else '<path d="M180 244q20 14 40 0" fill="none" stroke="#8A3B33" stroke-width="6" stroke-linecap="round"/>'
    )
    return _svg(
        400, 400,
        f'<path d="M0 0h400v400H0z" fill="{face.ground}"/>{behind}'
        f'<path d="M60 400q0-96 96-96h88q96 0 96 96z" fill="{face.coat}"/>'
        f'<path d="M168 250h64v58q-32 32-64 0z" fill="{face.shade}"/>'
        f'<path d="M132 168q0-74 68-74t68 74v34q0 78-68 78t-68-78z" {skin}/>'
        f'<path d="M200 190l10 34h-14" fill="none" stroke="{face.shade}" stroke-width="6"/>'
        f"{before}{eyes}{mouth}",
    )  # fmt: skip


# -------------------------------------------------------------------- a part to scale
def _knob() -> str:
    """A knob as it is drawn for printing: from the front and from the side, with its measures."""
    line = f'fill="none" stroke="{_NAVY}"'
    ribs = "".join(
        f'<path d="M196 52h8v26h-8z" fill="{_NAVY}" transform="rotate({turn} 200 200)"/>' for turn in range(0, 360, 15)
    )
    arrows = "".join(
        f'<path d="M{x} 388l{d} -6v12z" fill="{_ORANGE}"/>' for x, d in ((52, 16), (348, -16), (520, 16), (760, -16))
    )
    return _svg(
        840, 420,
        f'<path d="M0 0h840v420H0z" fill="{_PALE}"/>'
        f'<circle cx="200" cy="200" r="148" fill="{_WHITE}" stroke="{_NAVY}" stroke-width="5"/>{ribs}'
        f'<circle cx="200" cy="200" r="104" fill="{_MIST}" stroke="{_NAVY}" stroke-width="4"/>'
        f'<path d="M194 100h12v64h-12z" fill="{_ORANGE}"/>'
        f'<path d="M176 186a28 28 0 1 0 48 0z" fill="{_WHITE}" stroke="{_NAVY}" stroke-width="4"/>'
        f'<path d="M520 52h150v296H520z" fill="{_WHITE}" stroke="{_NAVY}" stroke-width="5"/>'
        f'<path d="M670 96l90 24v160l-90 24z" fill="{_MIST}" stroke="{_NAVY}" stroke-width="5"/>'
        f'<path d="M520 172h96v56h-96z" fill="{_BLUE}" stroke="{_NAVY}" stroke-width="4"/>'
        + "".join(f'<path d="M524 {y}h142" {line} stroke-width="3"/>' for y in (72, 98, 130, 270, 302, 328))
        + f'<path d="M20 200h360M200 20v360M470 200h330" {line} stroke-width="2" stroke-dasharray="18 6 4 6"/>'
        f'<g stroke="{_ORANGE}" stroke-width="3"><path d="M52 388h296M520 388h240M52 358v38M348 358v38M520 358v38M760 292v104"/></g>{arrows}',
    )  # fmt: skip


# -------------------------------------------------------------------- logos
_MARKS = {
    "tram": (
        '<path d="M8 10h104q8 0 8 8v60H0V18q0-8 8-8z" fill="#A3242B"/><path d="M12 24h28v26H12zM46 24h28v26H46zM80 24h28v26H80z" fill="#FFF4E0"/>'
        '<path d="M26 84a11 11 0 1 0 .01 0zM94 84a11 11 0 1 0 .01 0zM56 0h8v10h-8z" fill="#A3242B"/>', 120, "#A3242B",
    ),
    "exchange": (
        '<path d="M52 0a52 52 0 1 0 .01 0zM52 20a32 32 0 1 1-.01 0z" fill="#0B6E75" fill-rule="evenodd"/><path d="M47 24h10v30H47z" fill="#0B6E75"/>',
        104, "#0B6E75",
    ),
    "bakery": (
        '<path d="M0 74q0-58 60-58t60 58z" fill="#B5651D"/><path d="M30 66l10-34M56 66l8-38M82 66l8-32" stroke="#FFF4E0" stroke-width="6"/><path d="M0 82h120v12H0z" fill="#5B3413"/>',
        120, "#5B3413",
    ),
    "lamp": (
        '<path d="M30 0h30l30 56H0z" fill="#E0A100"/><path d="M41 60h8v34h-8zM20 94h50v10H20z" fill="#3A3A3A"/>', 90, "#3A3A3A",
    ),
    "shelf": (
        '<path d="M4 6h20v78H4zM30 20h16v64H30zM52 0h24v84H52z" fill="#4B3B78"/><path d="M84 20l18-5 17 66-18 5z" fill="#8C7CC0"/><path d="M0 90h120v12H0z" fill="#4B3B78"/>',
        120, "#4B3B78",
    ),
}  # fmt: skip
"""The marks of sponsors: the drawing, 104 high, its width, and the colour of the name beside it."""


# -------------------------------------------------------------------- the plan
def _plan(names: tuple[str, ...]) -> str:
    """The depot: two rooms for sessions, a kitchen, and the rails that lead in."""
    hall, room, kitchen, cloakroom, yard, entrance = names
    wall = f'stroke="{_NAVY}" stroke-width="6"'
    type_ = "".join(
        f'<path d="{_outlined(text, x, y, size, weight)}" fill="{_NAVY}"/>'
        for text, x, y, size, weight in (
            (hall, 64, 92, 34, "Bold"), (room, 624, 92, 34, "Bold"), (kitchen, 624, 472, 34, "Bold"),
            (cloakroom, 64, 668, 30, "Bold"), (yard, 624, 800, 34, "Bold"), (entrance, 300, 846, 27, "Regular"),
        )
    )  # fmt: skip
    rails = "".join(f'<path d="M{x} 700V486" stroke="{_BLUE}" stroke-width="8"/>' for x in (276, 324))
    return _svg(
        926, 820,  # up to the walls: the drawing stands flush with the words above it
        f'<g transform="translate(-37 -37)"><path d="M40 40h540v580H40z" fill="{_MIST}" {wall}/><path d="M600 40h360v360H600z" fill="{_MIST}" {wall}/>'
        f'<path d="M600 420h360v200H600z" fill="{_PALE}" {wall}/><path d="M40 620h200v140H40z" fill="{_PALE}" {wall}/>'
        f'<circle cx="300" cy="340" r="150" fill="{_WHITE}" stroke="{_BLUE}" stroke-width="8"/>'
        f'<path d="M276 192v296M324 192v296" stroke="{_BLUE}" stroke-width="8"/>{rails}'
        f'<path d="M254 612h92v16h-92zM574 180h32v80h-32zM574 480h32v80h-32zM760 394h80v32h-80zM130 612h60v16h-60z" fill="{_WHITE}"/>'
        f'<path d="M300 714l26 40h-16v46h-20v-46h-16z" fill="{_ORANGE}"/>{type_}</g>',
    )  # fmt: skip


# -------------------------------------------------------------------- the advert
def _advert(width_mm: float, height_mm: float, words: Words, bleed_mm: float = 3) -> bytes:
    """A page of the bakery: a bowl of soup that steams, and three lines; CMYK, with its bleed, its type as outlines.

    It is drawn on a leaf of 170 x 240, from the trim's corner, and brought to another in proportion.
    """
    ground, dark, warm = "0.06 0.3 0.85 0 k", "0.85 0.6 0.35 0.45 k", "0.1 0.75 0.9 0.05 k"
    wide, high = 170 * _MM, 240 * _MM
    trim = [bleed_mm * _MM, bleed_mm * _MM, (bleed_mm + width_mm) * _MM, (bleed_mm + height_mm) * _MM]
    media = [0, 0, (2 * bleed_mm + width_mm) * _MM, (2 * bleed_mm + height_mm) * _MM]
    margin, middle, rim = 14 * _MM, wide / 2, 92 * _MM
    stream = [
        f"{ground} 0 0 {media[2]:.3f} {media[3]:.3f} re f",
        f"q {width_mm / 170:.5f} 0 0 {height_mm / 240:.5f} {trim[0]:.3f} {trim[1]:.3f} cm",
        *(
            _rounded(_type(line, margin, high - margin - 36 - 52 * row, 50, dark))
            for row, line in enumerate(words.advert)
        ),
        f"q {middle - 200:.2f} {rim - 200:.2f} 400 200 re W n {_round(middle, rim, 150, dark)} Q",
        f"{dark} {middle - 60:.2f} {rim - 162:.2f} 120 16 re f",
        f"{warm} {middle - 162:.2f} {rim:.2f} 324 14 re f",
        *(_steam(middle + across, rim + 34, warm) for across in (-70, 0, 70)),
        _rounded(_type(words.bakery[0], margin, margin + 20, 18, dark)),
        _rounded(_type(words.bakery[1], margin, margin, 12, dark, "Regular"), 2),
        "Q",
    ]
    pdf = pikepdf.new()
    page = Dictionary(
        Type=Name.Page, MediaBox=Array(media), TrimBox=Array(trim), BleedBox=Array(media), Resources=Dictionary(),
        Contents=pdf.make_stream("\n".join(stream).encode()),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True, static_id=False, compress_streams=True)
    return written.getvalue()


def _steam(x: float, y: float, colour: str) -> str:
    """A line that rises in two waves."""
    return (
        f"{colour.removesuffix('k')}K 9 w 1 J {x:.2f} {y:.2f} m {x - 24:.2f} {y + 22:.2f} {x + 24:.2f} {y + 40:.2f} "
        f"{x:.2f} {y + 62:.2f} c {x - 24:.2f} {y + 84:.2f} {x + 24:.2f} {y + 102:.2f} {x:.2f} {y + 124:.2f} c S"
    )


if __name__ == "__main__":
    for name, content in sample_pictures():
        path = _SAMPLE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
