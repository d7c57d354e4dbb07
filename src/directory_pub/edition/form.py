"""What may stand in a mapping of a file that people write: each field once.

A form is read from (``yaml_source.py``), and the schema for editors' completion and the reference of all fields are
made of it (``json_schema.py``, ``reference.py``). A field that a reader asks for and no form has is our fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

__all__ = [
    "Field",
    "Form",
    "Lines",
    "LinesOrNested",
    "Named",
    "Nested",
    "Number",
    "Pairs",
    "Rows",
    "Shape",
    "Table",
    "Text",
    "TextOrNested",
]

F = TypeVar("F", bound="Field")


class Shape(Struct, frozen=True, kw_only=True):
    """What a text must look like to be a ``noun``; ``remedy`` says how to write it.

    It is one of ``choices``, or of the ``pattern``: one that Python and ECMA-262 read alike, and that is the whole
    of the text. A ``day`` is in the calendar, too, if it is only a month or a year the first of it.
    """

    noun: str
    remedy: str = ""
    pattern: str = ""
    choices: tuple[str, ...] = ()
    day: bool = False

    def fits(self, text: str) -> bool:
        """Whether a text is one."""
        if self.choices:
            return text in self.choices
        return re.fullmatch(self.pattern, text) is not None and not (self.day and _day_of(text) is None)


class _Told(Struct, frozen=True):
    name: str
    says: str


class Field(_Told, frozen=True, kw_only=True):
    """One field: its ``name``, and what it is, which one sentence ``says``.

    Where one that is ``required`` is missing, its reader tells of it if it is ``told_by_reader``. One that is
    ``filled`` may be left out and must not be left blank.
    """

    required: bool = False
    told_by_reader: bool = False
    filled: bool = False


class Text(Field, frozen=True):
    """A line or block of text.

    ``example`` is one, ``usual`` what it is where nothing is written, ``suggested`` what it often is.
    """

    example: str
    shape: Shape | None = None
    usual: str = ""
    suggested: tuple[str, ...] = ()


class Lines(Field, frozen=True):
    """A list of texts; a single one counts as a list of one."""

    example: tuple[str, ...]
    shape: Shape | None = None


class Number(Field, frozen=True):
    """A decimal or ``whole`` number ``above`` one and up to another; ``usual`` where nothing is written."""

    usual: float
    above: float
    most: float
    whole: bool = False


class Nested(Field, frozen=True):
    """A mapping with fields of its own."""

    form: Form


class TextOrNested(Text, frozen=True, kw_only=True):
    """A text, or a mapping that says it in full."""

    form: Form


class LinesOrNested(Lines, frozen=True, kw_only=True):
    """A list of texts, or a mapping that says it of parts."""

    form: Form


class Rows(Field, frozen=True):
    """A list of mappings; a single one counts as a list of one. If ``alone``, a row is one of the form's fields.

    Where a field is the ``word`` of a row, a text in the place of a row is a row with it.
    """

    form: Form
    alone: bool = False
    word: str = ""


class Named(Field, frozen=True):
    """Texts, or lists of texts, by names: any of ``names``, as in the pairs of ``example``."""

    example: tuple[tuple[str, str], ...]
    names: tuple[str, ...] = ()


class Table(Field, frozen=True):
    """Mappings by names that are free to choose, such as ``example``."""

    example: str
    form: Form


class Pairs(Field, frozen=True):
    """Texts by words that are free to choose, such as those of ``example``; a list gives one word several."""

    example: tuple[str, str]


class Form:
    """The fields of a mapping in the order in which an editor is shown them; of ``one_of`` at least one is there."""

    def __init__(self, *fields: Field, one_of: tuple[str, ...] = ()) -> None:
        self.fields = fields
        self.one_of = one_of

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def get(self, name: str, *kinds: type[F]) -> F:
        """The field of that name; raises KeyError where there is none, TypeError where it is of another kind."""
        declared = next((each for each in self.fields if each.name == name), None)
        if declared is None:
            raise KeyError(f"'{name}' is asked for and not declared")
        if not isinstance(declared, kinds):
            raise TypeError(f"'{name}' is declared as {type(declared).__name__}")
        return declared

    def with_choices(self, name: str, choices: Sequence[str]) -> Form:
        """The same form where a text is one of some that only the edition knows."""
        text = self.get(name, Text)
        return self.with_field(replace(text, shape=Shape(noun=name, choices=tuple(choices))))

    def with_field(self, other: Field) -> Form:
        """The same form with another field in the place of the one of its name."""
        return Form(*(other if each.name == other.name else each for each in self), one_of=self.one_of)


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01-01"[: len("2031-03-14")])
    except ValueError:
        return None
