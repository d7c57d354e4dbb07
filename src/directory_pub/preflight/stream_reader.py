"""Streams in streams, the graphics state and its colours: what is read before anything is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import pikepdf

from directory_pub.preflight.colours import Paint, Space, paint_of, read_space
from directory_pub.preflight.effort import spend
from directory_pub.preflight.faults import DamagedStream, Malformed
from directory_pub.preflight.fonts import Font
from directory_pub.preflight.geometry import IDENTITY, MOST_LENGTH, Box, Matrix, moved, multiply
from directory_pub.preflight.graphics import Path, State
from directory_pub.preflight.lexer import read_operations
from directory_pub.preflight.painted import ForeignUse, Painted
from directory_pub.preflight.region import Region
from directory_pub.preflight.resources import Resources, Stock
from directory_pub.preflight.streams import object_key, read_stream
from directory_pub.preflight.surface import Surface

__all__ = ["Operands", "StreamReader", "as_matrix", "matrix_of"]

_STEPS_A_CALL = 40
_STEPS_A_THING = 8
_STEPS_A_STATE = 8
_BYTES_A_STEP = 16
_OPERATIONS_AT_ONCE = 256
_MOST_PAINTED = 300_000
_MOST_SAVED = 10_000
# What changes neither the place nor the paint of anything.
_OF_NO_PLACE = frozenset(("h", "j", "J", "M", "d", "i", "MP", "DP", "BX", "EX", "d0", "d1", "BI"))
_DEEPEST = 24
Operands = Sequence[Any]


class StreamReader(Surface):
    """Reads one page. ``painted`` grows as it reads.

    ``operators`` is what each operator does. Raises ValueError and its kin for a page that cannot be read,
    DamagedStream for one without end.
    """

    operators: ClassVar[dict[str, Callable[[Any, Operands], None]]] = {}

    def __init__(self, stock: Stock, page: Box, unit: float = 1.0) -> None:
        super().__init__(State(ctm=(unit, 0.0, 0.0, unit, 0.0, 0.0), clip=Region(page)))
        self.painted: list[Painted] = []
        self.foreign: list[ForeignUse] = []
        self._stock = stock
        self._base: Matrix = IDENTITY
        self._saved: list[State] = []
        self._resources = Resources(None, stock)
        self._path = Path()
        self._text: Matrix = IDENTITY
        self._line: Matrix = IDENTITY
        self._in_text = False
        self._text_clip: list[tuple[float, float]] | None = None
        self._running: list[tuple[int, int]] = []
        self._masks: set[tuple[int, int]] = set()
        self._frame: Box | None = None

    # ------------------------------------------------------------------ streams in streams
    def read(self, content: bytes, resources: Any) -> None:
        """Read the page's content."""
        self._run(content, Resources(resources, self._stock))

    def _run(self, content: bytes, resources: Resources) -> None:
        held = (
            self._resources, self._saved, self._path, self._base, self._text, self._line, self._in_text, self._marked,
        )  # fmt: skip
        self._resources, self._saved, self._path, self._base = resources, [], Path(), self._state.ctm
        self._in_text, self._marked = False, []
        for default, space in resources.defaults():
            if space.foreign:
                self.foreign.append(ForeignUse(space=space.foreign, where=f"as {default}"))
        spend(len(content) // _BYTES_A_STEP)
        operators, read = self.operators, 0
        for operator, operands in read_operations(content):
            read += 1
            if read % _OPERATIONS_AT_ONCE == 0:
                spend(_OPERATIONS_AT_ONCE)
            carry_out = operators.get(operator)
            if carry_out is not None:
                carry_out(self, operands)
            elif operator not in _OF_NO_PLACE:
                self._fault("content-operator", f"uses '{operator[:20]}', which is no operator", operator[:20])
        spend(read % _OPERATIONS_AT_ONCE)
        self._check_closed(len(self._saved), self._in_text)
        (
            self._resources, self._saved, self._path, self._base, self._text, self._line, self._in_text, self._marked,
        ) = held  # fmt: skip

    def _call(self, form: Any, matrix: Matrix, state: State) -> None:
        """Read a stream with resources of its own under ``state``, then go on as before."""
        key, held = object_key(form), self._state
        spend(_STEPS_A_CALL)
        if key and key in self._running:
            raise DamagedStream("a form draws itself")
        if self._depth > _DEEPEST:
            raise DamagedStream(f"more than {_DEEPEST} forms are drawn in one another")
        self._state, self._depth = state.copy(), self._depth + 1
        self._state.ctm = as_matrix(multiply(matrix, state.ctm))
        if key:
            self._running.append(key)
        self._clip_to(moved(Box.of(form.BBox).corners, self._state.ctm))
        self._run(read_stream(form), self._stock.resources(form) or self._resources)
        if key:
            self._running.pop()
        self._state, self._depth = held, self._depth - 1

    def _put(self, painted: Painted) -> None:
        spend(_STEPS_A_THING)
        if len(self.painted) >= _MOST_PAINTED:
            raise DamagedStream(f"more than {_MOST_PAINTED:,} things are painted")
        self.painted.append(painted)

    # ------------------------------------------------------------------ marked parts
    def begin_marked(self, operands: Operands) -> None:
        hidden = False
        if len(operands) > 1 and operands[0] == "/OC" and isinstance(operands[1], str):
            hidden = self._stock.layers.hides(self._resources.property_list(operands[1]))
        if len(self._marked) > _MOST_SAVED:
            raise DamagedStream("the page has no end of marked parts")
        self._marked.append(hidden or self._is_off)

    def end_marked(self, _: Operands) -> None:
        if self._marked:
            self._marked.pop()
        else:
            self._unbalanced("ends a marked part that it has not begun (EMC without BDC)", "EMC")

    # ------------------------------------------------------------------ graphics state
    def save(self, _: Operands) -> None:
        if len(self._saved) > _MOST_SAVED:
            raise DamagedStream(f"more than {_MOST_SAVED:,} states are saved")
        spend(1)
        self._saved.append(self._state.copy())

    def restore(self, _: Operands) -> None:
        if self._saved:
            self._state = self._saved.pop()
        else:
            self._unbalanced("restores a graphics state that it has not saved (Q without q)", "Q")

    def concat(self, operands: Operands) -> None:
        self._state.ctm = as_matrix(multiply(as_matrix(operands), self._state.ctm))

    def set_line_width(self, operands: Operands) -> None:
        self._state.line_width = operands[0]

    def set_named_state(self, operands: Operands) -> None:
        spend(_STEPS_A_STATE)
        named = self._resources.find("/ExtGState", operands[0])
        state = self._state
        if "/LW" in named:
            state.line_width = float(named.LW)
        if "/OP" in named:
            state.stroke_overprints = bool(named.OP)
        if "/op" in named or "/OP" in named:
            state.fill_overprints = bool(named.get("/op", named.get("/OP")))
        state.overprint_mode = int(named.get("/OPM", state.overprint_mode))
        if "/Font" in named:
            font = named.Font[0]
            state.font, state.size = self._stock.read("font", font, lambda: Font(font)), float(named.Font[1])
        state.fill_alpha = float(named.get("/ca", state.fill_alpha))
        state.stroke_alpha = float(named.get("/CA", state.stroke_alpha))
        if "/BM" in named:
            modes = named.BM
            state.blend_mode = str(modes[0] if isinstance(modes, pikepdf.Array) else modes)[1:]
        if "/SMask" in named:
            mask = named.SMask
            state.masked = isinstance(mask, pikepdf.Dictionary)
            if state.masked:
                self._read_mask(mask)

    def _read_mask(self, mask: Any) -> None:
        if self._is_off:
            return
        key = object_key(mask.G)
        if key is not None and key in self._masks:
            return
        if key is not None:
            self._masks.add(key)
        self._see_group(mask.G, "of a soft mask")
        hidden, self._hidden = self._hidden, True
        self._call(mask.G, matrix_of(mask.G), self._state)
        self._hidden = hidden

    def _see_group(self, form: Any, whose: str) -> None:
        group = form.get("/Group", {})
        if group.get("/S") != "/Transparency":
            return
        self._see("a transparency group")
        if "/CS" in group:
            space = read_space(group.CS)
            if space.foreign:
                self.foreign.append(ForeignUse(space=space.foreign, where=f"as the group {whose}"))

    # ------------------------------------------------------------------ colour
    def set_fill(self, space: Space, operands: Operands) -> None:
        self._state.fill_space, self._state.fill_pattern = space, None
        self._state.fill = paint_of(space, operands)

    def set_stroke(self, space: Space, operands: Operands) -> None:
        self._state.stroke_space, self._state.stroke = space, paint_of(space, operands)

    def choose_fill_space(self, operands: Operands) -> None:
        space = self._resources.space(operands[0])
        self.set_fill(space, _first_colour(space))

    def choose_stroke_space(self, operands: Operands) -> None:
        space = self._resources.space(operands[0])
        self.set_stroke(space, _first_colour(space))

    def choose_fill(self, operands: Operands) -> None:
        if operands and isinstance(operands[-1], str):
            self._state.fill_pattern = operands[-1]
            self._state.fill = self._pattern_paint(self._state.fill_space, operands)
        else:
            self.set_fill(self._state.fill_space, operands)

    def choose_stroke(self, operands: Operands) -> None:
        if operands and isinstance(operands[-1], str):
            self._state.stroke = self._pattern_paint(self._state.stroke_space, operands)
        else:
            self.set_stroke(self._state.stroke_space, operands)

    def _pattern_paint(self, space: Space, operands: Operands) -> Paint:
        pattern = self._resources.find("/Pattern", operands[-1])
        if int(pattern.PatternType) == 2:
            return self._resources.shading_of_pattern(operands[-1])
        if int(pattern.get("/PaintType", 1)) == 2 and space.base:
            return paint_of(space.base, operands[:-1])
        return Paint(space=space)


def as_matrix(operands: Operands) -> Matrix:
    """Six numbers as a matrix. Raises Malformed for others, and where one is beyond all measure."""
    a, b, c, d, e, f = operands
    if not max(abs(a), abs(b), abs(c), abs(d), abs(e), abs(f)) < MOST_LENGTH:
        raise Malformed("a matrix is beyond all measure")
    return (a, b, c, d, e, f)


def matrix_of(form: Any) -> Matrix:
    """The matrix of a form or a pattern."""
    return as_matrix([float(number) for number in form.get("/Matrix", IDENTITY)])


def _first_colour(space: Space) -> list[float]:
    """The colour that a space begins with: black, or the full tint of a spot."""
    return (
        [0.0, 0.0, 0.0, 1.0]
        if space.family == "cmyk" and space.palette is None
        else ([1.0 if space.family == "spot" else 0.0] * space.channels)
    )
