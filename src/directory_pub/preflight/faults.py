"""What is wrong with a file that cannot be read as written, in words for whoever has to mend it."""

from __future__ import annotations

__all__ = ["DamagedStream", "Endless", "Malformed", "UnreadableContent"]


class Malformed(ValueError):  # noqa: N818 - these four are named as the trade would name the file
    """Something of the file is not what it should be; the message says what."""


class DamagedStream(Malformed):
    """A stream that cannot be unpacked, or that has no end."""


class UnreadableContent(Malformed):
    """A content stream that is not written in the page's language."""


class Endless(DamagedStream):
    """A file that would take longer to read than any file for print: what follows is not read."""
