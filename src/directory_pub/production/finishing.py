"""Lay tailpieces under typeset pages, and finish them for each target."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from xml.etree.ElementTree import Element

from pikepdf import Pdf

from directory_pub.compose import EntryEnd, plan_edge_marks, plan_tailpieces
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import Marks
from directory_pub.edition.targets import PRESS, Target
from directory_pub.finish import DocumentFacts, Finished, TypesetSource, finish_email, finish_press
from directory_pub.place import lay_under
from directory_pub.prepare import BEST, PictureQuality
from directory_pub.production.context import PROFILE, SCREEN_PROFILE, BuildContext, Pages
from directory_pub.production.guest_inks import inks_of_pieces
from directory_pub.storage.hashes import hash_of
from directory_pub.storage.store import Store

__all__ = [
    "document_facts",
    "draw",
    "draw_proof",
    "finish_for_mail",
    "finish_for_press",
    "finish_targets",
    "lay_tailpieces",
]


def lay_tailpieces(context: BuildContext, pages: Pages, ends: Sequence[EntryEnd], store: Store | None) -> None:
    """Lay tailpieces under the last pages of entries that end early; those in the store are not drawn again."""
    tailpieces = plan_tailpieces(ends, context.grid) if context.composed.has_tailpieces else []
    html = context.composed.tailpieces(tailpieces) if tailpieces else ""
    drawn = _draw_once(context, html, "tailpieces.html.j2", store) if html else None
    if drawn is not None:
        lay_under(pages.pdf, drawn, [tailpiece.page_index - pages.first for tailpiece in tailpieces])


def _draw_once(context: BuildContext, html: str, layout: str, store: Store | None) -> bytes | None:
    """A document of its own, drawn anew only if the store has none; None if the engine cannot."""
    key = hash_of("drawn", layout, context.engine.digest, context.engine.files_digest(html), html)
    drawn = store.get(key) if store else None
    if drawn is None:
        drawn = draw(context, html, layout)
        if store and drawn is not None and not context.engine.findings:
            store.put(key, drawn)
    return drawn


def draw(context: BuildContext, html: str, layout: str) -> bytes | None:
    """Typeset and write a document of its own; None if the engine cannot."""
    pages = context.engine.typeset(html, layout)
    return context.engine.write(pages, layout) if pages else None


# -------------------------------------------------------------------- finish
def finish_targets(
    context: BuildContext,
    pages: Pages,
    targets: Sequence[Target],
    facts: DocumentFacts,
    *,
    quality: PictureQuality = BEST,
    store: Store | None = None,
) -> dict[str, Finished]:
    """Each target's file from the same typeset pages, which are then closed.

    Edge marks that are in the ``store`` are not drawn again.

    Raises ValueError for the press file of a printer that takes RGB and prints the email file.
    """
    written = pages.written() if len(targets) > 1 else b""
    sources: list[TypesetSource] = [*[written] * (len(targets) - 1), pages.pdf]
    return {
        target.name: finish_for_press(
            context, _with_edge_marks(context, source, pages, store), context.printer.marks, facts, pages.pieces
        )
        if target == PRESS
        else finish_for_mail(context, source, facts, pages.elements, quality)
        for target, source in zip(targets, sources, strict=True)
    }


def _with_edge_marks(
    context: BuildContext, source: TypesetSource, pages: Pages, store: Store | None
) -> TypesetSource:
    """Typeset pages with the edge marks of their entries laid under them."""
    marks = plan_edge_marks(context.edition, context.grid, pages.pieces) if context.composed.has_plots else []
    drawn = _draw_once(context, context.composed.edge_marks(marks), "edge-marks.html.j2", store) if marks else None
    if drawn is None:
        return source
    pdf = source if isinstance(source, Pdf) else Pdf.open(io.BytesIO(source) if isinstance(source, bytes) else source)
    lay_under(pdf, drawn, [mark.page_index - pages.first for mark in marks], name="EdgeMark")
    return pdf


def finish_for_press(
    context: BuildContext, source: TypesetSource, marks: Marks, facts: DocumentFacts, pieces: Sequence[Piece] = ()
) -> Finished:
    """The press file; its pages are as large without marks as with them. ``pieces`` stand on them."""
    edition, printer = context.edition, context.printer
    if printer.condition is None:
        raise ValueError(f"{printer.key} has no printing condition")
    return finish_press(
        source,
        inks=inks_of_pieces(context.inks, edition, printer, pieces),
        condition=printer.condition,
        trim_mm=_trim_mm(edition),
        bleed_mm=edition.bleed_mm,
        marks=marks,
        document=facts,
        ink_limit_percent=printer.ink_limit_percent,
        pictures=context.pictures,
        guests=context.guests,
    )


def finish_for_mail(
    context: BuildContext,
    source: TypesetSource,
    facts: DocumentFacts,
    elements: Sequence[Element] = (),
    quality: PictureQuality = BEST,
) -> Finished:
    """The email file with pictures of one quality; those in the cache are not encoded again.

    ``elements`` are those that the pages were set from; without them the pages have no tags.
    """
    edition = context.edition
    return finish_email(
        source,
        profile=edition.theme.path(PROFILE),
        screen_profile=edition.theme.path(SCREEN_PROFILE),
        trim_mm=_trim_mm(edition),
        document=facts,
        elements=elements,
        opens=edition.email_opens,
        quality=quality,
        pictures=context.pictures,
        guests=context.guests,
    )


def _trim_mm(edition: Edition) -> tuple[float, float]:
    return (edition.trim.width_mm, edition.trim.height_mm)


def document_facts(edition: Edition) -> DocumentFacts:
    """What the book says of itself."""
    return DocumentFacts(
        title=edition.full_title,
        author=edition.publisher or "",
        language=edition.language,
        created=date.fromisoformat(edition.created),
    )


def draw_proof(context: BuildContext) -> bytes | None:
    """The page that says PROOF, which is laid over each page of an email file."""
    plate = draw(context, context.composed.proof(), "proof.html.j2")
    if plate is None:
        return None
    return finish_for_mail(context, plate, document_facts(context.edition)).pdf
