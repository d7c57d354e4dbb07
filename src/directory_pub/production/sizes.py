"""Sizes of files as people write and read them."""

from __future__ import annotations

import re
from math import ceil

__all__ = ["UNITS", "read_size", "say_size", "size_to_allow"]

UNITS = {"B": 1, "kB": 1_000, "MB": 1_000_000, "KiB": 1_024, "MiB": 1_048_576}
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?(\w+)", re.ASCII)


def read_size(text: str) -> int:
    """A size such as '7MB' in bytes; raises ValueError for another unit, or for less than a byte."""
    parts = _SIZE.fullmatch(text.strip())
    if parts is None or parts[2] not in UNITS or (size := int(float(parts[1]) * UNITS[parts[2]])) < 1:
        raise ValueError(f"'{text}' is no size")
    return size


def say_size(size_bytes: int) -> str:
    """A size in the unit that suits it, such as '6.82 MB'."""
    if size_bytes >= UNITS["MB"]:
        return f"{size_bytes / UNITS['MB']:.2f} MB"
    return f"{size_bytes / UNITS['kB']:.0f} kB" if size_bytes >= UNITS["kB"] else f"{size_bytes} B"


def size_to_allow(size_bytes: int) -> str:
    """The smallest limit that a file of this size keeps to, as ``read_size`` takes it."""
    return f"{ceil(size_bytes / 10_000) / 100:g}MB"
