"""The columns of a list of terms: the terms' as wide as they need, or the text below where that were too wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from directory_pub.compose.measure import SAFETY_MM, Measure
from directory_pub.compose.segments import cut_segments
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.edition.model import Run, TermList

__all__ = ["TermColumns", "measure_labels", "measure_terms"]

_MOST_SHARE = 0.36  # of the main column; terms wider than that stand above their text


@dataclass(frozen=True, slots=True, kw_only=True)
class TermColumns:
    """How a list's terms and its text are set; ``width_mm`` is the terms' column, 0 where they stand above."""

    width_mm: float
    term: Measure
    text: Measure

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
    """The columns of a list whose terms are some of these: a label that is too wide for one goes on on another line."""
    bold, most_mm = _bold(styles), _MOST_SHARE * grid.main_mm - _gap_mm(grid) - SAFETY_MM
    widest_mm = 0.0
    for label in labels:
        term = (Run(text=label, line=0),)
        width_mm = _width_mm(term, bold, library)
        words = max((segment.width for segment in cut_segments(term, bold, library)), default=0.0)
        widest_mm = max(widest_mm, width_mm if width_mm <= most_mm else words)
    return _columns(widest_mm, styles, grid)


def _columns(widest_mm: float, styles: Mapping[str, Measure], grid: Grid) -> TermColumns:
    """The columns for terms of which the widest is so wide."""
    gap_mm = _gap_mm(grid)
    width_mm = max(grid.mm("term"), widest_mm + SAFETY_MM + gap_mm)
    if width_mm > _MOST_SHARE * grid.main_mm:
        return TermColumns(width_mm=0.0, term=_bold(styles), text=styles["item-1"])
    text = replace(styles["text"], width_mm=grid.main_mm - width_mm)
    return TermColumns(width_mm=width_mm, term=replace(_bold(styles), width_mm=width_mm - gap_mm), text=text)


def _bold(styles: Mapping[str, Measure]) -> Measure:
    return replace(styles["text"], weight=styles["text"].bold_weight)


def _gap_mm(grid: Grid) -> float:
    """Between the widest term and its text."""
    return grid.mm("indent") / 2


def _width_mm(term: Sequence[Run], measure: Measure, library: FontLibrary) -> float:
    """How wide a term is on one line; a hyphen that an editor allows is not drawn there."""
    segments = cut_segments(term, measure, library)
    return sum(segment.width for segment in segments) + sum(segment.space for segment in segments[:-1])
