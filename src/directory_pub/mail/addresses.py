"""Addresses and single lines: what may stand in the head of a mail, and what may not.

Every text that becomes a header goes through here, so that no field can add a header of its own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from msgspec import Struct

from directory_pub.findings import Finding, Place, error

__all__ = ["Mailbox", "check_line", "has_encoded_word", "is_web_address", "read_address", "read_mailbox"]

_SEPARATORS = ("Zl", "Zp")  # U+2028 and U+2029: some programs break a line there
# A line of a mail may be 998 bytes long. Names in ASCII are not folded, and each character may need a backslash.
_LONGEST = 200
# Not the grammar of a mail's head, in which a name with a comma in it is two senders: what a person means.
_NAMED = re.compile(r"([^<>]*)<([^<>]*)>")
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bq]\?[^?\s]*\?=", re.IGNORECASE)


class Mailbox(Struct, frozen=True, kw_only=True):
    """An address that can be written to, as it stands on the wire.

    ``address`` has its domain in ASCII; ``key`` is the same for two spellings of one mailbox;
    ``needs_utf8`` where the part before the @ is not ASCII, which not every server takes.
    """

    address: str
    name: str = ""
    needs_utf8: bool = False

    @property
    def key(self) -> str:
        """One for each mailbox: nobody is known who has two that differ in case alone."""
        return self.address.casefold()

    @property
    def domain(self) -> str:
        """The part after the @, in ASCII."""
        return self.address.rpartition("@")[2]


def check_line(text: str, place: Place, what: str, longest: int = _LONGEST) -> list[Finding]:
    """What keeps a text from being one line of a mail's head; ``what`` names it at the start of a sentence."""
    for character in "" if text.isprintable() else text:
        if unicodedata.category(character) in {"Cc", "Cs", *_SEPARATORS}:
            message = f"{what} has a line break or control character in it (U+{ord(character):04X})."
            return [error("header-break", place, message, "Write it on one line, without tabs.")]
    if len(text) > longest:
        message = f"{what} is {len(text)} characters long; there is room for {longest}."
        return [error("header-long", place, message, "Shorten it.")]
    return []


def read_address(text: str, place: Place, name: str = "") -> tuple[Mailbox | None, list[Finding]]:
    """An address on its own, its form checked and nothing looked up."""
    if not text:
        return None, [error("mail-syntax", place, "has no address.", "Write it like ada@example.org.")]
    if broken := check_line(text, place, "the address"):
        return None, broken
    if plain := _read_plain(text):
        return Mailbox(address=text if plain == text else plain, name=name), []  # not kept twice
    try:
        valid = validate_email(text, check_deliverability=False)
    except EmailNotValidError as problem:
        message = f"'{text}' cannot be written to: {str(problem).rstrip('.')}."
        return None, [error("mail-syntax", place, message, "Write it like ada@example.org.")]
    if has_encoded_word(text):
        message = f"'{text}' has an encoded word in it (=?…?=), which mail programs read as something else."
        return None, [error("mail-syntax", place, message, "Write the address that is meant.")]
    address = f"{valid.local_part}@{valid.ascii_domain}"
    return Mailbox(address=address, name=name, needs_utf8=not valid.local_part.isascii()), []


def _read_plain(text: str) -> str:
    """An address of the plainest kind whose domain was met before: a long list has few of these. Otherwise empty."""
    local, _, domain = text.partition("@")
    known = _ascii_domain(domain) if len(text) < 64 and _PLAIN_LOCAL.fullmatch(local) else ""
    return f"{local}@{known}" if known else ""


@lru_cache(maxsize=10_000)
def _ascii_domain(domain: str) -> str:
    """As it stands on the wire; empty where an address there cannot be written to."""
    try:
        return validate_email(f"a@{domain}", check_deliverability=False).ascii_domain or ""
    except EmailNotValidError:
        return ""


def read_mailbox(text: str, place: Place) -> tuple[Mailbox | None, list[Finding]]:
    """A sender: an address, or a name with the address in angle brackets."""
    if broken := check_line(text, place, "the sender"):
        return None, broken
    named = _NAMED.fullmatch(text)
    name, address = (named[1].strip().strip('"'), named[2]) if named else ("", text)
    mailbox, findings = read_address(address, place, name)
    if mailbox and mailbox.needs_utf8:
        message = f"'{address}' has letters before the @ that not every server takes."
        findings = [error("mail-syntax", place, message, "Send from an address in plain letters.")]
    return (None if findings else mailbox), findings


def has_encoded_word(text: str) -> bool:
    """Whether a mail program that meets it in a head would show something else (RFC 2047)."""
    return bool(_ENCODED_WORD.search(text))


@lru_cache(maxsize=64)  # most of a letter's are the same for all, and some stand in it twice
def is_web_address(text: str) -> bool:
    """Whether a mail program can open it: https or http, a host, and nothing but visible ASCII."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and not set(' <>"\\^`{|}') & set(text)
    return plain and parts.scheme in {"https", "http"} and bool(parts.hostname)
