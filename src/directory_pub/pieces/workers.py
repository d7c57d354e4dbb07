"""Share work out among workers: copies of this process with all that it has read, or those of a cluster.

Both are reached by a ``concurrent.futures.Executor``. Results come in the order in which they are
done. No more jobs wait than workers can soon begin, so that memory does not grow with the book.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Generic, Protocol, TypeVar

from directory_pub.storage.files import abandon_unfinished
from directory_pub.storage.processes import end_with_parent

__all__ = ["JOBS_BETWEEN_CLEARINGS", "Cluster", "Crash", "Workers", "begin_worker", "undisturbed"]

_FEWEST_FOR_A_POOL = 3  # for fewer jobs, starting a pool takes longer than the work
_WAITING_A_WORKER = 3
_NEW_BEFORE_A_LOOK = 50_000  # objects
JOBS_BETWEEN_CLEARINGS = 4
_SECONDS_BETWEEN_LOOKS = 1
W = TypeVar("W")
J = TypeVar("J")
R = TypeVar("R")


class Crash(Exception):  # noqa: N818 - it is what happened to a worker, and is returned as a result
    """A worker that ended before its job was done."""


class Cluster(Protocol):
    """Workers on other machines: an executor whose jobs bring along all that they need."""

    executor: Executor
    workers: int

    def bring(self, work: Callable[[Any, Any], Any], job: Any) -> Future[Any]:
        """Submit one job, with all that it needs."""
        ...

    def is_crash(self, fault: BaseException) -> bool:
        """Whether a fault means that a worker ended, not that the work failed."""
        ...

    def end(self) -> None:
        """Cancel what is not done."""
        ...


class Workers(Generic[W]):
    """A pool of processes for one worker context, started when first needed and ended with the block."""

    def __init__(self, worker: W, jobs: int, cluster: Cluster | None = None) -> None:
        self.worker = worker
        self.jobs = jobs
        self.cluster = cluster
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers[W]:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.end(at_once=kind is not None)

    def end(self, *, at_once: bool = False) -> None:
        """End the pool and the cluster's jobs; ``at_once`` does not wait for work in hand."""
        if self.cluster is not None:
            self.cluster.end()
        self.renew(at_once=at_once)

    def renew(self, *, at_once: bool = True) -> None:
        """End the processes: those that are started next know what the context has become."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if at_once:
            for process in list((pool._processes or {}).values()):
                process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)

    def share(
        self,
        work: Callable[[W, J], R],
        jobs: Sequence[J],
        *,
        here: bool = False,
        pack: Callable[[J], J] | None = None,
    ) -> Iterator[tuple[int, R | Crash]]:
        """The index and result of each job, as they are done: a Crash if its worker ended.

        ``jobs`` may grow meanwhile. ``here`` keeps the work off a cluster; ``pack`` makes a job
        ready for the way to one when its turn comes.
        """
        if self.cluster is not None and not here:
            bring = self.cluster.bring
            give = lambda job: bring(work, pack(job) if pack else job)  # noqa: E731 - the one line that differs
            yield from self._in_turn(jobs, give, self.cluster.workers)
        elif self.has_no_pool_for(jobs):
            for index, job in enumerate(jobs):
                with undisturbed():
                    result = work(self.worker, job)
                yield index, result
        else:
            yield from self._by_processes(work, jobs)

    def has_no_pool_for(self, jobs: Sequence[Any]) -> bool:
        """Whether so many jobs are done in this process, one after the other, unless a cluster does them."""
        return self.jobs < 2 or len(jobs) < _FEWEST_FOR_A_POOL

    def _by_processes(self, work: Callable[[W, J], R], jobs: Sequence[J]) -> Iterator[tuple[int, R | Crash]]:
        done: set[int] = set()
        try:
            for index, result in self._in_turn(jobs, lambda job: self._ready().submit(_work, work, job), self.jobs):
                done.add(index)
                yield index, result
        except BrokenProcessPool:
            # One job ended its worker, and with it all others: done one by one, they show which it was.
            self.end(at_once=True)
            for index, job in enumerate(jobs):
                if index not in done:
                    yield index, self._alone(work, job)

    def _in_turn(
        self, jobs: Sequence[J], give: Callable[[J], Future[R]], workers: int
    ) -> Iterator[tuple[int, R | Crash]]:
        out: dict[Future[R], int] = {}
        given = 0
        while True:
            while len(out) < workers * _WAITING_A_WORKER and given < len(jobs):
                out[give(jobs[given])] = given
                given += 1
            if not out:
                return
            for future in wait(out, return_when=FIRST_COMPLETED).done:
                came = self._result(future)
                yield out.pop(future), came

    def _result(self, future: Future[R]) -> R | Crash:
        try:
            return future.result()
        except Exception as fault:  # only a cluster knows its own faults; any other is raised
            if self.cluster is None or not self.cluster.is_crash(fault):
                raise
            return Crash()

    def _ready(self) -> ProcessPoolExecutor:
        global _worker_of_processes  # noqa: PLW0603 - what a copy of this process finds when it starts
        if self._pool is None:
            _worker_of_processes = self.worker
            self._pool = ProcessPoolExecutor(
                self.jobs, multiprocessing.get_context("fork"), initializer=begin_worker, initargs=(os.getpid(),)
            )
        return self._pool

    def _alone(self, work: Callable[[W, J], R], job: J) -> R | Crash:
        try:
            return self._ready().submit(_work, work, job).result()
        except BrokenProcessPool:
            self.end(at_once=True)
            return Crash()


_worker_of_processes: Any = None
_jobs_done = 0


@contextmanager
def undisturbed() -> Iterator[None]:
    """Collect garbage rarely, and only among new objects.

    Work that makes a million objects would spend an eighth of its time on collection; without any,
    what a parser leaves behind of ten thousand entries is half a gigabyte.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_NEW_BEFORE_A_LOOK, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def begin_worker(parent: int) -> None:
    """Leave interrupts to the parent process, which then ends this one: no half-written file may stay.

    A parent that is killed ends nobody, so a worker ends by itself when its parent is gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    gc.freeze()  # what was there before is not garbage, and its memory stays shared
    gc.disable()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    end_with_parent()  # also while a library works and no other thread gets its turn
    if os.getppid() != parent:
        os._exit(1)


def _end_with(parent: int) -> None:
    """End this process when the parent is gone."""
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    abandon_unfinished()
    os._exit(1)


def _end(number: int, frame: FrameType | None) -> None:
    abandon_unfinished()
    os._exit(128 + number)


def _work(work: Callable[[Any, J], R], job: J) -> R:
    global _jobs_done  # noqa: PLW0603 - a worker's own count
    assert _worker_of_processes is not None
    result = work(_worker_of_processes, job)
    _jobs_done += 1
    if _jobs_done % JOBS_BETWEEN_CLEARINGS == 0:
        gc.collect()
    return result
