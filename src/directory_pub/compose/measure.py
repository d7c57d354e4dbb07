"""The measure that a paragraph is set to: its faces, size and width."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from msgspec import Struct, field

from directory_pub.compose.parting import Parting
from directory_pub.design.faces import Face, FontLibrary
from directory_pub.design.grid import MM_PER_PT
from directory_pub.edition.text import Note, Run

__all__ = ["NO_PARTING", "SAFETY_MM", "Measure"]

SAFETY_MM = 0.05  # the engine rounds advances: a line that just fits must fit there too
_SHORT = 40  # letters of a line: in fewer, words are parted in more languages
_SAMPLE = "a line of a text as long as words are set in it "
_COMMA_EM, _CALL_EM = 0.5, 0.08  # of a call: a comma with its space, and for safety

NO_PARTING = Parting(language="en")
"""Of a text that has no language of its own."""


class Measure(Struct, frozen=True, kw_only=True):
    """How a paragraph is set: its faces, size and width.

    ``first_mm`` is what the first line loses to an indent or a marker, or gains where it is below zero. ``narrow``
    is for the side column: breaks go where sense breaks (after a comma, before an @), the rag matters less.
    ``balanced`` is for titles: lines of one length. With ``hyphens`` words are parted as ``parting`` says.
    With ``hangs_marks`` the mark that opens a quotation hangs out where a line begins with it.
    ``first_notes`` is the number of the first footnote of each source.
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
    hyphens: bool = False
    hangs_marks: bool = False
    parting: Parting = NO_PARTING
    first_notes: Mapping[str, int] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(_COMPARED(self))

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

    def is_short(self, library: FontLibrary) -> bool:
        """Whether its lines have few letters."""
        return self.width_of(_SAMPLE, Run(text=_SAMPLE, line=0), library) * _SHORT > self.room_mm * len(_SAMPLE)

    def _face(self, run: Run, library: FontLibrary) -> Face | None:
        weight = self.bold_weight if run.bold else self.weight
        italic = run.italic != self.italic
        return library.find(self.family, weight, italic) or library.nearest(self.family, weight, italic)


_COMPARED = attrgetter(*(name for name in Measure.__struct_fields__ if name != "first_notes"))  # a mapping has no hash
