"""A key out of a name: small letters without accents, figures and hyphens."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["key_of"]

_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue"}
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "å": "aa", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_CYRILLIC = "а=a б=b в=v г=g ґ=g д=d е=e є=ie ж=zh з=z и=i і=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts"
_CYRILLIC += " ч=ch ш=sh щ=shch ы=y э=e ю=iu я=ia"
_GREEK = "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o"
_LETTERS |= {pair[0]: pair[2:] for pair in f"{_CYRILLIC} {_GREEK}".split()}
_LETTERS |= dict.fromkeys("ъь", "")  # not heard, and no end of a word
_GENITIVE = re.compile(r"[’'](?=s\b)")


def key_of(name: str, language: str) -> str:
    """The words of a name in Latin letters, as its ``language`` spells them, with hyphens between them.

    Empty for a name in a script that is spelt in no letters here.
    """
    spelling = _GERMAN if language.partition("-")[0].casefold() == "de" else {}
    small = unicodedata.normalize("NFC", name).casefold()
    small = _GENITIVE.sub("", small)
    spelt = unicodedata.normalize("NFD", "".join(spelling.get(each, _LETTERS.get(each, each)) for each in small))
    bare = (each for each in spelt if not unicodedata.combining(each))
    return "-".join(re.findall("[a-z0-9]+", "".join(_LETTERS.get(each, each) for each in bare)))
