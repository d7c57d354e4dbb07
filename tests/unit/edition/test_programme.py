"""The rows and columns of a day: what stands beside what, what goes across, what makes a day a list."""

from __future__ import annotations

from typing import Any

from directory_pub.edition.programme import (
    Day,
    DayRow,
    Named,
    Programme,
    Room,
    Session,
    arrange_list,
    arrange_table,
    columns_of,
    without_entries,
    without_places,
)
from directory_pub.findings import Place

AT = Place(file="programme.yaml", line=1)
ROOMS = tuple(Room(key=key, name=key.title(), place=AT) for key in ("harbour", "station", "market"))


def session(title: str, start: int, end: int, *rooms: str, **more: Any) -> Session:
    return Session(title=title, place=AT, start=60 * start, end=60 * end, rooms=rooms, **more)


def day(*sessions: Session) -> Day:
    return Day(date="2031-06-03", place=AT, sessions=sessions)


def told(rows: list[DayRow]) -> list[tuple[str, list[tuple[str, list[int], int]]]]:
    return [(row.kind, [(each.title, list(at), reach) for each, at, reach in row.cells]) for row in rows]


def test_sessions_that_begin_together_stand_in_the_columns_of_their_rooms() -> None:
    one = day(session("B", 9, 10, "station"), session("A", 9, 10, "harbour"))
    assert [room.key for room in columns_of(one, ROOMS)] == ["harbour", "station"]
    assert told(arrange_table(one, ROOMS)) == [("rooms", [("A", [0], 1), ("B", [1], 1)])]


def test_a_session_alone_in_its_time_goes_across_whatever_its_room() -> None:
    one = day(session("A", 9, 10, "harbour"), session("B", 10, 11, "harbour"), session("C", 10, 11, "station"))
    assert [row.kind for row in arrange_table(one, ROOMS)] == ["across", "rooms"]


def test_a_long_session_reaches_over_the_rows_that_begin_before_it_ends() -> None:
    one = day(session("A", 9, 12, "harbour"), session("B", 9, 10, "station"), session("C", 10, 12, "station"))
    rows = arrange_table(one, ROOMS)
    assert told(rows) == [("rooms", [("A", [0], 2), ("B", [1], 1)]), ("rooms", [("C", [1], 1)])]
    assert rows[0].end == 600  # of two ends, each of one session, the earlier
    assert rows[0].ends_otherwise(one.sessions[0])


def test_no_session_reaches_over_a_break() -> None:
    pause = session("Coffee", 10, 11, "market", kind="break")
    one = day(session("A", 9, 12, "harbour"), session("B", 9, 10, "station"), pause, session("C", 11, 12, "station"))
    assert told(arrange_table(one, ROOMS))[0] == ("rooms", [("A", [0], 1), ("B", [1], 1)])


def test_two_neighbouring_rooms_are_one_cell_and_two_that_are_apart_make_a_list() -> None:
    beside = session("B", 9, 10, "market")
    near = day(session("A", 9, 10, "harbour", "station"), beside)
    assert told(arrange_table(near, ROOMS)) == [("rooms", [("A", [0, 1], 1), ("B", [2], 1)])]
    apart = day(session("A", 9, 10, "harbour", "market"), session("B", 9, 10, "station"))
    assert columns_of(apart, ROOMS) == ()
    assert columns_of(day(session("A", 9, 10), session("B", 9, 10, "station")), ROOMS) == ()


def test_a_day_of_one_room_is_a_list_in_the_order_of_the_clock_with_breaks_before_what_begins_with_them() -> None:
    one = day(session("B", 10, 11, "harbour"), session("A", 9, 10, "harbour"), session("Tea", 9, 10, kind="break"))
    assert columns_of(one, ROOMS) == ()
    rows = arrange_list(one, ROOMS)
    assert [(row.kind, row.session.title) for row in rows] == [("break", "Tea"), ("listed", "A"), ("listed", "B")]
    assert [row.is_followed for row in rows] == [False, True, False]


def test_whom_a_variant_does_not_show_keeps_the_name_and_leads_nowhere() -> None:
    ada, quay = Named(name="Ada", place=AT, key="ada"), Named(name="Quay", place=AT, key="quay")
    one = day(session("A", 9, 10, speakers=(ada,), chair=ada, entries=(quay,)))
    whole = Programme(title="Programme", place=AT, days=(one,))
    assert without_entries(whole, {"mole"}) is whole
    (left,) = without_entries(whole, {"ada", "quay"}).days[0].sessions
    assert [(each.name, each.key) for each in left.named] == [("Ada", None), ("Ada", None)]


def test_a_day_is_the_same_wherever_it_was_written() -> None:
    moved = Session(title="A", place=Place(file="programme.yaml", line=7), start=540, end=600)
    assert without_places(day(moved)) == without_places(day(session("A", 9, 10)))
    assert without_places(day(session("B", 9, 10))) != without_places(day(session("A", 9, 10)))
