"""The columns of a list of terms: the terms' as wide as they need, or the text below where that were too wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.compose.measure import SAFETY_MM, Measure
from directory_pub.compose.segments import cut_segments
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.edition.text import Run, TermList

__all__ = ["TermColumns", "measure_labels", "measure_terms"]

_MOST_SHARE = 0.36  # of the main column; terms wider than that stand above their text


class TermColumns(Struct, frozen=True, kw_only=True):
    """How a list's terms and its text are set; ``width_mm`` is the terms' column, 0 where they stand above.

    Terms that stand ``above`` their text, alone of all, are set as ``whole``.
    """

    width_mm: float
    term: Measure
    text: Measure
    whole: Measure
    above: tuple[str, ...] = ()

    @property
    def style(self) -> str:
        """The column's width as CSS."""
        return f"--term: {self.width_mm:.3f}mm"


def measure_terms(block: TermList, styles: Mapping[str, Measure], grid: Grid, library: FontLibrary) -> TermColumns:
    """The columns of one list: the design's where its terms fit, wider where they need it."""
    bold = _bold(styles)
    return _columns(max((_width_mm(row.term, bold, library) for row in block.rows), default=0.0), styles, grid)


def measure_labels(
    labels: Sequence[str], styles: Mapping[str, Measure], grid: Grid, library: FontLibrary
) -> TermColumns:
    """The columns of lists whose terms are some of these; a label that is too wide for one stands above its text.

    What they say may be names: no word of it is parted.
    """
    bold = _bold(styles)
    widths_mm = {label: _width_mm((Run(text=label, line=0),), bold, library) for label in labels}
    above = tuple(label for label, width_mm in widths_mm.items() if not _column_mm(width_mm, grid))
    widest_mm = max((width_mm for label, width_mm in widths_mm.items() if label not in above), default=0.0)
    columns = _columns(widest_mm, styles, grid)
    return replace(columns, text=replace(columns.text, hyphens=False), above=above)


def _columns(widest_mm: float, styles: Mapping[str, Measure], grid: Grid) -> TermColumns:
    """The columns for terms of which the widest is so wide."""
    bold, width_mm = _bold(styles), _column_mm(widest_mm, grid)
    if not width_mm:
        return TermColumns(width_mm=0.0, term=bold, text=styles["item-1"], whole=bold)
    text = replace(styles["text"], width_mm=grid.main_mm - width_mm, hangs_marks=False)  # the term is beside it
    return TermColumns(width_mm=width_mm, term=replace(bold, width_mm=width_mm), text=text, whole=bold)


def _column_mm(widest_mm: float, grid: Grid) -> float:
    """How wide the column is that such a term needs; 0 where that is too wide for one."""
    width_mm = max(grid.mm("term"), widest_mm + SAFETY_MM + grid.mm("indent") / 2)
    return width_mm if width_mm <= _MOST_SHARE * grid.main_mm else 0.0


def _bold(styles: Mapping[str, Measure]) -> Measure:
    return replace(styles["text"], weight=styles["text"].bold_weight, hyphens=False)


def _width_mm(term: Sequence[Run], measure: Measure, library: FontLibrary) -> float:
    """How wide a term is on one line; a hyphen that an editor allows is not drawn there."""
    segments = cut_segments(term, measure, library)
    return sum(segment.width for segment in segments) + sum(segment.space for segment in segments[:-1])
