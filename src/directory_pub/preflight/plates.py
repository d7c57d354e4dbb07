"""The plates that a file needs, counted by what its pages print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from directory_pub.edition.printers import Printer
from directory_pub.preflight.colours import PROCESS
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.painted import Painted
from directory_pub.preflight.report import Problem, problem

__all__ = ["Plates", "check_plates", "in_order"]

_NO_PLATE = frozenset(("All", "None"))
# A swatch's paper, behind its number: PANTONE 534 C and 534 U are one ink on two papers.
_PAPER = re.compile(r"(?<=[0-9])(CVC|CV|CP|UP|PC|C|U|M)$")


class Plates(Struct):
    """By the name of a plate: the first page that prints on it."""

    pages: dict[str, int] = field(default_factory=dict)

    def count(self, view: PageView) -> None:
        """Add what a page prints."""
        for painted in view.printed:
            for ink in _plates_of(painted):
                self.pages.setdefault(ink, view.folio)

    @property
    def in_order(self) -> dict[str, int]:
        """Cyan, magenta, yellow and black, as far as they are needed, then the others by name."""
        return in_order(self.pages)


def in_order(pages: Mapping[str, int]) -> dict[str, int]:
    """Plates as printers name them: cyan, magenta, yellow and black, then the others by name."""
    named = [*(ink for ink in PROCESS if ink in pages), *sorted(pages.keys() - {*PROCESS})]
    return {ink: pages[ink] for ink in named}


def _plates_of(painted: Painted) -> set[str]:
    paint = painted.paint
    if paint.is_paper:
        return set()
    # Where the mixes are not known, as in a picture, each ink of the space may be in it.
    inks = paint.inks or paint.space.colourants or (paint.space.base.colourants if paint.space.base else ())
    return {*inks} - _NO_PLATE


def check_plates(pages: Mapping[str, int], printer: Printer) -> Iterator[Problem]:
    """More plates of spot inks than the printer has, and an ink that has two; ``pages`` are the first of each plate."""
    spots = sorted((page, ink) for ink, page in pages.items() if ink not in PROCESS)
    if len(spots) > printer.spot_inks:
        named = ", ".join(f"'{ink}'" for _, ink in spots)
        page, first = spots[printer.spot_inks]
        taken = f"takes {printer.spot_inks}" if printer.spot_inks else "takes none"
        yield problem(
            "colour-spot",
            f"'{first}' needs a plate of its own; {printer.name} {taken}, and the file needs {len(spots)}: {named}.",
            "Convert the spot ink to CMYK, or choose a printer with a plate for it.",
            page=page,
            measured=float(len(spots)),
            limit=float(printer.spot_inks),
        )
    known: dict[str, str] = {}
    for page, ink in spots:
        other = known.setdefault(_spelling(ink), ink)
        if other != ink:
            message = f"'{ink}' and '{other}' are two plates, and look like one ink in two spellings."
            yield problem("spot-name", message, "Name the ink in one way.", page=page, measured=ink, limit=other)


def _spelling(ink: str) -> str:
    """A name without what is written in several ways."""
    return _PAPER.sub("", "".join(letter for letter in ink.upper() if letter.isalnum()))
