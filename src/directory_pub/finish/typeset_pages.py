"""Typeset pages as they come in: where their trim lies, and whether it is the edition's."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from directory_pub.findings import Finding, error
from directory_pub.finish.document import TYPESET_PAGES
from directory_pub.finish.geometry import TOLERANCE_PT, Box, Sheet, box_of

__all__ = ["TypesetSource", "check_bleed", "check_trim", "open_pages", "trim_of"]


TypesetSource = pikepdf.Pdf | bytes | Path
"""Typeset pages: open, and then whoever finishes them takes them over, or as bytes or a file."""


def open_pages(source: TypesetSource) -> pikepdf.Pdf:
    """The pages of a source, open."""
    if isinstance(source, pikepdf.Pdf):
        return source
    return pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source)


def trim_of(page: pikepdf.Page) -> Box:
    """Where the finished leaf lies on a typeset page; without a TrimBox it is the whole page."""
    return box_of(page.trimbox)


def check_trim(page: pikepdf.Page, folio: int, sheet: Sheet) -> list[Finding]:
    """A finding if the page was typeset for another leaf."""
    set_, wanted = trim_of(page), sheet.trim
    off_pt = max(abs(set_.width - wanted.width), abs(set_.height - wanted.height))
    if off_pt <= TOLERANCE_PT:
        return []
    return [
        error(
            "trim-size",
            TYPESET_PAGES,
            f"page {folio} is {_mm(set_.width)} x {_mm(set_.height)} mm; "
            f"the edition's leaf is {_mm(wanted.width)} x {_mm(wanted.height)} mm.",
            "Set the page's size in the sheets from the edition's trim.",
            folio,
        )
    ]


def check_bleed(page: pikepdf.Page, folio: int, sheet: Sheet) -> list[Finding]:
    """A finding if the page ends before the bleed does."""
    trim, media = trim_of(page), box_of(page.mediabox)
    bleed = sheet.bleed.moved(trim.left - sheet.trim.left, trim.bottom - sheet.trim.bottom)
    if media.holds(bleed):
        return []
    short_pt = min(
        trim.left - media.left,
        trim.bottom - media.bottom,
        media.right - trim.right,
        media.top - trim.top,
    )
    return [
        error(
            "bleed-short",
            TYPESET_PAGES,
            f"page {folio} bleeds {_mm(short_pt)} mm; the press needs {sheet.bleed_mm:g} mm.",
            "Set the page's bleed in the sheets from the edition's.",
            folio,
        )
    ]


def _mm(length_pt: float) -> str:
    return f"{length_pt * 25.4 / 72:.1f}".removesuffix(".0")
