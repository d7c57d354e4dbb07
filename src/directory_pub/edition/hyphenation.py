"""Where the words of a language may be parted at a line's end, and where a book does so."""

from __future__ import annotations

import functools
import re
from typing import Literal

import pyphen

__all__ = ["Hyphenation", "languages_with_rules", "parts_of", "usual_hyphenation"]

Hyphenation = Literal["always", "narrow", "never"]
"""In every text, where lines are short, or nowhere."""

_OF_LONG_WORDS = frozenset(("de", "nl", "fi"))
_FEWEST = 3  # letters on either side
_OTHERWISE_CALLED = {"no": "nb"}
# Finnish has no dictionary and needs none: a syllable begins with the consonant before a vowel. Between two vowels
# no word is parted.
_FINNISH = re.compile(r"(?<=[^\W\d_])[bcdfghjklmnpqrstvwxzšž](?=[aeiouyåäö])")


def languages_with_rules() -> list[str]:
    """The languages whose words can be parted, in order, without regions."""
    return sorted({*(name.partition("_")[0] for name in pyphen.LANGUAGES), *_OTHERWISE_CALLED, "fi"})


def usual_hyphenation(language: str) -> Hyphenation:
    """Where words of a language are parted if nobody says it."""
    return "always" if language.partition("-")[0].lower() in _OF_LONG_WORDS else "narrow"


@functools.lru_cache(maxsize=20_000)
def parts_of(word: str, language: str) -> tuple[int, ...]:
    """The offsets before which a word of letters alone may be parted; none in a language without rules.

    A place at which the word would be spelled otherwise is none.
    """
    if _is_finnish(language):
        found = [match.start() for match in _FINNISH.finditer(word.lower()) if _has_vowel(word[: match.start()])]
        return tuple(at for at in found if _FEWEST <= at <= len(word) - _FEWEST)
    rules = _dictionary(language)
    return tuple(int(at) for at in rules.positions(word) if at.data is None) if rules else ()


def _is_finnish(language: str) -> bool:
    return language.partition("-")[0].lower() == "fi"


def _has_vowel(text: str) -> bool:
    return re.search(r"[aeiouyåäö]", text.lower()) is not None


@functools.cache
def _dictionary(language: str) -> pyphen.Pyphen | None:
    primary, *region = language.split("-")
    tag = "_".join((_OTHERWISE_CALLED.get(primary.lower(), primary.lower()), *region))
    known = pyphen.language_fallback(tag)
    return pyphen.Pyphen(lang=known, left=_FEWEST, right=_FEWEST) if known else None
