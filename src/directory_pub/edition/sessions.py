"""The sessions of a programme that a person speaks in, as they stand below the person's name."""

from __future__ import annotations

from msgspec import Struct

from directory_pub.findings import Place

__all__ = ["PersonSession"]


class PersonSession(Struct, frozen=True):
    """One of them: the ``words`` that say when it is, such as "Tue 11.30", and the anchor of its ``goal`` in the book.

    ``place`` is where the programme names the person.
    """

    words: str
    goal: str
    place: Place
