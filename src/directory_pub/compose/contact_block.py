"""A contact block: below the text in two columns, where a leaf has no side column and two do; beside it a little
smaller, where that keeps the names of its addresses whole.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from msgspec import Struct

from directory_pub.compose.lines import Line
from directory_pub.edition.contact_table import ContactRow

__all__ = ["SHARES", "ContactBlock", "arrange_block", "count_parted"]

SHARES = (1.0, 0.97, 0.94)
"""Of its size in which a block is set: all its rows alike, and no smaller than a reader would not notice."""


class ContactBlock(Struct, frozen=True):
    """The rows of a contact block by column, and the text style that they are set in."""

    columns: tuple[tuple[ContactRow, ...], ...]
    style: str


def arrange_block(
    rows: Sequence[ContactRow], half: Sequence[Sequence[Line]], whole: Sequence[Sequence[Line]]
) -> ContactBlock:
    """Two columns of rows as even as they can be, each filled before the next; one where two would save no line.

    ``half`` and ``whole`` are the rows' lines in the style ``contact``, for half the main column, and in
    ``contact-main``. An address is broken in half a column only if it is in a whole one.
    """
    heights = [len(lines) for lines in half]
    at = min(range(len(rows) + 1), key=lambda at: (max(sum(heights[:at]), sum(heights[at:])), -at))
    saves = max(sum(heights[:at]), sum(heights[at:])) < sum(len(lines) for lines in whole)
    if saves and _broken(half) <= _broken(whole):
        return ContactBlock((tuple(rows[:at]), tuple(rows[at:])), "contact")
    return ContactBlock((tuple(rows),), "contact-main")


def _broken(rows: Sequence[Sequence[Line]]) -> int:
    """How many lines end inside a word."""
    return sum(line.joined for lines in rows for line in lines)


def count_parted(rows: Sequence[Sequence[Line]]) -> int:
    """How many lines end inside a label of an address: between two letters, where no line should."""
    pairs = (pair for lines in rows for pair in itertools.pairwise(lines))
    return sum(one.joined and one.text[-1:].isalnum() and other.text[:1].isalnum() for one, other in pairs)
