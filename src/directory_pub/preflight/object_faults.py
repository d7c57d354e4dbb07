"""What is wrong with an object or a content stream, wherever on the page it is drawn."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Fault", "Faults"]


class Fault(NamedTuple):
    """A rule broken; ``measured`` is the key, the operator or the value that breaks it."""

    rule: str
    message: str
    remedy: str
    measured: str


Faults = dict[str, Fault]
"""The first fault of each rule."""
