"""The process that shows the book, and what it is told by the one that builds.

Two processes, because the library that draws pages takes one caller at a time, and a build forks: neither waits for
the other, and no thread is forked.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from msgspec import Struct

from directory_pub.preview.drawing import Drawer
from directory_pub.preview.editor import Editor
from directory_pub.preview.messages import Message
from directory_pub.preview.server import Desk, Server
from directory_pub.preview.shown import Shown
from directory_pub.storage.processes import end_with_parent

__all__ = ["Link", "Setting", "listen", "showing"]

HOST = "127.0.0.1"


class Setting(Struct, frozen=True, kw_only=True):
    """Of which book pages are shown: its project, the folders whose files are its own, and what opens them."""

    root: Path
    folders: tuple[Path, ...]
    editor: Editor | None = None


class Link:
    """The way to the process that shows. Files that it is told of lie in ``folder``, and are removed by it."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._count = 0

    def tell(self, message: Message) -> None:
        """Tell of something; one that has ended hears no more."""
        with contextlib.suppress(BrokenPipeError):
            self._connection.send(message)

    def keep(self, file: Path) -> Path:
        """A copy of a file, which the builds to come do not touch."""
        self._count += 1
        return Path(shutil.copyfile(file, self._folder / f"{self._count}.pdf"))


def listen(port: int) -> socket.socket:
    """A socket on this machine alone; port 0 is any that is free. Raises OSError where the port is taken."""
    listening = socket.create_server((HOST, port), backlog=64)
    listening.set_inheritable(False)
    return listening


@contextlib.contextmanager
def showing(listening: socket.socket, setting: Setting) -> Iterator[Link]:
    """Show what is told, to whoever comes to the socket, until the end of the block."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        process = context.Process(target=_show, args=(here, listening, setting, os.getpid()), daemon=True)
        process.start()
        here.close()
        listening.close()
        try:
            yield Link(there, Path(folder))
        finally:
            there.close()
            process.terminate()
            process.join()


def _show(told: Connection, listening: socket.socket, setting: Setting, parent: int) -> None:
    """Show until there is nobody any more who tells; Ctrl-C is for the one who does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    end_with_parent()
    if os.getppid() != parent:
        return
    shown = Shown(Drawer(), has_editor=setting.editor is not None)
    server = Server(listening, Desk(shown, setting.root, setting.folders, setting.editor))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with contextlib.suppress(EOFError):
        while True:
            shown.hear(told.recv())
