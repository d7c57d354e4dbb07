"""The cover, the cover seen from behind, and the back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from msgspec.structs import replace

from directory_pub.artwork.choice import Motif
from directory_pub.artwork.city import Cell, City, lay_out_city, spread
from directory_pub.artwork.motifs.ground import Drawing, ground
from directory_pub.artwork.palette import Palette, Tones
from directory_pub.artwork.plots import Plan, Plot, build_plot, draw_plots, frame_page, paint
from directory_pub.artwork.shapes import bay, number, polygon, quarter

__all__ = ["draw_back_cover", "draw_cover", "draw_inside_cover"]

BACK_PLOTS = 5
MOST_PLOTS = 140  # more would take the title its room; of a longer list every few are shown


def draw_cover(
    motifs: Sequence[Motif],
    words_count: int,
    palette: Palette,
    trim_mm: tuple[float, float],
    bleed_mm: float,
    *,
    logo: bool = False,
) -> Plan:
    """The city: a plot for each organization, an empty one for each word and a white one for a logo, lawns on the rest.

    A few plots, far apart, keep their orange; the others have that form in another tone. A city
    of more than MOST_PLOTS shows some of its plots, in their order.
    """
    motifs = _shown(motifs)
    city = lay_out_city(len(motifs), words_count + logo, trim_mm)
    lit = set(spread(city.networks, lights(len(motifs)), [(-1, 0)]))
    plots = [
        _plot(city, cell, motif, palette, lit=cell in lit, white=city.words[words_count:])
        for cell, motif in zip(city.networks, motifs, strict=True)
    ]
    plots += [_park(city, cell, palette) for cell in city.parks]
    empty = [city.area(cell, city.word_span) for cell in city.words]
    fills = [palette.navy] * words_count + [palette.paper] * logo  # the last word's place is the publisher's
    plots += [Plot(area=area, tones=_plain(fill)) for area, fill in zip(empty, fills, strict=True)]
    plots.sort(key=lambda plot: (plot.area[1], plot.area[0]))
    return Plan(
        svg=frame_page(draw_plots(plots, trim_mm), palette.navy, trim_mm, bleed_mm),
        type_area=(0, 0, trim_mm[0], city.top_mm),
        word_plots=tuple(empty[:words_count]),
        logo_plot=empty[-1] if logo else None,
        plot_mm=city.plot_width_mm,
    )


def _shown(motifs: Sequence[Motif]) -> Sequence[Motif]:
    """The motifs that the cover has room for, taken evenly."""
    count = min(len(motifs), MOST_PLOTS)
    return [motifs[number * len(motifs) // count] for number in range(count)]


def lights(count: int) -> int:
    """How many plots of the cover keep their orange: few, however large the city."""
    return min(count, 1 + (count > 4) + (count > 8) + (count > 30) + (count > 50))


def _plain(fill: str) -> Tones:
    return Tones(ground=fill, strong=fill, middle=fill, faint=fill, accent=fill)


def _plot(city: City, cell: Cell, motif: Motif, palette: Palette, *, lit: bool, white: Sequence[Cell]) -> Plot:
    row, column = cell
    dresses = _beside_words(palette) if city.touches_word(cell) else _dresses(palette)
    # Beside the white plot of a logo all of a plot is dark, so that this keeps its four sides, too.
    tones = dresses[0] if city.touches_word(cell, white) else dresses[(column + 2 * row) % len(dresses)]
    return build_plot(motif, tones if lit else tones.without_accent(), city.area(cell))


def _park(city: City, cell: Cell, palette: Palette) -> Plot:
    """A lawn, for a place that is left over."""
    row, column = cell
    tones = replace(_plain(palette.navy_2), strong=palette.navy_3)
    lawn: Drawing = (ground(w=(), s=()), ("strong", quarter(0, 100, 100, "ne")))
    return Plot(area=city.area(cell), tones=tones, drawing=lawn, turn=row + column)


def _dresses(palette: Palette) -> tuple[Tones, ...]:
    p = palette
    return (
        Tones(ground=p.navy, strong=p.blue, middle=p.navy_3, faint=p.navy_2, accent=p.orange),
        Tones(ground=p.mist, strong=p.navy, middle=p.blue, faint=p.paper, accent=p.orange),
        Tones(ground=p.navy_3, strong=p.paper, middle=p.mist, faint=p.blue, accent=p.orange),
        Tones(ground=p.blue, strong=p.navy, middle=p.mist, faint=p.paper, accent=p.orange),
        Tones(ground=p.pale, strong=p.navy, middle=p.navy_3, faint=p.mist, accent=p.orange),
    )


def _beside_words(palette: Palette) -> tuple[Tones, ...]:
    """The same without navy, so that a word's plot keeps its four sides."""
    p = palette
    return (
        Tones(ground=p.navy_3, strong=p.mist, middle=p.blue, faint=p.navy_2, accent=p.orange),
        Tones(ground=p.mist, strong=p.navy_3, middle=p.blue, faint=p.paper, accent=p.orange),
        Tones(ground=p.navy_3, strong=p.paper, middle=p.mist, faint=p.blue, accent=p.orange),
        Tones(ground=p.blue, strong=p.paper, middle=p.mist, faint=p.navy_3, accent=p.orange),
        Tones(ground=p.pale, strong=p.navy_3, middle=p.blue, faint=p.mist, accent=p.orange),
    )


def draw_inside_cover(
    motifs: Sequence[Motif],
    words_count: int,
    palette: Palette,
    trim_mm: tuple[float, float],
    bleed_mm: float,
    *,
    logo: bool = False,
) -> Plan:
    """The same city seen from behind, tone on tone."""
    motifs = _shown(motifs)
    city = lay_out_city(len(motifs), words_count + logo, trim_mm)
    tones = tone_on_tone(palette)
    plots = [build_plot(motif, tones, city.area(cell)) for cell, motif in zip(city.networks, motifs, strict=True)]
    behind = f'<g transform="matrix(-1 0 0 1 {number(trim_mm[0])} 0)">{draw_plots(plots, trim_mm)}</g>'
    return Plan(
        svg=frame_page(behind, palette.navy, trim_mm, bleed_mm),
        type_area=(0, 0, trim_mm[0], city.top_mm),
    )


def draw_back_cover(
    motifs: Sequence[Motif],
    palette: Palette,
    trim_mm: tuple[float, float],
    bleed_mm: float,
) -> Plan:
    """One row of plots at the foot, tone on tone, and a lit door in the last but one.

    Needs at least one motif; a short list is repeated.
    """
    width, height = trim_mm
    side = width / BACK_PLOTS
    areas = [(side * k, height - side, side, side) for k in range(BACK_PLOTS)]
    house = len(areas) - 2
    plots = [build_plot(motif, tone_on_tone(palette), area) for area, motif in zip(areas, cycle(motifs), strict=False)]
    left, top = areas[house][:2]
    plots[house] = Plot(area=areas[house], tones=_plain(palette.navy))
    foot = height + bleed_mm
    walls = polygon((left, foot), (left, top + side * 0.4), (left + side / 2, top + side * 0.1),
                    (left + side, top + side * 0.4), (left + side, foot))  # fmt: skip
    door = bay(left + side * 0.36, top + side * 0.58, side * 0.28, side * 0.42 + bleed_mm, "n")
    body = draw_plots(plots, trim_mm) + paint(palette.navy_2, walls) + paint(palette.orange, door)
    return Plan(
        svg=frame_page(body, palette.navy, trim_mm, bleed_mm),
        type_area=(0, 0, width, height - side),
    )


def tone_on_tone(palette: Palette) -> Tones:
    """A plot that is hardly lighter than the plate."""
    return Tones(ground=palette.navy, strong=palette.navy_2, middle=palette.navy_3,
                 faint=palette.navy_2, accent=palette.navy)  # fmt: skip
