"""failures.csv: who did not get the mail and what the server said, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from directory_pub.mail.ledger import Entry, State
from directory_pub.write import write_whole

__all__ = ["failures_path", "write_failures"]

_COLUMNS = ("row", "email", "name", "step", "code", "answer")


def failures_path(ledger: Path) -> Path:
    """Beside the ledger, with the list's name: two lists in one folder keep theirs apart."""
    return ledger.with_name(f"{ledger.name.removesuffix('.sqlite').removesuffix('.ledger')}.failures.csv")


def write_failures(path: Path, entries: Iterable[Entry]) -> None:
    """Write those that failed, whole or not at all; with none, a file of an earlier run is removed."""
    failed = [entry for entry in entries if entry.state is State.FAILED]
    if not failed:
        path.unlink(missing_ok=True)
        return
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(_COLUMNS)
    for entry in failed:
        cells = (entry.row, entry.address, entry.name, entry.step, entry.code or "", entry.answer)
        table.writerow([_harmless(str(cell)) for cell in cells])
    write_whole(path, file.getvalue().encode("utf-8-sig"))  # without the mark, Excel reads Łódź as ÅÃ³dÅº


def _harmless(cell: str) -> str:
    """A spreadsheet runs a cell that begins with one of these; an apostrophe before it makes it text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
