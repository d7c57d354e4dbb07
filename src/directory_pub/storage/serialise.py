"""Values to bytes and back, without code: for the store, and for the workers of a cluster.

What is read is of the kind that was asked for, down to its last field, or is refused: bytes hold
values and never anything to run. Kinds are type hints of our own structs.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

__all__ = ["UnreadableError", "deserialise", "serialise"]


class UnreadableError(ValueError):
    """Bytes that are not of the kind that was asked for."""


def serialise(value: object, kind: object) -> bytes:
    """A value of that kind as bytes.

    Raises ValueError for what cannot be written: half of a surrogate pair, an integer above 64 bits.
    """
    way = _way_of(kind)
    try:
        return msgspec.msgpack.encode((way.name, way.plain(value)))
    except (OverflowError, RecursionError) as fault:
        raise ValueError(str(fault)) from fault


def deserialise(content: bytes, kind: object) -> Any:
    """The value that ``serialise`` wrote as that kind; raises UnreadableError for any other bytes."""
    way = _way_of(kind)
    try:
        name, value = way.read(content)
    # A class may refuse the values of its fields, as Finding does with an unknown code; the name of a field may
    # be a mapping.
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise UnreadableError(str(fault)) from fault
    # The library takes any mapping for a class whose fields can all be left out.
    if name != way.name:
        raise UnreadableError(f"of the kind {name!r}, not {way.name}")
    return value


# -------------------------------------------------------------------- kinds
class _Way(NamedTuple):
    """How values of a kind become lists and plain values, are made of these, and are read with their name."""

    name: str
    plain: Callable[[Any], Any]
    made: Callable[[Any], Any]
    read: Callable[[bytes], tuple[str, Any]]


@functools.cache
def _way_of(kind: Any) -> _Way:
    """The way of a kind; unions of structs, which the library does not know, are taken apart here."""
    name = kind.__name__ if isinstance(kind, type) and not get_args(kind) else str(kind)
    try:
        read = msgspec.msgpack.Decoder(tuple[str, kind]).decode
    except TypeError:
        pass
    else:
        return _Way(name, _as_it_is, functools.partial(msgspec.convert, type=kind, builtin_types=(bytes,)), read)
    plain, made = _ways_apart(kind)

    def read_apart(content: bytes) -> tuple[str, Any]:
        name, row = _row(msgspec.msgpack.decode(content), 2)
        return name, made(row)

    return _Way(name, plain, made, read_apart)


def _as_it_is(value: Any) -> Any:
    return value


def _ways_apart(kind: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is list:
        way = _way_of(inner[0])
        return (lambda value: list(map(way.plain, value))), (lambda row: list(map(way.made, _row(row))))
    if origin is tuple and inner[1:] == (...,):
        way = _way_of(inner[0])
        return (lambda value: list(map(way.plain, value))), (lambda row: tuple(map(way.made, _row(row))))
    if origin is tuple:
        return _ways_of_row(inner, tuple, lambda value: value)
    if origin in (Union, types.UnionType):
        return _ways_of_union(inner)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        names = kind.__struct_fields__
        hints = get_type_hints(kind)

        def make(values: Iterator[Any]) -> Any:
            return kind(**dict(zip(names, values, strict=True)))

        return _ways_of_row([hints[name] for name in names], make, lambda value: [getattr(value, n) for n in names])
    raise TypeError(f"{kind} cannot be serialised")


def _ways_of_row(
    kinds: Sequence[Any], make: Callable[[Iterator[Any]], Any], take: Callable[[Any], Sequence[Any]]
) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """The ways of a row of values, each of its own kind."""
    ways = [_way_of(kind) for kind in kinds]

    def plain(value: Any) -> list[Any]:
        return [way.plain(each) for way, each in zip(ways, take(value), strict=True)]

    def made(row: Any) -> Any:
        return make(way.made(each) for way, each in zip(ways, _row(row, len(ways)), strict=True))

    return plain, made


def _ways_of_union(kinds: Sequence[Any]) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """The ways of None, or of a value after the number of its class."""
    classes = [kind for kind in kinds if kind is not types.NoneType]

    def plain(value: Any) -> Any:
        return None if value is None else [number := classes.index(type(value)), _way_of(classes[number]).plain(value)]

    def made(row: Any) -> Any:
        if row is None and len(classes) < len(kinds):
            return None
        number, value = _row(row, 2)
        if type(number) is not int or number not in range(len(classes)):
            raise UnreadableError(f"there is no class number {number}")
        return _way_of(classes[number]).made(value)

    return plain, made


def _row(row: Any, length: int | None = None) -> list[Any]:
    if not isinstance(row, list) or length not in (None, len(row)):
        raise UnreadableError("a row is missing, or has another length")
    return row
