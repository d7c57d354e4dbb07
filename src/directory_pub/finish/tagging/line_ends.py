"""The spaces that the engine swallows where it ends a line itself.

Compose sets most lines, with a space behind each. A line that the engine breaks loses its space:
the text of the element tells whether one stood there, or whether the line ends inside a word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from directory_pub.finish.tagging.typeset_tags import MarkedContent

__all__ = ["space_lines"]

_NO_BREAK = "\u00a0"


def space_lines(text: str, marked: Sequence[MarkedContent], drawn: Mapping[MarkedContent, str]) -> None:
    """Ask for a space behind each piece of one text that has one there, which the pieces do not show.

    ``text`` is the element's, its spaces as a reader sees them; ``marked`` are in its order. A
    piece that is not in the text, such as a figure that a sheet counts, is passed over.
    """
    at = 0
    before: MarkedContent | None = None
    # One glyph may be both spaces: in a subset it reads as that which was drawn first.
    text = text.replace(_NO_BREAK, " ")
    for mark in marked:
        words = drawn[mark].replace(_NO_BREAK, " ").strip()
        found = text.find(words, at) if words and not mark.pseudo else -1
        if found < 0:
            before = None
            continue
        if before is not None and text[at:found].isspace() and not _shows_space(drawn[before], drawn[mark]):
            before.space_after = True
        at, before = found + len(words), mark


def _shows_space(one: str, other: str) -> bool:
    return one.endswith((" ", _NO_BREAK)) or other.startswith((" ", _NO_BREAK))
