"""The large type of plates: as large as the design has it, smaller only where a title would not fit."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import Measure
from directory_pub.design.faces import Face, FontLibrary
from directory_pub.design.grid import MM_PER_PT, Frame, Grid
from directory_pub.edition.text import Run

__all__ = ["PlateLetter", "PlateType", "fit_lines", "fit_title", "open_letters"]

_STEP = 0.97  # each try is this much smaller
_LEAST_WHITE_EM = 0.027  # between two capitals: about a third of what stands between two stems
_LEAST_SHARE = 0.25  # smaller than this part of the design's size is not tried: the census names it


class PlateLetter(Struct, frozen=True):
    """A letter and the space behind it in em, which is the style's tracking with what its pair is kerned by."""

    text: str
    space_em: float


class PlateType(Struct, frozen=True, kw_only=True):
    """Lines and the size that they are set in; a layout prints the size as a style.

    ``letters`` are those of each line one by one, where two of them would touch; else none.
    """

    lines: tuple[Line, ...]
    size_pt: float
    leading_mm: float
    letters: tuple[tuple[PlateLetter, ...], ...] = ()

    @property
    def style(self) -> str:
        """The size as CSS."""
        return f"font-size: {self.size_pt:.2f}pt; line-height: {self.leading_mm:.3f}mm"


def fit_lines(lines: Sequence[str], plate: Measure, area: Frame, grid: Grid, library: FontLibrary) -> PlateType:
    """Given lines, one below the other, in the largest size in which they fit an area; ``plate`` is the full one."""
    given = [Line(runs=(Run(text=line, line=0),)) for line in lines]
    tried = _in_size(given, plate, _LEAST_SHARE, grid)
    for share in _shares():
        tried = _in_size(given, plate, share, grid)
        if _fits(tried, plate, area, library):
            break
    return _opened(tried, plate, library)


def fit_title(
    title: str, plate: Measure, area: Frame, grid: Grid, library: FontLibrary, *, most_pt: float = inf
) -> PlateType:
    """A title in as many lines as it takes, in the largest size up to ``most_pt`` in which they fit an area."""
    runs = (Run(text=title, line=0),)
    tried = _in_size([Line(runs=runs)], plate, _LEAST_SHARE, grid)
    for share in (each for each in _shares() if plate.size_pt * each <= most_pt):
        lines = set_lines(runs, replace(plate, size_pt=plate.size_pt * share, width_mm=area.width_mm), library)
        tried = _in_size(lines, plate, share, grid)
        if _fits(tried, plate, area, library):
            break
    return _opened(tried, plate, library)


def _opened(tried: PlateType, plate: Measure, library: FontLibrary) -> PlateType:
    face = library.nearest(plate.family, plate.weight, italic=False)
    if face is None:
        return tried
    return replace(tried, letters=tuple(open_letters(line, plate.tracking_em, face, library) for line in tried.lines))


def open_letters(line: Line, tracking_em: float, face: Face, library: FontLibrary) -> tuple[PlateLetter, ...]:
    """The letters of a line of capitals in which two would stand too near one another, with the white that they need.

    A face's own kerning is made for text: in large type a bar and a diagonal, as of T and Y, run into one another.
    """
    text = line.text
    if not text.isupper() or line.hyphen or any(run.language or run.bold or run.italic for run in line.runs):
        return ()
    pairs = {"".join(pair) for pair in itertools.pairwise(text)}
    whites = {pair: library.white_em(pair[0], pair[1], face) + tracking_em for pair in pairs if pair.isalpha()}
    if all(white >= _LEAST_WHITE_EM for white in whites.values()):
        return ()
    letters = []
    for pair in map("".join, itertools.pairwise(text)):
        kern_em = library.width_em(pair, face) - sum(library.width_em(each, face) for each in pair)
        more_em = max(_LEAST_WHITE_EM - whites.get(pair, 1.0), 0.0)
        letters.append(PlateLetter(pair[0], round(tracking_em + kern_em + more_em, 4)))
    return (*letters, PlateLetter(text[-1], 0.0))


def _shares() -> Iterator[float]:
    share = 1.0
    while share > _LEAST_SHARE:
        yield share
        share *= _STEP


def _in_size(lines: Sequence[Line], plate: Measure, share: float, grid: Grid) -> PlateType:
    leading_mm = grid.mm("plate-leading") * share
    return PlateType(lines=tuple(lines), size_pt=plate.size_pt * share, leading_mm=leading_mm)


def _fits(tried: PlateType, plate: Measure, area: Frame, library: FontLibrary) -> bool:
    face = library.nearest(plate.family, plate.weight, italic=False)
    em_mm = tried.size_pt * MM_PER_PT
    texts = [line.text for line in tried.lines]
    widest = max((library.width_em(text, face) if face else 0.6 * len(text) for text in texts), default=0.0)
    return widest * em_mm <= area.width_mm and len(texts) * tried.leading_mm <= area.height_mm
