"""Where a list's ledger is, and when one that is not there may be begun.

A list without a ledger is a new list, and everybody on it gets the mail. So a ledger that was lost, or a list that
is known by another name, must not look like one.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from directory_pub.mail.failures import failures_path
from directory_pub.mail.ledger import Ledger, LedgerError, State
from directory_pub.mail.lock import lock_path

__all__ = ["check_new_list", "check_not_emptied", "check_not_lost", "find_ledger"]

_SUFFIX = ".ledger.sqlite"


def find_ledger(list_file: Path, named: Path | None) -> Path:
    """The ledger's own place, whatever name or link leads to it or to the list.

    Beside the list and not in build/: after 'make clean' everybody would get the mail again.
    """
    return _real(named) if named else _real(_beside(_real(list_file)))


def _beside(list_file: Path) -> Path:
    return list_file.with_name(f"{list_file.stem}{_SUFFIX}")


def _real(path: Path) -> Path:
    """The path without links; as it was given where there are none."""
    real = os.path.realpath(path)
    return path if real == os.path.abspath(path) else Path(real)


def check_not_lost(ledger: Path, *, new_lock: bool = False) -> None:
    """Raise LedgerError where something beside a ledger that is not there says that there was one.

    ``new_lock`` where the lock beside it is this run's own.
    """
    if ledger.exists() and not ledger.is_file():
        raise LedgerError(f"the ledger {ledger} is no file.", "Move it away, or name the ledger with --ledger FILE.")
    if ledger.exists():
        return
    signs = [failures_path(ledger)] if new_lock else [failures_path(ledger), lock_path(ledger)]
    traces = [path for path in signs if path.exists()]
    if traces:
        named = " and ".join(map(str, traces))
        message = f"the ledger {ledger} is gone; {named} of an earlier run {'is' if len(traces) == 1 else 'are'} there."
        raise LedgerError(message, f"Put the ledger back. If nobody has the mail yet, remove {named}.")


def check_not_emptied(ledger: Ledger) -> None:
    """Raise LedgerError for a ledger with nobody in it where a run has left failures."""
    failures = failures_path(ledger.path)
    if not ledger.campaigns() and failures.exists():
        message = f"the ledger {ledger.path} has nobody in it, and {failures} of an earlier run is there."
        raise LedgerError(
            message, f"Put a copy of the ledger in its place. If nobody has the mail yet, remove {failures}."
        )


def check_new_list(list_file: Path, ledger: Path, campaign: str, keys: Collection[str]) -> None:
    """Raise LedgerError where the list of a new ledger seems to be one that got this very mail under another name.

    ``keys`` are the mailboxes on the list.
    """
    remedy = "If it is the same list, name its ledger with --ledger FILE; if it is not, name a new file with --ledger."
    for other in _others(list_file, ledger):
        reached, all_reached = _reached(other, campaign, keys)
        if reached * 2 > len(keys) or 0 < reached == all_reached:
            raise LedgerError(f"{reached} of {list_file} have this mail already, says {other}.", remedy)
    if list_file.stat().st_nlink > 1:
        message = f"{list_file} has another name, a hard link, and its ledger may be beside that one."
        raise LedgerError(message, remedy)


def _others(list_file: Path, ledger: Path) -> Iterator[Path]:
    """The ledgers beside the list, and beside a link to it."""
    folders = dict.fromkeys((_real(list_file).parent, list_file.parent))
    for path in (path for folder in folders for path in sorted(folder.glob(f"*{_SUFFIX}"))):
        if path.is_file() and path.stat().st_size and not (ledger.exists() and path.samefile(ledger)):
            yield path


def _reached(path: Path, campaign: str, keys: Collection[str]) -> tuple[int, int]:
    """How many of these mailboxes have a mail of the campaign, or may have, and how many have in all; none of a file
    that is no ledger."""
    try:
        ledger = Ledger(path)
    except LedgerError:
        return 0, 0
    try:
        have = [key for key, state in ledger.states(campaign) if state in {State.SENT, State.UNKNOWN}]
        return sum(key in keys for key in have), len(have)
    finally:
        ledger.close()
