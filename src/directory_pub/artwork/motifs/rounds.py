"""Plots seen from above whose forms are round."""

from __future__ import annotations

from directory_pub.artwork.motifs.ground import Drawing, ground
from directory_pub.artwork.shapes import HAIR, bay, disc, half, polygon, quarter, quarter_ring, rect

__all__ = [
    "amphitheatre", "canal", "garden", "halls", "harbour", "opera", "parks", "rotunda", "stadium",
    "terraces", "windmill",
]  # fmt: skip


def amphitheatre() -> Drawing:
    """Two tiers of seats, cut by an aisle, round the stage."""
    seen = ((0, 8), (32, 44), (64, 80))
    below = ((20, 36), (56, 68), (92, 100))
    return (
        ground(w=seen, s=below),
        ("strong", quarter_ring(0, 100, 92, 68, "ne")),
        ("middle", quarter_ring(0, 100, 56, 36, "ne")),
        ("ground", polygon((17, 79), (64, 32), (68, 36), (21, 83))),
        ("accent", quarter(0, 100, 20, "ne")),
    )


def rotunda() -> Drawing:
    """A round hall, one half in the light and one in the shade, under its lantern."""
    return (
        ground(n=((0, 50),), e=(), s=((0, 50),)),
        ("strong", rect(50, 0, 50, 100)),
        ("ground", half(50, 50, 40, "e")),
        ("strong", half(50, 50, 40, "w")),
        ("middle", disc(50, 50, 23)),
        ("accent", disc(50, 50, 9)),
    )


def terraces() -> Drawing:
    """Five terraces on a slope, each a step longer than the one above."""
    return (
        ground(e=(), s=()),
        ("strong", _terrace(0) + _terrace(2)),
        ("middle", _terrace(1) + _terrace(3)),
        ("accent", _terrace(4)),
    )


def _terrace(step: int) -> str:
    """One terrace, counted from the foot; it runs a hair down over the one below."""
    x, y = 20 * step, 80 - 20 * step
    shape = quarter(x + 20, y + 20, 20, "nw") + rect(x + 20 - HAIR, y, 80 - x + HAIR, 20)
    return shape + rect(x + 1, y + 20, 99 - x, HAIR) if step else shape


def parks() -> Drawing:
    """One leaf, half in the shade, and a tree in the corner."""
    upper = "M0 100A100 100 0 0 1 100 0L100 .6L.6 100z"
    lower = "M100 0A100 100 0 0 1 0 100z"
    return (
        ground(n=((0, 97),), e=((3, 100),), s=((3, 100),), w=((0, 97),)),
        ("strong", upper),
        ("middle", lower),
        ("accent", disc(16, 16, 8)),
    )


def halls() -> Drawing:
    """Four halls with apses, turning round a yard."""
    return (
        ground(n=((16, 50),), e=((16, 50),), s=((50, 84),), w=((50, 84),)),
        ("strong", bay(0, 0, 41, 50, "e") + bay(59, 50, 41, 50, "w")),
        ("middle", bay(50, 0, 50, 41, "s") + bay(0, 59, 50, 41, "n")),
        ("accent", disc(50, 50, 7)),
    )


def opera() -> Drawing:
    """Three shells, each in front of the next."""
    return (
        ground(s=(), e=((0, 44),)),
        ("strong", "M0 100A80 80 0 0 1 80 20V66H66L44.4 100z"),
        ("middle", quarter_ring(100, 100, 56, 19.6, "nw")),
        ("accent", quarter(100, 100, 20, "nw")),
    )


def canal() -> Drawing:
    """Water that winds between two banks, and the bridge."""
    west = "M0 0H8V20A42 42 0 0 0 50 62A18 18 0 0 1 68 80V100H0z"
    east = "M100 0H32V20A18 18 0 0 0 50 38A42 42 0 0 1 92 80V100H100z"
    return (
        ground(n=((8, 32),), s=((68, 92),), e=(), w=()),
        ("strong", west),
        ("middle", east),
        ("accent", rect(45, 32, 10, 36)),
    )


def garden() -> Drawing:
    """Nine trees in rows, lit from the left."""
    spots = [(x, y) for y in (18, 50, 82) for x in (18, 50, 82)]
    first, *others = sorted(spots, key=lambda spot: spot != (82, 18))
    return (
        ground(),
        ("middle", "".join(disc(x, y, 12) for x, y in spots)),
        ("strong", "".join(half(x, y, 12, "w") for x, y in others)),
        ("accent", half(*first, 12, "w")),
    )


def stadium() -> Drawing:
    """The bend of a track, the stand round it, and the field."""

    def bend(outer: float, inner: float) -> str:
        return (
            f"M{50 - outer} 100V50A{outer} {outer} 0 0 1 50 {50 - outer}"
            f"A{outer} {outer} 0 0 1 {50 + outer} 50V100"
            f"H{50 + inner}V50A{inner} {inner} 0 0 0 50 {50 - inner}"
            f"A{inner} {inner} 0 0 0 {50 - inner} 50V100z"
        )

    return (
        ground(e=((0, 50),), w=((0, 50),), s=((14, 22), (34, 41), (59, 66), (78, 86))),
        ("strong", bend(50, 36)),
        ("middle", bend(28, 16)),
        ("accent", half(50, 100, 9, "n")),
    )


def harbour() -> Drawing:
    """A jetty and the boats moored on either side of it."""
    rows = (7, 31, 55, 79)
    port = "".join(bay(15, y, 25, 14, "w") for y in rows)
    starboard = "".join(bay(60, y, 25, 14, "e") for y in rows if y != 31)
    return (
        ground(n=((0, 45), (55, 100)), s=((0, 45), (55, 100))),
        ("strong", rect(45, 0, 10, 100)),
        ("middle", port + starboard),
        ("accent", bay(60, 31, 25, 14, "e")),
    )


def windmill() -> Drawing:
    """Four sails."""
    return (
        ground(n=((2, 50),), e=((2, 50),), s=((50, 98),), w=((50, 98),)),
        ("strong", quarter(0, 50, 50, "ne") + quarter(100, 50, 50, "sw")),
        ("middle", quarter(50, 0, 50, "se") + quarter(50, 100, 50, "nw")),
        ("accent", disc(50, 50, 7)),
    )
