"""Which of a book's inks a printer has plates for."""

from __future__ import annotations

from collections.abc import Iterator

from directory_pub.design.inks import InkTable
from directory_pub.edition.printers import Printer, list_printers, read_printer
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place, warning

__all__ = ["check_plates", "inks_for"]


def inks_for(printer: Printer, inks: InkTable) -> InkTable:
    """The inks as this printer prints them: one that takes no spot inks prints their CMYK."""
    return inks if printer.spot_inks else inks.in_process()


def check_plates(printer: Printer, inks: InkTable, theme: Theme) -> Iterator[Finding]:
    """A warning of each spot ink that a printer prints in CMYK. How many plates a book takes only its file can tell."""
    if printer.spot_inks or not inks.spots:
        return
    remedy = f"Choose a printer that takes spot inks{_known(theme)}, or leave it: what it looks like is near."
    for ink in inks.inks:
        if ink.spot and ink.spot.is_full:
            message = f"'{ink.spot.name}' is printed in CMYK: {printer.name} takes no spot inks."
            yield warning("ink-spot-printer", inks.places.get(ink.name, Place(file=inks.file)), message, remedy)


def _known(theme: Theme) -> str:
    read = (read_printer(theme, key)[0] for key in list_printers(theme))
    names = [f"'{printer.key}' ({printer.spot_inks})" for printer in read if printer and printer.spot_inks]
    return f", such as {' or '.join(names)}" if names else ": say 'spot_inks: 2' in its file if yours does"
