"""Finish one set piece: place it, finish and check it for each target, and take it apart for the book.

Its pages are opened once: they are placed, get their tailpiece and are finished as one open file.
They are written once in between for a second target, or for a picture that the census asks about.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace
from pikepdf import Pdf

from directory_pub.bind import (
    FolioPlaceholder,
    PieceObjects,
    take_apart_folios,
    take_apart_pages,
    take_placeholders,
)
from directory_pub.census import Figure, fingerprint_folios, fingerprint_pages, read_pages
from directory_pub.compose import find_ends
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.targets import PRESS
from directory_pub.findings import Finding, error
from directory_pub.finish import Finished, headings_by_key
from directory_pub.pieces.jobs import FinishJob, FinishResult, SetJob, WorkerContext
from directory_pub.pieces.kept import keep_finished, pack_finished, take_streams
from directory_pub.pieces.set_piece import named_folios, take_findings
from directory_pub.place import place_folios, place_piece
from directory_pub.prepare import BEST
from directory_pub.production.checking import check_closing, check_pages
from directory_pub.production.context import BuildContext, Pages
from directory_pub.production.finishing import (
    document_facts,
    finish_for_mail,
    finish_for_press,
    finish_targets,
    lay_tailpieces,
)
from directory_pub.production.labels import check_press_pages
from directory_pub.storage.serialise import deserialise
from directory_pub.typeset import TypesetPiece

__all__ = ["Show", "counted_piece", "finish_piece"]

Show = Callable[[FinishJob, Mapping[str, PieceObjects], Mapping[str, bytes]], None]
"""Shows the pages of a job before they are checked: their objects by target, and the streams that these have apart."""
_Finished = tuple[dict[str, PieceObjects], Callable[[], dict[str, int]]]
"""A piece's objects by target, and what checks its pages: it returns the plates that the press's print on."""


def finish_piece(worker: WorkerContext, job: FinishJob, show: Show | None = None) -> FinishResult:
    """Place one piece, then finish it for each target, take it apart, show it and check it."""
    if worker.store is not None:
        piece = worker.store.read(job.set_key, TypesetPiece)
    else:
        piece = deserialise(job.piece, TypesetPiece) if job.piece is not None else None
    if piece is None:
        return FinishResult(lost=True)
    result = FinishResult()
    finish = _finish_sheet if job.job.first_folio else _finish_pages
    objects, check = finish(worker, job, piece, result)
    streams = take_streams(objects)
    if show is not None:
        show(job, objects, streams)
    plates = check()
    if PRESS.name in objects:
        objects[PRESS.name].plates = plates
    result.complaints = take_findings(worker.context)
    pack_finished(objects, streams, result)
    if worker.store is not None:
        keep_finished(worker.store, job.key, result)
    return result


# -------------------------------------------------------------------- pages
def _finish_pages(worker: WorkerContext, job: FinishJob, piece: TypesetPiece, into: FinishResult) -> _Finished:
    context = worker.context
    pages = _placed(worker, job, piece, into)
    facts = replace(document_facts(context.edition), first_folio=job.first + 1, heading_above=job.heading_above)
    typeset = pages.written() if job.job.pictures(context) else b""
    finished = finish_targets(context, pages, job.targets, facts, quality=job.quality or BEST, store=worker.store)
    into.findings += [finding for file in finished.values() for finding in file.findings]
    titles = headings_by_key(pages.elements)
    objects = {
        target: replace(_take_apart(context, file.pdf, job, piece), titles=titles) for target, file in finished.items()
    }

    def check() -> dict[str, int]:
        folios = {name: str(folio) for name, folio in job.named.items()}
        if not (job.job.page or job.job.first_folio):
            folios = named_folios(context, job.job)
        into.findings += check_pages(context, pages, finished, job.targets, folios=folios, typeset=typeset)
        if PRESS.name not in finished:
            return {}
        press = finished[PRESS.name].pdf
        refused, plates = check_press_pages(press, context.printer, context.edition, pages.pieces, job.first)
        into.refused += refused if not into.findings else []
        return plates

    return objects, check


def _placed(worker: WorkerContext, job: FinishJob, piece: TypesetPiece, into: FinishResult) -> Pages:
    """The piece on its side, with a tailpiece at its foot if it is an entry that ends early."""
    context = worker.context
    placed = place_piece(piece, context.library, recto=job.first % 2 == 0, placeholders=job.job.has_placeholders)
    of_book = counted_piece(context, job, piece.page_count)
    entry = of_book.entry
    pages = Pages(
        pdf=placed.pdf,
        elements=placed.elements,
        pieces=[of_book],
        first=job.first,
        heading_above=job.heading_above,
    )
    if entry is not None:
        anchors = {name: (job.first + index, top_mm) for name, (index, top_mm) in piece.anchors.items()}
        into.findings += check_closing(entry, anchors, context.grid)
        lay_tailpieces(context, pages, find_ends([of_book], anchors, context.grid), worker.store)
    return pages


def counted_piece(context: BuildContext, job: FinishJob, page_count: int) -> Piece:
    """A piece where it stands in the book, or a part of one, as its pages are counted."""
    entries = job.job.entries(context)
    entry = entries[0] if job.job.is_entry else None
    starts = job.job.page.starts if job.job.page else ()
    if job.job.is_programme:
        starts = context.composed.planned_day(job.job.key).starts
    return Piece(
        kind=job.job.kind,
        key=job.job.key,
        pages=range(job.first, job.first + page_count),
        entry=entry,
        rows=job.rows if job.job.is_contents or job.job.page else None,
        starts=starts,
        listed=job.job.listed,
        entries=() if entry else entries,
    )


def _take_apart(context: BuildContext, pdf: bytes, job: FinishJob, piece: TypesetPiece) -> PieceObjects:
    """One target's finished pages taken apart, with the fingerprint of each for the check of the bound book."""
    with Pdf.open(io.BytesIO(pdf)) as finished:
        placeholders: Sequence[tuple[FolioPlaceholder, ...]] = ()
        if job.job.has_placeholders:
            placeholders = take_placeholders(finished, context.library.programs)
        objects = take_apart_pages(
            finished,
            has_folio=piece.has_folio,
            opens=job.first == 0,
            goes_on=job.job.is_contents and job.job.row > 0,
            placeholders=placeholders,
        )
        figures = [[Figure(each.offset, each.goal, each.place, each.leads) for each in page] for page in placeholders]
        objects.fingerprints = fingerprint_pages(finished, figures)
    return objects


# -------------------------------------------------------------------- folios
def _finish_sheet(worker: WorkerContext, job: FinishJob, piece: TypesetPiece, into: FinishResult) -> _Finished:
    """Finish a sheet of folios: each page must show its number and nothing else."""
    context = worker.context
    facts = replace(document_facts(context.edition), first_folio=job.job.first_folio)
    bare = replace(context.printer.marks, crop=False, registration=False)
    objects: dict[str, PieceObjects] = {}
    finished: dict[str, Finished] = {}
    for target in job.targets:
        pages, press = place_folios(piece), target == PRESS
        file = finish_for_press(context, pages, bare, facts) if press else finish_for_mail(context, pages, facts)
        finished[target.name] = file
        with Pdf.open(io.BytesIO(file.pdf)) as sheet:
            objects[target.name] = take_apart_folios(sheet)
            objects[target.name].fingerprints = fingerprint_folios(sheet)

    def check() -> dict[str, int]:
        for file in finished.values():
            into.findings += [*file.findings, *_check_folios(context, file, job.job)]
        if PRESS.name not in finished:
            return {}
        _, plates = check_press_pages(finished[PRESS.name].pdf, context.printer, context.edition, ())
        return plates

    return objects, check


def _check_folios(context: BuildContext, finished: Finished, job: SetJob) -> Sequence[Finding]:
    shown = [" ".join(word.text for word in page.words) for page in read_pages(finished.pdf)]
    wanted = [str(job.first_folio + at) for at in range(job.count)]
    if shown == wanted:
        return []
    place = replace(context.edition.place, file=f"layouts/{job.layout}")
    message = f"folios {wanted[0]} to {wanted[-1]} of {job.kind} pages are set as {', '.join(shown)}."
    return [error("folio-wrong", place, message, "Mend the page's margin box in styles/page-boxes.css.")]
