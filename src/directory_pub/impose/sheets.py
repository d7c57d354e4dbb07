"""Draw the sheets of a booklet: two pages a side, fold and crop marks where there is room."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
from msgspec import Struct
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, Pdf, String

from directory_pub.finish.geometry import Box, points
from directory_pub.impose.annotations import draw_annotations_in
from directory_pub.impose.leaves import ImpositionError, Leaf, carry_over, open_finished, place_leaf, read_leaf
from directory_pub.impose.page_labels import label_pages
from directory_pub.impose.scheme import Side, saddle

__all__ = ["SHEETS_MM", "Imposed", "impose_file"]

SHEETS_MM = {"A4": (297.0, 210.0), "A3": (420.0, 297.0), "SRA3": (450.0, 320.0)}
"""Sheets by name, on their long side: two upright pages stand beside each other."""

_LEAST_SCALE = 0.4
_SAME_SIZE_PT = 1.5  # half a millimetre: what page sizes may differ by and still be one
_MARK_PT = 0.25
_MARK_GAP_MM, _MARK_LENGTH_MM, _LEAST_MARK_MM = 1.0, 5.0, 2.0


class Imposed(Struct, frozen=True, kw_only=True):
    """A booklet's sheets as one PDF, and what was done to the pages. ``flip`` is the edge to turn the sheets at.

    On the pages ``undrawn`` (folios) something would print that the file has no drawing of, such as the text
    of a field, and is left out.
    """

    pdf: bytes
    page_count: int
    sheet_count: int
    blank_pages: int
    scale: float
    flip: str = "short edge"
    undrawn: tuple[int, ...] = ()

    @property
    def summary(self) -> str:
        """One line for the person at the machine."""
        size = "at 100 %" if self.scale == 1 else f"scaled to {self.scale * 100:.1f} %"
        blanks = f", {self.blank_pages} blank" if self.blank_pages else ""
        sheets = f"{self.sheet_count} sheet{'' if self.sheet_count == 1 else 's'}"
        return f"{self.page_count} pages{blanks} on {sheets} {size}; print both sides, flip on the {self.flip}"


class _Press(Struct, frozen=True, kw_only=True):
    """The sheet and how pages lie on it: trims meet at the spine, in the middle of its height."""

    sheet: Box
    leaf_pt: tuple[float, float]
    scale: float

    @property
    def spine(self) -> float:
        return self.sheet.width / 2

    def trim(self, place: str, creep_pt: float) -> Box:
        """Where a page's trim lies, moved towards the spine by the creep."""
        width, height = (side * self.scale for side in self.leaf_pt)
        bottom = (self.sheet.height - height) / 2
        left = self.spine - width + creep_pt if place == "left" else self.spine - creep_pt
        return Box(left, bottom, left + width, bottom + height)

    def half(self, place: str) -> Box:
        """The half of the sheet that a page may be drawn on: nothing crosses the fold."""
        if place == "left":
            return self.sheet._replace(right=self.spine)
        return self.sheet._replace(left=self.spine)


def impose_file(
    source: Path | bytes,
    *,
    scheme: str = "saddle",
    sheet: str = "A3",
    creep_mm: float = 0.0,
    binding: str = "left",
    scale: float | None = None,
) -> Imposed:
    """Impose a finished PDF as a booklet of two pages a side; the same file gives the same bytes.

    ``creep_mm`` is that of the innermost sheet; ``binding`` is the edge of the front cover at
    the spine: "right" for a book that is read from right to left. Pages that fit half the sheet
    stay as they are and others are made smaller, unless ``scale`` says how large (1 is 100 %).
    Raises ImpositionError for a file that is damaged, encrypted, empty or of mixed sizes, and
    for a sheet that is too small; ValueError for a scheme, sheet or binding that there is not.
    """
    if scheme != "saddle" or sheet not in SHEETS_MM or binding not in ("left", "right"):
        raise ValueError(f"there is no {scheme} on {sheet} bound {binding}")
    with open_finished(source) as pdf, Pdf.new() as booklet:
        undrawn = draw_annotations_in(pdf)
        leaves = [read_leaf(booklet, page, folio) for folio, page in enumerate(pdf.pages, 1)]
        press = _set_up(leaves, sheet, scale)
        sides = saddle(len(leaves), creep_mm=creep_mm, right_to_left=binding == "right")
        for side in sides:
            _draw_side(booklet, side, leaves, press)
        imposed = Imposed(
            pdf=b"",
            page_count=len(leaves),
            sheet_count=len(sides) // 2,
            blank_pages=-len(leaves) % 4,
            scale=press.scale,
            undrawn=tuple(undrawn),
        )
        carry_over(pdf, booklet)
        label_pages(booklet, [side.label for side in sides])
        _describe(booklet, pdf, f"{imposed.summary} ({sheet})", imposed.flip)
        written = io.BytesIO()
        booklet.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return replace(imposed, pdf=written.getvalue())


def _set_up(leaves: Sequence[Leaf], sheet: str, scale: float | None) -> _Press:
    """Refuse what cannot be a booklet, and find the scale."""
    first = leaves[0]
    for folio, leaf in enumerate(leaves, 1):
        off_pt = max(abs(leaf.trim.width - first.trim.width), abs(leaf.trim.height - first.trim.height))
        if off_pt > _SAME_SIZE_PT:
            message = f"page {folio} is {leaf.size_mm}, page 1 is {first.size_mm}."
            raise ImpositionError(message, "Impose pages of one size: leave the others out or make them again.")
    width, height = (points(side) for side in SHEETS_MM[sheet])
    fit = min(width / 2 / first.trim.width, height / first.trim.height)
    # A millionth too large is the rounding of millimetres to points.
    chosen = scale if scale is not None else 1.0 if fit > 1 - 1e-4 else fit
    if chosen > fit + 1e-4:
        message = f"at {chosen * 100:.0f} % two pages of {first.size_mm} are larger than {sheet}."
        raise ImpositionError(message, f"{fit * 100:.0f} % is the most that fits.")
    if chosen < _LEAST_SCALE:
        message = f"two pages of {first.size_mm} fit on {sheet} at {chosen * 100:.0f} % only: nobody could read them."
        raise ImpositionError(message, "Take a larger sheet.")
    return _Press(sheet=Box(0, 0, width, height), leaf_pt=(first.trim.width, first.trim.height), scale=chosen)


def _draw_side(booklet: Pdf, side: Side, leaves: Sequence[Leaf], press: _Press) -> None:
    creep_pt, drawn, forms = points(side.creep_mm), [], Dictionary()
    for place, index in (("left", side.left), ("right", side.right)):
        if index is not None:
            leaf, name = leaves[index], f"/Page{index + 1}"
            trim = press.trim(place, creep_pt)
            forms[name] = leaf.form
            drawn.append(place_leaf(name, leaf, (trim.left, trim.bottom), press.scale, press.half(place)))
    bleed_pt = press.scale * max((leaf.trim.bottom - leaf.bleed.bottom for leaf in leaves), default=0.0)
    marks = _marks(press, creep_pt, bleed_pt)
    content = "\n".join([*drawn, "q", f"0 G {_MARK_PT} w", *marks, "Q"]).encode()
    page = Dictionary(
        Type=Name.Page,
        MediaBox=press.sheet.as_array(),
        TrimBox=press.sheet.as_array(),
        Resources=Dictionary(XObject=forms),
        Contents=booklet.make_stream(content),
    )
    booklet.pages.append(pikepdf.Page(booklet.make_indirect(page)))


def _marks(press: _Press, creep_pt: float, bleed_pt: float) -> Iterator[str]:
    """Crop marks at the outer corners, and a broken line at head and foot where the sheet is folded."""
    left, right = press.trim("left", creep_pt), press.trim("right", creep_pt)
    gap_pt = max(bleed_pt, 0.0) + points(_MARK_GAP_MM)
    up_pt = _mark_length(press.sheet.top - left.top, gap_pt)
    across_pt = _mark_length(left.left, gap_pt)
    for edge, away in ((left.bottom, -1), (left.top, 1)):
        near, far = edge + away * gap_pt, edge + away * (gap_pt + up_pt)
        if up_pt:
            yield f"{left.left:.4f} {near:.4f} m {left.left:.4f} {far:.4f} l S"
            yield f"{right.right:.4f} {near:.4f} m {right.right:.4f} {far:.4f} l S"
            yield f"[2 2] 0 d {press.spine:.4f} {near:.4f} m {press.spine:.4f} {far:.4f} l S [] 0 d"
        if across_pt:
            yield f"{left.left - gap_pt:.4f} {edge:.4f} m {left.left - gap_pt - across_pt:.4f} {edge:.4f} l S"
            yield f"{right.right + gap_pt:.4f} {edge:.4f} m {right.right + gap_pt + across_pt:.4f} {edge:.4f} l S"


def _mark_length(room_pt: float, gap_pt: float) -> float:
    """How long a mark may be in the room past a trim; none is better than a stub."""
    length_pt = min(points(_MARK_LENGTH_MM), room_pt - gap_pt - points(_MARK_GAP_MM))
    return length_pt if length_pt >= points(_LEAST_MARK_MM) else 0.0


def _describe(booklet: Pdf, source: Pdf, summary: str, flip: str) -> None:
    """Say what it is and how it is printed; a viewer's print dialogue is told as well."""
    title = str(source.docinfo.get("/Title", "")) or "Booklet"
    told = {"/Title": String(f"{title} (booklet, flip on the {flip})"), "/Subject": String(summary)}
    dates = {key: source.docinfo[key] for key in ("/CreationDate", "/ModDate") if key in source.docinfo}
    copied = {key: String(str(date)) for key, date in dates.items()}
    booklet.trailer.Info = booklet.make_indirect(Dictionary({**told, **copied, "/Producer": String("directory_pub")}))
    booklet.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None")
    )
    booklet.Root.PageLayout = Name.SinglePage
    booklet.Root.OpenAction = Array([booklet.pages[0].obj, Name.Fit])
