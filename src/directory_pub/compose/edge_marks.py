"""Edge marks: each entry's plot at the fore edge of its pages, a step lower from entry to entry.

They bleed, so that a closed book shows the city on its edge. Only the press file has them.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from directory_pub.design.grid import Grid
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition

__all__ = ["EdgeMark", "keys_at_edge", "plan_edge_marks"]

_LEAST_MM = 4.0  # how high a mark is at the least: those of many entries overlap each other


class EdgeMark(Struct, frozen=True, kw_only=True):
    """One mark, in mm from the trim's top left corner, bleed and all; of its plot as much is seen as it is wide."""

    key: str
    page_index: int
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float
    plot_mm: float
    recto: bool

    @property
    def artwork(self) -> str:
        """The name of its artwork."""
        return f"edge-mark-{self.key}.svg"


def keys_at_edge(edition: Edition) -> list[str]:
    """The keys of the entries that have edge marks, in their order: those with pages of their own, if any have."""
    if edition.edge == "none":
        return []
    own = (entry.key for section in edition.sections if section.form == "pages" for entry in section.entries)
    return list(dict.fromkeys(own))


def plan_edge_marks(edition: Edition, grid: Grid, pieces: Sequence[Piece]) -> list[EdgeMark]:
    """A mark for each page of entries that stand on pages of their own; none where the edition has none."""
    depth_mm, bleed_mm = grid.mm("edge-mark"), grid.bleed_mm
    at = {key: number for number, key in enumerate(keys_at_edge(edition))} if depth_mm else {}
    height_mm = max(grid.trim.height_mm / max(len(at), 1), _LEAST_MM)
    step_mm = (grid.trim.height_mm - height_mm) / max(len(at) - 1, 1)
    marks = []
    for piece in pieces:
        if piece.entry is None or piece.entry.key not in at:
            continue
        number = at[piece.entry.key]
        # What would stop a hair's breadth from the head or foot bleeds there, too: no knife is that exact.
        top_mm, bottom_mm = number * step_mm, number * step_mm + height_mm
        top_mm = -bleed_mm if top_mm < bleed_mm else top_mm
        bottom_mm = grid.trim.height_mm + bleed_mm if bottom_mm > grid.trim.height_mm - bleed_mm else bottom_mm
        for page_index in piece.pages:
            recto = page_index % 2 == 0
            marks.append(
                EdgeMark(
                    key=piece.entry.key,
                    page_index=page_index,
                    left_mm=grid.trim.width_mm - depth_mm if recto else -bleed_mm,
                    top_mm=round(top_mm, 3),
                    width_mm=depth_mm + bleed_mm,
                    height_mm=round(bottom_mm - top_mm, 3),
                    plot_mm=round(max(height_mm, depth_mm + bleed_mm), 3),
                    recto=recto,
                )
            )
    return marks
