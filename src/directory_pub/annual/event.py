"""What is compared of an event: the sessions of its programme, and its sponsors.

A session is known by its title and a sponsor by its name, whatever stands before it; a session's day is told by its
number, since the date is another every year and is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from directory_pub.edition.model import Edition
from directory_pub.edition.programme import ALL_ROOMS, Named, Programme, Session
from directory_pub.edition.sponsors import Sponsors

__all__ = ["event_fields"]

_BETWEEN = " · "
_HOUR = 60


def event_fields(edition: Edition) -> dict[str, tuple[str, int | None]]:
    """Values by their names, each with its line: of days, sessions and sponsors; none of a book without."""
    told: dict[str, tuple[str, int | None]] = {}
    rows = [*(_of_programme(edition.programme) if edition.programme else ())]
    rows += _of_sponsors(edition.sponsors) if edition.sponsors else ()
    for name, value, line in rows:
        count = sum(each == name or each.startswith(f"{name} (") for each in told)
        told[f"{name} ({count + 1})" if count else name] = (value, line)
    return told


def _of_programme(programme: Programme) -> Iterator[tuple[str, str, int | None]]:
    rooms = {room.key: room.name for room in programme.rooms}
    yield "programme", programme.title, programme.place.line
    if rooms:
        yield "programme: rooms", _BETWEEN.join(rooms.values()), programme.rooms[0].place.line
    for number, day in enumerate(programme.days, 1):
        yield f"programme: day {number}", " ".join(filter(None, (day.date, day.title))), day.place.line
        for session in day.sessions:
            yield f"session “{session.title}”", _session(session, number, rooms), session.place.line


def _session(session: Session, day: int, rooms: dict[str, str]) -> str:
    where = ALL_ROOMS if session.in_all else ", ".join(rooms.get(key, key) for key in session.rooms)
    chair = f"chair: {session.chair.name}" if session.chair else ""
    when = f"day {day}, {_clock(session.start)}–{_clock(session.end)}"
    parts = (when, session.kind, where, _names(session.speakers), chair, _names(session.entries), session.text)
    return _BETWEEN.join(filter(None, (" ".join(part.split()) for part in parts)))


def _of_sponsors(sponsors: Sponsors) -> Iterator[tuple[str, str, int | None]]:
    yield "sponsors", sponsors.title, sponsors.place.line
    for level in sponsors.levels:
        for each in level.sponsors:
            parts = (level.title, each.logo.file if each.logo else "", each.web or "", each.entry or "")
            yield f"sponsor “{each.name}”", _BETWEEN.join(filter(None, parts)), each.place.line


def _names(named: Iterable[Named]) -> str:
    return ", ".join(each.name for each in named)


def _clock(minute: int) -> str:
    return f"{minute // _HOUR}:{minute % _HOUR:02}"
