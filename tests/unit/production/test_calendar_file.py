"""The calendar file, read by a reader of its own that takes nothing that RFC 5545 does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from directory_pub.edition.model import Edition
from directory_pub.production.calendar_file import programme_ics
from directory_pub.read import read_edition
from programme_book import PROGRAMME, write_programme
from project import ROOT

_LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)", re.DOTALL)
_VALUE = re.compile(r"(?:[^\\;,\n]|\\[\\;,nN])*")
_TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "X-WR-CALNAME")


def lines(content: bytes) -> Iterator[tuple[str, str, str]]:
    """The unfolded lines of a file: name, parameters, value."""
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    for each in physical:
        assert len(each) <= 75
        assert not {b"\n", b"\r"} & {each[at : at + 1] for at in range(len(each))}
        each.decode()  # no character is parted
    for line in b"\r\n".join(physical).replace(b"\r\n ", b"").decode().split("\r\n"):
        match = _LINE.fullmatch(line)
        assert match, line
        if match[1] in _TEXTS:
            assert _VALUE.fullmatch(match[3]), line
        yield match[1], match[2], match[3]


def events(content: bytes) -> list[dict[str, str]]:
    """Its events; all components are closed in their order, and each event has what it must have."""
    found: list[dict[str, str]] = []
    stack: list[str] = []
    for name, parameters, value in lines(content):
        if name == "BEGIN":
            stack.append(value)
            found += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] == "VEVENT":
            assert name not in found[-1], name
            found[-1][name] = value
            found[-1][f"{name} of"] = parameters
    assert stack == []
    assert all({"UID", "DTSTAMP", "DTSTART"} <= each.keys() for each in found)
    assert len({each["UID"] for each in found}) == len(found)
    return found


def written(folder: Path, programme: str = PROGRAMME) -> Edition:
    edition, findings = read_edition(write_programme(folder, programme=programme), ROOT)
    assert edition is not None, findings
    return edition


def test_each_session_is_an_event_with_its_hours_place_and_people(tmp_path: Path) -> None:
    edition = written(tmp_path)
    found = events(programme_ics(edition))
    assert edition.programme is not None
    assert [each["SUMMARY"].replace("\\", "") for each in found[:3]] == [
        "Doors, badges and coffee",
        "The square that nobody owns",
        "Coffee",
    ]
    assert len(found) == len(list(edition.programme.sessions))
    keynote = found[1]
    assert (keynote["DTSTART of"], keynote["DTSTART"], keynote["DTEND"]) == (
        ";TZID=Europe/Zurich",
        "20310603T093000",
        "20310603T110000",
    )
    assert keynote["LOCATION"] == "Harbour"
    assert keynote["DESCRIPTION"].startswith("Amara Oduyelle\\nChair: Ilse Brandvold\\nOpening lecture. ")
    assert keynote["CATEGORIES"] == "Keynote"
    tram = next(each for each in found if each["SUMMARY"].startswith("Who may sell"))
    assert tram["DESCRIPTION"].endswith("In français\\, interpreted.")


def test_the_clocks_of_its_time_zone_are_told(tmp_path: Path) -> None:
    told = [f"{name}:{value}" for name, _, value in lines(programme_ics(written(tmp_path)))]
    at = told.index("BEGIN:VTIMEZONE")
    assert told[at : at + 7] == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Zurich",
        "BEGIN:DAYLIGHT",
        "DTSTART:20310330T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
    ]


def test_without_a_time_zone_times_are_those_of_any_clock_and_midnight_is_the_next_day(tmp_path: Path) -> None:
    programme = PROGRAMME.replace("timezone: Europe/Zurich\n", "").replace('end: "22:00"', 'end: "24:00"')
    found = events(programme_ics(written(tmp_path, programme)))
    supper = next(each for each in found if each["SUMMARY"].startswith("Supper"))
    assert (supper["DTSTART of"], supper["DTSTART"], supper["DTEND"]) == ("", "20310603T190000", "20310604T000000")


def test_it_is_the_same_in_every_build_and_an_edited_text_leaves_names_as_they_are(tmp_path: Path) -> None:
    first, again = (programme_ics(written(tmp_path / name)) for name in ("one", "two"))
    assert first == again
    edited = programme_ics(written(tmp_path / "three", PROGRAMME.replace("Bring boots.", "Bring boots, and a spade.")))
    assert edited != first
    assert [each["UID"] for each in events(edited)] == [each["UID"] for each in events(first)]


def test_a_long_line_is_folded_between_characters(tmp_path: Path) -> None:
    title = "Brücken über Flüsse; Treppen, die nirgends hinführen \\ und größere Plätze, größere Bänke"
    programme = PROGRAMME.replace("title: Planting what engineers leave over", f"title: '{title}'")
    found = events(programme_ics(written(tmp_path, programme)))
    told = [re.sub(r"\\(.)", r"\1", each["SUMMARY"]) for each in found]
    assert title in told


def test_an_edition_without_a_programme_has_none() -> None:
    edition, _ = read_edition(ROOT / "content" / "2020", ROOT)
    assert edition is not None
    assert programme_ics(edition) == b""
