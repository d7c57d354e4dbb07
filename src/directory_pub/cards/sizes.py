"""How large a code is printed: from a cap height to a baseline, and never with modules that a telephone misses."""

from __future__ import annotations

import math

from msgspec import Struct

from directory_pub.design.grid import Grid

__all__ = ["LEAST_MODULE_MM", "QUIET_MODULES", "CodeSize", "size_of_code"]

LEAST_MODULE_MM = 0.4
"""The side of a module in print: smaller ones are lost on uncoated stock, and to a hand that is not steady."""
QUIET_MODULES = 4
"""What stays white round a code, in modules (ISO/IEC 18004)."""
_USUAL_MM = 14.5  # a code is no smaller, however few modules it has: that is how far a hand comes near


class CodeSize(Struct, frozen=True):
    """The side of a code, and how many lines it stands on, from ``top_mm`` below the top of the first: the cap height
    of the words beside it. ``room_mm`` is the width that there is for it."""

    side_mm: float
    lines: int
    modules: int
    room_mm: float
    top_mm: float

    @property
    def module_mm(self) -> float:
        """The side of a module."""
        return self.side_mm / self.modules

    @property
    def quiet_mm(self) -> float:
        """What stays white round it."""
        return QUIET_MODULES * self.module_mm

    @property
    def least_mm(self) -> float:
        """The side that it must have to be read."""
        return LEAST_MODULE_MM * self.modules

    @property
    def is_readable(self) -> bool:
        """Whether its modules are large enough."""
        return self.module_mm >= LEAST_MODULE_MM - 1e-6


def size_of_code(modules: int, grid: Grid) -> CodeSize:
    """As many lines high as its modules ask for, and no wider than the column that it stands in."""
    top_mm = grid.baseline_mm - grid.text.cap_height_em * grid.mm("contact")
    gaps_mm, room_mm = top_mm + grid.foot_gap_mm, grid.side_mm
    lines = math.ceil((max(_USUAL_MM, LEAST_MODULE_MM * modules) + gaps_mm) / grid.unit_mm - 1e-9)
    most = math.floor((room_mm + gaps_mm) / grid.unit_mm + 1e-9)
    lines = min(lines, most)
    return CodeSize(lines * grid.unit_mm - gaps_mm, lines, modules, room_mm, top_mm)
