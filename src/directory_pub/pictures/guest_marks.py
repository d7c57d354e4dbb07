"""Stand-ins for guests: a picture that is typeset in a guest's place, and says by its pixels which guest that is.

The engine embeds no PDF. A stand-in has the guest's shape and goes through typesetting like any picture; finish
knows it again and draws the guest where it stands.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image

__all__ = ["DIGEST_LETTERS", "digest_in", "draw_stand_in"]

DIGEST_LETTERS = 64
_MAGIC = b"ready page "
_PX_A_MM = 2
_GREY = 0xD8  # what would be seen if no guest came
_LEAST_PX = 12


def draw_stand_in(digest: str, width_mm: float, height_mm: float) -> bytes:
    """A PNG of a shape whose first pixels are a guest's digest."""
    written = _MAGIC + digest.encode("ascii")
    width_px = max(round(width_mm * _PX_A_MM), _LEAST_PX)
    height_px = max(round(height_mm * _PX_A_MM), _LEAST_PX)
    pixels = bytearray([_GREY]) * (width_px * height_px)
    pixels[: len(written)] = written
    out = io.BytesIO()
    Image.frombytes("L", (width_px, height_px), bytes(pixels)).save(out, "PNG")
    return out.getvalue()


def digest_in(read: Callable[[], bytes]) -> str | None:
    """The digest of the guest that a picture stands for, its grey pixels read by a function; None for a picture."""
    pixels = read()
    if not pixels.startswith(_MAGIC):
        return None
    return pixels[len(_MAGIC) : len(_MAGIC) + DIGEST_LETTERS].decode("ascii")
