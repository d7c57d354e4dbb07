"""The preview as somebody uses it: the real command on a copy of the project, and a browser that looks at it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Page

from directory_pub.build import BuildResult
from program import HEARING, wait_until
from project import ROOT, copy_project

_NOT_PASSED_ON = ("DISPLAY", "WAYLAND_DISPLAY", "FONTCONFIG_FILE")
__all__ = ["CHROMIUM", "Open", "Previewed", "begun", "previewing", "told_by"]

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

Open = Callable[..., Page]
"""Opens an address in a tab of its own."""


class Previewed:
    """A preview that runs: its edition's folder, where its page is, and what it has said so far."""

    def __init__(self, edition: Path, process: subprocess.Popen[str], log: Path) -> None:
        self.edition, self.process, self._log = edition, process, log
        self._root = edition.parent.parent
        self._before: dict[Path, bytes] = {}

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8")

    @property
    def url(self) -> str:
        return wait_until(lambda: re.search(r"http://[\d.:]+/", self.said), lambda: self.said)[0]

    def wait_for_build(self) -> None:
        wait_until(lambda: "Watching" in self.said, lambda: self.said)

    def replace(self, file: str, old: str, new: str) -> None:
        """Save a file of the project with other words in it."""
        path = self.keep(file)
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def keep(self, file: str) -> Path:
        """A file of the edition, or of its project, that a test is about to change."""
        path = next(path for path in (self.edition / file, self._root / file) if path.exists())
        self._before.setdefault(path, path.read_bytes())
        return path

    def state(self) -> dict[str, Any]:
        """What the page is told of."""
        return told_by(self.url)["state"]

    def give_back(self) -> None:
        """Put back what was changed, and wait for the book as it was."""
        if not self._before:
            return
        for path, content in self._before.items():
            path.write_bytes(content)
        built = self.said.count("Built in")
        wait_until(lambda: self.said.count("Built in") > built, lambda: self.said)
        saved = len(self._before)
        self._before.clear()
        wait_until(lambda: saved and not self.state()["withheld"], lambda: self.said)

    def interrupt(self) -> int:
        """Ctrl-C, and what the command leaves with."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


def told_by(url: str) -> dict[str, Any]:
    """What a page hears first that opens there: all that is shown."""
    with urlopen(f"{url}events", timeout=60) as stream:
        told: dict[str, Any] = json.loads(stream.readline().removeprefix(b"data: "))
    return told


def begun(folder: Path, harbour: BuildResult) -> Path:
    """A project to write in, and the pieces that its book was built of: its edition's folder."""
    edition = copy_project(folder / "project")
    kept = harbour.files["email"].parent.parent / "kept"
    shutil.copytree(kept, folder / "cache" / "directory-pub" / "pieces")
    return edition


@contextmanager
def previewing(edition: Path, folder: Path, *words: str) -> Iterator[Previewed]:
    """The command, until the block ends; cache, settings and temporary files are below the folder."""
    for name in ("cache", "config", "tmp"):
        (folder / name).mkdir(exist_ok=True)
    environment = {
        # Without a screen, and without the fonts that the engine has hidden from this process.
        **{name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON},
        "PYTHONPATH": str(ROOT / "src"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "TMPDIR": str(folder / "tmp"),
        "COLUMNS": "200",
    }
    command = [sys.executable, "-c", HEARING, "preview", str(edition), "--port", "0", "--jobs", "1", *words]
    log = folder / "said"
    with (
        log.open("w", encoding="utf-8") as said,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT, text=True) as run,
    ):
        try:
            yield Previewed(edition, run, log)
        finally:
            run.kill()
