"""A code to scan as a layout prints it: its drawing, the words beside or below it, its size on the grid."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.cards import CodeContent, Matrix, code_of_entry, code_of_page, dark_squares, matrix_of, size_of_code
from directory_pub.compose.contact import split_runs
from directory_pub.compose.lines import Line, set_lines
from directory_pub.compose.measure import Measure
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.design.inks import InkTable
from directory_pub.edition.model import Edition, Entry, TextPage

__all__ = ["Code", "black_of", "draw_code"]

_NAME = "code-"  # no plate and no motif is called so
_MOST_BESIDE = 2  # lines of words: more of them are an address in pieces


class Code(Struct, frozen=True, kw_only=True):
    """A code: the ``file`` of its drawing, what is ``said`` of it, where it leads, and the lines of words with it.

    The words stand beside it, or ``under`` it where they are too wide. It hangs ``top_mm`` below the top of the first
    of its lines, and is ``height`` units high with its words.
    """

    file: str
    said: str
    href: str | None
    lines: tuple[Line, ...]
    under: bool
    side_mm: float
    top_mm: float
    quiet_mm: float
    height: int
    matrix: Matrix

    def drawing(self, black: str) -> str:
        """The code as one path in black, so that no seam shows between its modules."""
        n = len(self.matrix)
        path = "".join(f"M{left} {top}h{width}v{high}h-{width}z" for left, top, width, high in _placed(self.matrix))
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n} {n}"><path fill="{black}" d="{path}"/></svg>'


def black_of(inks: InkTable) -> str:
    """The ink that codes are drawn in: that of text, or the first that is the black plate alone."""
    alone = [ink for ink in inks.inks if ink.cmyk_percent == (0, 0, 0, 100)]
    text = inks.named("ink")
    found = text if text in alone or not alone else alone[0]
    return found.hex if found else "#000000"


def _placed(matrix: Matrix) -> list[tuple[int, int, int, int]]:
    return sorted(dark_squares(matrix), key=lambda each: (each[1], each[0]))


def draw_code(
    page: Entry | TextPage, edition: Edition, grid: Grid, measure: Measure, library: FontLibrary
) -> Code | None:
    """The code of an entry or a page, its words set in a ``measure`` of the column's width; None where it has none."""
    content = code_of_page(page, edition) if isinstance(page, TextPage) else code_of_entry(page, edition)
    matrix = matrix_of(content.text) if content else None
    if content is None or matrix is None:
        return None
    size = size_of_code(len(matrix), grid)
    room_mm = size.room_mm - size.side_mm - size.quiet_mm
    lines, under = _words(content, measure, room_mm, size.room_mm, library)
    free = 0 if size.top_mm + grid.foot_gap_mm >= size.quiet_mm else 1  # a line, where white needs more than a gap
    high = size.lines + free + len(lines) if under else max(size.lines, len(lines))
    return Code(
        file=f"{_NAME}{content.key}.svg",
        said=content.said,
        href=content.href,
        lines=lines,
        under=under,
        side_mm=round(size.side_mm, 3),
        top_mm=round(size.top_mm, 3),
        quiet_mm=round(size.quiet_mm, 3),
        height=high,
        matrix=matrix,
    )


def _words(
    content: CodeContent, measure: Measure, room_mm: float, column_mm: float, library: FontLibrary
) -> tuple[tuple[Line, ...], bool]:
    """The lines of words beside a code, or those below it where it leaves too little room for them."""
    runs = split_runs(content.words)
    below = set_lines(runs, replace(measure, width_mm=column_mm), library)
    if room_mm <= 0:
        return below, True
    beside = set_lines(runs, replace(measure, width_mm=room_mm), library)
    widest_mm = max(sum(measure.width_of(run.text, run, library) for run in line.runs) for line in beside)
    if widest_mm > room_mm or len(beside) > max(_MOST_BESIDE, len(below)):
        return below, True
    return beside, False
