"""The order of names by the rules of a language, and the letter that a name is found under."""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from ctypes import byref, c_int32, create_string_buffer

from fontTools import unicodedata as scripts
from msgspec import Struct

from directory_pub.edition.icu import call, call_for_text, locale_of, utf16

__all__ = ["SIGNS", "Collation"]

SIGNS = "#"
"""What names that begin with a figure or a sign are found under."""

# ICU's numbers: attributes, their values, and the set of the letters that a language has in its indexes.
_NUMERIC, _STRENGTH = 7, 5
_PRIMARY, _ON = 0, 17
_INDEX = 2
_APOSTROPHES = "'’"


class Collation(Struct, frozen=True):
    """How names of a language are put in order.

    Case and accents count where the letters are the same, figures by their value, and an article of
    ``ignored_articles`` at the beginning of a name not at all. Word by word: "New York" comes before "Newark".
    """

    language: str
    ignored_articles: tuple[str, ...] = ()

    @classmethod
    def of(cls, language: str, ignored_articles: Sequence[str] = ()) -> Collation:
        """The collation of a language by its tag; of one that ICU does not know, the order of all languages."""
        return cls(language, tuple(ignored_articles))

    def key(self, name: str) -> bytes:
        """What names are sorted by; two names have one key only if they are the same."""
        key = _sort_key(_collator(self.language), self._counted(name))
        return key + b"\0" + name.encode(errors="surrogatepass")

    def letters_key(self, name: str) -> bytes:
        """The same for names that differ in their accents, case or articles alone."""
        return _sort_key(_collator(self.language, _PRIMARY), self._counted(name))

    def initial(self, name: str) -> str:
        """The letter that a name is found under, as the language's indexes have it.

        ``SIGNS`` for one that begins with a figure or a sign; a letter of another script stands for itself.
        """
        counted = self._counted(name)
        first = next((each for each in unicodedata.normalize("NFC", counted) if each.isalnum()), "")
        if not first.isalpha():
            return SIGNS
        keys, labels, own_scripts = _labels(self.language)
        if scripts.script(first) in own_scripts:
            at = bisect_right(keys, self.letters_key(counted)) - 1
            return labels[max(at, 0)]
        return self._without_accent(first)

    def _counted(self, name: str) -> str:
        """What of a name counts: without the signs and the article that it begins with."""
        name = _without_signs(name)
        for article in self.ignored_articles:
            rest = _behind(article, name)
            if rest and any(map(str.isalnum, rest)):
                return _without_signs(rest)
        return name

    def _without_accent(self, letter: str) -> str:
        """A capital without its accent, where that makes no other letter of it."""
        capital = unicodedata.normalize("NFC", letter.upper())[:1]
        base = unicodedata.normalize("NFD", capital)[:1]
        return base if self.letters_key(base) == self.letters_key(capital) else capital


def _without_signs(name: str) -> str:
    """A name from its first letter or figure on; all of one that has none."""
    start = next((at for at, each in enumerate(name) if each.isalnum()), 0)
    return name[start:]


def _behind(article: str, name: str) -> str:
    """What stands behind an article: a space does, or nothing behind one that ends in an apostrophe."""
    folded = article.strip().replace("’", "'").casefold()
    if not folded or name[: len(folded)].replace("’", "'").casefold() != folded:
        return ""
    rest = name[len(folded) :]
    return rest if folded[-1] in _APOSTROPHES or rest[:1].isspace() else ""


# -------------------------------------------------------------------- what ICU knows
@functools.cache
def _collator(language: str, strength: int | None = None) -> int:
    """A collator; it is kept as long as the program runs."""
    collator: int = call("ucol_open", locale_of(language))
    call("ucol_setAttribute", collator, _NUMERIC, _ON)
    if strength is not None:
        call("ucol_setAttribute", collator, _STRENGTH, strength)
    return collator


def _sort_key(collator: int, text: str) -> bytes:
    told = utf16(text)
    buffer = create_string_buffer(16 + 8 * told[1])
    length = call("ucol_getSortKey", collator, *told, buffer, len(buffer))
    if length > len(buffer):
        buffer = create_string_buffer(length)
        call("ucol_getSortKey", collator, *told, buffer, length)
    return buffer.raw[: length - 1]  # the last byte is 0


@functools.cache
def _labels(language: str) -> tuple[tuple[bytes, ...], tuple[str, ...], frozenset[str]]:
    """The keys and letters of a language's indexes in their order, of two with one key the simpler; their scripts."""
    collator = _collator(language, _PRIMARY)
    by_key: dict[bytes, str] = {}
    for label in sorted(_exemplars(language), key=lambda each: (len(each), unicodedata.normalize("NFD", each))):
        by_key.setdefault(_sort_key(collator, label), label)
    keys = sorted(by_key)
    return (
        tuple(keys),
        tuple(by_key[key] for key in keys),
        frozenset(scripts.script(each[0]) for each in by_key.values()),
    )


def _exemplars(language: str) -> Iterator[str]:
    """The letters of a language's indexes; of a tag that is none, which is told of elsewhere, those of English."""
    data = call("ulocdata_open", locale_of(language) or locale_of("en"))
    letters = call("ulocdata_getExemplarSet", data, None, 0, _INDEX)
    for item in range(call("uset_getItemCount", letters)):
        first, last = c_int32(), c_int32()
        text = call_for_text("uset_getItem", letters, item, byref(first), byref(last))
        yield from [text.title()] if text else map(chr, range(first.value, last.value + 1))
    call("uset_close", letters)
    call("ulocdata_close", data)
