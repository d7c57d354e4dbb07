"""The filters and tests that a template has: those of Jinja that work on text, numbers and lists.

Left out are those that draw lots, that reach for a field by its name, or that pad a text to any width.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import Environment, Undefined
from jinja2.filters import FILTERS, make_attrgetter, make_multi_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.tests import TESTS
from jinja2.utils import pass_context, pass_environment, pass_eval_context

from directory_pub.sandbox.allowance import Allowance, TooMuch, check_told
from directory_pub.sandbox.weighing import LOOKED_THROUGH, SPENT, TOLD

__all__ = ["allowed_filters", "allowed_tests"]

Function = Callable[..., Any]


def _words(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_OF_TEXT = _words("abs capitalize e escape float int lower round safe string title trim truncate upper urlencode")
_OF_LISTS = _words("batch count first items last length list map reject rejectattr reverse select selectattr")
_OF_KEYS = _words("groupby max min sort unique")  # which compare texts or numbers, or fields that are
_TESTS = _words(
    "boolean defined divisibleby escaped even false float integer iterable mapping none number odd sameas sequence"
    " string true undefined"
)
_COMPARING = _words("in == eq equalto != ne > gt greaterthan >= ge < lt lessthan <= le")
_MOST = 10_000  # that a filter may be told to fill up to, or to round to; letters that make a number, or are trimmed
_PASSED = (Environment, Context, EvalContext)


def allowed_filters(allowance: Allowance) -> dict[str, Any]:
    """The filters by name, each of which spends of an allowance."""
    filters = {name: _of_text(name, allowance) for name in _OF_TEXT}
    filters |= {name: _of_list(FILTERS[name], allowance) for name in _OF_LISTS}
    filters |= {name: _of_keys(name, allowance) for name in _OF_KEYS}
    filters |= {"default": FILTERS["default"], "d": FILTERS["d"]}
    return filters | _watched(allowance) | _put_in(allowance)


def allowed_tests(allowance: Allowance) -> dict[str, Any]:
    """The tests by name; those that compare spend of an allowance."""

    def comparing(name: str, test: Any) -> Any:
        def compare(value: object, other: object) -> bool:
            allowance.look_through(value, other)
            if name == "in" and isinstance(other, dict):
                check_told(value)
            return bool(test(value, other))

        return compare

    return {name: TESTS[name] for name in _TESTS} | {name: comparing(name, TESTS[name]) for name in _COMPARING}


# -------------------------------------------------------------------- by what they work on
def _of_text(name: str, allowance: Allowance) -> Function:
    """A filter of texts and numbers, which is given nothing else."""
    function: Any = FILTERS[name]

    @functools.wraps(function)
    def filtered(*args: Any, **kwargs: Any) -> Any:
        first, *others = args[1:] if isinstance(args[0], _PASSED) else args
        others += kwargs.values()
        for value in (first, *others):
            check_told(value)
        _check_sizes(*others, *([first] if name in ("int", "float") else ()))
        allowance.look_through(first)
        return function(*args, **kwargs)

    return filtered


def _of_list(function: Any, allowance: Allowance) -> Function:
    """A filter of lists, which may hold anything; each item that it looks at or makes is spent."""

    @functools.wraps(function)
    def filtered(*args: Any, **kwargs: Any) -> Any:
        at = 1 if isinstance(args[0], _PASSED) else 0
        _check_sizes(*(each for each in (*args[at + 1 :], *kwargs.values()) if isinstance(each, int)))
        if hasattr(args[at], "__len__"):
            allowance.spend(1 + len(args[at]))
        made = function(*args, **kwargs)
        # Not one iterator on another: Python itself breaks on a tower of them.
        return _all_of(made, allowance) if isinstance(made, Iterator) else made

    return filtered


def _of_keys(name: str, allowance: Allowance) -> Function:
    """A filter that compares items, or what they have in a field: texts and numbers."""
    function: Any = FILTERS[name]
    filter_list, signature = _of_list(function, allowance), inspect.signature(function)

    @functools.wraps(function)
    def filtered(environment: Any, values: Any, *args: Any, **kwargs: Any) -> Any:
        told = signature.bind(environment, values, *args, **kwargs).arguments
        find_keys = make_multi_attrgetter(environment, told.get("attribute"))
        for item in values:
            for key in find_keys(item):
                if not isinstance(key, Undefined) or "default" not in told:
                    check_told(key)
                    allowance.look_through(key)
        return filter_list(environment, values, *args, **kwargs)

    return filtered


def _check_sizes(*values: object) -> None:
    for value in values:
        if (isinstance(value, int) and abs(value) > _MOST) or (isinstance(value, str) and len(value) > _MOST):
            raise TooMuch(f"A filter takes no number above {_MOST:,} here, and no text of more letters")


def _all_of(values: Iterator[Any], allowance: Allowance) -> list[Any]:
    made = []
    for value in values:
        allowance.spend(1)
        made.append(value)
    return made


# -------------------------------------------------------------------- those that can make much of little
def _watched(allowance: Allowance) -> dict[str, Function]:
    @pass_eval_context
    def join(context: EvalContext, values: Iterable[Any], d: str = "", attribute: str | int | None = None) -> Any:
        items = list(values)
        if attribute is not None:
            items = list(map(make_attrgetter(context.environment, attribute), items))
        for value in (d, *items):
            check_told(value)
        allowance.spend(len(items))
        allowance.make(sum(len(item) for item in items if isinstance(item, str)) + len(d) * len(items))
        return FILTERS["join"](context, items, d)

    @pass_eval_context
    def replace(context: EvalContext, text: Any, old: str, new: str, count: int | None = None) -> Any:
        for value in (text, old, new, count):
            check_told(value)
        allowance.make(len(str(text)) + str(text).count(str(old)) * len(str(new)))
        return FILTERS["replace"](context, text, old, new, count)

    def format_(pattern: Any, *args: Any, **kwargs: Any) -> Any:
        check_told(pattern)
        allowance.format(str(pattern), kwargs or args)
        return FILTERS["format"](pattern, *args, **kwargs)

    @pass_environment
    def sum_(environment: Any, values: Iterable[Any], attribute: str | int | None = None, start: Any = 0) -> Any:
        for value in values:
            item = value if attribute is None else make_attrgetter(environment, attribute)(value)
            allowance.spend(1)
            allowance.operate("+", start, item)
            start = start + item
        return start

    def dictsort(fields: dict[Any, Any], *args: Any, **kwargs: Any) -> Any:
        for value in (*fields, *fields.values()):
            check_told(value)
            allowance.look_through(value)
        return FILTERS["dictsort"](fields, *args, **kwargs)

    return {"join": join, "replace": replace, "format": format_, "sum": sum_, "dictsort": dictsort}


# -------------------------------------------------------------------- those that weigh_tree puts in
def _put_in(allowance: Allowance) -> dict[str, Function]:
    @pass_context
    def spent(context: Context, units: int) -> None:  # by far the most called: spend, written out
        allowance.left -= units
        if allowance.left < 0:
            allowance.spend(0)

    def told(value: object) -> object:
        check_told(value)
        if isinstance(value, str):
            allowance.make(len(value))
        return value

    def looked_through(value: object) -> object:
        allowance.look_through(value)
        return value

    return {SPENT: spent, TOLD: told, LOOKED_THROUGH: looked_through}
