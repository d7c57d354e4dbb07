"""Read words, or pictures, from the pages of a PDF, with their places in millimetres."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from directory_pub.census.characters import MM_PER_PT, Character, find_tight, group_words, read_characters
from directory_pub.census.painting import Painted, address_of, corners_of, read_painting
from directory_pub.census.shared_places import find_shared_places
from directory_pub.census.suspects import Glyph, Suspects, Unseen, suspect
from directory_pub.census.visibility import find_unseen

__all__ = [
    "PageText",
    "PlacedPicture",
    "SharedPlace",
    "Sign",
    "UnseenWord",
    "Word",
    "pictures_on",
    "read_page",
    "read_pages",
    "read_pictures",
]

T = TypeVar("T")
_LEAST_PT = 4.0  # type below this is not meant to be read
_SIGN_MM = 6.0  # a drawing up to this size, and down to a sixth of it, is a sign


class Word(Struct, frozen=True):
    """Characters that stand together on one baseline; mm from the trim's top left corner."""

    text: str
    left_mm: float
    right_mm: float
    baseline_mm: float
    size_pt: float
    face: str  # the font's name in the PDF, without its subset tag


class PlacedPicture(Struct, frozen=True):
    """A raster image as it stands on the page; of its place, width and height, what is shown of it once cropped."""

    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float
    width_px: int
    height_px: int
    shown_width_mm: float
    shown_height_mm: float
    shown_left_mm: float = 0.0
    shown_top_mm: float = 0.0

    @property
    def is_shown(self) -> bool:
        """Whether anything is left of it once cropped."""
        return self.shown_width_mm > 0 and self.shown_height_mm > 0

    @property
    def resolution_ppi(self) -> float:
        """Pixels to the inch, in the direction that has fewer."""
        return min(self.width_px / self.width_mm, self.height_px / self.height_mm) * 25.4


class UnseenWord(Struct, frozen=True):
    """A word that is printed where nobody can see it, or not all of it, and why."""

    word: Word
    why: Unseen


class SharedPlace(Struct, frozen=True):
    """A word that is printed on other words; without others, on a drawing such as an icon."""

    word: Word
    others: tuple[Word, ...]


class Sign(Struct, frozen=True):
    """A small drawing: where it stands, and the corners of its path in the units that it was drawn in."""

    left_mm: float
    right_mm: float
    top_mm: float
    bottom_mm: float
    corners: frozenset[tuple[float, float]]


class PageText(Struct, frozen=True):
    """What one page carries: words that are printed, among them those that are ``unseen`` and those that share
    their places. A word that clips leave less than half of is no part of it."""

    words: tuple[Word, ...]
    width_mm: float
    height_mm: float
    unseen: tuple[UnseenWord, ...] = ()
    shared: tuple[SharedPlace, ...] = ()
    signs: tuple[Sign, ...] = ()


def read_pages(pdf: Path | bytes) -> Iterator[PageText]:
    """Every page of a PDF; a file that PDFium cannot open raises ``pypdfium2.PdfiumError``."""
    return _read(pdf, read_page)


def read_pictures(pdf: Path | bytes) -> Iterator[tuple[PlacedPicture, ...]]:
    """The pictures of every page of a PDF, in the order of painting; raises as ``read_pages`` does."""
    return _read(pdf, lambda page: tuple(pictures_on(page)))


def _read(pdf: Path | bytes, read: Callable[[pypdfium2.PdfPage], T]) -> Iterator[T]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield read(page)
            page.close()
    finally:
        document.close()


def read_page(page: pypdfium2.PdfPage) -> PageText:
    """One page of an open PDF."""
    left, bottom, right, top = page.get_trimbox()
    textpage = page.get_textpage()
    characters = list(read_characters(textpage, left, top))
    painting = read_painting(page)
    suspects = suspect(painting)
    unseen: dict[int, Unseen] = {}
    if suspects:
        glyphs = list(_glyphs(textpage, [(c, c.index) for c in characters], suspects))
        unseen = {glyph.word: why for glyph, why in find_unseen(page, painting, suspects, glyphs)}
    grouped = [group for group in group_words(characters) if not _is_cut_off(group, unseen)]
    words = tuple(_word(group, textpage) for group in grouped)
    read = PageText(
        words,
        (right - left) * MM_PER_PT,
        (top - bottom) * MM_PER_PT,
        tuple(_unseen_words(words, grouped, unseen, find_tight(grouped, characters))),
        tuple(_shared_places(words, grouped, textpage, suspects)),
        tuple(_signs(painting, left, top)),
    )
    textpage.close()
    return read


def _is_cut_off(group: Sequence[Character], unseen: Mapping[int, Unseen]) -> bool:
    """Whether clips leave less than half of a word's letters."""
    return 2 * sum(unseen.get(character.index) == "cut" for character in group) > len(group)


def _unseen_words(
    words: Sequence[Word], grouped: Sequence[Sequence[Character]], unseen: Mapping[int, Unseen], tight: Collection[int]
) -> Iterator[UnseenWord]:
    """The words that cannot be read, each with what most of its letters suffer from."""
    for number, (word, group) in enumerate(zip(words, grouped, strict=True)):
        reasons = [why for character in group if (why := unseen.get(character.index)) is not None]
        struck = reasons.count("struck")
        if any(why != "struck" for why in reasons) or 2 * struck > len(group):
            yield UnseenWord(word, max(reasons, key=reasons.count))
        elif number in tight:
            yield UnseenWord(word, "tight")
        elif word.size_pt < _LEAST_PT - 0.05:
            yield UnseenWord(word, "tiny")


def _shared_places(
    words: Sequence[Word],
    grouped: Sequence[Sequence[Character]],
    textpage: pypdfium2.PdfTextPage,
    suspects: Suspects,
) -> Iterator[SharedPlace]:
    if not suspects.crowded and not suspects.signs:
        return
    in_words = [(character, number) for number, group in enumerate(grouped) for character in group]
    shared = find_shared_places(suspects, list(_glyphs(textpage, in_words, suspects)))
    for number, others in sorted(shared.items()):
        yield SharedPlace(words[number], tuple(words[other] for other in sorted(o for o in others if o is not None)))


def _glyphs(
    textpage: pypdfium2.PdfTextPage, characters: Sequence[tuple[Character, int]], suspects: Suspects
) -> Iterator[Glyph]:
    """The letters of suspected type with their boxes, each under a number; one without ink has no box."""
    wanted = suspects.addresses()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for character, number in characters:
        handle = pdfium.FPDFText_GetTextObject(textpage.raw, character.index)
        if not character.text.isspace() and address_of(handle) in wanted:
            pdfium.FPDFText_GetCharBox(textpage.raw, character.index, left, right, bottom, top)
            box = (left.value, bottom.value, right.value, top.value)
            if box[0] < box[2] and box[1] < box[3]:
                yield Glyph(box, character.size * _scale(textpage, character.index), number, handle)


def _word(characters: Sequence[Character], textpage: pypdfium2.PdfTextPage) -> Word:
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


def _signs(painting: Sequence[Painted], trim_left: float, trim_top: float) -> Iterator[Sign]:
    for drawing in painting:
        left, bottom, right, top = (each * MM_PER_PT for each in drawing.seen)
        if not drawing.is_type and max(right - left, top - bottom) <= _SIGN_MM < 6 * max(right - left, top - bottom):
            x, y = trim_left * MM_PER_PT, trim_top * MM_PER_PT
            yield Sign(left - x, right - x, y - top, y - bottom, corners_of(drawing))


def pictures_on(page: pypdfium2.PdfPage) -> Iterator[PlacedPicture]:
    """The pictures of one page of an open PDF, in the order of painting."""
    trim_left, _, _, trim_top = page.get_trimbox()
    width_px, height_px = ctypes.c_uint(), ctypes.c_uint()
    for item in read_painting(page):
        if not pdfium.FPDFImageObj_GetImagePixelSize(item.handle, width_px, height_px):
            continue  # it is no picture
        left, bottom, right, top = item.bounds
        seen_left, seen_bottom, seen_right, seen_top = item.seen
        yield PlacedPicture(
            (left - trim_left) * MM_PER_PT,
            (trim_top - top) * MM_PER_PT,
            (right - left) * MM_PER_PT,
            (top - bottom) * MM_PER_PT,
            width_px.value,
            height_px.value,
            (seen_right - seen_left) * MM_PER_PT,
            (seen_top - seen_bottom) * MM_PER_PT,
            (seen_left - trim_left) * MM_PER_PT,
            (trim_top - seen_top) * MM_PER_PT,
        )
