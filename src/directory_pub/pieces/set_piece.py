"""Set one piece: compose it, and let the engine set it if it is not stored."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from msgspec.structs import replace

from directory_pub.bind import PLACEHOLDER, can_be_filled
from directory_pub.compose import LINK_SCHEME, EntryEnd, LayoutError, find_end, find_raised_rule
from directory_pub.edition.flatplan import Fit, PlannedPiece
from directory_pub.edition.model import Entry
from directory_pub.edition.text import Heading, Quote
from directory_pub.findings import Finding
from directory_pub.pieces.jobs import Fitting, PieceFacts, SetJob, SetResult, WorkerContext
from directory_pub.production.context import BuildContext
from directory_pub.storage.hashes import code_hash, hash_of
from directory_pub.storage.serialise import serialise
from directory_pub.typeset import TypesetPiece

__all__ = ["named_folios", "parts_of", "set_piece", "take_findings"]

_FEW_LINES = 12  # on a last page, where items stay whole: a little lower or higher, a text takes a page more or less
_LONELY_LINES = 3  # on a last page, the white behind a paragraph with them
_ROWS = 240  # of the contents, set together: memory does not grow with the book
_SHORTENED_TO = 12  # digits of a hash, where a mistaken one does no harm
_TEXT = re.compile(r">[^<]+")
_FITS: tuple[Fit, ...] = ("usual", "large")  # what is tried of any entry, the latter of one with short quotes
_GOAL = re.compile(rf'href="{LINK_SCHEME}([^"]+)"')


def set_piece(worker: WorkerContext, job: SetJob) -> SetResult:
    """Compose a piece, and set it if it is not stored."""
    if job.is_contents and worker.context.composed.has_columns:
        folios = named_folios(worker.context, job)
        page = worker.context.composed.contents_page(job.row, folios)
        result = _set(worker, job, page)
        if result.facts and not _is_last(worker.context, page):
            result.facts = replace(result.facts, next_row=page.stop)
        return result
    rows = range(job.row, job.row + _ROWS)
    if job.is_entry:
        return _set_entry(worker, job)
    result = _set(worker, job, rows)
    # If all of these rows stand on one page there may be room for more; if a layout does not number
    # them, all are set together.
    while job.is_contents and result.facts and result.facts.next_row <= job.row and not _is_last(worker.context, rows):
        rows = range(job.row, job.row + 2 * len(rows))
        result = _set(worker, job, rows)
    return result


def _set_as_before(worker: WorkerContext, job: SetJob, shape: str) -> SetResult | None:
    """An entry that is shaped as before, set as it was fitted then, without a try; None if it is not, or does not come
    to stand where it stood."""
    before = job.before
    if before is None or before.shape != shape:
        return None
    own = replace(job, photo_closes=before.photo_closes)
    again = _set(worker, own, free=before.free, fit=before.fit, rule_mm=before.rule_mm)
    if again.facts is None or _stands(again.facts) != before.stands:
        return None
    again.facts = replace(again.facts, fitting=before)
    return again


def _stands(facts: PieceFacts) -> str:
    return hash_of(facts.page_count, sorted(facts.anchors.items()))


def _set_entry(worker: WorkerContext, job: SetJob) -> SetResult:
    """Set an entry as before, where it is shaped so, or try how it stands best."""
    context, composed = worker.context, dict[Fit, str]()
    (entry,) = job.entries(context)
    taken = None if entry.closing_photo else context.composed.composer.quotes.lines_more(entry)
    try:
        for fit in _FITS[: 1 if taken is None else 2]:
            composed[fit] = _compose(context, job, range(0), fit=fit)
    except LayoutError as fault:
        return SetResult(findings=[fault.finding])
    told = [_TEXT.sub(">", html) for html in composed.values()]
    told += _parts(context, composed["usual"])[1:]
    shape = hash_of(code_hash(), *told, context.composed.has_tailpieces, context.printer.colour_ppi)
    result = _set_as_before(worker, job, shape) or _try_entry(worker, job, composed, taken)
    if result.facts:
        fitting = replace(result.facts.fitting, shape=shape, stands=_stands(result.facts))
        result.facts = replace(result.facts, fitting=fitting)
    return result


def _try_entry(worker: WorkerContext, job: SetJob, composed: Mapping[Fit, str], taken: int | None) -> SetResult:
    """Set an entry: its short quotes large where that takes no page more and leaves no page short, its text closer
    where that spares one.

    ``composed`` is the HTML of some fits; ``taken`` are the lines that large quotes take more, None without any.
    """
    entry, grid = job.entries(worker.context)[0], worker.context.grid
    tried: dict[Fit, SetResult] = {}

    def attempt(fit: Fit) -> SetResult:
        if fit not in tried:
            tried[fit] = _set(worker, job, fit=fit, html=composed.get(fit))
        return tried[fit]

    def end_of(facts: PieceFacts) -> EntryEnd:
        return find_end(job.key, f"end-{job.key}", facts.anchors, grid)

    def is_full(facts: PieceFacts) -> bool:
        return facts.page_count == 1 and end_of(facts).free_lines <= more

    def lines_of(facts: PieceFacts) -> int:
        return (facts.page_count - 1) * grid.lines + end_of(facts).used_lines

    def leaves_white(large: PieceFacts) -> bool:
        """Whether a large quote goes overleaf, and lines are free above that it would have stood on as usual."""
        usual = attempt("usual").facts if large.page_count > 1 else None
        return usual is not None and lines_of(large) > lines_of(usual) + more + 1

    may, more = taken is not None, taken or 0
    known = attempt("usual").facts if may and job.before and job.before.fit == "usual" else None
    large = attempt("large") if may and not (known and is_full(known)) else SetResult()
    if large.facts and leaves_white(large.facts):
        large = SetResult()
    if large.facts and (large.facts.page_count == 1 or end_of(large.facts).used_lines > more + _FEW_LINES):
        return _closed(worker, job, large, end_of(large.facts))
    result = attempt("usual")
    if result.facts is None:
        return result
    if result.facts.page_count > 1 and end_of(result.facts).used_lines <= _FEW_LINES:
        closer = map(attempt, _closer_fits(entry))
        pages = result.facts.page_count
        result = next((each for each in closer if each.facts and each.facts.page_count < pages), result)
        if result.facts and result.facts.page_count == pages and end_of(result.facts).used_lines <= _LONELY_LINES:
            carried = attempt("carried")
            if carried.facts and carried.facts.page_count == pages:
                result = carried if end_of(carried.facts).used_lines > _LONELY_LINES else result
    if large.facts and result.facts and large.facts.page_count == result.facts.page_count:
        result = large
    return _closed(worker, job, result, end_of(result.facts)) if result.facts else result


def _closed(worker: WorkerContext, job: SetJob, result: SetResult, end: EntryEnd) -> SetResult:
    """An entry with what closes its text: the picture, or the rule of its contacts where notes lift the field."""
    closed, context = _pictured(worker, job, result, end.free_lines), worker.context
    has_both = context.composed.has_tailpieces and context.grid.has_side and job.entries(context)[0].contact
    rule_mm = find_raised_rule(end, context.grid) if has_both and closed is result else None
    if rule_mm is None or not result.facts:
        return closed
    ruled = _set(worker, job, fit=result.facts.fitting.fit, rule_mm=rule_mm)
    ruled.was_kept = ruled.was_kept and result.was_kept
    return ruled if ruled.facts and ruled.facts.page_count == result.facts.page_count else result


def _pictured(worker: WorkerContext, job: SetJob, result: SetResult, free: int) -> SetResult:
    """An entry with the picture that closes its text: how much room there is, is known once that is set without it.

    One in the tile closes it where it stands larger there, has all the pixels that the press wants, and the theme's
    layout has a place for it.
    """
    (entry,), facts = job.entries(worker.context), result.facts
    ppi, composer = worker.context.printer.colour_ppi, worker.context.composed.composer
    closes = bool(entry.photo and not entry.closing_photo and composer.pictures.closes_larger(entry.photo, free, ppi))
    if facts is None or not (closes or entry.closing_photo):
        return result
    again = _set(worker, replace(job, photo_closes=closes), free=free, fit=facts.fitting.fit)
    again.was_kept = again.was_kept and result.was_kept
    if closes and again.facts:
        has_place = f"text-end-{job.key}" in again.facts.anchors and again.facts.page_count == facts.page_count
        return again if has_place else result
    return result if closes else again


def _closer_fits(entry: Entry) -> Iterator[Fit]:
    """In which ways an entry may take less room, what is seen least first."""
    if any(isinstance(one, Heading) and isinstance(other, Quote) for one, other in itertools.pairwise(entry.body)):
        yield "close"
    yield "raised"


def _is_last(context: BuildContext, rows: range) -> bool:
    """Whether these rows of the contents include its last."""
    return rows.stop >= len(context.composed.contents_rows)


def _set(
    worker: WorkerContext,
    job: SetJob,
    rows: range = range(0),
    *,
    free: int | None = None,
    fit: Fit = "usual",
    rule_mm: float | None = None,
    html: str | None = None,
) -> SetResult:
    """Set a piece; of the contents, as many of the rows as fill whole pages.

    ``free`` are the lines below an entry's text, for a picture that is to close it, and ``fit`` is how it is fitted;
    ``rule_mm`` above the last baseline stands the rule of its contacts, where that is not as usual. ``html`` is the
    piece, if it is composed already.
    """
    context, store = worker.context, worker.store
    fitting = Fitting(fit=fit, photo_closes=job.photo_closes, free=free, rule_mm=rule_mm)
    try:
        html = html or _compose(context, job, rows, free=free, fit=fit, rule_mm=rule_mm)
    except LayoutError as fault:
        return SetResult(findings=[fault.finding])
    parts = _parts(context, html)
    key = hash_of("piece", *parts)
    if store is not None and (piece := store.read(key, TypesetPiece)) is not None:
        facts = _facts_of(piece, html, key, parts, fills=_fills(context, job, piece))
        return SetResult(facts=replace(facts, fitting=fitting), was_kept=True)
    goes_on = job.is_contents and not context.composed.has_columns and not _is_last(context, rows)
    made = context.engine.set_piece(html, job.layout, goes_on=goes_on)
    findings = take_findings(context)
    if made is None:
        return SetResult(findings=findings)
    # What was found must be reported in every build: the piece is stored for this one alone.
    key = hash_of(key, "with findings") if findings else key
    content = serialise(made, TypesetPiece)
    if store is not None:
        store.put(key, content)
    facts = replace(_facts_of(made, html, key, parts, fills=_fills(context, job, made)), fitting=fitting)
    return SetResult(facts=facts, piece=content if store is None else None, findings=findings)


def parts_of(context: BuildContext, job: SetJob) -> tuple[str, ...] | None:
    """The hashes of the PARTS that a piece (not contents) is set from; None if it cannot be composed."""
    try:
        return _parts(context, _compose(context, job, range(0)))
    except LayoutError:
        return None  # setting it reports why


def _parts(context: BuildContext, html: str) -> tuple[str, ...]:
    """The hash of each of PARTS."""
    return hash_of(html), context.engine.files_digest(html), context.engine.digest


def _compose(
    context: BuildContext,
    job: SetJob,
    rows: range,
    *,
    free: int | None = None,
    fit: Fit = "usual",
    rule_mm: float | None = None,
) -> str:
    if job.first_folio:
        return context.composed.folios(job.kind, job.first_folio, job.count)
    if job.page:
        return context.composed.index(job.page)
    if job.is_contents:
        return context.composed.contents(rows, named_folios(context, job), job.digits)
    planned = replace(_planned(context, job), free=free, fit=fit, rule_mm=rule_mm)
    return context.composed.piece(planned, named_folios(context, job))


def named_folios(context: BuildContext, job: SetJob) -> dict[str, str]:
    """The folios that a piece names, by key: the job's own, or placeholders."""
    if job.folios is not None:
        return {key: str(folio) for key, folio in job.folios.items()}
    if not job.is_contents:
        return {key: PLACEHOLDER * figures for key, figures in (job.figures or {}).items()}
    return dict.fromkeys((row.key for row in context.composed.contents_rows), PLACEHOLDER * job.digits)


def _facts_of(piece: TypesetPiece, html: str, key: str, parts: Sequence[str], *, fills: bool) -> PieceFacts:
    goals = tuple(dict.fromkeys(unescape(goal) for goal in _GOAL.findall(html)))
    shortened = " ".join(part[:_SHORTENED_TO] for part in parts)
    return PieceFacts(piece.page_count, piece.has_folio, piece.anchors, goals, key, shortened, piece.next_row, fills)


def _fills(context: BuildContext, job: SetJob, piece: TypesetPiece) -> bool:
    """Whether the placeholders of a piece can be filled in; true if it has none."""
    if not job.has_placeholders:
        return True
    elements = [element for root in piece.roots() for element in root.iter()]
    goals = None if job.is_contents else context.composed.named_folios(job.kind, job.key, job.listed)
    return can_be_filled(piece.pdf, elements, context.library.programs, goals)


def take_findings(context: BuildContext) -> list[Finding]:
    """Take the engine's findings out of it, so that they are reported once."""
    findings = list(context.engine.findings)
    context.engine.findings.clear()
    return findings


def _planned(context: BuildContext, job: SetJob) -> PlannedPiece:
    """The piece as the layouts see it."""
    section = next((each for each in context.edition.sections if each.key == job.key), None)
    if job.kind == "entry":
        section, _ = context.composed.places[job.key]
        (entry,) = job.entries(context)
        return PlannedPiece(kind=job.kind, key=job.key, section=section, entry=entry)
    if job.is_listed:
        section = context.composed.section_of(job.key)
        return PlannedPiece(kind=job.kind, key=job.key, section=section, listed=job.listed)
    planned = context.composed.planned_day(job.key) if job.is_programme else None
    if planned:
        return PlannedPiece(kind=job.kind, key=job.key, planned=planned)
    return PlannedPiece(kind=job.kind, key=job.key, section=section if job.kind == "opener" else None, count=job.count)
