"""The colours that a shading runs through."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pikepdf

from directory_pub.preflight.colours import Paint, paint_of, read_space
from directory_pub.preflight.effort import spend
from directory_pub.preflight.streams import read_stream

__all__ = ["read_shading"]

_MOST_SAMPLES = 4096
_MOST_SAMPLED_BYTES = 2**24
_MOST_PLATES = 32
_STEPS_A_FUNCTION = 10


def read_shading(shading: Any, named: Any) -> Paint:
    """A shading as one paint with a mix for every colour that its functions name; a mesh without one has no mixes."""
    space = read_space(shading.ColorSpace, named)
    functions = shading.get("/Function")
    if functions is None or space.family == "rgb":
        return Paint(space=space)
    if isinstance(functions, pikepdf.Array):
        # One function a channel: the most of each, which no place of the shading exceeds.
        each = itertools.islice(functions, _MOST_PLATES)
        highest = [max((stop[0] for stop in _stops(function) if stop), default=0.0) for function in each]
        stops: Iterator[list[float]] = iter([highest])
    else:
        stops = _stops(functions)
    mixes = {mix for stop in stops for mix in paint_of(space, stop).mixes}
    return Paint(space=space, mixes=tuple(sorted(mixes)))


def _stops(function: Any, depth: int = 0) -> Iterator[list[float]]:
    """The values that a function names; those between them are mixes of two."""
    spend(_STEPS_A_FUNCTION)
    match int(function.FunctionType):
        case 2:
            for end, tint in (("/C0", 0), ("/C1", 1)):
                yield [float(value) for value in itertools.islice(function.get(end, [tint]), _MOST_PLATES)]
        case 3 if depth < 8:
            for part in function.Functions:
                yield from _stops(part, depth + 1)
        case 0:
            yield from _samples(function)


def _samples(function: Any) -> Iterator[list[float]]:
    width, bits = len(function.Range) // 2, int(function.BitsPerSample)
    if bits not in (8, 16) or not 0 < width <= _MOST_PLATES:
        return
    samples, step = read_stream(function, _MOST_SAMPLED_BYTES), bits // 8
    spend(_MOST_SAMPLES)
    for index in range(0, min(len(samples), _MOST_SAMPLES * width * step) - width * step + 1, width * step):
        values = (samples[index + channel * step] for channel in range(width))
        yield [value / 255 for value in values]
