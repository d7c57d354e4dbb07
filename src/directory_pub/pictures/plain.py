"""A picture as the engine takes it without loss: upright, without a palette, its colours those that it means.

The engine loses a profile wherever it does more than pass a JPEG on, and every reader of a CMYK JPEG
without Adobe's marker guesses anew whether full ink is 0 or 255; here it is read as with it, and gets one.
"""

from __future__ import annotations

import io

from PIL import Image, ImageCms

from directory_pub.pictures.facts import UNREADABLE, lacks_marker
from directory_pub.pictures.profiles import into_srgb, own_profile

__all__ = ["plain_picture"]

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_JPEG_QUALITY = 95
_APP1 = 0xE1
_NO_LENGTH = (0xDA, 0xFF, 0x01, *range(0xD0, 0xDA))  # the scan, a filler, and markers that stand alone
_PLAIN = ("L", "LA", "RGB", "RGBA")


def plain_picture(content: bytes) -> bytes:
    """A JPEG or PNG of the same picture: the very bytes where they will do.

    A JPEG keeps its profile, which prepare converts by; others are in sRGB or grey. Of several pictures in
    a file the first is taken. What is no picture comes back as it is, for the engine to complain of.
    """
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.format in ("JPEG", "MPO"):
                return _without_notes(content) if _is_plain_jpeg(image) else _as_jpeg(image)
            return content if _is_plain_png(image) else _as_png(image)
    except (*UNREADABLE, ImageCms.PyCMSError):
        return content


def _is_plain_jpeg(image: Image.Image) -> bool:
    return image.format == "JPEG" and _turn(image) is None and not lacks_marker(image)


def _is_plain_png(image: Image.Image) -> bool:
    plain = image.format == "PNG" and image.mode in _PLAIN and "transparency" not in image.info
    return plain and _turn(image) is None and own_profile(image) is None


def _without_notes(jpeg: bytes) -> bytes:
    """A JPEG without Exif and XMP: where there are any, the engine encodes the picture anew and loses its profile."""
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1] not in _NO_LENGTH:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] != _APP1:
            kept.append(jpeg[at:end])
        at = end
    return b"".join((*kept, jpeg[at:]))


def _as_jpeg(image: Image.Image) -> bytes:
    encoded = io.BytesIO()
    options = {"icc_profile": own_profile(image), "quality": _JPEG_QUALITY, "subsampling": "4:4:4"}
    upright = _upright(image)
    upright.info = {}
    upright.save(encoded, "JPEG", **options)
    return encoded.getvalue()


def _as_png(image: Image.Image) -> bytes:
    profile = own_profile(image)
    channels = "L" if image.mode in ("1", "L", "LA", "La") else "RGB"
    plain = _upright(image).convert(channels + ("A" if image.has_transparency_data else ""))
    if profile:
        plane = into_srgb(plain.convert(channels), profile)
        if plain.mode != channels:
            plane.putalpha(plain.getchannel("A"))
        plain = plane
    plain.info = {}
    encoded = io.BytesIO()
    plain.save(encoded, "PNG", compress_level=1)  # it is written anew in any case
    return encoded.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    turn = _turn(image)
    return image.copy() if turn is None else image.transpose(turn)


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How a picture is turned that lies on its side; what a broken note on it says is not heard."""
    try:
        return _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))
    except UNREADABLE:
        return None
