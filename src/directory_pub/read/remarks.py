"""Remarks between ``<!--`` and ``-->``: for editors, not printed. The lines around them keep their numbers."""

from __future__ import annotations

import re

from msgspec import Struct

__all__ = ["Body", "without_remarks"]

_REMARK = re.compile(r"((?<!\\)<!--.*?-->)", re.DOTALL)
_OPENING = re.compile(r"(?<!\\)<!--")


class Body(Struct, frozen=True):
    """A text without its remarks: ``numbers`` has the file's line of each line, and of what is behind the last.

    ``unclosed`` is the line of a remark that nothing ends.
    """

    text: str
    numbers: tuple[int, ...]
    unclosed: int | None = None


def without_remarks(text: str, first_line: int) -> Body:
    """Take the remarks out of a text whose first line is ``first_line`` of its file."""
    kept = list(_lines(text, first_line))
    rest = "\n".join(line for line, _ in kept)
    numbers = [number for _, number in kept]
    opening = _OPENING.search(rest)
    unclosed = numbers[rest.count("\n", 0, opening.start())] if opening else None
    return Body(rest, (*numbers, first_line + text.count("\n") + 1), unclosed)


def _lines(text: str, number: int) -> list[tuple[str, int]]:
    """Each line with its number; one that holds a remark and nothing else is none, so that it parts no paragraph."""
    kept: list[tuple[str, int]] = []
    held, start, cut = "", number, False
    end = text.rfind("-->") + 3 if "-->" in text else 0  # behind it none can end, and none is looked for
    *parts, last = _REMARK.split(text[:end])
    for at, part in enumerate((*parts, last + text[end:])):
        if at % 2:  # a remark
            number += part.count("\n")
            start, cut = (start if held.strip() else number), True
            continue
        first, *others = part.split("\n")
        held += first
        for line in others:
            if held.strip() or not cut:
                kept.append((held, start))
            number += 1
            held, start, cut = line, number, False
    if held.strip() or not cut:
        kept.append((held, start))
    return kept
