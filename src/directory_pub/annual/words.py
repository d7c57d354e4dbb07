"""Two texts word by word: what is out, what is in, and a few words round it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

__all__ = ["Kind", "Stretch", "compare_texts", "compare_words", "opcodes", "set_close"]

Kind = Literal["same", "out", "in", "gap"]
_CONTEXT = 4  # words on either side of a change
_STRAY = 2  # words between two changes that may be alike by chance
_GAP = "…"
_SPACES = re.compile(r"[ \t\n]+")  # a no-break space is part of a word
_OTHER: dict[Kind, Kind] = {"out": "in", "in": "out"}


class Stretch(Struct, frozen=True):
    """Some words of a comparison: the ``same`` in both texts, ``out``, ``in``, or a ``gap`` for more of the same."""

    kind: Kind
    text: str


def compare_texts(before: str, after: str) -> tuple[Stretch, ...]:
    """Two texts as stretches."""
    return compare_words(_words(before), _words(after))


def compare_words(before: Sequence[str], after: Sequence[str], between: str = " ") -> tuple[Stretch, ...]:
    """Two lists of words as stretches, the words of each with ``between`` between them."""
    parts = _joined(_without_strays(list(_parts(before, after))))
    last = len(parts) - 1
    return tuple(
        Stretch(kind, between.join(words))
        for at, (kind, words) in enumerate(parts)
        for kind, words in (_shortened(words, first=at == 0, last=at == last) if kind == "same" else [(kind, words)])
    )


def set_close(text: str) -> str:
    """A text with one space between its words: more are no difference on the page."""
    return " ".join(_words(text))


def opcodes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, slice, slice]]:
    """Whether a part is the same in two lists, and where it stands in each; the same whichever comes first."""
    swapped = list(after) < list(before)  # what difflib finds depends on the order
    one, other = (after, before) if swapped else (before, after)
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        first, second = slice(a1, a2), slice(b1, b2)
        yield tag == "equal", *((second, first) if swapped else (first, second))


_Part = tuple[Kind, list[str]]


def _parts(before: Sequence[str], after: Sequence[str]) -> Iterator[_Part]:
    for same, old, new in opcodes(before, after):
        if same:
            yield "same", list(before[old])
        else:
            yield "out", list(before[old])
            yield "in", list(after[new])


def _without_strays(parts: list[_Part]) -> list[_Part]:
    """The parts with a word or two between changes in the changes, where more words than they change on both sides.

    A changed sentence is easier to read whole than as islands of ``of`` and ``the``.
    """
    lengths = [len(words) for _, words in parts]
    found: list[_Part] = []
    for at, (kind, words) in enumerate(parts):
        changed = min(sum(lengths[max(at - 2, 0) : at]), sum(lengths[at + 1 : at + 3]))
        if kind == "same" and 0 < at < len(parts) - 1 and len(words) <= _STRAY and changed > 2 * len(words):
            found += [("out", words), ("in", words)]
        else:
            found.append((kind, words))
    return found


def _joined(parts: list[_Part]) -> list[_Part]:
    """Changes that touch as one: all that is out, then all that is in."""
    found: list[_Part] = []
    out: list[str] = []
    into: list[str] = []
    for kind, words in [*parts, ("same", [])]:
        if kind == "same":
            found += [(each, held) for each, held in (("out", out), ("in", into)) if held]  # type: ignore[misc]
            found += [(kind, words)] if words else []
            out, into = [], []
        else:
            (out if kind == "out" else into).extend(words)
    return found


def _shortened(words: list[str], *, first: bool, last: bool) -> list[_Part]:
    """The words next to changes, and a gap for those further away; all where that would save nothing."""
    head, tail = (0 if first else _CONTEXT), (0 if last else _CONTEXT)
    if len(words) <= head + tail + 1 or (first and last):
        return [("same", words)]
    parts: list[_Part] = [("same", words[:head]), ("gap", [_GAP]), ("same", words[len(words) - tail :])]
    return [part for part in parts if part[1]]


def _words(text: str) -> list[str]:
    return [word for word in _SPACES.split(text) if word]
