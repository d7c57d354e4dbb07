"""Gather one piece that is set: place it, finish it, check it, and take it apart for the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from directory_pub.bind import (
    Gathering,
    Numeral,
    gather_folios,
    gather_pages,
    place_folios,
    place_piece,
    take_numerals,
)
from directory_pub.census import Figure, print_folios, print_pages, read_pages
from directory_pub.compose import find_ends
from directory_pub.earn import check_press_pages
from directory_pub.findings import Finding, error
from directory_pub.finish import DocumentFacts, Finished, headings_by_key
from directory_pub.flatplan import Piece
from directory_pub.pieces.cache import hash_of
from directory_pub.pieces.jobs import Bench, Gathered, GatherJob, SetJob
from directory_pub.pieces.typesetting import named_folios, take_findings
from directory_pub.targets import EMAIL, PRESS, Target
from directory_pub.typeset import SetPiece
from directory_pub.workshop import (
    Pages,
    Workshop,
    check_pages,
    document_facts,
    finish_for_mail,
    finish_for_press,
    finish_pages,
    lay_closings,
)

__all__ = ["gather_piece", "gathering_key"]


def gather_piece(bench: Bench, job: GatherJob) -> Gathered:
    """Place, finish, check and take one piece apart, for each target."""
    if bench.cache is not None:
        piece = bench.cache.read(job.set_key, SetPiece.from_bytes)
    else:
        piece = SetPiece.from_bytes(job.piece) if job.piece is not None else None
    if piece is None:
        return Gathered(lost=True)
    gathered, made = Gathered(), (_gather_sheet if job.job.first_folio else _gather_pages)
    taken = made(bench, job, piece, gathered)
    gathered.complaints = take_findings(bench.shop)
    content = {name: gathering.to_bytes() for name, gathering in taken.items()}
    if bench.cache is None:
        gathered.gatherings = content
        return gathered
    for name, each in content.items():
        bench.cache.keep(gathering_key(job.key, name, passing=gathered.has_findings), each)
    return gathered


def gathering_key(key: str, target: str, *, passing: bool) -> str:
    """Where one target's gathering is kept; with findings it is ``passing``, and no other build looks there."""
    return hash_of(key, target, passing)


def _gather_pages(bench: Bench, job: GatherJob, set_: SetPiece, into: Gathered) -> dict[str, Gathering]:
    shop = bench.shop
    pages = _placed(bench, job, set_)
    facts = replace(document_facts(shop.edition), first_folio=job.first + 1, heading_above=job.heading_above, part=True)
    finished = {target.name: _finish(shop, pages, target, job, facts) for target in job.targets}
    into.findings += [finding for file in finished.values() for finding in file.findings]
    folios = named_folios(shop, job.job) if job.job.is_contents else {}
    into.findings += check_pages(shop, pages, finished, job.targets, folios)
    if PRESS.name in finished and not into.findings:
        into.refused += check_press_pages(finished[PRESS.name].pdf, shop.printer, shop.edition, pages.pieces, job.first)
    titles = headings_by_key(pages.elements)
    return {name: replace(_gather(shop, file.pdf, job, set_), titles=titles) for name, file in finished.items()}


def _gather(shop: Workshop, pdf: bytes, job: GatherJob, set_: SetPiece) -> Gathering:
    """One target's finished pages taken apart."""
    numerals: list[tuple[Numeral, ...]] = []
    if job.job.has_stand_ins:
        pdf, numerals = take_numerals(pdf, shop.shelf.programs)
    figures = [[Figure(each.offset, each.goal, each.place) for each in page] for page in numerals]
    gathering = gather_pages(
        pdf, has_folio=set_.has_folio, opens=job.first == 0, goes_on=job.job.row > 0, numerals=numerals
    )
    gathering.prints = print_pages(pdf, figures)
    return gathering


def _placed(bench: Bench, job: GatherJob, set_: SetPiece) -> Pages:
    """The piece on its side, with artwork at its foot where it is an entry that ends early."""
    shop = bench.shop
    placed = place_piece(set_, shop.shelf, recto=job.first % 2 == 0, stand_ins=job.job.has_stand_ins)
    entry = shop.composed.places[job.job.key][1] if job.job.is_entry else None
    where = range(job.first, job.first + set_.page_count)
    rows = job.rows if job.job.is_contents else None
    piece = Piece(kind=job.job.kind, key=job.job.key, pages=where, entry=entry, rows=rows)
    pages = Pages(
        pdf=placed.pdf,
        elements=placed.elements,
        pieces=[piece],
        first=job.first,
        heading_above=job.heading_above,
        has_folios=False,
    )
    if entry is None:
        return pages
    anchors = {name: (job.first + index, top_mm) for name, (index, top_mm) in set_.anchors.items()}
    return lay_closings(shop, pages, find_ends([piece], anchors, shop.grid), bench.cache)


def _finish(shop: Workshop, pages: Pages, target: Target, job: GatherJob, facts: DocumentFacts) -> Finished:
    if target == EMAIL and job.quality is not None:
        return finish_for_mail(shop, pages, facts, job.quality)
    return finish_pages(shop, pages, target, facts)


def _gather_sheet(bench: Bench, job: GatherJob, set_: SetPiece, into: Gathered) -> dict[str, Gathering]:
    """A sheet of folios: each page must show its number and nothing else."""
    shop = bench.shop
    pdf = place_folios(set_)
    gathered: dict[str, Gathering] = {}
    facts = replace(document_facts(shop.edition), first_folio=job.job.first_folio, part=True)
    bare = replace(shop.printer.marks, crop=False, registration=False)
    for target in job.targets:
        pages = Pages(pdf=pdf, elements=(), pieces=())
        press = target == PRESS
        finished = finish_for_press(shop, pdf, bare, facts) if press else finish_for_mail(shop, pages, facts)
        into.findings += [*finished.findings, *_check_folios(shop, finished, job.job)]
        gathered[target.name] = gather_folios(finished.pdf)
        gathered[target.name].prints = print_folios(finished.pdf)
    return gathered


def _check_folios(shop: Workshop, finished: Finished, job: SetJob) -> Sequence[Finding]:
    shown = [" ".join(word.text for word in page.words) for page in read_pages(finished.pdf)]
    wanted = [str(job.first_folio + at) for at in range(job.count)]
    if shown == wanted:
        return []
    place = replace(shop.edition.place, file=f"layouts/{job.layout}")
    message = f"folios {wanted[0]} to {wanted[-1]} of {job.kind} pages are set as {', '.join(shown)}."
    return [error("folio-wrong", place, message, "Mend the page's margin box in styles/page-boxes.css.")]
