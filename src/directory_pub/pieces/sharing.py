"""Give a step's jobs to the workers, report progress, and turn a worker's crash into a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct, field

from directory_pub.findings import Finding, Place, error
from directory_pub.pieces.excerpts import Excerpt
from directory_pub.pieces.jobs import FinishJob, SetJob, WorkerContext
from directory_pub.pieces.workers import Crash, Workers

__all__ = ["BuildStopped", "CacheDamaged", "Progress", "Sharing", "Tell"]

J = TypeVar("J", SetJob, FinishJob, Excerpt)
R = TypeVar("R")


class BuildStopped(Exception):  # noqa: N818 - the engine's findings say why
    """A piece could not be made."""


class CacheDamaged(Exception):  # noqa: N818 - it is made good
    """A part is gone from the store, or damaged there."""


class Progress(Struct, frozen=True):
    """How far a step is: pieces done, of how many, and how many of them an earlier build has stored."""

    step: str
    done: int
    total: int
    kept: int


Tell = Callable[[Progress], None]


class Sharing(Struct):
    """The workers of one build; ``complaints`` are the engine's findings, and those about crashes."""

    workers: Workers[WorkerContext]
    tell: Tell
    complaints: list[Finding] = field(default_factory=list)

    def is_done_here(self, jobs: Sequence[object]) -> bool:
        """Whether jobs are done in this process."""
        return self.workers.cluster is None and self.workers.has_no_pool_for(jobs)

    def share(
        self,
        work: Callable[[WorkerContext, J], R],
        jobs: Sequence[J],
        step: str,
        kept: int,
        *,
        here: bool = False,
        keep: Callable[[J, R], None] | None = None,
        pack: Callable[[J], J] | None = None,
    ) -> Iterator[tuple[int, R]]:
        """The index and result of each job, as they come; a crash becomes a finding at the piece's layout.

        Jobs that are added meanwhile are done too. ``kept`` counts the pieces that need no job.
        ``here`` keeps the work off a cluster, ``keep`` stores a result before it is yielded, and
        ``pack`` makes a job ready for a cluster.
        """
        done = kept
        self.tell(Progress(step, done, kept + len(jobs), kept))
        for index, result in self.workers.share(work, jobs, here=here, pack=pack):
            done += 1
            if isinstance(result, Crash):
                self.complaints.append(_crashed(jobs[index]))
            else:
                if keep is not None:
                    keep(jobs[index], result)
                yield index, result
            self.tell(Progress(step, done, kept + len(jobs), kept))


def _crashed(work: SetJob | FinishJob | Excerpt) -> Finding:
    if isinstance(work, Excerpt):
        message = f"the process that validated pages with '{work.pieces[-1].key}' ended before it was done."
        remedy = "It may have run out of memory: look at the pictures there."
        return error("piece-crashed", Place(file="typeset pages"), message, remedy)
    job = work if isinstance(work, SetJob) else work.job
    message = f"the process that set '{job.name}' ended before it was done."
    remedy = "It may have run out of memory: look for a very large picture or table in it. The others are kept."
    return error("piece-crashed", Place(file=f"layouts/{job.layout}"), message, remedy)
