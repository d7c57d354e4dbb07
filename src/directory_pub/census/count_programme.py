"""Count the pages of a day of the programme: its title, the rooms' heads, and row by row each session in its column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from msgspec import Struct, field

from directory_pub.census.columns import check_emphasis, check_frame
from directory_pub.census.compare import compare_copy
from directory_pub.census.expected import Copy, letters
from directory_pub.census.frames import FramedPage, reading_order
from directory_pub.census.located import Located
from directory_pub.census.page_reader import PageText, Word
from directory_pub.census.programme_copy import DayCopy
from directory_pub.design.grid import MM_PER_PT, Frame, Grid
from directory_pub.design.programme_grid import ProgrammeGrid
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition
from directory_pub.edition.programme import DayRow, Session
from directory_pub.findings import Finding, Place, error

__all__ = ["ProgrammeCount", "count_programme"]

_SLACK_MM = 0.6
_TOUCHING = 0.6  # of a line
_SAME_LINE_MM = 0.5


class ProgrammeCount(Struct, frozen=True):
    """What a count of a day needs; ``folios`` are those that it must give, by key."""

    edition: Edition
    grid: Grid
    folios: Mapping[str, str]
    families: Sequence[str]


class _Page(Struct):
    """A page's words: its head, the day's title, the hours of the strip, the rooms' heads, the hours, and all else."""

    index: int
    head: list[Word] = field(default_factory=list)
    title: list[Word] = field(default_factory=list)
    strip: list[Word] = field(default_factory=list)
    rooms: list[Word] = field(default_factory=list)
    hours: list[Word] = field(default_factory=list)
    rest: list[Word] = field(default_factory=list)


class _Part(Struct):
    """Some words of the content that stand together in some columns of a page, and the words that were found there.

    A session that reaches over several rows is one part.
    """

    index: int
    frame: Frame
    name: str
    copies: list[Copy]
    session: Session | None = None
    words: list[Word] = field(default_factory=list)


def count_programme(
    count: ProgrammeCount, piece: Piece, pages: Mapping[int, PageText], see: Callable[[Located], Iterable[Finding]]
) -> Iterator[Iterable[Finding]]:
    """What is asked of a day: whether its copy fits, whether all is there, then how it looks."""
    return _Counting(count, piece, pages).ask(see)


class _Counting:
    def __init__(self, count: ProgrammeCount, piece: Piece, pages: Mapping[int, PageText]) -> None:
        assert count.edition.programme is not None
        self._count, self._piece = count, piece
        self._day = count.edition.programme.day(piece.key)
        self._copy = DayCopy(count.edition, count.grid, self._day, count.folios)
        self._columns = ProgrammeGrid(count.grid, len(self._copy.columns))
        self._pages = [self._sort(index, pages[index]) for index in piece.pages]

    # ---------------------------------------------------------------- words into rows and columns
    def _sort(self, index: int, page: PageText) -> _Page:
        grid, sorted_ = self._count.grid, _Page(index)
        left_mm = self._columns.frame(range(1), recto=index % 2 == 0).left_mm
        title_pt = grid.mm("title") / MM_PER_PT
        for word in page.words:
            if word.baseline_mm < grid.mm("head"):
                sorted_.head.append(word)
            elif abs(word.size_pt - title_pt) < 0.05:
                sorted_.title.append(word)
            elif word.left_mm < left_mm - _SLACK_MM:
                sorted_.hours.append(word)
            else:
                sorted_.rest.append(word)
        if self._copy.strip():
            self._take_strip(sorted_)
        first_mm = min((word.baseline_mm for word in sorted_.hours), default=0.0) - _SAME_LINE_MM
        sorted_.rooms = [word for word in sorted_.rest if word.baseline_mm < first_mm]
        sorted_.rest = [word for word in sorted_.rest if word.baseline_mm >= first_mm]
        for words in (sorted_.head, sorted_.title, sorted_.strip, sorted_.hours, sorted_.rest):
            words[:] = reading_order(words)
        return sorted_

    def _take_strip(self, page: _Page) -> None:
        """The hours of the strip are the first line below the title."""
        title_mm = max((word.baseline_mm for word in page.title), default=0.0)
        below = [word for word in (*page.hours, *page.rest) if word.baseline_mm > title_mm]
        first_mm = min((word.baseline_mm for word in below), default=0.0) + _SAME_LINE_MM
        page.strip = [word for word in below if word.baseline_mm <= first_mm]
        for words in (page.hours, page.rest):
            words[:] = [word for word in words if word not in page.strip]

    def _rows_on(self, number: int) -> list[DayRow]:
        """The rows of a page of the day."""
        rows = self._copy.rows
        ends = (*self._piece.starts[1:], len(rows))
        return rows[self._piece.starts[number] : ends[number]]

    def _hours(self, row: DayRow) -> list[Copy]:
        """What stands in the column of hours beside a row."""
        told = self._copy.time(row)
        return told + self._copy.label(row, row.session) if row.kind == "listed" else told

    # ---------------------------------------------------------------- what is asked
    def ask(self, see: Callable[[Located], Iterable[Finding]]) -> Iterator[Iterable[Finding]]:
        located = Located(self._day.place)
        lost: list[Finding] = []
        parts: list[_Part] = []
        for number, page in enumerate(self._pages):
            rows, where = self._rows_on(number), f"page {page.index + 1}"
            hours = [copy for row in rows for copy in self._hours(row)]
            told = compare_copy(hours, page.hours, where, self._day.place)
            lost += [*self._check_above(page, where), *told]
            located.add([FramedPage(page.index, main=page.hours)], "main", hours)
            own = list(self._parts(page, rows)) if not told else []
            for part in own:
                located.add([FramedPage(page.index, main=part.words)], "main", part.copies)
            parts += own
        yield [finding for part in parts for finding in self._check_frame(part, located)] + list(
            self._check_lines(located)
        )
        for part in parts:
            where = f"page {part.index + 1}{part.name}"
            lost += compare_copy(part.copies, part.words, where, self._place(part))
        yield lost
        yield [
            *(found for part in parts for found in check_emphasis(part.copies, part.words, self._count.families)),
            *see(located),
        ]

    def _place(self, part: _Part) -> Place:
        return part.session.place if part.session else self._day.place

    def _check_above(self, page: _Page, where: str) -> Iterator[Finding]:
        """The head of a page, the day's title, and the heads of the rooms, each above its own column."""
        programme, read = self._copy.programme, [word.text for word in page.head]
        if read != programme.title.split():
            message = f"the head of page {page.index + 1} reads “{' '.join(read)}”."
            remedy = f"It should read “{programme.title}”: look at styles/pages/programme.css."
            yield error("folio-wrong", programme.place, message, remedy, page.index + 1)
        yield from compare_copy(self._copy.title(), page.title, where, self._day.place)
        yield from compare_copy(self._copy.strip(), page.strip, f"{where}, in the strip of the hours", self._day.place)
        heads = self._copy.heads()
        for at, copies in enumerate(heads):
            frame = self._columns.frame(range(at, at + 1), recto=page.index % 2 == 0)
            is_last = at == len(heads) - 1
            own = [
                w
                for w in page.rooms
                if frame.left_mm - _SLACK_MM <= w.left_mm and (is_last or w.left_mm < frame.right_mm)
            ]
            room = self._copy.columns[at]
            yield from compare_copy(copies, reading_order(own), f"{where}, above the column of {room.name}", room.place)
        if page.rooms and not heads:
            yield from compare_copy([], page.rooms, where, self._day.place)

    def _check_frame(self, part: _Part, located: Located) -> Iterator[Finding]:
        yield from check_frame(
            part.words, part.frame, part.name.removeprefix(", in ") or "its columns", part.index, located
        )

    def _check_lines(self, located: Located) -> Iterator[Finding]:
        """Lines of the hours and of all else keep their distance."""
        least_mm = _TOUCHING * self._count.grid.list_line_mm
        for page in self._pages:
            for words in (page.hours,):
                lines = [next(iter(group)) for _, group in groupby(words, lambda word: round(word.baseline_mm, 1))]
                for upper, lower in pairwise(lines):
                    if _SAME_LINE_MM < lower.baseline_mm - upper.baseline_mm < least_mm:
                        message = f"lines touch on page {page.index + 1}, {lower.baseline_mm:.0f} mm from the top."
                        remedy = "Look at the proof there: shorten what stands below the hours."
                        yield error(
                            "words-overset", located.place_of(page.index, lower), message, remedy, page.index + 1
                        )
                        return

    # ---------------------------------------------------------------- rows
    def _parts(self, page: _Page, rows: Sequence[DayRow]) -> list[_Part]:
        """What stands in each column of each row; the hours say where a row begins."""
        tops = self._tops(page, rows)
        parts: list[_Part] = []
        open_parts: list[tuple[_Part, range, int]] = []  # what goes on, its columns, for how many rows more
        for number, row in enumerate(rows):
            upper_mm = tops[number]
            lower_mm = tops[number + 1] if number + 1 < len(rows) else float("inf")
            words = [word for word in page.rest if upper_mm <= word.baseline_mm < lower_mm]
            open_parts = [(part, columns, left - 1) for part, columns, left in open_parts if left > 0]
            if row.kind == "rooms":
                for session, columns, reach in row.cells:
                    part = self._part(page, row, session, columns)
                    parts.append(part)
                    open_parts.append((part, columns, reach - 1))
                self._share_out(words, open_parts, page, parts)
            else:
                parts += self._whole_row(page, row, words)
        return [_in_order(part) for part in parts]

    def _tops(self, page: _Page, rows: Sequence[DayRow]) -> list[float]:
        """From where on words are of each row: its hours were found, one after another."""
        tops: list[float] = []
        at = 0
        for row in rows:
            wanted = sum(len(copy.text) for copy in self._hours(row))
            tops.append(page.hours[at].baseline_mm - _SAME_LINE_MM)
            while wanted > 0 and at < len(page.hours):
                wanted -= len(letters(page.hours[at].text))
                at += 1
        return tops

    def _part(self, page: _Page, row: DayRow, session: Session, columns: range) -> _Part:
        frame = self._columns.frame(columns, recto=page.index % 2 == 0)
        names = [self._copy.columns[at].name for at in columns]
        copies = [*self._copy.label(row, session), *self._copy.text(row, session)]
        return _Part(page.index, frame, f", in the column of {' and '.join(names)}", copies, session)

    def _share_out(
        self, words: Sequence[Word], open_parts: Sequence[tuple[_Part, range, int]], page: _Page, parts: list[_Part]
    ) -> None:
        """Give the words of a row to the columns in which they begin; what is in a free one, nobody wrote there."""
        recto = page.index % 2 == 0
        frames = [self._columns.frame(range(at, at + 1), recto=recto) for at in range(len(self._copy.columns))]
        owner = {at: part for part, columns, _ in open_parts for at in columns}
        for word in words:
            at = max((n for n, frame in enumerate(frames) if word.left_mm >= frame.left_mm - _SLACK_MM), default=0)
            if at not in owner:
                owner[at] = _Part(page.index, frames[at], f", in the column of {self._copy.columns[at].name}", [])
                parts.append(owner[at])
            owner[at].words.append(word)

    def _whole_row(self, page: _Page, row: DayRow, words: list[Word]) -> Iterator[_Part]:
        """A row of one session: its words, and apart from them who speaks, or where it is."""
        session, recto = row.session, page.index % 2 == 0
        frame = self._columns.frame(range(max(len(self._copy.columns), 1)), recto=recto)
        copies = self._copy.text(row, session)
        if row.kind == "across":
            copies = [*self._copy.label(row, session), *copies]
        apart: list[Word] = []
        if row.kind == "across" and session.people:
            last = len(self._copy.columns) - 1
            people = self._columns.frame(range(last, last + 1), recto=recto)
            apart = [word for word in words if word.left_mm >= people.left_mm - _SLACK_MM]
            yield _Part(page.index, people, ", in the last column", self._copy.people(row, session), session, apart)
        elif row.kind == "break":
            apart = self._at_the_edge(words, frame)
            yield _Part(page.index, frame, "", self._copy.where(session), session, apart)
        yield _Part(page.index, frame, "", copies, session, [word for word in words if word not in apart])

    def _at_the_edge(self, words: Sequence[Word], frame: Frame) -> list[Word]:
        """What is set up to the right edge of a frame, line by line, with more than a space before it."""
        found: list[Word] = []
        for _, group in groupby(reading_order(words), lambda word: round(word.baseline_mm, 1)):
            line = list(group)
            if abs(line[-1].right_mm - frame.right_mm) > 1:
                continue
            gaps = [
                at
                for at in range(1, len(line))
                if line[at].left_mm - line[at - 1].right_mm > 0.75 * self._columns.gutter_mm
            ]
            first = gaps[-1] if gaps else 0
            if line[first].left_mm > frame.left_mm + _SLACK_MM:
                found += line[first:]
        return found


def _in_order(part: _Part) -> _Part:
    part.words = reading_order(part.words)
    return part
