"""Plots seen from the street: houses, gates and the sky behind them."""

from __future__ import annotations

from directory_pub.artwork.motifs.ground import Drawing, ground
from directory_pub.artwork.shapes import HAIR, bay, disc, half, polygon, quarter, rect, sector

__all__ = [
    "arches", "bridge", "lighthouse", "market", "museum", "skyline", "station", "windows",
    "workshops",
]  # fmt: skip


def skyline() -> Drawing:
    """Five towers, one with a round shoulder and one with a gable."""
    return (
        ground(e=((0, 80),), s=(), w=((0, 56),)),
        ("accent", rect(79.6, 80, 20.4, 20)),
        ("middle", quarter(40, 40, 20, "nw") + rect(20, 39.6, 20, 60.4)),
        ("middle", polygon((60, 26), (80, 6), (80, 100), (60, 100))),
        ("strong", rect(0, 56, 20.4, 44) + rect(39.6, 40, 20.8, 60)),
    )


def windows() -> Drawing:
    """A wall of windows, each with one shutter closed, and one light."""
    spots = [(x, y, 10 * ((x // 30 + y // 30) % 2)) for y in (10, 40, 70) for x in (10, 40, 70)]
    panes = (rect(x + 10 - side, y, 10, 20) for x, y, side in spots)
    shutters = (rect(x + side - HAIR, y, 10 + HAIR, 20) if side else rect(x, y, 10 + HAIR, 20)
                for x, y, side in spots if (x, y) != (40, 40))  # fmt: skip
    return (
        ("strong", rect(0, 0, 100, 100)),
        ("middle", "".join(shutters)),
        ("ground", "".join(panes)),
        ("accent", rect(40, 40, 10, 20)),
    )


def arches() -> Drawing:
    """An aqueduct, two arches under four."""
    high = "".join(bay(5 + 25 * k, 12.4, 15, 28, "n") for k in (0, 1, 3))
    piers = (
        "M0 40H100V100H92V75A17 17 0 0 0 75 58A17 17 0 0 0 58 75V100H42V75A17 17 0 0 0 25 58A17 17 0 0 0 8 75V100H0z"
    )
    return (
        ground(n=(), e=(), w=(), s=((8, 42), (58, 92))),
        ("middle", rect(0, 0, 100, 40.4)),
        ("ground", high),
        ("accent", bay(55, 12.4, 15, 28, "n")),
        ("strong", piers),
    )


def bridge() -> Drawing:
    """An arch, its reflection, and a boat."""
    return (
        ground(e=((0, 8),), w=((0, 8),), s=()),
        ("strong", "M0 8H100V50H84A34 34 0 0 0 50 16A34 34 0 0 0 16 50H0z"),
        ("middle", rect(0, 49.6, 100, 50.4)),
        ("faint", half(50, 49.6, 34, "s")),
        ("accent", half(60, 49.6, 10, "s")),
    )


def market() -> Drawing:
    """An awning, and what lies on the counter."""
    stripes = "".join(bay(40 * k, 0, 20, 54, "s") for k in range(3))
    between = "".join(rect(20 + 40 * k - HAIR, 0, 20 + 2 * HAIR, 44) for k in (0, 1))
    valance = "".join(half(30 + 40 * k, 44 - HAIR, 10, "s") for k in (0, 1))
    return (
        ground(n=(), e=((44, 78),), w=((44, 78),), s=()),
        ("faint", between + valance),
        ("strong", stripes),
        ("middle", half(22, 78.4, 12, "n") + half(78, 78.4, 12, "n")),
        ("accent", half(50, 78.4, 12, "n")),
        ("strong", rect(0, 78, 100, 22)),
    )


def station() -> Drawing:
    """The great window of a station, and the tracks that leave from it."""
    dark = "".join(sector(50, 50, 50, a, a + 36) for a in (-90, -18, 54))
    light = "".join(sector(50, 50, 50, a - 0.4, a + 36.4) for a in (-54, 18))
    tracks = "".join(rect(22 * k, 58, 12, 42) for k in range(5))
    gaps = tuple((12 + 22 * k, 22 + 22 * k) for k in range(4))
    return (
        ground(e=((0, 58),), w=((0, 58),), s=gaps),
        ("middle", light),
        ("strong", dark),
        ("ground", half(50, 50.4, 22, "n")),
        ("accent", half(50, 50, 12, "n")),
        ("strong", tracks),
    )


def museum() -> Drawing:
    """A pediment over four columns."""
    return (
        ground(s=((16, 28), (44, 56), (72, 84)), e=((0, 54),), w=((0, 54),)),
        ("strong", polygon((0, 46), (50, 6), (100, 46))),
        ("middle", "".join(rect(28 * k, 54, 16, 46) for k in range(4))),
        ("accent", disc(50, 31, 6.5)),
    )


def lighthouse() -> Drawing:
    """The beams of a light in the corner of the plot."""
    return (
        ground(n=((29, 66),), e=((30, 71),), s=(), w=()),
        ("strong", polygon((0, 81), (0, 0), (30, 0), (4.5, 85))),
        ("middle", polygon((9.9, 85), (66, 0), (100, 0), (100, 30), (15, 89.5))),
        ("strong", polygon((15, 95.5), (100, 70), (100, 100), (19, 100))),
        ("accent", quarter(0, 100, 20, "ne")),
    )


def workshops() -> Drawing:
    """Two rows of sheds, their saw-tooth roofs turned to the light, and a gate."""
    front = "M0 75" + "".join(f"L{50 * k + 50} 50V75" for k in (0, 1)) + "V100H72V82H60V100H0z"
    back = "M0 25" + "".join(f"L{25 * k + 25} 0V25" for k in range(4)) + "V50.4H0z"
    return (
        ground(e=(), w=((0, 25), (50, 75)), s=()),
        ("strong", back),
        ("accent", rect(60 - HAIR, 82 - HAIR, 12 + 2 * HAIR, 18 + HAIR)),
        ("middle", front),
    )
