"""Placeholders for folios: a piece that names some is set once, and they are filled in when the book is assembled.

A placeholder is as many noughts as the folio has figures; in the contents, whose folios stand below one another, as
the longest has. There it is what a sheet draws behind a row; in a text it is an element of its own.
Placing puts a marked-content point before each, and finishing leaves the points where they are.
Before the piece is taken apart, the place of each figure's glyph is noted and the points are
removed. This works only where all figures and the figure space are as wide as the nought, and no
pair of them is kerned. Otherwise the piece is set with its folios, and set again whenever one
changes.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import pikepdf
import uharfbuzz
from pikepdf import Array, Dictionary, Operator, Pdf, String

from directory_pub.finish import PLACEHOLDER_POINT
from directory_pub.pdf_writing.fonts import glyph_texts, lend_glyphs, program_name

__all__ = [
    "PLACEHOLDER",
    "FolioPlaceholder",
    "UnlikeFiguresError",
    "can_be_filled",
    "fill",
    "mark_placeholders",
    "take_placeholders",
]

PLACEHOLDER = "0"
_FIGURES = "0123456789\u2007"
_BLANK = 10  # the index of the figure space
# What a sheet may ask of figures: the first of these that gives the nought on the page is what it asked for.
_FEATURES = ((), ("tnum",), ("lnum",), ("onum",), ("lnum", "tnum"), ("onum", "tnum"), ("zero",), ("tnum", "zero"))
Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


class FolioPlaceholder(NamedTuple):
    """One figure of a folio in a page's content; its glyph, four hexadecimal digits, stands at ``offset``.

    It belongs to the folio of ``goal`` and stands at ``place``, counted from the last figure (0).
    ``glyphs`` are those of 0 to 9, then the figure space for a folio that has fewer figures: before
    them, or behind where the folio leads (``leads`` is then of how many figures there is room).
    """

    offset: int
    goal: str
    place: int
    glyphs: tuple[bytes, ...]
    leads: int = 0

    def glyph(self, folio: int) -> bytes:
        """The glyph that a folio has at this place."""
        figures = str(folio).ljust(self.leads)
        if figures[-1 - self.place :][:1] == " ":
            return self.glyphs[_BLANK]
        return self.glyphs[int(figures[-1 - self.place]) if self.place < len(figures) else _BLANK]


class UnlikeFiguresError(ValueError):
    """The figures of a face differ in width or cannot be found, so that no folio can be filled in."""


def fill(content: bytes, placeholders: Sequence[FolioPlaceholder], folios: Mapping[str, int]) -> bytes:
    """A page's content with its folios filled in; a placeholder whose goal has no folio stays."""
    filled = bytearray(content)
    for placeholder in placeholders:
        if placeholder.goal in folios:
            filled[placeholder.offset : placeholder.offset + 4] = placeholder.glyph(folios[placeholder.goal])
    return bytes(filled)


def can_be_filled(
    pdf: bytes, elements: Sequence[Element], programs: Mapping[str, bytes], goals: Sequence[str] | None = None
) -> bool:
    """Whether the faces of a set piece allow its placeholders to be filled in.

    ``programs`` are those of faces by PostScript name, ``goals`` the keys whose folios must be found, each as often
    as the piece names it, for a layout may print a folio as it prints any text.
    """
    found: list[str] = []
    with Pdf.open(io.BytesIO(pdf)) as document:
        mark_placeholders(document, elements)
        for page in document.pages:
            reading = _Reading(page, programs)
            try:
                reading.content()
            except UnlikeFiguresError:
                return False
            found += [each.goal for each in reading.placeholders if not each.place]
    return goals is None or sorted(found) == sorted(goals)


# -------------------------------------------------------------------- before a piece is finished
def mark_placeholders(pdf: Pdf, elements: Sequence[Element]) -> None:
    """Put a point before each placeholder of a set piece; it names the goal and the number of figures."""
    folios = _folio_marks(pdf, elements)
    for index, page in enumerate(pdf.pages):
        if marks := folios.get(index):
            page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(_pointed(page, marks)))


def _pointed(page: pikepdf.Page, marks: Mapping[int, Dictionary]) -> list[Instruction]:
    """A page's content with a point before each of these marks."""
    out: list[Instruction] = []
    for instruction in pikepdf.parse_content_stream(page):
        mark = instruction.operands[1] if str(instruction.operator) == "BDC" else None
        if isinstance(mark, Dictionary) and "/MCID" in mark and int(mark.MCID) in marks:
            out.append(pikepdf.ContentStreamInstruction([PLACEHOLDER_POINT, marks[int(mark.MCID)]], Operator("DP")))
        out.append(instruction)
    return out


def _folio_marks(pdf: Pdf, elements: Sequence[Element]) -> dict[int, dict[int, Dictionary]]:
    """By page index and MCID: the goal and figures of each placeholder, as its element says."""
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    found: dict[int, dict[int, Dictionary]] = {}
    waiting: list[tuple[Any, _Told | None]] = [(pdf.Root.StructTreeRoot.K, None)]
    while waiting:
        each, told = waiting.pop()
        if isinstance(each, Array):
            waiting += ((kid, told) for kid in each.as_list())
        elif isinstance(each, Dictionary) and "/S" in each:
            number, _, pseudo = str(each.get("/T", "")).partition("::")
            if number.isdigit():  # otherwise it is a text of the element above it
                told = _placeholder(elements[int(number)], pseudo)
            waiting.append((each.get("/K", Array()), told))
            if told is None:
                continue
            for mark in _marks_of(each):
                found.setdefault(pages[each.Pg.objgen], {})[mark] = told.properties()
    return found


def _marks_of(element: pikepdf.Object) -> list[int]:
    kids = element.get("/K", Array())
    return [int(kid) for kid in (kids.as_list() if isinstance(kids, Array) else [kids]) if isinstance(kid, int)]


class _Told(NamedTuple):
    """What an element says of a placeholder: its goal, its figures, and whether a shorter folio leads."""

    goal: str
    figures: int
    leads: bool = False

    def properties(self) -> Dictionary:
        return Dictionary(Goal=String(self.goal), Figures=self.figures, Leads=self.leads)


def _placeholder(element: Element, pseudo: str) -> _Told | None:
    """The placeholder that an element is, or that a sheet draws behind it."""
    if pseudo == "after" and (folio := element.get("data-folio")):
        leads = element.get("data-folio-leads") is not None
        return _Told(element.get("href", "").partition(":")[2], len(folio), leads)
    goal = element.get("data-folio-of") if not pseudo else None
    return _Told(goal, len(element.text or "")) if goal else None


# -------------------------------------------------------------------- when it is finished
def take_placeholders(pdf: Pdf, programs: Mapping[str, bytes]) -> list[tuple[FolioPlaceholder, ...]]:
    """Take the points out of a finished piece, and return the placeholders of each page.

    The piece's fonts then list every glyph that may be filled in. ``programs`` are those of
    faces by PostScript name. Raises UnlikeFiguresError.
    """
    taken = []
    for page in pdf.pages:
        reading = _Reading(page, programs)
        content = reading.content()
        if reading.placeholders:
            page.obj.Contents = pdf.make_stream(content)
            for font, (glyphs, width) in reading.used.values():
                lend_glyphs(pdf, font, dict(zip(glyphs, _FIGURES, strict=True)), width)
        taken.append(tuple(reading.placeholders))
    return taken


class _Reading:
    """Rewrites a page's content and notes where its placeholders stand."""

    def __init__(self, page: pikepdf.Page, programs: Mapping[str, bytes]) -> None:
        self.placeholders: list[FolioPlaceholder] = []
        self.used: dict[str, tuple[pikepdf.Object, tuple[tuple[int, ...], float]]] = {}
        self._page = page
        self._programs = programs
        self._written = bytearray()

    def content(self) -> bytes:
        """The content without points; ``placeholders`` and ``used`` are known once it has been read."""
        waiting: list[Instruction] = []
        point: pikepdf.Object | None = None
        font = ""
        for instruction in pikepdf.parse_content_stream(self._page):
            operator = str(instruction.operator)
            if operator == "DP" and instruction.operands[0] == PLACEHOLDER_POINT:
                point = instruction.operands[1]
                continue
            if operator == "Tf":
                font = str(instruction.operands[0])
            if point is not None and operator in ("Tj", "TJ"):
                self._write(pikepdf.unparse_content_stream(waiting))
                waiting = []
                self._show(instruction.operands[0], point, font)
                point = None
            else:
                waiting.append(instruction)
        self._write(pikepdf.unparse_content_stream(waiting))
        return bytes(self._written)

    def _write(self, content: bytes) -> None:
        if content:
            self._written += content + b"\n"

    def _show(self, shown: pikepdf.Object, point: pikepdf.Object, font: str) -> None:
        """Write one text whose last glyphs are a placeholder."""
        parts = shown.as_list() if isinstance(shown, Array) else [shown]
        codes = b"".join(bytes(part) for part in parts if isinstance(part, String))
        count, goal = int(point.Figures), str(point.Goal)
        leads = count if bool(point.Leads) else 0
        glyphs = tuple(b"%04x" % glyph for glyph in self._figures_like(font, codes[-2:]))
        if codes[-2 * count :] != codes[-2:] * count:
            raise UnlikeFiguresError(f"the folio of {goal} is not drawn as {count} equal figures")
        left = len(codes) // 2
        self._written += b"["
        for part in parts:
            if not isinstance(part, String):
                self._written += b" %b " % _number(part)
                continue
            own = bytes(part)
            self._written += b"<"
            for at in range(0, len(own), 2):
                left -= 1
                if left < count:
                    self.placeholders.append(FolioPlaceholder(len(self._written), goal, left, glyphs, leads))
                self._written += own[at : at + 2].hex().encode()
            self._written += b">"
        self._written += b"] TJ\n"

    def _figures_like(self, name: str, nought: bytes) -> tuple[int, ...]:
        if name not in self.used:
            font = self._page.resources.Font[name]
            program = self._programs.get(program_name(font))
            glyph = int.from_bytes(nought, "big")
            if program is None or (found := _figures(program, glyph)) is None:
                raise UnlikeFiguresError(f"{name} has no figures of one width")
            if glyph_texts(font).get(nought.hex().encode()) not in (None, b"0030"):
                raise UnlikeFiguresError(f"{name} draws something else for a nought")
            self.used[name] = (font, found)
        return self.used[name][1][0]


def _number(value: object) -> bytes:
    return f"{float(str(value)):.6f}".rstrip("0").rstrip(".").encode() or b"0"


@functools.lru_cache(maxsize=64)
def _figures(program: bytes, nought: int) -> tuple[tuple[int, ...], float] | None:
    """The glyphs of 0 to 9 and the figure space in the style of this nought, and their common width (1/1000 em)."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(program)))
    for features in _FEATURES:
        glyphs, advances = _shaped(font, _FIGURES, features)
        if len(glyphs) != len(_FIGURES) or glyphs[0] != nought or 0 in glyphs:
            continue
        pairs = "".join(one + other for one in _FIGURES for other in _FIGURES)
        found, widths = _shaped(font, pairs, features)
        if set(widths) == set(advances) == {advances[0]} and set(found) == set(glyphs):
            return glyphs, advances[0] * 1000 / font.face.upem
    return None


def _shaped(font: uharfbuzz.Font, text: str, features: Sequence[str]) -> tuple[tuple[int, ...], list[int]]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"kern": True, **dict.fromkeys(features, True)})
    glyphs = tuple(info.codepoint for info in buffer.glyph_infos)
    return glyphs, [position.x_advance for position in buffer.glyph_positions or ()]
