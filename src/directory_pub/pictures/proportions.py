"""How wide a picture is to its height, as it stands upright."""

from __future__ import annotations

import re
from typing import BinaryIO

from PIL import Image

from directory_pub.pictures.facts import whole_files_only

__all__ = ["proportion_of"]

_ON_ITS_SIDE = frozenset({5, 6, 7, 8})  # of Exif's ways to turn a picture
_ORIENTATION = 0x0112
_BOX = re.compile(rb"<svg\b[^>]*?\bviewBox\s*=\s*[\"']([^\"']+)[\"']", re.DOTALL)
_NUMBER = re.compile(rb"[-+]?[0-9]*\.?[0-9]+")
_SQUARE = 1.0


def proportion_of(file: BinaryIO, *, is_drawing: bool = False) -> float:
    """Width by height of an open picture; of a drawing, that of its view box. One that has none counts as square."""
    if is_drawing:
        box = _BOX.search(file.read())
        sides = [float(side) for side in _NUMBER.findall(box[1])][2:] if box else []
        return sides[0] / sides[1] if len(sides) == 2 and min(sides) > 0 else _SQUARE  # two sides
    with whole_files_only(), Image.open(file) as image:
        width, height = image.size
        lies = image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
    return height / width if lies else width / height
