"""Tailpieces: artwork that stands at the foot of an entry's last page where it ends early.

Fields rise from the foot by whole rows of square plots, so that fields of facing pages agree, as high as the text
leaves them room; what is less than a row is left as white.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from directory_pub.design.grid import Grid
from directory_pub.edition.flatplan import Piece

__all__ = ["EntryEnd", "Tailpiece", "find_end", "find_ends", "find_raised_rule", "hang_block", "plan_tailpieces"]

_PLOTS, _LOW_PLOTS = 3, 4  # on the width of a field of squares, and of a low one of one row: lower ones are no city
_LEAST_AIR = 0.3  # of a line, between a rule and the line below it
_MOST_AIR = 1.6  # there, of a block on the foot whose rule is moved to the top of a plot
_CLEAR_LINES = 3  # at least, between the text and its field


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
    """One field, in mm from the trim's top left corner."""

    key: str
    page_index: int
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float

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
    """How many mm above the last baseline the rule of a contact block stands, where notes lift the field beside it."""
    lifted = end.note_lines and plan_tailpieces([end], grid)
    return round(end.note_lines * grid.unit_mm + _hung_mm(grid), 3) if lifted else None


def _hung_mm(grid: Grid) -> float:
    """From the last baseline up to the rule of a block that hangs: a row of plots."""
    return grid.main_mm / _PLOTS


def plan_tailpieces(ends: Sequence[EntryEnd], grid: Grid) -> list[Tailpiece]:
    """A field for each entry that leaves room for one: whole rows of plots, or one of smaller ones."""
    tailpieces = []
    for end in ends:
        frame = grid.frame("main", recto=end.page_index % 2 == 0)
        foot_mm = grid.mm("head") + (grid.lines - end.note_lines) * grid.unit_mm - grid.foot_gap_mm
        room_mm = (end.free_lines - _CLEAR_LINES) * grid.unit_mm - grid.foot_gap_mm
        low_mm, row_mm = frame.width_mm / _LOW_PLOTS, frame.width_mm / _PLOTS
        height_mm = row_mm * int(room_mm / row_mm) if room_mm >= row_mm else low_mm
        if room_mm >= height_mm:
            tailpieces.append(
                Tailpiece(
                    key=end.key,
                    page_index=end.page_index,
                    left_mm=frame.left_mm,
                    top_mm=round(foot_mm - height_mm, 3),
                    width_mm=frame.width_mm,
                    height_mm=round(height_mm, 3),
                )
            )
    return tailpieces
