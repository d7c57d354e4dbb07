"""Put a new edition into its folder, whole or not at all, and over nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from directory_pub.begin.sample import Wanted, WantedError, draw_up
from directory_pub.read import read_edition
from directory_pub.storage.files import unfinished_folder
from directory_pub.storage.temporary import clear_left

__all__ = ["TakenError", "begin_edition"]

_SHEET = "edition.yaml"
_FEW = 5
_OPTIONS = {"title": "--title", "language": "--language", "trim": "--trim"}
_HOW_TO_WRITE = {"trim": " Here, width and height are written as 170x240."}


class TakenError(Exception):
    """A place where no edition can be begun: what is there, and a ``remedy``."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def begin_edition(folder: Path, wanted: Wanted) -> list[str]:
    """Write a new edition into a folder that is not there or has nothing in it; the names of its files.

    Raises TakenError where something is there, WantedError of what no edition can be, CannotWriteError where
    there is no room or no permission. Then nothing has changed.
    """
    files = draw_up(wanted)
    goal = Path(os.path.realpath(folder))
    is_there = goal.is_dir()
    parent = goal if is_there else goal.parent
    clear_left(parent)
    _check_free(folder, goal)
    with _no_folders_left(parent), unfinished_folder(parent) as passing:
        fresh = passing / "edition"
        _write(fresh, files)
        _check_read(fresh)
        if is_there:
            _move_into(goal, fresh, passing)
        else:
            fresh.rename(goal)
    return list(files)


# -------------------------------------------------------------------- what is there
def _check_free(folder: Path, goal: Path) -> None:
    """Nothing is at the place, and it is in no other edition: its files would be missed there."""
    if goal.is_dir():
        if there := sorted(os.listdir(goal)):
            more = f" and {len(there) - _FEW} more" if len(there) > _FEW else ""
            raise TakenError(
                f"{folder} is not empty: {', '.join(there[:_FEW])}{more}.", "Name a folder that is not there yet."
            )
    elif os.path.lexists(folder):
        what = "a file" if goal.exists() else "a link that leads nowhere"
        raise TakenError(f"{folder} is {what}.", "Name a folder that is not there yet.")
    for above in goal.parents:
        if above.is_file():
            raise TakenError(f"{above} is a file, and no folder can be in it.", "Name another folder.")
        if (above / _SHEET).is_file():
            raise TakenError(f"{folder} would be inside another edition, {above}.", "Name a folder beside it.")


# -------------------------------------------------------------------- write and move
def _write(fresh: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@contextmanager
def _no_folders_left(parent: Path) -> Iterator[None]:
    """Where the block fails, the folders above that it has made are removed."""
    missing = [each for each in (parent, *parent.parents) if not each.exists()]
    try:
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


def _check_read(fresh: Path) -> None:
    """Whoever reads editions finds nothing wrong with this one, or an option is: the reader knows what they can be."""
    _, findings = read_edition(fresh, fresh)
    for finding in findings:
        field = (finding.place.field or "").partition(".")[0]
        written = _HOW_TO_WRITE.get(field, "")
        raise WantedError(f"{_OPTIONS.get(field, finding.place)}: {finding.message}", f"{finding.remedy}{written}")


def _move_into(goal: Path, fresh: Path, passing: Path) -> None:
    """Move all files from a folder within an empty one up into it, or none."""
    there = [name for name in os.listdir(goal) if name != passing.name]
    if there:
        raise TakenError(f"{goal} is not empty any more: {', '.join(sorted(there))}.", "Name another folder.")
    moved: list[Path] = []
    try:
        for path in sorted(fresh.iterdir(), reverse=True):
            path.rename(goal / path.name)
            moved.append(goal / path.name)
    except BaseException:
        for path in moved:
            path.rename(fresh / path.name)
        raise
