"""Tones of the ink table that fall together on the press: each is held against the others as it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import dist

from directory_pub.design.inks import LEAST_DIFFERENCE, InkTable, difference
from directory_pub.edition.printers import Printer
from directory_pub.findings import Finding, Place, warning
from directory_pub.prepare import press_lab

__all__ = ["check_tones"]

_CLOSE = 12.0
"""How near two inks are on the screen whose tones are neighbours: those further apart do not fall together."""


def check_tones(printer: Printer, inks: InkTable) -> Iterator[Finding]:
    """A warning of each two inks that are two tones on the screen and one, or nearly, by the printer's profile.

    Those that print as spot inks are told of by their tints.
    """
    if printer.condition is None:
        return
    profile = printer.condition.profile
    mixed = [ink for ink in inks.inks if ink.spot is None]
    labs = {ink.name: press_lab(ink.cmyk_percent, profile) for ink in mixed}
    for first, second in combinations(mixed, 2):
        seen, printed = difference(first.srgb, second.srgb), dist(labs[first.name], labs[second.name])
        if LEAST_DIFFERENCE <= seen < _CLOSE and printed < LEAST_DIFFERENCE:
            message = (
                f"'{first.name}' and '{second.name}' differ by {printed:.1f} on the press of {printer.name}, "
                f"by {seen:.1f} on the screen (dE)."
            )
            remedy = (
                f"Change the CMYK of '{second.name}' until they differ by {LEAST_DIFFERENCE:g}, or use one of them."
            )
            place = inks.places.get(second.name, Place(file=inks.file))
            yield warning("ink-close", place, message, remedy)
