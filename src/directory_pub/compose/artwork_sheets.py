"""The artwork of an edition: every drawing that layouts and sheets name, and where type may stand on it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.artwork import (
    Motif,
    Palette,
    Plan,
    choose_motifs,
    draw_back_cover,
    draw_cover,
    draw_inside_cover,
    draw_opener,
    draw_portrait,
    draw_street,
    draw_tailpiece,
    draw_tile,
)
from directory_pub.artwork.motifs import MOTIFS, Drawing
from directory_pub.compose.codes import black_of
from directory_pub.compose.edge_marks import EdgeMark
from directory_pub.compose.tailpieces import Tailpiece
from directory_pub.design.grid import STREET_PLOTS, Frame, Grid
from directory_pub.design.inks import InkTable
from directory_pub.design.motif_files import read_motifs
from directory_pub.design.tokens import read_icon_ink
from directory_pub.edition.model import Edition
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place, error
from directory_pub.storage.enclosure import Refused

__all__ = ["Area", "ArtworkSheets", "TypePlan", "draw_artwork", "draw_edge_marks", "draw_tailpieces", "missing_inks"]


_TILE, _OPENER, _TAILPIECE = "tile-", "opener-", "tailpiece"
_PLOT, _BOX, _STREET = "plot-", "box-", "street-"  # of an entry in a listing: its tile, the same in a box, its field
_PORTRAIT = "portrait-"  # of a person who has sent no picture
_ROOM = "room-"  # of the programme: its sign
_DOTS = "dots"  # for notes, about a unit apart
_PLATES = ("cover", "inside-cover", "back-cover")
_OF_CONTENT = (_TILE, _OPENER, _PLOT, _BOX, _STREET, _PORTRAIT, _ROOM, _DOTS)
_NAMED = re.compile(rf"\.artwork/((?:{'|'.join((*_PLATES, *_OF_CONTENT))}))")
_COLUMN_SHARE = 0.2  # of a page without a city
_BAND_UNITS, _LOGO_SHARE = 5, 0.2  # below a picture: how high its band is, and how much of the width is the logo's
_NAMING = {"layouts": ".j2", "styles": ".css"}


class Area(Struct, frozen=True):
    """A place for type, in mm from the trim's top left corner; a layout prints it as a style."""

    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float

    def frame(self) -> Frame:
        """The same place as a frame of the page."""
        return Frame("plate", self.left_mm, self.top_mm, self.width_mm, self.height_mm)

    def __str__(self) -> str:
        sides = {"left": self.left_mm, "top": self.top_mm, "width": self.width_mm, "height": self.height_mm}
        return "; ".join(f"{side}: {length:.3f}mm" for side, length in sides.items())


class TypePlan(Struct, frozen=True, kw_only=True):
    """Where a plate's type stands, and the columns that it keeps to: as wide as the plots, or a fifth of the page."""

    type_area: Area
    word_plots: tuple[Area, ...]
    column_mm: float
    logo_plot: Area | None = None

    def frames(self) -> list[Frame]:
        """The same places as frames of the page, the type area first."""
        return [area.frame() for area in (self.type_area, *self.word_plots)]


class ArtworkSheets(Struct, frozen=True, kw_only=True):
    """Drawings by file name, type plans by page, and the motif of each entry and of each room."""

    drawings: dict[str, bytes]
    plans: dict[str, TypePlan]
    motifs: dict[str, Motif]
    room_motifs: dict[str, Motif]
    palette: Palette | None
    has_tailpieces: bool


class _Drawings(dict[str, bytes]):
    """Drawings by file name; those of an entry are drawn when they are asked for: most entries are kept as they were.

    ``sizes_mm`` are the width and height of each kind of them.
    """

    def __init__(
        self,
        drawn: dict[str, bytes],
        motifs: dict[str, Motif],
        palette: Palette | None,
        sizes_mm: dict[str, tuple[float, float]],
    ) -> None:
        super().__init__(drawn)
        self._motifs, self._palette, self._sizes_mm = motifs, palette, sizes_mm

    def __missing__(self, name: str) -> bytes:
        kind = next((kind for kind in self._sizes_mm if name.startswith(kind)), "")
        key = name.removeprefix(kind).removesuffix(".svg")
        if not kind or key not in self._motifs or self._palette is None:
            raise KeyError(name)
        self[name] = self._draw(kind, key, self._palette).encode()
        return self[name]

    def _draw(self, kind: str, key: str, palette: Palette) -> str:
        motif, size_mm = self._motifs[key], self._sizes_mm[kind]
        if kind == _STREET:
            others = _neighbours(key, self._motifs)
            return draw_street(motif, palette, *size_mm, plots=STREET_PLOTS, neighbours=others)
        if kind == _PORTRAIT:
            return draw_portrait(motif, palette, key, size_mm[0])
        # In a box, whose ground is a tile's, the tile stands on paper.
        return draw_tile(motif, replace(palette, pale=palette.paper) if kind == _BOX else palette, *size_mm)


def draw_artwork(edition: Edition, grid: Grid, inks: InkTable) -> ArtworkSheets:
    """Everything that the layouts name but the tailpieces, whose size the layout has to tell."""
    named = _named(edition.theme)
    palette = _palette(inks) if named - {_DOTS} else None
    own, _ = read_motifs(edition.theme)
    known = {*MOTIFS, *own}
    wanted = ((entry.key, entry.motif if entry.motif in known else None) for entry in edition.entries)
    motifs = _choose(tuple(dict(wanted).items()), tuple(own.items()))
    rooms = edition.programme.rooms if edition.programme else ()
    signs = tuple((room.key, room.motif if room.motif in known else None) for room in rooms)
    room_motifs = _choose(signs, tuple(own.items()))
    words, logo = len(edition.cover.words) if edition.cover else 0, edition.logo is not None
    members = tuple((s.key, tuple(motifs[entry.key] for entry in s.entries)) for s in edition.sections)
    trim_mm = (grid.trim.width_mm, grid.trim.height_mm)
    pages = _draw_plans(members, words, palette, trim_mm, grid.bleed_mm, logo=logo) if palette else {}
    pages = {name: plan for name, plan in pages.items() if _family(name) in named}
    drawings = {f"{name}.svg": plan.svg.encode() for name, plan in pages.items()}
    small_mm, tile_mm = grid.small_tile_mm, grid.mm("side" if grid.has_side else "tile")
    sizes_mm = {
        _TILE: (tile_mm, tile_mm),
        _PLOT: (small_mm, small_mm),
        _BOX: (small_mm, small_mm),
        _PORTRAIT: (grid.mm("portrait"), grid.mm("portrait")),
        _STREET: (grid.columns_mm["listing"], grid.street_mm),
    }
    drawings |= _tint_icons(edition, inks)
    if _DOTS in named:
        drawings[f"{_DOTS}.svg"] = _draw_dots(grid, black_of(inks)).encode()
    if palette and _ROOM in named:
        drawings |= {
            f"{_ROOM}{key}.svg": draw_tile(motif, palette, small_mm, small_mm).encode()
            for key, motif in room_motifs.items()
        }
    plates = [*_PLATES, *(f"{_OPENER}{section.key}" for section in edition.sections)]
    plans = {name: _type_plan(pages[name], grid) if name in pages else _open_plan(grid) for name in plates}
    if edition.cover and edition.cover.picture and "cover" in pages:
        plans["cover"] = _pictured(plans["cover"], grid)
    return ArtworkSheets(
        drawings=_Drawings(drawings, motifs, palette, sizes_mm),
        plans=plans,
        motifs=motifs,
        room_motifs=room_motifs,
        palette=palette,
        has_tailpieces=_TAILPIECE in named,
    )


# A process that builds again and again draws them again only where a motif has changed.
@functools.lru_cache(maxsize=4)
def _choose(wanted: tuple[tuple[str, str | None], ...], own: tuple[tuple[str, Drawing], ...]) -> dict[str, Motif]:
    return choose_motifs(wanted, dict(own))


@functools.lru_cache(maxsize=2)
def _draw_plans(
    members: Sequence[tuple[str, Sequence[Motif]]],
    words: int,
    palette: Palette,
    trim_mm: tuple[float, float],
    bleed_mm: float,
    *,
    logo: bool,
) -> dict[str, Plan]:
    """The covers, and the opener of each section; ``members`` are the sections' keys and entries."""
    everyone = [motif for _, own in members for motif in own]
    return {
        "cover": draw_cover(everyone, words, palette, trim_mm, bleed_mm, logo=logo),
        "inside-cover": draw_inside_cover(everyone, words, palette, trim_mm, bleed_mm, logo=logo),
        "back-cover": draw_back_cover(everyone, palette, trim_mm, bleed_mm),
    } | {
        f"opener-{key}": draw_opener(index, own, palette, trim_mm, bleed_mm) for index, (key, own) in enumerate(members)
    }


def draw_tailpieces(tailpieces: Sequence[Tailpiece], sheets: ArtworkSheets) -> dict[str, bytes]:
    """The tailpieces, now that their size is known: each entry's plot among the plots of the others."""
    drawings: dict[str, bytes] = {}
    if sheets.palette is None:
        return drawings
    for tailpiece in tailpieces:
        neighbours = _neighbours(tailpiece.key, sheets.motifs)
        drawings[tailpiece.artwork] = draw_tailpiece(
            sheets.motifs[tailpiece.key],
            sheets.palette,
            tailpiece.width_mm,
            tailpiece.height_mm,
            neighbours,
        ).encode()
    return drawings


def draw_edge_marks(marks: Sequence[EdgeMark], sheets: ArtworkSheets) -> dict[str, bytes]:
    """The plots of edge marks, each as high as its mark."""
    palette = sheets.palette
    if palette is None:
        return {}
    return {
        mark.artwork: draw_tile(sheets.motifs[mark.key], palette, mark.plot_mm, mark.height_mm).encode()
        for mark in marks
    }


def _draw_dots(grid: Grid, black: str) -> str:
    """A page of dots on the baselines, from margin to margin and about a unit apart: one path."""
    dot, unit = grid.mm("dot"), grid.unit_mm
    across_mm, height_mm = grid.list_mm, grid.text_height_mm
    pitch_mm = across_mm / round(across_mm / unit)
    rows = "".join(
        f"M{dot:g} {line * unit + grid.baseline_mm:.3f}h{across_mm + 0.01:.3f}" for line in range(grid.lines)
    )
    size = f"{across_mm + 2 * dot:.3f}", f"{height_mm:.3f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" width="{size[0]}mm" '
        f'height="{size[1]}mm"><path d="{rows}" fill="none" stroke="{black}" stroke-width="{2 * dot:g}" '
        f'stroke-linecap="round" stroke-dasharray="0.001 {pitch_mm - 0.001:.4f}"/></svg>'
    )


def _neighbours(key: str, motifs: dict[str, Motif]) -> list[Motif]:
    """The motifs round an entry's, in the order of the book."""
    everyone = list(motifs)
    at = everyone.index(key)
    return [motifs[other] for other in everyone[at + 1 :] + everyone[:at]]


def _type_plan(plan: Plan, grid: Grid) -> TypePlan:
    """The areas of a plan, the type area kept a safe way from the trim."""
    left, top, width, height = plan.type_area
    safe = grid.mm("safe")
    return TypePlan(
        type_area=Area(left + safe, top + safe, width - 2 * safe, height - safe),
        word_plots=tuple(Area(*area) for area in plan.word_plots),
        logo_plot=Area(*plan.logo_plot) if plan.logo_plot else None,
        column_mm=plan.plot_mm or _usual_column(grid),
    )


def _usual_column(grid: Grid) -> float:
    return grid.trim.width_mm * _COLUMN_SHARE


def _pictured(plan: TypePlan, grid: Grid) -> TypePlan:
    """The cover with a picture in the city's place: words have a band below it, up to where the logo may stand."""
    width_mm, height_mm, safe = grid.trim.width_mm, _BAND_UNITS * grid.unit_mm, grid.mm("safe")
    band = Area(safe, grid.trim.height_mm - height_mm, width_mm * (1 - _LOGO_SHARE) - 2 * safe, height_mm)
    return TypePlan(type_area=plan.type_area, word_plots=(band,), column_mm=_usual_column(grid))


def _open_plan(grid: Grid) -> TypePlan:
    """A page without artwork: type may stand anywhere on it, a safe way from the trim."""
    safe = grid.mm("safe")
    return TypePlan(
        type_area=Area(safe, safe, grid.trim.width_mm - 2 * safe, grid.trim.height_mm - 2 * safe),
        word_plots=(),
        column_mm=_usual_column(grid),
    )


def _named(theme: Theme) -> frozenset[str]:
    """The kinds of artwork that the layouts and sheets of a theme name, such as ``cover``: no other is drawn."""
    texts = [_text_of(theme, name) for part, ending in _NAMING.items() for name in theme.names(part, ending)]
    named = {match[1] for text in texts for match in _NAMED.finditer(text)}
    return frozenset(named | ({_TAILPIECE} if any("tailpiece.artwork" in text for text in texts) else set()))


def _text_of(theme: Theme, name: str) -> str:
    """A layout or sheet; one that cannot be read, of which others tell, names nothing."""
    try:
        return theme.read_text(name)
    except Refused:
        return ""


def _family(plate: str) -> str:
    """The kind of artwork that a plate is: the openers of all sections are one."""
    return _OPENER if plate.startswith(_OPENER) else plate


def _palette(inks: InkTable) -> Palette:
    named = {ink.name.replace("-", "_"): ink.hex for ink in inks.inks}
    return Palette(**{name: named[name] for name in Palette.__struct_fields__ if name in named})


def _tint_icons(edition: Edition, inks: InkTable) -> dict[str, bytes]:
    """Icons in one ink: an SVG that is drawn as a picture knows no ``currentColor``."""
    theme = edition.theme
    ink = inks.named(read_icon_ink(theme)[0])
    if ink is None:
        return {}
    return {
        f"icon-{PurePosixPath(name).stem}.svg": theme.read_text(name).replace("currentColor", ink.hex).encode()
        for name in theme.names("icons", ".svg")
        if str(PurePosixPath(name).parent) == "icons"
    }


def missing_inks(inks: InkTable, theme: Theme) -> list[Finding]:
    """The inks that artwork and icons are drawn in and the table lacks: without them nothing can be drawn."""
    findings = []
    icons, told = read_icon_ink(theme)
    wanted = [name.replace("_", "-") for name in Palette.__struct_fields__] if _named(theme) - {_DOTS} else []
    if icons not in wanted and inks.named(icons) is None:
        message = f"icons are drawn in '{icons}', which is not in the table of inks."
        remedy = (
            f"Add a row '{icons}' with its sRGB and CMYK, or name an ink of the table: --icon-ink: var(--ink-NAME)."
        )
        findings.append(error("ink-missing", told, message, remedy))
    for name in wanted:
        if inks.named(name) is None:
            message = f"the artwork is drawn with '{name}', which is not in the table."
            remedy = f"Add a row '{name}' with its sRGB and CMYK."
            findings.append(error("ink-missing", Place(file=inks.file), message, remedy))
    return findings
