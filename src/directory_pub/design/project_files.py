"""What layouts, sheets and drawings may ask for: ``project:///`` and the name of a file of the project."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field

from directory_pub.edition.theme import PARTS, Theme
from directory_pub.findings import Finding, Place, error
from directory_pub.storage.enclosure import Refused, check_enclosed, read_bytes

__all__ = ["ARTWORK", "FACES", "PHOTOS", "ProjectFiles", "refuse"]

ARTWORK = ".artwork/"  # what compose drew
FACES = ".faces/"  # the programs of the faces in fonts/
_EDITION = ".edition/"  # the edition's folder, wherever it lies
PHOTOS = f"{_EDITION}photos/"
_NAMED = re.compile(r"project:///([^\"')\s]+)")
_MOST_LETTERS = 120  # of an address in a message


class ProjectFiles(Struct, frozen=True):
    """The theme's files, the project's, the edition's, artwork, and the programs of faces, by their addresses."""

    theme: Theme
    root: Path | None
    edition_folder: Path | None
    artwork: Mapping[str, bytes]
    faces: Mapping[str, bytes] = field(default_factory=dict)

    def name_of(self, address: str) -> str | None:
        """The name behind ``project:///``, None for an address that leads out of the project."""
        try:
            parts = urlsplit(address)
            name = unquote(parts.path).lstrip("/")
            if parts.scheme != "project" or parts.netloc:
                return None
            if not name.startswith((ARTWORK, FACES)):
                self._check(name)
        except ValueError:  # what the library cannot take apart
            return None
        except Refused as refused:
            return None if refused.is_outside else name
        return name

    def read(self, name: str) -> bytes:
        """The content of one; raises Refused, or KeyError for artwork or a face that was not made."""
        if name.startswith(FACES):
            return self.faces[name.removeprefix(FACES)]
        if name.startswith(ARTWORK):
            return self.artwork[name.removeprefix(ARTWORK)]
        place = self._place(name)
        return read_bytes(*place) if place else self.theme.read_bytes(name)

    def _check(self, name: str) -> None:
        """Raises Refused for a name that leads out of the project."""
        place = self._place(name)
        if place:
            check_enclosed(*place)
        else:
            self.theme.check(name)

    def _place(self, name: str) -> tuple[Path, ...]:
        """Where a file should be, and the folders that it must lie in; nothing for one of the theme."""
        if name.startswith(_EDITION) and self.root and self.edition_folder:
            return (self.edition_folder / name.removeprefix(_EDITION), self.root, self.edition_folder)
        return () if self.root is None or name.split("/", maxsplit=1)[0] in PARTS else (self.root / name, self.root)

    def digest(self, text: str) -> str:
        """The hash of all files that a text names; one that cannot be read counts as nothing."""
        digest = hashlib.sha256()
        for name in sorted(set(_NAMED.findall(text))):
            digest.update(f"{name}\n".encode())
            with contextlib.suppress(KeyError, Refused):
                digest.update(hashlib.sha256(self.read(unquote(name))).digest())
        return digest.hexdigest()


def refuse(address: str, place: Place) -> Finding:
    """The finding on an address that leads out of the project."""
    shown = address if len(address) <= _MOST_LETTERS else f"{address[:_MOST_LETTERS]}…"
    remedy = (
        "Put the file into the project's folder and name it from there, as project:///styles/…; nothing is fetched"
        " from elsewhere."
    )
    return error("outside-project", place, f"'{shown}' was asked for.", remedy)
