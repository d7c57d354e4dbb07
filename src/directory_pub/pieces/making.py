"""Make a book of pieces: set what is not kept, find where each begins, gather it, sew.

A piece does not know its pages: where it begins follows from the pieces before it. What depends
on that (contents, folios, pages for notes) is set when the page counts are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from directory_pub.bind import FolioSheet, Gathering, Leaf, sew
from directory_pub.book import Book
from directory_pub.census import check_sewn
from directory_pub.compose import find_ends
from directory_pub.findings import Finding, Place, error
from directory_pub.flatplan import Piece, PlannedPiece
from directory_pub.pieces.cache import PieceCache, hash_of
from directory_pub.pieces.digests import Digests
from directory_pub.pieces.excerpts import Excerpt, Sewn, cut_excerpts, validate_excerpt
from directory_pub.pieces.gather import (
    Bench,
    Gathered,
    GatherJob,
    Met,
    SetJob,
    WasSet,
    gather_piece,
    gathering_key,
    set_piece,
)
from directory_pub.pieces.workers import Crash, Workers
from directory_pub.prepare import BEST, PictureQuality
from directory_pub.targets import EMAIL, Target
from directory_pub.workshop import Workshop, note_page_count

__all__ = ["PieceBook", "Progress", "make_pieces"]

_FOLIOS_A_SHEET = 16  # at the most; even, so that each begins on a right-hand page
_MOST_TRIES = 4  # contents may take more pages than thought, which moves what it names
_MOST_MENDINGS = 3  # when kept parts turn out to be damaged while the book is sewn
J = TypeVar("J", SetJob, GatherJob, Excerpt)
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step is: pieces done, of all, and how many of these were kept from before."""

    step: str
    done: int
    total: int
    kept: int


Tell = Callable[[Progress], None]


@dataclass(slots=True)
class _Placed:
    """A piece in the book."""

    job: SetJob
    met: Met
    first: int
    under: str | None = None


class _Stopped(Exception):  # noqa: N818 - the engine's findings say why
    """A piece could not be made."""


class _Lost(Exception):  # noqa: N818 - it is mended
    """A part that was kept is not there any more, or is damaged."""


def make_pieces(
    bench: Bench, workers: Workers[Bench], targets: Sequence[Target], tell: Tell = lambda progress: None
) -> PieceBook | None:
    """Set and gather the whole edition for these targets; None if a piece could not be, with the engine's findings."""
    assert bench.cache is not None
    made = PieceBook(bench.shop, bench.cache, workers, tuple(targets), tell)
    try:
        made.make()
    except _Stopped:
        return None
    finally:
        bench.shop.engine.findings += made.complaints
    return made


class PieceBook:
    """A book of pieces: made once, and sewn for each target.

    ``refused`` is what preflight found on press pages, ``complaints`` are the engine's.
    """

    def __init__(
        self, shop: Workshop, cache: PieceCache, workers: Workers[Bench], targets: tuple[Target, ...], tell: Tell
    ) -> None:
        self.findings: list[Finding] = []
        self.refused: list[Finding] = []
        self.complaints: list[Finding] = []
        self.book = Book(pieces=[], ends=[])
        self._shop = shop
        self._cache = cache
        self._workers = workers
        self._targets = targets
        self._tell = tell
        self._digests = Digests(shop)
        self._placed: list[_Placed] = []
        self._sheets: list[_Placed] = []
        self._reasons: dict[str, str | None] = {}  # by piece: why it was set anew, None for one that was kept
        self._jobs: dict[Any, tuple[_Placed, GatherJob]] = {}  # by piece (which is held, for its id), targets, quality
        self._passing: set[str] = set()  # keys of what was gathered with findings, for this build alone

    # ---------------------------------------------------------------- make
    @property
    def kept(self) -> list[str]:
        """The pieces that were there from before."""
        return [name for name, reason in self._reasons.items() if reason is None]

    @property
    def set_anew(self) -> dict[str, str]:
        """The others, each with the reason."""
        return {name: reason for name, reason in self._reasons.items() if reason is not None}

    def make(self) -> None:
        """All pieces set, placed and gathered; what turns out to be damaged is made again."""
        for _ in range(_MOST_MENDINGS):
            self.findings, self.refused, self.complaints = [], [], []
            try:
                self._make()
            except _Lost:
                continue
            return
        raise OSError(f"{self._cache.folder} does not keep what is written into it")

    def _mended(self, work: Callable[[], T]) -> T:
        """The outcome of work with what is kept; where some of that is damaged, all of it is looked into first."""
        for _ in range(_MOST_MENDINGS):
            try:
                return work()
            except _Lost:
                for path in self._cache.folder.glob("??/*"):
                    self._cache.get(path.parent.name + path.name)
                self.make()
        raise OSError(f"{self._cache.folder} does not keep what is written into it")

    def _make(self) -> None:
        composed = self._shop.composed
        plan = composed.plan()
        texts = [piece for piece in plan if piece.kind != "contents"]
        met = dict(zip((piece.key for piece in texts), self._set([_job(piece) for piece in texts]), strict=True))
        self._placed = self._place(plan, met)
        count = sum(each.met.page_count for each in self._placed)
        tail = [_job(piece) for piece in composed.plan_tail(note_page_count(self._shop.edition, count))]
        for job, each in zip(tail, self._set(tail), strict=True):
            self._placed.append(_Placed(job, each, count))
            count += each.page_count
        self._check_links()
        self._sheets = self._set_folios()
        pieces = [self._piece(each) for each in self._placed]
        anchors = {n: (each.first + at, top) for each in self._placed for n, (at, top) in each.met.anchors.items()}
        self.book = Book(pieces=pieces, ends=find_ends(pieces, anchors, self._shop.grid))
        self._gather([*self._sheets, *self._placed], self._targets)

    def _piece(self, placed: _Placed) -> Piece:
        pages = range(placed.first, placed.first + placed.met.page_count)
        entry = self._shop.composed.places[placed.job.key][1] if placed.job.is_entry else None
        return Piece(kind=placed.job.kind, key=placed.job.key, pages=pages, entry=entry)

    def _place(self, plan: Sequence[PlannedPiece], met: dict[str, Met]) -> list[_Placed]:
        """Where each piece begins, contents among them, which is set with the folios of the others."""
        pages = 1
        for _ in range(_MOST_TRIES):
            starts, at = {}, 0
            for piece in plan:
                starts[piece.key] = at
                at += pages if piece.kind == "contents" else met[piece.key].page_count
            folios = {key: start + 1 for key, start in starts.items()}
            jobs = {piece.key: _job(piece, folios if piece.kind == "contents" else None) for piece in plan}
            contents = [jobs[piece.key] for piece in plan if piece.kind == "contents"]
            met |= {job.key: each for job, each in zip(contents, self._set(contents), strict=True)}
            if not contents or met[contents[0].key].page_count == pages:
                return [_Placed(jobs[p.key], met[p.key], starts[p.key], _under(p)) for p in plan]
            pages = met[contents[0].key].page_count
        raise RuntimeError("the contents do not come to rest")  # longer folios would have to shorten it

    def _check_links(self) -> None:
        """Every link to another piece leads to something that is there."""
        names = {name for each in self._placed for name in each.met.anchors}
        for each in self._placed:
            for goal in each.met.goals:
                if goal not in names:
                    place = Place(file=f"layouts/{each.job.layout}")
                    message = f"'{each.job.name}' links to '{goal}', which is nowhere in the book."
                    remedy = "Name the key of an entry or section, or an id that a layout gives."
                    self.complaints.append(error("reference-broken", place, message, remedy))

    def _set_folios(self) -> list[_Placed]:
        """Sheets of pages that carry each folio, by kind of piece."""
        wanted: dict[tuple[str, int], list[int]] = {}
        for each in self._placed:
            pages = range(each.first, each.first + each.met.page_count) if each.met.has_folio else ()
            for index in pages:
                wanted.setdefault((each.job.kind, index // _FOLIOS_A_SHEET), []).append(index)
        # Each sheet from the right-hand page at or before the first folio that is wanted, to the last.
        sheets = [(kind, range(min(at) // 2 * 2, max(at) + 1)) for (kind, _), at in sorted(wanted.items())]
        jobs = [SetJob(kind=kind, key=kind, first_folio=at[0] + 1, count=len(at)) for kind, at in sheets]
        met = self._set(jobs)
        return [_Placed(job, each, at[0]) for job, each, (_, at) in zip(jobs, met, sheets, strict=True)]

    # ---------------------------------------------------------------- set
    def _set(self, jobs: Sequence[SetJob]) -> list[Met]:
        """What the book must know of each piece; those that are not kept are set."""
        recipes = [self._digests.recipe(job) for job in jobs]
        found = {at: met for at, recipe in enumerate(recipes) if recipe and (met := self._known(recipe))}
        for at, met in found.items():
            self._reasons.setdefault(jobs[at].name)
            self._cache.remember(jobs[at].name, met.parts)
        missing = [at for at in range(len(jobs)) if at not in found]
        wanted = [jobs[at] for at in missing]
        results = dict(self._share(set_piece, wanted, "set", len(found), keep=self._keep_piece))
        for index, result in sorted(results.items()):
            at = missing[index]
            self.complaints += result.findings
            if result.met is not None:
                found[at] = result.met
                self._keep_set(jobs[at], recipes[at], result, result.met)
        if len(found) < len(jobs):
            raise _Stopped
        return [found[at] for at in range(len(jobs))]

    def _keep_piece(self, job: SetJob, result: WasSet) -> None:
        """Keep what a worker that cannot look into the cache has sent."""
        if result.piece is not None and result.met is not None:
            self._cache.keep(result.met.key, result.piece)
            result.piece = None

    def _keep_set(self, job: SetJob, recipe: str | None, result: WasSet, met: Met) -> None:
        """Keep what is known of a piece, with the reason why it had to be set."""
        if result.was_kept:
            self._reasons.setdefault(job.name)
        else:
            self._reasons[job.name] = self._cache.why(job.name, met.parts)
        self._cache.remember(job.name, met.parts)
        if recipe and not result.findings:
            self._cache.keep(recipe, met.to_bytes())

    def _known(self, recipe: str) -> Met | None:
        stored = self._cache.fact(recipe)
        return Met.from_bytes(stored) if stored is not None else None

    def _share(
        self,
        work: Callable[[Bench, J], R],
        jobs: Sequence[J],
        step: str,
        kept: int,
        *,
        here: bool = False,
        keep: Callable[[J, R], None] | None = None,
        pack: Callable[[J], J] | None = None,
    ) -> Iterator[tuple[int, R]]:
        """Results as they come; a crash is a finding at the piece's layout. ``here`` is for what no cluster can do."""
        total, done = kept + len(jobs), kept
        self._tell(Progress(step, done, total, kept))
        for index, result in self._workers.share(work, jobs, here=here, pack=pack):
            done += 1
            self._tell(Progress(step, done, total, kept))
            if isinstance(result, Crash):
                self.complaints.append(_crashed(jobs[index]))
                continue
            if keep is not None:
                keep(jobs[index], result)
            yield index, result

    # ---------------------------------------------------------------- gather
    def _gather(
        self, placed: Sequence[_Placed], targets: tuple[Target, ...], quality: PictureQuality | None = None
    ) -> None:
        """Gather what is not kept."""
        jobs = [self._gather_job(each, targets, quality) for each in placed]
        kept = [all(self._cache.has(gathering_key(j.key, t.name, passing=False)) for t in targets) for j in jobs]
        missing = [job for job, is_kept in zip(jobs, kept, strict=True) if not is_kept]
        shared = self._share(gather_piece, missing, "finish", sum(kept), keep=self._keep_gathered, pack=self._for_afar)
        results = dict(shared)
        for index, result in sorted(results.items()):
            job = missing[index]
            self.findings += result.findings
            self.refused += result.refused
            self.complaints += result.complaints
            if result.lost:
                self._forget(job.job)
            elif result.has_findings:
                self._passing.add(job.key)
        if any(result.lost for result in results.values()):
            raise _Lost
        if len(results) < len(missing):
            raise _Stopped

    def _keep_gathered(self, job: GatherJob, result: Gathered) -> None:
        """Keep what a worker that cannot look into the cache has sent."""
        for target, content in result.gatherings.items():
            self._cache.keep(gathering_key(job.key, target, passing=result.has_findings), content)
        result.gatherings.clear()

    def _for_afar(self, job: GatherJob) -> GatherJob:
        """A job with its set piece, for a worker that cannot look into the cache."""
        return replace(job, piece=self._cache.get(job.set_key))

    def _forget(self, job: SetJob) -> None:
        """Forget a piece whose kept copy is damaged: it is set again."""
        if recipe := self._digests.recipe(job):
            self._cache.drop(recipe)

    def _gather_job(
        self, placed: _Placed, targets: tuple[Target, ...], quality: PictureQuality | None = None
    ) -> GatherJob:
        told = (id(placed), targets, quality)
        if told in self._jobs:
            return self._jobs[told][1]
        entry = self._shop.composed.places[placed.job.key][1] if placed.job.is_entry else None
        if quality is not None and (entry is None or entry.photo is None):
            # Without a picture it is the same at every quality.
            quality, targets = None, self._targets if set(targets) <= set(self._targets) else targets
        contents = placed.job.kind == "contents"
        job = GatherJob(
            job=placed.job,
            set_key=placed.met.key,
            first=placed.first,
            targets=targets,
            book=tuple(replace(piece, entry=None) for piece in self.book.pieces) if contents else (),
            heading_above=1 if placed.under else 0,
            quality=quality,
        )
        made = self._jobs[told] = (placed, replace(job, key=self._digests.gathering(job)))
        return made[1]

    # ---------------------------------------------------------------- sew
    def sew(self, target: Target, out: BinaryIO, quality: PictureQuality | None = None) -> None:
        """Write one target's file; the email file with pictures of another quality than the best where it is given."""
        self._mended(lambda: self._sew(target, out, quality))

    def check(self, target: Target, path: Path, quality: PictureQuality | None = None) -> list[Finding]:
        """Hold the written file against the pieces that were checked."""
        return self._mended(lambda: self._check(target, path, quality))

    def _check(self, target: Target, path: Path, quality: PictureQuality | None) -> list[Finding]:
        had = partial(self._had, target, quality)
        folios = {
            (sheet.job.kind, sheet.job.first_folio + at): told
            for sheet in self._sheets
            for at, told in enumerate(had(sheet)().prints)
        }
        prints: list[tuple[str, str | None]] = []
        for each in self._placed:
            for at, told in enumerate(had(each)().prints):
                folio = folios[each.job.kind, each.first + at + 1] if each.met.has_folio else None
                prints.append((told, folio))
        return check_sewn(path, prints, self._shop.edition.place)

    def validate(self, quality: PictureQuality | None = None) -> list[Finding]:
        """What a validator finds in the email file of a long book, which it reads in excerpts."""
        return self._mended(lambda: self._validate(quality))

    def _validate(self, quality: PictureQuality | None) -> list[Finding]:
        names = {id(each): self._kept_under(EMAIL, quality, each) for each in (*self._sheets, *self._placed)}
        pieces = [Sewn(p.job.kind, p.job.key, p.first, p.met.page_count, p.under, names[id(p)]) for p in self._placed]
        sheets = [
            (s.job.kind, range(s.job.first_folio, s.job.first_folio + s.job.count), names[id(s)]) for s in self._sheets
        ]
        excerpts = cut_excerpts(pieces, sheets)
        keys = [hash_of("excerpt", excerpt) for excerpt in excerpts]
        missing = [at for at, key in enumerate(keys) if not self._cache.has(key)]
        findings: list[Finding] = []
        jobs = [excerpts[at] for at in missing]
        told = len(self.complaints)
        for index, result in self._share(validate_excerpt, jobs, "validate", len(keys) - len(jobs), here=True):
            if result.lost:
                raise _Lost
            findings += result.findings
            if not result.findings:
                self._cache.keep(keys[missing[index]], b"valid")
        # What nobody has read to its end has earned nothing.
        return list(dict.fromkeys([*findings, *self.complaints[told:]]))

    def _kept_under(self, target: Target, quality: PictureQuality | None, each: _Placed) -> str:
        usual = target in self._targets and quality in (None, BEST)
        key = self._gather_job(each, self._targets if usual else (target,), None if usual else quality).key
        return gathering_key(key, target.name, passing=key in self._passing)

    def _had(self, target: Target, quality: PictureQuality | None, each: _Placed) -> Callable[[], Gathering]:
        """How the gathering of a piece is had."""
        return partial(self._gathering, self._kept_under(target, quality, each))

    def _sew(self, target: Target, out: BinaryIO, quality: PictureQuality | None) -> None:
        if target not in self._targets or quality not in (None, BEST):
            self._gather([*self._sheets, *self._placed], (target,), quality)
        out.seek(0)
        out.truncate()
        had = partial(self._had, target, quality)
        leaves = [Leaf(p.job.kind, p.job.key, p.first, had(p), p.under) for p in self._placed]
        sheets = [FolioSheet(p.job.kind, p.job.first_folio, had(p)) for p in self._sheets]
        programs = {face.postscript_name: face.path for face in self._shop.shelf.faces}
        sew(leaves, sheets, programs, out, linearised=target == EMAIL)

    def _gathering(self, key: str) -> Gathering:
        gathering = self._cache.gathering(key)
        if gathering is None:
            raise _Lost
        return gathering


def _job(piece: PlannedPiece, folios: Mapping[str, int] | None = None) -> SetJob:
    return SetJob(kind=piece.kind, key=piece.key, count=piece.count, folios=folios)


def _under(piece: PlannedPiece) -> str | None:
    """The piece whose bookmark a piece's own hang below."""
    return piece.section.key if piece.entry and piece.section else None


def _crashed(work: SetJob | GatherJob | Excerpt) -> Finding:
    if isinstance(work, Excerpt):
        message = f"the process that validated pages with '{work.pieces[-1].key}' ended before it was done."
        return error(
            "piece-crashed",
            Place(file="typeset pages"),
            message,
            "It may have run out of memory: look at the pictures there.",
        )
    job = work if isinstance(work, SetJob) else work.job
    message = f"the process that set '{job.name}' ended before it was done."
    remedy = "It may have run out of memory: look for a very large picture or table in it. The others are kept."
    return error("piece-crashed", Place(file=f"layouts/{job.layout}"), message, remedy)
