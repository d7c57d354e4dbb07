"""What of a logo is to be seen on white paper: where its ink stands in it, and how dark that is."""

from __future__ import annotations

from msgspec import Struct
from PIL import Image, ImageChops

from directory_pub.pictures.raster import raster_of

__all__ = ["InkFacts", "look_at_ink"]

_SEEN = 10  # of 255: a tone that is closer to white is not seen


class InkFacts(Struct, frozen=True, kw_only=True):
    """The box round the ink, in shares of the whole from its top left corner; ``ratio`` is the whole's width by height.

    ``cover`` is how much of that box is covered by ink, from 0 to 1: nothing of a logo that is white.
    """

    ratio: float
    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0
    cover: float = 0.0

    @property
    def is_seen(self) -> bool:
        """Whether anything of it is."""
        return self.cover > 0

    @property
    def share(self) -> float:
        """How much of the whole the box with ink takes."""
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def ink_ratio(self) -> float:
        """The width of the box round the ink by its height."""
        return self.ratio * (self.right - self.left) / (self.bottom - self.top)


def look_at_ink(content: bytes) -> InkFacts:
    """Look at a picture or drawing; raises as ``raster_of`` does."""
    raster = raster_of(content)
    paper = Image.new("RGBA", raster.size, "white")
    paper.alpha_composite(raster)
    ink = ImageChops.invert(paper.convert("RGB"))
    red, green, blue = ink.split()
    darkest = ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda value: 255 * (value > _SEEN))
    box, ratio = darkest.getbbox(), raster.width / raster.height
    if box is None:
        return InkFacts(ratio=ratio)
    left, top, right, bottom = box
    grey = ink.convert("L").crop(box)
    cover = sum(value * count for value, count in enumerate(grey.histogram())) / 255 / (grey.width * grey.height)
    return InkFacts(
        ratio=ratio,
        left=left / raster.width,
        top=top / raster.height,
        right=right / raster.width,
        bottom=bottom / raster.height,
        cover=max(round(cover, 3), 0.001),
    )
