"""Read words and pictures from the pages of a PDF, with their places in millimetres."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from directory_pub.census.hidden_text import Box, find_hidden_text, seen_part

__all__ = ["PageText", "PlacedPicture", "Word", "read_pages"]

_MM_PER_PT = 25.4 / 72
_LINE_END_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # how PDFium reads a hyphen that ends a line


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that stand together on one baseline; mm from the trim's top left corner."""

    text: str
    left_mm: float
    right_mm: float
    baseline_mm: float
    size_pt: float
    face: str  # the font's name in the PDF, without its subset tag


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A raster image as it stands on the page; of its width and height, what is shown of it once cropped."""

    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float
    width_px: int
    height_px: int
    shown_width_mm: float
    shown_height_mm: float

    @property
    def is_shown(self) -> bool:
        """Whether anything is left of it once cropped."""
        return self.shown_width_mm > 0 and self.shown_height_mm > 0

    @property
    def resolution_ppi(self) -> float:
        """Pixels to the inch, in the direction that has fewer."""
        return min(self.width_px / self.width_mm, self.height_px / self.height_mm) * 25.4


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page carries."""

    words: tuple[Word, ...]
    pictures: tuple[PlacedPicture, ...]
    width_mm: float
    height_mm: float


@dataclass(slots=True)
class _Character:
    text: str
    left: float
    right: float
    baseline: float
    size: float
    index: int


def read_pages(pdf: Path | bytes) -> Iterator[PageText]:
    """Every page of a PDF; a file that PDFium cannot open raises ``pypdfium2.PdfiumError``."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield _read_page(page)
            page.close()
    finally:
        document.close()


def _read_page(page: pypdfium2.PdfPage) -> PageText:
    left, bottom, right, top = page.get_trimbox()
    textpage = page.get_textpage()
    hidden = [_from_trim(box, left, top) for box in find_hidden_text(page)]
    characters = [c for c in _characters(textpage, left, top) if not any(_lies_in(c, box) for box in hidden)]
    words = tuple(_words(characters, textpage))
    textpage.close()
    pictures = tuple(_pictures(page, left, top))
    return PageText(words, pictures, (right - left) * _MM_PER_PT, (top - bottom) * _MM_PER_PT)


def _from_trim(box: Box, trim_left: float, trim_top: float) -> Box:
    left, bottom, right, top = box
    return (
        (left - trim_left) * _MM_PER_PT,
        (trim_top - top) * _MM_PER_PT,
        (right - trim_left) * _MM_PER_PT,
        (trim_top - bottom) * _MM_PER_PT,
    )


def _lies_in(character: _Character, box: Box) -> bool:
    left, top, right, bottom = box
    return left - 0.8 <= character.left <= right + 0.3 and top - 0.05 <= character.baseline - 0.2 <= bottom + 0.05


def _characters(textpage: pypdfium2.PdfTextPage, trim_left: float, trim_top: float) -> Iterator[_Character]:
    """Characters that are drawn (PDFium adds spaces and line ends of its own), in mm."""
    handle = textpage.raw
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if pdfium.FPDFText_IsGenerated(handle, index) and code not in _LINE_END_HYPHENS:
            continue
        pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(handle, index, box)
        yield _Character(
            _LINE_END_HYPHENS.get(code) or chr(code),
            (x.value - trim_left) * _MM_PER_PT,
            (box.right - trim_left) * _MM_PER_PT,
            (trim_top - y.value) * _MM_PER_PT,
            pdfium.FPDFText_GetFontSize(handle, index),
            index,
        )


def _words(characters: list[_Character], textpage: pypdfium2.PdfTextPage) -> Iterator[Word]:
    """Join characters to words: a space, another baseline, size or a gap ends one."""
    held: list[_Character] = []
    for character in characters:
        if held and (character.text.isspace() or not _continues(held[-1], character)):
            yield _word(held, textpage)
            held = []
        if not character.text.isspace():
            held.append(character)
    if held:
        yield _word(held, textpage)


def _continues(before: _Character, after: _Character) -> bool:
    """Whether a character belongs to the word so far; the letters of a ligature share one place."""
    gap_em = (after.left - before.right) / (after.size * _MM_PER_PT)
    return abs(after.baseline - before.baseline) < 0.1 and abs(after.size - before.size) < 0.1 and -1.0 < gap_em < 0.12


def _word(characters: list[_Character], textpage: pypdfium2.PdfTextPage) -> Word:
    first = characters[0]
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage.raw, first.index, name, 128, flags)
    return Word(
        "".join(c.text for c in characters),
        first.left,
        max(c.right for c in characters),
        first.baseline,
        first.size * _scale(textpage, first.index),
        name.value.decode("utf-8", "replace").split("+")[-1],
    )


def _scale(textpage: pypdfium2.PdfTextPage, index: int) -> float:
    """How much the page's matrix enlarges the font size that the text was set with."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage.raw, index, matrix)
    return float((matrix.c**2 + matrix.d**2) ** 0.5)


def _pictures(page: pypdfium2.PdfPage, trim_left: float, trim_top: float) -> Iterator[PlacedPicture]:
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = bounds = item.get_bounds()
        seen_left, seen_bottom, seen_right, seen_top = seen_part(item, bounds)
        width_px, height_px = item.get_px_size()
        yield PlacedPicture(
            (left - trim_left) * _MM_PER_PT,
            (trim_top - top) * _MM_PER_PT,
            (right - left) * _MM_PER_PT,
            (top - bottom) * _MM_PER_PT,
            width_px,
            height_px,
            (seen_right - seen_left) * _MM_PER_PT,
            (seen_top - seen_bottom) * _MM_PER_PT,
        )
