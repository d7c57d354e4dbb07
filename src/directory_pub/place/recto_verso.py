"""Move the parts of a page to the side of the leaf that it lies on.

A piece is set as if it began on a right-hand page. Where it begins on a left-hand one, the flow
with its notes and heads moves to the other margin and the side column to the other edge. The
folio that it was set with is dropped: when the book is bound its own is drawn there, from a page
that carries nothing else, which the engine sets like any other text.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pikepdf
from msgspec import Struct, field
from pikepdf import Array, Dictionary, Matrix, Name, Operator

__all__ = ["Part", "PartedPage", "keep_folio", "move_array", "place_page", "read_parts"]

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
PT_PER_PX = 0.75
# By operator: the indexes of the operands that are horizontal.
_PLACES = {"cm": (4,), "Tm": (4,), "re": (0,), "m": (0,), "l": (0,), "c": (0, 2, 4), "v": (0, 2), "y": (0, 2)}


class Part(Struct):
    """A stretch of a page's content: its name, how far it moves to the other side, its left and right edge (px).

    What stands across both columns has its top and foot, from the trim's upper edge.
    """

    name: str
    mirror_px: float
    reach_px: tuple[float, float]
    down_px: tuple[float, float] | None = None
    instructions: list[Instruction] = field(default_factory=list)

    @property
    def is_side(self) -> bool:
        """Whether it stands in the margin beside the flow."""
        return self.name.startswith(("left-", "right-"))

    def numbers(self) -> Iterator[int]:
        """The numbers of its marked content."""
        for instruction in self.instructions:
            if str(instruction.operator) == "BDC" and "/MCID" in instruction.operands[1]:
                yield int(instruction.operands[1].MCID)

    @property
    def is_folio(self) -> bool:
        """Whether it is the page's number, which stands in a corner."""
        return self.name.endswith("-corner")


class PartedPage(Struct):
    """A page's content cut into what stands before its parts, the parts, and what closes them."""

    before: list[Instruction] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    after: list[Instruction] = field(default_factory=list)

    def shift_pt(self, x_pt: float, down_pt: float = -1.0) -> float:
        """How far (pt) something at ``x_pt`` from the trim's left edge, and ``down_pt`` from its upper one, moves to
        the other side."""
        for part in self.parts:
            if part.down_px and part.down_px[0] <= down_pt / PT_PER_PX <= part.down_px[1]:
                return part.mirror_px * PT_PER_PX
        side = [part for part in self.parts if part.is_side]
        for part in side:
            # What stands on the line between the two belongs to the flow.
            if part.reach_px[0] + 0.5 < x_pt / PT_PER_PX < part.reach_px[1] - 0.5:
                return part.mirror_px * PT_PER_PX
        return self.parts[0].mirror_px * PT_PER_PX if self.parts else 0.0


def read_parts(page: pikepdf.Page) -> PartedPage:
    """Cut a page at the points that typeset has put before each part."""
    parted = PartedPage()
    into = parted.before
    depth = start = 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "DP" and "/Mirror" in instruction.operands[1]:
            point = instruction.operands[1]
            reach = (float(point.From), float(point.To))
            down = (float(point.Top), float(point.Foot)) if "/Top" in point else None
            name = str(instruction.operands[0])[1:]
            if not (down or (parted.parts and parted.parts[-1].down_px)):  # it stands in the flow, which goes on behind
                start = depth
            parted.parts.append(Part(name, float(point.Mirror), reach, down))
            into = parted.parts[-1].instructions
            continue
        depth += {"q": 1, "Q": -1}.get(operator, 0)
        if parted.parts and depth < start:
            into = parted.after
        into.append(instruction)
    return parted


def place_page(pdf: pikepdf.Pdf, page: pikepdf.Page, parted: PartedPage, *, mirrored: bool) -> None:
    """Rewrite a page's content: its parts on their side, without the folio that it was set with."""
    mover = _Mover(pdf, page.resources)
    out: list[Instruction] = list(parted.before)
    for part in parted.parts:
        if not part.is_folio:
            moved = mirrored and part.mirror_px
            out += mover.move(part.instructions, part.mirror_px) if moved else _settled(part.instructions)
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(out + parted.after))
    if mover.fresh:
        page.obj.Resources = mover.resources()


def _is_across(instruction: Instruction) -> bool:
    """Whether it says that what follows goes across the side column, or does no more."""
    return str(instruction.operator) == "DP" and "/Further" in instruction.operands[1]


def _settled(instructions: Iterable[Instruction]) -> Iterator[Instruction]:
    return (instruction for instruction in instructions if not _is_across(instruction))


def keep_folio(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Take everything but the folio off a page; what is left is page furniture, in no structure tree."""
    parted = read_parts(page)
    folio = [instruction for part in parted.parts if part.is_folio for instruction in part.instructions]
    content = [*parted.before, *_as_furniture(folio), *parted.after]
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(content))


class _Mover:
    """Moves content to the right, written as the engine would have written it there.

    A matrix round it would do the same, but not to the last digit. So each coordinate outside a
    matrix is moved; inside one, the moved matrix does it. A group is moved with its content. A
    pattern is fixed to the sheet and has a matrix of its own.
    """

    def __init__(self, pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
        self.fresh: dict[str, dict[str, pikepdf.Object]] = {}
        self._pdf = pdf
        self._resources = resources

    def resources(self) -> pikepdf.Object:
        """The resources, with moved copies under new names."""
        own = copy.copy(self._resources)
        for category, entries in self.fresh.items():
            own[category] = Dictionary({**dict(own[category].items()), **entries})
        return own

    def move(self, instructions: Iterable[Instruction], shift_px: float) -> Iterator[Instruction]:
        """The same instructions, further to the right."""
        transformed, saved = False, list[bool]()
        flow_px = shift_px
        for instruction in instructions:
            operator, operands = str(instruction.operator), instruction.operands
            if _is_across(instruction):
                shift_px = flow_px + float(operands[1].Further)
                continue
            if operator == "q":
                saved.append(transformed)
            elif operator == "Q":
                transformed = saved.pop() if saved else False
            if operator in ("scn", "SCN") and operands and isinstance(operands[-1], Name):
                yield self._renamed(instruction, "/Pattern", shift_px)
            elif not transformed and operator == "Do":
                yield self._renamed(instruction, "/XObject", shift_px)
            elif not transformed and operator == "gs":
                yield self._renamed(instruction, "/ExtGState", shift_px)
            elif not transformed and operator in _PLACES:
                yield _shifted(instruction, _PLACES[operator], shift_px)
            else:
                yield instruction
            transformed = transformed or operator == "cm"

    def _renamed(self, instruction: Instruction, category: str, shift_px: float) -> Instruction:
        """The instruction with the name of a moved copy of its resource; as it is where that has no place."""
        operands: list[Any] = list(instruction.operands)
        name = str(operands[-1])
        resource = self._resources[category][name]
        moved = _MOVING[category](self, resource, shift_px)
        if moved is None:
            return instruction
        fresh = f"{name}.{round(shift_px)}"
        self.fresh.setdefault(category, {}).setdefault(fresh, moved)
        return pikepdf.ContentStreamInstruction([*operands[:-1], Name(fresh)], instruction.operator)

    def _moved_form(self, form: pikepdf.Object, shift_px: float) -> pikepdf.Object | None:
        """A copy of a group with its content moved; None for a picture, which has no place of its own."""
        if form.get("/Subtype") != Name.Form or "/Matrix" in form:
            return None
        inner = _Mover(self._pdf, form.get("/Resources", Dictionary()))
        content = pikepdf.unparse_content_stream(list(inner.move(pikepdf.parse_content_stream(form), shift_px)))
        fresh = self._pdf.make_stream(content, _without_encoding(form))
        fresh.BBox = move_array(form.BBox, shift_px, (0, 2))
        fresh.Resources = inner.resources()
        return fresh

    def _moved_state(self, state: pikepdf.Object, shift_px: float) -> pikepdf.Object | None:
        """A copy of a graphics state with its mask moved; None where it has no mask."""
        mask = state.get("/SMask")
        if not isinstance(mask, Dictionary) or (group := self._moved_form(mask.G, shift_px)) is None:
            return None
        fresh, fresh_mask = copy.copy(state), copy.copy(mask)
        fresh_mask.G = group
        fresh.SMask = fresh_mask
        return fresh

    def _moved_pattern(self, pattern: pikepdf.Object, shift_px: float) -> pikepdf.Object:
        fresh: pikepdf.Object
        if isinstance(pattern, pikepdf.Stream):
            fresh = self._pdf.make_stream(pattern.read_bytes(), _without_encoding(pattern))
        else:
            fresh = copy.copy(pattern)
        own = Matrix(pattern.get("/Matrix", Matrix().as_array()))
        fresh.Matrix = (own @ Matrix(1, 0, 0, 1, shift_px * PT_PER_PX, 0)).as_array()
        return fresh


_MOVING = {"/Pattern": _Mover._moved_pattern, "/XObject": _Mover._moved_form, "/ExtGState": _Mover._moved_state}


def _without_encoding(stream: pikepdf.Object) -> dict[str, pikepdf.Object]:
    return {key: stream[key] for key in stream.keys() - {"/Length", "/Filter", "/DecodeParms"}}


def _shifted(instruction: Instruction, across: Sequence[int], shift_px: float) -> Instruction:
    operands: list[Any] = list(instruction.operands)
    for index in across:
        operands[index] = round(float(operands[index]) + shift_px, 6)
    return pikepdf.ContentStreamInstruction(operands, instruction.operator)


def _as_furniture(instructions: Iterable[Instruction]) -> Iterator[Instruction]:
    """The folio's instructions, marked as page furniture: it is in no structure tree."""
    for instruction in instructions:
        if str(instruction.operator) in ("BDC", "BMC"):
            properties = Dictionary(Type=Name.Pagination, Subtype=Name.Header)
            yield pikepdf.ContentStreamInstruction([Name.Artifact, properties], Operator("BDC"))
        else:
            yield instruction


def move_array(values: pikepdf.Object, shift_pt: float, across: Sequence[int]) -> Array:
    """A rectangle or destination with the numbers at ``across`` moved to the right."""
    items: list[Any] = list(values.as_list())
    for index in across:
        if index < len(items) and items[index] is not None:
            items[index] = round(float(items[index]) + shift_pt, 6)
    return Array(items)
