"""A content stream as a row of operations, read as it goes: no stream is too long to be held in memory twice."""

from __future__ import annotations

import re
from binascii import Error as BinasciiError
from binascii import unhexlify
from collections.abc import Iterator
from typing import Any, NamedTuple

from directory_pub.preflight.effort import spend
from directory_pub.preflight.faults import UnreadableContent
from directory_pub.preflight.geometry import MOST_LENGTH

__all__ = ["InlineImage", "Operation", "read_operations"]

_DELIMITER = rb"\x00\t\n\f\r ()<>\[\]{}/%"
_TOKEN = re.compile(
    rb"[\x00\t\n\f\r ]*(?:"
    rb"(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?=[" + _DELIMITER + rb"]|$))"
    rb"|(?P<hex><[0-9A-Fa-f\x00\t\n\f\r ]*>)"
    rb"|(?P<text>\((?:[^()\\]++|\\.)*+\))"
    rb"|(?P<name>/[^" + _DELIMITER + rb"]*)"
    rb"|(?P<open>\[|<<)|(?P<close>\]|>>)"
    rb"|(?P<word>[^" + _DELIMITER + rb"]+)"
    rb"|(?P<nothing>(?:%[^\r\n]*+[\x00\t\n\f\r ]*+)++|$)"
    rb"|(?P<other>.))",
    re.DOTALL,
)
# What most of a page is written in is read at one go: numbers with their operator, points in a row, a line of type.
_SPACE, _NUMBER = rb"[\t\n\f\r ]", rb"[+-]?(?:\d{1,12}+\.?\d{0,12}+|\.\d{1,12}+)"
_SPACED = _SPACE + rb"*+" + _NUMBER + rb"(?=" + _SPACE + rb")"
_NUMERIC = re.compile(
    rb"((?:" + _SPACED + rb"){0,9}+)" + _SPACE + rb"*+([A-Za-z][A-Za-z0-9]*+\*?)(?=[" + _DELIMITER + rb"]|$)"
)
_POINTS = re.compile(
    rb"(?:" + _SPACED + rb"){2,6}+" + _SPACE + rb"++[mlcvy](?=" + _SPACE + rb")"
    rb"(?:(?:" + _SPACED + rb"){2,6}+" + _SPACE + rb"++[lcvy](?=" + _SPACE + rb")){1,1000}+",
)
_LINE_OF_TYPE = re.compile(
    _SPACE + rb"*+\[((?:" + _SPACE + rb"*+(?:<(?:[0-9A-Fa-f]{2})*+>|\([^()\\]*+\)|"
    + _NUMBER + rb"(?=[\t\n\f\r <(\]]))){0,9999}+)" + _SPACE + rb"*+\]" + _SPACE + rb"*+TJ(?=[" + _DELIMITER + rb"]|$)"
)  # fmt: skip
_PIECE_OF_TYPE = re.compile(rb"<([0-9A-Fa-f]*)>|\(([^()\\]*)\)|([^\t\n\f\r <(]+)")
_DRAWS = frozenset({b"m", b"l", b"c", b"v", b"y"})
_CURVES = re.compile(rb"[cvy]")
_NO_OPERATORS = bytes.maketrans(b"mlcvy", b" " * 5)
_NOT_NUMERIC = frozenset({b"ID", b"true", b"false", b"null"})
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n?|\n)|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_IMAGE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=[\x00\t\n\f\r /]|$)")
_VALUES: dict[bytes, Any] = {b"true": True, b"false": False, b"null": None}
_BRACKETS_AT_ONCE = 3000
_MOST_OPERANDS = 100_000


class InlineImage(NamedTuple):
    """A picture that stands in the content itself: its keys as written, its bytes still packed."""

    keys: dict[str, Any]
    data: bytes


class Operation(NamedTuple):
    """An operator and what it is given: floats, names (``/Name``), bytes, lists and dictionaries."""

    operator: str
    operands: list[Any]


def read_operations(data: bytes) -> Iterator[Operation]:  # noqa: PLR0915 - a branch a kind of token
    """Every operation of a stream; an inline image is one operation named ``EI``, and points that follow each other
    without anything between them are one ``l``, or one ``m`` that begins an outline, or with curves among them one
    ``c``.

    Raises UnreadableContent at the first byte that is no token.
    """
    operands: list[Any] = []
    opened: list[tuple[bytes, list[Any]]] = []
    position, end = 0, len(data)
    while position < end:
        if not operands and not opened:
            if (known := _NUMERIC.match(data, position)) and known[2] not in _NOT_NUMERIC:
                if known[2] in _DRAWS and (points := _POINTS.match(data, position)):
                    yield _points(points[0])
                    position = points.end()
                    continue
                position = known.end()
                yield Operation(known[2].decode(), list(map(float, known[1].split())))
                continue
            if known := _LINE_OF_TYPE.match(data, position):
                position = known.end()
                yield Operation("TJ", [_pieces(known[1])])
                continue
        token = _TOKEN.match(data, position)
        assert token is not None, "the last alternative takes any byte"
        kind, position = token.lastgroup, token.end()
        word: bytes = token[kind or 0]
        if kind == "number":
            operands.append(_number(word))
        elif kind == "hex":
            operands.append(_hex_text(word))
        elif kind == "name":
            operands.append(_name(word))
        elif kind == "text":
            operands.append(_unescaped(word[1:-1]))
        elif kind == "open":
            opened.append((word, operands))
            operands = []
        elif kind == "close":
            operands = _close(word, opened, operands)
        elif kind == "other":
            value, position = _nested_text(data, token.start(kind))
            operands.append(value)
        elif kind == "nothing":
            continue
        elif word in _VALUES:
            operands.append(_VALUES[word])
        elif opened:
            raise UnreadableContent(f"'{word[:20].decode('latin-1')}' stands in an array")
        elif word == b"ID":
            image, position = _inline_image(data, position, operands)
            yield Operation("EI", [image])
            operands = []
        else:
            yield Operation(word.decode("latin-1"), operands)
            operands = []
        if len(operands) > _MOST_OPERANDS or len(opened) > 100:
            raise UnreadableContent("an operator has no end of operands")
    if opened:
        raise UnreadableContent("an array is not closed")


def _points(written: bytes) -> Operation:
    operator = "c" if _CURVES.search(written) else "m" if b"m" in written else "l"
    return Operation(operator, list(map(float, written.translate(_NO_OPERATORS).split())))


def _pieces(written: bytes) -> list[Any]:
    return [
        unhexlify(codes) if codes else float(move) if move else text
        for codes, text, move in _PIECE_OF_TYPE.findall(written)
    ]


def _number(word: bytes) -> float:
    number = float(word)
    if abs(number) < MOST_LENGTH:
        return number
    raise UnreadableContent("a number is beyond all measure")


def _close(token: bytes, opened: list[tuple[bytes, list[Any]]], inner: list[Any]) -> list[Any]:
    if not opened or (opened[-1][0] == b"[") != (token == b"]"):
        raise UnreadableContent(f"'{token.decode()}' closes nothing")
    _, operands = opened.pop()
    operands.append(inner if token == b"]" else _pairs(inner))
    return operands


def _pairs(values: list[Any]) -> dict[str, Any]:
    return {str(key): value for key, value in zip(values[::2], values[1::2], strict=False)}


def _name(token: bytes) -> str:
    if b"#" in token:
        token = re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes((int(code[1], 16),)), token)
    return token.decode("utf-8", "replace")


def _hex_text(token: bytes) -> bytes:
    try:
        return unhexlify(token[1:-1])
    except BinasciiError:
        digits = token[1:-1].translate(None, b"\x00\t\n\f\r ")
        return unhexlify(digits + b"0" * (len(digits) % 2))


def _unescaped(text: bytes) -> bytes:
    return _ESCAPE.sub(_escaped, text) if b"\\" in text else text


def _escaped(escape: re.Match[bytes]) -> bytes:
    octal, line_end, letter = escape.groups()
    if octal:
        return bytes((int(octal, 8) & 0xFF,))
    return b"" if line_end else _ESCAPED.get(letter, letter)


def _nested_text(data: bytes, start: int) -> tuple[bytes, int]:
    """A string with brackets in it, and where it ends."""
    if data[start : start + 1] != b"(":
        raise UnreadableContent(f"'{data[start : start + 1].decode('latin-1')}' begins nothing")
    depth = 0
    for count, bracket in enumerate(_PARENTHESIS.finditer(data, start), 1):
        if count % _BRACKETS_AT_ONCE == 0:
            spend(_BRACKETS_AT_ONCE // 3)
        depth += {b"(": 1, b")": -1}.get(bracket[0], 0)
        if depth == 0:
            return _unescaped(data[start + 1 : bracket.start()]), bracket.end()
    raise UnreadableContent("a string is not closed")


def _inline_image(data: bytes, start: int, operands: list[Any]) -> tuple[InlineImage, int]:
    """What stands between ID and EI; a picture that is not packed is as long as its keys say."""
    keys, start = _pairs(operands), start + 1
    length = _plain_length(keys)
    end = _IMAGE_END.search(data, min(start + length, len(data)))
    if end is None:
        raise UnreadableContent("an inline image has no end")
    return InlineImage(keys, data[start : end.start()]), end.end()


def _plain_length(keys: dict[str, Any]) -> int:
    if "/F" in keys or "/Filter" in keys:
        return 0
    width, height = (float(keys.get(short, keys.get(full, 0))) for short, full in (("/W", "/Width"), ("/H", "/Height")))
    bits = (
        1.0 if keys.get("/IM") or keys.get("/ImageMask") else float(keys.get("/BPC", keys.get("/BitsPerComponent", 8)))
    )
    space = keys.get("/CS", keys.get("/ColorSpace"))
    channels = {"/RGB": 3, "/DeviceRGB": 3, "/CMYK": 4, "/DeviceCMYK": 4}.get(
        space if isinstance(space, str) else "", 1
    )
    return int((width * channels * bits + 7) // 8 * height)
