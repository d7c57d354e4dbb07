"""What stands in the place of a portrait: the person's plot, small, in a corner of the ground that their initials
stand on.
"""

from __future__ import annotations

from hashlib import blake2b

from directory_pub.artwork.choice import Motif
from directory_pub.artwork.palette import Palette, Tones
from directory_pub.artwork.plots import build_plot, draw_plot, paint
from directory_pub.artwork.shapes import number, rect

__all__ = ["draw_portrait"]


def draw_portrait(motif: Motif, palette: Palette, key: str, side_mm: float) -> str:
    """A quarter with the motif, and a plain ground; the key says in which tones, and no form of them is orange."""
    side, half_mm = number(side_mm), side_mm / 2
    tones = _tones(palette, key)
    plot = draw_plot(build_plot(motif, tones, (half_mm, 0, half_mm, half_mm)))
    body = paint(palette.pale, rect(0, 0, side_mm, side_mm)) + plot
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}mm" height="{side}mm">'
        f"{body}</svg>"
    )


def _tones(palette: Palette, key: str) -> Tones:
    """The tones of the plot: light on blue, or the other way round."""
    by_night = blake2b(key.encode(), digest_size=1).digest()[0] % 2
    if by_night:
        return Tones(ground=palette.blue, strong=palette.pale, middle=palette.mist, faint=palette.blue,
                     accent=palette.mist)  # fmt: skip
    return Tones(ground=palette.mist, strong=palette.navy_3, middle=palette.blue, faint=palette.haze,
                 accent=palette.haze)  # fmt: skip
