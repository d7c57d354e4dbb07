"""Web and mail addresses as links: hosts in ASCII, everything else percent-encoded."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

import idna

__all__ = ["is_unseen", "mail_link", "web_link", "without_unseen"]

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_NAMED_HOST = re.compile(r".*\.(?:[a-z]{2,}|xn--[a-z0-9-]+)")  # and not 24.12.2027
_WWW_ALONE = re.compile(r"www\.[^.]*")
_JOINERS = "\u200c\u200d"  # which are letters to those who write them
_IN_PATH = "/%:@!$&'()*+,;=~-._"
_IN_MAILBOX = "!$'*+-._~"


def is_unseen(character: str) -> bool:
    """Whether a character only steers how a text is set: a place to break, a mark of direction."""
    return unicodedata.category(character) == "Cf" and character not in _JOINERS


def without_unseen(text: str) -> str:
    """A text without the characters that are no part of an address or number."""
    return text if text.isascii() else "".join(each for each in text if not is_unseen(each))


def mail_link(text: str) -> str | None:
    """A mail address as a link, or None where it is none; nothing is looked up."""
    from email_validator import EmailNotValidError, validate_email  # takes a moment: what is kept was looked at

    try:
        valid = validate_email(without_unseen(text), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return f"mailto:{quote(valid.local_part, safe=_IN_MAILBOX)}@{valid.ascii_domain}"


def web_link(text: str) -> str | None:
    """A web address as a link, or None where it is none; one without a scheme is opened with https."""
    text = without_unseen(text)
    written = "://" in text
    try:
        parts = urlsplit(text if written else f"https://{text}")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return None
    host = _ascii_host(parts.hostname or "")
    if parts.scheme not in ("http", "https") or parts.username is not None or host is None or re.search(r"\s", text):
        return None
    if not written and not _NAMED_HOST.fullmatch(host):
        return None
    rest = quote(parts.path, safe=_IN_PATH)
    rest += f"?{quote(parts.query, safe=_IN_PATH + '?')}" if parts.query else ""
    rest += f"#{quote(parts.fragment, safe=_IN_PATH + '?')}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{port}{rest}"


def _ascii_host(host: str) -> str | None:
    """A host as the network knows it."""
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            return None
    return host if _HOST.fullmatch(host) and not _WWW_ALONE.fullmatch(host) else None
