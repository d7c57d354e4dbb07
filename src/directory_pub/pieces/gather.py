"""What a worker does for one piece: set it, and gather it, which is place, finish, check and take apart.

Everything that a piece needs of its bench is in the workshop; what it needs besides is in its job.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from directory_pub.bind import (
    STAND_IN,
    Gathering,
    Numeral,
    can_be_filled,
    gather_folios,
    gather_pages,
    place_folios,
    place_piece,
    take_numerals,
)
from directory_pub.census import Figure, print_folios, print_pages, read_pages
from directory_pub.compose import LINK_SCHEME, LayoutError, find_ends
from directory_pub.earn import check_press_pages
from directory_pub.findings import Finding, error
from directory_pub.finish import DocumentFacts, Finished, headings_by_key
from directory_pub.flatplan import Piece, PlannedPiece
from directory_pub.pieces.cache import PieceCache, hash_of
from directory_pub.prepare import PictureQuality
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

__all__ = [
    "Bench",
    "GatherJob",
    "Gathered",
    "Met",
    "SetJob",
    "WasSet",
    "gather_piece",
    "gathering_key",
    "parts_of",
    "set_piece",
]


_ROWS = 240  # of the contents that are set together: what is held does not grow with the book
_TOLD_APART_BY = 12  # digits of a hash, where what is mistaken does no harm
_GOAL = re.compile(rf'href="{LINK_SCHEME}([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class SetJob:
    """One piece to set, by what the plan calls it.

    Contents begins with a ``row`` and names folios of so many ``digits``: stand-ins, or where these cannot
    be filled in the ``folios`` themselves. ``count`` is for pages of notes; a sheet of folios of a kind
    has ``first_folio``.
    """

    kind: str
    key: str
    count: int = 1
    row: int = 0
    digits: int = 0
    folios: Mapping[str, int] | None = None
    first_folio: int = 0

    @property
    def name(self) -> str:
        """What people call it."""
        if not self.first_folio:
            return f"{self.key} from row {self.row + 1}" if self.row else self.key
        return f"folios {self.first_folio}-{self.first_folio + self.count - 1} ({self.kind})"

    @property
    def is_contents(self) -> bool:
        """Whether it is contents or part of it, and not the folios of its pages."""
        return self.kind == "contents" and not self.first_folio

    @property
    def has_stand_ins(self) -> bool:
        """Whether the folios that it names are filled in when the book is sewn."""
        return self.is_contents and self.folios is None

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry, and not the folios of entries."""
        return self.kind == "entry" and not self.first_folio

    @property
    def layout(self) -> str:
        """The layout that complaints name."""
        if self.first_folio:
            return "folios.html.j2"
        return "parts/entry.html.j2" if self.kind == "entry" else f"pages/{self.kind}.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class GatherJob:
    """A set piece and where it begins in the book; of the contents the ``rows`` that it has.

    ``set_key`` says where it is kept, ``piece`` is the piece itself for a worker that cannot look
    there, and ``key`` is for what is made of it.
    """

    job: SetJob
    set_key: str
    first: int
    targets: tuple[Target, ...]
    key: str = ""
    piece: bytes | None = None
    rows: range = range(0)
    heading_above: int = 0
    quality: PictureQuality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What workers work on; one that has no ``cache`` gives back what the others keep."""

    shop: Workshop
    cache: PieceCache | None


@dataclass(frozen=True, slots=True)
class Met:
    """What the book must know of a set piece: its pages and anchors, where its links to other pieces lead.

    ``key`` is where it is kept, ``parts`` begin the hashes of what it was set from. Part of the contents
    ends before ``next_row`` (0: with the last one); ``can_be_filled`` says whether stand-ins can be.
    """

    page_count: int
    has_folio: bool
    anchors: dict[str, tuple[int, float]]
    goals: tuple[str, ...]
    key: str
    parts: str
    next_row: int = 0
    can_be_filled: bool = True

    def to_bytes(self) -> bytes:
        """As JSON."""
        told = [self.page_count, self.has_folio, self.anchors, self.goals, self.key, self.parts]
        return json.dumps([*told, self.next_row, self.can_be_filled]).encode()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Met:
        """What ``to_bytes`` wrote."""
        pages, has_folio, anchors, goals, key, parts, *contents = json.loads(stored)
        anchors = {name: (int(at), float(top)) for name, (at, top) in anchors.items()}
        return cls(pages, has_folio, anchors, tuple(goals), key, parts, *contents)


@dataclass(slots=True, kw_only=True)
class WasSet:
    """A piece that is set, or was kept (``was_kept``); no ``met`` where the engine could not set it.

    ``piece`` is the piece itself where the worker could not keep it.
    """

    met: Met | None = None
    was_kept: bool = False
    piece: bytes | None = None
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What was found in a piece; its gatherings by target where the worker could not keep them.

    ``refused`` is what preflight found on its press pages, ``complaints`` are the engine's. The piece
    is ``lost`` where its kept copy is damaged.
    """

    gatherings: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    complaints: list[Finding] = field(default_factory=list)
    lost: bool = False

    @property
    def has_findings(self) -> bool:
        """Whether it must be made again in the next build, for its findings to be told again."""
        return bool(self.findings or self.refused or self.complaints)


# -------------------------------------------------------------------- set
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
    if cache is not None and (stored := cache.get(key)) is not None:
        piece = SetPiece.from_bytes(stored)
        return WasSet(met=_met(piece, html, key, parts, fills=_fills(shop, job, piece)), was_kept=True)
    goes_on = job.is_contents and not _is_last(shop, rows)
    made = shop.engine.set_piece(html, job.layout, goes_on=goes_on)
    findings = _take_findings(shop)
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


def _take_findings(shop: Workshop) -> list[Finding]:
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


# -------------------------------------------------------------------- gather
def gather_piece(bench: Bench, job: GatherJob) -> Gathered:
    """Place, finish, check and take one piece apart, for each target."""
    stored = job.piece if bench.cache is None else bench.cache.get(job.set_key)
    if stored is None:
        return Gathered(lost=True)
    piece = SetPiece.from_bytes(stored)
    gathered, made = Gathered(), (_gather_sheet if job.job.first_folio else _gather_pages)
    taken = made(bench, job, piece, gathered)
    gathered.complaints = _take_findings(bench.shop)
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
