"""The strip above a day of the programme: its hours from left to right, and a lane for each room.

Who draws it and who counts its hours read the same here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from directory_pub.edition.dates import print_time
from directory_pub.edition.programme import Day, Room

__all__ = ["strip_hour", "strip_hours", "strip_rooms"]

_MINUTES = 60


def strip_rooms(day: Day, rooms: Sequence[Room]) -> tuple[Room, ...]:
    """The lanes of a day, from above; none where all is in one room, of which a strip would tell nothing."""
    used = {key for session in day.sessions if not session.is_break for key in session.rooms}
    lanes = tuple(room for room in rooms if room.key in used)
    return lanes if len(lanes) > 1 else ()


def strip_hours(day: Day) -> range:
    """The whole hours in which something is on."""
    start = min((session.start for session in day.sessions), default=0)
    end = max((session.end for session in day.sessions), default=0)
    return range(start // _MINUTES, max(-(-end // _MINUTES), start // _MINUTES + 1))


def strip_hour(hour: int, language: str) -> str:
    """What an hour is called there: the hour that a clock shows, without minutes and noughts before it."""
    told = print_time(hour * _MINUTES, language)
    found = re.search(r"\d+", told)
    return (found[0].lstrip("0") or "0") if found else told
