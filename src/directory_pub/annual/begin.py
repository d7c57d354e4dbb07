"""Begin next year's edition from this year's: a copy of all that is the edition's own, with the new year where
it is surely the edition's."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from directory_pub.annual.carry import Carried, carry_sheet
from directory_pub.annual.last_year import Mention, mentions_in, year_in
from directory_pub.annual.typed_yaml import cut_field, typed_values
from directory_pub.findings import Finding, Place, Severity, error
from directory_pub.read import read_edition
from directory_pub.read.files import MAIL, is_built, is_left_over
from directory_pub.read.sources import Sources
from directory_pub.storage.enclosure import Refused, list_files, open_file
from directory_pub.storage.files import unfinished_folder
from directory_pub.storage.temporary import clear_left

__all__ = ["Begun", "NotBegun", "begin_edition", "year_in"]

_SHEET = "edition.yaml"
_CONFIRMED = "confirmed"
_KEPT_HIDDEN = (".gitignore", ".gitattributes", ".editorconfig", ".schema")
_BUILD = "build"
_RECORDS = re.compile(r"\.sqlite(-\w+)?$|\.lock$|\.failures\.csv$|\.eml$")
_SQLITE = b"SQLite format 3\0"


class NotBegun(Exception):  # noqa: N818 # what has become of it
    """Nothing was made, for what the findings say of the edition to begin from."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)
        self.findings = findings


class Begun(Struct, frozen=True):
    """An edition that was begun: how many ``files`` and entries it has.

    ``carried`` are the fields that have the new year, ``mentions`` what may be last year's and was left as it is,
    ``left`` what was not copied: builds, and records of mail that was sent.
    """

    files: int
    entries: int
    carried: tuple[Carried, ...]
    mentions: tuple[Mention, ...]
    left: tuple[str, ...]


def begin_edition(source: Path, goal: Path, root: Path, today: date) -> Begun:
    """Copy the edition in ``source``, of the project at ``root``, to ``goal``, whole or not at all.

    The name of ``goal`` has a year in it. Raises NotBegun where a file of the edition cannot be read or nobody knows
    which year it is of, FileExistsError where ``goal`` is there, and CannotWriteError.
    """
    source, root = source.resolve(), root.resolve()
    sheet = _read_sheet(source, root)
    old, new = year_in(sheet.get("year", "")) or year_in(source.name), year_in(goal.name)
    if old is None or new is None:
        place = Place(file=Sources(root, source).name(source / _SHEET), field="year")
        raise NotBegun([error("key-missing", place, "has no year.", "Add the edition's year, as in 'year: 2027'.")])
    paths, left = _choose(source, root)
    if os.path.lexists(goal):
        raise FileExistsError(goal)
    goal.parent.mkdir(parents=True, exist_ok=True)
    clear_left(goal.parent)
    with unfinished_folder(goal.parent) as working:
        made = working / "edition"
        made.mkdir()
        for path in paths:
            _copy(path, made / path.relative_to(source), source, root)
        carried = _rewrite_sheet(made / _SHEET, old, new, today)
        _unconfirm(made.rglob("*.md"))
        copies = [made / path.relative_to(source) for path in paths]
        mentions = [*_same_key(made / _SHEET, sheet.get("key", ""))]
        if old != new:
            mentions += mentions_in(made, copies, old)
        if os.path.lexists(goal):
            raise FileExistsError(goal)
        made.rename(goal)
    return Begun(len(paths), _count_entries(source, root), carried, tuple(mentions), left)


def _count_entries(source: Path, root: Path) -> int:
    """How many entries an edition has, be they listed, all of a folder or rows of a table."""
    edition, _ = read_edition(source, root)
    return len(edition.entries) if edition else 0


def _read_sheet(source: Path, root: Path) -> dict[str, str]:
    """The values of edition.yaml by their paths; raises NotBegun."""
    sources, path = Sources(root, source), source / _SHEET
    text = sources.text(path)
    if text is None or sources.document(text, path) is None:
        empty = error("key-missing", Place(file=sources.name(path)), "is empty.", "Write an edition first.")
        raise NotBegun([each for each in sources.findings if each.severity is Severity.ERROR] or [empty])
    return {typed.path: typed.value for typed in typed_values(text)}


# -------------------------------------------------------------------- what is copied
def _choose(source: Path, root: Path) -> tuple[list[Path], tuple[str, ...]]:
    """The files to copy, and the names of what is left."""
    chosen, left = [], dict[str, None]()
    for path in list_files(source, root, source):
        below = path.relative_to(source)
        if any(is_left_over(part) and part not in _KEPT_HIDDEN for part in below.parts):
            continue
        if built := next(_builds_above(below, source), None):
            left[f"{built.as_posix()}/"] = None
        elif below.parts[0] == MAIL and _is_record(path):
            left[below.as_posix()] = None
        else:
            chosen.append(path)
    findings = [finding for path in chosen if (finding := _check(path, source, root))]
    if findings:
        raise NotBegun(findings)
    return chosen, tuple(left)


def _builds_above(below: Path, source: Path) -> Iterator[Path]:
    """The folders that a file lies in and that a build writes into."""
    folders = list(below.parents)[-2::-1]  # from the top, without the edition's own
    yield from (folder for folder in folders if folder.as_posix() == _BUILD or is_built(source / folder))


def _is_record(path: Path) -> bool:
    """Whether a file says to whom mail was sent, by its name or, of a ledger with a name of its own, its content."""
    if _RECORDS.search(path.name):
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False  # it is told of when it is to be copied


def _check(path: Path, source: Path, root: Path) -> Finding | None:
    try:
        open_file(path, root, source).close()
    except Refused as refused:
        return refused.finding
    return None


def _copy(path: Path, copy: Path, source: Path, root: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    with open_file(path, root, source) as file, copy.open("xb") as written:
        shutil.copyfileobj(file, written)


# -------------------------------------------------------------------- what is changed in the copy
def _rewrite_sheet(sheet: Path, old: str, new: str, today: date) -> tuple[Carried, ...]:
    text, carried = carry_sheet(sheet.read_bytes().decode(), old, new, today.isoformat())
    sheet.write_bytes(text.encode())
    return carried


def _unconfirm(texts: Iterable[Path]) -> None:
    """Take last year's confirmations out: even one of today is not of this edition."""
    for path in texts:
        content = path.read_bytes()
        if _CONFIRMED.encode() in content:
            with contextlib.suppress(UnicodeDecodeError):  # a build tells of it
                path.write_bytes(cut_field(content.decode(), _CONFIRMED).encode())


def _same_key(sheet: Path, old_key: str) -> Iterator[Mention]:
    """The key, where it is last year's: its year is carried on only where it has one."""
    text = sheet.read_bytes().decode()
    for typed in typed_values(text):
        if typed.path == "key" and typed.value == old_key:
            message = f"key: {old_key}: editions with one key cannot be built into one folder"
            yield Mention(_SHEET, text.count("\n", 0, typed.start) + 1, message)
