"""Which page stands where on which sheet: arithmetic alone, no paper and no ink."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

__all__ = ["Side", "fill_up", "saddle"]


class Side(Struct, frozen=True, kw_only=True):
    """One side of a sheet: two pages (0-based, None for a blank) and how far both move towards the spine.

    ``sheet`` counts from 1, the outermost; ``face`` is front or back.
    """

    sheet: int
    face: str
    left: int | None
    right: int | None
    creep_mm: float

    @property
    def label(self) -> str:
        """What a viewer calls it, such as ``1 front: 36 | 1``."""
        left, right = ("blank" if page is None else str(page + 1) for page in (self.left, self.right))
        return f"{self.sheet} {self.face}: {left} | {right}"


def fill_up(page_count: int) -> list[int | None]:
    """The pages with blanks up to a multiple of four; the last page stays the back cover."""
    blanks: list[int | None] = [None] * (-page_count % 4)
    pages = list(range(page_count))
    return [*pages[:-1], *blanks, *pages[-1:]] if page_count > 1 else [*pages, *blanks]


def saddle(page_count: int, *, creep_mm: float = 0.0, right_to_left: bool = False) -> list[Side]:
    """The sides of a saddle-stitched booklet: sheets lie one in the other and are stapled through the fold.

    ``creep_mm`` is how far the innermost sheet would stand out; its pages move by as much
    towards the spine, the outermost sheet's by nothing, those between in equal steps.
    """
    return list(_sides(fill_up(page_count), creep_mm, right_to_left))


def _sides(pages: list[int | None], creep_mm: float, right_to_left: bool) -> Iterator[Side]:
    sheets = len(pages) // 4
    for index in range(sheets):
        first, last = 2 * index, len(pages) - 1 - 2 * index
        step_mm = creep_mm * index / (sheets - 1) if sheets > 1 else 0.0
        for face, low, high in (("front", last, first), ("back", first + 1, last - 1)):
            left, right = (high, low) if right_to_left else (low, high)
            yield Side(sheet=index + 1, face=face, left=pages[left], right=pages[right], creep_mm=step_mm)
