"""The cover as a spread: back, spine and front on one sheet, and what stands inside them on another."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from directory_pub.design.inks import Ink, InkTable
from directory_pub.edition.printers import Marks
from directory_pub.finish.content_streams import Tint
from directory_pub.finish.document import DocumentFacts, write_identity
from directory_pub.finish.geometry import Box, Sheet, points
from directory_pub.finish.marks import draw_marks, line_ink
from directory_pub.finish.spot_spaces import SpotSpaces, tint_of
from directory_pub.impose.leaves import ImpositionError, Leaf, carry_over, open_finished, place_leaf, read_leaf
from directory_pub.impose.spine import Lettering, draw_lettering

__all__ = ["COVER_PAGES", "draw_cover"]

COVER_PAGES = 4
_BARE = Ink(name="bare paper", srgb=(255, 255, 255), cmyk_percent=(0, 0, 0, 0))
_FOLD_GAP_MM, _FOLD_LENGTH_MM = 1.0, 5.0


def draw_cover(
    source: Path | bytes,
    *,
    spine_mm: float,
    bleed_mm: float,
    marks: Marks,
    inks: InkTable,
    ground: str,
    document: DocumentFacts,
    lettering: Lettering | None = None,
) -> bytes:
    """Draw the cover of a press PDF as two wide pages: outside (back | front), inside (page 2 | last but one).

    On the outside each page's bleed runs on to the middle of the spine; what is wider lies in
    the ink ``ground``, with the ``lettering`` where that has room. Raises ImpositionError for a book of
    fewer than four pages.
    """
    with open_finished(source) as pdf, Pdf.new() as cover:
        last = len(pdf.pages)
        if last < COVER_PAGES:
            raise ImpositionError(f"a book of {last} pages has no cover of four.", "Take a printer with cover: pages.")
        leaves = {folio: read_leaf(cover, pdf.pages[folio - 1], folio) for folio in (1, 2, last - 1, last)}
        trim_mm = tuple(round(side * 25.4 / 72, 4) for side in (leaves[1].trim.width, leaves[1].trim.height))
        sheet = Sheet(trim_mm=(2 * trim_mm[0] + spine_mm, trim_mm[1]), bleed_mm=bleed_mm, slug_mm=marks.slug_mm)
        for left, right, ink in ((last, 1, inks.named(ground) or _BARE), (2, last - 1, None)):
            pair = (leaves[left], leaves[right])
            on_spine = lettering if ink and ink is not _BARE else None
            _draw_spread(cover, sheet, pair, spine_mm=spine_mm, ink=ink, marks=marks, inks=inks, lettering=on_spine)
        carry_over(pdf, cover)
        write_identity(cover, document, for_press=True)
        written = io.BytesIO()
        cover.save(
            written,
            force_version=pdf.pdf_version,
            fix_metadata_version=False,  # the room for a label is in the packet
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return written.getvalue()


def _draw_spread(
    cover: Pdf,
    sheet: Sheet,
    pair: tuple[Leaf, Leaf],
    *,
    spine_mm: float,
    ink: Ink | None,
    marks: Marks,
    inks: InkTable,
    lettering: Lettering | None,
) -> None:
    """One side of the cover; without an ink for it the spine stays white, as glue wants it."""
    left, right = pair
    trim, bleed, spine_pt = sheet.trim, sheet.bleed, points(spine_mm)
    fold_left = trim.left + left.trim.width
    fold_right = fold_left + spine_pt
    middle = (fold_left + fold_right) / 2 if ink else None
    spots = [ink.spot.name] if ink and ink.spot else []
    drawn = [_spine(ink, Box(fold_left, bleed.bottom, fold_right, bleed.top))] if ink else []
    drawn += [
        place_leaf("/Left", left, (trim.left, trim.bottom), 1, bleed._replace(right=middle or fold_left)),
        place_leaf("/Right", right, (fold_right, trim.bottom), 1, bleed._replace(left=middle or fold_right)),
        draw_lettering(lettering, Box(fold_left, bleed.bottom, fold_right, bleed.top), trim) if lettering else "",
        draw_marks(sheet, crop=marks.crop, registration=marks.registration, inks=inks, spots=spots).decode(),
        *(_fold_marks(sheet, fold, inks) for fold in dict.fromkeys((fold_left, fold_right)) if marks.crop),
    ]
    resources = Dictionary(XObject=Dictionary(Left=left.form, Right=right.form))
    spaces = SpotSpaces(cover, inks).of_marks(spots)
    if len(spaces):
        resources.ColorSpace = spaces
    page = Dictionary(
        Type=Name.Page,
        MediaBox=sheet.media.as_array(),
        CropBox=sheet.media.as_array(),
        BleedBox=sheet.bleed.as_array(),
        TrimBox=sheet.trim.as_array(),
        Resources=resources,
        Contents=cover.make_stream("\n".join(drawn).encode()),
    )
    if "/Group" in left.form or "/Group" in right.form:
        page.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)
    cover.pages.append(pikepdf.Page(cover.make_indirect(page)))


def _spine(ink: Ink, box: Box) -> str:
    paint = tint_of(ink)
    if isinstance(paint, Tint):
        colour = f"{Name(paint.space).unparse().decode()} cs {paint.share:g} scn"
    else:
        colour = f"{' '.join(f'{tone:g}' for tone in paint)} k"
    return f"q {colour} {box.left:.4f} {box.bottom:.4f} {box.width:.4f} {box.height:.4f} re f Q"


def _fold_marks(sheet: Sheet, fold: float, inks: InkTable) -> str:
    """A broken line past the bleed, at head and foot, where the cover is creased."""
    gap, length = points(_FOLD_GAP_MM), points(_FOLD_LENGTH_MM)
    lines = (
        f"{fold:.4f} {edge + away * gap:.4f} m {fold:.4f} {edge + away * (gap + length):.4f} l S"
        for edge, away in ((sheet.bleed.bottom, -1), (sheet.bleed.top, 1))
    )
    return " ".join([f"q {line_ink(inks)} 0.25 w [2 2] 0 d", *lines, "Q"])
