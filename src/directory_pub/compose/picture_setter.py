"""What layouts ask of pictures: their addresses, how they stand in a column or on a page, and what stands below."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from directory_pub.compose.asked import the
from directory_pub.compose.pictures import (
    CLOSING_LINES,
    PictureBlock,
    SetCaption,
    arrange_pictures,
    caption_of,
    close_with,
    illustrate,
)
from directory_pub.design.grid import Grid
from directory_pub.edition.model import Edition
from directory_pub.edition.persons import portrait_focus
from directory_pub.edition.pictures import Photo
from directory_pub.edition.text import Pictures, Run
from directory_pub.pictures import find_picture, proportion_of, upright_size
from directory_pub.storage.enclosure import open_file

__all__ = ["PictureSetter"]

_LEAST_SEEN = 0.6  # of a picture that moves below its text


class PictureSetter:
    """The pictures of one edition; ``spend`` is told how many are looked at."""

    def __init__(self, edition: Edition, grid: Grid, set_caption: SetCaption, spend: Callable[[int], None]) -> None:
        self._edition = edition
        self._grid = grid
        self._set_caption = set_caption
        self._spend = spend

    def photo_url(self, photo: Photo) -> str:
        """A picture of the content as the sealed engine asks for it."""
        photo = the(Photo, photo, "photo_url")
        path = find_picture(self._edition.folder, photo.file)
        name = path.relative_to(self._edition.folder / "photos").as_posix() if path else photo.file
        return f"project:///.edition/photos/{quote(name)}"

    def picture_block(self, block: Pictures) -> PictureBlock:
        """How the pictures of a paragraph stand."""
        photos = the(Pictures, block, "picture_block").photos
        self._spend(len(photos))
        return arrange_pictures(photos, list(map(self._proportion, photos)), self._grid, self._set_caption)

    def closing_block(self, photo: Photo, free: int) -> PictureBlock:
        """How a picture stands in the lines that are free below a text."""
        photo = the(Photo, photo, "closing_block")
        self._spend(1)
        free = the(int, free, "closing_block")
        return close_with(photo, self._proportion(photo), free, self._grid, self._set_caption)

    def closes_larger(self, photo: Photo, free: int, ppi: float) -> bool:
        """Whether a picture of a tile stands larger in so many ``free`` lines below the text: it has the pixels for
        that, and most of it is seen."""
        path = find_picture(self._edition.folder, photo.file)
        may = photo.size == "tile" and not photo.stays and photo.fit == "cover" and not photo.is_drawing
        if path is None or not may or not self._grid.has_side or free < CLOSING_LINES:
            return False
        with open_file(path, self._edition.root, self._edition.folder) as file:
            width_px, height_px = upright_size(file)
        (row,) = close_with(photo, width_px / height_px, free, self._grid, self._set_caption).rows
        (picture,) = row.pictures
        # A field may be a little higher than the picture's proportions: the picture is trimmed at its sides then.
        mm_a_pixel = max(picture.width_mm / width_px, picture.height_mm / height_px)
        seen = picture.width_mm * picture.height_mm / (width_px * height_px * mm_a_pixel**2)
        return mm_a_pixel * ppi <= 25.4 and seen >= _LEAST_SEEN

    def illustration_block(self, photo: Photo, above: int = 0, below: int = 0) -> PictureBlock:
        """How a picture stands across both columns of a page, with so many lines above and below it."""
        photo = the(Photo, photo, "illustration_block")
        self._spend(1)
        above, below = (max(the(int, each, "illustration_block"), 0) for each in (above, below))
        proportion = self._proportion(photo)
        return illustrate(photo, proportion, self._grid, self._set_caption, above=above, below=below)

    def caption_runs(self, photo: Photo) -> tuple[Run, ...]:
        """What stands below a picture: its caption and credit."""
        return caption_of(the(Photo, photo, "caption_runs"))

    def _proportion(self, photo: Photo) -> float:
        path = find_picture(self._edition.folder, photo.file)
        if path is None:
            return 1.0  # it is told of as missing
        with open_file(path, self._edition.root, self._edition.folder) as file:
            return proportion_of(file, is_drawing=photo.is_drawing)

    def portrait_focus(self, photo: Photo) -> tuple[float, float]:
        """The point that the crop of a person's portrait keeps, in per cent."""
        return portrait_focus(the(Photo, photo, "portrait_focus"))
