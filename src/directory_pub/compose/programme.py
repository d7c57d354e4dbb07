"""The pages of a programme: the rows of each day in whole lines, page by page.

Heights are whole lines of the second grid, so that pages are filled by arithmetic, as those of listings are. A folio
takes the room of three figures whatever it is: what changes elsewhere in the book moves no line here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from directory_pub.compose.contact import split_runs
from directory_pub.compose.filling import Block
from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import Measure
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.design.programme_grid import ProgrammeGrid
from directory_pub.edition.dates import print_day, print_time
from directory_pub.edition.flatplan import PlannedDay
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
from directory_pub.edition.programme_words import ENGLISH_PROGRAMME, programme_words
from directory_pub.edition.text import Run
from directory_pub.findings import Finding, error

__all__ = ["ProgrammeBlock", "ProgrammeCell", "ProgrammeHead", "ProgrammePage", "ProgrammePages", "ProgrammeRow"]

_FOLIO = "000"
_SPACE = "\u00a0"
_AIR = 1  # lines above what is no break
_BAND_LINES = 2  # a break's band is higher by these than its words
_BIG_LEADING = 1.5  # of titles across and of times in a list
_HEAD_LINES, _BELOW_TITLE = 2, 1  # of the rooms above a table; units below the day's title
_WHERE = 0.3  # of the text's width, at the most: where a break is
_BOLDER = 1.08  # how much wider bold type is, at the most
_FEWEST_DOTS = 6  # lines for notes
_PART_DAY = 3  # a page is rather this part of it less full than it begins with no break
_RULE_GAP_MM = 1.3  # from a rule to the cap height below it


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeBlock:
    """Lines of one kind in a cell: from its top and left edge, in mm; a ``sign`` is the room whose motif is before them.

    ``key`` is what the lines are called in the book.
    """

    kind: str
    lines: tuple[Line, ...]
    top_mm: float
    left_mm: float = 0.0
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCell:
    """A session in its columns, or the place of none; ``left_mm`` is from the left edge of the text."""

    blocks: tuple[ProgrammeBlock, ...] = ()
    left_mm: float = 0.0
    width_mm: float = 0.0
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow:
    """Sessions that begin together: their hours and cells, from the top of the text."""

    kind: str
    top_mm: float
    height_mm: float
    rule_mm: float
    band_mm: float
    time: ProgrammeBlock
    cells: tuple[ProgrammeCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeHead:
    """The head of a room's column."""

    room: Room
    block: ProgrammeBlock
    left_mm: float
    width_mm: float
    sign_mm: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePage:
    """One page of a day; the first of the programme ``opens`` it, a later one of a day ``goes_on``.

    From ``dots_mm`` on, if it is not 0, there is room for notes.
    """

    day: Day
    part: str
    opens: bool
    goes_on: bool
    title: tuple[Line, ...]
    head: tuple[ProgrammeHead, ...]
    rows: tuple[ProgrammeRow, ...]
    part_mm: float
    columns: int
    dots_mm: float = 0.0


class ProgrammePages:
    """The pages of one edition's programme."""

    def __init__(self, edition: Edition, grid: Grid, library: FontLibrary, styles: Mapping[str, Measure]) -> None:
        self._edition = edition
        self._grid = grid
        self._library = library
        self._styles = styles
        self._words = programme_words(edition.language) or ENGLISH_PROGRAMME

    @property
    def _programme(self) -> Programme:
        assert self._edition.programme is not None
        return self._edition.programme

    # ---------------------------------------------------------------- pages
    def plan(self, day: Day) -> PlannedDay:
        """A day with the rows that its pages begin with."""
        starts, faults = self._starts(day)
        return PlannedDay(day=day, starts=tuple(starts), faults=tuple(faults))

    def _starts(self, day: Day) -> tuple[list[int], list[Finding]]:
        """The rows that pages begin with, and what no page holds."""
        made = _Day(self, day)
        groups = made.groups()
        breaks = [made.rows[group.start].kind == "break" for group in groups]
        starts = _page_starts([made.block(group) for group in groups], breaks, self._grid.list_lines - made.first_line)
        high = [(group, made.block(group).lines - self._grid.list_lines + made.first_line) for group in groups]
        faults = [self._overset(made.rows[group.start], lines) for group, lines in high if lines > 0]
        return [groups[start].start for start in starts], faults

    def _overset(self, row: DayRow, lines: int) -> Finding:
        over_mm = lines * self._grid.list_line_mm
        session = row.session
        message = f"what is on from here together is {over_mm:.0f} mm higher than a page."
        remedy = f"Shorten the texts by {over_mm:.0f} mm, or part the session: no page break goes through it."
        return error("words-overset", session.place, message, remedy)

    def pages(self, planned: PlannedDay, folios: Mapping[str, str]) -> list[ProgrammePage]:
        """The pages of a day with everything on them; ``folios`` are those that it names, by key."""
        made = _Day(self, planned.day)
        opens = self._programme.days[0] is planned.day or self._programme.days[0] == planned.day
        ends = (*planned.starts[1:], len(made.rows))
        return [
            ProgrammePage(
                day=planned.day,
                part=self._programme.title,
                opens=opens and number == 0,
                goes_on=number > 0,
                title=made.title,
                head=tuple(made.head()),
                rows=tuple(made.set_rows(range(first, end), folios)),
                part_mm=self._grid.mm("programme-time") + self._grid.mm("programme-gutter"),
                columns=max(len(made.columns), 1),
                dots_mm=made.dots_mm(range(first, end)),
            )
            for number, (first, end) in enumerate(zip(planned.starts, ends, strict=True))
        ]

    # ---------------------------------------------------------------- lines
    def set(self, runs: Iterable[Run], style: str, width_mm: float) -> tuple[Line, ...]:
        """Lines of a style in a width; those of a style that hangs are narrower but for the first."""
        measure = self._styles[style]
        return set_lines(tuple(runs), replace(measure, width_mm=width_mm + measure.first_mm), self._library)

    def title_runs(self, day: Day) -> list[Run]:
        """A day's title and date, the title or the weekday bold."""
        before, weekday, behind = print_day(day.date, self._edition.language)
        if day.title:
            date = Run(text=f" {before}{weekday}{behind}", line=0)
            return [*(replace(run, bold=True) for run in split_runs(day.title)), date]
        runs = [Run(text=before, line=0), Run(text=weekday, line=0, bold=True), Run(text=behind, line=0)]
        return [run for run in runs if run.text]

    def time(self, minute: int) -> str:
        return print_time(minute, self._edition.language)

    def until(self, minute: int) -> str:
        return self._words.until.format(self.time(minute)).replace(" ", _SPACE)

    def named(self, each: Named) -> list[Run]:
        """A name, where it is an entry's as a link with its page."""
        if each.key is None:
            return list(split_runs(each.name))
        href = f"#{each.key}"
        runs = [replace(run, href=href) for run in split_runs(each.name)]
        if self._edition.press_references == "page":
            runs += [Run(text=_SPACE, line=0, href=href), Run(text=_FOLIO, line=0, href=href, bold=True, folio_of=each.key)]
        return runs

    def chair(self, session: Session) -> list[Run]:
        """Who leads a session."""
        label = Run(text=f"{self._words.chair}: ", line=0, italic=True)
        return [label, *self.named(session.chair)] if session.chair else []

    def where(self, session: Session) -> str:
        """The rooms of a session in words."""
        if session.in_all:
            return self._words.all_rooms
        return ", ".join(self._programme.room(key).name for key in session.rooms)

    def width_mm(self, text: str, style: str) -> float:
        return self._styles[style].width_of(text, Run(text=text, line=0), self._library)

    @property
    def grid(self) -> Grid:
        return self._grid

    @property
    def rooms(self) -> Sequence[Room]:
        return self._programme.rooms


class _Day:
    """One day: its rows, and what stands in them."""

    def __init__(self, setter: ProgrammePages, day: Day) -> None:
        self._setter = setter
        self._day = day
        columns = columns_of(day, setter.rooms)
        self.columns = columns if ProgrammeGrid(setter.grid, len(columns)).is_table else ()
        self._grid = ProgrammeGrid(setter.grid, len(self.columns))
        arrange = arrange_table if self.columns else arrange_list
        self.rows = arrange(day, setter.rooms)
        self.title = setter.set(setter.title_runs(day), "programme-day", setter.grid.list_mm)
        self._heads = list(self._room_heads())
        self._cells = [[self._blocks(row, session, columns) for session, columns, _ in row.cells] for row in self.rows]
        self._heights = self._row_heights()

    # ---------------------------------------------------------------- heights, in lines
    @property
    def _title_lines(self) -> int:
        return 4 * math.ceil((2 * len(self.title) + _BELOW_TITLE) / 3)

    @property
    def _head_lines(self) -> int:
        """The room heads, and the air above the first row."""
        highest = max((len(each.block.lines) for each in self._heads), default=0)
        return max(highest, _HEAD_LINES) + _AIR if self.columns else 0

    @property
    def first_line(self) -> int:
        """The line below title and heads on which the first row begins."""
        return self._title_lines + self._head_lines

    def _row_heights(self) -> list[int]:
        """The lines of each row; what reaches over several adds what it lacks to the last of them."""
        heights = [2 if row.kind != "break" else 0 for row in self.rows]
        for at, row in enumerate(self.rows):
            for (_, _, reach), (_, lines) in zip(row.cells, self._cells[at], strict=True):
                if reach == 1:
                    heights[at] = max(heights[at], lines)
        for at, row in enumerate(self.rows):
            for (_, _, reach), (_, lines) in zip(row.cells, self._cells[at], strict=True):
                there = sum(heights[at : at + reach]) + _AIR * (reach - 1)
                heights[at + reach - 1] += max(lines - there, 0)
        return heights

    def _air(self, row: DayRow) -> int:
        return 0 if row.kind == "break" else _AIR

    def groups(self) -> list[range]:
        """The rows that stand together, for something reaches over them."""
        groups: list[range] = []
        at = 0
        while at < len(self.rows):
            end, number = at + 1, at
            while number < end:
                end = max(end, *(number + reach for _, _, reach in self.rows[number].cells))
                number += 1
            groups.append(range(at, end))
            at = end
        return groups

    def block(self, group: range) -> Block:
        """Some rows as what is never parted."""
        air = [self._air(self.rows[at]) for at in group]
        return Block(lines=sum(self._heights[at] for at in group) + sum(air[1:]), before=air[0])

    # ---------------------------------------------------------------- blocks
    def _blocks(self, row: DayRow, session: Session, columns: range) -> tuple[list[ProgrammeBlock], int]:
        """What a session prints, and the lines that it takes."""
        _, width_mm = self._grid.across_mm(columns)
        match row.kind:
            case "break":
                return self._break(row, session)
            case "across":
                return self._across(session, width_mm)
            case "listed":
                return self._listed(session, width_mm)
            case _:
                return self._in_room(row, session, width_mm)

    def _in_room(self, row: DayRow, session: Session, width_mm: float) -> tuple[list[ProgrammeBlock], int]:
        stack, setter = _Stack(self._setter), self._setter
        told = [session.kind] if session.kind else []
        told += [setter.until(session.end)] if row.ends_otherwise(session) else []
        stack.add("label", _text(" · ".join(told)), width_mm)
        stack.add("title", split_runs(session.title), width_mm)
        stack.line += 1 if session.named or session.text else 0
        self._add_people(stack, session, width_mm)
        stack.add("text", split_runs(session.text), width_mm)
        for each in session.entries:
            stack.add("text", setter.named(each), width_mm)
        return stack.blocks, stack.line

    def _add_people(self, stack: _Stack, session: Session, width_mm: float) -> None:
        for each in session.speakers:
            stack.add("people", self._setter.named(each), width_mm)
        stack.add("people", self._setter.chair(session), width_mm)

    def _across(self, session: Session, width_mm: float) -> tuple[list[ProgrammeBlock], int]:
        """Label, title and text over all columns but the last, where the people are."""
        left_mm, people_mm = self._grid.across_mm(range(len(self.columns) - 1, len(self.columns)))
        main_mm = width_mm - people_mm - self._grid.gutter_mm if session.people else width_mm
        stack, people = _Stack(self._setter), _Stack(self._setter)
        self._add_label(stack, session, main_mm)
        people.line = 1
        stack.add("big", split_runs(session.title), main_mm)
        stack.add("text", split_runs(session.text), main_mm)
        for each in session.entries:
            stack.add("text", self._setter.named(each), main_mm)
        people.left_mm = left_mm - self._grid.main_left_mm
        self._add_people(people, session, people_mm)
        return [*stack.blocks, *people.blocks], max(stack.line, people.line if people.blocks else 0)

    def _listed(self, session: Session, width_mm: float) -> tuple[list[ProgrammeBlock], int]:
        """Room and kind below the hours, all else beside them, the people in one run."""
        stack, beside, setter = _Stack(self._setter), _Stack(self._setter), self._setter
        time = setter.set(_text(self._hours(session)), "programme-hours", self._grid.time_mm)
        beside.line, beside.left_mm = _big_lines(len(time)), -self._grid.main_left_mm
        self._add_label(beside, session, self._grid.time_mm)
        stack.add("big", split_runs(session.title), width_mm)
        stack.add("text", split_runs(session.text), width_mm)
        people: list[Run] = []
        for each in session.speakers:
            people += [*_text(", " if people else ""), *setter.named(each)]
        if session.chair:
            people += [*_text("; " if people else ""), *setter.chair(session)]
        stack.add("people", people, width_mm, style="programme-run")
        entries: list[Run] = []
        for each in session.entries:
            entries += [*_text(", " if entries else ""), *setter.named(each)]
        stack.add("text", entries, width_mm)
        return [*beside.blocks, *stack.blocks], max(stack.line, beside.line)

    def _add_label(self, stack: _Stack, session: Session, width_mm: float) -> None:
        """The room with its sign, and what kind of session it is."""
        sign = session.rooms[0] if session.rooms and not session.in_all else ""
        hang_mm = self._setter.grid.mm("list-icon-hang") if sign else 0.0
        where, kind = self._setter.where(session), session.kind
        if where and kind:
            told_mm = self._setter.width_mm(f"{where}{_SPACE}{_SPACE}{kind}", "programme-label") * _BOLDER
            if hang_mm + told_mm > width_mm:  # each on lines of its own
                stack.add("label", [replace(run, bold=True) for run in split_runs(where)], width_mm - hang_mm, sign=sign)
                stack.add("label", split_runs(kind), width_mm)
                return
        runs = [replace(run, bold=True) for run in split_runs(self._setter.where(session))]
        runs += [*_text(f"{_SPACE}{_SPACE}" if runs and session.kind else ""), *split_runs(session.kind)]
        stack.add("label", runs, width_mm - hang_mm, sign=sign)

    def _break(self, row: DayRow, session: Session) -> tuple[list[ProgrammeBlock], int]:
        """What it is, with its end where nothing follows then; who speaks; and where, at the right edge."""
        setter = self._setter
        where_mm = min(_WHERE * self._grid.main_mm, setter.width_mm(setter.where(session), "programme-where") + 1)
        main_mm = self._grid.main_mm - where_mm - self._grid.gutter_mm
        runs = [replace(run, bold=True) for run in split_runs(session.title)]
        if self._grid.is_table and not row.is_followed:
            runs += _text(f"{_SPACE} {setter.until(session.end)}")
        stack = _Stack(setter)
        stack.line = 1
        stack.add("break", runs, main_mm)
        self._add_people(stack, session, main_mm)
        stack.add("text", split_runs(session.text), main_mm)
        for each in session.entries:
            stack.add("text", setter.named(each), main_mm)
        where = _Stack(setter)
        where.line, where.left_mm = 1, self._grid.main_mm - where_mm
        where.add("where", _text(setter.where(session)), where_mm)
        lines = max(stack.line, where.line) - 1
        return [*stack.blocks, *where.blocks], lines + _BAND_LINES

    def _hours(self, session: Session) -> str:
        return f"{self._setter.time(session.start)} – {self._setter.time(session.end)}"

    # ---------------------------------------------------------------- what a layout sets
    def _room_heads(self) -> Iterator[ProgrammeHead]:
        setter, hang_mm = self._setter, self._setter.grid.mm("room-head")
        for at, room in enumerate(self.columns):
            left_mm, width_mm = self._grid.across_mm(range(at, at + 1))
            lines = setter.set(split_runs(room.name), "programme-room", width_mm - hang_mm)
            block = ProgrammeBlock(kind="room", lines=lines, top_mm=0.0, sign=room.key)
            yield ProgrammeHead(room=room, block=block, left_mm=left_mm, width_mm=width_mm)

    def head(self) -> Iterator[ProgrammeHead]:
        """The heads of the rooms; their last lines stand on one baseline."""
        line_mm = self._setter.grid.list_line_mm
        for each in self._heads:
            foot = self.first_line - _AIR
            block = replace(each.block, top_mm=round((foot - len(each.block.lines)) * line_mm, 4))
            foot_mm = (foot - 1) * line_mm + self._setter.grid.baseline_mm
            yield replace(each, block=block, sign_mm=round(foot_mm - self._setter.grid.mm("room-tile"), 4))

    def set_rows(self, rows: range, folios: Mapping[str, str]) -> Iterator[ProgrammeRow]:
        """Some rows as they stand on one page."""
        line_mm, line = self._setter.grid.list_line_mm, self.first_line
        for at in rows:
            row = self.rows[at]
            line += self._air(row) if at > rows.start else 0
            big = row.kind == "listed"
            yield ProgrammeRow(
                kind=row.kind,
                top_mm=round(line * line_mm, 4),
                height_mm=round(self._heights[at] * line_mm, 4),
                rule_mm=round(self._rule_mm(at, big=big), 4),
                band_mm=round(self._band_mm(at), 4) if row.kind == "break" else 0.0,
                time=self._time(row),
                cells=tuple(self._set_cells(at, folios)),
            )
            line += self._heights[at]

    def dots_mm(self, rows: range) -> float:
        """Where the lines for notes begin on a page with these rows, 0 where they are few."""
        grid = self._setter.grid
        used = self.first_line + sum(self._heights[at] + (self._air(self.rows[at]) if at > rows.start else 0) for at in rows)
        first = math.ceil(used * grid.list_line_mm / grid.unit_mm - 1e-6) + 1
        return round(first * grid.unit_mm, 4) if grid.lines - first >= _FEWEST_DOTS else 0.0

    def _rule_mm(self, at: int, *, big: bool) -> float:
        """Where the rule above a row is, from its top; of a break the top of its band, in whose middle its words are."""
        grid = self._setter.grid
        cap_em = grid.text.cap_height_em
        if self.rows[at].kind != "break":
            below_mm = self._big_mm(self.rows[at]) if big else 0.0
            return below_mm + grid.baseline_mm - cap_em * grid.mm("across" if big else "list") - _RULE_GAP_MM
        first_mm = grid.list_line_mm + grid.baseline_mm - cap_em * grid.mm("list") / 2
        words = self._heights[at] - _BAND_LINES
        return first_mm + (words - 1) * grid.list_line_mm / 2 - self._band_mm(at) / 2

    def _big_mm(self, row: DayRow) -> float:
        """How far down the hours of a list stand, beside the first line of a title."""
        title = next(block for block in self._cells[self.rows.index(row)][0][0] if block.kind == "big")
        return title.top_mm

    def _band_mm(self, at: int) -> float:
        """The height of a break's band."""
        return (self._heights[at] - 1) * self._setter.grid.list_line_mm

    def _time(self, row: DayRow) -> ProgrammeBlock:
        setter, line_mm = self._setter, self._setter.grid.list_line_mm
        start, end = setter.time(row.start), setter.time(row.end)
        if row.kind == "break":
            hours = start if self._grid.is_table else self._hours(row.session)
            lines = (Line(runs=tuple(_text(hours))),)
            return ProgrammeBlock(kind="time", lines=lines, top_mm=round(line_mm, 4))
        if row.kind == "listed":
            lines = setter.set(_text(self._hours(row.session)), "programme-hours", self._grid.time_mm)
            return ProgrammeBlock(kind="hours", lines=lines, top_mm=self._big_mm(row))
        bold = Run(text=start, line=0, bold=True)
        return ProgrammeBlock(kind="time", lines=(Line(runs=(bold,)), Line(runs=tuple(_text(end)))), top_mm=0.0)

    def _set_cells(self, at: int, folios: Mapping[str, str]) -> Iterator[ProgrammeCell]:
        """The cells of a row from the left, an empty one in each column that nothing stands or reaches in."""
        row, columns = self.rows[at], max(len(self.columns), 1)
        own = {own.start: (own, reach, blocks) for (_, own, reach), (blocks, _) in zip(row.cells, self._cells[at], strict=True)}
        covered = self._covered(at)
        column = 0
        while column < columns:
            if column in own:
                spanned, reach, blocks = own[column]
                left_mm, width_mm = self._grid.across_mm(spanned)
                filled = tuple(replace(each, lines=_filled(each.lines, folios)) for each in blocks)
                yield ProgrammeCell(
                    blocks=filled, left_mm=round(left_mm, 4), width_mm=round(width_mm, 4), columns=len(spanned), rows=reach
                )
                column = spanned.stop
                continue
            if column not in covered:
                yield ProgrammeCell()
            column += 1

    def _covered(self, at: int) -> set[int]:
        """The columns that sessions of rows above reach into."""
        return {
            column
            for number, row in enumerate(self.rows[:at])
            for _, own, reach in row.cells
            if number + reach > at
            for column in own
        }


class _Stack:
    """Blocks below one another; ``line`` is the first that is free."""

    def __init__(self, setter: ProgrammePages) -> None:
        self._setter = setter
        self.blocks: list[ProgrammeBlock] = []
        self.line = 0
        self.left_mm = 0.0

    def add(self, kind: str, runs: Iterable[Run], width_mm: float, *, sign: str = "", style: str = "") -> None:
        """Lines of a kind; none where there are no words."""
        some = [run for run in runs if run.text]
        if not some:
            return
        lines = self._setter.set(some, style or f"programme-{kind}", width_mm)
        if kind == "people" and not style and len(lines) > 1:
            lines = self._turned(some, width_mm) or lines
        top = self.line + (_big_top(len(lines)) if kind == "big" else 0)
        self.blocks.append(
            ProgrammeBlock(
                kind=kind,
                lines=lines,
                top_mm=round(top * self._setter.grid.list_line_mm, 4),
                left_mm=round(self.left_mm, 4),
                sign=sign,
            )
        )
        self.line += _big_lines(len(lines)) if kind == "big" else len(lines)

    def _turned(self, runs: Sequence[Run], width_mm: float) -> tuple[Line, ...]:
        """A name that turns over before its last word, with which its page stays; none where that does not fit."""
        at = next((number for number in reversed(range(len(runs))) if " " in runs[number].text.strip(" ")), None)
        if at is None:
            return ()
        before, _, behind = runs[at].text.rpartition(" ")
        first = (*runs[:at], replace(runs[at], text=before))
        last = (replace(runs[at], text=behind), *runs[at + 1 :])
        parted = [self._setter.set(some, "programme-people", width_mm) for some in (first, last)]
        narrow = self._setter.set(last, "programme-people", width_mm - self._setter.grid.mm("turn"))
        return (*parted[0], *parted[1]) if len(parted[0]) == len(narrow) == 1 else ()


def _big_lines(count: int) -> int:
    """The whole lines that so many lines of large type take."""
    return math.ceil(_BIG_LEADING * count)


def _big_top(count: int) -> float:
    """How far down the first of them is, so that there is as much above as below; in lines."""
    return (_big_lines(count) - _BIG_LEADING * (count - 1) - 1) / 2


def _page_starts(blocks: Sequence[Block], breaks: Sequence[bool], room: int) -> list[int]:
    """The blocks that pages begin with, as few pages as can be and as alike, rather before a break than elsewhere.

    The last block takes the one before it along, if it is a break.
    """
    best: dict[int, tuple[tuple[int, int], list[int]]] = {0: ((0, 0), [])}
    for start in range(len(blocks)):
        if start not in best or (start and start == len(blocks) - 1 and breaks[start]):
            continue
        (pages, cost), starts = best[start]
        used = -blocks[start].before
        for end in range(start + 1, len(blocks) + 1):
            used += blocks[end - 1].lines + blocks[end - 1].before
            if used > room and end > start + 1:
                break
            begins_well = start == 0 or breaks[start]
            own = (pages + 1, cost + (room - used) ** 2 + (0 if begins_well else (room // _PART_DAY) ** 2))
            if end not in best or own < best[end][0]:
                best[end] = (own, [*starts, start])
    return best[len(blocks)][1] if len(blocks) in best else list(range(len(blocks)))


def _text(text: str) -> list[Run]:
    return [Run(text=text, line=0)] if text else []


def _filled(lines: Sequence[Line], folios: Mapping[str, str]) -> tuple[Line, ...]:
    """The lines with the folios that they name; one that is not known is a question mark."""
    return tuple(
        replace(
            line,
            runs=tuple(replace(run, text=folios.get(run.folio_of, "?")) if run.folio_of else run for run in line.runs),
        )
        for line in lines
    )
