"""Values as bytes and back, without code: what is long is held packed, what is found out is kept from build to build.

What is read back is of the kind that was asked for, down to its last field, or is refused: bytes say
which values there are and never what is to be done. Kinds are type hints of our own data classes.
"""

from __future__ import annotations

import functools
import types
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints, overload

import msgspec

__all__ = ["Shelved", "UnreadableError", "pack", "unpack"]

T_co = TypeVar("T_co", covariant=True)
_UNPACKED_AT_ONCE = 64
_MOST_SHELVED = 1 << 31
_MOST_BYTES = 256_000_000  # of one shelf; an entry's file has 4 MB at the most
_LEVEL = 1  # a fifth larger than the best, in a tenth of the time


class UnreadableError(ValueError):
    """Bytes that are not of the kind that was asked for."""


def pack(value: object, kind: object) -> bytes:
    """A value of that kind as bytes.

    Raises ValueError for what has no bytes of its own: half of a surrogate pair, an integer above 64 bits.
    """
    way = _way_of(kind)
    try:
        return msgspec.msgpack.encode((way.name, way.plain(value)))
    except (OverflowError, RecursionError) as fault:
        raise ValueError(str(fault)) from fault


def unpack(packed: bytes, kind: object) -> Any:
    """The value of that kind that ``pack`` made bytes of; raises UnreadableError for any other bytes."""
    way = _way_of(kind)
    try:
        name, value = way.read(packed)
    # A value may refuse what its fields say, as Finding does with a code that is not in the table; a name of a
    # field may be a mapping.
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise UnreadableError(str(fault)) from fault
    # The library takes any mapping for a class whose fields can all be left out.
    if name != way.name:
        raise UnreadableError(f"of the kind {name!r}, not {way.name}")
    return value


# -------------------------------------------------------------------- kinds
class _Way(NamedTuple):
    """How a kind becomes lists and plain values, is made of these, and is read from bytes with its name."""

    name: str
    plain: Callable[[Any], Any]
    made: Callable[[Any], Any]
    read: Callable[[bytes], tuple[str, Any]]


@functools.cache
def _way_of(kind: Any) -> _Way:
    """The library knows every kind but unions of data classes, and what has one in it: these are taken apart here."""
    name = kind.__name__ if isinstance(kind, type) and not get_args(kind) else str(kind)
    if get_origin(kind) is not Sequence:
        try:
            read = msgspec.msgpack.Decoder(tuple[str, kind]).decode
        except TypeError:
            pass
        else:
            return _Way(name, _as_it_is, functools.partial(msgspec.convert, type=kind, builtin_types=(bytes,)), read)
    plain, made = _ways_apart(kind)

    def read_apart(packed: bytes) -> tuple[str, Any]:
        told, row = _row(msgspec.msgpack.decode(packed), 2)
        return told, made(row)

    return _Way(name, plain, made, read_apart)


def _as_it_is(value: Any) -> Any:
    return value


def _ways_apart(kind: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Sequence:
        return functools.partial(_shelf_as_row, inner[0]), functools.partial(_shelf_of_row, inner[0])
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
    if is_dataclass(kind) and isinstance(kind, type):
        names = [each.name for each in fields(kind)]
        hints = get_type_hints(kind)

        def make(values: Iterator[Any]) -> Any:
            return kind(**dict(zip(names, values, strict=True)))

        return _ways_of_row([hints[name] for name in names], make, lambda value: [getattr(value, n) for n in names])
    raise TypeError(f"{kind} cannot be packed")


def _ways_of_row(
    kinds: Sequence[Any], make: Callable[[Iterator[Any]], Any], take: Callable[[Any], Sequence[Any]]
) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """So many values, each of its own kind."""
    ways = [_way_of(kind) for kind in kinds]

    def plain(value: Any) -> list[Any]:
        return [way.plain(each) for way, each in zip(ways, take(value), strict=True)]

    def made(row: Any) -> Any:
        return make(way.made(each) for way, each in zip(ways, _row(row, len(ways)), strict=True))

    return plain, made


def _ways_of_union(kinds: Sequence[Any]) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """None, or a value behind the number of its class."""
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


# -------------------------------------------------------------------- shelves
class Shelved(Sequence[T_co]):
    """Some values of one ``kind``, held packed, a twentieth of their size; those that were looked at last are at hand.

    Equal to a tuple of the same. What is in it has no identity that lasts. Where its bytes were kept and
    turn out to be of another kind, whoever looks at it gets an UnreadableError.
    """

    __slots__ = ("_count", "_packed", "kind")

    def __init__(self, values: Sequence[T_co], kind: Any) -> None:
        self.kind = kind
        self._count = len(values)
        self._packed: bytes | tuple[T_co, ...]
        try:
            self._packed = zlib.compress(pack(tuple(values), tuple[kind, ...]), _LEVEL)
        except ValueError:
            self._packed = tuple(values)  # what has no bytes is held as it is

    def _values(self) -> tuple[T_co, ...]:
        return self._packed if isinstance(self._packed, tuple) else _unpacked(self._packed, self._count, self.kind)

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Sequence[T_co]:
        return self._values()[index]

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._values())

    def __len__(self) -> int:
        return self._count

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shelved | tuple) and self._values() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        return repr(self._values())

    def __reduce__(self) -> tuple[Any, ...]:
        return _shelved, (self._count, self._packed, self.kind)


def _shelved(count: int, packed: Any, kind: Any) -> Shelved[Any]:
    made: Shelved[Any] = object.__new__(Shelved)
    made._count, made._packed, made.kind = count, packed, kind
    return made


def _shelf_as_row(kind: Any, values: Sequence[Any]) -> list[Any]:
    shelved = values if isinstance(values, Shelved) else Shelved(values, kind)
    if isinstance(shelved._packed, tuple):
        raise ValueError("it has no bytes")
    return [len(shelved), shelved._packed]


def _shelf_of_row(kind: Any, row: Any) -> Shelved[Any]:
    count, packed = _row(row, 2)
    if type(count) is not int or count not in range(_MOST_SHELVED) or type(packed) is not bytes:
        raise UnreadableError("a shelf is a number and bytes")
    return _shelved(count, packed, kind)


@functools.lru_cache(maxsize=_UNPACKED_AT_ONCE)
def _unpacked(packed: bytes, count: int, kind: Any) -> tuple[Any, ...]:
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, _MOST_BYTES)
        if not unpacking.eof:
            raise UnreadableError("it breaks off, or has no end")
        values: tuple[Any, ...] = unpack(content, tuple[kind, ...])
    except zlib.error as fault:
        raise UnreadableError(str(fault)) from fault
    if len(values) != count:
        raise UnreadableError(f"{len(values)} values, not {count}")
    return values
