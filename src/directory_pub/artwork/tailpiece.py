"""The field at the foot of a page that ends early."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from itertools import cycle
from math import ceil

from directory_pub.artwork.choice import Motif
from directory_pub.artwork.motifs import MOTIFS
from directory_pub.artwork.palette import Palette, Tones
from directory_pub.artwork.plots import build_plot, join_plots
from directory_pub.artwork.shapes import number
from directory_pub.artwork.tiles import dress

__all__ = ["MOST_NEIGHBOURS", "draw_street", "draw_tailpiece"]

MOST_NEIGHBOURS = 24
"""How many of an entry's neighbours its field is drawn with at the most, whatever its size."""

# How many storeys each of three columns stays below the highest, as the eye wants it:
# never a level top, never a hole, the highest column not always the same one.
_SKYLINES = ((1, 0, 0), (0, 1, 0), (2, 0, 1), (1, 2, 0), (1, 0, 2), (0, 1, 2))


def draw_tailpiece(
    motif: Motif,
    palette: Palette,
    width_mm: float,
    height_mm: float,
    neighbours: Sequence[Motif] = (),
) -> str:
    """The entry's plot where it stands in the city: itself in full, all others faint.

    Square plots rise from the foot as high as the room allows; above their broken skyline
    the field stays empty, so that any height will do.
    ``neighbours`` are the motifs round it, in the order of the book, of which the first
    ``MOST_NEIGHBOURS`` are drawn; without them the city is drawn from the stock.
    """
    columns, rows = _choose_grid(width_mm, height_mm)
    side = width_mm / columns
    up = min(side, height_mm / rows)
    seed = int.from_bytes(blake2b(motif.name.encode(), digest_size=4).digest(), "big")
    own = (rows - 1, seed % columns)
    others = cycle([other for other in neighbours[:MOST_NEIGHBOURS] if other.name != motif.name] or _stock(motif))
    plots = []
    for row, column in _standing(columns, rows, seed // columns):
        area = (column * side, height_mm - (rows - row) * up, side, up)
        here = (row, column) == own
        tones = dress(motif, palette) if here else _faint(palette)
        plots.append(build_plot(motif if here else next(others), tones, area))
    w, h = number(width_mm), number(height_mm)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" '
        f'width="{w}mm" height="{h}mm">{join_plots(plots)}</svg>'
    )


def draw_street(
    motif: Motif, palette: Palette, width_mm: float, height_mm: float, *, plots: int, neighbours: Sequence[Motif] = ()
) -> str:
    """The entry's plot in full in a row of so many, the first of them, with its neighbours faint."""
    others = cycle([other for other in neighbours[:MOST_NEIGHBOURS] if other.name != motif.name] or _stock(motif))
    side = width_mm / plots
    row = [
        build_plot(
            next(others) if at else motif,
            _faint(palette) if at else dress(motif, palette),
            (at * side, 0, side, height_mm),
        )
        for at in range(plots)
    ]
    w, h = number(width_mm), number(height_mm)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" '
        f'width="{w}mm" height="{h}mm">{join_plots(row)}</svg>'
    )


def _choose_grid(width_mm: float, height_mm: float) -> tuple[int, int]:
    """Three columns, whose rows the rules of contact blocks meet; more where the field is low."""
    columns = max(3, ceil(width_mm / height_mm - 0.01))
    return columns, int(columns * height_mm / width_mm + 0.01)


def _standing(columns: int, rows: int, seed: int) -> list[tuple[int, int]]:
    """What row and column plots stand in; a field of one row is as wide as its squares are many, and level."""
    lines: list[tuple[int, ...]] = [line for line in _SKYLINES if max(line) < rows] or [(0,) * columns]
    skyline = lines[seed % len(lines)]
    return [(r, c) for r in range(rows) for c in range(columns) if r >= skyline[c]]


def _stock(motif: Motif) -> list[Motif]:
    names = list(MOTIFS)
    start = names.index(motif.name) if motif.name in names else -1
    return [Motif(name=name) for name in names[start + 1 :] + names[:start]]


def _faint(palette: Palette) -> Tones:
    return Tones(ground=palette.pale, strong=palette.haze, middle=palette.mist,
                 faint=palette.haze, accent=palette.haze)  # fmt: skip
