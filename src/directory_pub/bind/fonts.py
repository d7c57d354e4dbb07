"""Each face once: the subsets of all pieces in one, with the glyphs that any of them uses.

The engine keeps glyph numbers when it takes a subset of a face, so the same code is the same glyph
in every piece: widths and texts are put together, and one program is cut from the face of fonts/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import uharfbuzz
from pikepdf import Array, Dictionary

from directory_pub.faces import FaceShelf

__all__ = ["unite_fonts"]

_ROW = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_ROWS_IN_A_BLOCK = 100
# What a PDF has no use for: shaping is done, and names are in the font's dictionary.
_DROPPED_TABLES = ("BASE", "GPOS", "GSUB", "JSTF", "DSIG", "EBDT", "EBLC", "EBSC", "SVG ", "PCLT", "LTSH")


@dataclass(slots=True)
class _United:
    """One face of the book: the first piece's dictionary, and what all pieces draw with it."""

    font: pikepdf.Object
    widths: dict[int, float] = field(default_factory=dict)
    texts: dict[bytes, bytes] = field(default_factory=dict)
    subsets: int = 0


def unite_fonts(pdf: pikepdf.Pdf, more: Iterable[tuple[str, pikepdf.Object]], shelf: FaceShelf) -> None:
    """Give all pages one font dictionary with each face once; ``more`` are fonts that pages were lent."""
    shared: dict[str, _United] = {}
    seen: set[tuple[int, int]] = set()
    holders = list(_holders(pdf))
    held = (each for holder in holders for each in holder.Font.as_dict().items())
    for name, font in (*held, *more):
        united = shared.setdefault(name, _United(font))
        if font.objgen not in seen:
            seen.add(font.objgen)
            _add(united, font)
    programs = {face.postscript_name: face.path for face in shelf.faces}
    for united in shared.values():
        if united.subsets > 1:
            _write(pdf, united, programs)
    fonts = pdf.make_indirect(Dictionary({name: united.font for name, united in shared.items()}))
    for holder in holders:
        holder.Font = fonts


def _holders(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The resources of all pages, groups and patterns that have fonts."""
    for page in pdf.pages:
        if "/Font" in page.resources:
            yield page.resources
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and "/Font" in each.get("/Resources", Dictionary()):
            yield each.Resources


def _add(united: _United, font: pikepdf.Object) -> None:
    united.subsets += 1
    rows = font.DescendantFonts[0].W.as_list()
    for first, listed in zip(rows[::2], rows[1::2], strict=True):
        united.widths |= {int(first) + step: float(width) for step, width in enumerate(listed.as_list())}
    united.texts |= dict(_ROW.findall(font.ToUnicode.read_bytes()))


def _write(pdf: pikepdf.Pdf, united: _United, programs: Mapping[str, Path]) -> None:
    """One program, one table of widths, one of texts."""
    inner = united.font.DescendantFonts[0]
    descriptor = inner.FontDescriptor
    name = _postscript_name(descriptor.FontFile2.read_bytes())
    program = _subset(programs[name], united.widths)
    descriptor.FontFile2 = pdf.make_stream(program, Length1=len(program))
    inner.W = Array([each for first, listed in _runs(united.widths) for each in (first, Array(listed))])
    united.font.ToUnicode = pdf.make_stream(_to_unicode(united.texts))


def _postscript_name(program: bytes) -> str:
    face = uharfbuzz.Face(uharfbuzz.Blob(program))
    return next((str(face.get_name(6, entry.language)) for entry in face.list_names() if entry.name_id == 6), "")


def _subset(path: Path, glyphs: Iterable[int]) -> bytes:
    """The face with these glyphs alone, under the numbers that they had.

    Cut twice, as the engine does: all glyphs keep their places, then what lies behind the last is dropped.
    """
    flags = uharfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    kept = {0, *glyphs}
    face = uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes()))
    thin = _cut(face, kept, flags | uharfbuzz.SubsetFlags.RETAIN_GIDS)
    short = _cut(thin, range(max(kept) + 1), flags | uharfbuzz.SubsetFlags.NO_HINTING)
    return bytes(short.blob.data)


def _cut(face: uharfbuzz.Face, glyphs: Iterable[int], flags: int) -> uharfbuzz.Face:
    asked = uharfbuzz.SubsetInput()
    asked.glyph_set.update(glyphs)
    asked.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED_TABLES)
    asked.flags = flags
    return asked.subset(face)


def _runs(widths: Mapping[int, float]) -> list[tuple[int, list[float]]]:
    """Widths by code as /W wants them: runs of neighbours."""
    runs: list[tuple[int, list[float]]] = []
    for code in sorted(widths):
        if runs and code == runs[-1][0] + len(runs[-1][1]):
            runs[-1][1].append(widths[code])
        else:
            runs.append((code, [widths[code]]))
    return runs


def _to_unicode(texts: Mapping[bytes, bytes]) -> bytes:
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
