"""Watch what this process opens and whom it calls: every open and every socket, whoever asks for them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Seen", "watching"]


@dataclass
class Seen:
    """The files below a folder that were opened, and the calls that were made."""

    folder: str
    opened: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)


_watch: list[Seen] = []


def _hear(event: str, told: tuple[object, ...]) -> None:
    if not _watch:
        return
    if event == "open" and isinstance(told[0], str | bytes | os.PathLike):
        path = os.path.realpath(os.fsdecode(told[0]))
        if path.startswith(_watch[-1].folder) and not os.path.isdir(path):
            _watch[-1].opened.append(path)
    elif event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        _watch[-1].called.append(f"{event} {told}")


sys.addaudithook(_hear)  # which cannot be taken away again: it hears nothing where nobody watches


@contextmanager
def watching(folder: Path) -> Iterator[Seen]:
    """Hear of all that is opened below a folder, and of all calls to a network."""
    seen = Seen(os.path.realpath(folder) + os.sep)
    _watch.append(seen)
    try:
        yield seen
    finally:
        _watch.pop()
