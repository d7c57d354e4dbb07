"""The colour profile of an output intent."""

from __future__ import annotations

import functools
import zlib
from pathlib import Path

import pikepdf
from pikepdf import Name

__all__ = ["embed_profile"]

_SPACES = {3: Name.DeviceRGB, 4: Name.DeviceCMYK}


def embed_profile(pdf: pikepdf.Pdf, profile: Path, channels: int) -> pikepdf.Stream:
    """The profile as a stream of a file; packed once a process, for it is most of a short piece's work."""
    return pdf.make_stream(
        _packed(profile.read_bytes()), N=channels, Alternate=_SPACES[channels], Filter=Name.FlateDecode
    )


@functools.lru_cache(maxsize=8)
def _packed(profile: bytes) -> bytes:
    return zlib.compress(profile, 9)
