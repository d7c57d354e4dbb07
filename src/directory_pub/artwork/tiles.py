"""The tile that heads an entry."""

from __future__ import annotations

from directory_pub.artwork.choice import Motif
from directory_pub.artwork.palette import Palette, Tones
from directory_pub.artwork.plots import build_plot, draw_plot
from directory_pub.artwork.shapes import number

__all__ = ["draw_tile"]


def draw_tile(motif: Motif, palette: Palette, width_mm: float, height_mm: float) -> str:
    """The entry's plot at full strength, with its one orange form."""
    w, h = number(width_mm), number(height_mm)
    body = draw_plot(build_plot(motif, dress(motif, palette), (0, 0, width_mm, height_mm)))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}mm" height="{h}mm">{body}</svg>'


def dress(motif: Motif, palette: Palette) -> Tones:
    """The tones of a tile by day, and by night for a motif's second entry."""
    if motif.night:
        return Tones(ground=palette.navy, strong=palette.mist, middle=palette.blue,
                     faint=palette.navy_3, accent=palette.orange)  # fmt: skip
    return Tones(ground=palette.pale, strong=palette.navy, middle=palette.blue,
                 faint=palette.mist, accent=palette.orange)  # fmt: skip
