"""Which entries nobody has confirmed since the edition was begun from an earlier one."""

from __future__ import annotations

from collections.abc import Iterator

from directory_pub.edition.model import Edition
from directory_pub.findings import Finding, note

__all__ = ["proofread_confirmations"]


def proofread_confirmations(edition: Edition) -> Iterator[Finding]:
    """A note of each entry without a date of confirmation, or with one of before the edition; none where nobody asks.

    Dates are compared as they are written: year, month and day.
    """
    since = edition.confirm_since
    if since is None:
        return
    remedy = (
        f"Ask whether it still holds; then write the day of the answer among its fields, as in 'confirmed: {since}'."
    )
    for entry in edition.entries:
        if entry.confirmed is None and "confirmed" in entry.places:
            continue  # blank or no date: it has a finding of its own
        if entry.confirmed is None:
            message = f"“{entry.name}” is not confirmed for this edition."
        elif entry.confirmed < since:
            message = f"“{entry.name}” was confirmed before this edition was begun on {since}: {entry.confirmed}."
        else:
            continue
        yield note("entry-unconfirmed", entry.place_of("confirmed"), message, remedy)
