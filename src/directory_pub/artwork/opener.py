"""The plates that open the sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from directory_pub.artwork.choice import Motif
from directory_pub.artwork.city import Cell
from directory_pub.artwork.palette import Palette, Tones
from directory_pub.artwork.plots import Plan, build_plot, draw_plots, frame_page, paint
from directory_pub.artwork.shapes import disc, rect, ring

__all__ = ["draw_opener"]

CITY_SHARE = 5 / 7  # of the page's height, at most; the title has the rest

# Motifs, palette and trim in mm; returns the shapes and how high above the foot they reach.
Composition = Callable[[Sequence[Motif], Palette, tuple[float, float]], tuple[str, float]]


def draw_opener(
    index: int,
    motifs: Sequence[Motif],
    palette: Palette,
    trim_mm: tuple[float, float],
    bleed_mm: float,
) -> Plan:
    """The plate of the section with this 0-based index; ``motifs`` are its entries'.

    Five compositions take turns: rings, a checkerboard, stairs, one great plot, a court. A
    section without entries has rings.
    """
    compose = COMPOSITIONS[index % len(COMPOSITIONS)] if motifs else compose_rings
    body, height = compose(motifs, palette, trim_mm)
    return Plan(
        svg=frame_page(body, palette.navy, trim_mm, bleed_mm),
        type_area=(0, 0, trim_mm[0], trim_mm[1] - height),
    )


def _side(trim_mm: tuple[float, float]) -> float:
    return min(trim_mm[0], trim_mm[1] * CITY_SHARE)


def compose_rings(motifs: Sequence[Motif], palette: Palette, trim_mm: tuple[float, float]) -> tuple[str, float]:
    """Two rings round one centre, from the corner of the page."""
    radius = _side(trim_mm)
    rings = "".join(
        paint(fill, ring(*trim_mm, radius * outer / 5, radius * (outer - 1) / 5))
        for outer, fill in ((5, palette.navy_3), (3, palette.blue))
    )
    return rings + paint(palette.orange, disc(*trim_mm, radius / 5)), radius


def compose_checkerboard(motifs: Sequence[Motif], palette: Palette, trim_mm: tuple[float, float]) -> tuple[str, float]:
    """Every second plot built on."""
    columns = next(c for c in range(3, 99, 2) if len(_checkers(c, trim_mm)) >= len(motifs))
    cells = _checkers(columns, trim_mm)
    return _build(cells[len(cells) - len(motifs) :], columns, motifs, palette, trim_mm)


def _checkers(columns: int, trim_mm: tuple[float, float]) -> list[Cell]:
    rows = int(_side(trim_mm) / trim_mm[0] * columns + 0.01)
    cells = [(r - rows, c) for r in range(rows) for c in range(columns)]
    return [(r, c) for r, c in cells if (r + 1 + c) % 2 == 0]


def compose_stairs(motifs: Sequence[Motif], palette: Palette, trim_mm: tuple[float, float]) -> tuple[str, float]:
    """Houses that rise to the right."""
    columns = next(c for c in range(3, 99) if len(_stairs(c, trim_mm)) >= len(motifs))
    cells = _stairs(columns, trim_mm)
    cells = sorted(sorted(cells, key=lambda cell: (-cell[1], -cell[0]))[: len(motifs)])
    return _build(cells, columns, motifs, palette, trim_mm)


def _stairs(columns: int, trim_mm: tuple[float, float]) -> list[Cell]:
    rows = int(_side(trim_mm) / trim_mm[0] * columns + 0.01)
    return [(-1 - r, c) for c in range(columns) for r in range(ceil((c + 1) * rows / columns))]


def compose_great_plot(motifs: Sequence[Motif], palette: Palette, trim_mm: tuple[float, float]) -> tuple[str, float]:
    """The section's first plot, as large as the page allows."""
    side = _side(trim_mm)
    tones = Tones(ground=palette.navy, strong=palette.navy_3, middle=palette.blue,
                  faint=palette.navy_2, accent=palette.orange)  # fmt: skip
    plot = build_plot(motifs[0], tones, (trim_mm[0] - side, trim_mm[1] - side, side, side))
    return draw_plots([plot], trim_mm), side


def compose_court(motifs: Sequence[Motif], palette: Palette, trim_mm: tuple[float, float]) -> tuple[str, float]:
    """Plots round an open court with an obelisk; where plots are lacking, streets lead in."""
    columns = next(c for c in range(3, 99) if len(_perimeter(c, trim_mm)) >= len(motifs))
    cells = _perimeter(columns, trim_mm)
    built = [cells[int((k + 0.5) * len(cells) / len(motifs))] for k in range(len(motifs))]
    body, _ = _build(built, columns, motifs, palette, trim_mm, lit=False)
    side, height = trim_mm[0] / 12, -cells[0][0] * trim_mm[0] / columns
    corner = ((trim_mm[0] - side) / 2, trim_mm[1] - (height + side) / 2)
    return body + paint(palette.orange, rect(*corner, side, side)), height


def _perimeter(columns: int, trim_mm: tuple[float, float]) -> list[Cell]:
    rows = int(_side(trim_mm) / trim_mm[0] * columns + 0.01)
    cells = [(r - rows, c) for r in range(rows) for c in range(columns)]
    return [(r, c) for r, c in cells if r in (-rows, -1) or c in (0, columns - 1)]


def _build(
    cells: Sequence[Cell],
    columns: int,
    motifs: Sequence[Motif],
    palette: Palette,
    trim_mm: tuple[float, float],
    *,
    lit: bool = True,
) -> tuple[str, float]:
    """Motifs on cells whose rows count up from the foot, -1 first; ``lit`` leaves one orange."""
    side = trim_mm[0] / columns
    dresses = _dresses(palette)
    plots = []
    for k, ((row, column), motif) in enumerate(zip(cells, motifs, strict=True)):
        tones = dresses[(column + 2 * row) % 3]
        if not lit or k != len(cells) // 2:
            tones = tones.without_accent()
        area = (column * side, trim_mm[1] + row * side, side, side)
        plots.append(build_plot(motif, tones, area))
    return draw_plots(plots, trim_mm), -min(row for row, _ in cells) * side


def _dresses(palette: Palette) -> tuple[Tones, ...]:
    p = palette
    return (
        Tones(ground=p.navy_3, strong=p.mist, middle=p.blue, faint=p.navy_2, accent=p.orange),
        Tones(ground=p.blue, strong=p.mist, middle=p.navy_3, faint=p.pale, accent=p.orange),
        Tones(ground=p.navy_2, strong=p.blue, middle=p.navy_3, faint=p.mist, accent=p.orange),
    )


COMPOSITIONS: tuple[Composition, ...] = (
    compose_rings, compose_checkerboard, compose_stairs, compose_great_plot, compose_court,
)  # fmt: skip
