"""Contact rows as text: the link comes from a row's type, or is found inside a person's row."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from directory_pub.model import ContactRow, Run

__all__ = ["contact_runs", "link_of", "split_runs"]

_SOCIAL = {
    "bluesky": "https://bsky.app/profile/",
    "facebook": "https://www.facebook.com/",
    "instagram": "https://www.instagram.com/",
    "linkedin": "https://www.linkedin.com/",
    "twitter": "https://twitter.com/",
    "youtube": "https://www.youtube.com/@",
}
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+\d[\d ()./-]{6,}\d")


def link_of(row: ContactRow) -> str | None:
    """Where a contact row leads, by its type."""
    match row.kind:
        case "web":
            return row.text if "://" in row.text else f"https://{row.text}"
        case "mail":
            return f"mailto:{row.text}"
        case "phone":
            return _dial(row.text)
        case "social":
            return _profile(row.network or "", row.text.lstrip("@"))
        case _:
            return None


def _profile(network: str, name: str) -> str | None:
    """A page on a network; Mastodon is many hosts, so there the name must tell which."""
    if network != "mastodon":
        return _SOCIAL.get(network, "https://") + name
    user, _, host = name.partition("@")
    return f"https://{host}/@{user}" if host else None


def _dial(text: str) -> str | None:
    """A phone number as a link, where it can be read as one."""
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None  # a digit is lost: dialling it would reach a stranger
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966)


def contact_runs(row: ContactRow) -> tuple[Run, ...]:
    """A row's label and value; addresses and numbers inside a person's row are linked too."""
    line = row.place.line or 0
    label = (Run(text=f"{row.label} ", line=line),) if row.label else ()
    if row.kind in ("person", "address"):
        return (*label, *_linked(row.text, line))
    return (*label, Run(text=row.text, line=line, href=link_of(row)))


def _linked(text: str, line: int) -> Iterator[Run]:
    """Cut a text where a mail address or phone number stands in it."""
    at = 0
    for match in re.finditer(f"{_MAIL.pattern}|{_PHONE.pattern}", text):
        href = f"mailto:{match[0]}" if "@" in match[0] else _dial(match[0])
        yield from _language_runs(text[at : match.start()], line)
        yield Run(text=match[0], line=line, href=href)
        at = match.end()
    yield from _language_runs(text[at:], line)


_SPAN = re.compile(r"\[([^\]]+)\]\{lang=([\w-]+)\}")


def _language_runs(text: str, line: int) -> Iterator[Run]:
    at = 0
    for match in _SPAN.finditer(text):
        yield Run(text=text[at : match.start()], line=line)
        yield Run(text=match[1], line=line, language=match[2])
        at = match.end()
    yield Run(text=text[at:], line=line)


def split_runs(text: str) -> tuple[Run, ...]:
    """Plain text as runs, keeping the editor's line breaks and language spans."""
    return tuple(_language_runs(text, 0))
