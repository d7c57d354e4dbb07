"""One run at a time: a lock that the system lets go of when the program ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType

__all__ = ["LockedError", "RunLock", "lock_path"]


class LockedError(Exception):
    """Another run holds the lock."""


def lock_path(ledger: Path) -> Path:
    """Beside the ledger."""
    return ledger.with_name(f"{ledger.name}.lock")


class RunLock:
    """Held from ``with`` to its end; ``is_new`` where no run was here before.

    The file stays: it says that there is a ledger, or was one.
    It is a file of its own because closing the ledger's would drop the locks that SQLite holds on it.
    """

    def __init__(self, ledger: Path) -> None:
        self._path = lock_path(ledger)
        self._handle = -1
        self.is_new = False
        self._is_kept = False

    def keep(self) -> None:
        """There is a ledger: from here on the file tells of it."""
        self._is_kept = True

    def __enter__(self) -> RunLock:
        while not self._take():
            pass
        return self

    def _take(self) -> bool:
        """Whether the lock is held; not where another run took its file away in between."""
        self.is_new = not self._path.exists()
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise LockedError(str(self._path)) from None
        if not self._path.exists() or not os.path.samestat(os.fstat(handle), self._path.stat()):
            os.close(handle)
            return False
        self._handle = handle
        return True

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_new and not self._is_kept:
            self._path.unlink(missing_ok=True)  # no ledger came of it, and none is to be missed
        os.close(self._handle)
