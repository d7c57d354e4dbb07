"""Texts as parts of a mail's head: whatever is typed is what a mail program shows.

What looks like an encoded word (RFC 2047) is encoded itself, so that nothing decodes it to anything else.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from urllib.parse import quote

from directory_pub.mail.addresses import Mailbox

__all__ = ["write_file_name", "write_mailbox", "write_words"]

_WORD_BYTES = 45  # an encoded word is at most 75 characters long: 60 of base64, and what says that they are
# A file name that stands for itself between quotation marks: %, ' and * have a meaning in a parameter (RFC 2231).
_PLAIN_FILE_NAME = re.compile(r"[A-Za-z0-9 !#$&()+,\-.;@^_`{}~]+")


def write_words(text: str) -> str:
    """Words of a header: as they are in plain ASCII, otherwise as encoded words, each on a line of its own.

    Spaces that nothing stands beside, or that stand side by side, are lost on the way unless they are encoded.
    """
    if _is_plain(text):
        return text
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(piece).decode('ascii')}?=" for piece in _pieces(text))


def write_mailbox(mailbox: Mailbox) -> str:
    """A name and an address, or the address alone."""
    if not mailbox.name:
        return mailbox.address
    if _is_plain(mailbox.name):
        escaped = mailbox.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}" <{mailbox.address}>'
    return f"{write_words(mailbox.name)}\r\n <{mailbox.address}>"


def write_file_name(name: str) -> str:
    """An enclosure under this name."""
    if _PLAIN_FILE_NAME.fullmatch(name) and _is_plain(name):
        return f'attachment;\r\n filename="{name}"'
    first, *more = re.findall(r"(?:%..|[^%]){1,200}", f"utf-8''{quote(name, safe='')}")
    if not more:
        return f"attachment;\r\n filename*={first}"
    return "attachment" + "".join(f";\r\n filename*{number}*={piece}" for number, piece in enumerate([first, *more]))


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "=?" not in text and "?=" not in text and text == _one_spaced(text)


def _one_spaced(text: str) -> str:
    return " ".join(text.split())


def _pieces(text: str) -> Iterator[bytes]:
    """The text in UTF-8, parted between characters."""
    piece = b""
    for character in text:
        encoded = character.encode()
        if len(piece) + len(encoded) > _WORD_BYTES:
            yield piece
            piece = b""
        piece += encoded
    yield piece
