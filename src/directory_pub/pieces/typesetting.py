"""Set one piece: compose it, and let the engine set it where it is not kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from directory_pub.bind import STAND_IN, can_be_filled
from directory_pub.compose import LINK_SCHEME, LayoutError
from directory_pub.findings import Finding
from directory_pub.flatplan import PlannedPiece
from directory_pub.pieces.cache import hash_of
from directory_pub.pieces.jobs import Bench, Met, SetJob, WasSet
from directory_pub.typeset import SetPiece
from directory_pub.workshop import Workshop

__all__ = ["named_folios", "parts_of", "set_piece", "take_findings"]

_ROWS = 240  # of the contents that are set together: what is held does not grow with the book
_TOLD_APART_BY = 12  # digits of a hash, where what is mistaken does no harm
_GOAL = re.compile(rf'href="{LINK_SCHEME}([^"]+)"')


def set_piece(bench: Bench, job: SetJob) -> WasSet:
    """Compose a piece, and set it where it is not kept."""
    rows = range(job.row, job.row + _ROWS)
    result = _set(bench, job, rows)
    # Where all of these rows stand on one page there may be room for more; where a layout does not number
    # them all are set together.
    while job.is_contents and result.met and result.met.next_row <= job.row and not _is_last(bench.shop, rows):
        rows = range(job.row, job.row + 2 * len(rows))
        result = _set(bench, job, rows)
    return result


def _is_last(shop: Workshop, rows: range) -> bool:
    """Whether rows of the contents have its last."""
    return rows.stop >= len(shop.composed.contents_rows)


def _set(bench: Bench, job: SetJob, rows: range) -> WasSet:
    """Set a piece; of the contents as many of the rows as fill its pages."""
    shop, cache = bench.shop, bench.cache
    try:
        html = _compose(shop, job, rows)
    except LayoutError as fault:
        return WasSet(findings=[fault.finding])
    parts = _parts(shop, html)
    key = hash_of("piece", *parts)
    if cache is not None and (piece := cache.read(key, SetPiece.from_bytes)) is not None:
        return WasSet(met=_met(piece, html, key, parts, fills=_fills(shop, job, piece)), was_kept=True)
    goes_on = job.is_contents and not _is_last(shop, rows)
    made = shop.engine.set_piece(html, job.layout, goes_on=goes_on)
    findings = take_findings(shop)
    if made is None:
        return WasSet(findings=findings)
    # What was found is told in every build: the piece is only kept for this one.
    key = hash_of(key, "with findings") if findings else key
    stored = made.to_bytes()
    if cache is not None:
        cache.keep(key, stored)
    met = _met(made, html, key, parts, fills=_fills(shop, job, made))
    return WasSet(met=met, piece=stored if cache is None else None, findings=findings)


def parts_of(shop: Workshop, job: SetJob) -> tuple[str, ...] | None:
    """The hashes of the PARTS that a piece other than the contents is set from; None where it cannot be composed."""
    try:
        return _parts(shop, _compose(shop, job, range(0)))
    except LayoutError:
        return None  # whoever sets it says why


def _parts(shop: Workshop, html: str) -> tuple[str, ...]:
    """The hashes of PARTS."""
    return hash_of(html), shop.engine.files_digest(html), shop.engine.digest


def _compose(shop: Workshop, job: SetJob, rows: range) -> str:
    if job.first_folio:
        return shop.composed.folios(job.kind, job.first_folio, job.count)
    if job.is_contents:
        return shop.composed.contents(rows, named_folios(shop, job), job.digits)
    return shop.composed.piece(_planned(shop, job))


def named_folios(shop: Workshop, job: SetJob) -> dict[str, str]:
    """The folios that a job for contents names, by key: those of the book, or stand-ins."""
    if job.folios is not None:
        return {key: str(folio) for key, folio in job.folios.items()}
    return dict.fromkeys((row.key for row in shop.composed.contents_rows), STAND_IN * job.digits)


def _met(piece: SetPiece, html: str, key: str, parts: Sequence[str], *, fills: bool) -> Met:
    goals = tuple(dict.fromkeys(unescape(goal) for goal in _GOAL.findall(html)))
    told = " ".join(part[:_TOLD_APART_BY] for part in parts)
    return Met(piece.page_count, piece.has_folio, piece.anchors, goals, key, told, piece.next_row, fills)


def _fills(shop: Workshop, job: SetJob, piece: SetPiece) -> bool:
    """Whether the stand-ins of a piece can be filled in; one without has nothing that could not be."""
    if not job.has_stand_ins:
        return True
    elements = [element for root in piece.roots() for element in root.iter()]
    return can_be_filled(piece.pdf, elements, shop.shelf.programs)


def take_findings(shop: Workshop) -> list[Finding]:
    """The engine's findings, taken out of it, to be told once."""
    findings = list(shop.engine.findings)
    shop.engine.findings.clear()
    return findings


def _planned(shop: Workshop, job: SetJob) -> PlannedPiece:
    """The piece as the layouts see it."""
    section = next((each for each in shop.edition.sections if each.key == job.key), None)
    if job.kind == "entry":
        section, entry = shop.composed.places[job.key]
        return PlannedPiece(kind=job.kind, key=job.key, section=section, entry=entry)
    return PlannedPiece(kind=job.kind, key=job.key, section=section if job.kind == "opener" else None, count=job.count)
