"""What is found on the pages, and the limits that it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["GRID_PT", "HUES_DE", "MM", "TONES_DE", "Finding", "Section", "pages_of"]

MM = 72 / 25.4  # points
GRID_PT = 0.02  # a baseline may stand so far from its line
TONES_DE = 6.0  # tones of one hue that touch in a plate differ by so much, in dE (CIE 1976)
HUES_DE = 3.5  # and all other neighbours


@dataclass(frozen=True, slots=True)
class Finding:
    """Something on a page (from 1) that the eye stops at; a fault is beyond a limit, all else is to be looked at."""

    kind: str
    page: int
    place: str
    figure: str
    is_fault: bool = True

    def __str__(self) -> str:
        return f"p{self.page} {self.place}: {self.kind}, {self.figure}"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the table: rows of a name and its figures, the figures for machines, and what was found."""

    title: str
    rows: Sequence[tuple[str, str]]
    figures: dict[str, Any] = field(default_factory=dict)
    findings: Sequence[Finding] = ()


def pages_of(findings: Sequence[Finding], most: int = 14) -> str:
    """The pages of findings, each once, as in ``p7 8 12``; of many the first ones."""
    pages = sorted({finding.page for finding in findings})
    return "p" + " ".join(map(str, pages[:most])) + (" …" if len(pages) > most else "") if pages else "none"
