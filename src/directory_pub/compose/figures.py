"""Columns of figures: which of a table's are, and where in each figure its decimals begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["figures_in", "points_of"]

_SIGN, _MONEY, _THIN = r"[−–+\-±~≈<>≤≥]", r"[€$£¥]", "\u00a0\u2009\u202f "
_FIGURE = re.compile(
    rf"(?:{_SIGN}[{_THIN}]?)?(?:{_MONEY}[{_THIN}]?)?\d+(?:[.,'’{_THIN}]\d+)*"
    rf"(?:[{_THIN}]?(?:[%‰°€$£¥]|°C)|[{_THIN}][^\W\d]{{1,4}}[²³]?)?"
)
_NONE = frozenset(("", "–", "—", "-", "−", "…", "?"))
_MARKS = (".", ",")


def figures_in(texts: Sequence[str]) -> bool:
    """Whether the cells of a column are figures, or say that there is none."""
    told = [text.strip() for text in texts]
    return any(_FIGURE.fullmatch(text) for text in told) and all(
        text in _NONE or _FIGURE.fullmatch(text) for text in told
    )


def points_of(texts: Sequence[str], decimal: str) -> list[int]:
    """How many letters of each figure of a column stand before its decimals, or before what is said behind it.

    ``decimal`` is the language's mark; where a column can only mean the other, it is that.
    """
    mark = _decimal_of(texts, decimal)
    return [_point(text, mark) for text in texts]


def _decimal_of(texts: Sequence[str], decimal: str) -> str | None:
    """The mark before the decimals of a column: one that stands once in each figure, and not only before thousands."""
    if both := next((text for text in texts if all(mark in text for mark in _MARKS)), None):
        return max(_MARKS, key=both.rfind)
    for mark in (decimal, *(each for each in _MARKS if each != decimal)):
        behind = [re.findall(rf"{re.escape(mark)}(\d+)", text) for text in texts]
        if any(len(each) > 1 for each in behind):
            continue
        is_thousands = all(len(digits) == 3 for each in behind for digits in each)
        if any(behind) and (mark == decimal or not is_thousands):
            return mark
    return None


def _point(text: str, mark: str | None) -> int:
    """Where the decimals of one figure begin, or what stands behind its last digit."""
    if mark and (found := re.search(rf"(?<=\d){re.escape(mark)}\d", text)):
        return found.start()
    last = max((at for at, each in enumerate(text) if each.isdigit()), default=len(text) - 1)
    return last + 1
