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
from directory_pub.finish.guests import GuestShelf
from directory_pub.finish.inking import InkedPage, Inker
from directory_pub.finish.intent import embed_profile
from directory_pub.finish.marks import draw_marks
from directory_pub.finish.placed_pictures import PlacedPictures
from directory_pub.finish.rgb_left import find_rgb
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
    guests: GuestShelf | None = None,
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
            guests=guests,
        )
        inker = Inker(pdf, inks, placed)
        drawn_marks = _draw_marks(pdf, sheet, marks)
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


def _print_page(pdf: pikepdf.Pdf, page: pikepdf.Page, inker: Inker, sheet: Sheet, marks: pikepdf.Stream) -> InkedPage:
    typeset = trim_of(page)
    moved = (sheet.trim.left - typeset.left, sheet.trim.bottom - typeset.bottom)
    inked = inker.ink_page(page, moved)
    if "/XObject" not in inked.resources:
        inked.resources.XObject = Dictionary()
    inked.resources.XObject.Marks = marks
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


def _draw_marks(pdf: pikepdf.Pdf, sheet: Sheet, marks: Marks) -> pikepdf.Stream:
    """The marks, drawn once for all pages."""
    return pdf.make_stream(
        draw_marks(sheet, crop=marks.crop, registration=marks.registration),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=sheet.media.as_array(),
        Resources=Dictionary(),
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
