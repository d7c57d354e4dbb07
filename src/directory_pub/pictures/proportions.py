"""How wide a picture is to its height, as it stands upright."""

from __future__ import annotations

from typing import BinaryIO

from PIL import Image

from directory_pub.pictures.drawings import proportion_of_drawing
from directory_pub.pictures.facts import whole_files_only

__all__ = ["proportion_of", "upright_size"]

_ON_ITS_SIDE = frozenset({5, 6, 7, 8})  # of Exif's ways to turn a picture
_ORIENTATION = 0x0112
_SQUARE = 1.0


def proportion_of(file: BinaryIO, *, is_drawing: bool = False) -> float:
    """Width by height of an open picture; of a drawing, that of what it shows, or as of a square."""
    if is_drawing:
        return proportion_of_drawing(file.read()) or _SQUARE
    width, height = upright_size(file)
    return width / height


def upright_size(file: BinaryIO) -> tuple[int, int]:
    """The pixels of an open picture across and down, as it stands upright."""
    with whole_files_only(), Image.open(file) as image:
        width, height = image.size
        lies = image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
    return (height, width) if lies else (width, height)
