"""The faces of a typeset page: how wide each code is, and what it reads as."""

from __future__ import annotations

import re
import struct

import pikepdf
from msgspec import Struct
from pikepdf import Array

__all__ = ["PageFace", "read_faces"]

# The engine writes one row a code; a range it never writes.
_ROW = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_MISSING_WIDTH = 1000.0  # what a font's /DW is where it has none


class PageFace(Struct, frozen=True):
    """One composite font with two-byte codes: their widths in thousandths of an em, and their text."""

    widths: dict[int, float]
    usual_width: float
    texts: dict[int, str]

    @property
    def space(self) -> bytes | None:
        """The code that reads as a space, if the subset has one; a glyph of both spaces may read as the other."""
        codes = {text: code for code, text in self.texts.items() if text in (" ", "\u00a0")}
        code = codes.get(" ", codes.get("\u00a0"))
        return None if code is None else code.to_bytes(2, "big")

    def width_em(self, codes: bytes) -> float:
        """How far the pen goes for these codes."""
        return sum([self.widths.get(code, self.usual_width) for code in _split(codes)]) / 1000

    def text(self, codes: bytes) -> str:
        """What these codes read as."""
        return "".join([self.texts.get(code, "") for code in _split(codes)])


def _split(codes: bytes) -> tuple[int, ...]:
    """Two-byte codes as numbers."""
    return struct.unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2])


def read_faces(pdf: pikepdf.Pdf) -> list[dict[str, PageFace]]:
    """The composite fonts of each page by their resource names; others are left out."""
    read: dict[tuple[int, int], PageFace] = {}  # pages share their fonts
    pages = []
    for page in pdf.pages:
        faces: dict[str, PageFace] = {}
        for name, font in page.resources.get("/Font", pikepdf.Dictionary()).as_dict().items():
            if "/DescendantFonts" in font:
                faces[name] = read.get(font.objgen) or _read(font)
                read[font.objgen] = faces[name]
        pages.append(faces)
    return pages


def _read(font: pikepdf.Object) -> PageFace:
    inner = font.DescendantFonts[0]
    return PageFace(_widths(inner.get("/W", Array())), float(inner.get("/DW", _MISSING_WIDTH)), _texts(font))


def _widths(rows: pikepdf.Object) -> dict[int, float]:
    """The /W array: ``first [w w …]`` or ``first last w``."""
    widths: dict[int, float] = {}
    items = rows.as_list()
    at = 0
    while at + 1 < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], Array):
            widths |= {first + step: float(width) for step, width in enumerate(items[at + 1].as_list())}
            at += 2
        else:
            widths |= dict.fromkeys(range(first, int(items[at + 1]) + 1), float(items[at + 2]))
            at += 3
    return widths


def _texts(font: pikepdf.Object) -> dict[int, str]:
    """What each code reads as, out of the font's /ToUnicode."""
    rows = _ROW.findall(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else []
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace") for code, text in rows}
