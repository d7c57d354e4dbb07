"""The press PDF: inks, boxes, marks and intent, and nothing that is not printed.

It carries no PDF/X label: that is for preflight to grant.
"""

from __future__ import annotations

import io
from collections import defaultdict

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from directory_pub.design.inks import InkTable
from directory_pub.edition.printers import Condition, Marks
from directory_pub.findings import Finding
from directory_pub.finish.content_streams import Paint
from directory_pub.finish.document import DocumentFacts, Finished, write_identity
from directory_pub.finish.geometry import Box, Sheet
from directory_pub.finish.inking import InkedPage, Inker
from directory_pub.finish.intent import embed_profile
from directory_pub.finish.marks import draw_marks
from directory_pub.finish.placed_pictures import PlacedPictures
from directory_pub.finish.rgb_left import find_rgb
from directory_pub.finish.spot_spaces import SpotSpaces
from directory_pub.finish.typeset_pages import TypesetSource, check_bleed, check_trim, open_pages, trim_of
from directory_pub.finish.unknown_colours import report_colours
from directory_pub.prepare import PictureCache

__all__ = ["finish_press"]

RESOLUTION_PPI = 300


def finish_press(
    source: TypesetSource,
    *,
    inks: InkTable,
    condition: Condition,
    trim_mm: tuple[float, float],
    bleed_mm: float,
    marks: Marks,
    document: DocumentFacts,
    ink_limit_percent: float | None = None,
    pictures: PictureCache | None = None,
) -> Finished:
    """Finish typeset pages, which are closed then, for a press that prints under ``condition``.

    Pictures keep to ``ink_limit_percent``. A colour without an ink stays as it was typeset
    and is an error, so that a proof can still be looked at.
    """
    sheet = Sheet(trim_mm=trim_mm, bleed_mm=bleed_mm, slug_mm=marks.slug_mm)
    with open_pages(source) as pdf:
        placed = PlacedPictures.of(
            pdf,
            RESOLUTION_PPI,
            condition.profile,
            pictures,
            ink_limit_percent=ink_limit_percent,
            first_folio=document.first_folio,
        )
        inker = Inker(pdf, inks, placed)
        drawn_marks = _DrawnMarks(pdf, sheet, marks, inks)
        met: dict[Paint, list[int]] = defaultdict(list)
        findings: list[Finding] = []
        for folio, page in enumerate(pdf.pages, document.first_folio):
            findings += check_trim(page, folio, sheet) + check_bleed(page, folio, sheet)
            inked = _print_page(pdf, page, inker, sheet, drawn_marks)
            for paint in inked.painted:
                met[paint].append(folio)
        _keep_only_pages(pdf)
        _write_intent(pdf, condition)
        write_identity(pdf, document, for_press=True)
        written = _save(pdf)
    strange = report_colours(met, inks) + placed.findings
    # Where an ink is wanting, RGB is left on purpose: one error for it is enough.
    return Finished(pdf=written, findings=findings + (strange or find_rgb(written, document.first_folio)))


def _print_page(pdf: pikepdf.Pdf, page: pikepdf.Page, inker: Inker, sheet: Sheet, marks: _DrawnMarks) -> InkedPage:
    typeset = trim_of(page)
    moved = (sheet.trim.left - typeset.left, sheet.trim.bottom - typeset.bottom)
    inked = inker.ink_page(page, moved)
    if "/XObject" not in inked.resources:
        inked.resources.XObject = Dictionary()
    inked.resources.XObject.Marks = marks.beside(inked)
    printed = Dictionary(
        Type=Name.Page,
        Parent=page.obj.Parent,
        MediaBox=sheet.media.as_array(),
        CropBox=sheet.media.as_array(),
        BleedBox=sheet.bleed.as_array(),
        TrimBox=sheet.trim.as_array(),
        Resources=inked.resources,
        Contents=pdf.make_stream(_clipped(inked.content, sheet.bleed, moved)),
    )
    if inked.transparent:
        printed.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)
    for key in page.obj.keys() - printed.keys():
        del page.obj[key]
    for key, value in printed.items():
        page.obj[key] = value
    return inked


def _clipped(content: bytes, bleed: Box, moved: tuple[float, float]) -> bytes:
    """The content in its place on the sheet, ending with the bleed, and the marks after it."""
    edges = f"{bleed.left:.6f} {bleed.bottom:.6f} {bleed.width:.6f} {bleed.height:.6f}"
    place = f"1 0 0 1 {moved[0]:.6f} {moved[1]:.6f}"
    return b"".join((f"q\n{edges} re W n\n{place} cm\n".encode(), content, b"\nQ\n/Marks Do\n"))


class _DrawnMarks:
    """The marks, drawn once for all pages that print on the same plates.

    A spot ink that no page prints with would get a plate for its patch alone.
    """

    def __init__(self, pdf: pikepdf.Pdf, sheet: Sheet, marks: Marks, inks: InkTable) -> None:
        self._pdf, self._sheet, self._marks, self._inks = pdf, sheet, marks, inks
        self._spaces = SpotSpaces(pdf, inks)
        self._drawn: dict[tuple[tuple[str, ...], bool], pikepdf.Stream] = {}

    def beside(self, page: InkedPage) -> pikepdf.Stream:
        """The marks of a page."""
        inks = [self._inks.of_srgb(paint.srgb) for paint in page.painted if paint.srgb]
        here = {ink.spot.name for ink in inks if ink and ink.spot}
        spots = tuple(spot for spot in self._inks.spots if spot in here)
        key = (spots, bool(self._inks.spots) and _draws_picture(page.resources))
        if key not in self._drawn:
            self._drawn[key] = self._draw(*key)
        return self._drawn[key]

    def _draw(self, spots: tuple[str, ...], has_picture: bool) -> pikepdf.Stream:
        marks, resources = self._marks, Dictionary()
        if self._inks.spots and (marks.crop or marks.registration):
            resources.ColorSpace = self._spaces.of_marks(spots if marks.registration else ())
        return self._pdf.make_stream(
            draw_marks(
                self._sheet,
                crop=marks.crop,
                registration=marks.registration,
                inks=self._inks,
                spots=spots,
                all_process=has_picture,
            ),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=self._sheet.media.as_array(),
            Resources=resources,
        )


def _draws_picture(resources: pikepdf.Object) -> bool:
    """Whether something draws a picture of four inks."""
    return any(
        each.get("/ColorSpace") == Name.DeviceCMYK or ("/Resources" in each and _draws_picture(each.Resources))
        for each in resources.get("/XObject", Dictionary()).as_dict().values()
    )


def _keep_only_pages(pdf: pikepdf.Pdf) -> None:
    """Drop bookmarks, tags, names, actions and what else a printer has no use for."""
    for key in pdf.Root.keys() - {"/Type", "/Pages"}:
        del pdf.Root[key]


def _write_intent(pdf: pikepdf.Pdf, condition: Condition) -> None:
    """Say which press the colours are meant for, by the name that it has in its registry."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition.identifier),
        OutputCondition=String(condition.description),
        RegistryName=String(condition.registry),
        Info=String(condition.description),
        DestOutputProfile=embed_profile(pdf, condition.profile, 4),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _save(pdf: pikepdf.Pdf) -> bytes:
    written = io.BytesIO()
    pdf.save(
        written,
        force_version="1.6",
        deterministic_id=True,
        fix_metadata_version=False,  # or the XMP packet would be written anew, without the room in it
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return written.getvalue()
