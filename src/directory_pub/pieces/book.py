"""Make a book of pieces: set and finish what is not stored, assemble it, and check the bound file."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

from msgspec.structs import replace
from pikepdf import Pdf

from directory_pub.bind import FolioSheet, Leaf, PieceObjects, assemble_book, take_apart_folios
from directory_pub.census import Figure, PageFingerprint, check_bound
from directory_pub.compose import find_ends
from directory_pub.edition.targets import EMAIL, PRESS, Target
from directory_pub.findings import Finding, Severity
from directory_pub.pieces.excerpts import BoundPiece, FolioKeys, assemble_excerpt, excerpt_of
from directory_pub.pieces.finish_piece import counted_piece, finish_piece
from directory_pub.pieces.jobs import FinishJob, FinishResult, WorkerContext
from directory_pub.pieces.kept import keep_finished, keep_streams, objects_key, read_stream
from directory_pub.pieces.keys import Keys
from directory_pub.pieces.layout import Layout, Placed
from directory_pub.pieces.sharing import BuildStopped, CacheDamaged, Sharing, Tell
from directory_pub.pieces.validate import LONG_BOOK_ENTRIES, LONG_BOOK_PAGES, cut_excerpts, validate_excerpt
from directory_pub.pieces.workers import Workers
from directory_pub.preflight import in_order
from directory_pub.prepare import BEST, PictureQuality
from directory_pub.production.book import Book, Look, Onlooker
from directory_pub.production.context import BuildContext
from directory_pub.production.finishing import draw_proof
from directory_pub.storage.hashes import hash_of
from directory_pub.storage.store import NotStoredError, Store

__all__ = ["PieceBook", "make_pieces"]

# Of a longer book none stays in memory: each is wanted again only after all others.
_MOST_AT_HAND = 2_500  # pieces, for each target
_MOST_AHEAD = 24  # pages that are shown before the book is bound
_MOST_MENDINGS = 4  # of a damaged store: twice where it is, twice in a temporary folder
T = TypeVar("T")


def make_pieces(
    worker: WorkerContext,
    workers: Workers[WorkerContext],
    targets: Sequence[Target],
    tell: Tell = lambda progress: None,
    onlooker: Onlooker | None = None,
) -> PieceBook | None:
    """Set and finish the whole edition for these targets; None if a piece could not be made.

    The engine then has the findings that say why. The ``onlooker`` has a look at pages that are new to it, where
    these are few, as soon as they are finished.
    """
    assert worker.store is not None
    made = PieceBook(worker.context, worker.store, workers, tuple(targets), tell=tell, onlooker=onlooker)
    try:
        made.make()
    except BuildStopped:
        return None
    finally:
        worker.context.engine.findings += made.complaints
    return made


class _Finished(NamedTuple):
    """What each page of a finished piece must be in the book, but for its folio, and the plates that it prints on."""

    pages: tuple[PageFingerprint, ...]
    plates: dict[str, int]

    @classmethod
    def of(cls, objects: PieceObjects) -> _Finished:
        """What is to be known of these objects."""
        figures = [
            [Figure(each.offset, each.goal, each.place, each.leads) for each in page.placeholders]
            for page in objects.pages
        ]
        pages = zip(objects.fingerprints, figures, strict=True)
        return cls(tuple(PageFingerprint(print_, None, its) for print_, its in pages), objects.plates)


class PieceBook:
    """A book of pieces: made once, and bound for each target.

    ``findings`` are the census's, ``refused`` are what preflight found on press pages.
    """

    def __init__(
        self,
        context: BuildContext,
        store: Store,
        workers: Workers[WorkerContext],
        targets: tuple[Target, ...],
        *,
        tell: Tell,
        onlooker: Onlooker | None = None,
    ) -> None:
        self.findings: list[Finding] = []
        self.refused: list[Finding] = []
        self.book = Book(pieces=[], ends=[])
        self._context = context
        self._store = store
        self._targets = targets
        self._onlooker = onlooker
        self._sharing = Sharing(workers, tell)
        self._keys = Keys(context)
        self._layout = Layout(context, store, self._keys, self._sharing)
        self._named: dict[str, int] = {}  # the folio of every name
        self._jobs: dict[Any, tuple[Placed, FinishJob]] = {}  # by id of the piece (which is held), targets, quality
        self._passing: set[str] = set()  # keys of pieces finished with findings, which are stored for this build alone
        self._unchecked: dict[str, PieceObjects] = {}  # by their keys, while they are shown

    # ---------------------------------------------------------------- make
    @property
    def complaints(self) -> list[Finding]:
        """What the engine said, and where workers ended."""
        return self._sharing.complaints

    @property
    def kept(self) -> list[str]:
        """The pieces that an earlier build has stored."""
        return [name for name, reason in self._layout.reasons.items() if reason is None]

    @property
    def set_anew(self) -> dict[str, str]:
        """The pieces that were set in this build, each with the reason."""
        return {name: reason for name, reason in self._layout.reasons.items() if reason is not None}

    def make(self) -> None:
        """Set and finish all pieces; what turns out to be damaged in the store is made again."""
        for turn in range(_MOST_MENDINGS):
            self.findings, self.refused = [], []
            self.complaints.clear()
            try:
                self._make()
            except (CacheDamaged, NotStoredError) as fault:
                self._turn_elsewhere(fault, turn)
            else:
                return
        raise OSError(f"{self._store.folder} does not keep what is written into it")

    def _turn_elsewhere(self, fault: Exception, turn: int) -> None:
        """Leave a store's folder that does not take what is written, or loses it again and again."""
        if isinstance(fault, NotStoredError):
            self._store.fall_back((fault.strerror or "").lower())
        elif turn:
            self._store.fall_back("what is written into it is lost or damaged")
        else:
            return
        self._sharing.workers.renew()

    def _mended(self, work: Callable[[], T]) -> T:
        """The result of work with the store; where that is damaged, check all of it, and make again what is lost."""
        for turn in range(_MOST_MENDINGS):
            try:
                return work()
            except (CacheDamaged, NotStoredError) as fault:
                self._turn_elsewhere(fault, turn)
                self._store.look_through()
                for _, job in self._jobs.values():
                    for target in job.targets:
                        self._look_through(objects_key(job.key, target.name, passing=job.key in self._passing))
                self.make()
        raise OSError(f"{self._store.folder} does not keep what is written into it")

    def _look_through(self, key: str) -> None:
        """Drop what is stored under the key of a piece's objects and is something else, or not whole."""
        objects = self._store.read(key, PieceObjects)
        if objects is not None and any(read_stream(self._store, each) is None for each in objects.apart()):
            self._store.drop(key)

    def _make(self) -> None:
        self._layout.run()
        pieces = self._layout.pieces()
        placed = self._layout.placed
        anchors = {n: (each.first + at, top) for each in placed for n, (at, top) in each.facts.anchors.items()}
        self._named = {name: index + 1 for name, (index, _) in anchors.items()}
        fits = {each.job.key: each.facts.fitting.fit for each in placed if each.job.is_entry}
        closing = frozenset(each.job.key for each in placed if each.facts.fitting.photo_closes)
        ends = find_ends(pieces, anchors, self._context.grid)
        self.book = Book(pieces=pieces, ends=ends, fits=fits, closing_photos=closing)
        self._finish(self._all, self._targets)
        if not any(finding.severity is Severity.ERROR for finding in (*self.findings, *self.complaints)):
            self._look_ahead()

    @property
    def _all(self) -> list[Placed]:
        """The sheets of folios, then all pieces."""
        return [*self._layout.sheets, *self._layout.placed]

    # ---------------------------------------------------------------- finish
    def _finish(
        self, placed: Sequence[Placed], targets: tuple[Target, ...], quality: PictureQuality | None = None
    ) -> None:
        """Finish what is not stored; take down what is found."""
        jobs = [self._finish_job(each, targets, quality) for each in placed]
        missing = [job for job in jobs if not self._is_finished(job)]
        kept = len(jobs) - len(missing)
        finish = finish_piece
        if self._onlooker and self._sharing.is_done_here(missing):
            finish = partial(finish_piece, show=partial(self._show_unchecked, missing))
        results = dict(
            self._sharing.share(finish, missing, "finish", kept, keep=self._keep_finished, pack=self._for_cluster)
        )
        for index, result in sorted(results.items()):
            job = missing[index]
            self.findings += result.findings
            self.refused += result.refused
            self.complaints.extend(result.complaints)
            if result.lost:
                self._layout.forget(job.job)
            elif result.has_findings:
                self._passing.add(job.key)
        if any(result.lost for result in results.values()):
            raise CacheDamaged
        if len(results) < len(missing):
            raise BuildStopped

    def _keep_finished(self, job: FinishJob, result: FinishResult) -> None:
        """Store what a worker without the store has sent."""
        keep_finished(self._store, job.key, result)

    def _for_cluster(self, job: FinishJob) -> FinishJob:
        """A job with its set piece, for a worker without the store."""
        return replace(job, piece=self._store.get(job.set_key))

    def _finish_job(
        self, placed: Placed, targets: tuple[Target, ...], quality: PictureQuality | None = None
    ) -> FinishJob:
        key = (id(placed), targets, quality)
        if key not in self._jobs:
            self._jobs[key] = (placed, self._new_job(placed, targets, quality))
        return self._jobs[key][1]

    def _new_job(self, placed: Placed, targets: tuple[Target, ...], quality: PictureQuality | None = None) -> FinishJob:
        if quality is not None and placed.job.kind != "adverts" and not placed.job.pictures(self._context):
            # Without a picture it is the same at every quality.
            quality, targets = None, self._targets if set(targets) <= set(self._targets) else targets
        job = FinishJob(
            job=placed.shown,
            set_key=placed.facts.key,
            first=placed.first,
            targets=targets,
            rows=placed.rows,
            named=self._named if placed.job.page else {},
            heading_above=1 if placed.under else 0,
            quality=quality,
        )
        return replace(job, key=self._keys.finished(job))

    def make_ahead(self) -> Iterator[None]:
        """Finish each piece for the other side of the leaf, one a step.

        An edit that adds a page then costs no more than any other.
        """
        for each in self._layout.placed if not self._store.fault else ():
            job = self._new_job(replace(each, first=each.first + 1), self._targets)
            if each.first and not self._is_finished(job):
                with suppress(NotStoredError):
                    finish_piece(WorkerContext(context=self._context, store=self._store), job)
                yield

    def _is_finished(self, job: FinishJob) -> bool:
        return all(self._store.has(objects_key(job.key, target.name, passing=False)) for target in job.targets)

    # ---------------------------------------------------------------- assemble
    def assemble(self, target: Target, out: BinaryIO, quality: PictureQuality | None = None) -> None:
        """Write one target's file, with pictures of this quality (None: the best)."""
        self._mended(lambda: self._assemble(target, out, quality))

    def prove(self, out: BinaryIO) -> None:
        """Write the email file with PROOF across each page."""
        drawn = draw_proof(self._context)
        with Pdf.open(io.BytesIO(drawn)) if drawn else nullcontext() as plate:
            over = take_apart_folios(plate) if plate else None
        self._mended(lambda: self._assemble(EMAIL, out, None, over))

    def check(self, target: Target, path: Path, quality: PictureQuality | None = None) -> list[Finding]:
        """Check the written file against the pieces that the census has counted."""
        return self._mended(lambda: self._check(target, path, quality))

    def _check(self, target: Target, path: Path, quality: PictureQuality | None) -> list[Finding]:
        fingerprints = self._fingerprints(target, quality)
        return check_bound(path, fingerprints, self.book.page_count, self._named, self._context.edition.place)

    def look(self, name: str, target: Target, path: Path) -> Look:
        """A written file as pages to look at; ``name`` is that of the target whose pages they are, or PROOF."""
        prints = self._mended(lambda: list(self._prints(name, target)))
        return self._look(name, path, prints, {print_: index for index, print_ in enumerate(prints)})

    def _show_unchecked(
        self,
        jobs: Sequence[FinishJob],
        job: FinishJob,
        objects: Mapping[str, PieceObjects],
        streams: Mapping[str, bytes],
    ) -> None:
        """Show what is new of the book as soon as the last of its jobs is finished, while that is not checked."""
        if not all(other is job or self._is_finished(other) for other in jobs):
            return
        keep_streams(self._store, streams)
        self._unchecked = {objects_key(job.key, target, passing=True): each for target, each in objects.items()}
        self._passing.add(job.key)
        try:
            self._look_ahead()
        finally:
            self._passing.discard(job.key)
            self._unchecked = {}

    def _look_ahead(self) -> None:
        """Show what is new of the book's pages once, so that nobody waits for all the others."""
        onlooker, self._onlooker = self._onlooker, None
        if onlooker is None:
            return
        # The email file first: it is what an editor looks at.
        for target in sorted(self._targets, key=lambda each: each != EMAIL):
            with tempfile.TemporaryDirectory(prefix="directory-pub-look-") as folder:
                look = self._new_pages(target, Path(folder) / f"{target.name}.pdf", onlooker.seen(target.name))
                if look:
                    onlooker.look(look)

    def _new_pages(self, target: Target, path: Path, seen: Collection[str]) -> Look | None:
        """The pages that somebody has not seen, in a file for them alone; None if these are many, or none."""
        if not seen:
            return None
        prints, known = list(self._prints(target.name, target)), {*seen}
        pieces, sheets = self._bound(target, None)
        new = [piece for piece in pieces if not known.issuperset(prints[piece.first : piece.first + piece.page_count])]
        if not 0 < sum(piece.page_count for piece in new) <= min(_MOST_AHEAD, len(prints) / 2):
            return None
        chosen = [replace(piece, under=None) for piece in dict.fromkeys((pieces[0], *new))]
        excerpt = excerpt_of(chosen, sheets)
        programs = self._context.library.programs
        with path.open("wb") as out:
            assemble_excerpt(excerpt, self._objects_of, self._kept_apart, programs, out, named=self._named)
        pages = [page for piece in chosen for page in range(piece.first, piece.first + piece.page_count)]
        return self._look(target.name, path, prints, {prints[page]: index for index, page in enumerate(pages)})

    def _look(self, name: str, path: Path, prints: list[str], indexes: Mapping[str, int]) -> Look:
        context, jobs = self._context, ((each, self._finish_job(each, self._targets)) for each in self._layout.placed)
        counted = [counted_piece(context, job, each.facts.page_count) for each, job in jobs]
        book = replace(self.book, pieces=counted)
        return Look(
            name=name,
            path=path,
            book=book,
            prints=prints,
            indexes=indexes,
            census=context.census,
            named=self._named,
        )

    def _prints(self, name: str, target: Target) -> Iterator[str]:
        context = self._context
        leaf = hash_of(name, context.edition.trim, context.edition.bleed_mm, context.printer.marks)
        for page, folio, figures in self._fingerprints(target, None):
            yield hash_of(leaf, page, folio, *((at.place, self._named.get(at.goal)) for at in figures))

    def _fingerprints(self, target: Target, quality: PictureQuality | None) -> Iterator[PageFingerprint]:
        """What each page of the book must be."""
        folios = {
            (sheet.job.kind, sheet.job.first_folio + at): page.page
            for sheet in self._layout.sheets
            for at, page in enumerate(self._finished(target, quality, sheet).pages)
        }
        for each in self._layout.placed:
            for at, page in enumerate(self._finished(target, quality, each).pages):
                folio = folios[each.job.kind, each.first + at + 1] if each.facts.has_folio else None
                yield page._replace(folio=folio)

    def count_plates(self) -> dict[str, int]:
        """The plates that the press file prints on, each with the first page that does."""
        return self._mended(self._count_plates)

    def _count_plates(self) -> dict[str, int]:
        pages: dict[str, int] = {}
        for each in self._layout.placed:
            for ink, page in self._finished(PRESS, None, each).plates.items():
                pages.setdefault(ink, each.first + page + 1)
        for sheet in self._layout.sheets:
            for ink, page in self._finished(PRESS, None, sheet).plates.items():
                pages.setdefault(ink, sheet.job.first_folio + page)
        return in_order(pages)

    @property
    def _is_long(self) -> bool:
        """Whether a validator reads the book in excerpts."""
        return self.book.page_count > LONG_BOOK_PAGES or len(self._context.edition.entries) > LONG_BOOK_ENTRIES

    def validate(self, quality: PictureQuality | None = None) -> list[Finding] | None:
        """What a validator finds in the email file of a long book, read in excerpts; None for a short book."""
        return self._mended(lambda: self._validate(quality)) if self._is_long else None

    def _validate(self, quality: PictureQuality | None) -> list[Finding]:
        excerpts = cut_excerpts(*self._bound(EMAIL, quality))
        keys = [hash_of("excerpt", excerpt) for excerpt in excerpts]
        missing = [at for at, key in enumerate(keys) if not (self._store.has(key) and self._store.get(key))]
        findings: list[Finding] = []
        jobs = [excerpts[at] for at in missing]
        before = len(self.complaints)
        for index, result in self._sharing.share(validate_excerpt, jobs, "validate", len(keys) - len(jobs), here=True):
            if result.lost:
                raise CacheDamaged
            findings += result.findings
            if not result.findings:
                self._store.put(keys[missing[index]], b"valid")
        # An excerpt whose validator crashed has earned no label.
        return list(dict.fromkeys([*findings, *self.complaints[before:]]))

    def _bound(self, target: Target, quality: PictureQuality | None) -> tuple[list[BoundPiece], FolioKeys]:
        """All pieces and sheets of folios, with the keys of their objects."""
        names = {id(each): self._kept_under(target, quality, each) for each in self._all}
        pieces = [
            BoundPiece(p.job.kind, p.job.key, p.first, p.facts.page_count, p.under, names[id(p)])
            for p in self._layout.placed
        ]
        sheets = [
            (s.job.kind, range(s.job.first_folio, s.job.first_folio + s.job.count), names[id(s)])
            for s in self._layout.sheets
        ]
        return pieces, sheets

    def _kept_under(self, target: Target, quality: PictureQuality | None, each: Placed) -> str:
        usual = target in self._targets and quality in (None, BEST)
        key = self._finish_job(each, self._targets if usual else (target,), None if usual else quality).key
        return objects_key(key, target.name, passing=key in self._passing)

    def _reader(self, target: Target, quality: PictureQuality | None, each: Placed) -> Callable[[], PieceObjects]:
        """A function that reads a piece's objects from the store."""
        return partial(self._objects_of, self._kept_under(target, quality, each))

    def _assemble(
        self, target: Target, out: BinaryIO, quality: PictureQuality | None, over: PieceObjects | None = None
    ) -> None:
        if target not in self._targets or quality not in (None, BEST):
            self._finish(self._all, (target,), quality)
        out.seek(0)
        out.truncate()
        reader = partial(self._reader, target, quality)
        leaves = [Leaf(p.job.kind, p.job.key, p.first, reader(p), p.under) for p in self._layout.placed]
        sheets = [FolioSheet(p.job.kind, p.job.first_folio, reader(p)) for p in self._layout.sheets]
        assemble_book(
            leaves,
            sheets,
            self._context.library.programs,
            out,
            for_screen=target == EMAIL,
            named=self._named,
            over=over,
            kept_apart=self._kept_apart,
        )

    def _kept_apart(self, key: str) -> bytes:
        stream = read_stream(self._store, key)
        if stream is None:
            raise CacheDamaged
        return stream

    def _objects_of(self, key: str) -> PieceObjects:
        objects = self._unchecked.get(key) or self._store.read(key, PieceObjects, at_hand=self._is_at_hand)
        if objects is None:
            raise CacheDamaged
        if self._is_at_hand:
            self._store.derived(key, _Finished, partial(_Finished.of, objects))
        return objects

    def _finished(self, target: Target, quality: PictureQuality | None, each: Placed) -> _Finished:
        """What is to be known of a finished piece, without reading its objects again if they were read before."""
        key = self._kept_under(target, quality, each)
        if not self._is_at_hand:
            return _Finished.of(self._objects_of(key))
        return self._store.derived(key, _Finished, lambda: _Finished.of(self._objects_of(key)))

    @property
    def _is_at_hand(self) -> bool:
        return (len(self._layout.sheets) + len(self._layout.placed)) * len(self._targets) <= _MOST_AT_HAND
