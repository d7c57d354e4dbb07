"""A logo or drawing as pixels: to measure its ink, and to hold a page against. It never goes into a file.

SVG is drawn by resvg, which shares nothing with the engine that sets the pages.
"""

from __future__ import annotations

import io

import resvg_py
from PIL import Image

from directory_pub.pictures.drawings import DrawingError, plain_drawing
from directory_pub.pictures.facts import whole_files_only
from directory_pub.pictures.plain import plain_picture
from directory_pub.pictures.profiles import into_srgb, own_profile

__all__ = ["raster_of"]

_LONGEST_PX = 480
_HEAD_BYTES = 1024


def raster_of(content: bytes, longest_px: int = _LONGEST_PX) -> Image.Image:
    """A picture or drawing as RGBA, its longer side of about so many pixels.

    Raises DrawingError for a drawing, and what Pillow raises for a picture, that cannot be read.
    """
    head = content[:_HEAD_BYTES]
    if b"%PDF" in head or b"<svg" in content or b"<?xml" in head:
        return _drawn(plain_drawing(content), longest_px)
    with whole_files_only(), Image.open(io.BytesIO(plain_picture(content))) as picture:
        picture.draft("RGB", (longest_px, longest_px))
        own = own_profile(picture) if picture.mode == "CMYK" else None
        plain = (into_srgb(picture, own) if own else picture).convert("RGBA")
    plain.thumbnail((longest_px, longest_px), Image.Resampling.BOX)
    return plain


def _drawn(svg: bytes, longest_px: int) -> Image.Image:
    text = svg.decode("utf-8-sig", "replace")
    try:
        wide = _png(text, width=longest_px)
        if wide.height > wide.width:
            wide = _png(text, height=longest_px)
    except ValueError as problem:
        raise DrawingError(f"cannot be drawn ({problem})", "Save it again as plain SVG.") from problem
    return wide


def _png(text: str, *, width: int | None = None, height: int | None = None) -> Image.Image:
    png = resvg_py.svg_to_bytes(svg_string=text, width=width, height=height, skip_system_fonts=True)
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")
