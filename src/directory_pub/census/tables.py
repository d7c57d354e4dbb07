"""Tables in a text: their words in the order of their cells, each in its row and column, heads on every page.

The words of a row stand side by side, and those of a cell of several lines among others. So the words of a table,
which its size tells, are taken in the order of painting; where they then stand is held against the rows and columns
that were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from directory_pub.census.compare import quote_words
from directory_pub.census.expected import Calls, Copy, PlaceOfLine, letters, runs_copy
from directory_pub.census.frames import FramedPage, is_in_table
from directory_pub.census.located import Located, copy_of
from directory_pub.census.page_reader import PageText, Word
from directory_pub.census.tag_tree import SpokenTable
from directory_pub.design.grid import Grid
from directory_pub.edition.text import Block, Run, Table
from directory_pub.findings import Finding, Place, error

__all__ = ["check_spoken_tables", "check_tables", "check_tables_fit", "order_tables", "tables_of", "take_heads"]

_LEVEL_MM = 0.3
_CAPTION, _HEAD = -1, 0  # the rows of a caption and a head; the others count from 1
_REMEDY = "Mend the layout or the sheet of tables: each cell stands in the row and column that it was written in."


def tables_of(blocks: Sequence[Block]) -> list[Table]:
    """The tables of a text."""
    return [block for block in blocks if isinstance(block, Table)]


# -------------------------------------------------------------------- the words of a page
def order_tables(framed: Sequence[FramedPage], pages: Mapping[int, PageText], grid: Grid) -> None:
    """Put the words of tables, each stretch of them, into the order in which they were painted."""
    for page in framed:
        painted = {id(word): number for number, word in enumerate(pages[page.index].words)}
        ordered: list[Word] = []
        for in_table, group in groupby(page.main, lambda word: is_in_table(word, grid)):
            words = list(group)
            if in_table:
                words.sort(key=lambda word: painted[id(word)])
            ordered += words
        page.main = ordered


def take_heads(framed: Sequence[FramedPage], tables: Sequence[Table], grid: Grid, at: PlaceOfLine) -> Iterator[Finding]:
    """Take the heads that are printed again off the tops of pages, and tell of those that are not."""
    ends, total = [], 0
    for table in tables:
        body = sum(len(_text(cell)) for row in table.rows for cell in row.cells)
        head = sum(len(_text(cell)) for cell in table.head.cells)
        begins = total + (len(_text(table.caption.runs)) if table.caption else 0) + head
        total = begins + body
        ends.append((begins, total, table))
    done = 0
    for page in framed:
        first = page.main[:1] if page.main and is_in_table(page.main[0], grid) else []
        goes_on = next((table for begins, end, table in ends if begins < done < end), None) if first else None
        if goes_on:
            words = "".join(_text(cell) for cell in goes_on.head.cells)
            if taken := _leading(page.main, words):
                page.again, page.main = page.main[:taken], page.main[taken:]
            else:
                message = f"a table goes on without its head on page {page.index + 1}."
                remedy = "Mend the layout: a table's head is in a thead, and nothing else is."
                yield error("table-wrong", at(goes_on.line), message, remedy, page.index + 1)
        done += sum(len(letters(word.text)) for word in page.main if is_in_table(word, grid))


def _leading(words: Sequence[Word], text: str) -> int:
    """How many words from the first on are a text together; 0 where they are not."""
    told = ""
    for count, word in enumerate(words, 1):
        told += letters(word.text)
        if told == text:
            return count
        if not text.startswith(told):
            return 0
    return 0


def _text(runs: Sequence[Run]) -> str:
    return letters("".join(run.text for run in runs))


# -------------------------------------------------------------------- whether it fits
def check_tables_fit(
    framed: Sequence[FramedPage], tables: Sequence[Table], grid: Grid, located: Located, *, has_tile: bool
) -> Iterator[Finding]:
    """Tables that are wider than their column, and wide ones that stand beside what is in the side column."""
    is_wide = grid.has_side and any(table.wide for table in tables)
    for page in framed:
        recto = page.index % 2 == 0
        main, side = grid.frame("main", recto=recto), grid.frame("side", recto=recto)
        words = [word for word in (*page.again, *page.main) if is_in_table(word, grid)]
        left_mm = min(main.left_mm, side.left_mm) if is_wide else main.left_mm
        right_mm = max(main.right_mm, side.right_mm) if is_wide else main.right_mm
        over_mm = max((max(word.right_mm - right_mm, left_mm - word.left_mm) for word in words), default=0.0)
        if over_mm > _LEVEL_MM:
            out = [word for word in words if word.right_mm > right_mm or word.left_mm < left_mm]
            room = "page" if is_wide else "main column"
            message = f"a table is {over_mm:.1f} mm too wide for the {room} on page {page.index + 1}: {_quoted(out)}."
            wider = "Write {wide} on a line below it, or take" if grid.has_side and not is_wide else "Take"
            remedy = f"{wider} a column out, part it in two, or shorten its longest words by {over_mm:.0f} mm."
            yield error("words-overset", located.place_of(page.index, out[0]), message, remedy, page.index + 1)
        elif is_wide:
            beside = [word for word in words if word.right_mm > side.left_mm and word.left_mm < side.right_mm]
            yield from _check_beside(page, beside, grid, located, has_tile=has_tile and page is framed[0])


def _check_beside(
    page: FramedPage, words: Sequence[Word], grid: Grid, located: Located, *, has_tile: bool
) -> Iterator[Finding]:
    if not words:
        return
    top_mm, foot_mm = (pick(word.baseline_mm for word in words) for pick in (min, max))
    below_tile_mm = grid.mm("head") + grid.mm("tile")
    met = [word for word in page.side if top_mm - grid.unit_mm < word.baseline_mm < foot_mm + grid.unit_mm]
    if not (has_tile and top_mm < below_tile_mm) and not met:
        return
    what = "the tile" if has_tile and top_mm < below_tile_mm else _quoted(met)
    message = f"a wide table runs into {what} in the side column on page {page.index + 1}."
    remedy = "Move it up or down in the text, part it in two, or take the {wide} below it out."
    yield error("words-overset", located.place_of(page.index, words[0]), message, remedy, page.index + 1)


def _quoted(words: Sequence[Word]) -> str:
    return quote_words([word.text for word in words])


# -------------------------------------------------------------------- rows and columns
class _Cell(Struct, frozen=True):
    """The words of one cell on one page."""

    table: int
    row: int
    column: int
    words: tuple[Word, ...]

    @property
    def top_mm(self) -> float:
        """The baseline of its first line."""
        return min(word.baseline_mm for word in self.words)

    @property
    def foot_mm(self) -> float:
        """The baseline of its last line."""
        return max(word.baseline_mm for word in self.words)


def check_tables(
    framed: Sequence[FramedPage], tables: Sequence[Table], grid: Grid, at: PlaceOfLine
) -> Iterator[Finding]:
    """Of tables whose words are all there: whether each cell stands in its row and below its head."""
    cells: dict[int, tuple[int, int, int]] = {}
    copies: list[Copy] = []
    for number, table in enumerate(tables):
        for row, column, runs in _cells_of(table):
            for copy in runs_copy(runs, at):
                copies.append(copy)
                cells[id(copy)] = (number, row, column)
    found = [(page, word) for page in framed for word in page.main if is_in_table(word, grid)]
    told = copy_of(copies, [word for _, word in found])
    stands: dict[tuple[int, int, int, int], list[Word]] = {}
    for (page, word), known in zip(found, told, strict=True):
        if known is not None:
            stands.setdefault((page.index, *cells[id(known)]), []).append(word)
    for page in framed:
        here = [_Cell(*key[1:], tuple(words)) for key, words in stands.items() if key[0] == page.index]
        for number, table in enumerate(tables):
            own = [cell for cell in here if cell.table == number and cell.row != _CAPTION]
            if number == min((cell.table for cell in here), default=-1) and page.again:
                own += _again(number, table, page.again)
            if wrong := next(_displaced(own), None):
                message = (
                    f"{_quoted(wrong.words)} of a table stands in no row or column of its own on page {page.index + 1}."
                )
                line = table.head.line if wrong.row == _HEAD else table.rows[wrong.row - 1].line
                yield error("table-wrong", at(line), message, _REMEDY, page.index + 1)
                return


def _cells_of(table: Table) -> Iterator[tuple[int, int, Sequence[Run]]]:
    if table.caption:
        yield _CAPTION, 0, table.caption.runs
    for number, row in enumerate((table.head, *table.rows)):
        for column, cell in enumerate(row.cells):
            yield number, column, cell


def _again(number: int, table: Table, words: Sequence[Word]) -> Iterator[_Cell]:
    """The cells of a head that is printed again."""
    at = 0
    for column, cell in enumerate(table.head.cells):
        if count := _leading(words[at:], _text(cell)):
            yield _Cell(number, _HEAD, column, tuple(words[at : at + count]))
            at += count


def _displaced(cells: Sequence[_Cell]) -> Iterator[_Cell]:
    """The first cell that does not stand right of the columns before its own, or not level with its row."""
    rows = {row: [cell for cell in cells if cell.row == row] for row in sorted({cell.row for cell in cells})}
    for row in rows.values():
        level_mm = [cell.foot_mm if cell.row == _HEAD else cell.top_mm for cell in row]  # heads stand on one line
        yield from (cell for cell, at in zip(row, level_mm, strict=True) if abs(at - level_mm[0]) > _LEVEL_MM)
    for upper, lower in pairwise(rows.values()):
        yield from (cell for cell in lower if cell.top_mm <= max(each.foot_mm for each in upper) + _LEVEL_MM)
    columns = {column: [cell for cell in cells if cell.column == column] for column in {c.column for c in cells}}
    reached_mm = float("-inf")
    for column in sorted(columns):
        yield from (cell for cell in columns[column] if min(w.left_mm for w in cell.words) < reached_mm)
        reached_mm = max(reached_mm, *(word.right_mm for cell in columns[column] for word in cell.words))


# -------------------------------------------------------------------- read aloud
def check_spoken_tables(
    tables: Sequence[Table], spoken: Sequence[SpokenTable], at: PlaceOfLine, calls: Calls, place: Place
) -> Iterator[Finding]:
    """Each table is said as one: row by row, each cell on its own, with the heads of its column and row."""
    if len(tables) != len(spoken):
        message = f"the text has {_count(len(tables))}, and the email PDF says {_count(len(spoken))}."
        yield error("table-wrong", place, message, "Mend the layout: a table is a table in the HTML, too.")
        return
    for table, said in zip(tables, spoken, strict=True):
        rows = (table.head, *table.rows)
        if len(rows) != len(said.rows):
            message = f"a table of {len(rows)} rows is said as one of {len(said.rows)} in the email PDF."
            yield error("table-wrong", at(table.line), message, _REMEDY)
            return
        for number, (row, cells) in enumerate(zip(rows, said.rows, strict=True)):
            wanted = ["".join(copy.text for copy in runs_copy(cell, at, calls)) for cell in row.cells]
            if wanted != [letters(cell.text) for cell in cells]:
                message = "the cells of a row of a table are not said as they were written in the email PDF."
                yield error("table-wrong", at(row.line), message, _REMEDY)
                return
            heads = _heads(table, number, row.cells)
            if heads != [cell.scope for cell in cells]:
                message = "a row of a table is said without the heads of its columns, or its own, in the email PDF."
                remedy = "Mend the layout: th scope=col in the head, th scope=row for what says what a row is."
                yield error("table-wrong", at(row.line), message, remedy)
                return


def _heads(table: Table, number: int, cells: Iterable[Sequence[Run]]) -> list[str]:
    """What each cell of a row is the head of: its column, its row, or nothing."""
    if number == _HEAD:
        return ["Column" if _text(cell) else "" for cell in cells]
    return ["Row" if table.heads_rows and column == 0 else "" for column, _ in enumerate(cells)]


def _count(number: int) -> str:
    return f"{number or 'no'} table{'s' * (number != 1)}"
