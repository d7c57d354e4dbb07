"""What a picture file is: asked of its head first, so that nothing huge is unpacked, then read to its end."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from msgspec import Struct
from PIL import Image, ImageFile, UnidentifiedImageError

from directory_pub.pictures.profiles import profile_fault

__all__ = ["KINDS", "MOST_PIXELS", "UNREADABLE", "PictureFacts", "lacks_marker", "look_at_picture", "whole_files_only"]

KINDS = ("JPEG", "PNG", "WEBP", "GIF")
"""What can be printed from; MPO is a camera's JPEG with more pictures behind the first."""
MOST_PIXELS = 72_000_000
"""An A3 page with its bleed at 600 ppi. A book with one takes 0.8 GB as JPEG, 1.2 GB as PNG with transparency."""

UNREADABLE = (
    OSError, SyntaxError, ValueError, ArithmeticError, AttributeError, EOFError, LookupError, TypeError, struct.error,
    zlib.error,
)  # fmt: skip
"""What Pillow raises at a file that is not as it should be."""

_HEAD_BYTES = 512
_DEPTH_AT = 24  # of a PNG's head: bits a channel
_ISO_BRANDS = {b"avif": "AVIF", b"avis": "AVIF"}  # all others of that family come from phones: HEIC
_SIGNATURES = ((b"%PDF", "PDF"), (b"8BPS", "PSD"), (b"%!PS", "EPS"), (b"BM", "BMP"), (b"\xff\x0a", "JPEG XL"))


class PictureFacts(Struct, frozen=True, kw_only=True):
    """``kind`` is the format by its usual name; of a kind that is not read, or a picture too large, that is all."""

    kind: str
    width_px: int = 0
    height_px: int = 0
    bits: int = 8
    pictures: int = 1
    profile_fault: str | None = None
    lacks_marker: bool = False

    @property
    def too_large(self) -> bool:
        """Whether it has more pixels than are read."""
        return self.width_px * self.height_px > MOST_PIXELS


def look_at_picture(file: BinaryIO) -> PictureFacts:
    """Read an open picture to its last byte, unless it is too large or of a kind that is not taken.

    Raises one of UNREADABLE for what cannot be read; UnidentifiedImageError, among them, for what is no picture.
    """
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    try:
        with whole_files_only(), Image.open(file) as image:
            kind = "JPEG" if image.format == "MPO" else image.format or "unknown"
            facts = PictureFacts(kind=kind, width_px=image.width, height_px=image.height)
            return facts if kind not in KINDS or facts.too_large else _read(image, kind, head)
    except UnidentifiedImageError:
        foreign = _foreign_kind(head)
        if foreign is None:
            raise
        return PictureFacts(kind=foreign)


def _read(image: Image.Image, kind: str, head: bytes) -> PictureFacts:
    fault = profile_fault(image)
    pictures = getattr(image, "n_frames", 1) if image.format == kind else 1
    image.load()
    deep = image.mode.startswith("I") or image.mode == "F"
    # Pillow folds 16-bit colour to 8 unseen.
    bits = 16 if deep or (kind == "PNG" and head[_DEPTH_AT] > 8) else 8
    return PictureFacts(
        kind=kind,
        width_px=image.width,
        height_px=image.height,
        bits=bits,
        pictures=pictures,
        profile_fault=fault,
        lacks_marker=lacks_marker(image),
    )


def lacks_marker(image: Image.Image) -> bool:
    """Whether a JPEG in CMYK does not say, as Adobe's marker does, that full ink is 0."""
    return image.mode == "CMYK" and image.format in ("JPEG", "MPO") and "APP14" not in getattr(image, "app", {})


def _foreign_kind(head: bytes) -> str | None:
    """The kind of a file that is no picture to Pillow and may be one to its author."""
    if head[4:8] == b"ftyp":
        return _ISO_BRANDS.get(head[8:12], "HEIC")
    if b"<svg" in head.lower():
        return "SVG"
    return next((kind for start, kind in _SIGNATURES if head.startswith(start)), None)


@contextmanager
def whole_files_only() -> Iterator[None]:
    """Refuse truncated files, which the engine tells Pillow to take for the whole program; sizes are judged here."""
    lenient, most = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = False, None
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = lenient, most
