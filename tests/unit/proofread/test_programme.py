"""What is told of a programme before a page is made: times, rooms, persons, days."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from directory_pub.edition.model import Edition
from directory_pub.edition.programme import Day, Named, Programme, Room, Session
from directory_pub.findings import Finding, Place
from directory_pub.proofread.programme import proofread_programme
from unit.hand_made import edition, entry, paragraph, run

ROOMS = (
    Room(key="hall", name="Great Hall", place=Place(file="p", line=1)),
    Room(key="loft", name="Loft", place=Place(file="p", line=2)),
)
MOTIFS = ("arches",)


def session(title: str, start: str, end: str, *rooms: str, line: int = 9, **more: Any) -> Session:
    minutes = [60 * int(each[:-3]) + int(each[-2:]) for each in (start, end)]
    return Session(title=title, place=Place(file="p", line=line), start=minutes[0], end=minutes[1], rooms=rooms, **more)


def person(name: str, key: str | None = None, line: int = 9) -> Named:
    return Named(name=name, key=key, place=Place(file="p", line=line))


def book(*sessions: Session, **changed: Any) -> Edition:
    day = Day(date="2031-06-03", place=Place(file="p", line=3), sessions=sessions)
    programme = Programme(title="Programme", place=Place(file="p"), rooms=ROOMS, days=(day,))
    made = edition(entry("quay", paragraph(run("Text.", line=1))), entry("maren", paragraph(run("Text.", line=1))))
    section = made.sections[0]
    named = replace(section.entries[1], name="Maren Fjelldal")
    made = replace(made, sections=(replace(section, entries=(section.entries[0], named)),))
    return replace(made, programme=replace(programme, **changed))


def told(made: Edition) -> list[Finding]:
    return [each for each in proofread_programme(made, MOTIFS) if each.code != "field-unused"]


GOOD = (
    session("Doors", "8:30", "9:00", kind="break"),
    session("A", "9:00", "10:30", "hall", speakers=(person("Ada"),)),
    session("B", "9:00", "10:30", "loft", speakers=(person("Eve"),)),
    session("C", "10:35", "11:00", "hall", speakers=(person("Ada"), person("Eve"))),
    session("Lunch", "12:30", "13:30", kind="break"),
    session("D", "14:30", "15:00", in_all=True),
)


def test_a_day_that_can_take_place_has_no_finding() -> None:
    assert told(book(*GOOD)) == []


@pytest.mark.parametrize(
    ("sessions", "code", "severity", "words"),
    [
        ((session("A", "10:30", "9:00", "hall"),), "session-time", "error", "ends at 9:00, and begins at 10:30"),
        ((session("A", "9:00", "9:00", "hall"),), "session-time", "error", "ends at 9:00"),
        (
            (session("B", "10:00", "11:00", "hall"), session("A", "9:00", "10:00", "hall")),
            "session-time",
            "warning",
            "begins before “B”",
        ),
        (
            (session("A", "9:00", "10:00", "hall"), session("B", "9:59", "10:30", "hall")),
            "session-overlap",
            "error",
            "“B” is in Great Hall at 9:59, when “A” is there",
        ),
        (
            (session("A", "9:00", "10:00", in_all=True), session("B", "9:30", "10:00", "loft")),
            "session-overlap",
            "error",
            "all rooms",
        ),
        (
            (
                session("A", "9:00", "10:00", "hall", speakers=(person("Ada"),)),
                session("B", "9:30", "10:00", "loft", chair=person("Ada", line=12)),
            ),
            "session-overlap",
            "warning",
            "Ada is in “A”",
        ),
        (
            (session("A", "9:00", "10:00", "hall"), session("B", "10:30", "11:00", "hall")),
            "session-gap",
            "note",
            "nothing is on from 10:00 to 10:30",
        ),
        (
            (session("A", "9:00", "10:00", "hall", speakers=(person("maren fjelldal"),)),),
            "person-unlinked",
            "note",
            "is the name of an entry",
        ),
        (
            (session("A", "9:00", "10:00", "hall", speakers=(person("Maren Fjeldal"),)),),
            "person-unlinked",
            "note",
            "is nearly “Maren Fjelldal”",
        ),
    ],
)
def test_what_cannot_be_or_may_be_a_slip_is_told(
    sessions: tuple[Session, ...], code: str, severity: str, words: str
) -> None:
    findings = told(book(*sessions))
    assert [(each.code, each.severity.value) for each in findings] == [(code, severity)], findings
    assert words in findings[0].message
    assert findings[0].place.line in (9, 12)


def test_sessions_that_end_when_the_next_begin_and_short_ways_between_rooms_are_no_faults() -> None:
    one = session("A", "9:00", "10:00", "hall", speakers=(person("Ada"),))
    other = session("B", "10:00", "11:00", "hall", speakers=(person("Ada"),))
    later = session("C", "11:15", "12:00", "hall")
    assert told(book(one, other, later)) == []


def test_two_of_one_family_are_two() -> None:
    assert told(book(session("A", "9:00", "10:00", "hall", speakers=(person("Ole Fjelldal"),)))) == []


def test_a_name_is_told_of_once() -> None:
    some = (
        session(each, f"{at}:00", f"{at}:50", "hall", speakers=(person("Maren Fjelldal"),))
        for each, at in (("A", 9), ("B", 10))
    )
    assert [each.code for each in told(book(*some))] == ["person-unlinked"]


def test_days_without_sessions_twice_or_out_of_order_are_told() -> None:
    empty = Day(date="2031-06-04", place=Place(file="p", line=20), sessions=())
    earlier = Day(date="2031-06-01", place=Place(file="p", line=21), sessions=GOOD)
    found = told(book(days=(empty, earlier)))
    assert [(each.code, each.severity.value, each.place.line) for each in found] == [
        ("programme-day", "error", 20),
        ("programme-day", "warning", 21),
    ]
    assert [each.code for each in told(book(days=()))] == ["programme-day"]


def test_rooms_motifs_zones_and_keys_are_looked_up() -> None:
    rooms = (replace(ROOMS[0], motif="archs"), ROOMS[1])
    found = list(proofread_programme(book(*GOOD, rooms=rooms), MOTIFS))
    assert [(each.code, each.remedy) for each in found] == [("motif-unknown", "Did you mean 'arches'?")]
    unused = (*ROOMS, Room(key="attic", name="Attic", place=Place(file="p", line=4)))
    assert [each.code for each in proofread_programme(book(*GOOD, rooms=unused), MOTIFS)] == ["field-unused"]
    assert [each.code for each in told(book(*GOOD, timezone="Europe/Zürich"))] == ["value-type"]
    assert told(book(*GOOD, timezone="Europe/Zurich")) == []
    made = book(*GOOD)
    section = made.sections[0]
    taken = replace(made, sections=(replace(section, key="programme"),))
    assert [each.code for each in told(taken)] == ["name-duplicate"]


def test_words_of_the_tool_s_own_in_english_are_told_in_a_language_that_has_none() -> None:
    assert [each.code for each in told(replace(book(*GOOD), language="et"))] == ["words-english"]
    assert told(replace(book(*GOOD), language="de")) == []
