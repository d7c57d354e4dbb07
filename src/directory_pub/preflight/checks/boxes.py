"""Page boxes: where the leaf is trimmed, and what lies around it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from directory_pub.edition.printers import Printer
from directory_pub.preflight.geometry import Box, mm, points
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.report import Problem

__all__ = ["EXACT_PT", "check_boxes"]

EXACT_PT = 0.05
"""Boxes are exact to this: less than a fiftieth of a millimetre, more than a writer's rounding."""


def check_boxes(view: PageView, printer: Printer) -> Iterator[Problem]:
    """The boxes of one page, each against the next."""
    stated, media = view.stated, view.media
    if "TrimBox" not in stated:
        yield view.problem(
            "trim-box", "the page has no TrimBox.", "Write a TrimBox of the finished leaf on every page."
        )
    if view.unit != 1:
        yield view.problem(
            "page-unit",
            f"a UserUnit of {view.unit:g} makes the page {view.unit:g} times as large: {_size(view.trim)}.",
            "Write the page in points, without a UserUnit.",
            measured=view.unit,
            limit=1.0,
        )
    if max(abs(media.left), abs(media.bottom)) > EXACT_PT:
        yield view.problem(
            "media-origin",
            f"the MediaBox begins at {media.left:g} {media.bottom:g} points.",
            "Move the page so that the MediaBox begins at 0 0.",
            measured=f"{media.left:g} {media.bottom:g}",
            limit="0 0",
        )
    if "ArtBox" in stated and "TrimBox" in stated:
        yield view.problem("art-box", "the page has an ArtBox beside its TrimBox.", "Keep the TrimBox alone.")
    for outer_name, inner_name in _nested(stated):
        outer, inner = stated[outer_name], stated[inner_name]
        if not outer.holds(inner, EXACT_PT):
            yield view.problem(
                "boxes-nested",
                f"the {inner_name} reaches out of the {outer_name}.",
                f"Make the {outer_name} hold the {inner_name}.",
                measured=_size(inner),
                limit=_size(outer),
            )
            return
    if "TrimBox" in stated:
        yield from _check_bleed_box(view, printer)


def _nested(stated: Collection[str]) -> Iterator[tuple[str, str]]:
    """Which of a page's boxes must hold which."""
    for between in ("BleedBox", "CropBox"):
        yield from pairwise(name for name in ("MediaBox", between, "TrimBox") if name in stated)


def _check_bleed_box(view: PageView, printer: Printer) -> Iterator[Problem]:
    """A bleed is the same on all four sides, and at least what the printer asks for."""
    asked, found = view.trim.grown(points(printer.bleed_mm)), view.stated.get("BleedBox", view.trim)
    edges = zip(view.trim, found, (1, 1, -1, -1), strict=True)
    bleeds_pt = [(edge - outer) * outward for edge, outer, outward in edges]
    short = min(bleeds_pt) < points(printer.bleed_mm) - EXACT_PT
    if short or max(bleeds_pt) - min(bleeds_pt) > EXACT_PT:
        bleed_mm = mm(min(bleeds_pt))
        stated = f"the bleed is {bleed_mm:.2f} mm" if "BleedBox" in view.stated else "the page has no BleedBox"
        yield view.problem(
            "bleed-box",
            f"{stated}; {printer.name} asks for {printer.bleed_mm:g} mm on all sides.",
            f"Write a BleedBox of {_size(asked)}.",
            measured=round(bleed_mm, 3),
            limit=float(printer.bleed_mm),
        )


def _size(box: Box) -> str:
    return f"{mm(box.width):.2f} × {mm(box.height):.2f} mm"
