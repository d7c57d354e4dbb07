"""failures.csv: who did not get the mail and what the server said, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from directory_pub.mail.ledger import Entry, State
from directory_pub.storage.files import write_whole

__all__ = ["add_failure", "failures_path", "write_failures"]

_COLUMNS = ("row", "email", "name", "step", "code", "answer")


def failures_path(ledger: Path) -> Path:
    """Beside the ledger, with the list's name: two lists in one folder keep theirs apart."""
    return ledger.with_name(f"{ledger.name.removesuffix('.sqlite').removesuffix('.ledger')}.failures.csv")


def write_failures(path: Path, entries: Iterable[Entry]) -> None:
    """Write those that failed, whole or not at all; with none, a file of an earlier run is removed."""
    failed = [_cells(entry) for entry in entries if entry.state is State.FAILED]
    if failed:
        write_whole(
            path, _table([_COLUMNS, *failed]).encode("utf-8-sig")
        )  # without the mark, Excel reads Łódź as ÅÃ³dÅº
    else:
        path.unlink(missing_ok=True)


def add_failure(path: Path, entry: Entry) -> None:
    """Add one to the file, which is begun where it is not there: a long list may have many."""
    if path.exists():
        with path.open("ab") as file:
            file.write(_table([_cells(entry)]).encode())
    else:
        write_failures(path, [entry])


def _cells(entry: Entry) -> list[str]:
    cells = (entry.row, entry.address, entry.name, entry.step, entry.code or "", entry.answer)
    return [_harmless(str(cell)) for cell in cells]


def _table(rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet runs a cell that begins with one of these; an apostrophe before it makes it text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
