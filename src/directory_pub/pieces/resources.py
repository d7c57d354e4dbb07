"""What a book is made with; none of it changes a byte of the files."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from directory_pub.storage.store import Store

__all__ = ["Resources"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """So many processes, or a cluster's address, and a folder that keeps pieces."""

    jobs: int = 1
    cache: Path | None = None
    cluster: str | None = None

    def store(self) -> Store:
        """What earlier builds left; one for a folder, so that it has things at hand for this process's next build."""
        return _store_in(self.cache) if self.cache else Store()

    def forget(self) -> None:
        """Throw away all that earlier builds left."""
        if self.cache:
            _store_in(self.cache).forget()


_store_in = functools.lru_cache(maxsize=2)(Store)
