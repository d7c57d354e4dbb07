"""Where a web or mail address may be parted when it needs a second line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from directory_pub.edition.hyphenation import parts_of

__all__ = ["cut_before", "is_address", "joints_of", "meetings_of", "plain_word"]

_READS_ON = re.compile(r"(?<=\w[/?])(?=\w)|(?<=\w)(?=[#=&])")
# Before a stop and a hyphen, which say that more was before them: behind them, they would end a sentence or a word.
_ANY = re.compile(r"(?<=\w[/_?])(?=\w)|(?<=\w)(?=\.\w|[@#=-])|(?<=://)(?=\w)")
_HOST = re.compile(r"(?:.*@|.*//)?(?P<www>www\.)?(?:[\w-]+\.)*(?P<last>[^\W_]+)", re.IGNORECASE)


def is_address(word: str) -> bool:
    """Whether a word is a web or mail address, or has one in it."""
    return "@" in word or "www." in word or "://" in word or re.search(r"\w\.\w{2,}", word) is not None


def joints_of(address: str, *, tight: bool) -> list[int]:
    """The offsets before which an address may be parted, in order.

    Where there is room only those at which it reads on, such as behind a stroke. Where it is ``tight`` before every
    stop and the @ too, but not so that "www" or the last label of its host (``.org``) stands alone.
    """
    if not tight:
        return [match.start() for match in _READS_ON.finditer(address)]
    host = _HOST.search(address)
    alone = {host.end("www") - 1, host.start("last") - 1} if host else set()
    return [match.start() for match in _ANY.finditer(address) if match.start() not in alone]


def cut_before(address: str, most: int, language: str, meetings: Sequence[int] = ()) -> int:
    """Where a part of an address that is wider than its line is cut, with no more than ``most`` letters before it.

    Where two words meet, by the offsets of such ``meetings``; else at a syllable; else behind the last letter that
    fits.
    """
    labels = re.finditer(r"[^\W\d_]+", address)
    syllables = [label.start() + at for label in labels for at in parts_of(label[0], language)]
    fitting = [at for at in meetings if at <= most] or [at for at in syllables if at <= most]
    return max(fitting, default=most)


def meetings_of(address: str, words: Collection[str]) -> Iterator[int]:
    """The offsets at which two of the known ``words`` meet, in the labels of an address that are made of them alone.

    ``words`` are as ``plain_word`` has them.
    """
    for label in re.finditer(r"[^\W\d_]+", address):
        letters = label[0].lower()
        ends: dict[int, tuple[int, ...]] = {0: ()}  # the fewest words that end at an offset, by where each of them ends
        for end in range(2, len(letters) + 1):
            ways = [ends[start] for start in ends if letters[start:end] in words]
            if ways:
                ends[end] = (*min(ways, key=len), end)
        yield from (label.start() + at for at in ends.get(len(letters), ())[:-1])


def plain_word(word: str) -> str:
    """A word as it stands in an address: small letters, without accents and marks."""
    return re.sub(r"[\W\d_]", "", unicodedata.normalize("NFKD", word).lower())
