"""Regular expressions of somebody else: those that no text can hold up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

__all__ = ["may_go_on_for_ever"]

_parser = re._parser  # type: ignore[attr-defined] # the only reader of Python's own expressions
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")
_TAKEN_ONCE = ("ATOMIC_GROUP", "POSSESSIVE_REPEAT")
_FEW = 3  # times that what varies may be repeated: what can be tried then grows with a power of the row's length


def may_go_on_for_ever(pattern: str) -> bool:
    """Whether the ways of trying a pattern may grow with two to the power of the text's length.

    They do only where what can be matched in more than one way, a repeat or a choice, stands in a repeat. Possessive
    repeats and atomic groups are matched in one. Raises re.error for what is no pattern.
    """
    return any(most > _FEW and _varies(inner) for most, inner in _repeats(_parser.parse(pattern)))


def _repeats(parsed: Any) -> Iterator[tuple[int, Any]]:
    """Every repeat at whatever depth that can take a step back: how often at most, and what."""
    for name, argument in _parts(parsed):
        if name in _REPEATS:
            yield int(argument[1]), argument[2]
        for inner in _inside(argument):
            yield from _repeats(inner)


def _varies(parsed: Any) -> bool:
    """Whether something in it can be matched in more than one way."""
    for name, argument in _parts(parsed):
        if name in _TAKEN_ONCE:
            continue
        if name == "BRANCH" or (name in _REPEATS and argument[0] != argument[1]):
            return True
        if any(map(_varies, _inside(argument))):
            return True
    return False


def _parts(parsed: Any) -> Iterator[tuple[str, Any]]:
    return ((str(name), argument) for name, argument in parsed)


def _inside(argument: Any) -> Iterator[Any]:
    """The sequences inside a part."""
    if isinstance(argument, _parser.SubPattern):
        yield argument
    elif isinstance(argument, list | tuple):
        for each in argument:
            yield from _inside(each)
