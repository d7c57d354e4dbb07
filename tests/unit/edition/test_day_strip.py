"""The strip of a day's hours: which hours, which lanes, what an hour is called."""

from __future__ import annotations

import pytest

from directory_pub.edition.day_strip import strip_hour, strip_hours, strip_rooms
from directory_pub.edition.programme import Day, Room, Session
from directory_pub.findings import Place

AT = Place(file="programme.yaml", line=1)
ROOMS = tuple(Room(key=key, name=key.title(), place=AT) for key in ("hall", "loft", "yard"))


def day(*sessions: tuple[int, int, str, str]) -> Day:
    made = (
        Session(title="A", place=AT, start=start, end=end, rooms=tuple(rooms.split()), kind=kind)
        for start, end, rooms, kind in sessions
    )
    return Day(date="2031-06-03", place=AT, sessions=tuple(made))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [(510, 1200, range(8, 20)), (540, 545, range(9, 10)), (1410, 1440, range(23, 24)), (600, 600, range(10, 11))],
)
def test_the_hours_are_those_in_which_something_is_on(start: int, end: int, hours: range) -> None:
    assert strip_hours(day((start, end, "hall", ""))) == hours


def test_a_day_without_sessions_has_hours_all_the_same() -> None:
    assert len(strip_hours(day())) == 1


def test_lanes_are_rooms_with_sessions_and_one_room_has_no_strip() -> None:
    two = day((540, 600, "loft", ""), (600, 660, "hall", ""), (660, 700, "yard", "break"))
    assert [room.key for room in strip_rooms(two, ROOMS)] == ["hall", "loft"]
    assert strip_rooms(day((540, 600, "loft", "")), ROOMS) == ()


@pytest.mark.parametrize(
    ("hour", "language", "told"),
    [(9, "en-GB", "9"), (0, "de", "0"), (14, "de", "14"), (14, "en-US", "2"), (9, "xx", "9")],
)
def test_an_hour_is_what_a_clock_shows(hour: int, language: str, told: str) -> None:
    assert strip_hour(hour, language) == told
