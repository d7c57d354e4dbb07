"""Look for many values in a text at once, in whatever way they are written there."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from directory_pub.census.limited import Passage

__all__ = ["GAP", "LEAST_DIGITS", "NUMBER", "Needle", "Search", "shape_of", "words_of"]

GAP = r"[\s\u00a0\u2009\u202f().\-\u2010\u2011\u2013/·]{0,4}"
"""What may stand between two figures of a number."""
NUMBER = re.compile(rf"\+?\d(?:{GAP}\d)*")
LEAST_DIGITS = 7
"""Of a number that is found also inside of a longer one."""
_WORD = re.compile(r"[^\W_]+")
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_HEAD = 4  # letters that a needle is found by


class Needle(Struct, frozen=True):
    """Something to look for: ``shape`` is its letters and figures without what stands between them.

    A ``pattern`` says how a text must read where the shape is found. ``digits`` are a number's, whatever stands between
    them; what is ``exact`` is the whole of a text. It was ``written`` in a passage. What is ``strict`` may stand in a
    field of somebody else's and in no text; all else, wherever it is shown.
    """

    written: str
    shape: str
    passage: Passage
    pattern: str = ""
    digits: bool = False
    exact: bool = False
    strict: bool = False

    @property
    def looks(self) -> tuple[str, str, bool]:
        """What it is looked for by: two that look alike are one."""
        return self.shape, self.pattern, self.digits


def words_of(text: str) -> list[str]:
    """The words and figures of a text, without case."""
    return _WORD.findall(_plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_UNSEEN)).casefold()


def shape_of(text: str) -> str:
    """A text as it is looked for: its words and figures with nothing between them."""
    return "".join(words_of(text))


class Search:
    """Looks for many needles in a text at once."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._exact: dict[str, list[Needle]] = defaultdict(list)
        self._by_head: dict[str, list[Needle]] = defaultdict(list)
        self._by_digits: dict[str, list[Needle]] = defaultdict(list)
        for needle in needles:
            if needle.exact:
                self._exact[needle.shape].append(needle)
            elif needle.digits:
                self._by_digits[needle.shape].append(needle)
            elif needle.shape:
                self._by_head[needle.shape[:_HEAD]].append(needle)
        self._lengths = sorted({len(digits) for digits in self._by_digits})

    def find(self, text: str) -> Iterator[tuple[Needle, int]]:
        """Each needle that stands in a text, and about where."""
        yield from ((needle, 0) for needle in self._exact.get(text.strip().casefold(), ()))
        if self._by_head:
            yield from self._find_shapes(text)
        if self._by_digits:
            yield from self._find_digits(text)

    def _find_shapes(self, text: str) -> Iterator[tuple[Needle, int]]:
        plain = _plain(text)
        words = list(_WORD.finditer(plain))
        joined = "".join(word[0] for word in words)
        ends, starts, at = {0}, [], 0
        for word in words:
            starts.append((at, word.start()))
            at += len(word[0])
            ends.add(at)
        for start, offset in starts:
            for needle in self._by_head.get(joined[start : start + _HEAD], ()):
                stands = start + len(needle.shape) in ends and joined.startswith(needle.shape, start)
                if stands and (not needle.pattern or re.search(needle.pattern, text, re.IGNORECASE)):
                    yield needle, offset

    def _find_digits(self, text: str) -> Iterator[tuple[Needle, int]]:
        for run in NUMBER.finditer(text):
            digits = "".join(each for each in run[0] if each.isdigit())
            for length in self._lengths:
                for at in range(len(digits) - length + 1):
                    whole = length >= LEAST_DIGITS or len(digits) == length
                    for needle in self._by_digits.get(digits[at : at + length], ()) if whole else ():
                        yield needle, run.start()
