"""Where pieces are set: those that are kept already are taken, the others are shared out among workers.

Each worker is a copy of this process with its engine warm; pieces travel as HTML and come back as files.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from directory_pub.findings import Finding, Place, error
from directory_pub.typeset.engine import Engine
from directory_pub.typeset.piece_cache import PieceCache
from directory_pub.typeset.set_piece import SetPiece

__all__ = ["Means", "PieceJob", "PressRoom"]

_FEWEST_FOR_A_POOL = 3  # below, sharing out takes longer than setting
Outcome = tuple[SetPiece | None, list[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a book is set with: so many processes, a folder that keeps pieces; or ``whole``, as one document."""

    jobs: int = 1
    cache: Path | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class PieceJob:
    """One document to set: what people call it, its HTML, and the layout that complaints name."""

    name: str
    html: str
    layout: str


@dataclass(slots=True)
class PressRoom:
    """An engine, the pieces that are kept, and how many workers share the others.

    ``kept`` names the pieces of this build that were there, ``set_anew`` the others with the reason.
    """

    engine: Engine
    cache: PieceCache
    jobs: int = 1
    kept: list[str] = field(default_factory=list)
    set_anew: dict[str, str] = field(default_factory=dict)

    def set_all(self, jobs: Sequence[PieceJob]) -> list[SetPiece] | None:
        """The pieces in the order of their jobs; None if one could not be set, with the engine's findings."""
        parts = [self._parts(job) for job in jobs]
        keys = [hashlib.sha256("\n".join(each.values()).encode()).hexdigest() for each in parts]
        made = {index: piece for index, key in enumerate(keys) if (piece := self.cache.get(key)) is not None}
        self.kept += [jobs[index].name for index in made]
        missing = [index for index in range(len(jobs)) if index not in made]
        self.set_anew |= {jobs[index].name: self.cache.why(jobs[index].name, parts[index]) for index in missing}
        for job, each in zip(jobs, parts, strict=True):
            self.cache.remember(job.name, each)
        for index, (piece, findings) in self._set([(index, jobs[index]) for index in missing]):
            self.engine.findings += findings
            if piece is not None:
                made[index] = piece
                if not findings:
                    self.cache.keep(keys[index], piece)
        return [made[index] for index in range(len(jobs))] if len(made) == len(jobs) else None

    def _parts(self, job: PieceJob) -> dict[str, str]:
        """The hashes of all that a piece is set from, by what an editor calls it."""
        return {
            "its text": hashlib.sha256(job.html.encode()).hexdigest(),
            "a picture or its artwork": self.engine.files_digest(job.html),
            "the sheets, faces or engine": self.engine.digest,
        }

    def _set(self, jobs: Sequence[tuple[int, PieceJob]]) -> Iterator[tuple[int, Outcome]]:
        if self.jobs < 2 or len(jobs) < _FEWEST_FOR_A_POOL:
            for index, job in jobs:
                yield index, _set_here(self.engine, job)
            return
        done: set[int] = set()
        try:
            for index, outcome in self._set_by_workers(jobs, self.jobs):
                done.add(index)
                yield index, outcome
        except BrokenProcessPool:
            # One of them took its worker along, and the others' work with it: each alone tells which.
            for index, job in jobs:
                if index not in done:
                    yield index, self._set_alone(index, job)

    def _set_by_workers(self, jobs: Sequence[tuple[int, PieceJob]], workers: int) -> Iterator[tuple[int, Outcome]]:
        with _pool(self.engine, min(workers, len(jobs))) as pool:
            futures = [(index, pool.submit(_set_in_worker, job)) for index, job in jobs]
            for index, future in futures:
                yield index, future.result()

    def _set_alone(self, index: int, job: PieceJob) -> Outcome:
        try:
            ((_, outcome),) = self._set_by_workers([(index, job)], 1)
        except BrokenProcessPool:
            place = Place(file=f"layouts/{job.layout}")
            message = f"the process that set '{job.name}' ended before it was done."
            remedy = "It may have run out of memory: look for a very large picture or table in it. The others are kept."
            return None, [error("piece-crashed", place, message, remedy)]
        return outcome


# -------------------------------------------------------------------- workers
_engine_of_workers: Engine | None = None


@contextmanager
def _pool(engine: Engine, workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool of copies of this process; none of them outlives the block, whatever ends it."""
    global _engine_of_workers  # noqa: PLW0603 - what a copy of this process finds when it begins
    _engine_of_workers = engine
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), initializer=_begin)
    try:
        yield pool
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """An interrupt is for the one that shares out the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _set_in_worker(job: PieceJob) -> Outcome:
    assert _engine_of_workers is not None
    return _set_here(_engine_of_workers, job)


def _set_here(engine: Engine, job: PieceJob) -> Outcome:
    """Set one piece; its findings are taken out of the engine's, to be told once."""
    before = len(engine.findings)
    piece = engine.set_piece(job.html, job.layout)
    findings = engine.findings[before:]
    del engine.findings[before:]
    return piece, findings
