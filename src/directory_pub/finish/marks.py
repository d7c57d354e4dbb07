"""Marks for the press: crop marks, registration marks and colour patches, in the slug.

They tell the guillotine where the leaf ends and the printer whether the plates stand true.
Nothing of them lies in the bleed, or they would show on a leaf that is cut a little wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pikepdf import Name

from directory_pub.design.inks import InkTable
from directory_pub.design.spot_inks import PROCESS_PLATES
from directory_pub.edition.printers import SLUG_AT_LEAST_MM
from directory_pub.finish.geometry import Sheet, points
from directory_pub.finish.spot_spaces import ALL_PLATES, space_name

__all__ = ["draw_marks", "line_ink"]

_LINE_PT = 0.25
_GAP_MM = 1.0
_CROP_LENGTH_MM = 5.0
_REGISTER_RADIUS_MM = 1.75
_REGISTER_ARM_MM = 3.0
_PATCH_MM = 4.0
_PATCH_FROM_CORNER_MM = 12.0
# A curve that follows a quarter of a circle to within a thousandth of its radius.
_QUARTER = 0.5523

# The four full tones, then two half tones that should look alike: black, and grey of three inks.
_PATCHES = (
    (1, 0, 0, 0),
    (0, 1, 0, 0),
    (0, 0, 1, 0),
    (0, 0, 0, 1),
    (0, 0, 0, 0.5),
    (0.5, 0.4, 0.4, 0),
)


def draw_marks(
    sheet: Sheet,
    *,
    crop: bool = True,
    registration: bool = True,
    inks: InkTable | None = None,
    spots: Sequence[str] = (),
    all_process: bool = False,
) -> bytes:
    """The content stream of the marks of one sheet; the lines print on all plates.

    The patches belong to the registration marks. With ``inks`` that have spot inks they are those of the plates that
    the others take, or ``all_process`` plates, and of ``spots``, and the spaces of ``SpotSpaces`` are called. Raises
    ValueError when the slug is too narrow.
    """
    if (crop or registration) and sheet.slug_mm < SLUG_AT_LEAST_MM:
        raise ValueError(f"the marks need {SLUG_AT_LEAST_MM:g} mm of slug, not {sheet.slug_mm:g}")
    lines = list(_crop_marks(sheet)) if crop else []
    if registration:
        lines += [*_registration_marks(sheet), *_patches(sheet, _tones(inks, spots, all_process=all_process))]
    if inks and inks.spots and not lines:
        return b""
    return "\n".join(["q", f"{line_ink(inks)} {_LINE_PT} w 0 J", *lines, "Q"]).encode()


def line_ink(inks: InkTable | None) -> str:
    """What sets the colour of lines that print on all plates."""
    return f"{ALL_PLATES} CS 1 SCN" if inks and inks.spots else "1 1 1 1 K"


def _tones(inks: InkTable | None, spots: Sequence[str], *, all_process: bool) -> list[str]:
    """What sets the colour of each patch."""
    if inks is None or not inks.spots:
        return [_process(tones) for tones in _PATCHES]
    there = {*range(len(PROCESS_PLATES))} if all_process else {*inks.process_plates}
    process = [tones for tones in _PATCHES if {plate for plate, tone in enumerate(tones) if tone} <= there]
    names = (Name(space_name(spot)).unparse().decode() for spot in spots)
    return [*map(_process, process), *(f"{name} cs 1 scn" for name in names)]


def _process(tones: tuple[float, ...]) -> str:
    return f"{' '.join(f'{tone:g}' for tone in tones)} k"


def _crop_marks(sheet: Sheet) -> Iterator[str]:
    """Two at each corner, in line with the trim."""
    trim, near_pt = sheet.trim, points(sheet.bleed_mm + _GAP_MM)
    far_pt = near_pt + points(_CROP_LENGTH_MM)
    for x in (trim.left, trim.right):
        yield _line(x, trim.bottom - near_pt, x, trim.bottom - far_pt)
        yield _line(x, trim.top + near_pt, x, trim.top + far_pt)
    for y in (trim.bottom, trim.top):
        yield _line(trim.left - near_pt, y, trim.left - far_pt, y)
        yield _line(trim.right + near_pt, y, trim.right + far_pt, y)


def _registration_marks(sheet: Sheet) -> Iterator[str]:
    """A cross in a circle, in the middle of the slug of each side."""
    media, half_pt = sheet.media, points(sheet.slug_mm / 2)
    middle_x, middle_y = media.width / 2, media.height / 2
    for x, y in (
        (middle_x, half_pt),
        (middle_x, media.top - half_pt),
        (half_pt, middle_y),
        (media.right - half_pt, middle_y),
    ):
        arm_pt = points(_REGISTER_ARM_MM)
        yield _line(x - arm_pt, y, x + arm_pt, y)
        yield _line(x, y - arm_pt, x, y + arm_pt)
        yield _circle(x, y, points(_REGISTER_RADIUS_MM))


def _patches(sheet: Sheet, tones: Sequence[str]) -> Iterator[str]:
    """A row of tones in the upper slug, where the leaf is wide enough for it."""
    row_end_mm = _PATCH_FROM_CORNER_MM + _PATCH_MM * len(tones)
    if row_end_mm + _GAP_MM + _REGISTER_ARM_MM > sheet.trim_mm[0] / 2:
        return
    side_pt = points(_PATCH_MM)
    bottom = sheet.media.top - points(sheet.slug_mm / 2) - side_pt / 2
    left = sheet.trim.left + points(_PATCH_FROM_CORNER_MM)
    for index, tone in enumerate(tones):
        yield f"{tone} {left + index * side_pt:.4f} {bottom:.4f} {side_pt} {side_pt} re f"


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0:.4f} {y0:.4f} m {x1:.4f} {y1:.4f} l S"


def _circle(x: float, y: float, radius: float) -> str:
    bend = radius * _QUARTER
    corners = [(radius, 0.0), (0.0, radius), (-radius, 0.0), (0.0, -radius), (radius, 0.0)]
    path = [f"{x + radius:.4f} {y:.4f} m"]
    for (ax, ay), (bx, by) in pairwise(corners):
        # Leave and arrive along the tangents, which at a corner point to the other one.
        first = (x + ax + bx * bend / radius, y + ay + by * bend / radius)
        second = (x + bx + ax * bend / radius, y + by + ay * bend / radius)
        numbers = (*first, *second, x + bx, y + by)
        path.append(" ".join(f"{number:.4f}" for number in numbers) + " c")
    return " ".join([*path, "s"])
