"""A programme as it is read from YAML and from tables, and what is told of one that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from directory_pub.edition.programme import (
    Day,
    DayRow,
    Programme,
    Room,
    arrange_list,
    arrange_table,
    without_places,
)
from directory_pub.findings import Finding, Place
from directory_pub.read import read_edition
from project import ROOT
from small_book import write_small

DAY = """\
rooms:
  hall: {name: Great Hall, motif: arches}
  loft: {name: Loft}
days:
  - date: 2031-06-03
    title: Opening
    sessions:
"""
SESSION = (
    '      - {start: "9:00", end: "10:30", title: Bridges, rooms: [hall], speakers: [quay, Ada Brandt], chair: mole,'
)
SESSION += " kind: Keynote, entries: [mole], text: On bridges.}\n"


def read(
    folder: Path, text: str | bytes, name: str = "programme.yaml", field: str = ""
) -> tuple[Programme | None, list[Finding]]:
    write_small(folder, {"quay": "Text.", "mole": "Text."}, more=f"programme: {field or name}\n")
    path = folder / name
    path.write_bytes(text) if isinstance(text, bytes) else path.write_text(text, "utf-8")
    edition, findings = read_edition(folder, ROOT)
    assert edition is not None
    return edition.programme, findings


def of_session(folder: Path, **fields: str) -> list[Finding]:
    """What is told of a session that has these fields, as they are written, besides what it must have."""
    usual = {"start": '"9:00"', "end": '"10:00"', "title": "Bridges", "rooms": "[hall, loft]"}
    row = ", ".join(f"{name}: {value}" for name, value in (usual | fields).items() if value)
    return read(folder, f"{DAY}      - {{{row}}}\n")[1]


def test_every_field_is_read_with_its_place(tmp_path: Path) -> None:
    programme, findings = read(tmp_path, DAY + SESSION)
    assert findings == []
    assert programme is not None
    assert (programme.title, [(room.key, room.name, room.motif) for room in programme.rooms]) == (
        "Programme",
        [("hall", "Great Hall", "arches"), ("loft", "Loft", None)],
    )
    (day,) = programme.days
    (session,) = day.sessions
    assert (day.date, day.title, session.start, session.end) == ("2031-06-03", "Opening", 540, 630)
    assert [(each.name, each.key) for each in session.people] == [
        ("Quay", "quay"),
        ("Ada Brandt", None),
        ("Mole", "mole"),
    ]
    assert [(each.name, each.key) for each in session.entries] == [("Mole", "mole")]
    assert (session.rooms, session.kind, session.text) == (("hall",), "Keynote", "On bridges.")
    assert (session.place.file.endswith("programme.yaml"), session.place.line) == (True, 8)


def test_a_room_may_be_called_by_its_name_and_all_of_them_by_a_word(tmp_path: Path) -> None:
    rows = '      - {start: "9:00", end: "10:00", title: A, rooms: great hall}\n'
    rows += '      - {start: "10:00", end: "11:00", title: B, rooms: all}\n'
    programme, findings = read(tmp_path, DAY + rows)
    assert findings == []
    assert programme is not None
    assert [(each.rooms, each.in_all) for each in programme.sessions] == [(("hall",), False), ((), True)]


@pytest.mark.parametrize(
    ("written", "minute"),
    [
        ("9:30", 570),
        ("09:30", 570),
        ("0:05", 5),
        ("24:00", 1440),
        ("9:30 AM", 570),
        ("12:15 am", 15),
        ("2:00PM", 840),
        ("9:30:00", 570),
    ],
)
def test_a_time_of_the_day(tmp_path: Path, written: str, minute: int) -> None:
    programme, findings = read(tmp_path, f'{DAY}      - {{start: "{written}", end: "24:00", title: A}}\n')
    assert findings == []
    assert programme is not None
    assert next(programme.sessions).start == minute


@pytest.mark.parametrize("written", ["9h30", "24:30", "9.30", "9", "nine", "9:60", "-1:00", "9:3", "25:00", "[9, 30]"])
def test_what_is_no_time_is_told_with_how_to_write_one(tmp_path: Path, written: str) -> None:
    findings = of_session(tmp_path, start=written if written[0] == "[" else f'"{written}"')
    assert [finding.code for finding in findings] == ["value-type"]
    assert findings[0].place.line == 8
    assert written[0] == "[" or "14:00" in findings[0].remedy


@pytest.mark.parametrize(
    ("fields", "code", "told"),
    [
        ({"rooms": "[hal]"}, "room-unknown", "Did you mean 'hall'?"),
        ({"rooms": "[cellar]"}, "room-unknown", "Add 'cellar' to 'rooms'"),
        ({"speakers": "[qay]"}, "reference-broken", "Did you mean 'quay'?"),
        ({"speakers": "[maren-fjelldal]"}, "reference-broken", "Write the key of an entry"),
        ({"chair": "maren-fjelldal"}, "reference-broken", "Write the key of an entry"),
        ({"entries": "[Quay]"}, "reference-broken", "Did you mean 'quay'?"),
        ({"title": ""}, "key-missing", "title"),
        ({"end": ""}, "key-missing", "end"),
        ({"spaekers": "[quay]"}, "key-unknown", "Did you mean 'speakers'?"),
        ({"text": "[a, b]"}, "value-type", "Write one value"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, fields: dict[str, str], code: str, told: str) -> None:
    findings = of_session(tmp_path, **fields)
    assert [finding.code for finding in findings] == [code], findings
    assert told in findings[0].remedy
    assert findings[0].place.line in (7, 8)


def test_a_day_that_stands_twice_is_told_and_its_first_is_kept(tmp_path: Path) -> None:
    programme, findings = read(tmp_path, DAY + SESSION + "  - {date: 2031-06-03, sessions: []}\n")
    assert [(finding.code, finding.place.line) for finding in findings] == [("programme-day", 9)]
    assert programme is not None
    assert len(programme.days) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "key-missing"),
        ("[]", "value-type"),
        ("days: 7", "value-type"),
        ("{", "yaml-syntax"),
        ("dais: []", "key-unknown"),
    ],
)
def test_a_file_that_is_no_programme_is_told_of(tmp_path: Path, text: str, code: str) -> None:
    assert [finding.code for finding in read(tmp_path, text)[1]][:1] == [code]


@pytest.mark.parametrize("field", ["program.yaml", "programme.pdf", "{title: x}", "{file: programm.yaml}", "../x.yaml"])
def test_a_programme_that_is_not_there_is_told_at_edition_yaml(tmp_path: Path, field: str) -> None:
    _, findings = read(tmp_path / "edition", DAY + SESSION, field=field)
    told = [finding for finding in findings if finding.place.file.endswith("edition.yaml")]
    assert len(told) == 1, findings
    assert told[0].code in ("file-missing", "value-type", "key-missing")


def test_edition_yaml_may_say_what_it_is_called(tmp_path: Path) -> None:
    programme, findings = read(
        tmp_path, DAY + SESSION, field="{file: programme.yaml, title: Three Days, timezone: Europe/Oslo}"
    )
    assert findings == []
    assert programme is not None
    assert (programme.title, programme.timezone) == ("Three Days", "Europe/Oslo")


# -------------------------------------------------------------------- tables
HEADS = "Day,Start,End,Title,Room,Speakers,Chair,Kind,Entries,Text\n"
ROWS = "2031-06-03,9:00,10:30,Bridges,Great Hall,quay; Ada Brandt,mole,Keynote,mole,On bridges.\n,10:30,11:00,Coffee,,,,break,,\n"


def test_a_table_is_a_programme_like_any_other(tmp_path: Path) -> None:
    rooms = "{file: programme.csv, rooms: {hall: {name: Great Hall, motif: arches}, loft: {name: Loft}}}"
    table, findings = read(tmp_path / "table", HEADS + ROWS, "programme.csv", rooms)
    assert findings == []
    coffee = '      - {start: "10:30", end: "11:00", title: Coffee, kind: break}\n'
    sheet, _ = read(tmp_path / "sheet", DAY.replace("    title: Opening\n", "") + SESSION + coffee)
    assert without_places(table) == without_places(sheet)
    assert table is not None
    assert (table.days[0].sessions[0].place.line, table.days[0].sessions[1].place.line) == (2, 3)


def test_a_table_without_rooms_has_those_that_its_cells_name(tmp_path: Path) -> None:
    programme, findings = read(tmp_path, HEADS + ROWS, "programme.csv")
    assert findings == []
    assert programme is not None
    assert [(room.key, room.name) for room in programme.rooms] == [("room-1", "Great Hall")]


def test_a_workbook_s_days_and_times_are_read_as_it_shows_them(tmp_path: Path) -> None:
    import datetime
    import io

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Day", "Start", "End", "Title", "Room"])
    sheet.append([datetime.date(2031, 6, 3), datetime.time(9, 0), datetime.time(10, 30), "Bridges", "Loft"])
    out = io.BytesIO()
    book.save(out)
    programme, findings = read(tmp_path, out.getvalue(), "programme.xlsx")
    assert findings == []
    assert programme is not None
    (session,) = programme.days[0].sessions
    assert (programme.days[0].date, session.start, session.end) == ("2031-06-03", 540, 630)
    assert session.place.cell == "Sheet!D2"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "table-unreadable", None),
        ("Day,Start,Title\n2031-06-03,9:00,A\n", "table-column", 1),
        ("Day,Start,End,Title,Title\n2031-06-03,9:00,10:00,A,B\n", "table-column", 1),
        ("Day,Start,End,Title,Colour\n2031-06-03,9:00,10:00,A,red\n", "table-unread", 1),
        ("Day,Start,End,Title\n3 June,9:00,10:00,A\n", "value-type", 2),
        ("Day,Start,End,Title\n2031-06-03,9h,10:00,A\n", "value-type", 2),
        ("Day,Start,End,Title\n2031-06-03,9:00,10:00,\n", "key-missing", 2),
    ],
)
def test_what_a_table_cannot_say_is_told_at_its_row(tmp_path: Path, text: str, code: str, line: int | None) -> None:
    findings = read(tmp_path, text, "programme.csv")[1]
    assert [(finding.code, finding.place.line) for finding in findings] == [(code, line)]


# -------------------------------------------------------------------- its place in the book
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("programme: programme.yaml\npages: [contents, towns, programme]\n", []),
        ("programme: programme.yaml\npages: [contents, towns]\n", ["entry-unlisted"]),
        ("pages: [contents, towns, programme]\n", ["file-missing"]),
        ("programme: programme.yaml\npages: [programme, contents, programme, towns]\n", ["entry-repeated"]),
    ],
)
def test_it_stands_where_pages_says(tmp_path: Path, more: str, told: list[str]) -> None:
    write_small(tmp_path, {"quay": "Text.", "mole": "Text."}, more=more)
    (tmp_path / "programme.yaml").write_text(DAY + SESSION, "utf-8")
    edition, findings = read_edition(tmp_path, ROOT)
    assert edition is not None
    assert [each.code for each in findings if each.severity == "error"] == told
    if not told:
        assert [part.kind for part in edition.order] == ["contents", "section", "programme"]


def test_without_pages_it_stands_behind_the_contents(tmp_path: Path) -> None:
    write_small(tmp_path, {"quay": "Text.", "mole": "Text."}, more="programme: programme.yaml\n")
    (tmp_path / "programme.yaml").write_text(DAY + SESSION, "utf-8")
    edition, _ = read_edition(tmp_path, ROOT)
    assert edition is not None
    assert [part.kind for part in edition.order] == ["contents", "programme", "section"]


def a_break(folder: Path, rooms: str, kind: str = "break") -> tuple[tuple[str, ...], list[Finding]]:
    """Where a break in these rooms is printed, and what is told of it."""
    row = f'      - {{start: "9:00", end: "10:00", title: Lunch, kind: {kind}, rooms: {rooms}}}\n'
    programme, findings = read(folder, DAY + row)
    assert programme is not None
    (session,) = programme.sessions
    return tuple(programme.room(key).name for key in session.rooms), findings


@pytest.mark.parametrize(
    "place", ["Foyer", "Great Hall and garden", "Quay, by the crane", "Great Hall bar", "Balcony", "Small Hall"]
)
def test_a_break_may_be_in_a_place_that_is_no_room(tmp_path: Path, place: str) -> None:
    assert a_break(tmp_path, f'["{place}"]') == ((place,), [])


def test_a_break_in_a_room_is_in_that_room(tmp_path: Path) -> None:
    assert a_break(tmp_path, "[hall, great hall, Foyer, Foyer]") == (("Great Hall", "Foyer"), [])


@pytest.mark.parametrize("place", ["Grate Hall", "GreatHall", "great-hall", "lofd", "Lofts"])
def test_a_place_that_is_a_room_but_for_a_slip_is_noted_and_printed(tmp_path: Path, place: str) -> None:
    names, findings = a_break(tmp_path, f"[{place}]")
    assert names == (place,)
    assert [(each.code, each.severity, each.place.line) for each in findings] == [("room-unknown", "note", 8)]
    assert "Did you mean" in findings[0].remedy


def test_a_session_that_is_no_break_stays_in_the_rooms(tmp_path: Path) -> None:
    names, findings = a_break(tmp_path, "[Foyer]", "Talk")
    assert names == ()
    assert [(each.code, each.severity) for each in findings] == [("room-unknown", "error")]


def test_a_session_of_a_table_keeps_all_its_rooms(tmp_path: Path) -> None:
    rows = "Day,Start,End,Title,Rooms\n2031-06-03,9:00,10:00,Bridges,Great Hall; Loft\n"
    programme, findings = read(tmp_path, rows, "programme.csv")
    assert [each for each in findings if each.severity == "error"] == []
    assert programme is not None
    names = {room.key: room.name for room in programme.rooms}
    assert [names[key] for key in programme.days[0].sessions[0].rooms] == ["Great Hall", "Loft"]


@pytest.mark.parametrize("arrange", [arrange_list, arrange_table])
def test_a_day_without_sessions_has_no_rows(arrange: Callable[[Day, Sequence[Room]], list[DayRow]]) -> None:
    day = Day(date="2031-06-03", place=Place(file="programme.yaml"), sessions=())
    assert arrange(day, ()) == []
