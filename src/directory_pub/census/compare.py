"""Compare the words of the content with the words of the pages."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from directory_pub.census.expected import Copy, letters
from directory_pub.findings import Finding, Place, error

__all__ = ["compare_copy", "quote_words"]

# What a line's end makes of a word by a language's rules: three letters at the least on either side.
_PARTED = re.compile(r"\W*[^\W\d_]{3,}-")
_GOES_ON = re.compile(r"[^\W\d_]{3}")
_QUOTED, _LONGEST = 8, 40  # words, and letters of a word


class Found(Protocol):
    """A word that was found in a file."""

    @property
    def text(self) -> str: ...


def compare_copy(expected: Sequence[Copy], found: Sequence[Found], where: str, place: Place) -> list[Finding]:
    """Findings where words are lost, doubled, moved or strange; ``where`` names the pages."""
    texts = list(_without_hyphens(expected, [text for word in found if (text := letters(word.text))]))
    if "".join(copy.text for copy in expected) == "".join(texts):
        return []
    wanted = [copy.text for copy in expected]
    if "".join(texts) == "".join(wanted).upper():
        message = f"words are printed on {where} in capitals and were not written so."
        remedy = "Take text-transform out of the sheet; write the words as they are to be printed."
        return [error("words-unknown", place, message, remedy)]
    printed = _mend(wanted, texts)
    return list(_differences(expected, wanted, printed, where, place))


def _without_hyphens(expected: Sequence[Copy], printed: Sequence[str]) -> Iterator[str]:
    """The words of the pages, those joined that a line's end parts with a hyphen: where an author allowed one, or by
    the rules of a language."""
    wanted = {copy.text for copy in expected}
    partible = {copy.text for copy in expected if copy.may_part}
    allowed: dict[str, set[str]] = {}
    for copy in expected:
        for head in copy.heads:
            allowed.setdefault(f"{head}-", set()).add(copy.text)
    held = ""
    for text in printed:
        by_rule = _PARTED.fullmatch(held) and _GOES_ON.match(text) and held[:-1] + text in partible
        by_author = any(whole.startswith(held[:-1] + text.rstrip("-")) for whole in allowed.get(held, ()))
        if by_author or (by_rule and held not in wanted):
            held = held[:-1] + text
            continue
        if held:
            yield held
        held = text
    if held:
        yield held


def _mend(wanted: Sequence[str], printed: Sequence[str]) -> list[str]:
    """Join what a line's end cut, where only the whole, or its beginning, is a word of the content."""
    words = set(wanted)
    mended: list[str] = []
    for text in printed:
        held = mended[-1] if mended else ""
        both_known = held in words and text in words
        begins = held not in words and any(word.startswith(held + text) for word in words)
        if held and ((held + text in words and not both_known) or begins):
            mended[-1] = held + text
        else:
            mended.append(text)
    return mended


def _differences(
    expected: Sequence[Copy], wanted: list[str], printed: list[str], where: str, place: Place
) -> Iterator[Finding]:
    missing, surplus = Counter(wanted) - Counter(printed), Counter(printed) - Counter(wanted)
    matcher = difflib.SequenceMatcher(None, wanted, printed, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        gone, strange = wanted[a:b], printed[c:d]
        if kind == "equal" or "".join(gone) == "".join(strange):
            continue
        at = expected[a if gone else max(a - 1, 0)].place if expected else place
        if gone:
            yield _gone(gone, where, at, lost=any(missing[word] for word in gone))
        if any(surplus[word] for word in strange):
            yield _strange(strange, where, at, doubled=all(word in wanted for word in strange))


def _gone(words: Sequence[str], where: str, place: Place, *, lost: bool) -> Finding:
    if lost:
        remedy = "Look at the proof there: shorten the copy, or mend the layout that drops it."
        return error(
            "words-lost", place, f"{_count(words)} of the content not on {where}: {quote_words(words)}.", remedy
        )
    remedy = "The layout must keep the order of the content."
    return error("words-moved", place, f"{_count(words)} out of order on {where}: {quote_words(words)}.", remedy)


def _strange(words: Sequence[str], where: str, place: Place, *, doubled: bool) -> Finding:
    remedy = "Look at the proof there: the layout or a sheet prints them."
    if doubled:
        return error("words-doubled", place, f"{_count(words)} printed twice on {where}: {quote_words(words)}.", remedy)
    message = f"{_count(words)} printed and not in the content on {where}: {quote_words(words)}."
    return error("words-unknown", place, message, remedy)


def _count(words: Sequence[str]) -> str:
    return "1 word" if len(words) == 1 else f"{len(words)} words"


def quote_words(words: Sequence[str]) -> str:
    """The first of some words in quotation marks."""
    quoted = (word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…" for word in words[:_QUOTED])
    return f"“{' '.join(quoted)}{' …' if len(words) > _QUOTED else ''}”"
