"""The fields of edition.yaml that are surely the year's: they are carried on, and everything round them is kept."""

from __future__ import annotations

import re

from msgspec import Struct

from directory_pub.annual.typed_yaml import Typed, add_behind, replaced, typed_values

__all__ = ["Carried", "carry_sheet", "in_words", "is_carried"]

_YEARLY = ("key", "year", "cover.year")
_CREATED, _SINCE = "created", "confirm_since"
_REMARK = "# A build notes every entry until 'confirmed: DATE' stands among its fields, with this day or a later one."


class Carried(Struct, frozen=True):
    """A field with another value than last year, on a line of edition.yaml; ``before`` is None for a new one."""

    line: int
    field: str
    before: str | None
    after: str


def in_words(year: str) -> re.Pattern[str]:
    """A year where it is no part of a longer number."""
    return re.compile(rf"(?<!\d){re.escape(year)}(?!\d)")


def carry_sheet(text: str, old: str, new: str, today: str) -> tuple[str, tuple[Carried, ...]]:
    """The text of edition.yaml for the ``new`` year, begun ``today``, and what is another in it."""
    before = {typed.path: typed.value for typed in typed_values(text)}
    text = replaced(text, _changes(text, old, new, today))
    if _SINCE not in before:
        text = add_behind(text, _CREATED, f"{_SINCE}: {today}", _REMARK)
    carried = [
        Carried(text.count("\n", 0, typed.start) + 1, typed.path, before.get(typed.path), typed.value)
        for typed in typed_values(text)
        if before.get(typed.path) != typed.value
    ]
    return text, tuple(carried)


def is_carried(typed: Typed) -> bool:
    """Whether a value is carried on, also where it becomes no other."""
    return typed.path in (*_YEARLY, _CREATED, _SINCE)


def _changes(text: str, old: str, new: str, today: str) -> list[tuple[Typed, str]]:
    """The values to change, each with what is to stand there, in the quotes that it has."""
    changes = []
    for typed in typed_values(text):
        written = text[typed.start : typed.end]
        if typed.path in _YEARLY:
            changes.append((typed, in_words(old).sub(new, written)))
        elif typed.path in (_CREATED, _SINCE):
            changes.append((typed, written.replace(typed.value, today) if typed.value in written else today))
    return changes
