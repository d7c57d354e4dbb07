"""A page's content: where its marked pieces stand, and the same content in a reader's marks.

Nothing that is painted changes. A mark gets another name or number, a piece that is page
furniture becomes an artifact, one that draws nothing loses its mark, and where a line ends
between two words a space is shown behind it: a space has no ink.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pikepdf
from msgspec import Struct, field
from pikepdf import Array, Dictionary, Matrix, Name, Operator, String

from directory_pub.finish.geometry import Box, box_around
from directory_pub.finish.tagging.faces import PageFace

__all__ = ["FURNITURE", "LEADER", "Instruction", "Mark", "Shown", "measure_pieces", "rewrite_marks"]

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
Font = tuple[str, float]
"""A face's name on the page, and its size."""

# How far letters reach below and above the baseline, in em: enough for a link to be hit.
_DEPTH_EM, _HEIGHT_EM = 0.25, 0.8
_SHOWING = frozenset({"Tj", "TJ"})
_PAINTING_PATHS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})


class Mark(NamedTuple):
    """What a piece is marked as: a structure type with its number, or an artifact."""

    type: str
    mcid: int | None = None
    subtype: str | None = None
    space_after: bool = False


class Shown(NamedTuple):
    """What a piece shows: where it stands on the page, and its text (none for a picture)."""

    box: Box
    text: str = ""

    def and_then(self, other: Shown) -> Shown:
        """Both as one."""
        return Shown(box_around((self.box, other.box)), self.text + other.text)


FURNITURE = Mark("Artifact", subtype="Header")
LEADER = Mark("Artifact")


# -------------------------------------------------------------------- where pieces stand
def measure_pieces(content: Sequence[Instruction], faces: Mapping[str, PageFace]) -> dict[int, Shown | None]:
    """What each piece of a page's own content shows, by its number; None for one that shows nothing."""
    pen = _Pen(faces)
    marked: dict[int, Shown | None] = {}
    open_marks: list[tuple[int | None, bool]] = []
    for instruction in content:
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            number = _number(instruction)
            open_marks.append((number, str(instruction.operands[0]) == "/Figure"))
            if number is not None:
                marked.setdefault(number)
        elif operator == "EMC":
            open_marks.pop()
        else:
            drawn = pen.follow(operator, instruction)
            mcid, pictured = next((mark for mark in reversed(open_marks) if mark[0] is not None), (None, False))
            # A rule under a line of text is no text: the space that it runs under stays a space.
            if drawn and mcid is not None and (pictured or operator in _SHOWING):
                before = marked[mcid]
                marked[mcid] = before.and_then(drawn) if before else drawn
    return marked


def _number(instruction: Instruction) -> int | None:
    """The number in a mark, if it has one."""
    operands = instruction.operands
    if len(operands) < 2 or not isinstance(operands[1], Dictionary):
        return None
    number = operands[1].get("/MCID")
    return None if number is None else int(number)


class _Pen(Struct):
    """The part of the graphics state that says where text and pictures stand."""

    faces: Mapping[str, PageFace]
    matrix: Matrix = field(default_factory=Matrix)
    text: Matrix = field(default_factory=Matrix)
    face: PageFace | None = None
    size: float = 0.0
    saved: list[Matrix] = field(default_factory=list)
    path: list[tuple[float, float]] = field(default_factory=list)
    has_moved: bool = False  # and drawn nothing since: the engine begins every shape of a drawing at 0 0

    def follow(self, operator: str, instruction: Instruction) -> Shown | None:
        """Follow one instruction; give what it shows."""
        operands = instruction.operands
        match operator:
            case "q":
                self.saved.append(self.matrix)
            case "Q":
                self.matrix = self.saved.pop() if self.saved else self.matrix
            case "cm":
                self.matrix = _matrix(operands) @ self.matrix
            case "BT":
                self.text = Matrix()
            case "Tm":
                self.text = _matrix(operands)
            case "Td" | "TD":
                self.text = Matrix(1, 0, 0, 1, float(operands[0]), float(operands[1])) @ self.text
            case "Tf":
                self.face, self.size = self.faces.get(str(operands[0])), float(operands[1])
            case "re":
                x, y, width, height = (float(value) for value in operands)
                self.has_moved = False
                self.path += [(x, y), (x + width, y + height)]
            case "m" | "l" | "c" | "v" | "y":
                values = [float(value) for value in operands]
                if self.has_moved and operator == "m":
                    self.path.pop()
                self.has_moved = operator == "m"
                self.path += zip(values[::2], values[1::2], strict=True)
            case "Do":
                return Shown(_placed(self.matrix, [(0, 0), (1, 1)]))
            case _ if operator in _SHOWING:
                return self._show(operands[0])
            case _ if operator in _PAINTING_PATHS or operator == "n":
                path, self.path, self.has_moved = self.path, [], False
                return Shown(_placed(self.matrix, path)) if path and operator != "n" else None
        return None

    def _show(self, shown: pikepdf.Object) -> Shown:
        parts = shown.as_list() if isinstance(shown, Array) else [shown]
        codes = b"".join([bytes(part) for part in parts if isinstance(part, String)])
        back = sum([part for part in parts if not isinstance(part, String)])
        start, face = self.text, self.face
        width = ((face.width_em(codes) if face else 0.5 * len(codes)) - float(back) / 1000) * self.size
        self.text = Matrix(1, 0, 0, 1, width, 0) @ self.text
        corners = [(0.0, -_DEPTH_EM * self.size), (width, _HEIGHT_EM * self.size)]
        return Shown(_placed(start @ self.matrix, corners), face.text(codes) if face else "")


def _matrix(operands: Iterable[object]) -> Matrix:
    return Matrix(*(float(value) for value in operands))  # type: ignore[arg-type] # an operator's operands are numbers


def _placed(matrix: Matrix, points: Sequence[tuple[float, float]]) -> Box:
    """The box round points that a matrix moves."""
    across, up = zip(*points, strict=True)
    corners = [matrix.transform((x, y)) for x in (min(across), max(across)) for y in (min(up), max(up))]
    across, up = zip(*corners, strict=True)
    return Box(min(across), min(up), max(across), max(up))


# -------------------------------------------------------------------- other marks
def rewrite_marks(content: Sequence[Instruction], marks: Mapping[int, Mark], faces: Mapping[str, PageFace]) -> bytes:
    """A page's content with each numbered piece marked as told; a piece without a mark loses its own."""
    return pikepdf.unparse_content_stream(list(_rewritten(content, marks, faces)))


def _rewritten(
    content: Sequence[Instruction], marks: Mapping[int, Mark], faces: Mapping[str, PageFace]
) -> Iterator[Instruction]:
    open_marks: list[tuple[Instruction | None, bool]] = []  # what opens a mark, if it is kept, and its space
    waiting: list[Instruction] = []  # the text of a piece that gets a space
    font: Font = ("", 0)
    for instruction in content:
        operator = str(instruction.operator)
        if operator == "Tf":
            font = (str(instruction.operands[0]), float(instruction.operands[1]))
        if operator in ("BDC", "BMC"):
            opening, spaced = _reopened(instruction, marks, nested=any(each for each, _ in open_marks))
            open_marks.append((opening, spaced))
            if opening is not None:
                yield opening
        elif operator == "EMC":
            opening, spaced = open_marks.pop()
            if spaced:
                yield from _with_space(waiting, font, faces)
                waiting = []
            if opening is not None:
                yield instruction
        elif any(spaced for _, spaced in open_marks):
            waiting.append(instruction)
        else:
            yield instruction


def _reopened(instruction: Instruction, marks: Mapping[int, Mark], *, nested: bool) -> tuple[Instruction | None, bool]:
    """What takes the place of an opening mark, and whether a space is asked for.

    A mark within a mark is dropped: an artifact, such as a rule under a word, must not stand in a piece.
    """
    number = _number(instruction)
    mark = None if number is None else marks.get(number)
    if nested or (number is not None and mark is None):
        return None, False
    return (instruction, False) if mark is None else (_opening(mark), mark.space_after)


def _opening(mark: Mark) -> Instruction:
    properties = Dictionary()
    if mark.mcid is not None:
        properties.MCID = mark.mcid
    elif mark.subtype:
        properties.Type, properties.Subtype = Name.Pagination, Name(f"/{mark.subtype}")
    else:
        return pikepdf.ContentStreamInstruction([Name(f"/{mark.type}")], Operator("BMC"))
    return pikepdf.ContentStreamInstruction([Name(f"/{mark.type}"), properties], Operator("BDC"))


def _with_space(waiting: list[Instruction], font: Font, faces: Mapping[str, PageFace]) -> Iterator[Instruction]:
    """A piece with a space behind its last text, in its own face or else in one that has a space."""
    last = max((at for at, each in enumerate(waiting) if str(each.operator) in _SHOWING), default=None)
    for at, instruction in enumerate(waiting):
        yield instruction
        if at == last:
            yield from _space(font, faces)


def _space(font: Font, faces: Mapping[str, PageFace]) -> Iterator[Instruction]:
    name, size = font
    own = faces.get(name)
    if own and own.space:
        yield _shown(own.space)
        return
    other = next(((key, face.space) for key, face in sorted(faces.items()) if face.space), None)
    if other:
        yield pikepdf.ContentStreamInstruction([Name(other[0]), size], Operator("Tf"))
        yield _shown(other[1] or b"")
        yield pikepdf.ContentStreamInstruction([Name(name), size], Operator("Tf"))


def _shown(codes: bytes) -> Instruction:
    return pikepdf.ContentStreamInstruction([String(codes)], Operator("Tj"))
