"""How near two letters come to one another, as their outlines are drawn."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import uharfbuzz
from fontTools.pens.basePen import BasePen

__all__ = ["Profile", "clearance", "profile_of"]

Profile = dict[int, tuple[float, float]]
"""The left and right end of what a letter draws, in em, by the slice of its height."""

_SLICES_AN_EM = 100
_STEPS = 8  # of a curve
_REACH = 2  # slices above and below in which letters are seen to come near


class _Points(BasePen):  # type: ignore[misc]
    """All points of an outline; a curve is a few of them."""

    def __init__(self) -> None:
        super().__init__()
        self.contours: list[list[tuple[float, float]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the library's name
        self.contours.append([point])

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.contours[-1].append(point)

    def _curveToOne(self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        start = self.contours[-1][-1]
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            points = list(zip(shares, (start, one, two, end), strict=True))
            self.contours[-1].append((sum(s * p[0] for s, p in points), sum(s * p[1] for s, p in points)))


def profile_of(character: str, font: uharfbuzz.Font) -> Profile:
    """A character's profile; none where nothing is drawn."""
    pen, upem = _Points(), font.face.upem
    font.draw_glyph_with_pen(font.get_nominal_glyph(ord(character)) or 0, pen)
    profile: Profile = {}
    for contour in pen.contours:
        for x, y in _dense([*contour, contour[0]], upem / _SLICES_AN_EM):
            at, x_em = round(y / upem * _SLICES_AN_EM), x / upem
            left, right = profile.get(at, (x_em, x_em))
            profile[at] = (min(left, x_em), max(right, x_em))
    return profile


def _dense(points: Sequence[tuple[float, float]], apart: float) -> Iterator[tuple[float, float]]:
    """The points of a contour, no two of them further apart in height."""
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        steps = max(int(abs(y1 - y0) / apart * 2), 1)
        yield from ((x0 + (x1 - x0) * n / steps, y0 + (y1 - y0) * n / steps) for n in range(steps + 1))


def clearance(first: Profile, second: Profile, advance_em: float) -> float:
    """The least white between two letters, in em, where the second is set so far right of the first."""
    gaps = (
        advance_em + second[near][0] - right
        for at, (_, right) in first.items()
        for near in range(at - _REACH, at + _REACH + 1)
        if near in second
    )
    return min(gaps, default=1.0)
