"""What one rendering may take, counted in units: the same template takes the same on every machine.

A unit is about as much as the simplest step of a template, or a few letters of text. No clock is
asked, so a slow machine refuses nothing that a fast one makes.
"""

from __future__ import annotations

import re
from collections.abc import Sized

from jinja2 import TemplateRuntimeError, Undefined

__all__ = ["LETTERS_A_UNIT", "Allowance", "TooMuch", "check_told", "name_kind"]

LETTERS_A_UNIT = 4
_MOST_LETTERS = 1_000_000  # of a text, or items of a list, that an expression makes
_MOST_BITS = 4_096  # of a whole number
_MOST_FIGURES = 3  # of a width or precision in a format
_LISTS = (list, tuple, dict)
_SCALARS = (int, float, bool, type(None))
_SPEC = re.compile(r"%(?:\([^)]*\))?([^a-zA-Z%]*)")
_NAMES = {
    "str": "Text",
    "Markup": "Text",
    "int": "A number",
    "float": "A number",
    "tuple": "A list",
    "NoneType": "None",
    "LoopContext": "A loop",
    "Macro": "A macro",
    "type": "A function",
    "function": "A function",
    "method": "A function",
    "builtin_function_or_method": "A function",
}


class TooMuch(TemplateRuntimeError):  # noqa: N818 - it is what the template asks for
    """A template that takes more work or room than it may."""


class Allowance:
    """What is left of a rendering's units."""

    __slots__ = ("left",)

    def __init__(self, units: int) -> None:
        self.left = units

    def spend(self, units: int) -> None:
        """Take units away; raises TooMuch where none are left."""
        self.left -= units
        if self.left < 0:
            raise TooMuch("This takes more work than pages can need: something goes on without end")

    def make(self, size: int) -> None:
        """Spend what a new text or list of that size takes; raises TooMuch where it is larger than any may be."""
        if size > _MOST_LETTERS:
            raise TooMuch(f"This would make a text or list of more than {_MOST_LETTERS:,} letters or items")
        self.spend(1 + size // LETTERS_A_UNIT)

    def look_through(self, *values: object) -> None:
        """Spend what it takes to compare values: all letters of texts, all items of lists and of the lists in them."""
        found = list(values)
        while found:
            value = found.pop()
            if isinstance(value, str):
                self.spend(1 + len(value) // LETTERS_A_UNIT)
            elif isinstance(value, range):  # nothing stands in it, and yet all of it may be looked through
                self.spend(1 + len(value))
            elif isinstance(value, _LISTS):
                self.spend(1 + len(value))
                found += value.values() if isinstance(value, dict) else value

    # -------------------------------------------------------------------- operators
    def operate(self, sign: str, left: object, right: object) -> None:
        """Look at an operation that can make much of little before it is done."""
        match sign, left, right:
            case "+", Sized(), Sized():
                self.make(len(left) + len(right))
            case "*", int(), int():
                _check_bits(left.bit_length() + right.bit_length())
            case "*", Sized(), int():
                self.make(len(left) * max(right, 0))
            case "*", int(), Sized():
                self.make(len(right) * max(left, 0))
            case "**", int(), int():
                _check_bits(left.bit_length() * max(right, 0))
            case "%", str(), _:
                self.format(left, right)
            case _:
                pass

    def format(self, pattern: str, values: object) -> None:
        """Look at a format before it is filled in."""
        each = values.values() if isinstance(values, dict) else values if isinstance(values, tuple) else (values,)
        widest = 0
        for value in each:
            check_told(value)
            widest = max(widest, len(value) if isinstance(value, str) else 0)
        for spec in _SPEC.findall(pattern):
            if "*" in spec or any(len(figures) > _MOST_FIGURES for figures in re.findall(r"\d+", spec)):
                raise TooMuch(f"A format has no width such as '{spec:.20}'")
        self.make(len(pattern) + pattern.count("%") * (10**_MOST_FIGURES + widest))


def _check_bits(bits: int) -> None:
    if bits > _MOST_BITS:
        raise TooMuch("This would make a whole number of more than a thousand figures")


def check_told(value: object) -> None:
    """Raise where a value is no text or number: what else it would print is no word of a book."""
    if isinstance(value, str) or type(value) in _SCALARS:
        return
    if isinstance(value, Undefined):
        str(value)  # which is the error that names it, or nothing behind an ``if`` without an ``else``
        return
    raise TemplateRuntimeError(f"{name_kind(value)} stands here, where only text or a number can")


def name_kind(value: object) -> str:
    """What a value is, to begin a sentence with."""
    name = type(value).__name__
    return _NAMES.get(name) or f"{'An' if name[0] in 'AEIO' else 'A'} {name.lower()}"
