"""Why a file cannot be a face of the book: an OpenType file whose parts are all there and whole."""

from __future__ import annotations

import io
import logging
import struct
from collections.abc import Iterator

from PIL import Image

__all__ = ["fault_of_face"]

_TRUETYPE, _COMPACT, _COLLECTION = (b"\0\1\0\0", b"true"), b"OTTO", b"ttcf"
_NEEDED = ("OS/2", "cmap", "head", "hhea", "hmtx", "maxp", "name")
_HEAD_BYTES, _ROW_BYTES = 12, 16
_OWN_SUM_AT = 8  # of the table head: what brings the sum of the whole file to this, and the table's own leaves out
_WHOLE = 0xB1B0AFBA


def fault_of_face(content: bytes) -> str | None:
    """What is wrong with the content of a face, in words that follow on its name; None where it can be used.

    ``content`` has TrueType or CFF outlines, static or variable, and is not packed.
    """
    if content[:4] == _COLLECTION:
        return "is a collection of faces"
    if content[:4] not in (*_TRUETYPE, _COMPACT) or len(content) < _HEAD_BYTES:
        return "is no OpenType face"
    (count,) = struct.unpack(">H", content[4:6])
    rows = content[_HEAD_BYTES : _HEAD_BYTES + count * _ROW_BYTES]
    if len(rows) < count * _ROW_BYTES:
        return "breaks off"
    tables = {tag.decode("latin-1"): row for tag, *row in struct.iter_unpack(">4s3I", rows)}
    if any(start + length > len(content) for _, start, length in tables.values()):
        return "breaks off"
    missing = next((tag for tag in (*_NEEDED, *_outlines(content, tables)) if tag not in tables), None)
    if missing:
        return f"has no table {missing.strip()}"
    return None if _sum(content) == _WHOLE or _can_be_read(content, _changed(content, tables)) else "is damaged"


def _changed(content: bytes, tables: dict[str, list[int]]) -> list[str]:
    """The tables whose sum is not what the file tells of them."""
    parts = ((tag, stated, content[start : start + length]) for tag, (stated, start, length) in tables.items())
    return [tag for tag, stated, table in parts if _sum_of(tag, table) != stated]


def _outlines(content: bytes, tables: dict[str, list[int]]) -> tuple[str, ...]:
    """The tables that hold a face's outlines."""
    if content[:4] == _COMPACT:
        return ("CFF2",) if "CFF2" in tables else ("CFF ",)
    return ("glyf", "loca")


def _sum_of(tag: str, table: bytes) -> int:
    """The sum that the file's list of tables should tell of a table."""
    if tag == "head":
        table = table[:_OWN_SUM_AT] + bytes(4) + table[_OWN_SUM_AT + 4 :]
    return _sum(table)


def _sum(content: bytes) -> int:
    """The sum of all words of four bytes, as OpenType has it.

    By how often each byte stands in each of a word's four places: what counts points counts it five times as fast.
    """
    size = len(content) + -len(content) % 4
    counts = Image.frombytes("CMYK", (size // 4, 1), content.ljust(size, b"\0")).histogram() if content else []
    return sum(value % 256 * count << 24 - 8 * (value // 256) for value, count in enumerate(counts)) & 0xFFFFFFFF


def _can_be_read(content: bytes, tags: list[str]) -> bool:
    """Whether tables whose sum is wrong are whole all the same: some programs write wrong sums."""
    from fontTools.ttLib import TTFont  # takes a moment, and is seldom asked

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # what it has to say of a damaged face is a finding

    try:
        font = TTFont(io.BytesIO(content), lazy=True)
        for tag in _to_read(tags):
            table = font[tag]
            if tag == "glyf":
                for name in table.keys():  # noqa: SIM118 # a table is no dictionary: it has names and no iterator
                    table[name].expand(table)
            elif tag in ("CFF ", "CFF2"):
                for drawn in table.cff[0].CharStrings.values():
                    drawn.decompile()
    except Exception:  # whatever the library raises at a table that is not as it should be
        return False
    return True


def _to_read(tags: list[str]) -> Iterator[str]:
    """Outlines are read by their places; a character map is the shaper's, which takes no more than there is."""
    yield from (tag for tag in tags if tag not in ("cmap", "loca", "DSIG"))
    if "loca" in tags and "glyf" not in tags:
        yield "glyf"
