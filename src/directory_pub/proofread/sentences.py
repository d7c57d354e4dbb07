"""Sentences that end without a stop: part of them may be lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from directory_pub.edition.text import Block, ItemList, Paragraph, Quote, TermList, plain
from directory_pub.findings import Finding, Place, note

__all__ = ["unfinished_sentences"]

_STOPS = ".!?:;…。！？｡؟۔।॥։"
_CLOSINGS = '”’»«“‹›")\\]*'
_ENDED = re.compile(rf"[{_STOPS}][{_CLOSINGS}]*$|[”’»›\")\]]$|[—–,]$")
_ADDRESS = re.compile(r"(?:\w+://|www\.|\w\S*@|\w[\w-]*\.\w)\S*$")
_FIGURE = re.compile(r"[\d%€$£°]$")
_ABBREVIATED = re.compile(r"\b(?:etc|Ltd|Inc|Corp|Co|GmbH|AG|SA|e\.?\s?V|PhD|MSc|BSc|MA|BA|Jr|Sr|No)$")
_LISTED = re.compile(r"\A[^,.:]{1,60}:\s(?:[^,;]+[,;]){2}")  # "Members: one, two, three"
_LONG = 60
_LEAST_WORDS, _LEAST_SHARE = 6, 0.5  # of small words; names and addresses have fewer
_LEAST_BEFORE_FIGURE = 10  # small words: dates, figures and house numbers end lines that are no sentences


def unfinished_sentences(blocks: Sequence[Block], at: Callable[[int], Place]) -> Iterator[Finding]:
    """Paragraphs of prose that end without a stop, unless a list goes on from them; ``at`` is the place of a line."""
    for block, following in zip_longest(blocks, blocks[1:]):
        if isinstance(following, ItemList | TermList):
            continue
        for paragraph in _paragraphs(block):
            text = plain(paragraph.runs).rstrip()
            if not paragraph.runs[-1].href and _is_unfinished(text):
                yield note(
                    "paragraph-unfinished",
                    at(paragraph.line),
                    f"“…{text[-40:]}” ends without a full stop.",
                    "Ask whether the end of the sentence is lost.",
                )


def _paragraphs(block: Block | None) -> Sequence[Paragraph]:
    match block:
        case Paragraph():
            return (block,)
        case Quote():
            return block.paragraphs
        case _:
            return ()


def _is_unfinished(text: str) -> bool:
    ended = any(end.search(text) for end in (_ENDED, _ADDRESS, _ABBREVIATED, _LISTED))
    return len(text) > _LONG and not ended and _is_prose(text)


def _is_prose(text: str) -> bool:
    """Whether a text reads as a sentence: most of its words are small ones, as a list of names has few."""
    words: list[str] = [word for word in re.findall(r"\w[\w'’-]*", text) if word[0].isalpha()]
    small = sum(word[0].islower() for word in words)
    if not any(word[0].isupper() or word[0].islower() for word in words):
        return True  # a script without capitals
    least = _LEAST_BEFORE_FIGURE if _FIGURE.search(text) else _LEAST_WORDS
    return small >= max(least, _LEAST_SHARE * len(words))
