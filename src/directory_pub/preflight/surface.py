"""What shows of a page while it is read: clipped, on a layer, clear or not; and what is wrong with its content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from directory_pub.preflight.forbidden import INTENTS, unknown_intent
from directory_pub.preflight.geometry import Box
from directory_pub.preflight.graphics import State
from directory_pub.preflight.object_faults import Fault, Faults
from directory_pub.preflight.region import Points, Region

__all__ = ["Surface"]

_NOTHING = Region(Box(0, 0, 0, 0))


class Surface:
    """The page under the state that holds. ``transparency`` says what first needs a blend space; ``faults`` are those
    of the content streams themselves.
    """

    def __init__(self, state: State) -> None:
        self.transparency: str | None = None
        self.faults: Faults = {}
        self._state = state
        self._marked: list[bool] = []
        self._hidden = False
        self._depth = 0

    def _clip_to(self, points: Points) -> None:
        """Show from now on only what lies between ``points`` on the page; nothing, where there are none."""
        clip = self._state.clip.common(Region.around(points)) if points else None
        self._state.clip = clip or _NOTHING

    def _seen(self, box: Box, points: Points | None, alpha: float) -> Box | None:
        """The box of what shows of something that is drawn now; ``points`` are its corners, where not the box's own.

        None where it is clipped away, off the page, on a layer that is switched off, or clear.
        """
        state = self._state
        if self._is_off or (not alpha and not self._hidden) or state.is_flat:
            return None
        seen = state.clip.seen(box, points)
        if seen is not None:
            self._note_transparency(alpha)
        return seen

    def _note_transparency(self, alpha: float) -> None:
        """Say why what is being painted needs a blend space."""
        if self._state.masked:
            self._see("a soft mask")
        elif alpha < 1:
            self._see("an alpha below 1")
        elif self._state.blend_mode not in ("Normal", "Compatible"):
            self._see(f"the blend mode {self._state.blend_mode}")

    def _see(self, what: str) -> None:
        self.transparency = self.transparency or what

    @property
    def _is_off(self) -> bool:
        """Whether what comes now stands on a layer that is switched off."""
        return bool(self._marked) and self._marked[-1]

    # ------------------------------------------------------------------ the content
    def _fault(self, rule: str, what: str, measured: str) -> None:
        subject = "a form's content" if self._depth else "the page's content"
        remedy = "Make the page anew in the program that made it."
        self.faults.setdefault(rule, Fault(rule, f"{subject} {what}.", remedy, measured))

    def _unbalanced(self, what: str, measured: str) -> None:
        self._fault("content-unbalanced", what, measured)

    def _check_closed(self, saved: int, in_text: bool) -> None:
        """Hold what a content stream has begun against what it has ended."""
        if saved:
            self._unbalanced(f"saves the graphics state and does not restore it ({saved} × q without Q)", "q")
        if in_text:
            self._unbalanced("begins text and does not end it (BT without ET)", "BT")
        if self._marked:
            self._unbalanced("begins a marked part and does not end it (BDC without EMC)", "BDC")

    def set_intent(self, operands: Sequence[Any]) -> None:
        if operands[0] not in INTENTS:
            subject = "a form's content" if self._depth else "the page's content"
            self.faults.setdefault("rendering-intent", unknown_intent(str(operands[0]), subject))
