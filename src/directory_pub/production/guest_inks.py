"""The inks of drawings that guests bring along: a partner's logo has colours which no editor puts into a table.

They are known to finish alone, and on the pieces that show the drawing: no sheet can name them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from msgspec.structs import replace

from directory_pub.design.inks import Ink, InkTable
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition
from directory_pub.edition.pictures import Photo
from directory_pub.edition.printers import Printer
from directory_pub.pictures import DrawingError, colours_of_drawing, find_picture
from directory_pub.prepare import press_colour
from directory_pub.storage.enclosure import Refused, read_bytes

__all__ = ["inks_of_pieces"]


def inks_of_pieces(inks: InkTable, edition: Edition, printer: Printer, pieces: Sequence[Piece]) -> InkTable:
    """The table, with the colours of all drawings on some pieces; the publisher's own is drawn in inks of the book."""
    shown = [edition.pictures_of(piece.kind, piece.key, *piece.shown) for piece in pieces]
    drawings = {photo for some in shown for photo in some if photo.is_drawing} - {edition.logo}
    if not drawings or printer.condition is None:
        return inks
    colours = sorted({colour for photo in drawings for colour in _colours_of(photo, edition)})
    condition = printer.condition
    guests = tuple(
        Ink(
            name="guest-{:02x}{:02x}{:02x}".format(*colour),
            srgb=colour,
            cmyk_percent=press_colour(colour, condition.profile, printer.ink_limit_percent),
        )
        for colour in colours
        if inks.of_srgb(colour) is None
    )
    return replace(inks, guests=guests)


def _colours_of(photo: Photo, edition: Edition) -> Iterable[tuple[int, int, int]]:
    path = find_picture(edition.folder, photo.file)
    with suppress(DrawingError, Refused, OSError):  # of which proofread has told
        return colours_of_drawing(read_bytes(path, edition.root, edition.folder)) if path else ()
    return ()
