"""The seal round the engine: it reads the project's files and what compose drew, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from directory_pub.design.project_files import ARTWORK, PHOTOS, ProjectFiles
from directory_pub.design.references import asked_by_drawing
from directory_pub.pictures import plain_drawing, plain_picture

__all__ = ["make_fetcher"]

_HEAD_BYTES = 1024  # within which a drawing's first element begins
_PACKED_FACES = (b"wOFF", b"wOF2")  # the engine would unpack them, whatever their size


def make_fetcher(files: ProjectFiles, refused: Callable[[str], None]) -> Any:
    """A fetcher that reads the project's files, and stops the build at anything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    # The engine ships no types, so mypy sees the base as Any.
    class SealedFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            name = files.name_of(url)
            if name is None:
                self._refuse(url)
            body = files.read(name)
            # A picture is told by its first bytes: its ending may be wrong.
            kind = "" if name.startswith(PHOTOS) else _TYPES.get(Path(name).suffix.lower(), "")
            body = plain_drawing(plain_picture(body)) if name.startswith(PHOTOS) else body
            if not name.startswith(ARTWORK) and b"<" in body[:_HEAD_BYTES]:
                for address in asked_by_drawing(body):
                    if files.name_of(address) is None:
                        self._refuse(address)
            if body.startswith(_PACKED_FACES):
                raise ValueError("WOFF is unpacked where fonts/ is read, and declared from there")
            return URLFetcherResponse(url, body, {"Content-Type": kind})

        def _refuse(self, address: str) -> NoReturn:
            refused(address)
            raise FatalURLFetchingError(address)

    return SealedFetcher()


_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".css": "text/css",
}
