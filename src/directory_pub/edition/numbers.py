"""Numbers as a language writes them."""

from __future__ import annotations

import functools

from directory_pub.edition.icu import call, call_for_text, locale_of

__all__ = ["decimal_mark"]

_DECIMAL_STYLE, _DECIMAL_MARK = 1, 0  # ICU's numbers for a plain number, and for the mark before its decimals


@functools.cache
def decimal_mark(language: str) -> str:
    """What stands before the decimals of a number in a language: a point or a comma."""
    opened = call("unum_open", _DECIMAL_STYLE, None, 0, locale_of(language), None)
    try:
        return call_for_text("unum_getSymbol", opened, _DECIMAL_MARK)
    finally:
        call("unum_close", opened)
