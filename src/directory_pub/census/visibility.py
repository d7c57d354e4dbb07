"""Find type on a page that cannot be read: cut off, painted over, struck through, or in the colour of its ground.

Where colours alone do not tell, the page is drawn three times by PDFium (as it is, without its type,
its type alone), and what the type changes is looked at where its ink lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from directory_pub.census.painting import Box, Colour, Painted, address_of, share_within
from directory_pub.census.suspects import LEAST_CONTRAST, Glyph, Suspects, Unseen, contrast

__all__ = ["find_unseen"]

_LEAST_SEEN = 0.7  # the share of a letter's ink that must be left
_SAME = 1.1  # a contrast below this is one colour
_PX_PER_PT = 2.0
_MOST_PIXELS = 400  # of a letter that are looked at
_STRUCK = 0.25  # the share of a letter's height, from below and from above, in which a line strikes nothing through


def find_unseen(
    page: pypdfium2.PdfPage, painting: Sequence[Painted], suspects: Suspects, glyphs: Sequence[Glyph]
) -> Iterator[tuple[Glyph, Unseen]]:
    """The letters that a reader cannot see, each with the reason."""
    for glyph in glyphs:
        if (why := suspects.unseen.get(address_of(glyph.handle))) is not None:
            yield glyph, why
    struck = set(_struck(suspects, glyphs))
    yield from ((glyph, "struck") for glyph in glyphs if glyph in struck)
    looked_at = [glyph for glyph in glyphs if address_of(glyph.handle) in suspects.doubtful]
    if looked_at:
        yield from _look(page, painting, looked_at, suspects.doubtful)


# -------------------------------------------------------------------- looked at
class _Drawn(Struct, frozen=True):
    """A part of a page as pixels, four bytes each (blue, green, red, opacity), ``stride`` bytes a row."""

    left: float
    top: float
    width: int
    height: int
    stride: int
    pixels: bytes

    def places(self, box: Box) -> list[int]:
        """Where the pixels of a box begin; of a large one some, evenly."""
        columns = range(max(0, self._x(box[0])), min(self.width, self._x(box[2]) + 1))
        rows = range(max(0, self._y(box[3])), min(self.height, self._y(box[1]) + 1))
        step = max(1, round((len(columns) * len(rows) / _MOST_PIXELS) ** 0.5))
        return [row * self.stride + 4 * column for row in rows[::step] for column in columns[::step]]

    def colour(self, place: int) -> Colour:
        blue, green, red = self.pixels[place : place + 3]
        return red, green, blue

    def _x(self, points: float) -> int:
        return int((points - self.left) * _PX_PER_PT)

    def _y(self, points: float) -> int:
        return int((self.top - points) * _PX_PER_PT)


def _struck(suspects: Suspects, glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """The letters that a line runs through, neither below nor above them."""
    for type_, line in suspects.lines:
        address = address_of(type_.handle)
        yield from (glyph for glyph in glyphs if address_of(glyph.handle) == address and _strikes(line.seen, glyph.box))


def _strikes(line: Box, letter: Box) -> bool:
    middle, margin = (line[1] + line[3]) / 2, _STRUCK * (letter[3] - letter[1])
    return line[0] <= letter[0] and letter[2] <= line[2] and letter[1] + margin < middle < letter[3] - margin


def _look(
    page: pypdfium2.PdfPage, painting: Sequence[Painted], glyphs: Sequence[Glyph], painted: Mapping[int, Painted]
) -> Iterator[tuple[Glyph, Unseen]]:
    """The letters that cannot be seen on the page as it is drawn."""
    area = _area_round(page, glyphs)
    whole = _draw(page, area, paper=True)
    ground = _draw_without(page, area, [each.handle for each in painting if each.is_type], paper=True)
    ink = _draw_without(page, area, [each.handle for each in painting if not each.is_type], paper=False)
    for glyph in glyphs:
        if (why := _judge(glyph, painted[address_of(glyph.handle)], whole, ground, ink)) is not None:
            yield glyph, why


def _area_round(page: pypdfium2.PdfPage, glyphs: Sequence[Glyph]) -> Box:
    """What the letters cover of the page, with a margin."""
    left, bottom, right, top = page.get_mediabox()
    boxes = [glyph.box for glyph in glyphs]
    return (
        max(left, min(box[0] for box in boxes) - 2),
        max(bottom, min(box[1] for box in boxes) - 2),
        min(right, max(box[2] for box in boxes) + 2),
        min(top, max(box[3] for box in boxes) + 2),
    )


def _draw_without(page: pypdfium2.PdfPage, area: Box, handles: Sequence[Any], *, paper: bool) -> _Drawn:
    """Draw an area while these objects are left out."""
    for handle in handles:
        pdfium.FPDFPageObj_SetIsActive(handle, False)
    try:
        return _draw(page, area, paper=paper)
    finally:
        for handle in handles:
            pdfium.FPDFPageObj_SetIsActive(handle, True)


def _draw(page: pypdfium2.PdfPage, area: Box, *, paper: bool) -> _Drawn:
    """Draw an area on white paper, or on nothing."""
    left, bottom, right, top = page.get_mediabox()
    # What stands off the sheet is drawn from its edge: PDFium draws nothing beside it.
    area = (
        min(max(area[0], left), right - 1),
        min(max(area[1], bottom), top - 1),
        max(min(area[2], right), left + 1),
        max(min(area[3], top), bottom + 1),
    )
    bitmap = page.render(
        scale=_PX_PER_PT,
        crop=(area[0] - left, area[1] - bottom, right - area[2], top - area[3]),
        fill_color=(255, 255, 255, 255) if paper else (0, 0, 0, 0),
        force_bitmap_format=pdfium.FPDFBitmap_BGRA,
        may_draw_forms=False,
    )
    return _Drawn(area[0], area[3], bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


def _judge(glyph: Glyph, painted: Painted, whole: _Drawn, ground: _Drawn, ink: _Drawn) -> Unseen | None:
    """Why a letter cannot be seen, or None: its ink is compared with the ground at each of its pixels."""
    if share_within(glyph.box, painted.seen) < _LEAST_SEEN:
        return "cut"
    places = ink.places(glyph.box)
    most = max((ink.pixels[place + 3] for place in places), default=0)
    inked = [place for place in places if ink.pixels[place + 3] > 0.4 * most] if most else []
    if not inked:
        return "cut"
    seen = changed = 0
    for place in inked:
        under, shown = ground.colour(place), whole.colour(place)
        changed += max(abs(a - b) for a, b in zip(under, shown, strict=True)) > 2
        seen += contrast(_undiluted(under, shown, ink.pixels[place + 3] / most), under) >= LEAST_CONTRAST
    if seen >= _LEAST_SEEN * len(inked):
        return None
    if 2 * changed > len(inked):
        return "ground"  # it is there, and pale
    if painted.colour is None:
        return "covered"
    same = sum(contrast(painted.colour, ground.colour(place)) < _SAME for place in inked)
    return "ground" if 2 * same > len(inked) else "covered"


def _undiluted(under: Colour, shown: Colour, share: float) -> Colour:
    """The colour that type which covers a share of a pixel would show if it covered all of it."""
    red, green, blue = (min(255, max(0, round(a + (b - a) / share))) for a, b in zip(under, shown, strict=True))
    return red, green, blue
