"""Where each word of a page was written: found words matched with the content's."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from directory_pub.census.expected import Copy, letters
from directory_pub.census.frames import FramedPage
from directory_pub.census.page_reader import Word
from directory_pub.findings import Place

__all__ = ["Located", "copy_of"]

_SAME_MM = 0.2  # two targets' places of one word differ by less


class Located:
    """The words of a piece's pages with the places that they were written at.

    ``otherwise`` is the place of what stands nowhere in the content.
    """

    def __init__(self, otherwise: Place) -> None:
        self._otherwise = otherwise
        self._words: list[tuple[int, Word, Place]] = []

    def add(self, framed: Sequence[FramedPage], column: str, expected: Sequence[Copy]) -> None:
        """Match the words of one column with the content that it carries."""
        found = [(page.index, word) for page in framed for word in getattr(page, column)]
        copies = copy_of(expected, [word for _, word in found])
        self._words += [
            (index, word, copy.place) for (index, word), copy in zip(found, copies, strict=True) if copy is not None
        ]

    def words_on(self, page_index: int) -> list[tuple[Word, Place]]:
        """The words of a page that the content has, each with its place, column by column."""
        return [(word, place) for index, word, place in self._words if index == page_index]

    def place_of(self, page_index: int, word: Word) -> Place:
        """Where a word of a page was written; it may be the same word as another target prints it."""
        for index, known, place in self._words:
            if index == page_index and known.text == word.text and _stand_together(known, word):
                return place
        return self._otherwise


def _stand_together(one: Word, other: Word) -> bool:
    return abs(one.left_mm - other.left_mm) < _SAME_MM and abs(one.baseline_mm - other.baseline_mm) < _SAME_MM


def copy_of(expected: Sequence[Copy], found: Sequence[Word]) -> list[Copy | None]:
    """For each found word the word of the content that it is, or is a part of.

    What stands nowhere in the content counts to the word before it.
    """
    if not expected:
        return [None] * len(found)
    texts = [letters(word.text) for word in found]
    if "".join(texts) == "".join(copy.text for copy in expected):
        return list(_by_letters(expected, texts))
    return _by_words(expected, texts)


def _by_letters(expected: Sequence[Copy], texts: Sequence[str]) -> Iterator[Copy]:
    """The copy in which each text begins, where both have the same letters."""
    number, left = 0, len(expected[0].text)
    for text in texts:
        while left <= 0 and number + 1 < len(expected):
            number += 1
            left += len(expected[number].text)
        yield expected[number]
        left -= len(text)


def _by_words(expected: Sequence[Copy], texts: Sequence[str]) -> list[Copy | None]:
    """The copies that a comparison word by word finds."""
    wanted = [copy.text for copy in expected]
    matched: dict[int, Copy] = {}
    for a, b, size in difflib.SequenceMatcher(None, wanted, texts, autojunk=False).get_matching_blocks():
        matched |= {b + at: expected[a + at] for at in range(size)}
    copies: list[Copy | None] = []
    last: Copy = expected[0]
    for at in range(len(texts)):
        last = matched.get(at, last)
        copies.append(last)
    return copies
