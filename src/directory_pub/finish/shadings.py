"""A gradient between inks: the stops of a shading, and the same shading in other colours."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping

import pikepdf
from pikepdf import Array, Name

from directory_pub.finish.content_streams import Components, Paint, Rule, Tint, srgb_of
from directory_pub.finish.spot_spaces import SpotSpaces

__all__ = ["recolour_shading"]

_SPACES = {"/DeviceRGB": 3, "/DeviceGray": 1}
_BY_FUNCTION = (1, 2, 3)


_Colours = Mapping[Components, Components]


def recolour_shading(
    shading: pikepdf.Object, rule: Rule, space: Name, spots: SpotSpaces
) -> tuple[pikepdf.Object, frozenset[Paint]]:
    """The shading with its stops replaced by ``rule``, which gives colours of ``space``, or tints of ``spots``.

    Where a stop is unknown, or the colours are not given as stops, the shading comes back as
    it is; the paints tell what was met.
    """
    try:
        stops = list(_stops(shading))
    except _NoStopsError as refusal:
        return shading, frozenset({Paint(str(refusal))})
    source = str(shading.ColorSpace)
    painted = frozenset(Paint(source, srgb_of(stop)) for stop in stops)
    inks = [rule(stop) for stop in stops]
    known = [ink for ink in inks if ink is not None]
    if len(known) < len(inks):
        return shading, painted
    made: pikepdf.Object = space
    plain = [ink for ink in known if not isinstance(ink, Tint)]
    if len(plain) < len(known):
        made, plain = spots.between(known)
    colours = dict(zip(stops, plain, strict=True))
    fresh = copy.copy(shading)
    fresh.ColorSpace = made
    fresh.Function = _recoloured(shading.Function, colours)
    if "/Background" in shading:
        fresh.Background = Array(list(colours[_components(shading.Background)]))
    return fresh, painted


class _NoStopsError(ValueError):
    """The colours of the shading are sampled, computed or meshed; the text says which."""


def _stops(shading: pikepdf.Object) -> Iterator[Components]:
    kind, space = int(shading.ShadingType), str(shading.get("/ColorSpace"))
    if kind not in _BY_FUNCTION or "/Function" not in shading:
        raise _NoStopsError(f"mesh shading (type {kind})")
    if space not in _SPACES:
        raise _NoStopsError("shading in a colour space of its own")
    if "/Background" in shading:
        yield _components(shading.Background)
    for stop in _function_stops(shading.Function):
        if len(stop) != _SPACES[space]:
            raise _NoStopsError("shading with one function a channel")
        yield stop


def _function_stops(function: pikepdf.Object) -> Iterator[Components]:
    if isinstance(function, Array):
        raise _NoStopsError("shading with one function a channel")
    match int(function.FunctionType):
        case 2:
            yield _end(function, "/C0")
            yield _end(function, "/C1")
        case 3:
            for part in function.Functions.as_list():
                yield from _function_stops(part)
        case kind:
            raise _NoStopsError(f"sampled or computed shading (function type {kind})")


def _recoloured(function: pikepdf.Object, colours: _Colours) -> pikepdf.Object:
    fresh = copy.copy(function)
    if "/Range" in fresh:
        del fresh["/Range"]  # it has a pair for each channel, and the channels change
    if int(function.FunctionType) == 3:
        fresh.Functions = Array([_recoloured(part, colours) for part in function.Functions.as_list()])
    else:
        fresh.C0 = Array(list(colours[_end(function, "/C0")]))
        fresh.C1 = Array(list(colours[_end(function, "/C1")]))
    return fresh


def _end(function: pikepdf.Object, key: str) -> Components:
    end = function.get(key)
    return ((0.0,) if key == "/C0" else (1.0,)) if end is None else _components(end)


def _components(array: pikepdf.Object) -> Components:
    return tuple(float(value) for value in array.as_list())
