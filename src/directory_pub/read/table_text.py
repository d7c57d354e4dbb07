"""A text that was written in a cell: Markdown in which each line end parts two paragraphs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.text import Block, Pictures, Run
from directory_pub.findings import Finding, Place
from directory_pub.read.characters import check_characters
from directory_pub.read.markdown_source import parse_markdown

__all__ = ["read_cell_text"]

_MARKED = re.compile(r"\s|[-*+>:~](?!\S)|[>|]|\d+[.)](?!\S)|\[\^[^\]\s]+\]:")
_BREAKS = ("\\", "  ")  # of a line inside a paragraph
_LINES = ("line", "call_line")
T = TypeVar("T")


def read_cell_text(text: str, place: Place, *, has_lines: bool) -> tuple[tuple[Block, ...], list[Finding]]:
    """The blocks of a cell's text, with what is wrong with it.

    ``place`` is the cell, ``has_lines`` whether the text's lines are lines of the file, as in CSV.
    """
    written, numbers = _parted(text.split("\n"))
    first = place.line or 1

    def line_of(number: int) -> int:
        return first + numbers[min(number, len(numbers)) - 1] if has_lines else first

    blocks, findings = parse_markdown("\n".join(written), str(place), 1)
    lines = ((line, replace(place, line=line_of(number), field="body")) for number, line in enumerate(written, 1))
    findings += check_characters(lines)
    there = [replace(each, place=replace(place, line=line_of(each.place.line or 1), field="body")) for each in findings]
    read = (_with_lines(block, line_of) for block in blocks)
    numbered = itertools.count(1)
    return tuple(_placed(block, place, numbered) if isinstance(block, Pictures) else block for block in read), there


def _placed(block: Pictures, cell: Place, numbered: Iterator[int]) -> Pictures:
    """Pictures of a text with their places in its cell, each with its number there."""
    photos = []
    for photo in block.photos:
        number = next(numbered)
        place = replace(cell, line=photo.place.line, field="body")
        own = place if number == 1 else replace(place, field=f"body, picture {number}")
        photos.append(replace(photo, place=place, file_place=own))
    return replace(block, photos=tuple(photos))


def _parted(lines: list[str]) -> tuple[list[str], list[int]]:
    """The lines of a cell with a blank one between paragraphs, and the number (from 0) of each in the cell.

    Where somebody has written blank lines, it is Markdown as it stands.
    """
    if not all(map(str.strip, lines)):
        return lines, list(range(len(lines)))
    written, numbers = [lines[0]], [0]
    for number, line in enumerate(lines[1:], 1):
        if not _MARKED.match(line) and not lines[number - 1].endswith(_BREAKS):
            written.append("")
            numbers.append(number)
        written.append(line)
        numbers.append(number)
    return written, numbers


def _with_lines(part: T, line_of: Callable[[int], int]) -> T:
    """A part of the model with other lines."""
    made: Any = part
    match part:
        case tuple():
            made = tuple(_with_lines(each, line_of) for each in part)
        case Struct():
            changed: dict[str, Any] = {}
            for name in part.__struct_fields__:
                value = getattr(part, name)
                if name in _LINES:
                    changed[name] = line_of(value)
                elif name == "later_lines" and isinstance(part, Run):
                    later = ((at, line_of(line)) for at, line in part.later_lines)
                    changed[name] = tuple(each for each in later if each[1] != line_of(part.line))
                elif not isinstance(value, str):
                    changed[name] = _with_lines(value, line_of)
            made = replace(part, **changed)
    return cast("T", made)
