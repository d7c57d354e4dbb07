"""What a break between two pieces of a paragraph costs, and where there is none."""

from __future__ import annotations

import re

from directory_pub.compose.measure import Measure

__all__ = ["CLOSING", "WANTED", "ends_sentence", "is_bound", "is_held", "joint_penalty", "space_penalty"]

CLOSING = ")]}!?,.:;/…"
"""What no line begins with (classes CL, CP, EX, IS and SY of Unicode's line breaking, UAX 14)."""
WANTED = -40.0
"""A break of a title where its editor would rather have one."""
_ENDS_OPEN = re.compile(r"[(\[{¿¡]$")  # class OP
# Which side of a word a mark belongs to is a matter of the language: one that stands between spaces stays with both.
_LONE_QUOTE = re.compile(rf"[«»‹›“”„‟‘’‚‛\"']+[{re.escape(CLOSING)}]*")
_TIED = 40.0  # a break that tears a figure from its noun or a day from its month
_HYPHENATED, _HYPHENATED_NARROW = 3.0, 1.5  # where an editor has allowed a hyphen
_PARTED_ADDRESS, _JOINT = 200.0, 0.6  # inside an address that fits on a line of its own; at any other joint of the copy
_STRANDED = 2.4  # a short word that begins a sentence, left behind at a line's end

# Words that a line should not end with.
_STUBS = frozenset({
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "as", "or", "and", "is", "for", "our", "its", "with", "from",
})  # fmt: skip
_NOUNS = re.compile(r"(million|billion|per|mayors|cities|countries|members|states|languages|years|km|SDGs?)\b", re.I)
_ENDS_SENTENCE = re.compile(r"[.?!…][”’»›\"')\]]*$")
_SHORT = re.compile(r"\W*\w{1,4}")
_HOUSE, _POSTCODE = re.compile(r"\d{1,3}[A-Za-z]?(?:[-–/]\d{1,3}[A-Za-z]?)?"), re.compile(r"(?:[A-Z]{1,2}-)?\d{4,6}\b")
_FEWEST_LETTERS = 3  # of the first part of a word that a line may end with
_MONTHS = re.compile(r"(January|February|March|April|May|June|July|August|September|October|November|December)\b", re.I)


def is_bound(before: str, after: str) -> bool:
    """Whether no line may end between two words: one that would open or close with a stray mark, or a call alone."""
    closes = not after or after[0] in CLOSING or _LONE_QUOTE.fullmatch(after)
    return bool(closes or _ENDS_OPEN.search(before) or _LONE_QUOTE.fullmatch(before))


def is_held(before: str, after: str) -> bool:
    """Whether no line may end in the hyphen between two parts of a word: of a name, or behind a short part or a
    figure."""
    part = re.search(r"(\w*)[-–]$", before)
    if part is None:
        return False
    is_short = len(part[1]) < _FEWEST_LETTERS or part[1].isupper() or not part[1].isalpha()
    return is_short or (part[1][0].isupper() and after[0].isupper())


def joint_penalty(before: str, after: str, measure: Measure, *, hyphenated: bool, address: bool = False) -> float:
    """A break inside a word or address: at best before an @, at worst where a scrap is left.

    ``address`` says that it is inside of one that has room on a line of its own.
    """
    if hyphenated:
        return _HYPHENATED_NARROW if measure.narrow else _HYPHENATED
    if not measure.narrow:
        return _PARTED_ADDRESS if address else _JOINT
    if after.startswith("@"):
        return 0.8
    misread = before in ("http://", "https://") or after.startswith("-") or before.endswith("-")
    return 2.0 if misread or len(after) < 5 else 1.2


def space_penalty(before: str, after: str, measure: Measure, *, begins: bool = False, then: str = "") -> float:
    """A break at a space: free, unless it parts what belongs together; ``before`` may be what a sentence ``begins``
    with, and ``then`` comes after both."""
    if _are_tied(before, after):
        return _TIED
    if measure.narrow:
        return _narrow_penalty(before, after, then)
    stub = before.lower().strip("“‘(") in _STUBS
    if measure.balanced and after.lower() in _STUBS and not stub:
        return -0.12  # a title reads best when its second line begins with the small word
    if _MONTHS.match(before) and re.match(r"\d{4}", after):
        return _TIED / 5
    if re.fullmatch(r"\W*\d{1,3}", before):
        return 1.2
    stranded = begins and _SHORT.fullmatch(before)
    return _STRANDED if stranded else 0.6 if stub else 0.0


def ends_sentence(text: str) -> bool:
    """Whether a sentence may end with a word."""
    return _ENDS_SENTENCE.search(text) is not None


def _are_tied(before: str, after: str) -> bool:
    """A figure and its noun, a day and its month, a title and its name, a word and the dash behind it."""
    figure = re.search(r"\d$", before) and (_NOUNS.match(after) or _MONTHS.match(after))
    return bool(figure or re.fullmatch(r"\W*(SDG|Dr|No|Art)\.?", before) or after in ("–", "—"))


def _narrow_penalty(before: str, after: str, then: str) -> float:
    if before.endswith(",") and _HOUSE.fullmatch(after) and _POSTCODE.match(then):
        return _TIED  # a house behind its street, and not before the postcode, where it reads as one figure with it
    if before.endswith((",", ":", ";", ".")) or (_HOUSE.fullmatch(before) and _POSTCODE.match(after)):
        return 0.0
    return 1.0 if before.lower() in _STUBS else 0.5
