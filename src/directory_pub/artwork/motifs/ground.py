"""The ground of a plot, and what a motif's drawing is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from directory_pub.artwork.shapes import rect

__all__ = ["Drawing", "Layer", "Tone", "ground"]

Tone = Literal["ground", "strong", "middle", "faint", "accent"]
Layer = tuple[Tone, str]
Drawing = tuple[Layer, ...]
Runs = tuple[tuple[float, float], ...]

WHOLE: Runs = ((0, 100),)

# How far the ground stops short of an edge where another tone reaches it: a pixel of a screen.
INSET = 1


def ground(n: Runs = WHOLE, e: Runs = WHOLE, s: Runs = WHOLE, w: Runs = WHOLE) -> Layer:
    """The ground of a 100 x 100 plot, reaching each side only where it is seen there.

    A run is (start, end), from the left or from the top. Anywhere else the ground stops short
    of the plot's edge, for a tone under another one shines through along that edge.
    """
    inside = 100 - 2 * INSET
    return "ground", rect(INSET, INSET, inside, inside) + "".join(_strips(n, e, s, w))


def _strips(n: Runs, e: Runs, s: Runs, w: Runs) -> Iterator[str]:
    deep = 2 * INSET
    for start, end in n:
        yield rect(start, 0, end - start, deep)
    for start, end in e:
        yield rect(100 - deep, start, deep, end - start)
    for start, end in s:
        yield rect(start, 100 - deep, end - start, deep)
    for start, end in w:
        yield rect(0, start, deep, end - start)
