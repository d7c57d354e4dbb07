"""Dates, days of the week and times of the day as a language writes them."""

from __future__ import annotations

import functools
from datetime import UTC, datetime

from directory_pub.edition.icu import call, call_for_text, locale_of, utf16
from directory_pub.edition.own_words import own_words

__all__ = ["print_date", "print_day", "print_time", "print_weekday"]

_SKELETONS = {len("2031-03"): "yMMMM", len("2031-03-14"): "yMMMMd"}
_DAY, _WEEKDAY, _SHORT_WEEKDAY, _TIME = "EEEEMMMMd", "EEEE", "EEE", "jm"
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


def print_day(date: str, language: str) -> tuple[str, str, str]:
    """A day (2031-06-03) with its weekday, without the year: what stands before the weekday, this, what stands behind.

    In a language that the tool has no words in, it stays as it is, behind no weekday.
    """
    if own_words(language) is None:
        return "", "", date
    milliseconds = datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp() * 1000
    told, weekday = (
        call_for_text("udat_format", _format(language, skeleton), milliseconds, behind=(None,))
        for skeleton in (_DAY, _WEEKDAY)
    )
    before, found, behind = told.partition(weekday)
    if not found:
        return "", "", told
    return (
        (before[:1].upper() + before[1:], weekday, behind)
        if before
        else ("", weekday[:1].upper() + weekday[1:], behind)
    )


@functools.cache
def print_weekday(date: str, language: str) -> str:
    """The weekday of a day in short, as in "Tue"; in a language that the tool has no words in, the day as it is."""
    if own_words(language) is None:
        return date
    milliseconds = datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp() * 1000
    return call_for_text("udat_format", _format(language, _SHORT_WEEKDAY), milliseconds, behind=(None,))


@functools.cache
def print_time(minute: int, language: str) -> str:
    """A minute of the day (570) as a language writes it: 09:30, or 9:30 AM."""
    if own_words(language) is None:
        return f"{minute // 60:02}:{minute % 60:02}"
    pattern = _format(language, _TIME)
    return call_for_text("udat_format", pattern, float(minute * 60_000), behind=(None,)).replace("\u202f", "\u00a0")


@functools.cache
def _format(language: str, skeleton: str) -> int:
    """ICU's format for a day or month; it is kept as long as the program runs."""
    locale = locale_of(language)
    patterns = call("udatpg_open", locale)
    pattern = call_for_text("udatpg_getBestPattern", patterns, *utf16(skeleton))
    call("udatpg_close", patterns)
    made: int = call("udat_open", _BY_PATTERN, _BY_PATTERN, locale, *utf16("Etc/UTC"), *utf16(pattern))
    return made
