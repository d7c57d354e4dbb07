"""The filters and methods that a letter may use; what any of them makes is bounded before it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from jinja2 import filters

__all__ = ["FILTERS", "METHODS", "TooMuchError", "bounded", "loop_items", "reckon", "replace"]

_MOST = 100_000  # characters in a value, or figures in a product
_MOST_ITEMS = 1000  # in a loop
_MOST_PLACES = 15  # behind the point
_METHODS = (
    "split", "rsplit", "splitlines", "partition", "rpartition", "strip", "lstrip", "rstrip", "upper", "lower", "title",
    "capitalize", "casefold", "startswith", "endswith", "removeprefix", "removesuffix", "replace", "count", "find",
    "isdigit", "isalpha", "isupper", "islower",
)  # fmt: skip
METHODS = dict.fromkeys(_METHODS)
"""Of a text, by name."""


class TooMuchError(Exception):
    """A value that is larger than any letter needs."""

    def __init__(self) -> None:
        super().__init__(f"it comes to more than {_MOST} characters")


def bounded(value: object) -> object:
    """The value, if it is of a size that a letter can have."""
    if _size(value) > _MOST:
        raise TooMuchError
    return value


def _size(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, int):
        return value.bit_length()
    return sum(_size(each) + 1 for each in value) if isinstance(value, list | tuple) else 1


def reckon(operator: str, left: Any, right: Any) -> object:
    """A sum, a product or a rest: of figures, for a text times a figure fills the memory; texts may be added."""
    figures = isinstance(left, int | float) and isinstance(right, int | float)
    match operator:
        case "+":
            return bounded(left + right)
        case "*" if figures:
            return bounded(left * right)
        case "%" if figures:
            return left % right
    raise TypeError(f"'{operator}' needs figures; text becomes one with |int")


def replace(text: object, old: object, new: object) -> str:
    """The text with every ``old`` replaced."""
    words, before, after = str(text), str(old), str(new)
    if len(words) + words.count(before) * len(after) > _MOST:
        raise TooMuchError
    return words.replace(before, after)


def _join(values: Iterable[object], between: str = "") -> str:
    words = [str(each) for each in values]
    if sum(map(len, words)) + len(words) * len(between) > _MOST:
        raise TooMuchError
    return between.join(words)


def _round(value: float, precision: int = 0, method: Any = "common") -> float:
    if not 0 <= precision <= _MOST_PLACES:
        raise TooMuchError
    return filters.do_round(value, precision, method)


def loop_items(values: Any) -> list[object]:
    """What a loop goes through."""
    items = [values[key] for key in values] if isinstance(values, dict) else list(values)
    if len(items) > _MOST_ITEMS:
        raise TooMuchError
    return items


def _bound(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter with a bound on what it makes; wraps keeps the mark of one that wants Jinja's environment."""

    @wraps(function)
    def ask(*values: Any, **named: Any) -> object:
        return bounded(function(*values, **named))

    return ask


_PLAIN = (
    "abs", "capitalize", "d", "default", "first", "float", "int", "last", "length", "count", "lower", "reverse",
    "string", "title", "trim", "truncate", "unique", "upper", "urlencode", "wordcount", "sort",
)  # fmt: skip
FILTERS: dict[str, Callable[..., Any]] = {
    **{name: _bound(filters.FILTERS[name]) for name in _PLAIN},
    **{"join": _join, "list": list, "replace": replace, "round": _round},
}
"""By name, as a letter uses them."""
