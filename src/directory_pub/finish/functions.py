"""The functions of PDF that turn tints and positions into colours (ISO 32000-1, 7.10), worked out at a point."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

from pikepdf import Array

__all__ = ["NoFunctionError", "evaluate"]

_MOST_STEPS = 10_000
_DEEPEST = 16


class NoFunctionError(ValueError):
    """A function that cannot be worked out; the text says why."""


def evaluate(function: Any, inputs: Sequence[float], depth: int = 0) -> tuple[float, ...]:
    """The outputs of a function, or of an array with one function an output. Raises NoFunctionError."""
    if depth > _DEEPEST:
        raise NoFunctionError("a function stands on itself")
    if isinstance(function, Array):
        return tuple(value for each in function for value in evaluate(each, inputs, depth + 1))
    try:
        domain = _numbers(function.Domain)
        inside = [_clamped(x, *domain[2 * at : 2 * at + 2]) for at, x in enumerate(inputs)]
        made = _KINDS[int(function.FunctionType)](function, inside, domain, depth)
        limits = _numbers(function.Range) if "/Range" in function else []
    except NoFunctionError:
        raise
    except (KeyError, IndexError, AttributeError, TypeError, ValueError, ArithmeticError) as fault:
        raise NoFunctionError("a colour function is not as it should be") from fault
    if not limits:
        return tuple(made)
    return tuple(_clamped(y, *limits[2 * at : 2 * at + 2]) for at, y in enumerate(made))


def _numbers(array: Any) -> list[float]:
    return [float(value) for value in array]


def _clamped(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _between(value: float, low: float, high: float, new_low: float, new_high: float) -> float:
    return new_low if high == low else new_low + (value - low) * (new_high - new_low) / (high - low)


# -------------------------------------------------------------------- type 0: samples
def _sampled(function: Any, inputs: list[float], domain: list[float], _: int) -> list[float]:
    sizes, bits = [int(size) for size in function.Size], int(function.BitsPerSample)
    limits = _numbers(function.Range)
    count = len(limits) // 2
    encode = _numbers(function.Encode) if "/Encode" in function else [v for size in sizes for v in (0, size - 1)]
    decode = _numbers(function.Decode) if "/Decode" in function else limits
    data = function.read_bytes()
    corners: list[tuple[int, float]] = [(0, 1.0)]  # index of the sample, and its weight
    stride = 1
    for at, (x, size) in enumerate(zip(inputs, sizes, strict=True)):
        place = _between(x, *domain[2 * at : 2 * at + 2], *encode[2 * at : 2 * at + 2])
        place = _clamped(place, 0, size - 1)
        low = min(int(place), max(size - 2, 0))
        part = place - low
        steps = [(low, 1 - part), (min(low + 1, size - 1), part)]
        corners = [(i + stride * step, w * share) for i, w in corners for step, share in steps if share]
        stride *= size
    top = (1 << bits) - 1
    return [
        _between(sum(w * _sample(data, i * count + at, bits) for i, w in corners), 0, top, *decode[2 * at : 2 * at + 2])
        for at in range(count)
    ]


def _sample(data: bytes, index: int, bits: int) -> int:
    first, last = index * bits // 8, ((index + 1) * bits - 1) // 8
    if last >= len(data):
        raise NoFunctionError("a colour function has too few samples")
    behind = 8 * (last + 1) - (index + 1) * bits
    return int.from_bytes(data[first : last + 1], "big") >> behind & (1 << bits) - 1


# -------------------------------------------------------------------- types 2 and 3: from one to another
def _exponential(function: Any, inputs: list[float], _domain: list[float], _: int) -> list[float]:
    start = _numbers(function.C0) if "/C0" in function else [0.0]
    end = _numbers(function.C1) if "/C1" in function else [1.0]
    part = inputs[0] ** float(function.N)
    return [a + part * (b - a) for a, b in zip(start, end, strict=True)]


def _stitched(function: Any, inputs: list[float], domain: list[float], depth: int) -> list[float]:
    bounds, encode = _numbers(function.Bounds), _numbers(function.Encode)
    at = sum(inputs[0] >= bound for bound in bounds)
    edges = [domain[0], *bounds, domain[1]]
    x = _between(inputs[0], edges[at], edges[at + 1], *encode[2 * at : 2 * at + 2])
    return list(evaluate(function.Functions[at], [x], depth + 1))


# -------------------------------------------------------------------- type 4: a small program
def _calculated(function: Any, inputs: list[float], _domain: list[float], _: int) -> list[float]:
    text = function.read_bytes().decode("latin-1").replace("{", " { ").replace("}", " } ")
    words = iter(text.split())
    if next(words, "") != "{":
        raise NoFunctionError("a colour function is not as it should be")
    stack: list[Any] = list(inputs)
    _run(_parse(words, 0), stack, [0])
    count = len(_numbers(function.Range)) // 2
    return [float(value) for value in stack[-count:]]


def _parse(words: Any, depth: int) -> list[Any]:
    if depth > _DEEPEST:
        raise NoFunctionError("a colour function is nested too deep")
    program: list[Any] = []
    for word in words:
        if word == "}":
            return program
        program.append(_parse(words, depth + 1) if word == "{" else word)
    raise NoFunctionError("a colour function does not end")


def _run(program: list[Any], stack: list[Any], steps: list[int]) -> None:
    for at, word in enumerate(program):
        steps[0] += 1
        if steps[0] > _MOST_STEPS:
            raise NoFunctionError("a colour function takes too long")
        if isinstance(word, list):
            continue
        if word == "if":
            if stack.pop():
                _run(program[at - 1], stack, steps)
        elif word == "ifelse":
            _run(program[at - 2] if stack.pop() else program[at - 1], stack, steps)
        else:
            _apply(word, stack)


def _apply(word: str, stack: list[Any]) -> None:
    if word in _TWO:
        second, first = stack.pop(), stack.pop()
        stack.append(_TWO[word](first, second))
    elif word in _ONE:
        stack.append(_ONE[word](stack.pop()))
    elif word == "pop":
        stack.pop()
    elif word == "exch":
        stack[-1], stack[-2] = stack[-2], stack[-1]
    elif word == "dup":
        stack.append(stack[-1])
    elif word == "copy":
        if count := int(stack.pop()):
            stack.extend(stack[-count:])
    elif word == "index":
        stack.append(stack[-1 - int(stack.pop())])
    elif word == "roll":
        by, count = int(stack.pop()), int(stack.pop())
        if count:
            by %= count
            part = stack[-count:]
            stack[-count:] = part[count - by :] + part[: count - by]
    elif word in ("true", "false"):
        stack.append(word == "true")
    else:
        stack.append(float(word) if "." in word or "e" in word.lower() else int(word))


def _shift(value: int, by: int) -> int:
    return value << by if by >= 0 else value >> -by


_TWO: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv,
    "idiv": lambda a, b: int(a / b), "mod": math.fmod, "exp": operator.pow, "eq": operator.eq, "ne": operator.ne,
    "gt": operator.gt, "ge": operator.ge, "lt": operator.lt, "le": operator.le, "and": operator.and_,
    "or": operator.or_, "xor": operator.xor, "bitshift": _shift,
    "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
}  # fmt: skip
_ONE: dict[str, Callable[[Any], Any]] = {
    "abs": abs, "neg": operator.neg, "ceiling": math.ceil, "floor": math.floor,
    "round": lambda x: math.floor(x + 0.5), "truncate": math.trunc, "cvi": int, "cvr": float,
    "sqrt": math.sqrt, "ln": math.log, "log": math.log10,
    "sin": lambda x: math.sin(math.radians(x)), "cos": lambda x: math.cos(math.radians(x)),
    "not": lambda x: not x if isinstance(x, bool) else ~x,
}  # fmt: skip
_KINDS: dict[int, Callable[[Any, list[float], list[float], int], list[float]]] = {
    0: _sampled, 2: _exponential, 3: _stitched, 4: _calculated,
}  # fmt: skip
