"""Addresses and numbers among the words of a contact row: labels, several in a row, remarks behind them."""

from __future__ import annotations

import re

from msgspec import Struct

from directory_pub.contact.addresses import mail_link, web_link
from directory_pub.contact.numbers import find_numbers
from directory_pub.contact.trouble import Trouble

__all__ = ["Value", "mails_in", "numbers_in", "values_in", "webs_in"]

_MAIL = re.compile(r"[^\s,;|/<>()\[\]\"“”„:]+")
_TWO_DOTS = re.compile(r"[\w-]+(?:\.[\w-]+){2,}")
_WEB = re.compile(r"(?:(?![,;|](?:\s|$|www\.|https?:)|(?<!/)/www\.)[^\s<>\"“”„])+", re.IGNORECASE)
_WEB_LABEL = re.compile(r"[^\W\d]\w*:(?!/|\d)")
_LOOKS_LIKE_WEB = re.compile(r"\w+:/|\S*\w\.[^\W\d_]{2,}|(?:www|https?)\b", re.IGNORECASE)
_SURELY_WEB = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"(?P<web>(?:https?://|www\.)[^\s|;<>\"“”„]+)|(?P<mail>[\w.+'-]+@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE
)
_SPACE = re.compile(r"[^\S\n]+")
_BROKEN_OFF = re.compile(r"[^\S\n]*\n\s*[/?#&][^\s]*")  # the rest of an address, on a line of its own
_JOINS = frozenset(("and", "or", "und", "oder", "et", "ou", "y", "o", "e", "i", "en", "of", "och", "og", "ja", "tai"))
_OPENED_BY = {")": "(", "]": "[", "}": "{"}
_OPENING, _CLOSING = "([{'‘", ".,:!?'’)]}"


class Value(Struct, frozen=True):
    """An address or number in a text, with its link or its trouble."""

    start: int
    end: int
    link: str | None = None
    trouble: Trouble | None = None


def mails_in(text: str) -> list[Value]:
    """The mail addresses of a row of them; what was meant as one is in trouble."""
    values = []
    for match in _MAIL.finditer(text):
        token = match[0].rstrip(".!?")
        if "@" in token or _TWO_DOTS.fullmatch(token):
            link = mail_link(token)
            trouble = None if link else Trouble.NO_MAIL
            values.append(Value(match.start(), match.start() + len(token), link, trouble))
    return values


def webs_in(text: str) -> list[Value]:
    """The web addresses of a row of them; what was meant as one is in trouble."""
    values: list[Value] = []
    for match in _WEB.finditer(text):
        start, end = _trimmed(text, match.start(), match.end())
        token = text[start:end]
        last = values[-1] if values and values[-1].link and _SPACE.fullmatch(text, values[-1].end, start) else None
        if last and _goes_on(text[last.start : last.end], token) and not text.startswith(":", end):
            values[-1] = Value(last.start, end, trouble=Trouble.SPACE)
        elif values and values[-1].link and _BROKEN_OFF.fullmatch(text, values[-1].end, end):
            values[-1] = Value(values[-1].start, end, trouble=Trouble.SPACE)
        elif _LOOKS_LIKE_WEB.match(token):
            link = web_link(token)
            values.append(Value(start, end, link, None if link else Trouble.NO_WEB))
    return values


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """An address without its label, and without the brackets and stops round it."""
    while start < end and text[start] in _OPENING:
        start += 1
    if label := _WEB_LABEL.match(text, start, end):
        start = label.end() if label.end() < end else start
    while start < end and text[end - 1] in _CLOSING:
        opening = _OPENED_BY.get(text[end - 1])
        if opening and text.count(opening, start, end) >= text.count(text[end - 1], start, end):
            break
        end -= 1
    return start, end


def _goes_on(address: str, word: str) -> bool:
    """Whether a word behind an address is the rest of it: of its path, or of a host that was cut."""
    if _LOOKS_LIKE_WEB.match(word):
        return not _SURELY_WEB.match(word)
    has_path = "/" in _SURELY_WEB.sub("", address)
    return has_path and word[:1].isalnum() and word.casefold() not in _JOINS


def numbers_in(text: str, country: str | None) -> list[Value]:
    """The telephone numbers of a row of them."""
    return [Value(each.start, each.end, each.link, each.trouble) for each in find_numbers(text, country)]


def values_in(text: str) -> list[Value]:
    """What leads somewhere in a text about other things; what does not is just words."""
    values = []
    for match in _IN_TEXT.finditer(text):
        start, end = _trimmed(text, match.start(), match.end()) if match["web"] else match.span()
        if link := (web_link if match["web"] else mail_link)(text[start:end]):
            values.append(Value(start, end, link))
    for number in find_numbers(text):
        if number.link and text[number.start] == "+":
            values.append(Value(number.start, number.end, number.link))
    return sorted(values, key=lambda value: value.start)
