"""Sort out, by boxes and colours alone, which type of a page every reader sees, and which has to be looked at.

What type stands on and what is painted after it is known from the order of painting: on bare paper or
on a box of one colour its own colour decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from directory_pub.census.painting import Box, Colour, Painted, address_of

__all__ = ["LEAST_CONTRAST", "Glyph", "Suspects", "Unseen", "contrast", "is_sign", "meets", "suspect"]

Unseen = Literal["cut", "ground", "covered", "struck", "tight", "tiny"]
"""Why a letter cannot be read: a clip cuts it off (or it has no ink), it has the colour of what it stands on,
something is painted over it, a line strikes it through; or its word is set too tight or too small."""

_PAPER = (255, 255, 255)
LEAST_CONTRAST = 1.75  # as WCAG counts it; it asks 4.5 of text: below this nobody reads it
_LINE_EM = 0.3  # a drawing up to this height is a line
_SMALL_EM = 2.0  # a drawing up to this size is a sign, not a ground


class Glyph(Struct, frozen=True, eq=False):
    """One letter with ink: its box, the height of its type in points, and which word it is in."""

    box: Box
    type_height: float
    word: int
    handle: Any  # of the type object that draws it


class Suspects(Struct, frozen=True):
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
        near = [(number, other) for number, other in others if meets(each.bounds, other.seen)]
        signs += [(each, other) for _, other in near if not other.fills_box and is_sign(other, _height(each.bounds))]
        lines += [(each, other) for _, other in near if _is_line(other, _height(each.bounds))]
        ground, is_covered = _ground(each, order, near)
        if each.inkless:
            unseen[address_of(each.handle)] = "cut"
        elif is_covered or ground is None or each.colour is None or _is_cut(each):
            doubtful[address_of(each.handle)] = each
        elif contrast(each.colour, ground) < LEAST_CONTRAST:
            unseen[address_of(each.handle)] = "ground"
    return Suspects(unseen, doubtful, list(_crowded([each for _, each in types])), signs, lines)


def _ground(type_: Painted, order: int, near: Sequence[tuple[int, Painted]]) -> tuple[Colour | None, bool]:
    """The one colour that type stands on (None where that is not plain), and whether something is painted over it."""
    ground: Colour | None = _PAPER
    for number, other in near:
        if number > order:
            return ground, True
        ground = other.colour if other.fills_box and not other.shaped and _is_inside(type_.bounds, other.seen) else None
    return ground, False


def meets(one: Box, other: Box) -> bool:
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


def is_sign(drawing: Painted, em: float) -> bool:
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


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two sRGB colours, from 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


_LINEAR = [v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in range(256)]


def _luminance(colour: Colour) -> float:
    return 0.2126 * _LINEAR[colour[0]] + 0.7152 * _LINEAR[colour[1]] + 0.0722 * _LINEAR[colour[2]]
