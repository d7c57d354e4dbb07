"""The pages of a programme: the rows of each day in whole lines, page by page.

Heights are whole lines of the second grid, so that pages are filled by arithmetic, as those of listings are. A folio
takes the room of three figures whatever it is: what changes elsewhere in the book moves no line here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from directory_pub.compose.filling import Block
from directory_pub.compose.lines import Line
from directory_pub.compose.measure import Measure
from directory_pub.compose.programme_day import ProgrammeDay, ProgrammeHead, ProgrammeRow
from directory_pub.compose.programme_lines import ProgrammeLines
from directory_pub.compose.programme_strip import ProgrammeStrip
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.edition.flatplan import PlannedDay
from directory_pub.edition.model import Edition
from directory_pub.edition.programme import Day
from directory_pub.findings import Finding, error

__all__ = ["ProgrammePage", "ProgrammePages"]

_PART_DAY = 3  # a page is rather this part of it less full than it begins with no break


class ProgrammePage(Struct, frozen=True, kw_only=True):
    """One page of a day; the first of the programme ``opens`` it, a later one of a day ``goes_on``.

    From ``dots_mm`` on, if it is not 0, there is room for notes.
    """

    day: Day
    part: str
    opens: bool
    goes_on: bool
    title: tuple[Line, ...]
    head: tuple[ProgrammeHead, ...]
    rows: tuple[ProgrammeRow, ...]
    part_mm: float
    columns: int
    dots_mm: float = 0.0
    strip: ProgrammeStrip | None = None


class ProgrammePages:
    """The pages of one edition's programme."""

    def __init__(self, edition: Edition, grid: Grid, library: FontLibrary, styles: Mapping[str, Measure]) -> None:
        self._grid = grid
        self._lines = ProgrammeLines(edition, grid, library, styles)

    def plan(self, day: Day) -> PlannedDay:
        """A day with the rows that its pages begin with."""
        starts, faults = self._starts(day)
        return PlannedDay(day=day, starts=tuple(starts), faults=tuple(faults))

    def _starts(self, day: Day) -> tuple[list[int], list[Finding]]:
        """The rows that pages begin with, and what no page holds."""
        made = ProgrammeDay(self._lines, day)
        groups = made.groups()
        breaks = [made.rows[group.start].kind == "break" for group in groups]
        room = self._grid.list_lines - made.first_line
        starts = _page_starts([made.block(group) for group in groups], breaks, room)
        faults = [self._overset(made, group, room) for group in groups if made.block(group).lines > room]
        return [groups[start].start for start in starts], faults

    def _overset(self, made: ProgrammeDay, group: range, room: int) -> Finding:
        over_mm = (made.block(group).lines - room) * self._grid.list_line_mm
        session, field = made.highest(group)
        message = f"“{session.title}” is {over_mm:.0f} mm higher than a page has room for."
        remedy = f"Shorten it by {over_mm:.0f} mm, or make two sessions of it: no page break goes through one."
        return error("words-overset", session.place_of(field), message, remedy)

    def pages(self, planned: PlannedDay, folios: Mapping[str, str]) -> list[ProgrammePage]:
        """The pages of a day with everything on them; ``folios`` are those that it names, by key."""
        made = ProgrammeDay(self._lines, planned.day)
        opens = self._lines.programme.days[0] is planned.day or self._lines.programme.days[0] == planned.day
        ends = (*planned.starts[1:], len(made.rows))
        return [
            ProgrammePage(
                day=planned.day,
                part=self._lines.programme.title,
                opens=opens and number == 0,
                goes_on=number > 0,
                title=made.title,
                head=tuple(made.head()),
                rows=tuple(made.set_rows(range(first, end), folios)),
                part_mm=made.main_left_mm,
                columns=max(len(made.columns), 1),
                dots_mm=made.dots_mm(range(first, end)),
                strip=made.strip(range(first, end)),
            )
            for number, (first, end) in enumerate(zip(planned.starts, ends, strict=True))
        ]


def _page_starts(blocks: Sequence[Block], breaks: Sequence[bool], room: int) -> list[int]:
    """The blocks that pages begin with, as few pages as can be and as alike, rather before a break than elsewhere.

    The last block takes the one before it along, if it is a break.
    """
    best: dict[int, tuple[tuple[int, int], list[int]]] = {0: ((0, 0), [])}
    for start in range(len(blocks)):
        if start not in best or (start and start == len(blocks) - 1 and breaks[start]):
            continue
        (pages, cost), starts = best[start]
        used = -blocks[start].before
        for end in range(start + 1, len(blocks) + 1):
            used += blocks[end - 1].lines + blocks[end - 1].before
            if used > room and end > start + 1:
                break
            begins_well = start == 0 or breaks[start]
            own = (pages + 1, cost + (room - used) ** 2 + (0 if begins_well else (room // _PART_DAY) ** 2))
            if end not in best or own < best[end][0]:
                best[end] = (own, [*starts, start])
    return best[len(blocks)][1] if len(blocks) in best else list(range(len(blocks)))
