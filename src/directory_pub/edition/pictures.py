"""Pictures, wherever one may stand: in a tile, in the text, at an entry's end, on a cover."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from directory_pub.edition.runs import Run
from directory_pub.findings import Place

__all__ = ["Fit", "Photo", "Size"]

# Whether a picture fills its field and is cropped to it, or is shown whole on a ground.
Fit = Literal["cover", "contain"]

# How wide it stands: in the tile beside the text, across the text's column, or across that and the side column.
Size = Literal["tile", "column", "page"]


class Photo(Struct, frozen=True, kw_only=True):
    """A picture of an entry or text or of the cover, or a publisher's logo.

    ``focus`` is the point that a crop keeps, in per cent; ``caption`` is printed below it, and behind that the
    ``credit``. One that ``stays`` does not leave its tile for the room below a text.
    """

    file: str
    alt: str
    place: Place
    credit: str | None = None
    focus: tuple[float, float] = (50.0, 50.0)
    file_place: Place
    fit: Fit = "cover"
    caption: tuple[Run, ...] = ()
    size: Size = "tile"
    stays: bool = False

    @property
    def is_drawing(self) -> bool:
        """Whether it is drawn in inks, as an SVG or PDF file says, and has no pixels."""
        return self.file.lower().endswith((".svg", ".pdf"))
