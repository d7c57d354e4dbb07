"""Which picture of the content is which on a piece's pages, and whether one goes across what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from directory_pub.census.page_reader import PageText, PlacedPicture
from directory_pub.design.grid import Grid
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.pictures import Photo
from directory_pub.findings import Finding, error

__all__ = ["check_across", "in_order"]

_TOLERANCE_MM = 1.0
_RULE_LINES = 3  # a contact block has a rule above its first line


def in_order(
    piece: Piece, pictures: Mapping[int, Sequence[PlacedPicture]], grid: Grid, *, reads: bool
) -> list[tuple[int, PlacedPicture]]:
    """The pictures of a piece's pages, each with its folio: as they are painted, or, of a text that ``reads``, those of
    the side column before the main one's, from the top and from the left."""
    found: list[tuple[int, PlacedPicture]] = []
    for index in piece.pages:
        shown: Iterable[PlacedPicture] = (picture for picture in pictures[index] if picture.is_shown)
        if reads:
            side = grid.frame("side", recto=index % 2 == 0)

            def place(picture: PlacedPicture, left_mm: float = side.left_mm, right_mm: float = side.right_mm) -> Place:
                to_mm = picture.shown_left_mm + picture.shown_width_mm
                beside = picture.shown_left_mm > left_mm - _TOLERANCE_MM and to_mm < right_mm + _TOLERANCE_MM
                is_first = beside and grid.has_side
                return not is_first, round(picture.shown_top_mm), picture.shown_left_mm

            shown = sorted(shown, key=place)
        found += [(index + 1, picture) for picture in shown]
    return found


Place = tuple[bool, int, float]


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
        top_mm, foot_mm = picture.shown_top_mm, picture.shown_top_mm + picture.shown_height_mm
        side = grid.frame("side", recto=folio % 2 == 1)
        by_tile = piece.entry is not None and folio == piece.pages[0] + 1
        tile_mm = side.top_mm + grid.mm("tile") if by_tile else side.top_mm
        under = [
            word
            for word in texts[folio - 1].words
            if top_mm < word.baseline_mm < foot_mm + _RULE_LINES * grid.unit_mm
            and side.left_mm - 1 < word.left_mm < side.right_mm
        ]
        lines = [word for word in under if word.baseline_mm > side.top_mm]
        if top_mm < tile_mm or lines:
            what = "the tile stands" if top_mm < tile_mm else f"“{lines[0].text}” stands"
            message = f"'{photo.file}' goes across the side column of page {folio}, where {what}."
            remedy = "Put it further down in the text, where that column is free, or write size=column."
            yield error("photo-across", photo.file_place, message, remedy, folio)
