"""What a build may use: processes, a cluster, a store. None of it changes a byte of the files."""

from __future__ import annotations

import functools
from pathlib import Path

from msgspec import Struct

from directory_pub.storage.store import Store

__all__ = ["Resources"]


class Resources(Struct, frozen=True, kw_only=True):
    """The number of processes or the address of a cluster, and the store's folder (None: a temporary one)."""

    jobs: int = 1
    cache: Path | None = None
    cluster: str | None = None

    def store(self) -> Store:
        """The store; one for each folder, so that the next build of this process finds what is in memory."""
        return _store_in(self.cache) if self.cache else Store()

    def forget(self) -> None:
        """Empty the store."""
        if self.cache:
            _store_in(self.cache).forget()


_store_in = functools.lru_cache(maxsize=2)(Store)
