"""The strip above a page of the programme: when something is on in each room, those of this page in full colour."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import Literal

from msgspec import Struct

from directory_pub.compose.lines import Line
from directory_pub.compose.programme_lines import ProgrammeLines, text_runs
from directory_pub.design.programme_grid import ProgrammeGrid
from directory_pub.edition.day_strip import strip_hour, strip_hours, strip_rooms
from directory_pub.edition.programme import Day, Room, Session

__all__ = ["DayStrip", "ProgrammeStrip", "StripBar", "StripHour", "StripLane"]

_LEAST_AIR = 0.6  # of a line, below the lanes
_UP = 1  # line, which is free below the title
_MINUTES = 60


class StripHour(Struct, frozen=True, kw_only=True):
    """A whole hour: its figure, and where it begins."""

    lines: tuple[Line, ...]
    left_mm: float


class StripLane(Struct, frozen=True, kw_only=True):
    """The lane of a room, from the strip's top."""

    room: Room
    top_mm: float


class StripBar(Struct, frozen=True, kw_only=True):
    """A session in its lane, or in all of them; ``here`` where the page has it."""

    kind: Literal["break", "across", "room"]
    here: bool
    left_mm: float
    width_mm: float
    top_mm: float
    height_mm: float


class ProgrammeStrip(Struct, frozen=True, kw_only=True):
    """The strip of a page, from the top of the text and its left edge."""

    top_mm: float
    left_mm: float
    width_mm: float
    lanes_mm: float
    hours: tuple[StripHour, ...]
    lanes: tuple[StripLane, ...]
    bars: tuple[StripBar, ...]


class DayStrip:
    """The strip of a day: none where its theme has no lanes, or all is in one room."""

    def __init__(self, setter: ProgrammeLines, day: Day) -> None:
        self._setter, self._day = setter, day
        self._lane_mm = setter.grid.mm("strip-lane")
        self._rooms = strip_rooms(day, setter.rooms) if self._lane_mm > 0 else ()
        grid = ProgrammeGrid(setter.grid, 0)
        self._left_mm, self._width_mm = grid.strip_mm
        self._hours = strip_hours(day)

    @property
    def lines(self) -> int:
        """The lines that it takes: a line of hours, the lanes, and air."""
        lanes = len(self._rooms) * self._lane_mm / self._setter.grid.list_line_mm
        return math.ceil(1 + lanes + _LEAST_AIR) - _UP if self._rooms else 0

    def on_page(self, line: int, here: Collection[Session]) -> ProgrammeStrip | None:
        """The strip above this line of a page with these sessions; it begins on one that is free below a title."""
        if not self._rooms:
            return None
        setter, line_mm = self._setter, self._setter.grid.list_line_mm
        told = ((hour, strip_hour(hour, setter.language)) for hour in self._hours)
        return ProgrammeStrip(
            top_mm=round((line - _UP) * line_mm, 4),
            left_mm=self._left_mm,
            width_mm=self._width_mm,
            lanes_mm=round(len(self._rooms) * self._lane_mm, 4),
            hours=tuple(
                StripHour(
                    lines=setter.set(text_runs(words), "programme-strip", self._width_mm),
                    left_mm=self._at_mm(hour * _MINUTES),
                )
                for hour, words in told
            ),
            lanes=tuple(
                StripLane(room=room, top_mm=round(line_mm + at * self._lane_mm, 4))
                for at, room in enumerate(self._rooms)
            ),
            bars=tuple(bar for session in self._day.sessions for bar in self._bars(session, here)),
        )

    def _at_mm(self, minute: int) -> float:
        """Where a minute is, from the strip's left edge."""
        hours = minute / _MINUTES - self._hours.start
        return round(hours * self._width_mm / len(self._hours), 4)

    def _bars(self, session: Session, here: Collection[Session]) -> Iterator[StripBar]:
        lanes = [at for at, room in enumerate(self._rooms) if room.key in session.rooms]
        is_whole = session.is_break or not lanes
        kind: Literal["break", "across", "room"] = "break" if session.is_break else "across" if is_whole else "room"
        left_mm = self._at_mm(session.start)
        for at in (0,) if is_whole else lanes:
            yield StripBar(
                kind=kind,
                here=session in here,
                left_mm=left_mm,
                width_mm=max(round(self._at_mm(session.end) - left_mm, 4), 0.0),
                top_mm=round(self._setter.grid.list_line_mm + at * self._lane_mm, 4),
                height_mm=round((len(self._rooms) if is_whole else 1) * self._lane_mm, 4),
            )
