"""The email PDF: leaves at their trim, with tags, links and bookmarks, light enough to send.

It carries no PDF/UA label: that is for preflight to grant.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from directory_pub.edition.model import Opens
from directory_pub.findings import Finding
from directory_pub.finish.document import DocumentFacts, Finished, write_identity
from directory_pub.finish.geometry import Sheet, Shift
from directory_pub.finish.guests import GuestShelf
from directory_pub.finish.intent import embed_profile
from directory_pub.finish.page_resources import keep_named_resources
from directory_pub.finish.placed_pictures import PlacedPictures, is_stencil
from directory_pub.finish.tagging import tag_for_readers
from directory_pub.finish.translate import move_annotations, move_content, move_destinations
from directory_pub.finish.typeset_pages import TypesetSource, check_trim, open_pages, trim_of
from directory_pub.pdf_writing.linearise import AS_IT_IS
from directory_pub.prepare import BEST, PictureCache, PictureQuality

__all__ = ["finish_email", "write_plain"]

_VERSION = "1.7"  # what PDF/UA-1 and PDF/A-3 are written for (ISO 32000-1)
_PAGE_BOXES = ("/MediaBox", "/CropBox", "/TrimBox")
# Right: the cover is a recto, and stands alone.
_LAYOUTS: dict[Opens, Name] = {"single": Name.SinglePage, "spreads": Name.TwoPageRight}


def finish_email(
    source: TypesetSource,
    *,
    profile: Path,
    trim_mm: tuple[float, float],
    document: DocumentFacts,
    screen_profile: Path,
    elements: Sequence[Element] = (),
    opens: Opens = "spreads",
    quality: PictureQuality = BEST,
    pictures: PictureCache | None = None,
    guests: GuestShelf | None = None,
) -> Finished:
    """Finish typeset pages, which are closed then, for the screen.

    ``profile`` is what CMYK pictures were made for that do not say, ``screen_profile`` what the
    colours of the file mean (sRGB); ``elements`` are those that
    the pages were set from, whose numbers their tags carry: without any, the tags stay as they
    are.
    """
    leaf = Sheet(trim_mm=trim_mm, bleed_mm=0)
    findings: list[Finding] = []
    with open_pages(source) as pdf:
        placed = PlacedPictures.of(
            pdf,
            quality.resolution_ppi,
            profile,
            pictures,
            jpeg_quality=quality.jpeg_quality,
            first_folio=document.first_folio,
            guests=guests,
        )
        _lighten(pdf, placed)
        if elements:
            findings += tag_for_readers(pdf, elements, document)
        shifts: dict[tuple[int, int], Shift] = {}
        for folio, page in enumerate(pdf.pages, document.first_folio):
            findings += check_trim(page, folio, leaf)
            shift = _crop(pdf, page, leaf)
            keep_named_resources(page)
            if shift != (0.0, 0.0):
                shifts[page.obj.objgen] = shift
        if shifts:
            move_destinations(pdf, shifts)
        _open_as_a_book(pdf, document, opens)
        _write_intent(pdf, screen_profile)
        write_identity(pdf, document, for_press=False)
        written = write_plain(pdf)
    return Finished(pdf=written, findings=findings + placed.findings)


def write_plain(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes in any order, for what is bound into a book."""
    written = io.BytesIO()
    pdf.save(written, min_version=_VERSION, **AS_IT_IS)
    return written.getvalue()


def _lighten(pdf: pikepdf.Pdf, placed: PlacedPictures) -> None:
    for objgen in placed.placements:
        picture = pdf.get_object(objgen)
        if isinstance(picture, pikepdf.Stream) and not is_stencil(picture):
            placed.put(picture, picture, "srgb")


def _crop(pdf: pikepdf.Pdf, page: pikepdf.Page, leaf: Sheet) -> Shift:
    """Cut the page to its trim, which comes to lie at the origin."""
    typeset = trim_of(page)
    shift = (-typeset.left, -typeset.bottom)
    if shift != (0.0, 0.0):
        move_content(pdf, page, shift)
        move_annotations(page, shift)
    for key in ("/BleedBox", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]
    for key in _PAGE_BOXES:
        page.obj[key] = leaf.trim.as_array()
    return shift


def _write_intent(pdf: pikepdf.Pdf, screen_profile: Path) -> None:
    """Say what the file's RGB means: an archive must not have to guess."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        RegistryName=String("http://www.color.org"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=embed_profile(pdf, screen_profile, 3),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _open_as_a_book(pdf: pikepdf.Pdf, document: DocumentFacts, opens: Opens) -> None:
    """How a reader first sees it: the cover alone, then spreads or single pages, bookmarks at the side."""
    root = pdf.Root
    root.Lang = String(document.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageMode = Name.UseOutlines if "/Outlines" in root else Name.UseNone
    root.PageLayout = _LAYOUTS[opens]
    root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
    if "/StructTreeRoot" in root:
        root.MarkInfo = Dictionary(Marked=True)
    elif "/MarkInfo" in root:
        del root["/MarkInfo"]
