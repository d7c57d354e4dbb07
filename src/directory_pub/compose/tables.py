"""Tables: how wide their columns are, the lines of each cell, and how many lines of the grid each row takes.

Columns are as wide as they need to be, with what is left between them. Where that has no room, what there is is
shared out so that the table is as low as it can be; no column is narrower than its longest word, and a table of
which even these have no room runs out of its column, where the census finds it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.compose.figures import figures_in, points_of
from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import SAFETY_MM, Measure
from directory_pub.compose.segments import cut_segments
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.edition.numbers import decimal_mark
from directory_pub.edition.text import Alignment, Run, Table, TableRow, plain

__all__ = ["SetCell", "SetTable", "SetTableRow", "set_table"]

_LINE, _AIR = 0.75, 0.25  # of a unit: a cell's line, and what parts two rows of several lines at the least
_STEP_MM = 0.5  # in which widths are tried
_STEPS = (16, 8, 4, 2, 1)  # how many at once
_UNBROKEN_MM = 10_000.0

Aligned = Literal["left", "right", "center"]


class SetCell(Struct, frozen=True, kw_only=True):
    """The lines of one cell; ``behind_mm`` is what stays free behind a figure, so that all points are in one line.

    ``heads_row`` is of a cell that says what its row is.
    """

    lines: tuple[Line, ...]
    aligned: Aligned = "left"
    behind_mm: float = 0.0
    heads_row: bool = False


class SetTableRow(Struct, frozen=True, kw_only=True):
    """The cells of a row, and the units that it takes."""

    cells: tuple[SetCell, ...]
    height: int


class SetTable(Struct, frozen=True, kw_only=True):
    """A table with all its lines set; ``columns_mm`` are the widths of its columns with the white before each.

    ``is_wide`` is of one that takes the side column, too.
    """

    head: SetTableRow
    rows: tuple[SetTableRow, ...]
    columns_mm: tuple[float, ...]
    air_mm: float
    caption: tuple[Line, ...] = ()
    caption_height: int = 0
    is_wide: bool = False

    @property
    def width_mm(self) -> float:
        """How wide it is."""
        return sum(self.columns_mm)


def set_table(table: Table, styles: Mapping[str, Measure], grid: Grid, library: FontLibrary, language: str) -> SetTable:
    """A table in the main column, or if it is wide across both."""
    is_wide = table.wide and grid.has_side
    room_mm = grid.main_mm + (grid.mm("gutter") + grid.mm("side") if is_wide else 0.0)
    setting = _Setting(styles["table"], styles["table-head"], library)
    columns = [setting.column(table, number, decimal_mark(language)) for number in range(len(table.head.cells))]
    air_mm = grid.mm("table-air")
    gaps = len(columns) - 1
    widths_mm = _widths(columns, room_mm - gaps * air_mm)
    spare_mm = room_mm - sum(widths_mm) - gaps * air_mm
    if gaps and spare_mm > 0:
        air_mm = min(air_mm + spare_mm / gaps, max(air_mm, grid.mm("table-most-air")))
    caption = replace(styles["table-caption"], width_mm=room_mm)
    told = set_lines(table.caption.runs, caption, library) if table.caption else ()
    return SetTable(
        head=setting.row(table.head, columns, widths_mm, heads_row=False, is_head=True),
        rows=tuple(setting.row(row, columns, widths_mm, heads_row=table.heads_rows) for row in table.rows),
        columns_mm=tuple(width_mm + (air_mm if at else 0.0) for at, width_mm in enumerate(widths_mm)),
        air_mm=air_mm,
        caption=told,
        caption_height=_units(len(told)) if told else 0,
        is_wide=is_wide,
    )


# -------------------------------------------------------------------- one column
class _Column(Struct):
    """What a column needs: its widest cell on one line, its longest word; of each cell the pieces that it may break to.

    Of figures, ``behind_mm`` is what the cells have behind the point, by the row's line.
    """

    aligned: Aligned
    natural_mm: float
    least_mm: float
    cells: list[list[tuple[float, float]]]
    behind_mm: dict[int, float] = field(default_factory=dict)
    counts: dict[float, list[int]] = field(default_factory=dict)

    def lines_in(self, width_mm: float) -> list[int]:
        """How many lines each cell takes in a width."""
        if width_mm not in self.counts:
            self.counts[width_mm] = [_filled(pieces, width_mm - SAFETY_MM) for pieces in self.cells]
        return self.counts[width_mm]

    @property
    def most_behind_mm(self) -> float:
        """The most that any figure has behind the point."""
        return max(self.behind_mm.values(), default=0.0)


def _filled(pieces: Sequence[tuple[float, float]], room_mm: float) -> int:
    """How many lines pieces take, each with the space behind it."""
    lines, used_mm = 1, 0.0
    for width_mm, space_mm in pieces:
        if used_mm and used_mm + width_mm > room_mm:
            lines, used_mm = lines + 1, 0.0
        used_mm += width_mm + space_mm
    return lines


class _Setting(Struct, frozen=True):
    """How the cells of one table are set."""

    measure: Measure
    head: Measure
    library: FontLibrary

    def column(self, table: Table, number: int, decimal: str) -> _Column:
        """One column of a table, as it wants to be."""
        rows = [(row.line, row.cells[number]) for row in table.rows]
        asked: Alignment | None = table.alignments[number]
        texts = [plain(cell) for _, cell in rows]
        are_figures = asked in (None, "right") and figures_in(texts)
        cells = [self._pieces(table.head.cells[number], self.head), *(self._pieces(c, self.measure) for _, c in rows)]
        natural_mm = max((_whole(pieces) for pieces in cells), default=0.0)
        behind_mm: dict[int, float] = {}
        if are_figures:
            before_mm = 0.0
            for (line, cell), text, point in zip(rows, texts, points_of(texts, decimal), strict=True):
                own_mm = _whole(self._pieces(cell, self.measure))
                first = self.measure.width_of(text[:point], cell[0], self.library) if cell else 0.0
                behind_mm[line] = max(own_mm - first, 0.0) if cell else 0.0
                before_mm = max(before_mm, first)
            natural_mm = max(natural_mm, before_mm + max(behind_mm.values(), default=0.0))
        least_mm = max((width for pieces in cells for width, _ in pieces), default=0.0)
        if are_figures:  # of which none is parted
            least_mm = max(least_mm, natural_mm if natural_mm > _whole(cells[0]) else _widest(cells[1:]))
        aligned: Aligned = asked or ("right" if are_figures else "left")
        return _Column(aligned, natural_mm + SAFETY_MM, least_mm + SAFETY_MM, cells, behind_mm)

    def _pieces(self, runs: Sequence[Run], measure: Measure) -> list[tuple[float, float]]:
        unbroken = replace(measure, width_mm=_UNBROKEN_MM)
        return [(each.width, each.space) for each in cut_segments(runs, unbroken, self.library)]

    def row(
        self,
        row: TableRow,
        columns: Sequence[_Column],
        widths_mm: Sequence[float],
        *,
        heads_row: bool,
        is_head: bool = False,
    ) -> SetTableRow:
        """The lines of a row's cells."""
        cells = []
        for at, (runs, column, width_mm) in enumerate(zip(row.cells, columns, widths_mm, strict=True)):
            measure = replace(self.head if is_head else self.measure, width_mm=width_mm)
            lines = set_lines(runs, measure, self.library) if runs else ()
            behind_mm = column.most_behind_mm - column.behind_mm.get(row.line, column.most_behind_mm)
            cell = SetCell(
                lines=lines,
                aligned=column.aligned,
                behind_mm=0.0 if is_head else round(behind_mm, 3),
                heads_row=heads_row and at == 0,
            )
            cells.append(cell)
        return SetTableRow(cells=tuple(cells), height=_units(max(len(cell.lines) for cell in cells)))


def _whole(pieces: Sequence[tuple[float, float]]) -> float:
    """How wide pieces are on one line."""
    return sum(width + space for width, space in pieces) - (pieces[-1][1] if pieces else 0.0)


def _widest(cells: Sequence[Sequence[tuple[float, float]]]) -> float:
    return max((_whole(pieces) for pieces in cells), default=0.0)


def _units(lines: int) -> int:
    """The units that so many lines take, with the white that parts them from the next row; one line is one unit."""
    return max(1, math.ceil(_LINE * lines + (_AIR if lines > 1 else 0.0) - 1e-9))


# -------------------------------------------------------------------- widths
def _widths(columns: Sequence[_Column], room_mm: float) -> list[float]:
    """The widths of columns in what room there is for their text."""
    natural_mm, least_mm = [each.natural_mm for each in columns], [each.least_mm for each in columns]
    if sum(natural_mm) <= room_mm:
        return natural_mm
    left_mm = room_mm - sum(least_mm)
    if left_mm <= 0:
        return least_mm
    wanted_mm = [natural - least for natural, least in zip(natural_mm, least_mm, strict=True)]
    share = left_mm / sum(wanted_mm)
    return _lowered(columns, [least + share * more for least, more in zip(least_mm, wanted_mm, strict=True)])


def _lowered(columns: Sequence[_Column], widths_mm: list[float]) -> list[float]:
    """Widths of the same sum with which the table is as low as moving room between two columns makes it."""
    best = _height(columns, widths_mm)
    for steps in _STEPS:
        is_better = True
        while is_better:
            is_better = False
            for giver in range(len(columns)):
                for taker in range(len(columns)):
                    moved = _moved(columns, widths_mm, giver, taker, steps * _STEP_MM)
                    if moved and (height := _height(columns, moved)) < best:
                        best, widths_mm, is_better = height, moved, True
    return widths_mm


def _moved(
    columns: Sequence[_Column], widths_mm: Sequence[float], giver: int, taker: int, by_mm: float
) -> list[float] | None:
    if giver == taker or widths_mm[giver] - by_mm < columns[giver].least_mm:
        return None
    if widths_mm[taker] >= columns[taker].natural_mm:
        return None
    moved = list(widths_mm)
    moved[giver] = round(moved[giver] - by_mm, 3)
    moved[taker] = round(moved[taker] + by_mm, 3)
    return moved


def _height(columns: Sequence[_Column], widths_mm: Sequence[float]) -> tuple[int, int]:
    """The units that a table takes in these widths, and the lines of all of its cells."""
    counts = [column.lines_in(width_mm) for column, width_mm in zip(columns, widths_mm, strict=True)]
    rows = list(zip(*counts, strict=True))
    return sum(_units(max(row)) for row in rows), sum(map(sum, counts))
