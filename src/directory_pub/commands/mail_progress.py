"""What ``mail`` says while a long list takes its time; of a short one it says nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

__all__ = ["tell_count", "tell_reading"]

_AT_ONCE = 10_000  # rows: a second or two
_LONG_BYTES = 200_000  # of a list, packed or not: nobody waits a second for a shorter one


def tell_reading(list_file: Path) -> Callable[[int], None]:
    """Say at once that a long list is read; what comes back hears how many rows are."""
    if list_file.is_file() and list_file.stat().st_size > _LONG_BYTES:
        typer.echo(f"Reading {list_file}.", err=True)

    def tell(count: int) -> None:
        if count % _AT_ONCE == 0:
            typer.echo(f"Read {count} rows.", err=True)

    return tell


def tell_count(done: str, total: int, what: str) -> Callable[[int], None]:
    """What hears how many of a long list are, say, 'Checked', and says so now and then."""

    def tell(count: int) -> None:
        if count % _AT_ONCE == 0 and total > _AT_ONCE:
            typer.echo(f"{done} {count} of {total} {what}.", err=True)

    return tell
