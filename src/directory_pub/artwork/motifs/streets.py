"""Plots seen from above whose streets are straight."""

from __future__ import annotations

from directory_pub.artwork.motifs.ground import Drawing, ground
from directory_pub.artwork.shapes import HAIR, bay, disc, polygon, rect

__all__ = ["avenue", "citadel", "courtyards", "crossing", "quays", "roofs", "square", "steps"]


def courtyards() -> Drawing:
    """Four perimeter blocks on two streets, each round a court as wide as its wings allow."""
    street = ((58, 66),)
    return (
        ground(n=street, e=street, s=street, w=street),
        ("strong", rect(0, 0, 58, 58) + rect(66, 66, 34, 34)),
        ("middle", rect(66, 0, 34, 58) + rect(0, 66, 58, 34)),
        ("ground", rect(12, 12, 34, 34) + rect(78, 12, 10, 34) + rect(12, 78, 34, 10)),
        ("accent", rect(78, 78, 10, 10)),
    )


def avenue() -> Drawing:
    """A boulevard across the grain of the city, with a row of trees."""
    return (
        ground(n=((72, 100),), e=((0, 28),), s=((0, 28),), w=((72, 100),)),
        ("strong", polygon((0, 0), (74, 0), (0, 74))),
        ("middle", polygon((100, 26), (100, 100), (26, 100))),
        ("strong", disc(16, 84, 6) + disc(33, 67, 6) + disc(50, 50, 6) + disc(67, 33, 6)),
        ("accent", disc(84, 16, 6)),
    )


def crossing() -> Drawing:
    """Two streets and a roundabout."""
    street = ((40, 60),)
    return (
        ground(n=street, e=street, s=street, w=street),
        ("strong", rect(0, 0, 40, 40) + rect(60, 60, 40, 40)),
        ("middle", rect(60, 0, 40, 40) + rect(0, 60, 40, 40)),
        ("ground", disc(50, 50, 32)),
        ("faint", disc(50, 50, 20)),
        ("accent", disc(50, 50, 9)),
    )


def square() -> Drawing:
    """A piazza: four wings that let four streets in, paving, and an obelisk."""
    return (
        ground(n=((72, 80),), e=((72, 80),), s=((20, 28),), w=((20, 28),)),
        ("strong", rect(0, 0, 72, 20) + rect(80, 0, 20, 72)),
        ("strong", rect(28, 80, 72, 20) + rect(0, 28, 20, 72)),
        ("middle", rect(34, 34, 32, 32)),
        ("accent", rect(45, 45, 10, 10)),
    )


def steps() -> Drawing:
    """Two flights that climb side by side, and the landing."""

    def flight(total: int) -> str:
        cells = [(i, total - i) for i in range(5) if 0 <= total - i < 5]
        return "".join(rect(20 * i, 20 * j, 20, 20) for i, j in cells)

    return (
        ground(n=((0, 80),), w=((0, 80),), e=((20, 40), (60, 80)), s=((20, 40), (60, 80))),
        ("strong", flight(4)),
        ("middle", flight(6)),
        ("accent", rect(80, 80, 20, 20)),
    )


def quays() -> Drawing:
    """Piers from both banks, and a boat at the head of the first."""
    north, south = (7, 53), (30, 76)
    return (
        ground(n=_between(north), s=_between(south)),
        ("strong", "".join(rect(x, 0, 17, 72) for x in north)),
        ("middle", "".join(rect(x, 28, 17, 72) for x in south)),
        ("accent", bay(7, 81, 9, 10, "w") + bay(15, 81, 9, 10, "e")),
    )


def _between(piers: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    first, second = piers
    return (0, first), (first + 17, second), (second + 17, 100)


def roofs() -> Drawing:
    """Four hipped roofs in the light of the afternoon, and a dormer."""
    corners = [(x, y) for x in (0, 50) for y in (0, 50)]
    north = (polygon((x, y), (x + 50, y), (x + 25, y + 25 + HAIR)) for x, y in corners)
    east = (polygon((x + 50, y), (x + 50, y + 50), (x + 25, y + 25)) for x, y in corners)
    west = (polygon((x, y), (x + 25, y + 25), (x, y + 50)) for x, y in corners)
    return (
        ground(n=(), e=((48, 50),), w=((48, 50),)),
        ("middle", "".join(north)),
        ("faint", "".join(east)),
        ("strong", "".join(west)),
        ("accent", rect(69, 84, 12, 10)),
    )


def citadel() -> Drawing:
    """A star fort of two squares, its yard and its keep."""
    return (
        ground(),
        ("middle", polygon((50, 1), (99, 50), (50, 99), (1, 50))),
        ("strong", rect(15.5, 15.5, 69, 69)),
        ("ground", polygon((50, 26), (74, 50), (50, 74), (26, 50))),
        ("accent", rect(43, 43, 14, 14)),
    )
