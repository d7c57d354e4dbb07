"""How good the pictures of an email PDF are: a ladder from the best down to what a screen can still do with."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["BEST", "LADDER", "PictureQuality"]


class PictureQuality(Struct, frozen=True):
    """The most pixels an inch as placed, and the quality of a JPEG as libjpeg counts it, 1 to 95."""

    resolution_ppi: int
    jpeg_quality: int

    def __str__(self) -> str:
        return f"{self.resolution_ppi} ppi and quality {self.jpeg_quality}"


# Each step saves a tenth or more of the one before, so that the sizes fall as the steps do. Down to quality
# 70 the eye sees least, for a third of the bytes; then resolution and quality give way in turn. It ends at 96 ppi,
# where a page at 100 % on a screen has one pixel for each of the picture's, and at quality 45: below it the blocks
# of a JPEG show in skies and faces.
LADDER = (
    PictureQuality(150, 85),
    PictureQuality(150, 80),
    PictureQuality(150, 75),
    PictureQuality(150, 70),
    PictureQuality(135, 70),
    PictureQuality(120, 70),
    PictureQuality(120, 62),
    PictureQuality(108, 62),
    PictureQuality(96, 62),
    PictureQuality(96, 54),
    PictureQuality(96, 45),
)
BEST = LADDER[0]
