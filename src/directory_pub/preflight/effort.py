"""What reading a file may take. It is counted, not timed, so that a file gets the same report on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from directory_pub.preflight.faults import Endless

__all__ = ["allow_for", "spend"]

# A step takes one or two microseconds: an operator that paints nothing. Ten seconds go for a thousand pages.
_STEPS_A_PAGE = 4_000
_FEWEST_PAGES = 1_000
_left: ContextVar[list[int] | None] = ContextVar("_left", default=None)


@contextmanager
def allow_for(pages: int) -> Iterator[None]:
    """Within, as much may be spent as a file of so many pages may take."""
    held = _left.set([_STEPS_A_PAGE * max(pages, _FEWEST_PAGES)])
    try:
        yield
    finally:
        _left.reset(held)


def spend(steps: int) -> None:
    """Take some steps of what is left. Raises Endless where nothing is."""
    left = _left.get()
    if left is None:
        return
    left[0] -= steps
    if left[0] < 0:
        raise Endless("there is no end to it; neither the rest of it nor what follows was examined")
