"""What a cell of a workbook shows: its value as its number format writes it.

What depends on the computer that looks at it (the order of a short date, the language of a month's name)
or is not written here is not guessed: ``show`` gives None.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

__all__ = ["show"]

Value = bool | int | float | str | datetime.datetime | datetime.date | datetime.time
_SYSTEM_DATE = ("mm-dd-yy", "m/d/yy", "[$-F800]", "[$-F400]", "[$-x-sysdate]", "[$-x-systime]")
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)(?:-([0-9A-Fa-f]+))?\]|\[[A-Za-z]+\d*\]|AM/PM|General|(.)', re.S
)
_DATE_PART = re.compile(r'("[^"]*"|\\.|\[\$[^\]]*\])|AM/PM|y+|m+|d+|h+|s+|(.)', re.S | re.I)
_ELAPSED_OR_CONDITION = re.compile(r"\[(?:[hms]+|[<>=].*?|DBNum.*?)\]", re.I)
_ENGLISH = re.compile(r"\[\$-(?:0?409|0?809|0?C09|1009|1809)\]", re.I)
_PLACES = "0#?"
_MOST_DIGITS = 15  # what a workbook keeps of a number


def show(value: Value, number_format: str) -> str | None:
    """The text that a reader sees in the cell, None where that cannot be known."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    sections = _sections(number_format)
    if isinstance(value, str):
        return _text(value, sections)
    if any(mark in number_format for mark in _SYSTEM_DATE) or _ELAPSED_OR_CONDITION.search(number_format):
        return None
    if isinstance(value, datetime.date | datetime.time):
        return _moment(value, sections[0], english=bool(_ENGLISH.search(number_format)))
    return _signed(Decimal(repr(value)), sections) if isinstance(value, int | float) else None  # a span of time


def _signed(number: Decimal, sections: Sequence[str]) -> str | None:
    """A number in the section of its sign."""
    if len(sections) > 1 and number < 0:
        return _number(-number, sections[1])
    if len(sections) > 2 and number == 0:
        return _number(number, sections[2])
    shown = _number(abs(number), sections[0])
    return f"-{shown}" if shown is not None and number < 0 and re.search("[1-9]", shown) else shown


@lru_cache(maxsize=256)  # a long list has few formats
def _sections(number_format: str) -> list[str]:
    """A format's parts for positive, negative and zero numbers and for text."""
    return re.findall(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+|(?<=;)(?=;|$)|^(?=;)', number_format, re.S) or ["General"]


def _text(value: str, sections: Sequence[str]) -> str | None:
    form = sections[3] if len(sections) > 3 else sections[0] if "@" in sections[0] else "@"
    return "".join(literal if each != "@" else value for each, literal in _tokens(form))


@lru_cache(maxsize=256)
def _tokens(section: str) -> list[tuple[str, str]]:
    """What a section asks for, character by character, and what each prints as it stands."""
    found = []
    for match in _TOKEN.finditer(section):
        quoted, escaped, currency, _, plain = match.groups()
        if plain is not None:
            found.append((plain, plain))
        elif match[0] == "General":
            found.append(("General", ""))
        else:
            blank = " " if match[0].startswith("_") else ""
            found.append(("", quoted or escaped or currency or blank))
    return found


# -------------------------------------------------------------------- numbers
def _number(number: Decimal, section: str) -> str | None:
    tokens = _tokens(section)
    marks = "".join(mark for mark, _ in tokens)
    if "General" in marks or not section:
        general = "" if not section else _general(number)
        return "".join(general if mark == "General" else literal for mark, literal in tokens)
    if "@" in marks:
        return _general(number)
    if re.search(r"[Ee][+-]|[?#0]\s*/|[A-DF-Za-df-z]", marks) or re.search(r"[0#?],+(?:[^0#?,]|$)", marks):
        return None  # powers of ten, fractions, thousands left out, and letters that mean something unknown
    return _fill(number * 100 ** marks.count("%"), tokens)


def _general(number: Decimal) -> str:
    """As many digits as a cell has room for."""
    if number and (number.adjusted() >= _MOST_DIGITS or number.adjusted() < -9):
        mantissa, power = f"{number:.5E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{power[0]}{power[1:].zfill(2)}"
    if number == number.to_integral_value():
        return str(number.quantize(Decimal(1)))
    return format(Decimal(f"{number:.10g}").normalize(), "f")


def _fill(number: Decimal, tokens: Sequence[tuple[str, str]]) -> str:
    """Digits in the places of a format, from the point outwards; what there is no place for stands in front."""
    point = next((index for index, (mark, _) in enumerate(tokens) if mark == "."), len(tokens))
    decimals = sum(mark in _PLACES for mark, _ in tokens[point + 1 :] if mark)
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, part = format(rounded, "f").partition(".")
    grouped = any(mark == "," for mark, _ in tokens[:point])
    front = _fill_whole("" if whole == "0" else whole, tokens[:point], grouped=grouped)
    return front + _fill_part(part, tokens[point:])


def _fill_whole(digits: str, tokens: Sequence[tuple[str, str]], *, grouped: bool) -> str:
    out: list[str] = []
    left, count = list(digits), 0
    first = next((index for index, (mark, _) in enumerate(tokens) if mark and mark in _PLACES), None)
    for index in range(len(tokens) - 1, -1, -1):
        mark, literal = tokens[index]
        if not mark or mark not in _PLACES:
            out.append("" if mark == "," else literal)
            continue
        wanted = list(reversed(left)) if index == first else [left[-1]] if left else []
        del left[len(left) - len(wanted) :]
        for digit in wanted or ([{"0": "0", "?": " "}.get(mark, "")] if mark != "#" else []):
            out.append("," if grouped and count and count % 3 == 0 else "")
            out.append(digit)
            count += 1
    return "".join(reversed(out))


def _fill_part(digits: str, tokens: Sequence[tuple[str, str]]) -> str:
    """The point and what follows; an optional place at the end shows no zero."""
    places = [index for index, (mark, _) in enumerate(tokens) if mark and mark in _PLACES]
    shown = dict(zip(places, digits, strict=True))
    for index in reversed(places):
        if shown[index] != "0" or tokens[index][0] == "0":
            break
        shown[index] = " " if tokens[index][0] == "?" else ""
    return "".join(shown.get(index, literal) for index, (_, literal) in enumerate(tokens))


# -------------------------------------------------------------------- dates
def _moment(value: datetime.date | datetime.time, section: str, *, english: bool) -> str | None:
    parts = [match for match in _DATE_PART.finditer(section) if not match[0].startswith("[$")]
    kinds = [_kind(parts, index) for index in range(len(parts))]
    if _is_date_alone(value):
        end = _end_of_date(kinds)
        parts, kinds = parts[:end], kinds[:end]
    half_day = any(match[0].upper() == "AM/PM" for match in parts)
    shown = []
    for match, kind in zip(parts, kinds, strict=True):
        piece = (
            _literal(match) if kind is None else _part(value, kind, len(match[0]), half_day=half_day, english=english)
        )
        if piece is None:
            return None
        shown.append(piece)
    return "".join(shown).strip()


def _end_of_date(kinds: Sequence[str | None]) -> int:
    """Where a format's date ends and a time follows: that of a day which has none is not shown."""
    begin = next((index for index, kind in enumerate(kinds) if kind and kind in "hns"), len(kinds))
    date = [index for index, kind in enumerate(kinds[:begin]) if kind]
    return date[-1] + 1 if date and begin < len(kinds) else len(kinds)


def _is_date_alone(value: datetime.date | datetime.time) -> bool:
    return not isinstance(value, datetime.time) and getattr(value, "time", datetime.time)() == datetime.time()


def _kind(parts: Sequence[re.Match[str]], index: int) -> str | None:
    """y, m, d, h, s, n for minutes, a for the half of the day; None for what prints as it stands."""
    text = parts[index][0].upper()
    if text == "AM/PM":
        return "a"
    if parts[index][1] or parts[index][2] or text[0] not in "YMDHS":
        return None
    if text[0] == "M":
        around = [p[0].upper()[0] for p in parts if not p[1] and p[0].upper()[0] in "YMDHS"]
        at = sum(1 for p in parts[:index] if not p[1] and p[0].upper()[0] in "YMDHS")
        return "n" if around[at - 1 : at] == ["H"] or around[at + 1 : at + 2] == ["S"] else "m"
    return text[0].lower()


def _literal(match: re.Match[str]) -> str | None:
    text = match[0]
    if text.startswith('"'):
        return text[1:-1]
    if text.startswith("\\"):
        return text[1:]
    return None if text.isalnum() or text in "[]" else "" if text in "@_*" else text


def _part(value: datetime.date | datetime.time, kind: str, width: int, *, half_day: bool, english: bool) -> str | None:
    """One part of a date or time, of as many figures as the format has letters; names of months in English only."""
    if kind == "a":
        return value.strftime("%p") or "AM"
    if kind in "ymd" and isinstance(value, datetime.time):
        return None
    if kind in "md" and width > 2:
        names = {("m", 3): "%b", ("m", 4): "%B", ("d", 3): "%a", ("d", 4): "%A"}
        return value.strftime(names[kind, width]) if english and (kind, width) in names else None
    numbers = {
        "y": "%Y" if width > 2 else "%y",
        "m": "%m",
        "d": "%d",
        "h": "%I" if half_day else "%H",
        "n": "%M",
        "s": "%S",
    }
    shown = value.strftime(numbers[kind])
    return (
        shown.zfill(4) if kind == "y" and width > 2 else shown if width > 1 or kind == "y" else shown.lstrip("0") or "0"
    )
