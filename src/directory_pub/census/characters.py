"""Read the characters of a page and join them to words; tell of type that is set too tight to be read."""

from __future__ import annotations

import ctypes
import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

__all__ = ["MM_PER_PT", "Character", "find_tight", "group_words", "read_characters"]

MM_PER_PT = 25.4 / 72
_HIGH, _LOW = 0xD800, 0xDC00  # where the first and second halves of characters above U+FFFF begin
_NO_CHARACTER = 0xFFFD
_LINE_END_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # how PDFium reads a hyphen that ends a line
_MADE_UP = frozenset(map(ord, "\0\t\n\r -\u00a0\u00ad"))  # all that PDFium adds and is no such hyphen
_HAIR_SPACE = "\u200a"
_FRACTION_SLASH = "\u2044"
_LEAST_SPACE_EM = 0.05  # a space that is narrower parts no words; the thinnest that is meant has a tenth
_MOST_KERNING_EM = -0.12  # letters that are nearer than this all through a word stand on one another
_FEW_LETTERS = 4
_MOST_IN_A_LIGATURE = 3


class Character(Struct):
    """A character that is drawn: mm from the trim's top left corner, the size of its font, its number on the page."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    index: int


def read_characters(textpage: pypdfium2.PdfTextPage, trim_left: float, trim_top: float) -> Iterator[Character]:
    """Characters that are drawn (PDFium adds spaces and line ends of its own), in mm."""
    handle = textpage.raw
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    for index, code in _codes(textpage):
        if code in _MADE_UP and pdfium.FPDFText_IsGenerated(handle, index):
            continue
        pdfium.FPDFText_GetCharOrigin(handle, index, at_x, at_y)
        pdfium.FPDFText_GetLooseCharBox(handle, index, at_box)
        yield Character(
            _LINE_END_HYPHENS.get(code) or chr(code),
            (x.value - trim_left) * MM_PER_PT,
            (box.right - trim_left) * MM_PER_PT,
            (trim_top - y.value) * MM_PER_PT,
            pdfium.FPDFText_GetFontSize(handle, index),
            index,
        )


def _codes(textpage: pypdfium2.PdfTextPage) -> Iterator[tuple[int, int]]:
    """The code point of each character by its index; PDFium tells those above U+FFFF in two halves."""
    codes = [pdfium.FPDFText_GetUnicode(textpage.raw, index) for index in range(textpage.count_chars())]
    for index, (before, code, after) in enumerate(zip([0, *codes], codes, [*codes[1:], 0], strict=False)):
        if _is_half(code, _HIGH) and _is_half(after, _LOW):
            yield index, 0x10000 + (code - _HIGH) * 0x400 + (after - _LOW)
        elif not (_is_half(code, _LOW) and _is_half(before, _HIGH)):
            yield index, _NO_CHARACTER if _is_half(code, _HIGH) or _is_half(code, _LOW) else code


def _is_half(code: int, first: int) -> bool:
    return first <= code < first + 0x400


def group_words(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """Join characters to words: a space, another baseline, size or a gap ends one."""
    held: list[Character] = []
    for character in characters:
        if held and (character.text.isspace() or not _continues(held[-1], character)):
            yield held
            held = []
        if not character.text.isspace():
            held.append(character)
    if held:
        yield held


def _continues(before: Character, after: Character) -> bool:
    """Whether a character belongs to the word so far; the letters of a ligature share one place."""
    return _are_level(before, after) and -1.0 < _gap_em(before, after) < 0.12


def _are_level(before: Character, after: Character) -> bool:
    """Whether two characters stand on one baseline in one size."""
    return abs(after.baseline - before.baseline) < 0.1 and abs(after.size - before.size) < 0.1


def _gap_em(before: Character, after: Character) -> float:
    return (after.left - before.right) / (after.size * MM_PER_PT)


def find_tight(words: Sequence[Sequence[Character]], characters: Sequence[Character]) -> set[int]:
    """Which words run into the next one in spite of a space, and which have letters on one another.

    ``characters`` are those of the page, with its spaces.
    """
    tight = {number for number, word in enumerate(words) if _is_tight(word)}
    hair = {each.index + 1 for each in characters if each.text == _HAIR_SPACE}
    for number, (before, after) in enumerate(pairwise(words)):
        end, start = _letters(before)[-1], after[0]
        if start.index in hair or _FRACTION_SLASH in (end.text, start.text):
            continue  # it hangs over the figures on both sides
        if start.index - end.index > 1 and _are_level(end, start) and -1.0 < _gap_em(end, start) < _LEAST_SPACE_EM:
            tight |= {number, number + 1}
    return tight


def _is_tight(word: Sequence[Character]) -> bool:
    """Whether letters stand on one another all through a word; a ligature is one of them."""
    letters = _letters(word)
    if len(letters) < _FEW_LETTERS:
        return False
    gaps_em = [_gap_em(before, after) for before, after in pairwise(_without_ligatures(letters))]
    return bool(gaps_em) and statistics.median(gaps_em) < _MOST_KERNING_EM


def _without_ligatures(letters: Sequence[Character]) -> Iterator[Character]:
    """Letters, of those that share one place only the first; more than a ligature has are set on one another."""
    for _, sharing in groupby(letters, lambda each: (round(each.left, 2), round(each.right, 2))):
        together = list(sharing)
        yield from together[:1] if len(together) <= _MOST_IN_A_LIGATURE else together


def _letters(word: Sequence[Character]) -> Sequence[Character]:
    """A word without accents that stand over their letters as characters of their own."""
    return [each for each in word if not unicodedata.combining(each.text)] or word
