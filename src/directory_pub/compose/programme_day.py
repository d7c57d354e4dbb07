"""A day of the programme: its rows in whole lines, and what stands in their cells."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.compose.contact import split_runs
from directory_pub.compose.filling import Block
from directory_pub.compose.lines import Line
from directory_pub.compose.programme_lines import (
    SPACE,
    ProgrammeBlock,
    ProgrammeLines,
    Stack,
    big_lines,
    filled_lines,
    text_runs,
)
from directory_pub.compose.programme_strip import DayStrip, ProgrammeStrip
from directory_pub.design.programme_grid import ProgrammeGrid
from directory_pub.edition.programme import Day, DayRow, Room, Session, arrange_list, arrange_table, columns_of
from directory_pub.edition.text import Run

__all__ = ["ProgrammeCell", "ProgrammeDay", "ProgrammeHead", "ProgrammeRow"]

_AIR = 1  # lines above what is no break
_BAND_LINES = 2  # a break's band is higher by these than its words
_HEAD_LINES, _BELOW_TITLE = 2, 1  # of the rooms above a table; units below the day's title
_WHERE = 0.3  # of the text's width, at the most: where a break is
_BOLDER = 1.08  # how much wider bold type is, at the most
_FEWEST_DOTS = 6  # lines for notes
_RULE_GAP_MM = 1.5  # from a rule to the cap height below it


class ProgrammeCell(Struct, frozen=True, kw_only=True):
    """A session in its columns, or the place of none; ``left_mm`` is from the left edge of the text.

    ``anchor`` is what it is called in the book.
    """

    anchor: str = ""
    blocks: tuple[ProgrammeBlock, ...] = ()
    left_mm: float = 0.0
    width_mm: float = 0.0
    columns: int = 1
    rows: int = 1


class ProgrammeRow(Struct, frozen=True, kw_only=True):
    """Sessions that begin together: their hours and cells, from the top of the text."""

    kind: str
    top_mm: float
    height_mm: float
    rule_mm: float
    band_mm: float
    time: ProgrammeBlock
    cells: tuple[ProgrammeCell, ...]


class ProgrammeHead(Struct, frozen=True, kw_only=True):
    """The head of a room's column."""

    room: Room
    block: ProgrammeBlock
    left_mm: float
    width_mm: float
    sign_mm: float = 0.0


class ProgrammeDay:
    """One day: its rows, and what stands in them."""

    def __init__(self, setter: ProgrammeLines, day: Day) -> None:
        self._setter = setter
        self._day = day
        columns = columns_of(day, setter.rooms)
        self.columns = columns if ProgrammeGrid(setter.grid, len(columns)).is_table else ()
        self._grid = ProgrammeGrid(setter.grid, len(self.columns))
        arrange = arrange_table if self.columns else arrange_list
        self.rows = arrange(day, setter.rooms)
        self.title = setter.set(setter.title_runs(day), "programme-day", setter.grid.list_mm)
        self._strip = DayStrip(setter, day)
        self._heads = list(self._room_heads())
        self._cells = [self._cells_of(row) for row in self.rows]
        self._heights = self._row_heights()

    @property
    def main_left_mm(self) -> float:
        """Where the first column behind the hours begins: an axis that the page's head keeps, too."""
        return self._grid.main_left_mm

    # ---------------------------------------------------------------- heights, in lines
    @property
    def _title_lines(self) -> int:
        return 4 * math.ceil((2 * len(self.title) + _BELOW_TITLE) / 3)

    @property
    def _head_lines(self) -> int:
        """The room heads, and the air above the first row."""
        highest = max((len(each.block.lines) for each in self._heads), default=0)
        return max(highest, _HEAD_LINES) + self._head_air if self.columns else 0

    @property
    def _head_air(self) -> int:
        """The lines between heads and first row: a session's rule stands a line higher than a break's band."""
        return _AIR + (self.rows[0].kind != "break")

    @property
    def first_line(self) -> int:
        """The line below title, strip and heads on which the first row begins."""
        return self._title_lines + self._strip.lines + self._head_lines

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

    def highest(self, group: range) -> tuple[Session, str]:
        """Of some rows the session that takes most lines, and the field that has most of them."""
        cells = [
            (cell, blocks)
            for at in group
            for (cell, _, _), (blocks, _) in zip(self.rows[at].cells, self._cells[at], strict=True)
        ]
        session, blocks = max(cells, key=lambda each: sum(len(block.lines) for block in each[1]))
        longest = max(blocks, key=lambda block: len(block.lines))
        return session, {"people": "speakers", "text": "text"}.get(longest.kind, "title")

    # ---------------------------------------------------------------- blocks
    def _cells_of(self, row: DayRow) -> list[tuple[list[ProgrammeBlock], int]]:
        """What each session of a row prints, and the lines that it takes.

        In rooms side by side people and texts begin on one line, below the longest title.
        """
        beside = row.cells if row.kind == "rooms" else ()
        title = max((self._title(row, session, columns).line for session, columns, _ in beside), default=0)
        return [self._blocks(row, session, columns, title) for session, columns, _ in row.cells]

    def _blocks(self, row: DayRow, session: Session, columns: range, title: int) -> tuple[list[ProgrammeBlock], int]:
        _, width_mm = self._grid.across_mm(columns)
        match row.kind:
            case "break":
                return self._break(row, session)
            case "across":
                return self._across(session, width_mm)
            case "listed":
                return self._listed(session, width_mm)
            case _:
                return self._in_room(row, session, columns, title)

    def _title(self, row: DayRow, session: Session, columns: range) -> Stack:
        """Label and title of a session in a room."""
        stack, (_, width_mm) = Stack(self._setter), self._grid.across_mm(columns)
        told = [session.kind] if session.kind else []
        told += [self._setter.until(session.end)] if row.ends_otherwise(session) else []
        stack.add("label", text_runs(" · ".join(told)), width_mm)
        stack.add("title", split_runs(session.title), width_mm)
        return stack

    def _in_room(self, row: DayRow, session: Session, columns: range, title: int) -> tuple[list[ProgrammeBlock], int]:
        """A session whose title has so many lines of the row."""
        stack, setter, (_, width_mm) = self._title(row, session, columns), self._setter, self._grid.across_mm(columns)
        if session.named or session.text:
            stack.line = max(stack.line, title) + 1
        self._add_people(stack, session, self._people_mm(width_mm))
        stack.line += 1 if session.people and session.text else 0
        stack.add("text", split_runs(session.text), width_mm)
        for each in session.entries:
            stack.add("text", setter.named(each), width_mm)
        return stack.blocks, stack.line

    def _people_mm(self, width_mm: float) -> float:
        """How wide names are set in a column: the third figure that a folio may have stands in the gutter."""
        return width_mm + min(self._setter.width_mm("0", "programme-people") * _BOLDER, self._grid.gutter_mm / 2)

    def _add_people(self, stack: Stack, session: Session, width_mm: float) -> None:
        for each in session.speakers:
            stack.add("people", self._setter.named(each), width_mm)
        stack.add("people", self._setter.chair(session), width_mm)

    def _across(self, session: Session, width_mm: float) -> tuple[list[ProgrammeBlock], int]:
        """Label, title and text over all columns but the last, where the people are."""
        left_mm, people_mm = self._grid.across_mm(range(len(self.columns) - 1, len(self.columns)))
        main_mm = width_mm - people_mm - self._grid.gutter_mm if session.people else width_mm
        stack, people = Stack(self._setter), Stack(self._setter)
        self._add_label(stack, session, main_mm)
        stack.add("big", split_runs(session.title), main_mm)
        stack.add("text", split_runs(session.text), main_mm)
        for each in session.entries:
            stack.add("text", self._setter.named(each), main_mm)
        people.left_mm = left_mm - self._grid.main_left_mm
        self._add_people(people, session, self._people_mm(people_mm))
        return [*stack.blocks, *people.blocks], max(stack.line, people.line if people.blocks else 0)

    def _listed(self, session: Session, width_mm: float) -> tuple[list[ProgrammeBlock], int]:
        """Room and kind below the hours, all else beside them, the people in one run."""
        stack, beside, setter = Stack(self._setter), Stack(self._setter), self._setter
        time = setter.set(text_runs(self._hours(session)), "programme-hours", self._grid.time_mm)
        beside.line, beside.left_mm = big_lines(len(time)), -self._grid.main_left_mm
        self._add_label(beside, session, self._grid.time_mm)
        stack.add("big", split_runs(session.title), width_mm)
        stack.add("text", split_runs(session.text), width_mm)
        people: list[Run] = []
        for each in session.speakers:
            people += [*text_runs(", " if people else ""), *setter.whole(setter.named(each), width_mm)]
        if session.chair:
            people += [*text_runs("; " if people else ""), *setter.whole(setter.chair(session), width_mm)]
        stack.add("people", people, width_mm, style="programme-run")
        entries: list[Run] = []
        for each in session.entries:
            entries += [*text_runs(", " if entries else ""), *setter.named(each)]
        stack.add("text", entries, width_mm)
        return [*beside.blocks, *stack.blocks], max(stack.line, beside.line)

    def _add_label(self, stack: Stack, session: Session, width_mm: float) -> None:
        """The room with its sign, and what kind of session it is."""
        sign = session.rooms[0] if session.rooms and not session.in_all else ""
        hang_mm = self._setter.grid.mm("room-sign") if sign else 0.0
        where, kind = self._setter.where(session), session.kind
        if where and kind:
            told_mm = self._setter.width_mm(f"{where}{SPACE}{SPACE}{kind}", "programme-label") * _BOLDER
            if hang_mm + told_mm > width_mm:  # each on lines of its own
                stack.add(
                    "label", [replace(run, bold=True) for run in split_runs(where)], width_mm - hang_mm, sign=sign
                )
                stack.add("label", split_runs(kind), width_mm)
                return
        runs = [replace(run, bold=True) for run in split_runs(self._setter.where(session))]
        runs += [*text_runs(f"{SPACE}{SPACE}" if runs and session.kind else ""), *split_runs(session.kind)]
        stack.add("label", runs, width_mm - hang_mm, sign=sign)

    def _break(self, row: DayRow, session: Session) -> tuple[list[ProgrammeBlock], int]:
        """What it is, with its end where nothing follows then; who speaks; and where, at the right edge."""
        setter = self._setter
        where_mm = min(_WHERE * self._grid.main_mm, setter.width_mm(setter.where(session), "programme-where") + 1)
        main_mm = self._grid.main_mm - where_mm - self._grid.gutter_mm
        runs = [replace(run, bold=True) for run in split_runs(session.title)]
        if self._grid.is_table and not row.is_followed:
            runs += text_runs(f"{SPACE} {setter.until(session.end)}")
        stack = Stack(setter)
        stack.line = 1
        stack.add("break", runs, main_mm)
        self._add_people(stack, session, main_mm)
        stack.add("text", split_runs(session.text), main_mm)
        for each in session.entries:
            stack.add("text", setter.named(each), main_mm)
        where = Stack(setter)
        where.line, where.left_mm = 1, self._grid.main_mm - where_mm
        where.add("where", text_runs(setter.where(session)), where_mm)
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
            foot = self.first_line - self._head_air
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
                cells=tuple(self._set_cells(at, folios, self._setter.grid.list_lines - line)),
            )
            line += self._heights[at]

    def strip(self, rows: range) -> ProgrammeStrip | None:
        """The strip above some rows, if the day has one."""
        return self._strip.on_page(self._title_lines, [session for at in rows for session, _, _ in self.rows[at].cells])

    def dots_mm(self, rows: range) -> float:
        """Where the lines for notes begin on a page with these rows, 0 where they are few."""
        grid = self._setter.grid
        used = self.first_line + sum(
            self._heights[at] + (self._air(self.rows[at]) if at > rows.start else 0) for at in rows
        )
        first = math.ceil(used * grid.list_line_mm / grid.unit_mm - 1e-6) + 1
        return round(first * grid.unit_mm, 4) if grid.lines - first >= _FEWEST_DOTS else 0.0

    def _rule_mm(self, at: int, *, big: bool) -> float:
        """Where the rule above a row is, from its top; of a break the top of its band, with the words in the middle."""
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
            lines: tuple[Line, ...] = (Line(runs=tuple(text_runs(hours))),)
            return ProgrammeBlock(kind="time", lines=lines, top_mm=round(line_mm, 4))
        if row.kind == "listed":
            lines = setter.set(text_runs(self._hours(row.session)), "programme-hours", self._grid.time_mm)
            return ProgrammeBlock(kind="hours", lines=lines, top_mm=self._big_mm(row))
        bold = Run(text=start, line=0, bold=True)
        return ProgrammeBlock(kind="time", lines=(Line(runs=(bold,)), Line(runs=tuple(text_runs(end)))), top_mm=0.0)

    def _set_cells(self, at: int, folios: Mapping[str, str], room: int) -> Iterator[ProgrammeCell]:
        """The cells of a row from the left, an empty one in each column that nothing stands or reaches in.

        Lines that no page has ``room`` for, of which an error tells, are left out: they would push others away.
        """
        row, columns = self.rows[at], max(len(self.columns), 1)
        own = {
            own.start: (session, own, reach, blocks)
            for (session, own, reach), (blocks, _) in zip(row.cells, self._cells[at], strict=True)
        }
        covered = self._covered(at)
        column = 0
        while column < columns:
            if column in own:
                session, spanned, reach, blocks = own[column]
                left_mm, width_mm = self._grid.across_mm(spanned)
                whole = (replace(each, lines=filled_lines(each.lines, folios)) for each in blocks)
                filled = tuple(cut for each in whole if (cut := self._within(each, room)).lines)
                yield ProgrammeCell(
                    anchor=self._anchor_of(session),
                    blocks=filled,
                    left_mm=round(left_mm, 4),
                    width_mm=round(width_mm, 4),
                    columns=len(spanned),
                    rows=reach,
                )
                column = spanned.stop
                continue
            if column not in covered:
                yield ProgrammeCell()
            column += 1

    def _anchor_of(self, session: Session) -> str:
        """What a session is called in the book, the first of those at one time in one place; nothing of a break."""
        anchor = session.anchor(self._day)
        alike = [each for each in self._day.sessions if each.anchor(self._day) == anchor and not each.is_break]
        return anchor if alike and alike[0] is session else ""

    def _within(self, block: ProgrammeBlock, room: int) -> ProgrammeBlock:
        """A block without the lines that are below the page."""
        left = room - round(block.top_mm / self._setter.grid.list_line_mm)
        return (
            block
            if block.kind == "big" or len(block.lines) <= left
            else replace(block, lines=block.lines[: max(left, 0)])
        )

    def _covered(self, at: int) -> set[int]:
        """The columns that sessions of rows above reach into."""
        return {
            column
            for number, row in enumerate(self.rows[:at])
            for _, own, reach in row.cells
            if number + reach > at
            for column in own
        }
