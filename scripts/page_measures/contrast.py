"""Contrast of type on what lies behind it, on the screen; and which pages are plates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from page_measures.colour import contrast
from page_measures.findings import Finding, Section
from page_measures.pages import Character, Page
from page_measures.redraw import without_text

__all__ = ["Ground", "draw_grounds", "measure_contrast"]

_SCALE = 2.0
_AA, _AAA = (4.5, 3.0), (7.0, 4.5)  # for text, and for large type
_LARGE, _LARGE_BOLD = 18.0, 14.0


@dataclass(frozen=True, slots=True)
class Ground:
    """A page as it looks without its text."""

    picture: Image.Image
    is_plate: bool  # ink covers more than half of it


def draw_grounds(pdf: bytes) -> list[Ground]:
    """Every page without its text, cropped to its trim."""
    document = pypdfium2.PdfDocument(without_text(pdf))
    try:
        return [_draw(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _draw(page: pypdfium2.PdfPage) -> Ground:
    left, bottom, right, top = page.get_trimbox()
    page.set_cropbox(*page.get_mediabox())
    low_left, low_bottom, high_right, high_top = page.get_mediabox()
    picture = page.render(
        scale=_SCALE,
        rotation=-page.get_rotation() % 360,
        crop=(left - low_left, bottom - low_bottom, high_right - right, high_top - top),
    )
    drawn: Image.Image = picture.to_pil().convert("RGB")
    page.close()
    white = sum(drawn.convert("L").histogram()[252:])
    return Ground(drawn, white < 0.5 * drawn.width * drawn.height)


def measure_contrast(pages: Sequence[Page], grounds: Sequence[Ground]) -> Section:
    """The least contrast of letters and figures on each page."""
    least: dict[int, tuple[float, Character]] = {}
    below: list[Finding] = []
    aaa = 0
    for page, ground in zip(pages, grounds, strict=True):
        worst: dict[tuple[float, tuple[int, int, int]], tuple[float, Character]] = {}
        for value, character in _contrasts(page, ground.picture):
            key = character.size, character.colour
            if key not in worst or value < worst[key][0]:
                worst[key] = value, character
        if not worst:
            continue
        least[page.number] = min(worst.values(), key=lambda each: each[0])
        aaa += all(value >= _AAA[_is_large(c)] for value, c in worst.values())
        below += [_too_pale(page, value, c) for value, c in worst.values() if value < _AA[_is_large(c)]]
    lowest = sorted((value, number) for number, (value, _) in least.items())
    rows = [
        ("pages of which all type passes AAA", f"{aaa} of {len(least)}"),
        ("below AA", f"{len(below)} places"),
        ("lowest", ", ".join(f"p{number} {value:.2f}" for value, number in lowest[:6]) or "no type"),
    ]
    return Section("Contrast", rows, {"least": {n: round(v, 2) for n, (v, _) in least.items()}}, below)


def _too_pale(page: Page, value: float, character: Character) -> Finding:
    place = f"“{character.text}” of {character.size:g} pt at {character.baseline:.1f} pt"
    return Finding("contrast below AA", page.number, place, f"{value:.2f} : 1")


def _is_large(character: Character) -> bool:
    bold = any(name in character.face for name in ("Bold", "Black", "Heavy"))
    return character.size >= (_LARGE_BOLD if bold else _LARGE)


def _contrasts(page: Page, ground: Image.Image) -> Iterator[tuple[float, Character]]:
    pixels = ground.load()
    assert pixels is not None
    wide, high = ground.width / page.width, ground.height / page.height
    known: dict[tuple[object, object], float] = {}
    for character in page.characters:
        if not character.text.isalnum():
            continue
        left, top, right, bottom = character.box
        values = []
        for x, y in ((0.5, 0.5), (0.15, 0.15), (0.85, 0.15), (0.15, 0.85), (0.85, 0.85)):
            across, down = int((left + x * (right - left)) * wide), int((top + y * (bottom - top)) * high)
            if 0 <= across < ground.width and 0 <= down < ground.height:
                behind = pixels[across, down]
                assert isinstance(behind, tuple)
                key = character.colour, behind
                if key not in known:
                    known[key] = contrast(character.colour, (behind[0], behind[1], behind[2]))
                values.append(known[key])
        if values:
            yield min(values), character
