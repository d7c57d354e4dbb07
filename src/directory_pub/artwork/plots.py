"""Lay motifs on a page: turned, scaled, seamless, and run into the bleed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.artwork.choice import Motif
from directory_pub.artwork.motifs import MOTIFS, Drawing
from directory_pub.artwork.palette import Tones
from directory_pub.artwork.shapes import number, rect

__all__ = [
    "Area", "Plan", "Plot", "build_plot", "draw_plot", "draw_plots", "frame_page",
    "join_plots", "paint",
]  # fmt: skip

# (left, top, width, height) in mm from the trim's upper left corner.
Area = tuple[float, float, float, float]

# How far what lies behind a plot runs on to the right and below, and how far the image in the bleed
# runs under it: about one pixel of a screen, so that nothing of the plate shows between two plots.
SEAM_MM = 0.3


class Plan(Struct, frozen=True, kw_only=True):
    """A page of artwork, bleed included, and the plain navy areas that are left for type.

    ``svg`` is as large as the trim and its bleed; its user unit is 1 mm and its origin the
    trim's upper left corner. ``word_plots`` come in reading order; ``logo_plot`` is white. Insets
    are the layout's. ``plot_mm`` is how wide each plot of the cover's city is.
    """

    svg: str
    type_area: Area
    word_plots: tuple[Area, ...] = ()
    logo_plot: Area | None = None
    plot_mm: float | None = None


class Plot(Struct, frozen=True, kw_only=True):
    """A drawing of 100 x 100 units at its place on the page, turned clockwise by quarters."""

    area: Area
    tones: Tones
    drawing: Drawing = (("ground", rect(0, 0, 100, 100)),)
    turn: int = 0


def paint(fill: str, path: str) -> str:
    """One flat shape."""
    return f'<path fill="{fill}" d="{path}"/>'


def frame_page(body: str, plate: str, trim_mm: tuple[float, float], bleed_mm: float) -> str:
    """A whole page on a plate of one ink that fills the bleed."""
    width, height = trim_mm[0] + 2 * bleed_mm, trim_mm[1] + 2 * bleed_mm
    view = " ".join(map(number, (-bleed_mm, -bleed_mm, width, height)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" '
        f'width="{number(width)}mm" height="{number(height)}mm">'
        f"{paint(plate, rect(-bleed_mm, -bleed_mm, width, height))}{body}</svg>"
    )


def draw_plots(plots: Sequence[Plot], trim_mm: tuple[float, float]) -> str:
    """The plots of a page; each that touches the trim is mirrored there, to fill the bleed."""
    behind = [image for plot in _seamless(plots) for image in _images(plot, trim_mm, SEAM_MM)]
    images = [image for plot in plots for image in _images(plot, trim_mm)]
    return "".join(map(draw_plot, (*behind, *images))) + join_plots(plots)


def join_plots(plots: Sequence[Plot]) -> str:
    """Plots whose drawings meet at their edges; copies behind them, a seam larger, close what is between two."""
    return "".join(map(draw_plot, (*_seamless(plots), *plots)))


def build_plot(motif: Motif, tones: Tones, area: Area) -> Plot:
    """A plot with a motif on it."""
    return Plot(area=area, tones=tones, drawing=motif.drawing or MOTIFS[motif.name](), turn=motif.turn)


def draw_plot(plot: Plot) -> str:
    """One plot alone. An area of negative width or height mirrors it."""
    layers = ((getattr(plot.tones, tone), path) for tone, path in plot.drawing)
    body = "".join(paint(fill, path) for fill, path in layers)
    return f'<g transform="matrix({_matrix(plot.turn, plot.area)})">{body}</g>'


def _seamless(plots: Sequence[Plot]) -> list[Plot]:
    """Copies that run a seam under their neighbours at the right and below; where there is none, none shows."""
    return [replace(plot, area=_lengthened(plot.area, [other.area for other in plots])) for plot in plots]


def _lengthened(area: Area, others: Sequence[Area]) -> Area:
    left, top, width, height = area
    right, foot = left + width, top + height
    beside = any(abs(x - right) < SEAM_MM and y < foot - SEAM_MM and y + h > top + SEAM_MM for x, y, _, h in others)
    below = any(abs(y - foot) < SEAM_MM and x < right - SEAM_MM and x + w > left + SEAM_MM for x, y, w, _ in others)
    return left, top, width + SEAM_MM * beside, height + SEAM_MM * below


def _images(plot: Plot, trim_mm: tuple[float, float], under_mm: float = 0.0) -> Iterator[Plot]:
    """Its reflections at the trim, which begin so far inside, under the plot."""
    left, top, width, height = plot.area
    across = [(left, width), *_reflections(left, width, trim_mm[0], under_mm)]
    down = [(top, height), *_reflections(top, height, trim_mm[1], under_mm)]
    for (x, w), (y, h) in list(product(across, down))[:0:-1]:
        yield replace(plot, area=(x, y, w, h))


def _reflections(start: float, length: float, end_of_trim: float, under_mm: float) -> list[tuple[float, float]]:
    # A negative length mirrors.
    images = []
    if abs(start) < SEAM_MM:
        images.append((start + under_mm, -length))
    if abs(start + length - end_of_trim) < SEAM_MM:
        images.append((start + 2 * length - under_mm, -length))
    return images


def _matrix(turn: int, area: Area) -> str:
    left, top, width, height = area
    x, y = width / 100, height / 100
    a, b, c, d, e, f = (
        (x, 0.0, 0.0, y, 0.0, 0.0),
        (0.0, y, -x, 0.0, width, 0.0),
        (-x, 0.0, 0.0, -y, width, height),
        (0.0, -y, x, 0.0, 0.0, height),
    )[turn % 4]
    return " ".join(map(number, (a, b, c, d, left + e, top + f)))
