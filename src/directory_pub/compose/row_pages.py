"""Pages of rows with folios: the contents in columns or behind drawings, and the indexes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from directory_pub.compose.contents import ContentsRow
from directory_pub.compose.contents_columns import (
    ColumnsOfContents,
    SetRow,
    contents_columns,
    key_lines,
    legend_air,
    set_row,
)
from directory_pub.compose.index import IndexMeasures, IndexPage, head_lines, index_pages
from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import Measure
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import LIST_LEADING, Grid
from directory_pub.edition.index_heads import index_heads
from directory_pub.edition.model import Edition, Index
from directory_pub.edition.text import Run

__all__ = ["BELOW_HEAD_LINES", "RowPages"]

BELOW_HEAD_LINES = 3
"""Lines between the title of the contents and their first row."""
_TIGHT_AIR = 0.5  # above an entry of a key that would need another page
_INDEX_KINDS = ("letter", "head", "below", "again")


class _Setter(Protocol):
    """The composer, as far as rows need it."""

    edition: Edition
    grid: Grid
    library: FontLibrary
    styles: dict[str, Measure]
    contents_rows: list[ContentsRow]

    def set(self, text: str | Sequence[Run], style: str | Measure) -> tuple[Line, ...]: ...

    def split_runs(self, text: str) -> tuple[Run, ...]: ...


class RowPages:
    """The pages of rows of one edition; ``guide_of`` says what stands above a page by its first and last word."""

    def __init__(self, setter: _Setter, guide_of: Callable[[str, str], str]) -> None:
        self._setter = setter
        self._guide_of = guide_of
        self._contents: tuple[list[str], list[ColumnsOfContents]] | None = None

    # ---------------------------------------------------------------- contents
    def contents(self, folios: Mapping[str, str]) -> list[ColumnsOfContents]:
        """The pages of the contents in columns, with these folios by key as they are to be shown."""
        rows = self._setter.contents_rows
        shown = [folios[row.key] for row in rows]
        if self._contents is None or self._contents[0] != shown:
            some = [self.set_row(row, folio, "columns") for row, folio in zip(rows, shown, strict=True)]
            grid = self._setter.grid
            pages = contents_columns(some, grid.list_lines, grid.row_columns, self.contents_head, self._legend_lines())
            self._contents = (shown, pages)
        return self._contents[1]

    @property
    def contents_head(self) -> int:
        """The lines above the first row."""
        return head_lines(len(self._setter.set(self._setter.edition.contents_title, "title")))

    def set_row(self, row: ContentsRow, folio: str, form: str) -> SetRow:
        """A row of the contents in lines."""
        return set_row(row, self._setter.split_runs, folio, lambda runs: self._lines(runs, f"{form}-{row.kind}"))

    def legend_air(self, rows: Sequence[SetRow], *, tight: bool) -> tuple[float, ...]:
        """The air round the legends of a key in the side column; none where they stand together at its foot."""
        marks = [(mark.sign, self._setter.split_runs(mark.legend)) for mark in self._setter.edition.marks]
        legends = [(sign, len(self._lines(runs, "legend"))) for sign, runs in marks]
        if not self._setter.grid.has_side or not legends:
            return ()
        return legend_air(rows, legends, self._lines_of_key, _TIGHT_AIR if tight else 1)

    def is_key_tight(self, rows: Sequence[SetRow]) -> bool:
        """Whether the rows of a key stand closer, which brings all of them onto one page."""
        legend = 0 if self._setter.grid.has_side else self._legend_units()
        room = self._lines_of_key - legend
        return key_lines(rows, _TIGHT_AIR) <= room < key_lines(rows, 1)

    @property
    def _lines_of_key(self) -> int:
        """The lines below the head of the contents."""
        head = 2 * len(self._setter.set(self._setter.edition.contents_title, "title")) + BELOW_HEAD_LINES
        return self._setter.grid.lines - head

    def _legend_lines(self) -> int:
        """The lines of a list that the legends take, with one above."""
        return math.ceil(self._legend_units() / LIST_LEADING)

    def _legend_units(self) -> int:
        """The lines that the legends take, each with one above."""
        marks = [self._setter.split_runs(mark.legend) for mark in self._setter.edition.marks]
        return sum(1 + len(self._lines(runs, "legend")) for runs in marks)

    # ---------------------------------------------------------------- indexes
    def index(self, index: Index, folios: Mapping[str, int]) -> list[IndexPage]:
        """The pages of an index, the folios of all anchors known; none of one that nothing stands in."""
        setter = self._setter
        styles = {kind: setter.styles[f"index-{kind}"] for kind in _INDEX_KINDS}

        def lines_of(runs: Sequence[Run], kind: str) -> int:
            measure = styles[kind]
            width_mm = sum(measure.width_of(run.text, run, setter.library) for run in runs)
            return 1 if width_mm <= measure.first_room_mm else len(set_lines(runs, measure, setter.library))

        by = IndexMeasures(
            grid=setter.grid,
            lines_of=lines_of,
            guide_of=self._guide_of,
            title_lines=len(setter.set(index.title, "title")),
        )
        return index_pages(index, index_heads(setter.edition, index), folios, setter.edition.words, by)

    def _lines(self, runs: Sequence[Run], style: str) -> tuple[Line, ...]:
        return set_lines(runs, self._setter.styles[style], self._setter.library)
