"""Find type that is on a page and cannot be seen, or that shares its place with something else.

What a letter stands on and what is painted after it is known from the order of painting. Where
a letter stands on bare paper or on a box of one colour, its own colour decides. Everywhere else
the page is drawn three times by PDFium (as it is, without its type, its type alone), and what the
type changes is looked at where its ink lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pypdfium2
import pypdfium2.raw as pdfium

from directory_pub.census.painting import Box, Painted, address_of, share_within

__all__ = ["Glyph", "Suspects", "Unseen", "find_shared_places", "find_unseen", "suspect"]

Unseen = Literal["cut", "ground", "covered", "struck", "tight", "tiny"]
"""Why a letter cannot be read: a clip cuts it off (or it has no ink), it has the colour of what it stands on,
something is painted over it, a line strikes it through; or its word is set too tight or too small."""

_Colour = tuple[int, int, int]
_PAPER = (255, 255, 255)
_LEAST_CONTRAST = 1.5  # as WCAG counts it; it asks 4.5 of text: below this nobody reads it
_LEAST_SEEN = 0.5  # the share of a letter's ink that must be left
_PX_PER_PT = 2.0
_MOST_PIXELS = 400  # of a letter that are looked at
_SHARED = 0.2  # the share of a letter's box on which another letter, or a drawing, is no longer beside it
_LINE_EM = 0.15  # a drawing up to this height is a line
_STRUCK = 0.25  # the share of a letter's height, from below and from above, in which a line strikes nothing through
_SMALL_EM = 2.0  # a drawing up to this size is a sign, not a ground


@dataclass(frozen=True, slots=True, eq=False)
class Glyph:
    """One letter with ink: its box, the height of its type in points, and which word it is in."""

    box: Box
    type_height: float
    word: int
    handle: Any  # of the type object that draws it


@dataclass(frozen=True, slots=True)
class Suspects:
    """The type of a page that has to be looked at letter by letter; most pages have none.

    By the address of the type object: what is plainly ``unseen`` and what is ``doubtful``. ``crowded`` are pairs
    of type that may share a place, ``signs`` are pairs of type and a drawing, ``lines`` of type and a line through it.
    """

    unseen: Mapping[int, Unseen]
    doubtful: Mapping[int, Painted]
    crowded: Sequence[tuple[Painted, Painted]]
    signs: Sequence[tuple[Painted, Painted]]
    lines: Sequence[tuple[Painted, Painted]]

    def __bool__(self) -> bool:
        return bool(self.unseen or self.doubtful or self.crowded or self.signs or self.lines)

    def addresses(self) -> set[int]:
        """The type objects whose letters are asked for."""
        pairs = {
            address_of(each.handle)
            for pair in (*self.crowded, *self.signs, *self.lines)
            for each in pair
            if each.is_type
        }
        return {*self.unseen, *self.doubtful, *pairs}


def suspect(painting: Sequence[Painted]) -> Suspects:
    """Sort out, by boxes and colours alone, what every reader sees."""
    unseen: dict[int, Unseen] = {}
    doubtful: dict[int, Painted] = {}
    signs: list[tuple[Painted, Painted]] = []
    lines: list[tuple[Painted, Painted]] = []
    types = [(order, each) for order, each in enumerate(painting) if each.is_type]
    others = [(order, each) for order, each in enumerate(painting) if not each.is_type]
    for order, each in types:
        near = [(number, other) for number, other in others if _meets(each.bounds, other.seen)]
        signs += [(each, other) for _, other in near if not other.fills_box and _is_sign(other, _height(each.bounds))]
        lines += [(each, other) for _, other in near if _is_line(other, _height(each.bounds))]
        ground, is_covered = _ground(each, order, near)
        if each.inkless:
            unseen[address_of(each.handle)] = "cut"
        elif is_covered or ground is None or each.colour is None or _is_cut(each):
            doubtful[address_of(each.handle)] = each
        elif _contrast(each.colour, ground) < _LEAST_CONTRAST:
            unseen[address_of(each.handle)] = "ground"
    return Suspects(unseen, doubtful, list(_crowded([each for _, each in types])), signs, lines)


def _ground(type_: Painted, order: int, near: Sequence[tuple[int, Painted]]) -> tuple[_Colour | None, bool]:
    """The one colour that type stands on (None where that is not plain), and whether something is painted over it."""
    ground: _Colour | None = _PAPER
    for number, other in near:
        if number > order:
            return ground, True
        ground = other.colour if other.fills_box and not other.shaped and _is_inside(type_.bounds, other.seen) else None
    return ground, False


def _meets(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crowded(types: Sequence[Painted]) -> Iterator[tuple[Painted, Painted]]:
    """The pairs that may share a place; those that are higher up begin later, and are not asked."""
    upwards = sorted(types, key=lambda each: each.bounds[1])
    for at, one in enumerate(upwards):
        for other in upwards[at + 1 :]:
            if other.bounds[1] >= one.bounds[3]:
                break
            if _is_crowded(one.bounds, other.bounds):
                yield one, other


def _is_crowded(one: Box, other: Box) -> bool:
    """Whether two stretches do more than touch, and more than an ascender below a descender."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    least = min(one[3] - one[1], other[3] - other[1])
    return across > 0.1 * least and down > 0.3 * least


def _is_sign(drawing: Painted, em: float) -> bool:
    """Whether a drawing is a sign such as an icon, and no ground, for type of this height in points."""
    left, bottom, right, top = drawing.seen
    return max(right - left, top - bottom) <= _SMALL_EM * em


def _is_line(drawing: Painted, em: float) -> bool:
    """Whether a drawing is a line across, such as a rule, for type of this height in points."""
    return _height(drawing.seen) <= _LINE_EM * em < drawing.seen[2] - drawing.seen[0]


def _height(box: Box) -> float:
    return box[3] - box[1]


def _is_cut(each: Painted) -> bool:
    return each.shaped or not _is_inside(each.bounds, each.seen)


def _is_inside(box: Box, other: Box) -> bool:
    return other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3]


# -------------------------------------------------------------------- seen
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


def _contrast(one: _Colour, other: _Colour) -> float:
    """The contrast of two sRGB colours, from 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


_LINEAR = [v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in range(256)]


def _luminance(colour: _Colour) -> float:
    return 0.2126 * _LINEAR[colour[0]] + 0.7152 * _LINEAR[colour[1]] + 0.0722 * _LINEAR[colour[2]]


# -------------------------------------------------------------------- looked at
@dataclass(frozen=True, slots=True)
class _Drawn:
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

    def colour(self, place: int) -> _Colour:
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
    middle, margin = (line[1] + line[3]) / 2, _STRUCK * _height(letter)
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
        seen += _contrast(_undiluted(under, shown, ink.pixels[place + 3] / most), under) >= _LEAST_CONTRAST
    if seen >= _LEAST_SEEN * len(inked):
        return None
    if painted.colour is None:
        return "ground" if changed else "covered"
    own = sum(_contrast(painted.colour, ground.colour(place)) < _LEAST_CONTRAST for place in inked)
    return "ground" if own > len(inked) - own else "covered"


def _undiluted(under: _Colour, shown: _Colour, share: float) -> _Colour:
    """The colour that type which covers a share of a pixel would show if it covered all of it."""
    red, green, blue = (min(255, max(0, round(a + (b - a) / share))) for a, b in zip(under, shown, strict=True))
    return red, green, blue


# -------------------------------------------------------------------- shared places
def find_shared_places(suspects: Suspects, glyphs: Sequence[Glyph]) -> dict[int, set[int | None]]:
    """For each word that shares its place the words that it shares it with; None stands for a drawing."""
    letters: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        letters.setdefault(address_of(glyph.handle), []).append(glyph)
    shared: dict[int, set[int | None]] = {}
    for one, other in suspects.crowded:
        for a, b in _meeting(letters.get(address_of(one.handle), ()), letters.get(address_of(other.handle), ())):
            shared.setdefault(a, set()).add(b)
            shared.setdefault(b, set()).add(a)
    for type_, drawing in suspects.signs:
        for glyph in letters.get(address_of(type_.handle), ()):
            if _is_sign(drawing, glyph.type_height) and share_within(glyph.box, drawing.seen) > _SHARED:
                shared.setdefault(glyph.word, set()).add(None)
    return shared


def _meeting(some: Sequence[Glyph], others: Sequence[Glyph]) -> Iterator[tuple[int, int]]:
    """The pairs of words that have letters in one place."""
    for one in some:
        for other in others:
            if one.word != other.word and _meets(one.box, other.box):
                share = max(share_within(one.box, other.box), share_within(other.box, one.box))
                if share > _SHARED:
                    yield one.word, other.word
