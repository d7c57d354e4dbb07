"""Compare the words of the content with the words of the pages."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence

from directory_pub.census.expected import Copy, letters
from directory_pub.census.page_reader import Word
from directory_pub.findings import Finding, Place, error

__all__ = ["compare_copy"]


def compare_copy(expected: Sequence[Copy], found: Sequence[Word], where: str, place: Place) -> list[Finding]:
    """Findings where words are lost, doubled, moved or strange; ``where`` names the pages."""
    if "".join(copy.text for copy in expected) == "".join(letters(word.text) for word in found):
        return []
    wanted = [copy.text for copy in expected]
    printed = _mend(wanted, [text for word in found if (text := letters(word.text))])
    return list(_differences(expected, wanted, printed, where, place))


def _mend(wanted: Sequence[str], printed: Sequence[str]) -> list[str]:
    """Join what a line's end or a change of style cut, where only the whole is a word of the content."""
    words = set(wanted)
    mended: list[str] = []
    for text in printed:
        whole = mended[-1] + text if mended else ""
        if mended and whole in words and not (mended[-1] in words and text in words):
            mended[-1] = whole
        elif mended and mended[-1] not in words and any(word.startswith(whole) for word in words):
            mended[-1] = whole
        else:
            mended.append(text)
    return mended


def _differences(
    expected: Sequence[Copy], wanted: list[str], printed: list[str], where: str, place: Place
) -> Iterator[Finding]:
    surplus = Counter(printed) - Counter(wanted)
    matcher = difflib.SequenceMatcher(None, wanted, printed, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone, strange = wanted[a:b], printed[c:d]
        at = expected[a].place if a < len(expected) and gone else (expected[max(a - 1, 0)].place if expected else place)
        if gone and "".join(gone) == "".join(strange):
            continue
        missing = Counter(wanted) - Counter(printed)
        if gone and any(missing[word] for word in gone):
            yield error("words-lost", at, f"{_count(gone)} of the content not on {where}: “{_quote(gone)}”.",
                        "Look at the proof there: shorten the copy, or mend the layout that drops it.")
        elif gone:
            yield error("words-moved", at, f"{_count(gone)} out of order on {where}: “{_quote(gone)}”.",
                        "The layout must keep the order of the content.")
        if strange and any(surplus[word] for word in strange):
            known = all(word in wanted for word in strange)
            code, what = ("words-doubled", "printed twice") if known else ("words-unknown", "printed and not in the content")
            yield error(code, at, f"{_count(strange)} {what} on {where}: “{_quote(strange)}”.",
                        "Look at the proof there: the layout or a sheet prints them.")


def _count(words: Sequence[str]) -> str:
    return "1 word" if len(words) == 1 else f"{len(words)} words"


def _quote(words: Sequence[str]) -> str:
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
