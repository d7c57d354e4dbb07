"""Sort a page's words into the frames of the grid, and find those that stand outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from directory_pub.census.captions import captions_in_columns
from directory_pub.census.expected import letters
from directory_pub.census.page_reader import PageText, Word
from directory_pub.design.grid import Frame, Grid
from directory_pub.edition.quotation import OPENING_MARKS

__all__ = ["FramedPage", "frame_page", "is_in_table", "outside", "reading_order"]

_TOLERANCE_MM = 0.6  # a glyph may overhang its box by a hair
_SMALLER = 0.97  # than the text's: a sheet may set notes in another size than the token's
_MARK_EM = 0.5  # the widest mark that opens a quotation, which hangs out at the left
_OVERHANG_EM = 0.06  # and large type is hung a little into the margin, so that its stems align


class FramedPage(Struct):
    """One page's words by frame, each in reading order. ``calls`` are raised figures, with the comma behind one that
    touches the next; ``marks`` open quotes; ``again`` is the head of a table above what goes on of it.
    """

    index: int
    head: list[Word] = field(default_factory=list)
    main: list[Word] = field(default_factory=list)
    side: list[Word] = field(default_factory=list)
    notes: list[Word] = field(default_factory=list)
    calls: list[Word] = field(default_factory=list)
    marks: list[Word] = field(default_factory=list)
    again: list[Word] = field(default_factory=list)


def reading_order(words: Iterable[Word]) -> list[Word]:
    """Lines from the top, words from the left; a baseline within half a millimetre is one line."""
    ordered: list[Word] = []
    line: list[Word] = []
    for word in sorted(words, key=lambda w: w.baseline_mm):
        if line and word.baseline_mm - line[0].baseline_mm > 0.5:
            ordered += sorted(line, key=lambda w: w.left_mm)
            line = []
        line.append(word)
    return ordered + sorted(line, key=lambda w: w.left_mm)


def frame_page(
    index: int, page: PageText, grid: Grid, note_numbers: Sequence[int], *, contact: bool = False, tables: bool = False
) -> FramedPage:
    """Sort one page; ``note_numbers`` are the notes that may stand on it.

    On a leaf without a side column nothing is ``side`` but, on a page that may have one, the ``contact`` block,
    which its size tells from the text above it. Where a text has ``tables``, what is of their size is in the main
    column, however far it goes, with the calls beside it.
    """
    recto = index % 2 == 0
    main, side = grid.frame("main", recto=recto), grid.frame("side", recto=recto)
    block_pt = grid.mm("contact") / (25.4 / 72) if contact else 0.0
    framed = FramedPage(index)
    call_pt, mark_pt, *head_pts = (grid.mm(name) / (25.4 / 72) for name in ("call", "quote-mark", "folio", "running"))
    for word in page.words:
        if word.baseline_mm < main.top_mm and any(abs(word.size_pt - size) < 0.05 for size in head_pts):
            framed.head.append(word)
        elif tables and is_in_table(word, grid):
            framed.main.append(word)
        elif tables and _is_call(word, call_pt):
            framed.calls.append(word)
        elif _nearer(word, main, side) is side if grid.has_side else abs(word.size_pt - block_pt) < 0.05:
            framed.side.append(word)
        elif _is_call(word, call_pt):
            framed.calls.append(word)
        elif abs(word.size_pt - mark_pt) < 0.05:
            framed.marks.append(word)
        else:
            framed.main.append(word)
    text, framed.notes = _part_notes(reading_order(framed.main), main, grid, note_numbers)
    framed.main = captions_in_columns(text, grid)
    framed.head, framed.side = reading_order(framed.head), _by_column(framed.side, main, grid)
    framed.calls, framed.marks = reading_order(framed.calls), reading_order(framed.marks)
    return framed


def _is_call(word: Word, call_pt: float) -> bool:
    return abs(word.size_pt - call_pt) < 0.05 and word.text.rstrip(",").isdigit()


def is_in_table(word: Word, grid: Grid) -> bool:
    """Whether a word is of the size that tables have, and no other text."""
    return abs(word.size_pt - grid.mm("table") / (25.4 / 72)) < 0.05


def _by_column(words: Sequence[Word], main: Frame, grid: Grid) -> list[Word]:
    """A contact block in reading order: below the text it may have two columns, between which nothing stands."""
    right_mm = main.right_mm - grid.side_mm
    left_mm = right_mm - grid.mm("gutter")
    if grid.has_side or any(word.left_mm < right_mm and word.right_mm > left_mm for word in words):
        return reading_order(words)
    left, right = ([word for word in words if (word.left_mm < right_mm) is first] for first in (True, False))
    return reading_order(left) + reading_order(right)


def _nearer(word: Word, main: Frame, side: Frame) -> Frame:
    """The column that a word begins in; between the two, the one that it begins nearer to."""

    def distance(frame: Frame) -> float:
        return max(frame.left_mm - word.left_mm, word.left_mm - frame.right_mm, 0.0)

    return min((main, side), key=distance)


def _part_notes(words: list[Word], main: Frame, grid: Grid, numbers: Sequence[int]) -> tuple[list[Word], list[Word]]:
    """Cut the column where the first note's number stands at its left edge, in type smaller than the text's."""
    text_pt = grid.mm("text") / (25.4 / 72)
    wanted = {str(number) for number in numbers}
    for at, word in enumerate(words):
        at_edge = abs(word.left_mm - main.left_mm) < _TOLERANCE_MM and word.size_pt < _SMALLER * text_pt
        if at_edge and word.text in wanted and not is_in_table(word, grid):
            return words[:at], words[at:]
    return words, []


def _hangs_mm(word: Word) -> float:
    """How far a word may begin outside of its frame: by the marks that it opens with."""
    marks = len(word.text) - len(word.text.lstrip(OPENING_MARKS))
    return marks * _MARK_EM * word.size_pt * 25.4 / 72


def outside(words: Iterable[Word], frame: Frame) -> tuple[list[Word], float]:
    """The words that leave a frame, and by how many millimetres the worst of them does."""
    worst = 0.0
    leaving = []
    for word in words:
        over = max(
            frame.left_mm - word.left_mm - _hangs_mm(word),
            word.right_mm - frame.right_mm,
            frame.top_mm - word.baseline_mm,
            word.baseline_mm - frame.bottom_mm,
        )
        if over > max(_TOLERANCE_MM, _OVERHANG_EM * word.size_pt * 25.4 / 72) and letters(word.text):
            leaving.append(word)
            worst = max(worst, over)
    return leaving, worst
