"""A time zone as a calendar file tells it: the clocks by which some days go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["time_zone_lines"]

_A_YEAR = timedelta(days=370)
_LONG_AGO = datetime(1970, 1, 1)
_HOUR = timedelta(hours=1)


def time_zone_lines(zone: str, first: date, last: date) -> Iterator[str]:
    """The lines of a zone from a first day to a last; none where this machine does not know it."""
    try:
        clocks = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return
    begins = datetime(first.year, first.month, first.day, tzinfo=UTC)
    ends = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=2)
    changes = list(_changes(clocks, begins - _A_YEAR, ends))
    before = [change for change in changes if change <= begins][-1:]
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone}"
    if not before:
        yield from _observance(clocks, begins - _A_YEAR, _LONG_AGO)
    for change in (*before, *(change for change in changes if change > begins)):
        old = (change - _HOUR).astimezone(clocks).utcoffset() or timedelta()
        yield from _observance(clocks, change, (change + old).replace(tzinfo=None), old)
    yield "END:VTIMEZONE"


def _changes(clocks: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The hours at which the clocks are changed."""
    at, offset = start, start.astimezone(clocks).utcoffset()
    while at < end:
        at += _HOUR
        now = at.astimezone(clocks).utcoffset()
        if now != offset:
            yield at
        offset = now


def _observance(clocks: ZoneInfo, at: datetime, local: datetime, old: timedelta | None = None) -> Iterator[str]:
    """How the clocks go from a moment on, by their own time before it."""
    there = at.astimezone(clocks)
    offset = there.utcoffset() or timedelta()
    kind = "DAYLIGHT" if there.dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{local:%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_offset(offset if old is None else old)}"
    yield f"TZOFFSETTO:{_offset(offset)}"
    yield f"TZNAME:{there.tzname()}"
    yield f"END:{kind}"


def _offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
