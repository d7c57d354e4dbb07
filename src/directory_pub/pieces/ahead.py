"""Work that is done ahead, while nothing else is to be done."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.process import BaseProcess

from directory_pub.pieces.workers import JOBS_BETWEEN_CLEARINGS, begin_worker

__all__ = ["WorkAhead"]

_ENDING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
_NICE = 10  # whoever looks at pages meanwhile comes first


class WorkAhead:
    """Work ahead in a process of its own: a step may take longer than anybody should wait for a save to be heard."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None

    def begin(self, steps: Iterator[None]) -> None:
        """Do these steps, as many as there is time for; none where the system gives no process."""
        self.end()
        process = multiprocessing.get_context("fork").Process(target=_work, args=(steps, os.getpid()), daemon=True)
        # A signal that comes while it starts is heard when it knows what to do with it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        try:
            with suppress(OSError):
                process.start()
                self._process = process
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

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
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    os.nice(_NICE)
    with suppress(Exception):  # a build that needs it tells of what could not be done
        for count, _ in enumerate(steps, 1):
            if count % JOBS_BETWEEN_CLEARINGS == 0:
                gc.collect()
