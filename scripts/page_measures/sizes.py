"""The sizes of type: the smallest of each face, and how high its small letters stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from page_measures.findings import MM, Section
from page_measures.pages import Page

__all__ = ["measure_sizes"]

_SHOWN = 12
_FLAT = "xzvw"  # small letters without a round top


def measure_sizes(pages: Sequence[Page]) -> Section:
    """How many characters stand in each face and size, from the smallest."""
    counts: Counter[tuple[float, str]] = Counter()
    first: dict[tuple[float, str], int] = {}
    heights: dict[str, float] = {}  # of x, in em
    for page in pages:
        for character in page.characters:
            if character.text.isspace():
                continue
            key = character.size, character.face
            counts[key] += 1
            first.setdefault(key, page.number)
            if character.text in _FLAT and character.face not in heights:
                heights[character.face] = (character.baseline - character.box[1]) / character.size
    rows = []
    figures = []
    for size, face in sorted(counts):
        height = heights.get(face)
        tall = round(height * size / MM, 2) if height else None
        count, x_height = counts[size, face], f"{tall:.2f} mm" if tall else "not known"
        rows.append((f"{size:g} pt {face}", f"{count} characters from p{first[size, face]}, x-height {x_height}"))
        figures.append({"pt": size, "face": face, "characters": count, "x_height_mm": tall})
    return Section("Smallest sizes", rows[:_SHOWN] or [("type", "none")], {"sizes": figures})
