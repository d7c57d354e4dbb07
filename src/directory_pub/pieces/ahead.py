"""Work that is done ahead, while nothing else is to be done."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.process import BaseProcess

from directory_pub.pieces.workers import JOBS_BETWEEN_CLEARINGS, begin_worker

__all__ = ["WorkAhead"]

_NICE = 10  # whoever looks at pages meanwhile comes first


class WorkAhead:
    """Work ahead in a process of its own: a step may take longer than anybody should wait for a save to be heard."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None

    def begin(self, steps: Iterator[None]) -> None:
        """Do these steps, as many as there is time for; none where the system gives no process."""
        self.end()
        process = multiprocessing.get_context("fork").Process(target=_work, args=(steps, os.getpid()), daemon=True)
        with suppress(OSError):
            process.start()
            self._process = process

    def stop(self) -> None:
        """Do no more of them; the step in hand is left, and what it has begun to write is removed."""
        if self._process is not None:
            self._process.terminate()

    def end(self) -> None:
        """Do no more of them, and wait until nothing of it runs."""
        self.stop()
        if self._process is not None:
            self._process.join()
            self._process = None


def _work(steps: Iterator[None], parent: int) -> None:
    begin_worker(parent)
    os.nice(_NICE)
    with suppress(Exception):  # a build that needs it tells of what could not be done
        for count, _ in enumerate(steps, 1):
            if count % JOBS_BETWEEN_CLEARINGS == 0:
                gc.collect()
