"""What in a new edition may be last year's: its year in texts and names, its event, and who paid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from directory_pub.annual.carry import in_words, is_carried
from directory_pub.annual.typed_yaml import typed_values
from directory_pub.read.table_file import is_table

__all__ = ["Mention", "mentions_in", "year_in"]

_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_SHEET = "edition.yaml"
_OF_THE_EVENT = re.compile(r"cover\.(event|theme|date|place)\b|(programme|sponsors)(\.file)?$|adverts(\[\d+\])?\.file$")
_TEXTS = (".md", ".yaml", ".yml", ".txt", ".j2", ".css")
_OF_OTHERS = ("fonts", "icons", "printers")  # licences and standards have years of their own
_AROUND = 30  # letters on either side of a year


class Mention(Struct, frozen=True):
    """A passage to look at, in a file below the edition's folder; of a file's own name ``line`` is None."""

    file: str
    line: int | None
    text: str


def year_in(text: str) -> str | None:
    """The first year in a text."""
    found = _YEAR.search(text)
    return found[0] if found else None


def mentions_in(folder: Path, paths: Sequence[Path], year: str) -> Iterator[Mention]:
    """What may be the ``year``'s in the files of an edition, in their order; edition.yaml is the first.

    The fields of edition.yaml that are carried on are this year's already.
    """
    of_year = in_words(year)
    for path in sorted(paths, key=lambda path: (path.name != _SHEET, path)):
        below = path.relative_to(folder)
        name = below.as_posix()
        if of_year.search(name):
            yield Mention(name, None, "its name")
        if is_table(name) and below.parts[0] not in _OF_OTHERS:
            yield Mention(name, None, "a table: its cells are not looked through")
        if path.suffix not in _TEXTS or below.parts[0] in _OF_OTHERS:
            continue
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError:
            continue  # a build tells of it
        values = typed_values(text) if name == _SHEET else []
        of_event = [typed for typed in values if _OF_THE_EVENT.match(typed.path)]
        told = [*of_event, *filter(is_carried, values)]
        found = {typed.start: f"{typed.path}: {' '.join(typed.value.split())}" for typed in of_event}
        for each in of_year.finditer(text):
            if not any(typed.start <= each.start() < typed.end for typed in told):
                found[each.start()] = _excerpt(text, each.start(), each.end())
        yield from (Mention(name, text.count("\n", 0, at) + 1, found[at]) for at in sorted(found))


def _excerpt(text: str, start: int, end: int) -> str:
    """The words round a place, on its line."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    left, right = max(first, start - _AROUND), min(last, end + _AROUND)
    if left > first:
        left = text.find(" ", left, start) + 1 or left
    if right < last:
        right = max(text.rfind(" ", end, right), end)
    return f"{'… ' if left > first else ''}{text[left:right].strip()}{' …' if right < last else ''}"
