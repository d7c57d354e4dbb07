"""Telephone numbers in a line of text: national and international, short codes, extensions, letters for digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import phonenumbers
from msgspec import Struct
from msgspec.structs import replace
from phonenumbers import PhoneNumberFormat, ValidationResult, shortnumberinfo

from directory_pub.contact.trouble import Trouble

__all__ = ["Number", "find_numbers"]

_GAP = r"[ \u00a0\u2009\u202f.\-\u2010\u2011\u2013·]{0,3}"
_DIGITS = r"(?:\(\s?\+?[\d ]{1,6}\)|\d)"
_WITH_LETTERS = r"(?:-[A-Z\d]*[A-Z][A-Z\d]+)+"
_FREE_WITH_LETTERS = r"(?:0\d{2,3}|1?[-. ]?8\d\d)(?: [A-Z]{3,})+"
_EXTENSION = (
    r"(?:,?\s*(?:ext(?:ensio)?n?|x|\#|DW|Durchwahl|App(?:arat)?|Nebenstelle|Nst|poste|interno|int|anexo|toestel|tst"
    r"|wew|wn?|anknytning)\.?:?\s*-?(?P<extension>\d{1,6})(?!\d))?"
)
# What has digits and is no number: remarks in brackets, hours.
_REMARK = r"\([^()]*[^\W\d_/:-][^()]*\)|\([^()]*[/:-][^()]*\)"
_HOURS = r"24\s?/\s?7|24\s?(?:h|hrs?|hours|Std)\b|\d{1,2}[:h]\d\d|\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?(?:h|am|pm|Uhr)\b"
# *67 may stand before a number; what is longer is a code only where no number goes on, for a star may be a remark's.
_CODE = r"[*#]{1,2}(?:\d\d?(?!\d)|\d{3,}(?!\d|[ .-]{1,3}\d))(?:[*#]+\d*)*"
_HOUR = r"(?:[01]?\d|2[0-4])"
_FROM_TO = rf"(?:(?<=[,;.]\s)|(?<=[^\W\d]\s)){_HOUR}\s?[-–]\s?{_HOUR}(?!\d|[ -]?\d)"  # behind a day or another hour
_PLAIN = rf"(?:\+{_GAP})?{_DIGITS}(?:{_GAP}(?!{_HOURS}){_DIGITS})*"
_FOUND = re.compile(
    rf"(?P<other>{_REMARK}|{_HOURS}|{_FROM_TO})|(?P<code>{_CODE})"
    rf"|(?P<number>{_FREE_WITH_LETTERS}|{_PLAIN}(?:{_WITH_LETTERS})?)(?i:{_EXTENSION})"
)
_IN_BRACKETS = re.compile(r"\(\d+\)")  # what the letters of the number before it stand for
_SLASH = re.compile(r"\s*/\s*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WRITE_TO = re.compile(r"\b(?:text|txt|sms)\b", re.IGNORECASE)
_LAST_GROUP = re.compile(r"(?:\s*[-\u2010\u2011\u2013]\s*\d{1,4}|\s*\(\d{1,4}\))$")
_ABROAD = re.compile(r"\(?\s?00")
_AGAINST = {
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: Trouble.LOCAL,
    ValidationResult.TOO_SHORT: Trouble.SHORT,
}
_WITHOUT_LENGTHS = ("DE", "AT")  # where a number that lacks its area looks like another town's
_SHORT_CODE_DIGITS = 6
_LONGEST_WITH_ZERO = 3  # such as 000; what is longer lacks digits
_AREA_DIGITS = 6  # at the most, with the 0 before it
_ENDING_DIGITS = 4  # at the most, of what is dialled instead of a number's last digits
_FEWEST_DIGITS = 7  # of a number with its area


class Number(Struct, frozen=True):
    """A number in a text, from ``start`` to ``end``; it has a link or a trouble."""

    start: int
    end: int
    link: str | None = None
    trouble: Trouble | None = None


class _Span(Struct, frozen=True):
    start: int
    end: int
    text: str
    extension: str = ""

    @property
    def digits(self) -> str:
        return "".join(each for each in self.text if each.isdigit())


def find_numbers(text: str, country: str | None = None) -> list[Number]:
    """Every number of a text; those without a country's code are read as the country's."""
    spans = [span for chain in _chains(text) for span in _numbers_of(chain, text, country)]
    several = len(spans) > 1
    numbers = [
        _read(span, country, text[: span.start])
        for span in spans
        if not (several and _YEAR.fullmatch(span.text)) and not text.startswith(":", span.end)
    ]
    codes = [Number(*match.span(), trouble=Trouble.CODE) for match in _FOUND.finditer(text) if match["code"]]
    return sorted((*numbers, *codes), key=lambda number: number.start)


def _chains(text: str) -> list[list[_Span]]:
    """The digits of a text, in groups that nothing but slashes part."""
    chains: list[list[_Span]] = []
    for span in _spans(text):
        if chains and _SLASH.fullmatch(text, chains[-1][-1].end, span.start):
            chains[-1].append(span)
        else:
            chains.append([span])
    return chains


def _spans(text: str) -> Iterator[_Span]:
    for match in _FOUND.finditer(text):
        explains = _IN_BRACKETS.fullmatch(match["number"] or "") and not _SLASH.match(text, match.end())
        if match["number"] and not explains:
            end = match.end() if match["extension"] else match.end("number")
            yield _Span(match.start("number"), end, match["number"], match["extension"] or "")


def _numbers_of(chain: Sequence[_Span], text: str, country: str | None) -> Iterator[_Span]:
    """The numbers of three digits or more; "/ 46" behind one is another line's ending, which nobody dials alone."""
    while chain:
        count = _length_of_first(chain, text, country)
        number, chain = _as_one(chain[:count], text), chain[count:]
        if len(number.digits) > 2:
            yield number
        while chain and _is_ending(chain[0], number, country):
            chain = chain[1:]


def _length_of_first(chain: Sequence[_Span], text: str, country: str | None) -> int:
    """How many parts of a chain are its first number: as many as make it valid, or its area and the rest."""
    first = chain[0]
    own = next((i for i, span in enumerate(chain) if i and _begins_a_number(span)), len(chain))
    if own == 1 or (not first.text.startswith("0") and _is_valid_short_code(first.digits, country)):
        return 1
    for count in range(1, own + 1):
        if _is_valid(_as_one(chain[:count], text).text, country):
            return count
    is_area = first.text.startswith(("0", "(", "+")) and len(first.digits) <= _AREA_DIGITS
    return 2 if is_area and len(_as_one(chain[:2], text).digits) >= _FEWEST_DIGITS else 1


def _begins_a_number(span: _Span) -> bool:
    return span.text.startswith("+") or (span.text.startswith("0") and len(span.digits) > _ENDING_DIGITS)


def _as_one(spans: Sequence[_Span], text: str) -> _Span:
    start, end = spans[0].start, spans[-1].end
    typed = spans[-1].text
    return replace(spans[-1], start=start, text=text[start : spans[-1].start] + typed, end=end)


def _is_ending(span: _Span, number: _Span, country: str | None) -> bool:
    """Whether a part behind a number is instead of its last digits."""
    whole = len(number.digits) >= _FEWEST_DIGITS
    return whole and len(span.digits) <= _ENDING_DIGITS and not _is_valid_short_code(span.digits, country)


# -------------------------------------------------------------------- the plans of the countries
def _international(text: str) -> str:
    """A number with + before its country's code, where it has one."""
    return _ABROAD.sub("+", text, 1) if _ABROAD.match(text) else text


def _is_valid(text: str, country: str | None) -> bool:
    number = _parsed(_international(text), country)
    return number is not None and phonenumbers.is_valid_number(number)


def _is_valid_short_code(digits: str, country: str | None) -> bool:
    number = _parsed(digits, country) if country else None
    return number is not None and bool(shortnumberinfo.is_valid_short_number_for_region(number, country or ""))


def _parsed(text: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None


# -------------------------------------------------------------------- what a number is
def _read(span: _Span, country: str | None, before: str) -> Number:
    """A number as what it can be: international, a short code, or a number of the country."""
    if _international(span.text).startswith(("+", "(+")):
        return _told(span, None)
    is_code = len(span.digits) <= _SHORT_CODE_DIGITS and span.text.upper() == span.text.lower()
    if is_code and _is_short_code(span.digits, country):
        return Number(span.start, span.end, f"{'sms' if _WRITE_TO.search(before) else 'tel'}:{span.digits}")
    if country is None:
        return Number(span.start, span.end, trouble=Trouble.NATIONAL)
    return _told(span, country)


def _is_short_code(digits: str, country: str | None) -> bool:
    """A number such as 112; where the country is not known, every short one is as good as dialled."""
    if country is None or (digits.startswith("0") and len(digits) > _LONGEST_WITH_ZERO):
        return country is None
    number = _parsed(digits, country)
    if number is None or phonenumbers.is_valid_number(number):
        return number is None
    return shortnumberinfo.is_possible_short_number_for_region(number, country)


def _told(span: _Span, country: str | None) -> Number:
    """The number's link, or what its country has against it."""
    span = _without_endings(span, country)
    text = _international(span.text)
    number = _parsed(f"{text} ext. {span.extension}" if span.extension else text, country)
    if number is None:
        return Number(span.start, span.end, trouble=Trouble.NO_NUMBER)
    if re.search("[A-Z]", text):
        phonenumbers.truncate_too_long_number(number)  # a word has more letters than are dialled
    if country in _WITHOUT_LENGTHS and not span.digits.startswith("0"):
        return Number(span.start, span.end, trouble=Trouble.LOCAL)
    if _can_be_dialled(number, country):
        return Number(span.start, span.end, phonenumbers.format_number(number, PhoneNumberFormat.RFC3966))
    reason = phonenumbers.is_possible_number_with_reason(number)
    return Number(span.start, span.end, trouble=_AGAINST.get(reason, Trouble.IMPOSSIBLE))


def _can_be_dialled(number: phonenumbers.PhoneNumber, country: str | None) -> bool:
    """With its country's code a number is taken if it is possible; without, for it may be another's, if it is valid."""
    if country is None:
        return phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    return phonenumbers.is_valid_number(number)


def _without_endings(span: _Span, country: str | None) -> _Span:
    """A number without the "-34" or "(2015)" behind it that would spoil it."""
    shorter = span
    while not _is_valid(shorter.text, country):
        match = _LAST_GROUP.search(shorter.text)
        cut = shorter.text[: match.start()] if match else ""
        shorter = replace(shorter, text=cut, end=shorter.start + len(cut))
        if span.extension or len(shorter.digits) < _FEWEST_DIGITS:
            return span
    return shorter
