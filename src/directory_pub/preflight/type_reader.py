"""Type as it is shown: how large it is, and from where to where its ink runs."""

from __future__ import annotations

import math

from directory_pub.preflight.effort import spend
from directory_pub.preflight.faults import Malformed
from directory_pub.preflight.geometry import IDENTITY, Box, moved, multiply
from directory_pub.preflight.painted import Painted, Shown
from directory_pub.preflight.stream_reader import Operands, StreamReader, as_matrix

__all__ = ["TypeReader"]

_INVISIBLE, _STROKED_TYPE, _CLIPPING = (3, 7), (1, 2, 5, 6), (4, 5, 6, 7)


class TypeReader(StreamReader):
    """Reads the operators of type."""

    def set_character_space(self, operands: Operands) -> None:
        self._state.character_space = operands[0]

    def set_word_space(self, operands: Operands) -> None:
        self._state.word_space = operands[0]

    def set_leading(self, operands: Operands) -> None:
        self._state.leading = operands[0]

    def set_rise(self, operands: Operands) -> None:
        self._state.rise = operands[0]

    def set_stretch(self, operands: Operands) -> None:
        self._state.stretch = operands[0] / 100

    def set_mode(self, operands: Operands) -> None:
        self._state.mode = int(operands[0])

    def begin_text(self, _: Operands) -> None:
        self._text = self._line = IDENTITY
        if self._in_text:
            self._unbalanced("begins text within text (BT after BT)", "BT")
        self._in_text, self._text_clip = True, None

    def end_text(self, _: Operands) -> None:
        if not self._in_text:
            self._unbalanced("ends text that it has not begun (ET without BT)", "ET")
        self._in_text = False
        if self._text_clip is not None:
            self._clip_to(self._text_clip)

    def choose_font(self, operands: Operands) -> None:
        self._state.font, self._state.size = self._resources.font(operands[0]), operands[1]

    def set_text_matrix(self, operands: Operands) -> None:
        self._text = self._line = as_matrix(operands)

    def move_text(self, operands: Operands) -> None:
        self._text = self._line = multiply((1, 0, 0, 1, operands[0], operands[1]), self._line)

    def move_text_and_lead(self, operands: Operands) -> None:
        self._state.leading = -operands[1]
        self.move_text(operands)

    def next_line(self, _: Operands) -> None:
        self.move_text([0.0, -self._state.leading])

    def show(self, operands: Operands) -> None:
        self.show_spaced([operands])

    def show_on_next_line(self, operands: Operands) -> None:
        self.next_line([])
        self.show(operands[-1:])

    def show_on_next_line_spaced(self, operands: Operands) -> None:
        self._state.word_space, self._state.character_space = operands[:2]
        self.show_on_next_line(operands)

    def show_spaced(self, operands: Operands) -> None:
        """Show strings with moves between them, as one line of type from its first ink to its last."""
        state = self._state
        font, size, stretch = state.font, state.size, state.stretch
        if font is None:
            raise Malformed("text is shown before a font is chosen")
        pen, scale = 0.0, size / 1000
        left = bottom = math.inf
        right = top = -math.inf
        missing: set[int] = set()
        even = not state.character_space and not state.word_space
        for item in operands[0]:
            if not isinstance(item, bytes):
                pen -= item * scale * stretch
                continue
            spend(len(item) // (4 if even else 1))
            for run in (font.run(item),) if even else map(font.run, font.split(item)):
                if run.missing:
                    missing |= run.missing
                if run.ink is not None:
                    x0, y0, x1, y1 = run.ink
                    left, bottom = min(left, pen + x0 * scale * stretch), min(bottom, y0)
                    right, top = max(right, pen + x1 * scale * stretch), max(top, y1)
                gap = 0.0 if even else state.character_space + (state.word_space if run.is_space else 0.0)
                pen += (run.advance * scale + gap) * stretch
        if left < right:
            edges = Box(left, bottom * scale + state.rise, right, top * scale + state.rise)
            self._show_line(edges, tuple(sorted(missing)))
        self._text = multiply((1, 0, 0, 1, pen, 0), self._text)

    def _show_line(self, edges: Box, missing: tuple[int, ...]) -> None:
        state = self._state
        if state.font is None:
            return
        matrix = multiply(self._text, state.ctm)
        corners = moved(edges.corners, matrix)
        if state.mode in _CLIPPING:
            self._text_clip = self._text_clip or []
            self._text_clip += corners
        if state.mode in _INVISIBLE:
            return
        shown = Shown(font=state.font, size_pt=abs(state.size) * math.hypot(*matrix[2:4]), missing=missing)
        fills, strokes = state.mode not in (1, 5), state.mode in _STROKED_TYPE
        paints = [(state.fill, state.fill_overprints, state.fill_alpha)] if fills else []
        if strokes and not (fills and state.fill_alpha and state.stroke == state.fill):
            paints.append((state.stroke, state.stroke_overprints, state.stroke_alpha))
        for paint, overprints, alpha in paints:
            bounds = self._seen(Box.around(corners), corners, alpha)
            if bounds is None or not bounds.width or not bounds.height:
                continue
            self._put(
                Painted(
                    kind="text",
                    bounds=self._frame or bounds,
                    paint=paint,
                    overprints=overprints,
                    overprint_mode=state.overprint_mode,
                    hidden=self._hidden,
                    shown=shown,
                )
            )
