"""Embed each face once: what all pieces draw in it, and one program with the glyphs that they use.

The engine keeps glyph numbers when it takes a subset of a face, so a code is the same glyph in
every piece: widths and texts are united, and one program is cut from the face in fonts/. A program
with TrueType outlines is a font's FontFile2, one with CFF outlines its FontFile3.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

import pikepdf
import uharfbuzz
from msgspec import Struct
from pikepdf import Array, Dictionary

__all__ = [
    "FaceUse",
    "cut_face",
    "glyph_texts",
    "lend_glyphs",
    "lend_spaces",
    "program_entries",
    "program_name",
    "program_of",
    "to_unicode",
    "unite",
    "use_of",
    "widths_array",
]

_ROW = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_SPACE = b"0020"
_ROWS_IN_A_BLOCK = 100
_PROGRAMS = ("/FontFile2", "/FontFile3")
_COMPACT = b"OTTO"  # what a file with CFF outlines begins with
# What a PDF has no use for: shaping is done, and names are in the font's dictionary.
_DROPPED_TABLES = ("BASE", "GPOS", "GSUB", "JSTF", "DSIG", "EBDT", "EBLC", "EBSC", "SVG ", "PCLT", "LTSH")


class FaceUse(Struct):
    """What is drawn in one face: widths (1/1000 em) and texts (UTF-16BE in hexadecimal) by glyph number.

    ``font``, ``inner`` and ``descriptor`` are its dictionaries without widths, texts, box and
    program. ``box`` is FontBBox, ``program_name`` the PostScript name in the program.
    """

    font: bytes
    inner: bytes
    descriptor: bytes
    box: tuple[float, ...]
    program_name: str
    widths: dict[int, float]
    texts: dict[bytes, bytes]


def use_of(font: pikepdf.Object) -> FaceUse:
    """What a piece draws in a font, which is a composite one as the engine writes it."""
    inner = font.DescendantFonts[0]
    descriptor = inner.FontDescriptor
    rows = inner.W.as_list()
    widths: dict[int, float] = {}
    for first, listed in zip(rows[::2], rows[1::2], strict=True):
        widths |= {int(first) + step: float(width) for step, width in enumerate(listed.as_list())}
    return FaceUse(
        font=_without(font, "/DescendantFonts", "/ToUnicode"),
        inner=_without(inner, "/FontDescriptor", "/W"),
        descriptor=_without(descriptor, *_PROGRAMS, "/FontBBox"),
        box=tuple(float(edge) for edge in descriptor.FontBBox.as_list()),
        program_name=program_name(font),
        widths=widths,
        texts=glyph_texts(font),
    )


def glyph_texts(font: pikepdf.Object) -> dict[bytes, bytes]:
    """By code of a font, the text that it stands for (UTF-16BE), both in hexadecimal."""
    return dict(_ROW.findall(_behind_the_range(font.ToUnicode.read_bytes())))


def program_name(font: pikepdf.Object) -> str:
    """The PostScript name in the program of a composite font."""
    return _postscript_name(program_of(font.DescendantFonts[0].FontDescriptor).read_bytes())


def program_of(descriptor: pikepdf.Object) -> pikepdf.Object:
    """The stream of an OpenType program."""
    return next(descriptor[key] for key in _PROGRAMS if key in descriptor)


def program_entries(program: bytes) -> tuple[bytes, bytes]:
    """Under which key a font's descriptor has a program, and what its stream says of it."""
    if program[:4] == _COMPACT:
        return b"/FontFile3", b"/Subtype /OpenType"
    return b"/FontFile2", b"/Length1 %d" % len(program)


def lend_spaces(pdf: pikepdf.Pdf, programs: Mapping[str, bytes]) -> None:
    """Give each font a space: finish ends lines with one, and few pieces have it in every font.

    ``programs`` are those of faces by PostScript name. The piece's own program does not change;
    the one that is cut for the book has the glyph.
    """
    fonts = [font for page in pdf.pages for font in page.resources.get("/Font", Dictionary()).as_dict().values()]
    for font in {font.objgen: font for font in fonts}.values():
        if _SPACE in glyph_texts(font).values():
            continue
        program = programs.get(program_name(font))
        glyph, width = _space_of(program) if program else (0, 0.0)
        if glyph:
            lend_glyphs(pdf, font, {glyph: " "}, width)


def lend_glyphs(pdf: pikepdf.Pdf, font: pikepdf.Object, glyphs: Mapping[int, str], width: float) -> None:
    """Enter glyphs in a font that the book's program will have: the text of each, and their width (1/1000 em)."""
    inner, table = font.DescendantFonts[0], font.ToUnicode.read_bytes()
    known = glyph_texts(font)
    fresh = {glyph: text for glyph, text in glyphs.items() if b"%04x" % glyph not in known}
    if fresh:
        inner.W = Array([*inner.W.as_list(), *(row for glyph in fresh for row in (glyph, Array([round(width)])))])
        rows = b"".join(b"<%04x> <%04x>\n" % (glyph, ord(text)) for glyph, text in fresh.items())
        more = b"%d beginbfchar\n%bendbfchar\nendcmap" % (len(fresh), rows)
        font.ToUnicode = pdf.make_stream(table.replace(b"endcmap", more, 1))


@functools.lru_cache(maxsize=64)
def _space_of(program: bytes) -> tuple[int, float]:
    """The glyph of the space in a face, and its width (1/1000 em)."""
    face = uharfbuzz.Face(uharfbuzz.Blob(program))
    font = uharfbuzz.Font(face)
    glyph = font.get_nominal_glyph(0x20) or 0
    return glyph, font.get_glyph_h_advance(glyph) * 1000 / face.upem


def _behind_the_range(table: bytes) -> bytes:
    """A table of texts from its first row on: the range of codes before it looks like a row."""
    return table.partition(b"endcodespacerange")[2] or table


def unite(faces: dict[str, FaceUse], more: Mapping[str, FaceUse]) -> None:
    """Add what another piece draws to ``faces``, by the font's name."""
    for name, use in more.items():
        known = faces.get(name)
        if known is None:
            # A copy, as it will grow.
            faces[name] = FaceUse(
                use.font, use.inner, use.descriptor, use.box, use.program_name, dict(use.widths), dict(use.texts)
            )
            continue
        known.widths.update(use.widths)
        known.texts.update(use.texts)
        if use.box == known.box:
            continue
        low, high = zip(known.box[:2], use.box[:2], strict=True), zip(known.box[2:], use.box[2:], strict=True)
        known.box = (*(min(pair) for pair in low), *(max(pair) for pair in high))


def _without(each: pikepdf.Object, *keys: str) -> bytes:
    return Dictionary({key: value for key, value in each.items() if key not in keys}).unparse()[2:-2]


@functools.cache
def _postscript_name(program: bytes) -> str:
    face = uharfbuzz.Face(uharfbuzz.Blob(program))
    return next((str(face.get_name(6, entry.language)) for entry in face.list_names() if entry.name_id == 6), "")


@functools.lru_cache(maxsize=64)
def cut_face(program: bytes, glyphs: frozenset[int]) -> bytes:
    """A face with these glyphs alone, under the same numbers.

    It is cut twice, as the engine does: first all glyphs keep their places, then what follows the
    last one is dropped.
    """
    flags = uharfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    kept = {0, *glyphs}
    face = uharfbuzz.Face(uharfbuzz.Blob(program))
    thin = _cut(face, kept, flags | uharfbuzz.SubsetFlags.RETAIN_GIDS)
    short = _cut(thin, range(max(kept) + 1), flags | uharfbuzz.SubsetFlags.NO_HINTING)
    return bytes(short.blob.data)


def _cut(face: uharfbuzz.Face, glyphs: Iterable[int], flags: int) -> uharfbuzz.Face:
    asked = uharfbuzz.SubsetInput()
    asked.glyph_set.update(glyphs)
    asked.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED_TABLES)
    asked.flags = flags
    return asked.subset(face)


def widths_array(widths: Mapping[int, float]) -> bytes:
    """Widths by code in the form of /W: runs of neighbouring codes."""
    runs: list[tuple[int, list[float]]] = []
    for code in sorted(widths):
        if runs and code == runs[-1][0] + len(runs[-1][1]):
            runs[-1][1].append(widths[code])
        else:
            runs.append((code, [widths[code]]))
    listed = [f"{code} [{' '.join(f'{width:g}' for width in run)}]" for code, run in runs]
    return f"[ {' '.join(listed)} ]".encode()


def to_unicode(texts: Mapping[bytes, bytes]) -> bytes:
    """The ToUnicode table: by code, the text that it stands for."""
    rows = [b"<%s> <%s>" % row for row in sorted(texts.items())]
    blocks = [rows[at : at + _ROWS_IN_A_BLOCK] for at in range(0, len(rows), _ROWS_IN_A_BLOCK)]
    lines = [b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks]
    return b"\n".join((_CMAP_HEAD, *lines, b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"))


_CMAP_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""
