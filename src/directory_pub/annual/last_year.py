"""What in a new edition may be last year's: its year in texts and names, and the words of its event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from directory_pub.annual.carry import in_words
from directory_pub.annual.typed_yaml import typed_values

__all__ = ["Mention", "mentions_in", "year_in"]

_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_SHEET = "edition.yaml"
_OF_THE_EVENT = re.compile(r"cover\.(event|theme|date|place)\b")
_TEXTS = (".md", ".yaml", ".yml", ".txt", ".j2", ".css")
_OF_OTHERS = ("fonts", "icons", "printers")  # licences and standards have years of their own
_AROUND = 30  # letters on either side of a year


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage to look at, in a file below the edition's folder; of a file's own name ``line`` is None."""

    file: str
    line: int | None
    text: str


def year_in(text: str) -> str | None:
    """The first year in a text."""
    found = _YEAR.search(text)
    return found[0] if found else None


def mentions_in(folder: Path, paths: Sequence[Path], year: str, carried: Set[int]) -> Iterator[Mention]:
    """What may be the ``year``'s in the files of an edition, in their order; edition.yaml is the first.

    ``carried`` are the lines of edition.yaml that are this year's already.
    """
    of_year = in_words(year)
    for path in sorted(paths, key=lambda path: (path.name != _SHEET, path)):
        below = path.relative_to(folder)
        name = below.as_posix()
        if of_year.search(name):
            yield Mention(name, None, "its name")
        if path.suffix not in _TEXTS or below.parts[0] in _OF_OTHERS:
            continue
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError:
            continue  # a build tells of it
        own = _of_the_event(text) if name == _SHEET else {}
        told = own.keys() | (carried if name == _SHEET else set())
        passages = [(line, passage) for line, passage in _passages(text, of_year) if line not in told]
        yield from (Mention(name, line, passage) for line, passage in sorted([*passages, *own.items()], key=_line))


def _passages(text: str, of_year: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Each mention of the year, by its line, with the words round it."""
    for number, line in enumerate(text.split("\n"), 1):
        for found in of_year.finditer(line):
            yield number, _excerpt(line, found.start(), found.end())


def _of_the_event(text: str) -> dict[int, str]:
    """By line, what the cover says of the event, whether or not that names its year."""
    values = [typed for typed in typed_values(text) if _OF_THE_EVENT.match(typed.path)]
    return {text.count("\n", 0, typed.start) + 1: f"{typed.path}: {' '.join(typed.value.split())}" for typed in values}


def _line(passage: tuple[int, str]) -> int:
    return passage[0]


def _excerpt(line: str, start: int, end: int) -> str:
    """The words round a place of a line."""
    left = max(0, start - _AROUND)
    right = min(len(line), end + _AROUND)
    left = line.find(" ", left, start) + 1 or left if left else 0
    right = max(line.rfind(" ", end, right), end) if right < len(line) else right
    return f"{'… ' if left else ''}{line[left:right].strip()}{' …' if right < len(line) else ''}"
