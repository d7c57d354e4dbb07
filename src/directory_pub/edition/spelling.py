"""The name that was meant, where one is near to what was written."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath

__all__ = ["did_you_mean", "is_slip", "near_name"]

_NEAR = 0.7  # 'naem' is near 'name'; 'country' is not near 'contact' (0.57)


def near_name(word: str, known: Iterable[str]) -> str | None:
    """The known name nearest to ``word``, or None where none is near; case and a file's ending do not count."""
    names = {_letters(name): name for name in known}
    near = difflib.get_close_matches(_letters(word), names, 1, _NEAR)
    return names[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the name that was meant, or ``otherwise`` where none is near."""
    near = near_name(word, known)
    return f"Did you mean '{near}'?" if near else otherwise


def is_slip(word: str, known: str) -> bool:
    """Whether one is the other but for a slip: word by word, so that what has a word more is something else."""
    words, others = _words(word), _words(known)
    if "".join(words) == "".join(others):
        return True
    return len(words) == len(others) and all(
        one == other or near_name(one, [other]) for one, other in zip(words, others, strict=True)
    )


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", name.casefold()).replace("_", " "))


def _letters(name: str) -> str:
    return unicodedata.normalize("NFC", PurePath(name).stem.casefold())
