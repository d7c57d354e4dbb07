"""The inks a drawing may use, and the five tones in which a motif is drawn."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

__all__ = ["Palette", "Tones"]


class Palette(Struct, frozen=True, kw_only=True):
    """The sRGB value of each ink, as ``#RRGGBB``; ``navy-2`` of the ink table is navy_2 here."""

    ink: str
    navy: str
    navy_2: str
    navy_3: str
    blue: str
    mist: str
    haze: str
    pale: str
    orange: str
    paper: str


class Tones(Struct, frozen=True, kw_only=True):
    """What a motif's five tones are on one plot, each ``#RRGGBB``."""

    ground: str
    strong: str
    middle: str
    faint: str
    accent: str

    def without_accent(self) -> Tones:
        """The same plot with its one small form in the faint tone."""
        return replace(self, accent=self.faint)
