"""A page read operation by operation: everything that it paints, forms, patterns and masks included."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from directory_pub.preflight.colours import CMYK, GREY, RGB, Paint, Space
from directory_pub.preflight.faults import DamagedStream, Malformed
from directory_pub.preflight.geometry import Box, moved, multiply
from directory_pub.preflight.graphics import Path, State
from directory_pub.preflight.lexer import InlineImage
from directory_pub.preflight.painted import Painted, Placed
from directory_pub.preflight.picture_data import Claim, check_length, inline_length
from directory_pub.preflight.pixels import Pixels
from directory_pub.preflight.region import Points, Region
from directory_pub.preflight.stream_reader import Operands, matrix_of
from directory_pub.preflight.type_reader import TypeReader

__all__ = ["Interpreter"]

_MOST_BARS = 300_000
_UNIT = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
_EVERYWHERE = Region(Box(-math.inf, -math.inf, math.inf, math.inf))


class Interpreter(TypeReader):
    """Reads a page whole: paths, pictures and forms besides type."""

    # ------------------------------------------------------------------ paths
    def add_point(self, operands: Operands) -> None:
        self._path.only_bars = False
        self._path.add_run(operands, self._state.ctm)

    def begin_path(self, operands: Operands) -> None:
        self._path.begin()
        self.add_point(operands)

    def add_curve(self, operands: Operands) -> None:
        self._path.straight = False
        self.add_point(operands)

    def add_rectangle(self, operands: Operands) -> None:
        x, y, width, height = operands
        if len(self._path.bars) >= _MOST_BARS:
            raise DamagedStream(f"a path has more than {_MOST_BARS:,} rectangles")
        self._path.add_bar(x, y, width, height, self._state.ctm)

    def clip(self, _: Operands) -> None:
        self._path.clips = True

    def end_path(self, _: Operands) -> None:
        path, self._path = self._path, Path()
        if path.clips:
            self._clip_to(path.points)

    def fill_path(self, operands: Operands) -> None:
        bounds = self._path.bounds
        if bounds is not None:
            bars = self._path.bars
            # Tables of rules are drawn as one path of many bars: each is judged by itself.
            for points in bars if self._path.only_bars else (self._path.points,):
                piece = Box.around(points)
                thickness = min(piece.width, piece.height) if self._path.straight else None
                rings = [points] if self._path.only_bars else self._path.rings
                self._paint("fill", piece, points, thickness, rings=rings)
            self._fill_with_pattern(bounds)
        self.end_path(operands)

    def stroke_path(self, operands: Operands) -> None:
        self._stroke()
        self.end_path(operands)

    def fill_and_stroke_path(self, operands: Operands) -> None:
        path = self._path
        self.fill_path([])
        self._path = path
        path.clips = False
        self._stroke()
        self.end_path(operands)

    def _stroke(self) -> None:
        bounds = self._path.bounds
        if bounds is not None:
            width = self._state.stroke_width_pt
            points = [
                (x + side * width / 2, y + up * width / 2)
                for x, y in self._path.points
                for side, up in ((-1, -1), (1, -1), (1, 1), (-1, 1))
            ]
            self._paint("stroke", bounds.grown(width / 2), points, width)

    def _paint(
        self,
        kind: str,
        bounds: Box,
        points: Points | None,
        thickness: float | None = None,
        paint: Paint | None = None,
        *,
        rings: Sequence[Points] = (),
    ) -> None:
        """Keep something drawn in the colour that holds, or in ``paint``, if it shows."""
        state, strokes = self._state, kind == "stroke"
        seen = self._seen(bounds, points, state.stroke_alpha if strokes else state.fill_alpha)
        if seen is None:
            return
        self._put(
            Painted(
                kind=kind,
                bounds=self._frame or seen,
                paint=paint or (state.stroke if strokes else state.fill),
                overprints=state.stroke_overprints if strokes else state.fill_overprints,
                overprint_mode=state.overprint_mode,
                hidden=self._hidden,
                thickness_pt=thickness,
                rings=rings,
            )
        )

    def _fill_with_pattern(self, bounds: Box) -> None:
        """Read the cell of a tiling pattern; what it paints is taken to be wherever the fill is."""
        name = self._state.fill_pattern
        pattern = self._resources.find("/Pattern", name) if name else None
        frame = self._seen(bounds, self._path.points, self._state.fill_alpha)
        if pattern is None or int(pattern.PatternType) != 1 or frame is None:
            return
        held, self._frame = self._frame, self._frame or frame
        cell = State(ctm=self._base, clip=_EVERYWHERE)
        if int(pattern.get("/PaintType", 1)) == 2:
            cell.fill = cell.stroke = self._state.fill
        self._call(pattern, matrix_of(pattern), cell)
        self._frame = held

    def shade(self, operands: Operands) -> None:
        paint = self._resources.shading(operands[0])
        self._paint("shading", self._state.clip.box, None, paint=paint)

    # ------------------------------------------------------------------ forms and pictures
    def draw(self, operands: Operands) -> None:
        drawn = self._resources.find("/XObject", operands[0])
        if self._stock.layers.hides(drawn.get("/OC")):
            return
        if drawn.get("/Subtype") == "/Form":
            self._draw_form(drawn)
        elif drawn.get("/Subtype") == "/Image":
            self._place(drawn)

    def _draw_form(self, form: Any) -> None:
        matrix, state = matrix_of(form), self._state
        corners = moved(Box.of(form.BBox).corners, multiply(matrix, state.ctm))
        grouped = form.get("/Group", {}).get("/S") == "/Transparency"
        # What is drawn in a form sets its own alpha; a group is clear as a whole.
        if self._seen(Box.around(corners), corners, state.fill_alpha if grouped else 1.0) is None:
            return
        self._see_group(form, "of a form")
        if grouped:
            state = state.copy()
            state.fill_alpha = state.stroke_alpha = 1.0
            state.blend_mode, state.masked = "Normal", False
        self._call(form, matrix, state)

    def _place(self, picture: Any) -> None:
        found, count = self._resources.picture(picture), len(self.painted)
        paint = self._state.fill if found.space is None else Paint(space=found.space)
        self._show_picture(paint, found.size, _kind(found.space or GREY, found.bits), found.pixels)
        if found.masked and len(self.painted) > count:
            self._see("a picture's soft mask")

    def place_inline(self, operands: Operands) -> None:
        image: InlineImage = operands[0]
        keys = image.keys
        stencil = bool(keys.get("/IM", keys.get("/ImageMask", False)))
        bits = 1 if stencil else int(keys.get("/BPC", keys.get("/BitsPerComponent", 8)))
        named = keys.get("/CS", keys.get("/ColorSpace"))
        if named is None and not stencil:
            raise Malformed("a picture in the content has no colour space")
        space = GREY if stencil else self._resources.space(named)
        size = (int(keys.get("/W", keys.get("/Width", 0))), int(keys.get("/H", keys.get("/Height", 0))))
        self._show_picture(
            self._state.fill if stencil else Paint(space=space),
            size,
            _kind(space, bits),
            None,
            _fault_of(image, Claim(*size, space.channels, bits)),
        )

    def _show_picture(
        self, paint: Paint, size: tuple[int, int], kind: str, pixels: Pixels | None, inline_fault: str | None = None
    ) -> None:
        a, b, c, d, _, _ = self._state.ctm
        wide_pt, high_pt = math.hypot(a, b), math.hypot(c, d)
        corners = moved(_UNIT, self._state.ctm)
        bounds = self._seen(Box.around(corners), corners, self._state.fill_alpha)
        if bounds is None or not wide_pt or not high_pt:
            return
        placed = Placed(
            kind=kind,
            width_px=size[0],
            height_px=size[1],
            resolution_ppi=min(size[0] / wide_pt, size[1] / high_pt) * 72,
            pixels=pixels,
            inline_fault=inline_fault,
        )
        self._put(
            Painted(
                kind="picture",
                bounds=self._frame or bounds,
                paint=paint,
                overprints=self._state.fill_overprints,
                overprint_mode=self._state.overprint_mode,
                hidden=self._hidden,
                placed=placed,
            )
        )


def _fault_of(image: InlineImage, claim: Claim) -> str | None:
    """What is wrong with the data of an inline picture."""
    try:
        length = inline_length(image.data, image.keys)
        if length is not None:
            check_length(length, claim)
    except DamagedStream as fault:
        return str(fault)
    return None


def _kind(space: Space, bits: int) -> str:
    if bits == 1:
        return "line-art"
    root = space.base if space.palette is not None and space.base else space
    return "grey" if root.family == "grey" else "colour"


def _device(space: Space) -> tuple[Callable[[Interpreter, Operands], None], ...]:
    return (
        lambda interpreter, operands: interpreter.set_fill(space, operands),
        lambda interpreter, operands: interpreter.set_stroke(space, operands),
    )


_I = Interpreter
Interpreter.operators = {
    "q": _I.save, "Q": _I.restore, "cm": _I.concat, "w": _I.set_line_width, "gs": _I.set_named_state,
    "cs": _I.choose_fill_space, "CS": _I.choose_stroke_space,
    "sc": _I.choose_fill, "scn": _I.choose_fill, "SC": _I.choose_stroke, "SCN": _I.choose_stroke,
    **dict(zip("gG", _device(GREY), strict=True)), **dict(zip("kK", _device(CMYK), strict=True)),
    **dict(zip(("rg", "RG"), _device(RGB), strict=True)),
    "m": _I.begin_path, "l": _I.add_point, "c": _I.add_curve, "v": _I.add_curve, "y": _I.add_curve,
    "re": _I.add_rectangle, "W": _I.clip, "W*": _I.clip, "n": _I.end_path,
    **dict.fromkeys(("f", "F", "f*"), _I.fill_path), **dict.fromkeys(("S", "s"), _I.stroke_path),
    **dict.fromkeys(("B", "B*", "b", "b*"), _I.fill_and_stroke_path),
    "sh": _I.shade, "Do": _I.draw, "EI": _I.place_inline,
    "BT": _I.begin_text, "ET": _I.end_text, "Tf": _I.choose_font, "Tm": _I.set_text_matrix, "Td": _I.move_text,
    "TD": _I.move_text_and_lead, "T*": _I.next_line, "Tj": _I.show, "TJ": _I.show_spaced,
    "'": _I.show_on_next_line, '"': _I.show_on_next_line_spaced,
    "Tc": _I.set_character_space, "Tw": _I.set_word_space, "TL": _I.set_leading, "Ts": _I.set_rise,
    **dict.fromkeys(("BMC", "BDC"), _I.begin_marked), "EMC": _I.end_marked, "ri": _I.set_intent,
    "Tz": _I.set_stretch, "Tr": _I.set_mode,
}  # fmt: skip
