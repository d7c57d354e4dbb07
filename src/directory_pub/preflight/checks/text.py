"""Type: large enough for its inks, with a glyph for every character and its font in the file."""

from __future__ import annotations

from collections.abc import Iterator

from directory_pub.edition.printers import Printer
from directory_pub.preflight.colours import Paint
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.painted import Painted, Shown
from directory_pub.preflight.report import Problem

__all__ = ["check_text"]

_ROUNDING_PT = 0.01
_BLACKISH = 0.85
# Reading type ends here: larger black type may be rich on purpose.
_DISPLAY_PT = 14.0


def check_text(view: PageView, printer: Printer) -> Iterator[Problem]:
    """Every line of type that lands on the leaf."""
    for painted in view.printed:
        if painted.shown is not None:
            yield from _check_font(view, painted, painted.shown)
            yield from _check_size(view, painted, painted.shown, printer)
            if printer.colour == "cmyk":
                yield from _check_inks(view, painted, painted.shown, printer)


def _check_font(view: PageView, painted: Painted, shown: Shown) -> Iterator[Problem]:
    font = shown.font
    if not font.embedded:
        message = f"the font {font.name} is not in the file."
        yield view.problem("font-not-embedded", message, "Embed the font.", bounds=painted.bounds, measured=font.name)
    if font.coloured:
        message = f"the Type 3 font {font.name} has glyphs with colours of their own."
        yield view.problem(
            "font-coloured", message, "Use a font of outlines.", bounds=painted.bounds, measured=font.name
        )
    if shown.missing:
        codes = ", ".join(f"{code:#x}" for code in shown.missing[:5])
        yield view.problem(
            "glyph-missing",
            f"the font {font.name} has no glyph for {codes}: a box is printed, or nothing.",
            "Choose a font that has the character.",
            bounds=painted.bounds,
            measured=codes,
        )


def _check_size(view: PageView, painted: Painted, shown: Shown, printer: Printer) -> Iterator[Problem]:
    if shown.size_pt < printer.least_text_pt - _ROUNDING_PT:
        yield view.problem(
            "text-small",
            f"type is {shown.size_pt:.2f} pt; {printer.name} holds {printer.least_text_pt:g}.",
            f"Set it in {printer.least_text_pt:g} pt or more.",
            bounds=painted.bounds,
            measured=round(shown.size_pt, 2),
            limit=float(printer.least_text_pt),
        )


def _check_inks(view: PageView, painted: Painted, shown: Shown, printer: Printer) -> Iterator[Problem]:
    paint, size_pt, limit_pt = painted.paint, shown.size_pt, printer.least_mixed_text_pt
    if _is_rich_black(paint):
        if size_pt < _DISPLAY_PT:
            yield view.problem(
                "text-rich-black",
                f"black type of {size_pt:.2f} pt is in {' + '.join(paint.inks)}.",
                "Set it on the black plate alone (0 0 0 100).",
                bounds=painted.bounds,
                measured=round(size_pt, 2),
                limit=_DISPLAY_PT,
            )
        return
    if size_pt >= limit_pt - _ROUNDING_PT:
        return
    if paint.is_paper:
        yield view.problem(
            "text-white-out",
            f"type left white is {size_pt:.2f} pt; {printer.name} asks for {limit_pt:g}.",
            f"Set it in {limit_pt:g} pt or more, or in black.",
            bounds=painted.bounds,
            measured=round(size_pt, 2),
            limit=float(limit_pt),
        )
    elif len(paint.inks) > 1:
        yield view.problem(
            "text-mixed-inks",
            f"type in {' + '.join(paint.inks)} is {size_pt:.2f} pt; {printer.name} asks for {limit_pt:g}.",
            f"Set it in {limit_pt:g} pt or more, or in one ink.",
            bounds=painted.bounds,
            measured=round(size_pt, 2),
            limit=float(limit_pt),
        )


def _is_rich_black(paint: Paint) -> bool:
    """Whether a colour looks black and is not black ink alone."""
    for mix in paint.mixes:
        tints = dict(mix)
        black = tints.get("Black", 0.0)
        grey_of_three = min(tints.get(ink, 0.0) for ink in ("Cyan", "Magenta", "Yellow"))
        if len(tints) > 1 and black + grey_of_three > _BLACKISH:
            return True
    return False
