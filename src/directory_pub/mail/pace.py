"""When to go on: an even rate, a longer wait after each refusal, and a stop when a person asks for one."""

from __future__ import annotations

import random
import re
import signal
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

from msgspec import Struct

__all__ = ["Pace", "Patience", "Stop", "StopAskedError", "parse_rate"]

_RATE = re.compile(r"([1-9][0-9]{0,5})/(s|min|h)")
_SECONDS = {"s": 1, "min": 60, "h": 3600}
_SLICE_S = 0.2  # how soon a stop is noticed while waiting


class StopAskedError(Exception):
    """A person asked to stop before the mail in hand was sealed."""


class Stop:
    """The first Ctrl-C asks to stop after the mail in hand; the second breaks off."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self.asked = False
        self._tell = tell
        self._before: Any = None

    def __enter__(self) -> Stop:
        self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        self._tell()

    def sleep_until(self, time_s: float, now: Callable[[], float] = time.time) -> None:
        """Wait; returns early when a stop is asked for."""
        while not self.asked and (left := time_s - now()) > 0:
            time.sleep(min(left, _SLICE_S))


def parse_rate(text: str) -> float | None:
    """The seconds between two mails of '30/min', '2/s' or '500/h'; None if it is none of these."""
    match = _RATE.fullmatch(text)
    return _SECONDS[match[2]] / int(match[1]) if match else None


class Pace(Struct, kw_only=True):
    """Spaces mails evenly, whatever connection they go over; after a pause nothing is caught up on."""

    interval_s: float = 0
    _next_s: float = 0

    def wait(self, stop: Stop) -> None:
        """Wait for the next place in the row."""
        # The monotonic clock: the wall clock may be put back while the program runs.
        stop.sleep_until(self._next_s, time.monotonic)
        self._next_s = max(self._next_s, time.monotonic()) + self.interval_s


class Patience(Struct, frozen=True, kw_only=True):
    """How often a mail, or the server itself, is tried in one run, and how long the waits between grow."""

    tries: int = 4
    first_s: float = 60
    longest_s: float = 900

    def delay_s(self, tries: int) -> float:
        """The wait after so many tries; up to a third off at random, so that many programs do not come at once."""
        return min(self.longest_s, self.first_s * 2.0 ** (tries - 1)) * random.uniform(0.67, 1)
