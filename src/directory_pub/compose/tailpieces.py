"""Tailpieces: artwork that stands at the foot of an entry's last page where it ends early.

Fields hang from the rows of the grid (ten lines and one between), so that fields of facing
pages agree; what is less than a row is left as white.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from directory_pub.artwork import storey_mm
from directory_pub.design.grid import Grid
from directory_pub.edition.flatplan import Piece

__all__ = ["EntryEnd", "Tailpiece", "find_end", "find_ends", "find_raised_rule", "hang_block", "plan_tailpieces"]

ROW_LINES = 11  # ten lines and the one between
_FEWEST_LINES = 6  # of a field: lower ones are no city
_PLOTS = 3  # on the width of a field of squares
_LEAST_AIR = 0.3  # of a line, between a rule and the line below it
_MOST_AIR = 1.6  # there, of a block on the foot whose rule is moved to the top of a plot
_NEARLY_MM = 0.05  # what stands no farther apart meets
_CLEAR_LINES = 2  # at least, between the text and its field


class EntryEnd(Struct, frozen=True, kw_only=True):
    """Where an entry's text ends: lines used on its last page, and lines its notes take there."""

    key: str
    page_index: int
    used_lines: int
    note_lines: int
    lines: int

    @property
    def free_lines(self) -> int:
        """The lines that may still be written before the entry takes another page."""
        return self.lines - self.used_lines - self.note_lines


class Tailpiece(Struct, frozen=True, kw_only=True):
    """One field, in mm from the trim's top left corner; ``beside_mm`` above its foot contact blocks have their rule."""

    key: str
    page_index: int
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float
    beside_mm: float = 0.0

    @property
    def artwork(self) -> str:
        """The name of its artwork."""
        return f"tailpiece-{self.key}.svg"


def find_ends(pieces: Sequence[Piece], anchors: Mapping[str, tuple[int, float]], grid: Grid) -> list[EntryEnd]:
    """Where each entry ends. ``anchors`` are page index and mm from the top, by id."""
    notes_mm = _first_notes(anchors)
    return [_end(piece.key, anchors[f"end-{piece.key}"], notes_mm, grid) for piece in pieces if piece.entry]


def find_end(key: str, anchor: str, anchors: Mapping[str, tuple[int, float]], grid: Grid) -> EntryEnd:
    """Where the text of an entry ends, as an anchor tells."""
    return _end(key, anchors[anchor], _first_notes(anchors), grid)


def _first_notes(anchors: Mapping[str, tuple[int, float]]) -> dict[int, float]:
    """Where the notes of each page begin that has any, in mm from the top."""
    first_mm: dict[int, float] = {}
    for name, (page_index, top_mm) in anchors.items():
        if name.startswith("note-"):
            first_mm[page_index] = min(top_mm, first_mm.get(page_index, top_mm))
    return first_mm


def _end(key: str, at: tuple[int, float], notes_mm: Mapping[int, float], grid: Grid) -> EntryEnd:
    page_index, top_mm = at
    bottom_mm = grid.mm("head") + grid.text_height_mm
    note_mm = bottom_mm - notes_mm[page_index] + grid.unit_mm if page_index in notes_mm else 0.0
    note_lines = math.ceil(note_mm / grid.unit_mm - 0.05)
    used_lines = math.ceil((top_mm - grid.mm("head")) / grid.unit_mm - 0.05)
    return EntryEnd(
        key=key,
        page_index=page_index,
        lines=grid.lines,
        # The white behind a list or quote that ends on the last line hangs below it: it is no line of the page.
        used_lines=min(used_lines, grid.lines - note_lines),
        note_lines=note_lines,
    )


def hang_block(lines: int, grid: Grid, rule_mm: float | None = None) -> tuple[float, float]:
    """How high a block of so many lines is whose rule stands where a row of plots begins, and the air below the rule.

    Plots stand on the last baseline, three of them on the width of the main column, if the rule does not stand
    ``rule_mm`` above it; all are in mm. The words stand on the lines of the page, with about the same air in every
    block. A block of more lines than there is room for stands on the foot, as high as it is; a little higher or lower,
    where its rule would miss the tops of plots by a hair.
    """
    top_mm = grid.text_height_mm - grid.foot_gap_mm - _hung_mm(grid)
    first = math.ceil(top_mm / grid.unit_mm + _LEAST_AIR)
    usual_mm = first * grid.unit_mm - top_mm
    if rule_mm is not None:
        top_mm = grid.text_height_mm - grid.foot_gap_mm - rule_mm
        first = max(math.ceil(top_mm / grid.unit_mm + _LEAST_AIR), round((top_mm + usual_mm) / grid.unit_mm))
    if grid.lines - first < lines:
        meets = _meet_plots(lines * grid.unit_mm, grid) if rule_mm is None else None
        return meets or (0.0, usual_mm)
    return grid.text_height_mm - top_mm, first * grid.unit_mm - top_mm


def _meet_plots(words_mm: float, grid: Grid) -> tuple[float, float] | None:
    """As ``hang_block``, of a block on the foot with ``words_mm`` of lines; None if its rule is not near the top of a
    plot."""
    least_mm, most_mm = _LEAST_AIR * grid.unit_mm, _MOST_AIR * grid.unit_mm
    tops_mm = (grid.foot_gap_mm + row * _hung_mm(grid) for row in range(1, grid.lines))
    height_mm = next((top for top in tops_mm if least_mm <= top - words_mm <= most_mm), None)
    return (height_mm, height_mm - words_mm) if height_mm else None


def find_raised_rule(end: EntryEnd, grid: Grid) -> float | None:
    """How many mm above the last baseline the rule of a contact block stands, where the field beside it is low or
    lifted by notes and would be missed by a rule in its usual place."""
    fields = plan_tailpieces([end], grid)
    rule_mm = end.note_lines * grid.unit_mm + fields[0].beside_mm if fields else _hung_mm(grid)
    return round(rule_mm, 3) if abs(rule_mm - _hung_mm(grid)) > _NEARLY_MM else None


def _hung_mm(grid: Grid) -> float:
    """From the last baseline up to the rule of a block that hangs: a row of plots."""
    return grid.main_mm / _PLOTS


def _beside_mm(width_mm: float, height_mm: float, grid: Grid, *, is_lifted: bool) -> float:
    """How far above the foot of its field a rule stands: as usual if that meets plots, or at the top of the lowest."""
    usual_mm = _hung_mm(grid)
    up_mm = storey_mm(width_mm, height_mm)
    meets = not is_lifted and usual_mm < height_mm + _NEARLY_MM
    return usual_mm if meets and abs(usual_mm - round(usual_mm / up_mm) * up_mm) < _NEARLY_MM else up_mm


def plan_tailpieces(ends: Sequence[EntryEnd], grid: Grid) -> list[Tailpiece]:
    """A field for each entry that leaves a row of the grid free, or as much of the last one as makes a field."""
    tailpieces = []
    for end in ends:
        first = next(
            (row for row in range(0, grid.lines, ROW_LINES) if row >= end.used_lines + _CLEAR_LINES), grid.lines
        )
        lines = grid.lines - end.note_lines - first
        if lines >= _FEWEST_LINES:
            frame = grid.frame("main", recto=end.page_index % 2 == 0)
            top = grid.mm("head") + first * grid.unit_mm + grid.cap_gap_mm
            height_mm = round(lines * grid.unit_mm - grid.cap_gap_mm - grid.foot_gap_mm, 3)
            beside_mm = _beside_mm(frame.width_mm, height_mm, grid, is_lifted=end.note_lines > 0)
            tailpieces.append(
                Tailpiece(
                    key=end.key,
                    page_index=end.page_index,
                    left_mm=frame.left_mm,
                    top_mm=round(top, 3),
                    width_mm=frame.width_mm,
                    height_mm=height_mm,
                    beside_mm=round(beside_mm, 3),
                )
            )
    return tailpieces
