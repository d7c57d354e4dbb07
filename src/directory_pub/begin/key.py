"""A key out of a title: small letters without accents, figures and hyphens."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["make_key"]

_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue"}
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "å": "aa", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_LETTERS |= dict(
    zip(
        "абвгґдеєжзиіїклмнопрстуфхцчшщыэюя",
        "a b v g g d e ie zh z i i i k l m n o p r s t u f kh ts ch sh shch y e iu ia".split(),
        strict=True,
    )
)
_LETTERS |= dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(), strict=True)
)
_LETTERS |= dict.fromkeys("’'ъь", "")  # not heard, and no end of a word


def make_key(title: str, language: str, year: str) -> str:
    """The key of an edition: its title in Latin letters as its ``language`` spells them, and the year.

    A title in a script that the book cannot be set in is a directory's.
    """
    spelling = _GERMAN if language.partition("-")[0].casefold() == "de" else {}
    small = unicodedata.normalize("NFC", title).casefold()
    spelt = unicodedata.normalize("NFD", "".join(spelling.get(each, _LETTERS.get(each, each)) for each in small))
    bare = (each for each in spelt if not unicodedata.combining(each))
    words = re.findall("[a-z0-9]+", "".join(_LETTERS.get(each, each) for each in bare))
    return "-".join([*(words or ["directory"]), *([] if year in words else [year])])
