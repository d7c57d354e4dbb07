"""The contents in columns: rows of single leading, filled page by page before they are set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.compose.contents import ContentsRow
from directory_pub.compose.filling import Block, Column, fill_columns
from directory_pub.compose.lines import Line
from directory_pub.edition.text import Run

__all__ = ["ColumnRow", "ColumnsOfContents", "SetRow", "contents_columns", "key_lines", "legend_air", "set_row"]

_GAP = "\u00a0\u00a0"  # before a folio: no line ends there
_ABOVE_PART, _LEAST_LAST = 2, 4  # lines; a last page is filled to this part of one at the least
_LOWEST = 2 / 3  # of a column, to fill the last page
SetLines = Callable[[Sequence[Run]], tuple[Line, ...]]


class SetRow(Struct, frozen=True, kw_only=True):
    """A row in lines that were set: its name, its subtitle below or (``beside``) behind it; the folio follows."""

    row: ContentsRow
    lines: tuple[Line, ...]
    subtitle: tuple[Line, ...] = ()
    beside: bool = False

    @property
    def height(self) -> int:
        """In lines."""
        return len(self.lines) + (0 if self.beside else len(self.subtitle))


class ColumnRow(Struct, frozen=True, kw_only=True):
    """A row of a column: so many lines above it, the letter that hangs beside it, and whether it ``goes_on`` from the
    column before."""

    set: SetRow
    before: int = 0
    letter: str = ""
    goes_on: bool = False


class ColumnsOfContents(Struct, frozen=True):
    """The columns of a page from the left, and the rows (from 0) that stand in them."""

    columns: tuple[tuple[ColumnRow, ...], ...]
    rows: range


def set_row(row: ContentsRow, runs_of: Callable[[str], tuple[Run, ...]], folio: str, lines_of: SetLines) -> SetRow:
    """A row in lines: its folio is tied to the last word, so that it never stands alone."""
    tied = Run(text=f"{_GAP}{folio}", line=0, bold=True)
    sign = (Run(text=row.sign, line=0, bold=True),) if row.sign else ()
    name = (*runs_of(row.name), *sign)
    if not row.subtitle:
        return SetRow(row=row, lines=_without_tied(lines_of((*name, tied)), tied))
    subtitle = runs_of(row.subtitle)
    together = lines_of((*name, Run(text=_GAP, line=0), *subtitle, tied))
    beside = len(together) == 1 and "\n" not in f"{row.name}{row.subtitle}"
    below = lines_of((*subtitle, tied))
    return SetRow(row=row, lines=lines_of(name), subtitle=_without_tied(below, tied), beside=beside)


def _without_tied(lines: tuple[Line, ...], tied: Run) -> tuple[Line, ...]:
    """Lines without the folio that ends the last of them; a sign before it is of its style."""
    *before, last = lines
    *runs, end = last.runs
    sign = end.text.removesuffix(tied.text)
    return (*before, replace(last, runs=(*runs, *((replace(end, text=sign),) if sign else ()))))


def key_lines(rows: Sequence[SetRow], air: float) -> float:
    """The lines that a key takes: each entry with so much air above it, each part but the first with twice as much."""
    return sum(each.height + _air_of_key(rows, number, air) for number, each in enumerate(rows))


def _air_of_key(rows: Sequence[SetRow], number: int, air: float) -> float:
    return air if rows[number].row.kind != "part" else 2 * air if number else 0


def legend_air(
    rows: Sequence[SetRow], legends: Sequence[tuple[str, int]], lines: int, air: float
) -> tuple[float, ...]:
    """The lines above each legend but the first, and below the last, of a key whose page has so many below its head,
    and whose entries have so much air above them.

    ``legends`` are a sign and the height of what explains it, in lines; each stands beside the last line of the first
    row that has its sign, or as close below as those before let it. Empty where the rows need another page.
    """
    feet: dict[str, float] = {}
    at = 0.0
    for number, each in enumerate(rows):
        at += each.height + _air_of_key(rows, number, air)
        feet.setdefault(each.row.sign, at)
    if at > lines:
        return ()
    wanted, above, last = sorted((feet.get(sign, float(lines)), height) for sign, height in legends), list[float](), 0.0
    for foot, height in wanted:
        top = min(max(foot - 1, last + bool(above)), lines - height)
        above.append(top - last)
        last = top + height
    return (*above[1:], lines - last) if [each for each, _ in wanted] == [feet.get(sign) for sign, _ in legends] else ()


def contents_columns(rows: Sequence[SetRow], lines: int, columns: int, head: int, foot: int) -> list[ColumnsOfContents]:
    """The pages: columns of so many lines, those of the first page below a ``head``; the last column keeps ``foot``
    lines free."""
    filled, air = _fill(rows, lines, columns, head, foot)
    pages = []
    for at in range(0, len(filled), columns):
        some = filled[at : at + columns]
        filled_rows = tuple(tuple(_column(rows, each, air)) for each in some)
        pages.append(ColumnsOfContents(filled_rows, range(some[0].first, min(some[-1].last, len(rows)))))
    return pages


def _fill(rows: Sequence[SetRow], lines: int, columns: int, head: int, foot: int) -> tuple[list[Column], int]:
    """The columns, and the lines between letters: none where that spares a page of few rows."""
    usual = fill_columns(_blocks(rows, 1, foot), lines, columns=columns, head=head)
    close = fill_columns(_blocks(rows, 0, foot), lines, columns=columns, head=head)
    if _pages(usual, columns) == 1 or not _is_short(usual, lines, columns):
        return usual, 1
    if _pages(close, columns) < _pages(usual, columns):
        return close, 0
    for lower in range(lines - 1, int(lines * _LOWEST), -1):
        filled = fill_columns(_blocks(rows, 1, foot), lower, columns=columns, head=head)
        if _pages(filled, columns) == _pages(usual, columns) and not _is_short(filled, lines, columns):
            return filled, 1
    return usual, 1


def _pages(filled: Sequence[Column], columns: int) -> int:
    return -(-len(filled) // columns)


def _is_short(filled: Sequence[Column], lines: int, columns: int) -> bool:
    """Whether the last page has little on it."""
    last = filled[(len(filled) - 1) // columns * columns :]
    return sum(column.used for column in last) * _LEAST_LAST < lines * columns


def _blocks(rows: Sequence[SetRow], air: int, foot: int) -> list[Block]:
    blocks = [
        Block(
            lines=each.height,
            before=_before(rows, at, air),
            kept=at + 1 < len(rows) and _are_kept(rows, at),
            within=at > 0 and each.row.letter != "" and each.row.letter == rows[at - 1].row.letter,
        )
        for at, each in enumerate(rows)
    ]
    if foot and blocks:
        blocks[-1] = replace(blocks[-1], kept=True)
        blocks.append(Block(lines=foot))
    return blocks


def _are_kept(rows: Sequence[SetRow], at: int) -> bool:
    """Whether no column ends behind a row: a part keeps its first entry, a letter's first two rows and its last two
    stand together."""
    row, following = rows[at].row, rows[at + 1].row
    if row.kind == "part":
        return following.kind != "part"
    if not row.letter or row.letter != following.letter:
        return False
    begins = at == 0 or rows[at - 1].row.letter != row.letter
    ends = at + 2 == len(rows) or rows[at + 2].row.letter != row.letter
    return begins or ends


def _before(rows: Sequence[SetRow], at: int, air: int) -> int:
    """The lines above a row: two above a part that follows entries, one where a letter begins."""
    row, before = rows[at].row, rows[at - 1].row if at else None
    if before is None or before.kind == "part":
        return 0 if row.kind != "part" or before is None else 1
    return _ABOVE_PART if row.kind == "part" else air * (row.letter != before.letter)


def _column(rows: Sequence[SetRow], column: Column, air: int) -> Iterator[ColumnRow]:
    for at in range(column.first, min(column.last, len(rows))):
        row, is_top = rows[at].row, at == column.first
        before = rows[at - 1].row if at else None
        is_new = before is None or before.kind == "part" or before.letter != row.letter
        yield ColumnRow(
            set=rows[at],
            before=0 if is_top else _before(rows, at, air),
            letter=row.letter if is_new or is_top else "",
            goes_on=is_top and not is_new,
        )
