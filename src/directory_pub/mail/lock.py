"""One run at a time: a lock that the system lets go of when the program ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType

__all__ = ["LockedError", "RunLock"]


class LockedError(Exception):
    """Another run holds the lock."""


class RunLock:
    """Held from ``with`` to its end. The file stays: removed, two runs could each lock one of the same name.

    It is a file of its own because closing the ledger's would drop the locks that SQLite holds on it.
    """

    def __init__(self, ledger: Path) -> None:
        self._path = ledger.with_name(f"{ledger.name}.lock")
        self._handle = -1

    def __enter__(self) -> RunLock:
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._handle)
            raise LockedError(str(self._path)) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._handle)
