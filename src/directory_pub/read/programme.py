"""Read the programme that edition.yaml names: a file of YAML, or a table with one row a session."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from directory_pub.edition.model import Section
from directory_pub.edition.programme import ALL_ROOMS, BREAK, Day, Named, Programme, Room, Session
from directory_pub.edition.programme_words import ENGLISH_PROGRAMME, programme_words
from directory_pub.edition.spelling import did_you_mean, is_slip
from directory_pub.edition.yaml_source import Fields, Node
from directory_pub.findings import Place, note
from directory_pub.read.files import KEY, find_file
from directory_pub.read.programme_forms import PROGRAMME_FIELD, PROGRAMME_FILE
from directory_pub.read.programme_table import read_programme_table
from directory_pub.read.sources import Sources
from directory_pub.read.table_file import is_table
from directory_pub.storage.enclosure import list_files

__all__ = ["read_programme"]

_ENDINGS = (".yaml", ".yml", ".xlsx", ".ods", ".csv")
_PARTS = re.compile(r"(\d+):(\d+)(?::00)?(?: ?([AaPp])[Mm])?")
_NOON = 12


def read_programme(f: Fields, sources: Sources, sections: Sequence[Section]) -> Programme | None:
    """The programme of an edition, whose sessions name entries of its ``sections``; None where it has none."""
    node = f.node(PROGRAMME_FIELD.name)
    if node is None:
        return None
    about = f.fields(PROGRAMME_FIELD.name) if isinstance(node.value, dict) else None
    file = about.text("file") if about else f.text(PROGRAMME_FIELD.name)
    source = Node(file, about.places()["file"] if about else node.place) if file else None
    sheet = about.node("sheet") if about and about.text("sheet") else None
    programme = _read(source, sheet, about, sources, sections) if source else None
    if about:
        for name in () if programme else ("title", "timezone", "rooms"):
            about.node(name)
        about.close()
    return programme


def _read(
    source: Node, sheet: Node | None, about: Fields | None, sources: Sources, sections: Sequence[Section]
) -> Programme | None:
    name = str(source.value)
    path = find_file(sources.folder, *PurePath(name).parts)
    if not os.path.lexists(path):
        there = [each.name for each in list_files(sources.folder, sources.folder, ending=_ENDINGS)]
        remedy = did_you_mean(name, there, "Put it beside edition.yaml, or mend its name.")
        sources.complain("file-missing", source.place, f"'{name}' is not there.", remedy)
        return None
    root = read_programme_table(path, sheet, sources) if is_table(name) else _document(path, sources)
    if root is None:
        return None
    own = Fields(root, Place(file=sources.name(path)), sources.findings, PROGRAMME_FILE)
    return _Reading(own, about, sources, sections, makes_rooms=is_table(name)).programme()


def _document(path: Path, sources: Sources) -> Node | None:
    text = sources.text(path)
    if text is None:
        return None
    before = len(sources.findings)
    node = sources.document(text, path)
    if node is None and len(sources.findings) == before:
        remedy = "Write its rooms and days, or take 'programme' out of edition.yaml."
        sources.complain("key-missing", Place(file=sources.name(path)), "is empty.", remedy)
    return node


class _Reading:
    """One programme: its own fields, and what edition.yaml says ``about`` it."""

    def __init__(
        self, own: Fields, about: Fields | None, sources: Sources, sections: Sequence[Section], *, makes_rooms: bool
    ) -> None:
        self._own = own
        self._about = about
        self._sources = sources
        self._names = {e.key: " ".join(e.name.split()) for section in sections for e in section.entries}
        self._makes_rooms = makes_rooms
        self._rooms: dict[str, Room] = {}
        self._elsewhere: dict[str, Room] = {}

    def programme(self) -> Programme:
        words = programme_words(self._sources.language) or ENGLISH_PROGRAMME
        both = [each for each in (self._about, self._own) if each]
        titles = [title for each in both if (title := each.text("title"))]
        zones = [(zone, each.places()["timezone"]) for each in both if (zone := each.text("timezone"))]
        for each in both:
            for key, row in each.table("rooms").items():
                self._rooms.setdefault(key, _room(key, row))
        self._makes_rooms = self._makes_rooms and not self._rooms
        days = self._days()
        self._own.close()
        return Programme(
            title=titles[0] if titles else words.programme,
            place=self._own.place,
            rooms=tuple(self._rooms.values()),
            elsewhere=tuple(self._elsewhere.values()),
            days=tuple(days),
            timezone=zones[0][0] if zones else None,
            timezone_place=zones[0][1] if zones else None,
        )

    def _days(self) -> list[Day]:
        days: dict[str, Day] = {}
        for row in self._own.rows("days"):
            date, title = row.text("date"), row.text("title") or ""
            sessions = tuple(filter(None, map(self._session, row.rows("sessions"))))
            row.close()
            place = row.places().get("date", row.place)
            if date and date in days:
                message = f"{date} is the day of {days[date].place}, too."
                row.complain("programme-day", place, message, "Put the sessions of a day together.")
            elif date:
                days[date] = Day(date=date, title=title, place=place, sessions=sessions)
        return list(days.values())

    def _session(self, row: Fields) -> Session | None:
        start, end, title = row.text("start"), row.text("end"), row.text("title")
        kind, text = row.text("kind") or "", row.text("text") or ""
        places = row.places()
        rooms = [(node.place, str(node.value).strip()) for node in row.nodes("rooms", of=str)]
        speakers = [self._named(node) for node in row.nodes("speakers", of=str)]
        chair, entries = row.text("chair"), [self._entry(node) for node in row.nodes("entries", of=str)]
        key_of = self._break_key if kind == BREAK else self._room_key
        known = [key for place, name in rooms if name != ALL_ROOMS and (key := key_of(name, place))]
        session = None
        if start and end and title:
            session = Session(
                title=title,
                place=places["title"],
                start=_minute(start),
                end=_minute(end),
                rooms=tuple(dict.fromkeys(known)),
                in_all=any(name == ALL_ROOMS for _, name in rooms),
                kind=kind,
                speakers=tuple(speakers),
                chair=self._named(Node(chair, places["chair"])) if chair else None,
                entries=tuple(filter(None, entries)),
                text=text,
                places=places,
            )
        row.close()
        return session

    def _known_room(self, name: str) -> str | None:
        """The key of a room by its key or its name."""
        if name in self._rooms:
            return name
        return {room.name.casefold(): room.key for room in self._rooms.values()}.get(name.casefold())

    def _break_key(self, name: str, place: Place) -> str | None:
        """Where a break is: a room, or any other place, which is printed as it is called and is no column.

        What is a room's name but for a slip is told of, and printed all the same.
        """
        if (key := self._known_room(name)) or not name:
            return key
        meant = next(
            (each for room in self._rooms.values() for each in (room.key, room.name) if is_slip(name, each)), ""
        )
        if meant:
            message = f"'{name}' is no room, and nearly '{meant}': it is printed as it stands."
            remedy = f"Did you mean '{meant}'? A break may also be in a place that is no room."
            self._sources.findings.append(note("room-unknown", place, message, remedy))
        called = " ".join(name.split())
        made = Room(key=f"place {called}", name=called, place=place)
        return self._elsewhere.setdefault(made.key, made).key

    def _room_key(self, name: str, place: Place) -> str | None:
        """The key of a room; of a table without rooms one is made of what it is called."""
        if key := self._known_room(name):
            return key
        if self._makes_rooms:
            key = f"room-{len(self._rooms) + 1}"
            self._rooms[key] = Room(key=key, name=name, place=place)
            return key
        remedy = did_you_mean(name, (*self._rooms, ALL_ROOMS), f"Add '{name}' to 'rooms', with a name.")
        self._sources.complain("room-unknown", place, f"'{name}' is no room of the programme.", remedy)
        return None

    def _named(self, node: Node) -> Named:
        """A person by the key of an entry, or by a name; what looks like a key is one."""
        written = str(node.value).strip()
        if written in self._names:
            return Named(name=self._names[written], place=node.place, key=written)
        if KEY.fullmatch(written) and ("-" in written or did_you_mean(written, self._names, "")):
            remedy = did_you_mean(written, self._names, "Write the key of an entry, or the name as it is printed.")
            self._sources.complain("reference-broken", node.place, f"'{written}' is no entry's key.", remedy)
        return Named(name=written, place=node.place)

    def _entry(self, node: Node) -> Named | None:
        written = str(node.value).strip()
        if written in self._names:
            return Named(name=self._names[written], place=node.place, key=written)
        keys: Mapping[str, str] = {name: key for key, name in self._names.items()}
        known = f"Did you mean '{keys[written]}'?" if written in keys else ""
        remedy = known or did_you_mean(written, self._names, "Name the key of an entry.")
        self._sources.complain("reference-broken", node.place, f"'{written}' is no entry's key.", remedy)
        return None


def _room(key: str, row: Fields) -> Room:
    places = row.places()
    room = Room(
        key=key,
        name=row.text("name") or key,
        place=row.place,
        motif=row.text("motif"),
        motif_place=places.get("motif"),
    )
    row.close()
    return room


def _minute(clock: str) -> int:
    """The minute of the day that a clock shows."""
    found = _PARTS.fullmatch(clock)
    assert found is not None, clock
    hour, minute = int(found[1]), int(found[2])
    if found[3]:
        hour = hour % _NOON + (_NOON if found[3].lower() == "p" else 0)
    return 60 * hour + minute
