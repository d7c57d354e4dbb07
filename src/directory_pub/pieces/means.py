"""What a book is made with; none of it changes a byte of the files."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from directory_pub.memo import Memo

__all__ = ["Means"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """So many processes, or a cluster's address, and a folder that keeps pieces; or ``whole``, as one document."""

    jobs: int = 1
    cache: Path | None = None
    whole: bool = False
    cluster: str | None = None

    def memo(self) -> Memo:
        """What earlier builds found out, where a folder keeps it."""
        return _memo_in(self.cache) if self.cache else Memo()


@functools.lru_cache(maxsize=4)
def _memo_in(folder: Path) -> Memo:
    """One memo a folder, so that it is at hand for the next build of this process."""
    return Memo(folder / "memo")
