"""Files of earlier builds in the output folder: of which edition they are, and whether they are up to date.

report.json has a row for each file that a build has made there. A file keeps its name when a later
build fails: people, links and scripts know it by that name. The report, the console and a file
marked PROOF beside it say that it is not of this build.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.model import Edition
from directory_pub.edition.targets import TARGETS
from directory_pub.edition.theme import PARTS, Theme
from directory_pub.findings import Finding, error
from directory_pub.read import edition_files
from directory_pub.storage.enclosure import Refused, check_enclosed
from directory_pub.storage.hashes import file_hash

__all__ = [
    "REPORT",
    "BuiltFile",
    "Source",
    "built_files",
    "check_key",
    "drop_other_variants",
    "earlier_files",
    "folder_rows",
    "is_outdated",
]

REPORT = "report.json"
_KEY = re.compile(rb"^key:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)
_FIELDS = ("target", "source", "content", "variant")  # of a row
_MOST_HASHED_BYTES = 100_000_000  # of one file: a larger one is known by its size


class Source(Struct, frozen=True):
    """What a build makes its files from: the edition's folder, relative to the output folder, and a hash of all."""

    folder: str
    content: str

    @classmethod
    def of(cls, folder: Path, root: Path, theme: Theme, output: Path) -> Source:
        """The edition's folder and its theme's files as they are now; of those of a printer no file is made anew."""
        digest = hashlib.sha256()
        own = ((str(path.relative_to(folder)), _content_of(path, root, folder)) for path in edition_files(folder))
        names = (name for part in PARTS if part != "printers" for name in theme.names(part))
        drawn = ((name, _content_of(theme.path(name), *theme.grounds())) for name in names)
        for row in (*own, *drawn):
            digest.update("{}\n{}\n".format(*row).encode(errors="surrogateescape"))
        return cls(_as_seen(folder, output), digest.hexdigest())


def _content_of(path: Path, *within: Path) -> str:
    """The hash of a file, or its size if it is large; empty for what no build reads."""
    try:
        real = check_enclosed(path, *within)
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):  # to read a pipe is to wait for its writer
            return ""
        return file_hash(real, status) if status.st_size <= _MOST_HASHED_BYTES else str(status.st_size)
    except (Refused, OSError):
        return ""


def _as_seen(folder: Path, output: Path) -> str:
    """The path from the output folder, which stays the same when both are moved."""
    return os.path.relpath(folder.resolve(), output.resolve())


class BuiltFile(Struct, frozen=True, kw_only=True):
    """A file that a build has made in the output folder.

    ``source`` is the edition's folder, relative to the output folder; ``content`` is the hash of
    what the file was made from, empty if that is not known. ``variant`` is that of the edition, empty for none.
    """

    path: Path
    target: str
    source: str
    content: str = ""
    variant: str = ""

    def shows(self, source: Source) -> bool:
        """Whether it was made from the content as it is now."""
        return self.content == source.content

    def describe(self, source: Source) -> str:
        """A line on when it was made, and whether it shows the content."""
        made = datetime.fromtimestamp(self.path.stat().st_mtime)
        verb = "shows" if self.shows(source) else "does not show" if self.content else "may not show"
        return f"{self.path} is of an earlier build ({made:%Y-%m-%d %H:%M}) and {verb} the content as it is now."


def earlier_files(output: Path, source: Source, edition: Edition | None) -> list[BuiltFile]:
    """The files of earlier builds that are still there, as the report of the last build knows them.

    What a file shows is not known if it has changed since, or is in no report. A file with a name of
    this edition belongs to it, unless another edition is left that it could be of; this edition
    before it was moved or renamed is no other.
    """
    rows: dict[str, Mapping[str, Any]] = {}
    if edition is not None:
        own = edition.variant or ""
        rows = {f"{edition.file_key}-{target}.pdf": {"target": target, "variant": own} for target in TARGETS}
    files = []
    for name, row in (rows | dict(_rows(output))).items():
        path = output / name
        if path.name != name or not path.is_file():
            continue
        file = BuiltFile(path=path, **{each: str(row.get(each, "")) for each in _FIELDS})
        if row.get("sha256") != file_hash(path):
            file = replace(file, content="")
        if file.source != source.folder and _is_left(file, output, edition):
            file = replace(file, source=source.folder)
        files.append(file)
    return files


def _is_left(file: BuiltFile, output: Path, edition: Edition | None) -> bool:
    """Whether a file has this edition's name, and nothing with its key is left where it came from."""
    if edition is None or file.path.name != f"{edition.file_key}-{file.target}.pdf":
        return False
    try:
        sheet = output.resolve() / file.source / "edition.yaml"
        if not file.source or not sheet.is_file() or sheet.samefile(edition.folder / "edition.yaml"):
            return True
        found = _KEY.search(sheet.read_bytes())
    except OSError:
        return True
    return found is None or found[1].decode() not in (edition.key, edition.file_key)


def drop_other_variants(files: Iterable[BuiltFile], edition: Edition, source: Source) -> list[BuiltFile]:
    """The files without those that have this variant's names and were made of another, which are removed.

    One that was made before the variants were has everything in it.
    """
    left = []
    for file in files:
        named_so = file.path.name == f"{edition.file_key}-{file.target}.pdf" and file.source == source.folder
        if named_so and file.variant != (edition.variant or ""):
            file.path.unlink(missing_ok=True)
        else:
            left.append(file)
    return left


def folder_rows(
    files: Mapping[str, Path], source: Source, earlier: Iterable[BuiltFile], variant: str | None = None
) -> dict[str, dict[str, Any]]:
    """The report's rows of all files in the folder, which tell the next build whose they are and what they show.

    Whether a file of another edition shows its content is not known here.
    """
    made = [
        BuiltFile(path=path, target=target, source=source.folder, content=source.content, variant=variant or "")
        for target, path in files.items()
    ]
    return {
        file.path.name: {
            "target": file.target,
            "source": file.source,
            "content": file.content,
            "variant": file.variant,
            "sha256": file_hash(file.path),
            "of_this_build": file in made,
            "shows_content": file.shows(source) if file.source == source.folder else None,
        }
        for file in (*earlier, *made)
    }


def _rows(output: Path) -> Mapping[str, Mapping[str, Any]]:
    """The report's rows by file name; none from a report that is not ours."""
    try:
        rows = json.loads((output / REPORT).read_bytes())["in_folder"]
        return {name: row for name, row in rows.items() if isinstance(row, dict)}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def built_files(output: Path) -> list[Path]:
    """The files in a folder that the report of the last build knows, and that are as they were made."""
    rows = ((output / name, row) for name, row in _rows(output).items() if Path(name).name == name)
    return [path for path, row in rows if path.is_file() and row.get("sha256") == file_hash(path)]


def is_outdated(path: Path) -> bool:
    """Whether the last build into its folder says that the file does not show the content."""
    return _rows(path.parent).get(path.name, {}).get("shows_content") is False


def check_key(edition: Edition, source: Source, files: Iterable[BuiltFile], output: Path) -> list[Finding]:
    """An error if the folder has files of another edition with the same key, which this one's would replace."""
    for file in files:
        if file.path.name == f"{edition.file_key}-{file.target}.pdf" and file.source != source.folder:
            other = os.path.relpath(output.resolve() / file.source)
            return [
                error(
                    "key-taken",
                    edition.place_of("key"),
                    f"'{edition.key}' is the key of '{other}', too, and {file.path} is its.",
                    "Give one of them another key, or build this one into another folder with --output; "
                    f"if it takes the other's place, remove {output / edition.file_key}-*.pdf first.",
                )
            ]
    return []
