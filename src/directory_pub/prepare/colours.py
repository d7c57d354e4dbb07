"""One colour from one space into another, as pictures are converted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from PIL import Image, ImageCms

from directory_pub.prepare.ink_limit import limit_ink
from directory_pub.prepare.pictures import Colour, PictureError, colour_transform

__all__ = ["convert_colour"]

_CHANNELS = {1: "L", 3: "RGB", 4: "CMYK"}


def convert_colour(
    components: Sequence[float],
    own: bytes | None,
    colour: Colour,
    profile_path: Path,
    ink_limit_percent: float | None = None,
) -> tuple[float, ...]:
    """Grey, RGB or CMYK (0 to 1), with a profile of its ``own`` or the usual one, in a target's colour.

    Grey without a profile is the ink black, and stays grey. Raises PictureError.
    """
    rounded = tuple(min(max(round(value * 255), 0), 255) for value in components)
    return _converted(rounded, own, colour, profile_path, ink_limit_percent)


@lru_cache(maxsize=4096)
def _converted(
    levels: tuple[int, ...], own: bytes | None, colour: Colour, profile_path: Path, ink_limit_percent: float | None
) -> tuple[float, ...]:
    if len(levels) == 1:
        return (levels[0] / 255,)
    pixel = Image.new(_CHANNELS[len(levels)], (1, 1), cast("Any", levels))
    into: Colour = "srgb" if colour == "grey" else colour
    try:
        made = ImageCms.applyTransform(pixel, colour_transform(own, pixel.mode, into, profile_path))
    except (ImageCms.PyCMSError, OSError, ValueError) as fault:
        raise PictureError(str(fault)) from fault
    if made is None:
        raise PictureError("the conversion gave no colour")
    if made.mode == "CMYK" and ink_limit_percent is not None:
        made = limit_ink(made, ink_limit_percent)
    values = cast("tuple[int, ...]", made.getpixel((0, 0)))
    if colour == "grey":
        red, green, blue = values
        return ((0.3 * red + 0.59 * green + 0.11 * blue) / 255,)
    return tuple(round(value / 255, 5) for value in values)
