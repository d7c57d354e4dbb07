"""Telephone numbers in a line of text: national and international, short codes, extensions, letters for digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import phonenumbers
from phonenumbers import PhoneNumberFormat, ValidationResult, shortnumberinfo

from directory_pub.contact.trouble import Trouble

__all__ = ["Number", "find_numbers"]

_GAP = r"[ \u00a0\u2009\u202f.\-\u2010\u2011\u2013·]{0,3}"
_DIGITS = r"(?:\(\s?\+?[\d ]{1,6}\)|\d)"
_WITH_LETTERS = r"(?:-[A-Z\d]*[A-Z][A-Z\d]+)+"
_FREE_WITH_LETTERS = r"(?:0\d{2,3}|1?[-. ]?8\d\d)(?: [A-Z]{3,})+"
_EXTENSION = (
    r"(?:,?\s*(?:ext(?:ensio)?n?|x|\#|DW|Durchwahl|App(?:arat)?|Nebenstelle|Nst|poste|interno|int|anexo|toestel|tst"
    r"|wewn?|anknytning)\.?:?\s*-?(?P<extension>\d{1,6})(?!\d))?"
)
# What has digits and is no number: remarks in brackets, hours, codes such as *67.
_CODE = r"[*#]\d{1,4}[*#]?"
_REMARK = r"\([^()]*[^\W\d_/:-][^()]*\)|\([^()]*[/:-][^()]*\)"
_HOURS = r"24\s?/\s?7|24\s?(?:h|hrs?|hours|Std)\b|\d{1,2}[:h]\d\d|\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?(?:h|am|pm|Uhr)\b"
_PLAIN = rf"(?:\+{_GAP})?{_DIGITS}(?:{_GAP}(?!{_HOURS}){_DIGITS})*"
_FOUND = re.compile(
    rf"(?P<other>{_REMARK}|{_HOURS}|{_CODE})|(?P<number>{_FREE_WITH_LETTERS}|{_PLAIN}(?:{_WITH_LETTERS})?)(?i:{_EXTENSION})"
)
_IN_BRACKETS = re.compile(r"\(\d+\)")  # what the letters of the number before it stand for
_SLASH = re.compile(r"\s*/\s*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WRITE_TO = re.compile(r"\b(?:text|txt|sms)\b", re.IGNORECASE)
_SHORT_CODE_DIGITS = 6
_AREA_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text, from ``start`` to ``end``; it has a link or a trouble."""

    start: int
    end: int
    link: str | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    text: str
    extension: str = ""

    @property
    def digits(self) -> str:
        return "".join(each for each in self.text if each.isdigit())


def find_numbers(text: str, country: str | None = None) -> list[Number]:
    """Every number of a text; those without a country's code are read as the country's."""
    spans = list(_joined(text, country))
    several = len(spans) > 1
    return [
        _read(span, country, text[: span.start])
        for span in spans
        if not (several and _YEAR.fullmatch(span.text)) and not text.startswith(":", span.end)
    ]


def _joined(text: str, country: str | None) -> Iterator[_Span]:
    """Spans of three digits or more; what a slash parts is one number, a number's extension, or two numbers."""
    held: _Span | None = None
    for span in _spans(text):
        if held and _SLASH.fullmatch(text, held.end, span.start):
            whole = replace(held, end=span.end, text=text[held.start : span.end], extension=span.extension)
            if _is_area(held, whole, country):
                held = whole
                continue
            if len(held.digits) > _SHORT_CODE_DIGITS - 1 and len(span.digits) < _AREA_DIGITS and not held.extension:
                held = replace(held, end=span.end, extension=span.digits)
                continue
        if held and len(held.digits) > 2:
            yield held
        held = span
    if held and len(held.digits) > 2:
        yield held


def _spans(text: str) -> Iterator[_Span]:
    for match in _FOUND.finditer(text):
        if match["number"] and not _IN_BRACKETS.fullmatch(match["number"]):
            end = match.end() if match["extension"] else match.end("number")
            yield _Span(match.start("number"), end, match["number"], match["extension"] or "")


def _is_area(first: _Span, whole: _Span, country: str | None) -> bool:
    """Whether what stands before a slash is the number's own area, as in 030/123456."""
    if len(whole.digits) - len(first.digits) < _AREA_DIGITS - 1:
        return False
    if first.text.startswith("+") or country:
        return not _is_possible(first.text, country) and _is_possible(whole.text, country)
    return first.text.startswith(("0", "(")) and len(first.digits) <= _AREA_DIGITS


def _is_possible(text: str, country: str | None) -> bool:
    number = _parsed(text, country)
    reason = phonenumbers.is_possible_number_with_reason(number) if number else None
    return reason == ValidationResult.IS_POSSIBLE


def _parsed(text: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None


# -------------------------------------------------------------------- what a number is
def _read(span: _Span, country: str | None, before: str) -> Number:
    """A number as what it can be: international, a short code, or a number of the country."""
    text = f"+{span.text[2:]}" if span.text.startswith("00") else span.text
    if text.startswith(("+", "(+")):
        return _told(span, text, None)
    is_code = len(span.digits) <= _SHORT_CODE_DIGITS and span.text.upper() == span.text.lower()
    if is_code and _is_short_code(span.digits, country):
        return Number(span.start, span.end, f"{'sms' if _WRITE_TO.search(before) else 'tel'}:{span.digits}")
    if country is None:
        return Number(span.start, span.end, trouble=Trouble.NATIONAL)
    return _told(span, text, country)


def _is_short_code(digits: str, country: str | None) -> bool:
    """A number such as 112; where the country is not known, every short one is as good as dialled."""
    if country is None:
        return True
    number = _parsed(digits, country)
    if number is None or phonenumbers.is_valid_number(number):
        return number is None
    return shortnumberinfo.is_possible_short_number_for_region(number, country)


def _told(span: _Span, text: str, country: str | None) -> Number:
    """The number's link, or what its country has against it."""
    number = _parsed(f"{text} ext. {span.extension}" if span.extension else text, country)
    if number is None:
        return Number(span.start, span.end, trouble=Trouble.NO_NUMBER)
    if re.search("[A-Z]", text):
        phonenumbers.truncate_too_long_number(number)  # a word has more letters than are dialled
    match phonenumbers.is_possible_number_with_reason(number):
        case ValidationResult.IS_POSSIBLE:
            link = phonenumbers.format_number(number, PhoneNumberFormat.RFC3966)
            return Number(span.start, span.end, link)
        case ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return Number(span.start, span.end, trouble=Trouble.LOCAL)
        case ValidationResult.TOO_SHORT:
            return Number(span.start, span.end, trouble=Trouble.SHORT)
        case _:
            return Number(span.start, span.end, trouble=Trouble.IMPOSSIBLE)
