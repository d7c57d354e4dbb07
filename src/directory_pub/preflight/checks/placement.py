"""Where things stand: away from the trim, or over it as far as the bleed."""

from __future__ import annotations

from collections.abc import Iterator

from directory_pub.edition.printers import Printer
from directory_pub.preflight.effort import spend
from directory_pub.preflight.geometry import Box, mm, points
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.painted import Painted
from directory_pub.preflight.report import Problem

__all__ = ["check_placement"]

_TOUCHES_PT = points(0.5)
_REACHES_PT = points(0.1)
_ROUNDING_PT = 0.02
_GROUNDS_A_STEP = 4


def check_placement(view: PageView, printer: Printer) -> Iterator[Problem]:
    """Marks in the bleed, art short of it, type near the trim, and a page with nothing on it."""
    yield from _check_marks(view)
    yield from _check_text(view, printer)
    if printer.bleed_mm:
        yield from _check_bleed(view, printer)
    if not any(painted.bounds.overlaps(view.trim) and not painted.paint.is_paper for painted in view.printed):
        yield view.problem(
            "page-empty",
            "nothing is printed on the page.",
            "Take the page out, or agree with the printer that it is blank.",
        )


def _check_marks(view: PageView) -> Iterator[Problem]:
    for mark in view.marks:
        if mark.bounds.overlaps(view.bleed.grown(-_REACHES_PT)):
            off_pt = max(
                view.trim.left - mark.bounds.right,
                mark.bounds.left - view.trim.right,
                view.trim.bottom - mark.bounds.top,
                mark.bounds.bottom - view.trim.top,
            )
            yield view.problem(
                "marks-in-bleed",
                f"a mark stands {max(mm(off_pt), 0):.1f} mm from the trim, in the bleed.",
                "Move the marks outside the bleed.",
                bounds=mark.bounds,
                measured=round(mm(off_pt), 2),
                limit=round(mm(view.trim.left - view.bleed.left), 2),
            )


def _check_text(view: PageView, printer: Printer) -> Iterator[Problem]:
    for painted in view.printed:
        if painted.shown is None or painted.paint.is_paper or not painted.bounds.overlaps(view.trim):
            continue
        bounds, trim = painted.bounds, view.trim
        room_pt = min(
            bounds.left - trim.left, trim.right - bounds.right, bounds.bottom - trim.bottom, trim.top - bounds.top
        )
        if room_pt < points(printer.safe_mm) - _ROUNDING_PT:
            yield view.problem(
                "text-safe",
                f"type of {painted.shown.size_pt:.1f} pt stands {mm(room_pt):.1f} mm from the trim; "
                f"{printer.name} asks for {printer.safe_mm:g}.",
                "Move it further in.",
                bounds=bounds,
                measured=round(mm(room_pt), 2),
                limit=float(printer.safe_mm),
            )


def _check_bleed(view: PageView, printer: Printer) -> Iterator[Problem]:
    grounds: list[Box] = []
    for painted in view.printed:
        if painted.kind == "text" or painted.paint.is_paper or not painted.bounds.overlaps(view.trim):
            continue
        short_pt = _short_of_bleed(painted, view)
        spend(len(grounds) // _GROUNDS_A_STEP)
        # Over a ground that bleeds itself no paper can show.
        if short_pt and not any(ground.holds(painted.bounds, _REACHES_PT) for ground in grounds):
            yield view.problem(
                "bleed-short",
                f"art that touches the trim stops {mm(short_pt):.1f} mm short of the bleed.",
                f"Let it run {printer.bleed_mm:g} mm past the trim.",
                bounds=painted.bounds,
                measured=round(printer.bleed_mm - mm(short_pt), 2),
                limit=float(printer.bleed_mm),
            )
        elif not short_pt and painted.kind in ("fill", "picture", "shading"):
            grounds.append(painted.bounds)


def _short_of_bleed(painted: Painted, view: PageView) -> float:
    """How far art stops short at the edge where it is worst; 0 where it bleeds, or keeps off the trim."""
    bounds, trim, bleed = painted.bounds, view.trim, view.bleed
    edges = (
        (trim.left - bounds.left, bounds.left - bleed.left),
        (bounds.right - trim.right, bleed.right - bounds.right),
        (trim.bottom - bounds.bottom, bounds.bottom - bleed.bottom),
        (bounds.top - trim.top, bleed.top - bounds.top),
    )
    return max((short for past, short in edges if past > -_TOUCHES_PT and short > _REACHES_PT), default=0.0)
