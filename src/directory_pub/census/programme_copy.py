"""What must be printed of a programme, session by session, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.census.expected import Copy, letters, text_copy
from directory_pub.design.grid import Grid
from directory_pub.design.programme_grid import ProgrammeGrid
from directory_pub.edition.dates import print_day, print_time
from directory_pub.edition.day_strip import strip_hour, strip_hours, strip_rooms
from directory_pub.edition.model import Edition
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
)
from directory_pub.edition.programme_words import ENGLISH_PROGRAMME, ProgrammeWords, programme_words
from directory_pub.findings import Place

__all__ = ["DayCopy", "expected_aloud", "place_of_day"]


class DayCopy(Struct, frozen=True):
    """The words of one day; ``folios`` are those of the entries that it names, by key."""

    edition: Edition
    grid: Grid
    day: Day
    folios: Mapping[str, str]

    @property
    def programme(self) -> Programme:
        """The programme that the day is of."""
        assert self.edition.programme is not None
        return self.edition.programme

    @property
    def columns(self) -> tuple[Room, ...]:
        """The rooms that are columns; none where the day is a list."""
        rooms = columns_of(self.day, self.programme.rooms)
        return rooms if ProgrammeGrid(self.grid, len(rooms)).is_table else ()

    @property
    def rows(self) -> list[DayRow]:
        """The rows of its pages."""
        arrange = arrange_table if self.columns else arrange_list
        return arrange(self.day, self.programme.rooms)

    @property
    def words(self) -> ProgrammeWords:
        """The tool's own words."""
        return programme_words(self.edition.language) or ENGLISH_PROGRAMME

    # ---------------------------------------------------------------- above the rows
    def part(self) -> list[Copy]:
        """What the pages' heads say."""
        return list(text_copy(self.programme.title, self.programme.place, heading=1))

    def title(self) -> list[Copy]:
        """The day's title, its weekday and date."""
        told = "".join(print_day(self.day.date, self.edition.language))
        return list(text_copy(f"{self.day.title} {told}", self.day.place, heading=2))

    def strip(self) -> list[Copy]:
        """The hours of the strip, if the day has one."""
        if self.grid.mm("strip-lane") <= 0 or not strip_rooms(self.day, self.programme.rooms):
            return []
        hours = [strip_hour(hour, self.edition.language) for hour in strip_hours(self.day)]
        return list(text_copy(" ".join(hours), self.day.place))

    def heads(self) -> list[list[Copy]]:
        """The names above the columns."""
        return [list(text_copy(room.name, room.place)) for room in self.columns]

    # ---------------------------------------------------------------- rows
    def time(self, row: DayRow) -> list[Copy]:
        """The hours of a row."""
        start, end = self._clock(row.start), self._clock(row.end)
        place = row.session.place_of("start")
        if row.kind == "break" and self.columns:
            return list(text_copy(start, place))
        return list(text_copy(f"{start} {end}" if self.columns else f"{start} – {end}", place))

    def label(self, row: DayRow, session: Session) -> list[Copy]:
        """What stands above the title, or below the hours: room and kind, or kind and end."""
        if row.kind == "rooms":
            until = [self._until(session)] if row.ends_otherwise(session) else []
            return list(
                text_copy(" · ".join([each for each in (session.kind,) if each] + until), session.place_of("kind"))
            )
        if row.kind == "break":
            return []
        rooms = [replace(copy, bold=True) for copy in self.where(session)]
        return [*rooms, *text_copy(session.kind, session.place_of("kind"))]

    def where(self, session: Session) -> list[Copy]:
        """The rooms of a session."""
        names = [self.programme.room(key).name for key in session.rooms]
        told = self.words.all_rooms if session.in_all else ", ".join(names)
        return list(text_copy(told, session.place_of("rooms")))

    def text(self, row: DayRow, session: Session) -> list[Copy]:
        """Title and text, and what the session refers to; in a column and a list the people stand between."""
        title = [replace(each, bold=True) for each in text_copy(session.title, session.place)]
        if row.kind == "break" and self.columns and not row.is_followed:
            title += text_copy(self._until(session), session.place_of("end"))
        text = list(text_copy(session.text, session.place_of("text")))
        entries = [self._named(each) for each in session.entries]
        told = _joined(entries, ",") if row.kind == "listed" else [copy for each in entries for copy in each]
        match row.kind:
            case "across":
                return [*title, *text, *told]
            case "listed":
                return [*title, *text, *self.people(row, session), *told]
            case _:
                return [*title, *self.people(row, session), *text, *told]

    def people(self, row: DayRow, session: Session) -> list[Copy]:
        """Who speaks, and who is in the chair."""
        speakers = [self._named(each) for each in session.speakers]
        chair: list[Copy] = []
        if session.chair:
            label = text_copy(f"{self.words.chair}:", session.place_of("chair"))
            chair = [*(replace(each, italic=True) for each in label), *self._named(session.chair)]
        if row.kind != "listed":
            return [*(copy for each in speakers for copy in each), *chair]
        told = _joined(speakers, ",")
        return [*(_ended(told, ";") if chair else told), *chair]

    def aloud(self, row: DayRow) -> Iterator[Copy]:
        """A row as it is read: the hours, then session by session."""
        yield from self.time(row)
        for session, _, _ in row.cells:
            yield from self.label(row, session)
            yield from self.text(row, session)
            if row.kind == "across":
                yield from self.people(row, session)
            elif row.kind == "break":
                yield from self.where(session)

    def _named(self, each: Named) -> list[Copy]:
        if each.key is None:
            return list(text_copy(each.name, each.place))
        links = frozenset((f"#{each.key}",))
        words = [replace(copy, links=links) for copy in text_copy(each.name, each.place)]
        if self.edition.press_references == "page":
            words.append(Copy(letters(self.folios.get(each.key, "?")), each.place, bold=True, links=links))
        return words

    def _clock(self, minute: int) -> str:
        return print_time(minute, self.edition.language)

    def _until(self, session: Session) -> str:
        return self.words.until.format(self._clock(session.end))


def _ended(words: Sequence[Copy], sign: str) -> list[Copy]:
    """Words with a sign behind the last."""
    return [*words[:-1], replace(words[-1], text=words[-1].text + sign)] if words else []


def _joined(parts: Sequence[Sequence[Copy]], sign: str) -> list[Copy]:
    """Some words one after another, with a sign between two."""
    return [
        copy for number, part in enumerate(parts) for copy in (_ended(part, sign) if number < len(parts) - 1 else part)
    ]


def expected_aloud(
    edition: Edition, grid: Grid, day: Day, starts: Sequence[int], folios: Mapping[str, str]
) -> Iterator[Copy]:
    """What is read aloud of a day: its title once, the heads of its rooms on each page, and row by row."""
    told = DayCopy(edition, grid, day, folios)
    rows = told.rows
    if told.programme.days[0].key == day.key:
        yield from told.part()
    yield from told.title()
    for first, end in zip(starts, (*starts[1:], len(rows)), strict=True):
        yield from (copy for head in told.heads() for copy in head)
        for row in rows[first:end]:
            yield from told.aloud(row)


def place_of_day(edition: Edition, key: str) -> Place:
    """Where a day was written."""
    assert edition.programme is not None
    return edition.programme.day(key).place
