"""The programme of an event: its days with their sessions, and in which rows and columns these stand.

Who sets a day and who counts it read the same rows here; how high they are nobody says here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.findings import Place

__all__ = [
    "ALL_ROOMS",
    "BREAK",
    "PROGRAMME",
    "Day",
    "DayRow",
    "Named",
    "Programme",
    "Room",
    "Session",
    "arrange_list",
    "arrange_table",
    "columns_of",
    "day_key",
    "without_entries",
    "without_places",
]

PROGRAMME = "programme"
"""The programme's key in the book; each of its days has one that begins with it."""
ALL_ROOMS = "all"
"""What stands in the place of the rooms of a session that is in all of them."""
BREAK = "break"
"""The kind of session that parts the others: coffee, lunch, a walk."""

RowKind = Literal["break", "across", "rooms", "listed"]


class Room(Struct, frozen=True, kw_only=True):
    """A place where sessions are; its motif is its sign."""

    key: str
    name: str
    place: Place
    motif: str | None = None
    motif_place: Place | None = None


class Named(Struct, frozen=True, kw_only=True):
    """Who or what a session names: by the key of an entry of the book, whose name it then is, or by a name alone."""

    name: str
    place: Place
    key: str | None = None


class Session(Struct, frozen=True, kw_only=True):
    """What is on somewhere from one minute of the day (``start``) to another.

    ``rooms`` are keys; ``in_all`` where it is in every one.
    """

    title: str
    place: Place
    start: int
    end: int
    rooms: tuple[str, ...] = ()
    in_all: bool = False
    kind: str = ""
    speakers: tuple[Named, ...] = ()
    chair: Named | None = None
    entries: tuple[Named, ...] = ()
    text: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)

    def anchor(self, day: Day) -> str:
        """What it is called in the book."""
        rooms = "-".join(self.rooms) or ALL_ROOMS
        return f"{day.key}.{self.start}-{rooms}"

    @property
    def is_break(self) -> bool:
        """Whether it parts the others."""
        return self.kind == BREAK

    @property
    def people(self) -> tuple[Named, ...]:
        """Who speaks, and who is in the chair."""
        return (*self.speakers, *((self.chair,) if self.chair else ()))

    @property
    def named(self) -> tuple[Named, ...]:
        """All that it names."""
        return (*self.people, *self.entries)

    def overlaps(self, other: Session) -> bool:
        """Whether both are on at some minute."""
        return self.start < other.end and other.start < self.end

    def place_of(self, name: str) -> Place:
        """Where one of its fields was written."""
        return self.places.get(name, self.place)


class Day(Struct, frozen=True, kw_only=True):
    """A day of the programme: its date (2031-06-03), its sessions as they were written, a title of its own."""

    date: str
    place: Place
    sessions: tuple[Session, ...]
    title: str = ""

    @property
    def key(self) -> str:
        """What it is called in the book."""
        return day_key(self.date)


class Programme(Struct, frozen=True, kw_only=True):
    """The programme: rooms in the order of their columns, places where breaks are ``elsewhere``, days in that of the
    calendar.

    ``timezone`` is the place by which its clocks go, such as Europe/Zurich; without it they go by any.
    """

    title: str
    place: Place
    rooms: tuple[Room, ...] = ()
    elsewhere: tuple[Room, ...] = ()
    days: tuple[Day, ...] = ()
    timezone: str | None = None
    timezone_place: Place | None = None

    def room(self, key: str) -> Room:
        """A room, or a place where a break is, by its key."""
        return next(room for room in (*self.rooms, *self.elsewhere) if room.key == key)

    def day(self, key: str) -> Day:
        """A day by its key in the book."""
        return next(day for day in self.days if day.key == key)

    @property
    def sessions(self) -> Iterator[Session]:
        """All sessions, day by day."""
        for day in self.days:
            yield from day.sessions


def day_key(date: str) -> str:
    """What a day is called in the book."""
    return f"{PROGRAMME}-{date}"


def without_entries(programme: Programme, gone: Collection[str]) -> Programme:
    """A programme of which some entries are not shown.

    Persons whose entries they are keep their names, which are the programme's own, and lead nowhere; what a session
    refers to besides is left out.
    """

    def bare(each: Named) -> Named:
        return replace(each, key=None) if each.key in gone else each

    def left(session: Session) -> Session:
        if not any(each.key in gone for each in session.named):
            return session
        return replace(
            session,
            speakers=tuple(map(bare, session.speakers)),
            chair=bare(session.chair) if session.chair else None,
            entries=tuple(each for each in session.entries if each.key not in gone),
        )

    days = tuple(replace(day, sessions=tuple(map(left, day.sessions))) for day in programme.days)
    return programme if days == programme.days else replace(programme, days=days)


def without_places(part: Any) -> Any:
    """A part of a programme as plain values, without where it was written: a line that comes in above is no edit."""
    match part:
        case Place() | Mapping():
            return None
        case tuple():
            return tuple(map(without_places, part))
        case Struct():
            return tuple((name, without_places(getattr(part, name))) for name in part.__struct_fields__)
    return part


# -------------------------------------------------------------------- rows
class DayRow(Struct, frozen=True, kw_only=True):
    """Sessions that begin together, each in its columns, or one that goes across.

    ``cells`` are sessions with the first and last of their columns and the rows that each reaches over, this among
    them. ``end`` is the end that most of them have; one that ends otherwise says so. Of a row ``is_followed`` the end
    is the beginning of the next.
    """

    kind: RowKind
    start: int
    end: int
    cells: tuple[tuple[Session, range, int], ...]
    is_followed: bool = False

    @property
    def session(self) -> Session:
        """The session of a row that has one."""
        return self.cells[0][0]

    def ends_otherwise(self, session: Session) -> bool:
        """Whether a session ends at another time than the row says."""
        return session.end != self.end


def _in_order(day: Day, rooms: Sequence[Room]) -> list[Session]:
    """The sessions by their beginning; of those that begin together breaks come first, then room by room."""
    order = {room.key: number for number, room in enumerate(rooms)}
    return sorted(
        day.sessions,
        key=lambda each: (each.start, not each.is_break, min((order.get(key, -1) for key in each.rooms), default=-1)),
    )


def arrange_list(day: Day, rooms: Sequence[Room]) -> list[DayRow]:
    """A day as a list: a row for each session."""
    ordered = _in_order(day, rooms)
    return _followed(
        [
            DayRow(kind="break" if s.is_break else "listed", start=s.start, end=s.end, cells=((s, range(1), 1),))
            for s in ordered
        ]
    )


def columns_of(day: Day, rooms: Sequence[Room]) -> tuple[Room, ...]:
    """The rooms that are columns: those of sessions beside which there are others; none where a list does better.

    It does where one room is enough, and where a session has no column, or several that are not neighbours.
    """
    beside = [session for session in day.sessions if not session.is_break and _has_company(session, day)]
    used = {key for session in beside for key in session.rooms}
    columns = tuple(room for room in rooms if room.key in used)
    at = {room.key: number for number, room in enumerate(columns)}
    for session in beside:
        numbers = sorted(at[key] for key in session.rooms)
        if not numbers or numbers[-1] - numbers[0] + 1 != len(numbers):
            return ()
    return columns if len(columns) > 1 else ()


def _has_company(session: Session, day: Day) -> bool:
    """Whether a session that is not in all rooms has another beside it."""
    others = (each for each in day.sessions if each is not session and not each.is_break)
    return not session.in_all and any(session.overlaps(other) for other in others)


def arrange_table(day: Day, rooms: Sequence[Room]) -> list[DayRow]:
    """A day as a table: a row for each beginning; what goes on beside others reaches over their rows."""
    columns = columns_of(day, rooms)
    at = {room.key: number for number, room in enumerate(columns)}
    rows: list[tuple[RowKind, list[tuple[Session, range]]]] = []
    for session in _in_order(day, rooms):
        if session.is_break or not _has_company(session, day):
            rows.append(("break" if session.is_break else "across", [(session, range(len(columns)))]))
            continue
        numbers = [at[key] for key in session.rooms]
        own = range(min(numbers), max(numbers) + 1)
        last = rows[-1] if rows else None
        if last and last[0] == "rooms" and last[1][0][0].start == session.start and not _is_taken(last[1], own):
            last[1].append((session, own))
        else:
            rows.append(("rooms", [(session, own)]))
    return _followed([_row(rows, number) for number in range(len(rows))])


Cells = Sequence[tuple[Session, range]]


def _is_taken(cells: Cells, columns: range) -> bool:
    return any(set(own) & set(columns) for _, own in cells)


def _row(rows: Sequence[tuple[RowKind, Cells]], number: int) -> DayRow:
    kind, cells = rows[number]
    ends = [session.end for session, _ in cells]
    reached = tuple((session, own, _reach(rows, number, session, own)) for session, own in cells)
    return DayRow(
        kind=kind,
        start=cells[0][0].start,
        end=min(ends, key=lambda end: (-ends.count(end), end)),
        cells=tuple(sorted(reached, key=lambda cell: cell[1].start)),
    )


def _reach(rows: Sequence[tuple[RowKind, Cells]], number: int, session: Session, columns: range) -> int:
    """The rows that a session reaches over: those that begin before it ends, as far as its columns are free there."""
    reach = 1
    for kind, cells in rows[number + 1 :]:
        if kind != "rooms" or cells[0][0].start >= session.end or _is_taken(cells, columns):
            break
        reach += 1
    return reach


def _followed(rows: list[DayRow]) -> list[DayRow]:
    following = [*(row.start for row in rows[1:]), -1][: len(rows)]
    return [replace(row, is_followed=row.end == start) for row, start in zip(rows, following, strict=True)]
