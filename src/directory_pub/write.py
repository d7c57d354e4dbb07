"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["abandon_unfinished", "put_in_place", "unfinished", "write_whole"]


_unfinished: set[Path] = set()


def write_whole(path: Path, content: bytes, *, durable: bool = True) -> Path:
    """Write under a temporary name beside ``path``, then rename: a crash leaves no half file.

    What is not ``durable`` may be lost with the machine's power, for it can be made again.
    """
    with unfinished(path) as temporary:
        temporary.write_bytes(content)
        return put_in_place(temporary, path, durable=durable)


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """An empty file beside ``path`` to write into; it is gone behind the block if it was not put in place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    _unfinished.add(temporary)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
        _unfinished.discard(temporary)


def abandon_unfinished() -> None:
    """Take away what this process has begun to write; for one that is about to end at once."""
    for path in list(_unfinished):
        path.unlink(missing_ok=True)


def put_in_place(temporary: Path, path: Path, *, durable: bool = True) -> Path:
    """Give a written file its name; what had it before is gone."""
    if durable:
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
    temporary.chmod(0o644)
    temporary.replace(path)
    return path
