"""The named text styles: what each is set in, and how wide, out of the tokens.

The sheets give the same styles to the engine; a test holds the two together by comparing the
lines that were set with the lines on the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from directory_pub.compose.measure import Measure
from directory_pub.design.faces import SANS, SERIF
from directory_pub.design.grid import MM_PER_PT, Grid

__all__ = ["DEEPEST_ITEM", "measure_styles"]

DEEPEST_ITEM = 8  # how many indents the text of a list's item may stand in

_FOLIO_EM = 3.6  # what a row of the contents keeps free for its sign, some dots and a folio


def measure_styles(grid: Grid, first_notes: Mapping[str, int] | None = None) -> dict[str, Measure]:
    """A measure for each text style by its name in the layouts; footnotes are numbered from ``first_notes``."""

    def style(
        size: str,
        *,
        less_mm: float = 0.0,
        family: str = SANS,
        weight: int = 400,
        tracking_em: float = 0.0,
        width_mm: float | None = None,
        hanging_mm: float = 0.0,
        narrow: bool = False,
        balanced: bool = False,
    ) -> Measure:
        return Measure(
            family=family,
            weight=weight,
            bold_weight=700,
            size_pt=grid.mm(size) / MM_PER_PT,
            width_mm=(grid.main_mm if width_mm is None else width_mm) - less_mm - hanging_mm,
            first_mm=-hanging_mm,
            tracking_em=tracking_em,
            call_pt=grid.mm("call") / MM_PER_PT,
            narrow=narrow,
            balanced=balanced,
            first_notes=first_notes or {},
        )

    indent, side = grid.mm("indent"), grid.mm("side")
    folio = _FOLIO_EM * grid.mm("contents")
    items = {f"item-{depth}": style("text", less_mm=depth * indent) for depth in range(1, DEEPEST_ITEM + 1)}
    return items | {
        "text": style("text"),
        "lead": style("lead"),
        "quote": style("quote", less_mm=grid.mm("quote-indent"), family=SERIF),
        "credit": style("credit", less_mm=grid.mm("quote-indent"), tracking_em=0.05),
        "note": style("note"),
        "title": style("title", weight=700, tracking_em=-0.012, balanced=True),
        "subtitle": style("subtitle", weight=300),
        "section": style("section", weight=700, tracking_em=0.08),
        "preface": style("preface"),
        "contents-part": style("part", less_mm=folio, hanging_mm=indent, weight=700, tracking_em=0.04),
        "contents-entry": style("contents", less_mm=folio, hanging_mm=indent),
        "contents-subtitle": style("contents", less_mm=folio + indent, hanging_mm=indent),
        "legal": style("small", less_mm=grid.main_mm / 4),
        "contact": style("contact", width_mm=side, less_mm=indent, narrow=True),
        "publisher": style("small", width_mm=side, narrow=True),
        "legend": style("small", width_mm=side, less_mm=indent, narrow=True),
        "credit-line": style("credit", width_mm=side, narrow=True),
    }
