"""The objects of a PDF as they are written (ISO 32000-1, 7.3): names, numbers, strings, arrays, dictionaries."""

from __future__ import annotations

import mmap
import re
from binascii import unhexlify
from typing import Any, NamedTuple

from pikepdf import codec  # noqa: F401 - brings Python the encoding "pdfdoc"

__all__ = ["Name", "Object", "Ref", "Stream", "UnreadableObject", "parse", "text_of"]

Object = Any  # None, bool, int, float, Name, bytes (a string), list, dict, Ref or Stream
_SPACE = rb"\x00\t\n\f\r "
_DELIMITER = _SPACE + rb"()<>\[\]{}/%"
_TOKEN = re.compile(
    rb"[" + _SPACE + rb"]*(?:"
    rb"(?P<ref>(\d+) (\d+) R(?=[" + _DELIMITER + rb"]|$))"
    rb"|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?=[" + _DELIMITER + rb"]|$))"
    rb"|(?P<name>/[^" + _DELIMITER + rb"]*)"
    rb"|(?P<hex><[0-9A-Fa-f" + _SPACE + rb"]*>)"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|(?P<text>\()"
    rb"|(?P<word>[a-z]+)"
    rb"|(?P<comment>%[^\r\n]*))",
)
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n?|\n)|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_WORDS = {b"true": True, b"false": False, b"null": None}
_DEEPEST = 100


class UnreadableObject(ValueError):  # noqa: N818 - said of the object
    """What stands there is no object as ISO 32000 writes it."""


class Name(str):
    """A name, with its slash."""

    __slots__ = ()


class Ref(NamedTuple):
    """An indirect reference."""

    number: int


class Stream(NamedTuple):
    """A stream: its dictionary, and its bytes as they are packed."""

    keys: dict[str, Object]
    packed: bytes


def text_of(string: bytes) -> str:
    """What a text string says."""
    if string.startswith(b"\xfe\xff"):
        return string[2:].decode("utf-16-be", "replace")
    return string.decode("pdfdoc", "replace")


def parse(content: bytes | mmap.mmap, position: int) -> tuple[Object, int]:
    """The value at a position, and where it ends."""
    values: list[Object] = []
    opened: list[tuple[bytes, list[Object]]] = []
    while True:
        token = _TOKEN.match(content, position)
        if token is None or len(opened) > _DEEPEST:
            raise UnreadableObject(f"no object can be read at byte {position}")
        kind, position = token.lastgroup or "", token.end()
        if kind == "ref":
            values.append(Ref(int(token[2])))
        elif kind == "number":
            values.append(_number(token[kind]))
        elif kind == "name":
            values.append(_name(token[kind]))
        elif kind == "hex":
            values.append(_hex_string(token[kind]))
        elif kind == "text":
            value, position = _string(content, position)
            values.append(value)
        elif kind == "open":
            opened.append((token[kind], values))
            values = []
        elif kind == "close":
            values = _closed(token[kind], opened, values)
        elif kind == "word":
            if token[kind] not in _WORDS:
                raise UnreadableObject(f"'{token[kind].decode()}' is no object")
            values.append(_WORDS[token[kind]])
        if values and not opened:
            return values[0], position


def _closed(token: bytes, opened: list[tuple[bytes, list[Object]]], inner: list[Object]) -> list[Object]:
    if not opened or (opened[-1][0] == b"[") != (token == b"]"):
        raise UnreadableObject(f"'{token.decode()}' closes nothing")
    _, values = opened.pop()
    if token == b"]":
        values.append(inner)
    elif len(inner) % 2 or not all(isinstance(key, Name) for key in inner[::2]):
        raise UnreadableObject("a dictionary has a key that is no name")
    else:
        values.append(dict(zip(inner[::2], inner[1::2], strict=True)))
    return values


def _number(token: bytes) -> int | float:
    return float(token) if b"." in token else int(token)


def _name(token: bytes) -> Name:
    if b"#" in token:
        token = re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes((int(code[1], 16),)), token)
    return Name(token.decode("utf-8", "surrogateescape"))


def _hex_string(token: bytes) -> bytes:
    digits = token[1:-1].translate(None, b"\x00\t\n\f\r ")
    return unhexlify(digits + b"0" * (len(digits) % 2))


def _string(content: bytes | mmap.mmap, start: int) -> tuple[bytes, int]:
    """A string from behind its first parenthesis, and where it ends."""
    depth = 1
    for found in _PARENTHESIS.finditer(content, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return _ESCAPE.sub(_escaped, content[start : found.start()]), found.end()
    raise UnreadableObject("a string is not closed")


def _escaped(escape: re.Match[bytes]) -> bytes:
    octal, line_end, letter = escape.groups()
    if octal:
        return bytes((int(octal, 8) & 0xFF,))
    return b"" if line_end else _ESCAPED.get(letter, letter)
