"""Colour: only what the press has plates for, blended in its own space."""

from __future__ import annotations

from collections.abc import Iterator

from directory_pub.edition.printers import Printer
from directory_pub.preflight.colours import read_space
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.report import Problem

__all__ = ["check_colour"]


def check_colour(view: PageView, _: Printer) -> Iterator[Problem]:
    """Foreign colour, the blend space and white that overprints."""
    yield from _check_foreign(view)
    for painted in view.printed:
        if painted.overprints and painted.overprint_mode == 1 and painted.paint.space.name == "ICC-based CMYK":
            yield view.problem(
                "overprint-icc",
                f"{_things(painted.kind)} in CMYK with a profile is set to overprint in mode 1.",
                "Use DeviceCMYK, or overprint mode 0.",
                bounds=painted.bounds,
                measured="OPM 1",
                limit="OPM 0",
            )
        if painted.overprints and painted.paint.is_paper and painted.kind != "picture":
            yield view.problem(
                "overprint-white",
                f"{_things(painted.kind)} in white is set to overprint: it would vanish.",
                "Set it to knock out.",
                bounds=painted.bounds,
            )
    yield from _check_blend_space(view)


def _check_foreign(view: PageView) -> Iterator[Problem]:
    remedy = "Convert it to the printing condition, or give it an ink."
    for painted in view.painted:
        foreign = painted.paint.space.foreign
        if foreign is not None:
            yield view.problem(
                "colour-rgb",
                f"{_things(painted.kind)} is in {foreign.name}.",
                remedy,
                bounds=painted.bounds,
                measured=foreign.name,
                limit="CMYK, grey or spot",
            )
    for use in view.foreign:
        name = use.space.name
        yield view.problem(
            "colour-rgb", f"{name} is used {use.where}.", remedy, measured=name, limit="CMYK, grey or spot"
        )


def _check_blend_space(view: PageView) -> Iterator[Problem]:
    group = view.page.get("/Group", {})
    written = group.get("/CS")
    if written is None and view.transparency is None:
        return
    family = read_space(written).family if written is not None else None
    if family != "cmyk":
        cause = view.transparency or "a page group"
        found = read_space(written).name if written is not None else "none is named"
        yield view.problem(
            "blend-space",
            f"the page has {cause}, and its blend space is not CMYK ({found}).",
            "Give the page a transparency group in DeviceCMYK.",
            measured=found,
            limit="DeviceCMYK",
        )


def _things(kind: str) -> str:
    return {"stroke": "a line", "fill": "an area", "text": "type", "picture": "a picture"}.get(kind, f"a {kind}")
