"""The modules of a code: QR Code by ISO/IEC 18004, of error level M or a higher one that takes no more modules."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import segno

__all__ = ["Matrix", "as_scanned", "dark_squares", "matrix_of"]

Matrix = tuple[tuple[bool, ...], ...]
"""Rows from the top, each from the left; a dark module is true. The quiet zone is none of it."""
_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]*")
_HEAD = re.compile(r"(?i)(https?://[a-z0-9.:-]+)(?![^/?#])(.*)", re.DOTALL)


def as_scanned(text: str) -> str:
    """A text as its code has it: of a web address scheme and host, whose case means nothing, in capitals.

    Those take five and a half bits a letter in place of eight. A path is as it was written: its case may matter.
    """
    head = _HEAD.fullmatch(text)
    return f"{head[1].upper()}{head[2]}" if head and urlsplit(text).hostname else text


@functools.lru_cache(maxsize=256)
def matrix_of(text: str) -> Matrix | None:
    """The modules of a text's code; None for a text that no code has room for."""
    from segno import consts  # takes a moment, and few books have codes

    told = as_scanned(text)
    ways: list[Any] = [told]
    if (head := _HEAD.fullmatch(told)) and head[2]:
        ways.append([(head[1], consts.MODE_ALPHANUMERIC), (head[2], consts.MODE_BYTE, "utf-8")])
    codes = [code for way in ways if (code := _code(way))]
    if not codes:
        return None
    best = min(codes, key=lambda code: int(code.version))
    return tuple(tuple(bool(module) for module in row) for row in best.matrix)


def _code(content: Any) -> segno.QRCode | None:
    import segno  # takes a moment, and few books have codes

    told: dict[str, Any] = {}
    if not isinstance(content, str):
        told = {"encoding": "utf-8"}
    elif not _ALPHANUMERIC.fullmatch(content):  # otherwise bytes that look like Japanese are taken for kanji
        told = {"encoding": "utf-8", "mode": "byte"}
    try:
        return segno.make(content, error="m", micro=False, boost_error=True, **told)
    except segno.DataOverflowError:
        return None


def dark_squares(matrix: Matrix) -> Iterator[tuple[int, int, int, int]]:
    """The dark modules as oblongs that do not overlap: left, top, width and height in modules.

    Runs of a row that stand on one another are one, so that the press has few edges to draw.
    """
    open_runs: dict[tuple[int, int], int] = {}  # where each run of the row above began, by its left and width
    for top, row in enumerate((*matrix, ())):
        runs = set(_runs(row))
        for run in [each for each in open_runs if each not in runs]:
            yield run[0], (begun := open_runs.pop(run)), run[1], top - begun
        for run in runs:
            open_runs.setdefault(run, top)


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    begun = None
    for at, dark in enumerate((*row, False)):
        if dark and begun is None:
            begun = at
        elif not dark and begun is not None:
            yield begun, at - begun
            begun = None
