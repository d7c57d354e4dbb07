"""Which picture of the content is which on a piece's pages, and whether one goes across what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from directory_pub.census.page_reader import PageText, PlacedPicture
from directory_pub.design.grid import Grid
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.pictures import Photo
from directory_pub.findings import Finding, error

__all__ = ["check_across", "in_order"]

_NEAR_MM = 1.0
_RULE_LINES = 3  # a contact block has a rule above its first line


def in_order(
    piece: Piece, pictures: Mapping[int, Sequence[PlacedPicture]], grid: Grid, *, reads: bool
) -> list[tuple[int, PlacedPicture]]:
    """The pictures of a piece's pages, each with its folio: as they are painted, or, of a text that ``reads``, those of
    the side column before the main one's, from the top and from the left."""
    found: list[tuple[int, PlacedPicture]] = []
    for index in piece.pages:
        shown = [picture for picture in pictures[index] if picture.is_shown]
        if reads:
            shown.sort(key=partial(_position, grid, recto=index % 2 == 0))
        found += [(index + 1, picture) for picture in shown]
    return found


def _position(grid: Grid, picture: PlacedPicture, *, recto: bool) -> tuple[bool, int, float]:
    """Where a picture stands in the order of reading on its page."""
    side, left_mm = grid.frame("side", recto=recto), picture.shown_left_mm
    within = side.left_mm - _NEAR_MM < left_mm and left_mm + picture.shown_width_mm < side.right_mm + _NEAR_MM
    return not (grid.has_side and within), round(picture.shown_top_mm), left_mm


def check_across(
    piece: Piece,
    placed: Iterable[tuple[Photo, int, PlacedPicture]],
    texts: Mapping[int, PageText],
    grid: Grid,
) -> Iterator[Finding]:
    """A picture across the side column where the tile, or words such as a contact block, stand there."""
    for photo, folio, picture in placed:
        if photo.size != "page" or not grid.has_side:
            continue
        side = grid.frame("side", recto=folio % 2 == 1)
        top_mm = picture.shown_top_mm
        foot_mm = top_mm + picture.shown_height_mm + _RULE_LINES * grid.unit_mm
        beside = [word for word in texts[folio - 1].words if side.left_mm - _NEAR_MM < word.left_mm < side.right_mm]
        words = [word for word in beside if max(top_mm, side.top_mm) < word.baseline_mm < foot_mm]
        by_tile = piece.entry is not None and folio == piece.pages[0] + 1 and top_mm < side.top_mm + grid.mm("tile")
        if by_tile or words:
            what = "the tile stands" if by_tile else f"“{words[0].text}” stands"
            message = f"'{photo.file}' goes across the side column of page {folio}, where {what}."
            remedy = "Put it further down in the text, where that column is free, or write size=column."
            yield error("photo-across", photo.file_place, message, remedy, folio)
