"""Dates as a language writes them."""

from __future__ import annotations

import functools
from datetime import UTC, datetime

from directory_pub.edition.icu import call, call_for_text, locale_of, utf16
from directory_pub.edition.own_words import own_words

__all__ = ["print_date"]

_SKELETONS = {len("2031-03"): "yMMMM", len("2031-03-14"): "yMMMMd"}
_BY_PATTERN = -2  # ICU's number for a date that is written by a pattern
_CALENDAR_AGAIN = 400  # years after which days and leap years come again
_FIRST_YEAR = 1600  # before, ICU has the days of the Julian calendar


def print_date(text: str, language: str) -> str:
    """A day, month or year (2031-03-14, 2031-03 or 2031) as a language writes it, as in "14 March 2031".

    In a language that the tool has no words in, it stays as it is.
    """
    skeleton = _SKELETONS.get(len(text))
    if skeleton is None or own_words(language) is None:
        return text
    day = datetime.fromisoformat(f"{text}-01"[:10]).replace(tzinfo=UTC)
    again = 0
    while day.year + again < _FIRST_YEAR:
        again += _CALENDAR_AGAIN
    milliseconds = day.replace(year=day.year + again).timestamp() * 1000
    written = call_for_text("udat_format", _format(language, skeleton), milliseconds, behind=(None,))
    return written.replace(str(day.year + again), str(day.year)) if again else written


@functools.cache
def _format(language: str, skeleton: str) -> int:
    """ICU's format for a day or month; it is kept as long as the program runs."""
    locale = locale_of(language)
    patterns = call("udatpg_open", locale)
    pattern = call_for_text("udatpg_getBestPattern", patterns, *utf16(skeleton))
    call("udatpg_close", patterns)
    made: int = call("udat_open", _BY_PATTERN, _BY_PATTERN, locale, *utf16("Etc/UTC"), *utf16(pattern))
    return made
