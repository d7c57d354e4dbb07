"""The columns of a programme's pages: the hours, and a column for each room, or one for all that is on."""

from __future__ import annotations

from msgspec import Struct

from directory_pub.design.grid import Frame, Grid

__all__ = ["ProgrammeGrid"]


class ProgrammeGrid(Struct, frozen=True):
    """The columns of a grid for a number of rooms; none where a day is a list."""

    grid: Grid
    rooms: int = 0

    @property
    def is_table(self) -> bool:
        """Whether rooms are columns: whether each is as wide as a room must be."""
        return self.rooms > 1 and self.room_mm >= self.grid.mm("room-least") - 1e-6

    @property
    def gutter_mm(self) -> float:
        return self.grid.mm("programme-gutter")

    @property
    def time_mm(self) -> float:
        """The width of the column of hours; a list has its rooms there, too."""
        return self.grid.mm("programme-time" if self.is_table else "programme-side")

    @property
    def room_mm(self) -> float:
        """The width of a room's column."""
        left_mm = self.grid.list_mm - self.grid.mm("programme-time")
        return left_mm / max(self.rooms, 1) - self.gutter_mm

    @property
    def main_left_mm(self) -> float:
        """Where the first column behind the hours begins, from the left edge of the text."""
        return self.time_mm + self.gutter_mm

    @property
    def main_mm(self) -> float:
        """All columns behind the hours."""
        return self.grid.list_mm - self.main_left_mm

    @property
    def strip_mm(self) -> tuple[float, float]:
        """Where the strip of the hours begins, behind the column of the hours of a table, and how wide it is."""
        left_mm = self.grid.mm("programme-time") + self.gutter_mm
        return left_mm, self.grid.list_mm - left_mm

    def across_mm(self, columns: range) -> tuple[float, float]:
        """Where some columns begin, from the left edge of the text, and how wide they are."""
        if not self.is_table:
            return self.main_left_mm, self.main_mm
        pitch_mm = self.room_mm + self.gutter_mm
        return self.main_left_mm + columns.start * pitch_mm, len(columns) * pitch_mm - self.gutter_mm

    def frame(self, columns: range | None, *, recto: bool) -> Frame:
        """Some columns on a recto or verso; without any that of the hours, whose words may reach into the gutter."""
        left_mm = self.grid.tokens["inner" if recto else "outer"]
        across_mm, width_mm = (
            (0.0, self.time_mm + 0.75 * self.gutter_mm) if columns is None else self.across_mm(columns)
        )
        return Frame("programme", left_mm + across_mm, self.grid.tokens["head"], width_mm, self.grid.text_height_mm)
