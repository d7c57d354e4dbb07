"""Every file in an edition's folder is used, is for its makers, or is told of."""

from __future__ import annotations

import fnmatch
import functools
import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.theme import PARTS
from directory_pub.findings import Finding, Place, Severity

__all__ = ["KEY", "MAIL", "edition_files", "find_file", "is_built", "is_for_makers", "is_left_over", "unused_files"]

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""How a key is written: an entry's file without its ending, an anchor in the book."""

_PHOTOS = "photos"
_TEXT_FOLDERS = ("pages", "front-matter")
_DOCUMENTATION = ("readme", "readme.md", "readme.txt")
_LEFT_OVER = (
    ".*",
    "*~",
    "#*#",
    "~$*",
    "*.bak",
    "*.swp",
    "*.tmp",
    "thumbs.db",
    "desktop.ini",
)
MAIL = "mail"
"""The folder of what goes by mail with the book: a letter, a list, its ledger."""
_APART = (MAIL, *PARTS)  # what lies in an edition's folder and is no content
_REPORT = "report.json"  # of a build: its folder is one that files are written into
_OF_PROGRAMS = ".json"  # a schema, the findings of a build
_PLAIN_TEXTS = (".md", ".markdown", ".mdown", ".txt", ".text", ".orig")
_TEXTS = (".md", ".markdown", ".mdown", ".txt", ".text", ".doc", ".docx", ".odt", ".rtf")


def find_file(folder: Path, *names: str) -> Path:
    """The file of these names below a folder, in whichever of Unicode's forms its accents are written."""
    for name in names:
        found = folder / name
        if not found.exists() and folder.is_dir():
            same = (each for each in sorted(folder.iterdir()) if _composed(each.name) == _composed(name))
            found = next(same, found)
        folder = found
    return folder


def unused_files(
    folder: Path,
    used: Collection[Path],
    *,
    sections: Collection[Path],
    texts: Sequence[str],
    in_order: bool,
    pictures: Collection[str],
    fed: Mapping[Path, str],
    name_in_project: str,
) -> Iterator[Finding]:
    """A finding of each file that nothing of the edition comes from.

    ``sections`` are the folders that sections name, ``texts`` the keys of texts with pages of their own, which the
    order of the book lists (``in_order``) or front matter does, ``pictures`` the files in photos/ that entries name,
    ``fed`` the folders whose entries are the rows of a table, each with its name; with none where the table cannot be
    read.
    A picture beside it that has its name and another ending is the same in another format. Where one
    that is named is not there, another may be meant, and no picture is told of.
    """
    files = [path for path in edition_files(folder) if path not in used]
    named = {_composed(f"{_PHOTOS}/{picture}") for picture in pictures}
    there = {_composed(path.relative_to(folder).as_posix()) for path in files}
    stems = {_stem(name) for name in named}
    listing = _Listing("pages" if in_order else "front_matter", texts)
    for path in files:
        below = path.relative_to(folder)
        if below.parts[0] == _PHOTOS and (_stem(below.as_posix()) in stems or not named <= there):
            continue
        if below.suffix == _OF_PROGRAMS:
            continue
        if not (sections or fed) and below.parts[0] not in (_PHOTOS, *_TEXT_FOLDERS):
            continue  # where no section can be read, nobody knows which folders are theirs
        place = Place(file=f"{name_in_project}{below.as_posix()}")
        code, severity, message, remedy = _describe(path, below, sections, listing)
        if code == "entry-unlisted" and path.parent in fed:
            if not fed[path.parent]:
                continue  # which rows there are, nobody knows
            message = f"no row of {fed[path.parent]} has its key."
            remedy = f"Give a row the key '{path.stem}' or a name that makes it, or move the file out of the folder."
        yield Finding(code=code, severity=severity, place=place, message=message, remedy=remedy)


Told = tuple[str, Severity, str, str]
"""Code and severity, what is wrong and what to do."""


class _Listing(Struct, frozen=True):
    """The field that lists texts, and the keys that it has."""

    field: str
    keys: Sequence[str]


def _describe(path: Path, below: Path, sections: Collection[Path], listing: _Listing) -> Told:
    """What is told of a file: a text would be lost, anything else may only be mislaid."""
    is_text = any(ending in _TEXTS for ending in map(str.lower, path.suffixes))
    if below.parts[0] == _PHOTOS:
        return _unnamed_picture(is_text=is_text)
    if not is_text:
        remedy = f"Take it out of the edition's folder; what goes by mail lies in {MAIL}/."
        return "file-unused", Severity.WARNING, "nothing in the book comes from this file.", remedy
    if below.parts[0].lower() in _TEXT_FOLDERS or path.parent not in sections:
        return "file-unused", Severity.ERROR, *_misplaced(path, below, sections, listing)
    if path.suffix != ".md":
        return "file-unused", Severity.ERROR, "is not read: an entry's file ends in '.md'.", _as_entry(path)
    remedy = f"Add '{path.stem}' to a section of edition.yaml, or move the file out of the folder."
    if not KEY.fullmatch(path.stem):
        remedy = "Name it in small letters, digits and single hyphens, and add that to a section of edition.yaml."
    return "entry-unlisted", Severity.ERROR, "is listed in no section.", remedy


def _unnamed_picture(*, is_text: bool) -> Told:
    if is_text:
        return "file-unused", Severity.WARNING, "is a text among the pictures.", "Move it to its section's folder."
    return (
        "file-unused",
        Severity.NOTE,
        "nothing in the book names this picture.",
        "Name it in an entry or on the cover, or take it out.",
    )


def _misplaced(path: Path, below: Path, sections: Collection[Path], listing: _Listing) -> tuple[str, str]:
    """What is wrong with where a text lies, and where it should."""
    folder = below.parts[0]
    if folder in _TEXT_FOLDERS:
        more = f"List it in edition.yaml, as in '{listing.field}: [{', '.join((*listing.keys, path.stem))}]'."
        what = "page of front matter" if folder == "front-matter" else "page of the book"
        return f"no {what} has this name.", did_you_mean(path.name, [f"{key}.md" for key in listing.keys], more)
    if folder.lower() in _TEXT_FOLDERS:
        return "is in a folder that no page is read from.", f"Name the folder '{folder.lower()}'."
    folders = ", ".join(sorted(f"{each.name}/" for each in sections))
    remedy = f"Move it to a folder that a section names ({folders}); letters and lists for mail lie in {MAIL}/."
    return "is in a folder that no section names.", remedy


def _as_entry(path: Path) -> str:
    """How a file becomes an entry's."""
    key = path.name.split(".")[0].lower()
    if any(_composed(each.name.lower()) == f"{key}.md" for each in path.parent.iterdir() if each != path):
        return f"'{key}.md' is there already: bring the two together, or take this one out of the folder."
    make = "Name it" if path.suffix.lower() in _PLAIN_TEXTS else "Save it as plain text, as"
    return f"{make} '{key}.md' and list '{key}' in a section of edition.yaml."


def edition_files(folder: Path) -> Iterator[Path]:
    """The files below a folder in the order of their names, without those for its makers."""
    for parent, folders, names in os.walk(folder):
        top = Path(parent) == folder
        folders[:] = sorted(
            name
            for name in folders
            if not is_for_makers(name) and not (top and name in _APART) and not is_built(Path(parent, name))
        )
        yield from (Path(parent, name) for name in sorted(names) if not is_for_makers(name))


def is_built(folder: Path) -> bool:
    """Whether a build writes its files into a folder."""
    return (folder / _REPORT).exists()


@functools.lru_cache(maxsize=20_000)  # each file is asked about in every build
def is_left_over(name: str) -> bool:
    """Whether a file's name says that version control, an editor or a desktop has left it."""
    return any(fnmatch.fnmatchcase(name.lower(), pattern) for pattern in _LEFT_OVER)


def is_for_makers(name: str) -> bool:
    """Documentation, and what programs leave."""
    return is_left_over(name) or name.lower() in _DOCUMENTATION


def _stem(name: str) -> str:
    return _composed(name).rpartition(".")[0]


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
