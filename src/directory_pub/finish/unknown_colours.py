"""Colours on the pages that the ink table does not turn into ink, as findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from directory_pub.design.inks import InkTable, Srgb
from directory_pub.findings import Finding, Place, error
from directory_pub.finish.content_streams import BLACK, Paint
from directory_pub.finish.document import TYPESET_PAGES

__all__ = ["report_colours"]


def report_colours(met: dict[Paint, list[int]], inks: InkTable) -> list[Finding]:
    """One finding a colour, however many pages show it; ``met`` has the folios of each."""
    findings: list[Finding] = []
    unknown: dict[Srgb, set[int]] = defaultdict(set)
    for paint, folios in met.items():
        if paint.srgb is None:
            findings.append(_foreign(paint, folios))
        elif inks.of_srgb(paint.srgb) is None:
            if paint == BLACK:
                findings.append(_black_by_default(folios, inks))
            else:
                unknown[paint.srgb].update(folios)
    findings += [_unknown(srgb, sorted(folios), inks) for srgb, folios in unknown.items()]
    return sorted(findings, key=lambda finding: (finding.folio or 0, finding.message))


def _unknown(srgb: Srgb, folios: list[int], inks: InkTable) -> Finding:
    shown = "#{:02X}{:02X}{:02X}".format(*srgb)
    near = inks.nearest(srgb)
    hint = f"; the nearest is '{near.name}', {near.hex}" if near else ""
    remedy = f"In a sheet, write var(--ink-{near.name}). For a drawing, such as a logo, add" if near else "Add"
    return error(
        "ink-unknown",
        Place(file=inks.file, field=shown),
        f"sRGB {' '.join(map(str, srgb))} on {_pages(folios)} is in no row{hint}.",
        f"{remedy} the colour to your styles/inks.yaml with the ink that it prints in.",
        folios[0],
    )


def _black_by_default(folios: list[int], inks: InkTable) -> Finding:
    return error(
        "ink-unknown",
        Place(file=inks.file, field="#000000"),
        f"text or a shape on {_pages(folios)} has no colour of its own and would print in "
        "the engine's black, which is in no row.",
        "Set its colour, fill or stroke to an ink; an SVG's shapes are black until told.",
        folios[0],
    )


def _foreign(paint: Paint, folios: list[int]) -> Finding:
    return error(
        "colour-space",
        TYPESET_PAGES,
        f"{_pages(folios)}: a colour that is neither sRGB nor grey ({paint.space}).",
        "Write it as an ink of the table; a gradient goes from ink to ink.",
        folios[0],
    )


def _pages(folios: Iterable[int]) -> str:
    """``page 3``, ``pages 3, 4 and 12``, ``pages 3, 4, 5 and 9 more``."""
    numbers = [str(folio) for folio in folios]
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    last = numbers[-1] if len(numbers) <= 4 else f"{len(numbers) - 3} more"
    return f"pages {', '.join(numbers[: min(3, len(numbers) - 1)])} and {last}"
