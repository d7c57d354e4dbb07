"""What a book is made with; none of it changes a byte of the files."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from directory_pub.memo import Memo
from directory_pub.pieces.cache import PieceCache
from directory_pub.storage.private_folder import PrivateFolder

__all__ = ["Resources"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """So many processes, or a cluster's address, and a folder that keeps pieces."""

    jobs: int = 1
    cache: Path | None = None
    cluster: str | None = None

    def memo(self) -> Memo:
        """What earlier builds found out, where a folder keeps it."""
        return _memo_in(self.cache) if self.cache else Memo()

    def pieces(self, book: str) -> PieceCache:
        """Where the pieces of a book are kept."""
        return _pieces_in(self.cache, book) if self.cache else PieceCache(None, book)

    def forget(self) -> None:
        """Throw away all that is kept."""
        if self.cache:
            folder = PrivateFolder(self.cache)
            for name in ["memo", *(name for name, _ in folder.files())]:
                folder.remove(name)
        _memo_in.cache_clear()
        _pieces_in.cache_clear()


# One of each for a folder, so that what it has is at hand for the next build of this process.
@functools.lru_cache(maxsize=2)
def _memo_in(folder: Path) -> Memo:
    return Memo(folder / "memo")


@functools.lru_cache(maxsize=2)
def _pieces_in(folder: Path, book: str) -> PieceCache:
    return PieceCache(folder, book)
