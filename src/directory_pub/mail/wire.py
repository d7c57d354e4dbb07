"""The last look at a mail before it goes: what a server and a mail program will read in its bytes.

Nothing here knows how a mail is made. It is the second lock on the door: no text of a list or letter
can add a line to a head or end a mail early, even where the step that writes it has a fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["WireError", "check_wire", "stuff"]

_LONGEST_LINE = 998  # RFC 5322, 2.1.1, without its CRLF
_HEADER = re.compile(rb"([A-Za-z-]+): [^ ]")


class WireError(Exception):
    """A mail that must not go out, and why; the fault is this program's."""


def check_wire(mail: bytes, names: Sequence[str], *, utf8: bool = False) -> None:
    """Raise WireError unless the head has exactly these headers, and every line is one for every reader.

    ``utf8`` allows letters of all languages in the head, which SMTPUTF8 does.
    """
    if mail.count(b"\r\n") != mail.count(b"\n") or mail.count(b"\r\n") != mail.count(b"\r") or b"\0" in mail:
        raise WireError("it has a line end that is not CRLF, or a zero byte")
    if not mail.endswith(b"\r\n") or max(map(len, mail.split(b"\r\n"))) > _LONGEST_LINE:
        raise WireError(f"it has a line of more than {_LONGEST_LINE} bytes, or one that does not end")
    head, blank, body = mail.partition(b"\r\n\r\n")
    if not blank or not body.isascii() or not (utf8 or head.isascii()):
        raise WireError("its head does not end, or has letters that not every server takes")
    found = Counter(_names(head))
    if found != Counter(name.lower() for name in names):
        raise WireError("its head has other headers than it should")


def _names(head: bytes) -> list[str]:
    """The headers' names in lower case; a line that begins with a space goes on with the one before it."""
    found: list[str] = []
    for line in head.split(b"\r\n"):
        if line.startswith(b" ") and line.strip(b" \t") and found:
            continue
        named = _HEADER.match(line)
        if named is None:
            raise WireError("a line of its head is no header")
        found.append(named[1].decode("ascii").lower())
    return found


def stuff(content: bytes) -> bytes:
    """A line that begins with a dot gets a second one: alone, it would end the mail (RFC 5321, 4.5.2).

    Some servers take a bare CR or LF for the end of a line: behind one, too, a dot must end nothing.
    """
    stuffed = content.replace(b"\r.", b"\r..").replace(b"\n.", b"\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed
