"""Gather one piece that is set: place it, finish it, check it, and take it apart for the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from directory_pub.bind import FolioPlaceholder, PieceObjects, take_apart_folios, take_apart_pages, take_placeholders
from directory_pub.census import Figure, fingerprint_folios, fingerprint_pages, read_pages
from directory_pub.compose import find_ends
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.targets import EMAIL, PRESS, Target
from directory_pub.findings import Finding, error
from directory_pub.finish import DocumentFacts, Finished, headings_by_key
from directory_pub.pieces.jobs import FinishJob, FinishResult, SetJob, WorkerContext
from directory_pub.pieces.set_piece import named_folios, take_findings
from directory_pub.place import place_folios, place_piece
from directory_pub.production.checking import check_pages
from directory_pub.production.context import BuildContext, Pages
from directory_pub.production.finishing import (
    document_facts,
    finish_for_mail,
    finish_for_press,
    finish_pages,
    lay_tailpieces,
)
from directory_pub.production.labels import check_press_pages
from directory_pub.storage.hashes import hash_of
from directory_pub.storage.serialise import deserialise, serialise
from directory_pub.typeset import TypesetPiece

__all__ = ["finish_piece", "objects_key"]


def finish_piece(worker: WorkerContext, job: FinishJob) -> FinishResult:
    """Place, finish, check and take one piece apart, for each target."""
    if worker.store is not None:
        piece = worker.store.read(job.set_key, TypesetPiece)
    else:
        piece = deserialise(job.piece, TypesetPiece) if job.piece is not None else None
    if piece is None:
        return FinishResult(lost=True)
    finished_pieces, made = FinishResult(), (_finish_sheet if job.job.first_folio else _gather_pages)
    taken = made(worker, job, piece, finished_pieces)
    finished_pieces.complaints = take_findings(worker.context)
    content = {name: serialise(piece_objects, PieceObjects) for name, piece_objects in taken.items()}
    if worker.store is None:
        finished_pieces.objects_by_target = content
        return finished_pieces
    for name, each in content.items():
        worker.store.put(objects_key(job.key, name, passing=finished_pieces.has_findings), each)
    return finished_pieces


def objects_key(key: str, target: str, *, passing: bool) -> str:
    """Where one target's piece's objects is kept; with findings it is ``passing``, and no other build looks there."""
    return hash_of(key, target, passing)


def _gather_pages(
    worker: WorkerContext, job: FinishJob, set_: TypesetPiece, into: FinishResult
) -> dict[str, PieceObjects]:
    context = worker.context
    pages = _placed(worker, job, set_)
    facts = replace(document_facts(context.edition), first_folio=job.first + 1, heading_above=job.heading_above)
    finished = {target.name: _finish(context, pages, target, job, facts) for target in job.targets}
    into.findings += [finding for file in finished.values() for finding in file.findings]
    folios = named_folios(context, job.job) if job.job.is_contents else {}
    into.findings += check_pages(context, pages, finished, job.targets, folios)
    if PRESS.name in finished and not into.findings:
        into.refused += check_press_pages(
            finished[PRESS.name].pdf, context.printer, context.edition, pages.pieces, job.first
        )
    titles = headings_by_key(pages.elements)
    return {
        name: replace(_finish_missing(context, file.pdf, job, set_), titles=titles) for name, file in finished.items()
    }


def _finish_missing(context: BuildContext, pdf: bytes, job: FinishJob, set_: TypesetPiece) -> PieceObjects:
    """One target's finished pages taken apart."""
    placeholders: list[tuple[FolioPlaceholder, ...]] = []
    if job.job.has_placeholders:
        pdf, placeholders = take_placeholders(pdf, context.library.programs)
    figures = [[Figure(each.offset, each.goal, each.place) for each in page] for page in placeholders]
    piece_objects = take_apart_pages(
        pdf, has_folio=set_.has_folio, opens=job.first == 0, goes_on=job.job.row > 0, placeholders=placeholders
    )
    piece_objects.fingerprints = fingerprint_pages(pdf, figures)
    return piece_objects


def _placed(worker: WorkerContext, job: FinishJob, set_: TypesetPiece) -> Pages:
    """The piece on its side, with artwork at its foot where it is an entry that ends early."""
    context = worker.context
    placed = place_piece(set_, context.library, recto=job.first % 2 == 0, placeholders=job.job.has_placeholders)
    entry = context.composed.places[job.job.key][1] if job.job.is_entry else None
    where = range(job.first, job.first + set_.page_count)
    rows = job.rows if job.job.is_contents else None
    piece = Piece(kind=job.job.kind, key=job.job.key, pages=where, entry=entry, rows=rows)
    pages = Pages(
        pdf=placed.pdf,
        elements=placed.elements,
        pieces=[piece],
        first=job.first,
        heading_above=job.heading_above,
    )
    if entry is None:
        return pages
    anchors = {name: (job.first + index, top_mm) for name, (index, top_mm) in set_.anchors.items()}
    return lay_tailpieces(context, pages, find_ends([piece], anchors, context.grid), worker.store)


def _finish(context: BuildContext, pages: Pages, target: Target, job: FinishJob, facts: DocumentFacts) -> Finished:
    if target == EMAIL and job.quality is not None:
        return finish_for_mail(context, pages, facts, job.quality)
    return finish_pages(context, pages, target, facts)


def _finish_sheet(
    worker: WorkerContext, job: FinishJob, set_: TypesetPiece, into: FinishResult
) -> dict[str, PieceObjects]:
    """A sheet of folios: each page must show its number and nothing else."""
    context = worker.context
    pdf = place_folios(set_)
    finished_pieces: dict[str, PieceObjects] = {}
    facts = replace(document_facts(context.edition), first_folio=job.job.first_folio)
    bare = replace(context.printer.marks, crop=False, registration=False)
    for target in job.targets:
        pages = Pages(pdf=pdf, elements=(), pieces=())
        press = target == PRESS
        finished = finish_for_press(context, pdf, bare, facts) if press else finish_for_mail(context, pages, facts)
        into.findings += [*finished.findings, *_check_folios(context, finished, job.job)]
        finished_pieces[target.name] = take_apart_folios(finished.pdf)
        finished_pieces[target.name].fingerprints = fingerprint_folios(finished.pdf)
    return finished_pieces


def _check_folios(context: BuildContext, finished: Finished, job: SetJob) -> Sequence[Finding]:
    shown = [" ".join(word.text for word in page.words) for page in read_pages(finished.pdf)]
    wanted = [str(job.first_folio + at) for at in range(job.count)]
    if shown == wanted:
        return []
    place = replace(context.edition.place, file=f"layouts/{job.layout}")
    message = f"folios {wanted[0]} to {wanted[-1]} of {job.kind} pages are set as {', '.join(shown)}."
    return [error("folio-wrong", place, message, "Mend the page's margin box in styles/page-boxes.css.")]
