"""Finish typeset pages for a target, with the artwork that lies under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from directory_pub.compose import EntryEnd, plan_tailpieces
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import Marks
from directory_pub.edition.targets import PRESS, Target
from directory_pub.finish import DocumentFacts, Finished, finish_email, finish_press
from directory_pub.place import lay_under
from directory_pub.prepare import BEST, PictureQuality
from directory_pub.production.context import PROFILE, SCREEN_PROFILE, BuildContext, Pages
from directory_pub.storage.hashes import hash_of
from directory_pub.storage.store import Store

__all__ = [
    "document_facts",
    "draw",
    "draw_proof",
    "finish_for_mail",
    "finish_for_press",
    "finish_pages",
    "lay_tailpieces",
]


def lay_tailpieces(context: BuildContext, pages: Pages, ends: Sequence[EntryEnd], store: Store | None = None) -> Pages:
    """Lay artwork at the foot of entries that end early, under their last pages; plates in the store are not drawn."""
    tailpieces = plan_tailpieces(ends, context.grid)
    plates = _draw_tailpieces(context, context.composed.tailpieces(tailpieces), store) if tailpieces else None
    if plates is None:
        return pages
    under = [tailpiece.page_index - pages.first for tailpiece in tailpieces]
    return replace(pages, pdf=lay_under(pages.pdf, plates, under))


def _draw_tailpieces(context: BuildContext, html: str, store: Store | None) -> bytes | None:
    key = hash_of("tailpieces", context.engine.digest, context.engine.files_digest(html), html)
    plates = store.get(key) if store else None
    if plates is None:
        plates = draw(context, html, "tailpieces.html.j2")
        if store and plates is not None and not context.engine.findings:
            store.put(key, plates)
    return plates


def draw(context: BuildContext, html: str, layout: str) -> bytes | None:
    """Typeset and write a document of its own."""
    pages = context.engine.typeset(html, layout)
    return context.engine.write(pages, layout) if pages else None


# -------------------------------------------------------------------- finish
def finish_pages(context: BuildContext, pages: Pages, target: Target, facts: DocumentFacts) -> Finished:
    """One target's file from typeset pages.

    Raises ValueError for a press file of a printer that takes RGB: the email file is what it prints.
    """
    if target == PRESS:
        return finish_for_press(context, pages.pdf, context.printer.marks, facts)
    return finish_for_mail(context, pages, facts)


def finish_for_press(context: BuildContext, pdf: bytes, marks: Marks, facts: DocumentFacts) -> Finished:
    """The press file; without marks it is as large as with them."""
    edition, printer = context.edition, context.printer
    if printer.condition is None:
        raise ValueError(f"{printer.key} has no printing condition")
    return finish_press(
        pdf,
        inks=context.inks,
        condition=printer.condition,
        trim_mm=_trim_mm(edition),
        bleed_mm=edition.bleed_mm,
        marks=marks,
        document=facts,
        ink_limit_percent=printer.ink_limit_percent,
        pictures=context.pictures,
    )


def finish_for_mail(
    context: BuildContext,
    pages: Pages,
    facts: DocumentFacts,
    quality: PictureQuality = BEST,
) -> Finished:
    """The email file with pictures of one quality; those at hand are not encoded again."""
    edition = context.edition
    return finish_email(
        pages.pdf,
        profile=edition.root / PROFILE,
        screen_profile=edition.root / SCREEN_PROFILE,
        trim_mm=_trim_mm(edition),
        document=facts,
        elements=pages.elements,
        opens=edition.email_opens,
        quality=quality,
        pictures=context.pictures,
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
    """The page that is laid over those of an email file, to say PROOF."""
    plate = draw(context, context.composed.proof(), "proof.html.j2")
    if plate is None:
        return None
    pages = Pages(pdf=plate, elements=(), pieces=())
    return finish_for_mail(context, pages, document_facts(context.edition)).pdf
