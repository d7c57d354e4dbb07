"""The small lines of the cover: they keep to the columns of the city below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

__all__ = ["column_widths"]

_ROUNDING_MM = 0.01


def column_widths(blocks_mm: Sequence[float], column_mm: float, room_mm: float, air_mm: float) -> tuple[float, ...]:
    """How wide all blocks of lines but the last are, so that each begins where a column does; () if that has no room.

    ``blocks_mm`` are the widths of the blocks' longest lines, 0 of one without any; between two there is some
    ``air_mm``. Where whole columns take more than the ``room_mm`` it is half ones.
    """
    for step_mm in (column_mm, column_mm / 2):
        starts = [0.0]
        for width_mm in blocks_mm[:-1]:
            taken_mm = width_mm + air_mm - _ROUNDING_MM if width_mm else 0.0
            starts.append(starts[-1] + ceil(taken_mm / step_mm) * step_mm)
        if starts[-1] + blocks_mm[-1] <= room_mm:
            return tuple(round(then - start, 3) for start, then in pairwise(starts))
    return ()
