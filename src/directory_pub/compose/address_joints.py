"""Where a web or mail address may be parted when it needs a second line."""

from __future__ import annotations

import re

from directory_pub.edition.hyphenation import parts_of

__all__ = ["cut_before", "is_address", "joints_of"]

_READS_ON = re.compile(r"(?<=\w[/?])(?=\w)|(?<=\w)(?=[#=&])")
_ANY = re.compile(r"(?<=\w[./_?-])(?=\w)|(?<=\w)(?=[@#=])|(?<=://)(?=\w)")
_HOST = re.compile(r"(?:.*@|.*//)?(?P<www>www\.)?(?:[\w-]+\.)*(?P<last>[^\W_]+)", re.IGNORECASE)


def is_address(word: str) -> bool:
    """Whether a word is a web or mail address, or has one in it."""
    return "@" in word or "www." in word or "://" in word or re.search(r"\w\.\w{2,}", word) is not None


def joints_of(address: str, *, tight: bool) -> list[int]:
    """The offsets before which an address may be parted, in order.

    Where there is room only those at which it reads on, such as behind a stroke. Where it is ``tight`` behind every
    stop and before the @ too, but not so that "www." or the last label of its host (``.org``) stands alone.
    """
    if not tight:
        return [match.start() for match in _READS_ON.finditer(address)]
    host = _HOST.search(address)
    alone = {host.end("www"), host.start("last")} if host else set()
    return [match.start() for match in _ANY.finditer(address) if match.start() not in alone]


def cut_before(address: str, most: int, language: str) -> int:
    """Where a part of an address that is wider than its line is cut: at a syllable, with ``most`` letters before it."""
    label = next((each for each in re.finditer(r"[^\W\d_]+", address) if each.start() < most < each.end()), None)
    fitting = [label.start() + at for at in parts_of(label[0], language)] if label else []
    return max((at for at in fitting if at <= most), default=most)
