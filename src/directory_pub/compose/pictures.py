"""Pictures in the text: how wide and high each stands, on the lines of the grid, and where its caption is.

A picture hangs from a cap height and stands on a baseline. One alone is as wide as its column and as high as it
needs; several share a row, all of one height, each as wide as it needs; more take several rows. What is trimmed off so
that feet come to a baseline is less than half a line, unless a picture is higher than a page or far too narrow.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.compose.contact import split_runs
from directory_pub.compose.lines import Line
from directory_pub.design.grid import LIST_LEADING, Grid
from directory_pub.edition.pictures import Photo, Size
from directory_pub.edition.runs import Run

__all__ = ["CLOSING_LINES", "PictureBlock", "PictureRow", "SetPicture", "arrange_pictures", "close_with", "illustrate"]

SetCaption = Callable[[Sequence[Run], float], tuple[Line, ...]]
"""The lines of a caption in a width in mm."""

_MOST_IN_A_STRIP = 4
_MOST_IN_A_ROW = 3  # of a grid
_FEWEST_LINES = 3  # of a picture
_NARROWEST, _WIDEST = 0.5, 3.0  # width by height of a picture in a row: others are cropped, so that all can be seen
_NARROWEST_CAPTION_MM = 22.0
_AT_THE_FOOT = (0.0, 100.0)  # where what is whole stands in its field, with its caption below it
_LITTLE = 0.5  # of the lines that an illustration would have: with fewer it stands on the next page
_SPACE_LINES = 1  # between the text and a closing picture
CLOSING_LINES = 10
"""The lines that must be free below a text for a picture to stand there."""
_ENDS = tuple(".!?…:;”’»)")


class SetPicture(Struct, frozen=True, kw_only=True):
    """A picture with the size of its field, and the lines of its caption: below it, or so far from its left edge.

    Of one that is ``whole``, as drawings are, nothing is cropped, since each line of it may be wanted.
    """

    photo: Photo
    width_mm: float
    height_mm: float
    caption: tuple[Line, ...] = ()
    beside_mm: float = 0.0
    whole: bool = False

    @property
    def style(self) -> str:
        """Its size and crop as CSS."""
        is_whole = self.whole or self.photo.is_drawing
        left, top = _AT_THE_FOOT if is_whole else self.photo.focus
        fit = "contain" if is_whole else self.photo.fit
        return (
            f"width: {self.width_mm:.3f}mm; height: {self.height_mm:.3f}mm; "
            f"object-fit: {fit}; object-position: {left:g}% {top:g}%"
        )


class PictureRow(Struct, frozen=True, kw_only=True):
    """Pictures side by side; ``lines`` are those of the grid that they and what is below them take."""

    pictures: tuple[SetPicture, ...]
    lines: int


class PictureBlock(Struct, frozen=True, kw_only=True):
    """Rows of pictures, and captions that stand below all of them; ``gap_mm`` is between two of a row.

    ``blank`` lines are left white above it, where it closes a text.
    """

    rows: tuple[PictureRow, ...]
    gap_mm: float
    size: Size
    below: tuple[tuple[Line, ...], ...] = ()
    blank: int = 0

    @property
    def below_lines(self) -> int:
        """The lines of the grid that the captions below all take."""
        return sum(_caption_lines(each) for each in self.below)

    @property
    def lines(self) -> int:
        """All lines of the grid that it takes."""
        return self.blank + sum(row.lines for row in self.rows) + self.below_lines


class _Room(Struct, frozen=True):
    """What pictures have room in."""

    grid: Grid
    set_caption: SetCaption

    @property
    def gap_mm(self) -> float:
        """Between pictures, across as down: from a baseline to the cap height below it."""
        return self.grid.cap_gap_mm + self.grid.foot_gap_mm

    def lines_of(self, height_mm: float, most: int, *, whole: bool) -> int:
        """The lines that come next to a height; those that it needs, if what has it is to be whole."""
        lines = (height_mm + self.gap_mm) / self.grid.unit_mm
        return min(max(math.ceil(lines - 1e-6) if whole else round(lines), min(_FEWEST_LINES, most)), most)

    def height_mm(self, lines: int) -> float:
        """From the cap height of the first of some lines to the baseline of the last."""
        return lines * self.grid.unit_mm - self.gap_mm


def arrange_pictures(
    photos: Sequence[Photo], proportions: Sequence[float], grid: Grid, set_caption: SetCaption
) -> PictureBlock:
    """How the pictures of one paragraph stand, whose width by height is known."""
    room = _Room(grid, set_caption)
    size = photos[0].size if len(photos) == 1 else max((photo.size for photo in photos), key=_how_wide)
    if size == "page" and not grid.has_side:
        size = "column"
    if size == "tile" and len(photos) == 1:
        return PictureBlock(rows=(_small(photos[0], proportions[0], room),), gap_mm=room.gap_mm, size=size)
    width_mm = grid.main_mm
    if size == "page":
        width_mm += grid.mm("gutter") + grid.side_mm
    if len(photos) == 1:
        return _single(photos[0], proportions[0], width_mm, size, room)
    return _several(photos, proportions, width_mm, size, room)


def _how_wide(size: Size) -> int:
    return ("tile", "column", "page").index(size)


def _single(
    photo: Photo, proportion: float, width_mm: float, size: Size, room: _Room, *, taken: int = 0, whole: bool = False
) -> PictureBlock:
    """One picture, as wide as its column; one that would be higher than what is left of a page is narrower."""
    caption = _texts(photo, room.set_caption, room.grid.main_mm)
    most = room.grid.lines - taken - _caption_lines(caption)
    lines = room.lines_of(width_mm / proportion, most, whole=whole or photo.is_drawing)
    height_mm = room.height_mm(lines)
    is_too_high = width_mm / proportion > height_mm + room.grid.unit_mm / 2
    own_mm = min(height_mm * proportion, width_mm) if is_too_high else width_mm
    picture = SetPicture(photo=photo, width_mm=own_mm, height_mm=height_mm, caption=caption, whole=whole)
    row = PictureRow(pictures=(picture,), lines=lines + _caption_lines(caption))
    return PictureBlock(rows=(row,), gap_mm=room.gap_mm, size=size)


def _small(photo: Photo, proportion: float, room: _Room) -> PictureRow:
    """A picture as wide as a tile, with its caption beside its foot."""
    grid = room.grid
    width_mm = grid.mm("side") if grid.has_side else grid.mm("tile")
    caption = _texts(photo, room.set_caption, grid.main_mm - width_mm - grid.mm("gutter"))
    lines = room.lines_of(width_mm / proportion, grid.lines, whole=photo.is_drawing)
    lines = max(lines, _caption_lines(caption))
    height_mm, beside_mm = room.height_mm(lines), width_mm + grid.mm("gutter")
    picture = SetPicture(photo=photo, width_mm=width_mm, height_mm=height_mm, caption=caption, beside_mm=beside_mm)
    return PictureRow(pictures=(picture,), lines=lines)


def _several(
    photos: Sequence[Photo], proportions: Sequence[float], width_mm: float, size: Size, room: _Room
) -> PictureBlock:
    """A strip, or rows of a grid; a caption that only one picture has is that of all."""
    told = [photo for photo in photos if photo.caption or photo.credit]
    rows = _rows_of(len(photos))
    widths = [width for row in rows for width in _widths([_kept(proportions[at]) for at in row], width_mm, room)]
    narrow = any(width < _NARROWEST_CAPTION_MM for photo, width in zip(photos, widths, strict=True) if photo in told)
    below_all = len(told) == 1 or narrow or size == "page"
    made = []
    for row in rows:
        height_mm = widths[row[0]] / _kept(proportions[row[0]])
        captions = {at: () if below_all else _texts(photos[at], room.set_caption, widths[at]) for at in row}
        caption_lines = max(_caption_lines(captions[at]) for at in row)
        whole = any(photos[at].is_drawing for at in row)
        lines = room.lines_of(height_mm, room.grid.lines - caption_lines, whole=whole)
        pictures = tuple(
            SetPicture(photo=photos[at], width_mm=widths[at], height_mm=room.height_mm(lines), caption=captions[at])
            for at in row
        )
        made.append(PictureRow(pictures=pictures, lines=lines + caption_lines))
    below = tuple(_texts(photo, room.set_caption, room.grid.main_mm) for photo in told) if below_all else ()
    return PictureBlock(rows=tuple(made), gap_mm=room.gap_mm, size=size, below=below)


def _rows_of(count: int) -> list[range]:
    """Which pictures stand in which row: up to four in one, of more the shorter rows first."""
    if count <= _MOST_IN_A_STRIP:
        return [range(count)]
    rows = math.ceil(count / _MOST_IN_A_ROW)
    short = rows * _MOST_IN_A_ROW - count
    starts = [0]
    for at in range(rows):
        starts.append(starts[-1] + (_MOST_IN_A_ROW - 1 if at < short else _MOST_IN_A_ROW))
    return [range(start, stop) for start, stop in itertools.pairwise(starts)]


def _kept(proportion: float) -> float:
    return min(max(proportion, _NARROWEST), _WIDEST)


def _widths(proportions: Sequence[float], width_mm: float, room: _Room) -> list[float]:
    """The widths of pictures of one height that fill a row."""
    left_mm = width_mm - (len(proportions) - 1) * room.gap_mm
    return [left_mm * each / sum(proportions) for each in proportions]


# -------------------------------------------------------------------- captions
def _texts(photo: Photo, set_caption: SetCaption, width_mm: float) -> tuple[Line, ...]:
    """The lines below a picture."""
    runs = caption_of(photo)
    return set_caption(runs, width_mm) if runs else ()


def caption_of(photo: Photo) -> tuple[Run, ...]:
    """What stands below a picture: its caption, and the credit behind it, or below it where no stop parts the two."""
    credit = split_runs(photo.credit) if photo.credit else ()
    if not photo.caption or not credit:
        return (*photo.caption, *credit)
    between = " " if photo.caption[-1].text.rstrip().endswith(_ENDS) else "\n"
    return (*photo.caption, Run(text=between, line=photo.caption[-1].line), *credit)


def _caption_lines(lines: Sequence[Line]) -> int:
    """The lines of the grid that a caption takes, whose own lines are three quarters of them."""
    return math.ceil(LIST_LEADING * len(lines) - 1e-6)


# -------------------------------------------------------------------- the closing field
def close_with(photo: Photo, proportion: float, free: int, grid: Grid, set_caption: SetCaption) -> PictureBlock:
    """A picture that stands on the last of some free lines, with its caption on the very last.

    It is no higher than it is by its proportions; where there is less room it is cropped. Without room for it, it
    takes a page of its own.
    """
    room = _Room(grid, set_caption)
    if free < CLOSING_LINES:
        return _single(photo, proportion, grid.main_mm, "column", room)
    caption = _texts(photo, set_caption, grid.main_mm)
    below = _caption_lines(caption)
    lines = room.lines_of(grid.main_mm / proportion, free - _SPACE_LINES - below, whole=photo.is_drawing)
    picture = SetPicture(photo=photo, width_mm=grid.main_mm, height_mm=room.height_mm(lines), caption=caption)
    row = PictureRow(pictures=(picture,), lines=lines + below)
    return PictureBlock(rows=(row,), gap_mm=room.gap_mm, size="column", blank=free - lines - below)


# -------------------------------------------------------------------- an illustration
def illustrate(
    photo: Photo, proportion: float, grid: Grid, set_caption: SetCaption, *, above: int, below: int
) -> PictureBlock:
    """A picture across both columns of a page, with so many lines of other things ``above`` and ``below`` it.

    Where they leave it less than half of its height, it stands on the next page, without those above.
    """
    room = _Room(grid, set_caption)
    size: Size = "page" if grid.has_side else "column"
    width_mm = grid.main_mm + (grid.mm("gutter") + grid.side_mm if grid.has_side else 0.0)
    below = min(below, grid.lines // 2)
    left = grid.lines - below - _caption_lines(_texts(photo, set_caption, grid.main_mm))
    is_little = left - above < _LITTLE * room.lines_of(width_mm / proportion, left, whole=True)
    taken = below + (0 if is_little else above)
    return _single(replace(photo, fit="cover"), proportion, width_mm, size, room, taken=taken, whole=True)  # no ground
