"""How much ink lies where, and how thin a line may be."""

from __future__ import annotations

from collections.abc import Iterator

from directory_pub.edition.printers import Printer
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.painted import Painted
from directory_pub.preflight.report import Problem

__all__ = ["check_ink"]

# Plates are rounded to one of 256 tones, four of them at once.
_ROUNDING_PERCENT = 0.5
_ROUNDING_PT = 0.001


def check_ink(view: PageView, printer: Printer) -> Iterator[Problem]:
    """Ink beyond the limit, and lines below the least thickness."""
    for painted in view.printed:
        if painted.placed is None:
            yield from _check_total(view, painted, printer)
        else:
            yield from _check_picture(view, painted, printer)
        yield from _check_thickness(view, painted, printer)


def _check_total(view: PageView, painted: Painted, printer: Printer) -> Iterator[Problem]:
    total = painted.paint.total_percent
    if total > printer.ink_limit_percent + _ROUNDING_PERCENT:
        yield view.problem(
            "ink-total",
            f"a colour of {' + '.join(painted.paint.inks)} takes {total:.0f} % ink; the limit is "
            f"{printer.ink_limit_percent:g} %.",
            "Take a lighter mix of inks.",
            bounds=painted.bounds,
            measured=round(total, 1),
            limit=float(printer.ink_limit_percent),
        )


def _check_picture(view: PageView, painted: Painted, printer: Printer) -> Iterator[Problem]:
    pixels = painted.placed.pixels if painted.placed else None
    total = pixels.most_ink_percent if pixels else None
    if total is not None and total > printer.ink_limit_percent + _ROUNDING_PERCENT:
        yield view.problem(
            "ink-total-picture",
            f"a picture takes {total:.0f} % ink; the limit is {printer.ink_limit_percent:g} %.",
            "Convert it with the profile of the printing condition, which keeps to the limit.",
            bounds=painted.bounds,
            measured=round(total, 1),
            limit=float(printer.ink_limit_percent),
        )


def _check_thickness(view: PageView, painted: Painted, printer: Printer) -> Iterator[Problem]:
    thickness = painted.thickness_pt
    if thickness is None or thickness >= printer.least_rule_pt - _ROUNDING_PT or painted.paint.is_paper:
        return
    yield view.problem(
        "rule-hairline",
        f"a line is {thickness:.3g} pt thick; {printer.name} holds {printer.least_rule_pt:g}.",
        f"Draw it at least {printer.least_rule_pt:g} pt thick.",
        bounds=painted.bounds,
        measured=round(thickness, 4),
        limit=float(printer.least_rule_pt),
    )
