"""Fonts of the file: what a code prints, how wide it runs, and whether it prints anything at all."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pikepdf
import uharfbuzz as hb

from directory_pub.preflight.effort import spend
from directory_pub.preflight.streams import read_stream

__all__ = ["Font", "Glyph", "Run"]

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_COLOURING = b"d0"
_HAS_OWN_CODES, _TOP_BYTES = b"\x0c\x1e", 512  # the operator ROS, and where a CFF table has it
_MOST_CODES = 0x10000
_STEPS_A_WIDTH = 4
_LONGEST_KEPT, _MOST_KEPT = 64, 20_000


class Glyph(NamedTuple):
    """A glyph in thousandths of the type size; ``ink`` is left, bottom, right, top, None where it prints nothing."""

    advance: float
    ink: tuple[float, float, float, float] | None
    missing: bool


class Run(NamedTuple):
    """Glyphs in a row, measured as a glyph is; ``missing`` are the codes that have none."""

    advance: float
    ink: tuple[float, float, float, float] | None
    missing: frozenset[int]
    is_space: bool


class Font:
    """A font of the file. ``embedded`` is False where the reader's computer must supply it."""

    def __init__(self, font: Any) -> None:
        self.subtype = str(font.get("/Subtype", "/Type1"))
        self.composite = self.subtype == "/Type0"
        described = font.DescendantFonts[0] if self.composite else font
        descriptor = described.get("/FontDescriptor", pikepdf.Dictionary())
        program = next((descriptor[key] for key in _PROGRAMS if key in descriptor), None)
        self.name = str(font.get("/BaseFont", "/unnamed")).removeprefix("/")
        self.embedded = program is not None or self.subtype == "/Type3"
        self.coloured = self.subtype == "/Type3" and _is_coloured(font)
        self._ascent = min(float(descriptor.get("/CapHeight", 0)) or 700.0, 1000.0)
        self._descent = max(float(descriptor.get("/Descent", -200)), -400.0)
        self._unit = (
            1000 * abs(float(font.FontMatrix[0])) if self.subtype == "/Type3" and "/FontMatrix" in font else 1.0
        )
        self._identity = self.composite and str(font.get("/Encoding", "")).startswith("/Identity")
        self._widths, self._default = _cid_widths(described) if self.composite else _simple_widths(font, descriptor)
        self._glyph_of = _glyph_map(described) if self.composite else None
        self._nameless = _codes_of_notdef(font)
        readable = self._identity and ("/FontFile2" in descriptor or _is_opentype_by_glyph(program))
        self._outlines = hb.Font(hb.Face(read_stream(program))) if readable else None
        self._glyphs: dict[int, Glyph] = {}
        self._runs: dict[bytes, Run] = {}

    def split(self, text: bytes) -> Iterator[bytes]:
        """A string code by code."""
        width = 2 if self.composite else 1
        return (text[index : index + width] for index in range(0, len(text) - width + 1, width))

    def run(self, text: bytes) -> Run:
        """A string as a whole."""
        known = self._runs.get(text)
        if known is None:
            known = self._measured(text)
            if len(text) <= _LONGEST_KEPT and len(self._runs) < _MOST_KEPT:
                self._runs[text] = known
        return known

    def _measured(self, text: bytes) -> Run:
        pen = 0.0
        left = bottom = math.inf
        right = top = -math.inf
        missing = set()
        for code, glyph in self.glyphs(text):
            if glyph.missing:
                missing.add(code)
            if glyph.ink is not None:
                x0, y0, x1, y1 = glyph.ink
                left, bottom, right, top = min(left, pen + x0), min(bottom, y0), max(right, pen + x1), max(top, y1)
            pen += glyph.advance
        ink = (left, bottom, right, top) if left < math.inf else None
        return Run(pen, ink, frozenset(missing), is_space=text == b" " and not self.composite)

    def glyphs(self, text: bytes) -> Iterator[tuple[int, Glyph]]:
        """The codes of a string, each with its glyph."""
        known = self._glyphs
        codes: Iterable[int] = text
        if self.composite:
            codes = (high << 8 | low for high, low in zip(text[::2], text[1::2], strict=False))
        for code in codes:
            glyph = known.get(code)
            if glyph is None:
                glyph = known[code] = self._read(code)
            yield code, glyph

    def _read(self, code: int) -> Glyph:
        advance = self._widths.get(code, self._default) * self._unit
        if self._outlines is not None:
            return self._outlined(code, advance)
        blank = code == 32 and not self.composite
        ink = None if blank else (0.0, self._descent, advance, self._ascent)
        missing = code in self._nameless or (self._identity and code == 0)
        return Glyph(advance, ink, missing)

    def _outlined(self, code: int, advance: float) -> Glyph:
        """A glyph whose outline can be read: the ink stands where it says."""
        index = self._glyph_of.get(code, 0) if self._glyph_of is not None else code
        # Only chosen where the outlines were read: the two ignores say so to mypy.
        face = self._outlines.face  # type: ignore[union-attr] # see above
        if index == 0 or index >= face.glyph_count:
            return Glyph(advance, (0.0, self._descent, advance, self._ascent), missing=True)
        extents = self._outlines.get_glyph_extents(index)  # type: ignore[union-attr] # see above
        if extents is None or not extents.width or not extents.height:
            return Glyph(advance, None, missing=False)
        scale = 1000 / face.upem
        left, top = extents.x_bearing, extents.y_bearing
        ink = (left * scale, (top + extents.height) * scale, (left + extents.width) * scale, top * scale)
        return Glyph(advance, ink, missing=False)


def _is_coloured(font: Any) -> bool:
    """Whether a glyph of a Type 3 font brings its own colours."""
    drawn = font.get("/CharProcs", {})
    return any(_COLOURING in read_stream(procedure, 2**24).split(None, 32)[:32] for _, procedure in drawn.items())


def _is_opentype_by_glyph(program: Any) -> bool:
    """Whether a program is an OpenType file with CFF outlines whose codes are its glyphs, not numbers of their own."""
    if program is None or program.get("/Subtype") != pikepdf.Name.OpenType:
        return False
    table = hb.Face(read_stream(program)).reference_table("CFF ").data
    return bool(table) and _HAS_OWN_CODES not in table[:_TOP_BYTES]


def _cid_widths(described: Any) -> tuple[dict[int, float], float]:
    widths: dict[int, float] = {}
    row = iter(described.get("/W", []))
    for first in row:
        then = next(row)
        if isinstance(then, pikepdf.Array):
            spend(_STEPS_A_WIDTH + len(then))
            each = itertools.islice(then, _MOST_CODES)
            widths |= {int(first) + index: float(width) for index, width in enumerate(each)}
        else:
            width = float(next(row))
            codes = range(max(int(first), 0), min(int(then), _MOST_CODES - 1) + 1)
            spend(_STEPS_A_WIDTH + len(codes) // 8)
            widths |= dict.fromkeys(codes, width)
    return widths, float(described.get("/DW", 1000))


def _simple_widths(font: Any, descriptor: Any) -> tuple[dict[int, float], float]:
    first = int(font.get("/FirstChar", 0))
    widths = {first + index: float(width) for index, width in enumerate(itertools.islice(font.get("/Widths", []), 256))}
    return widths, float(descriptor.get("/MissingWidth", 0 if widths else 500))


def _glyph_map(described: Any) -> dict[int, int] | None:
    """From CID to glyph; None where they are the same."""
    written = described.get("/CIDToGIDMap")
    if not isinstance(written, pikepdf.Stream):
        return None
    pairs = read_stream(written, 2**18)
    return {index: high << 8 | low for index, (high, low) in enumerate(zip(pairs[::2], pairs[1::2], strict=False))}


def _codes_of_notdef(font: Any) -> set[int]:
    """The codes that a simple font's encoding gives to .notdef, by name."""
    encoding = font.get("/Encoding")
    codes: set[int] = set()
    if not isinstance(encoding, pikepdf.Dictionary):
        return codes
    code = 0
    for entry in itertools.islice(encoding.get("/Differences", []), _MOST_CODES):
        if not isinstance(entry, pikepdf.Name):
            code = int(entry)
            continue
        if str(entry) == "/.notdef":
            codes.add(code)
        code += 1
    return codes
