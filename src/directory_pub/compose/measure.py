"""The measure that a paragraph is set to: its faces, size and width."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from directory_pub.design.faces import Face, FontLibrary
from directory_pub.design.grid import MM_PER_PT
from directory_pub.edition.text import Note, Run

__all__ = ["SAFETY_MM", "Measure"]

SAFETY_MM = 0.05  # the engine rounds advances: a line that just fits must fit there too
_COMMA_EM, _CALL_EM = 0.5, 0.08  # of a call: a comma with its space, and for safety


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a paragraph is set: its faces, size and width.

    ``first_mm`` is what the first line loses to an indent or a marker, or gains where it is below zero. ``narrow``
    is for the side column: breaks go where sense breaks (after a comma, before an @), the rag matters less.
    ``balanced`` is for titles: lines of one length. ``first_notes`` is the number of the first footnote of each source.
    """

    family: str
    weight: int
    bold_weight: int
    size_pt: float
    width_mm: float
    first_mm: float = 0.0
    italic: bool = False
    tracking_em: float = 0.0
    call_pt: float = 6.5
    call_figure_em: float = 0.5
    narrow: bool = False
    balanced: bool = False
    first_notes: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def first_room_mm(self) -> float:
        """The width of the first line."""
        return self.width_mm - self.first_mm - SAFETY_MM

    @property
    def room_mm(self) -> float:
        """The width of every other line."""
        return self.width_mm - SAFETY_MM

    def width_of(self, text: str, run: Run, library: FontLibrary) -> float:
        """How wide a text is in the style of a run."""
        face = self._face(run, library)
        em = library.width_em(text, face) if face else 0.5 * len(text)
        return (em + self.tracking_em * len(text)) * self.size_pt * MM_PER_PT

    def width_of_call(self, note: Note, *, touches: bool) -> float:
        """How wide a note's call is; one that ``touches`` the call before it has a comma between."""
        figures = len(str(self.first_notes.get(note.source, 1) + note.index))
        return (_CALL_EM + self.call_figure_em * figures + _COMMA_EM * touches) * self.call_pt * MM_PER_PT

    def _face(self, run: Run, library: FontLibrary) -> Face | None:
        weight = self.bold_weight if run.bold else self.weight
        italic = run.italic != self.italic
        return library.find(self.family, weight, italic) or library.nearest(self.family, weight, italic)
