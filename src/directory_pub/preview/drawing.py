"""Pages drawn as they are looked at, at the size that is asked for, and read where somebody asks what stands there."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pypdfium2
from msgspec import Struct
from PIL import Image

from directory_pub.census import PageText, PlacedPicture, pictures_on, read_page

__all__ = ["Drawer", "Sheet"]

_MM_PER_PT = 25.4 / 72
_MOST_PIXELS = 40_000_000
_QUALITY = 95  # with whole colour: nobody sees a difference from the pixels that were drawn
T = TypeVar("T")


class Sheet(Struct, frozen=True):
    """The measures of a page in mm: as it is drawn, and its trim and bleed from the top left corner of that."""

    width_mm: float
    height_mm: float
    trim: tuple[float, float, float, float]
    bleed: tuple[float, float, float, float]


class Drawer:
    """Draws and reads pages of open files, one at a time: the library takes no more at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[Path, pypdfium2.PdfDocument] = {}

    def open(self, file: Path) -> tuple[Sheet, int]:
        """Open a file: the measures of its first page, which all have, and how many there are.

        Raises ``pypdfium2.PdfiumError``.
        """
        with self._lock:
            document = self._open[file] = pypdfium2.PdfDocument(file)
            return _sheet_of(document[0]), len(document)

    def close(self, file: Path) -> None:
        """Close a file."""
        with self._lock:
            if document := self._open.pop(file, None):
                document.close()

    def draw(self, file: Path, page_index: int, width_px: int) -> bytes:
        """A page of an open file as JPEG; raises KeyError if the file is not open."""

        def drawn(page: pypdfium2.PdfPage) -> Image.Image:
            width, height = page.get_size()
            # The library takes the next whole pixel, and what is exact may be a hair more.
            scale = min((width_px - 0.01) / width, (_MOST_PIXELS / (width * height)) ** 0.5)
            # Four bytes a pixel are compressed where they stand; three would be copied twice.
            bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True, prefer_bgrx=True)
            picture: Image.Image = bitmap.to_pil()
            return picture

        out = io.BytesIO()
        # The next page may be drawn meanwhile.
        self._with_page(file, page_index, drawn).save(out, "JPEG", quality=_QUALITY, subsampling=0)
        return out.getvalue()

    def read(self, file: Path, page_index: int) -> PageText:
        """The words of a page of an open file; raises KeyError if the file is not open."""
        return self._with_page(file, page_index, read_page)

    def pictures(self, file: Path, page_index: int) -> list[PlacedPicture]:
        """The pictures of a page of an open file, in the order of painting; raises KeyError if it is not open."""
        return self._with_page(file, page_index, lambda page: list(pictures_on(page)))

    def _with_page(self, file: Path, page_index: int, work: Callable[[pypdfium2.PdfPage], T]) -> T:
        with self._lock:
            page = self._open[file][page_index]
            try:
                return work(page)
            finally:
                page.close()


def _sheet_of(page: pypdfium2.PdfPage) -> Sheet:
    left, bottom, right, top = page.get_cropbox(fallback_ok=True)

    def placed(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        return (
            (box[0] - left) * _MM_PER_PT,
            (top - box[3]) * _MM_PER_PT,
            (box[2] - box[0]) * _MM_PER_PT,
            (box[3] - box[1]) * _MM_PER_PT,
        )

    size = (right - left) * _MM_PER_PT, (top - bottom) * _MM_PER_PT
    return Sheet(*size, placed(page.get_trimbox()), placed(page.get_bleedbox()))
