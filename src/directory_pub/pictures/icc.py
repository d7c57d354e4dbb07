"""ICC profiles: what they are for, and why one cannot be used."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from functools import lru_cache

from PIL import ImageCms

__all__ = ["fault_of_picture_profile", "fault_of_press_profile"]

_HEAD_BYTES = 132
_CLASSES = {b"link": "a device link", b"abst": "an abstract profile", b"nmcl": "a table of named colours"}
_SPACES = {b"RGB ": "RGB", b"CMYK": "CMYK", b"GRAY": "grey", b"Lab ": "Lab", b"XYZ ": "XYZ"}
# A grey picture may lie in an RGB profile: its grey is what that profile calls neutral.
_FITTING: Mapping[str, tuple[bytes, ...]] = {
    "L": (b"GRAY", b"RGB "),
    "RGB": (b"RGB ",),
    "CMYK": (b"CMYK",),
}


@lru_cache(maxsize=64)
def fault_of_picture_profile(profile: bytes, mode: str) -> str | None:
    """Why a profile cannot say what the colours of a picture mean, None where it can.

    ``mode`` is L, RGB or CMYK; what comes back follows on "its colour profile".
    """
    fault = _fault(profile)
    if fault is None and profile[16:20] not in _FITTING[mode]:
        space = _SPACES.get(profile[16:20], profile[16:20].decode("latin-1").strip())
        return f"is for {space}, but the picture is {'grey' if mode == 'L' else mode}"
    modes = {b"GRAY": "L", b"RGB ": "RGB", b"CMYK": "CMYK"}
    return fault or _fault_in_use(profile, (modes[profile[16:20]], "RGB"), forwards=True)


@lru_cache(maxsize=8)
def fault_of_press_profile(profile: bytes) -> str | None:
    """Why a profile cannot be a printing condition, None where it can."""
    fault = _fault(profile)
    if fault is None and (profile[12:16], profile[16:20]) != (b"prtr", b"CMYK"):
        space = _SPACES.get(profile[16:20], profile[16:20].decode("latin-1").strip())
        return f"is for {space}, not for CMYK printing"
    return fault or _fault_in_use(profile, ("RGB", "CMYK"), forwards=False)


def _fault(profile: bytes) -> str | None:
    """What is wrong with a profile of any kind."""
    if len(profile) < _HEAD_BYTES or profile[36:40] != b"acsp":
        return "is no ICC profile"
    (told,) = struct.unpack(">I", profile[:4])
    if told > len(profile):
        return f"breaks off: {len(profile)} of its {told} bytes are there"
    kind = _CLASSES.get(profile[12:16])
    return f"is {kind}" if kind else None


def _fault_in_use(profile: bytes, modes: tuple[str, str], *, forwards: bool) -> str | None:
    """Whether colours can be converted by it, from it or into it."""
    srgb = ImageCms.createProfile("sRGB")
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        source, target = (opened, srgb) if forwards else (srgb, opened)
        ImageCms.buildTransform(source, target, *modes)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return "is damaged"
    return None
