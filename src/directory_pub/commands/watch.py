"""Watch what a book is made of, and build at every save: an edition's folder and its theme's layouts, sheets, icons,
faces and printers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import watchfiles
from rich.console import Console
from rich.markup import escape

from directory_pub.edition.theme import PARTS, find_root, folders_of_themes
from directory_pub.pieces import WorkAhead
from directory_pub.read.files import is_left_over

if TYPE_CHECKING:
    from directory_pub.build import BuildResult  # takes a moment, which --help must not wait for

__all__ = ["BuildOnce", "begin_to_watch", "build_at_saves", "saved_files"]

_LISTEN_MS = 100
_TOGETHER_MS = 15  # what is written with less between comes as one save
BuildOnce = Callable[[Sequence[Path]], "tuple[BuildResult, float | None]"]
"""Builds for the files of a save: the result, and when the email file was on disk, as a draft at first."""


def begin_to_watch(edition: Path, output: Path) -> Iterator[list[Path]]:
    """The saves from now on: one that comes while the first build runs is not missed."""
    saves = saved_files(edition.resolve(), output.resolve())
    next(saves)
    return saves


def build_at_saves(build_once: BuildOnce, saves: Iterator[list[Path]], edition: Path, ahead: Iterator[None]) -> None:
    """Build again whenever something is saved, with the engine warm; ends with KeyboardInterrupt.

    While nothing is saved, work is done ``ahead``.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(f"Watching {escape(str(edition))} and its theme. Ctrl-C ends it.")
    idle = WorkAhead()
    idle.begin(ahead)
    try:
        for saved in filter(None, saves):
            began = time.perf_counter()
            idle.stop()
            console.print(f"[bold]Saved[/]: {escape(', '.join(map(str, saved)))}")
            result, on_disk = build_once(saved)
            came = ""
            if result.failed:
                came = "; the files were withheld"
            elif on_disk:
                came = f"; the email PDF was on disk after {on_disk - began:.2f} s"
            console.print(f"Built in {time.perf_counter() - began:.2f} s{came}.")
            idle.begin(result.ahead)
    finally:
        idle.end()


def saved_files(edition: Path, output: Path) -> Iterator[list[Path]]:
    """The files of each save, those that come together as one; ends with KeyboardInterrupt.

    Empty where nothing was saved for a moment. From the first on no save is missed, also not while a
    build is running. What programs write on the way (hidden and backup files, the locks of office
    programs) is passed over, and what builds write into ``output``.
    """
    root = find_root(edition)
    parts = (base / part for base in folders_of_themes(root) for part in PARTS)
    folders = dict.fromkeys((edition, *(part for part in parts if part.is_dir())))
    for changes in watchfiles.watch(*folders, step=_TOGETHER_MS, rust_timeout=_LISTEN_MS, yield_on_timeout=True):
        saved = (path for _, name in changes if not (path := Path(name)).is_relative_to(output))
        paths = sorted(path for path in saved if not is_left_over(path.name))
        if paths or not changes:
            yield [path.relative_to(root) if path.is_relative_to(root) else path for path in dict.fromkeys(paths)]
    raise KeyboardInterrupt  # the library ends quietly where it was interrupted
