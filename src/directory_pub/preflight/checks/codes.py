"""Codes to scan: whether a telephone reads them from the printed page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from directory_pub.edition.printers import Printer
from directory_pub.preflight.code_reader import FoundCode, find_codes
from directory_pub.preflight.colours import Paint
from directory_pub.preflight.geometry import Box, mm
from directory_pub.preflight.page_view import PageView
from directory_pub.preflight.painted import Painted
from directory_pub.preflight.report import Problem

__all__ = ["check_codes"]

_LEAST_MODULE_MM, _ROUNDING_MM = 0.4, 0.002
_QUIET_MODULES, _ROUNDING_MODULES = 4, 0.05
_LEAST_CONTRAST = 0.55  # of the light that paper gives back, as ISO/IEC 15415 asks for grade B
_LIGHT_PERCENT = 20  # of ink: what is no darker does not disturb
_SEEN = {"Cyan": 0.30, "Magenta": 0.59, "Yellow": 0.11}  # how much of the light each takes away in full


def check_codes(view: PageView, printer: Printer) -> Iterator[Problem]:
    """The size of modules, what stays white round them, their ink, and how much darker it is than its ground."""
    for code in find_codes(view.printed):
        before, behind = view.printed[: code.first], view.printed[code.last + 1 :]
        yield from _check_size(view, code)
        yield from _check_quiet(view, code, [*before, *behind])
        yield from _check_ink(view, code, _ground(code, before))


def _check_size(view: PageView, code: FoundCode) -> Iterator[Problem]:
    module_mm = mm(code.module_pt)
    if module_mm < _LEAST_MODULE_MM - _ROUNDING_MM:
        yield view.problem(
            "code-module",
            f"the modules of a code are {module_mm:.2f} mm; a telephone reads them from {_LEAST_MODULE_MM:g} mm on.",
            f"Print it {_LEAST_MODULE_MM * code.modules:.0f} mm wide, or let it say less.",
            bounds=code.bounds,
            measured=round(module_mm, 3),
            limit=_LEAST_MODULE_MM,
        )


def _check_quiet(view: PageView, code: FoundCode, others: Sequence[Painted]) -> Iterator[Problem]:
    zone = code.bounds.grown(_QUIET_MODULES * code.module_pt)
    near = [each for each in others if each.bounds.overlaps(zone) and _disturbs(each, code)]
    if not near:
        return
    left = min(_modules_between(each.bounds, code) for each in near)
    if left < _QUIET_MODULES - _ROUNDING_MODULES:
        yield view.problem(
            "code-quiet",
            f"{left:.1f} modules are free round a code; it asks for {_QUIET_MODULES}.",
            f"Keep {mm(_QUIET_MODULES * code.module_pt):.1f} mm free on all sides of it.",
            bounds=code.bounds,
            measured=round(left, 2),
            limit=float(_QUIET_MODULES),
        )


def _disturbs(other: Painted, code: FoundCode) -> bool:
    """Whether something near a code is dark enough to be taken for a part of it, and no ground that it stands on."""
    if other.paint.is_paper or (other.paint.mixes and other.paint.total_percent <= _LIGHT_PERCENT):
        return False
    return not other.bounds.holds(code.bounds)


def _modules_between(box: Box, code: FoundCode) -> float:
    """How many modules lie between a box and a code."""
    own = code.bounds
    across = max(own.left - box.right, box.left - own.right, 0.0)
    down = max(own.bottom - box.top, box.bottom - own.top, 0.0)
    return max(across, down) / code.module_pt


def _ground(code: FoundCode, before: Sequence[Painted]) -> Paint | None:
    """What a code stands on; None for paper."""
    under = [each for each in before if each.bounds.holds(code.bounds) and each.kind == "fill"]
    return under[-1].paint if under and not under[-1].paint.is_paper else None


def _check_ink(view: PageView, code: FoundCode, ground: Paint | None) -> Iterator[Problem]:
    if code.paint.inks and code.paint.inks != ("Black",):
        yield view.problem(
            "code-inks",
            f"a code is printed in {' + '.join(code.paint.inks)}: where plates do not fit, its edges blur.",
            "Print it in black alone.",
            bounds=code.bounds,
            measured=" + ".join(code.paint.inks),
            limit="Black",
        )
    if code.overprints and ground is not None:
        yield view.problem(
            "code-overprint",
            f"a code overprints {' + '.join(ground.inks) or 'its ground'}, which shows through.",
            "Let it knock out, or stand on white.",
            bounds=code.bounds,
        )
    dark, light = _light(code.paint), _light(ground)
    if dark is not None and light is not None and light - dark < _LEAST_CONTRAST:
        yield view.problem(
            "code-contrast",
            f"a code gives back {100 * dark:.0f} % of the light and its ground {100 * light:.0f} %.",
            f"Print it darker, or on a lighter ground: {100 * _LEAST_CONTRAST:.0f} % must lie between them.",
            bounds=code.bounds,
            measured=round(light - dark, 2),
            limit=_LEAST_CONTRAST,
        )


def _light(paint: Paint | None) -> float | None:
    """About how much of the light a paint gives back, of that which paper does; None where its inks are not known."""
    if paint is None:
        return 1.0
    if not paint.mixes or any(ink not in (*_SEEN, "Black") for ink in paint.inks):
        return None
    return min(_left_of(dict(mix)) for mix in paint.mixes)


def _left_of(mix: dict[str, float]) -> float:
    taken = sum(share * mix.get(ink, 0.0) for ink, share in _SEEN.items())
    return (1 - mix.get("Black", 0.0)) * (1 - taken)
