"""Where each part of a page begins in its content: the flow, the notes, and each margin box.

A piece is set without knowing on which side of a spread it will open. What lies otherwise on the
other side is where its parts stand, so bind has to move them one by one. The engine draws each
as a stretch of its own; here, and nowhere else, one function of its inside is wrapped, which
puts a marked-content point before each: ``/flow << /Mirror -48.1 /From 0 /To 794 >> DP``. The
first number is how far the part moves to the right when the page comes to lie on the other side,
the others where it begins and ends across; all in CSS pixels from the trim's left edge. A block across both columns is
a part in the midst of the flow, with its ``/Top`` and ``/Foot``.

What stands above or below the flow moves with it, as a head does that is aligned left or right. One
that is aligned ``start`` or ``end`` keeps to its edge of the leaf: guide words to the fore edge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from directory_pub.typeset.wide_blocks import is_wide

__all__ = ["parting"]

# Of the engine's version that pyproject.toml pins; tests/unit/test_page_parts.py says what an upgrade broke.
_MODULE, _FUNCTION = "weasyprint.draw", "draw_stacking_context"


@contextmanager
def parting() -> Iterator[set[str]]:
    """While this lasts, the content of each page that the engine draws tells its parts.

    What is given are the names of the parts that something was drawn in, filled as pages are.
    """
    import importlib

    draw = importlib.import_module(_MODULE)
    original = getattr(draw, _FUNCTION)
    drawn: set[str] = set()
    setattr(draw, _FUNCTION, _tell_parts(original, drawn))
    try:
        yield drawn
    finally:
        setattr(draw, _FUNCTION, original)


def _across(box: Any, page_width: float) -> float:
    """How far text moves that stands as far from the other edge on the other page, as wide as it is."""
    lines = [line for block in box.children for line in getattr(block, "children", ())]
    if not lines:
        return 0.0
    left = min(line.position_x for line in lines)
    right = max(line.position_x + line.width for line in lines)
    return float(page_width - left - right)


def _tell_parts(original: Callable[[Any, Any], None], drawn: set[str]) -> Callable[[Any, Any], None]:
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox, MarginBox

    flow = ""  # what was told of the flow of the page that is drawn

    def draw(stream: Any, context: Any) -> None:
        nonlocal flow
        box, page = context.box, context.page
        shift_px = page.margin_right - page.margin_left
        name, reach_px = None, (0.0, page.margin_width())
        if isinstance(box, MarginBox):
            name = box.at_keyword.lstrip("@")
            reach_px = (box.position_x, box.position_x + box.margin_width())
            if name.startswith(("left-", "right-")):
                shift_px = page.margin_width() - box.width - 2 * box.content_box_x()
            elif box.style["text_align_all"] in ("start", "end"):
                shift_px = _across(box, page.margin_width())
        elif isinstance(box, FootnoteAreaBox):
            name = "notes"
        elif box.is_for_root_element:
            name = "flow"
        elif is_wide(box):
            name = "wide"
            shift_px = page.margin_width() - box.width - 2 * box.content_box_x()
        if name:
            told = f"/Mirror {shift_px:.6f} /From {reach_px[0]:.6f} /To {reach_px[1]:.6f}"
            if name == "wide":
                told += f" /Top {box.position_y:.6f} /Foot {box.position_y + box.margin_height():.6f}"
            elif name == "flow":
                flow = told
            stream.stream.append(f"/{name} << {told} >> DP".encode())
        length = len(stream.stream)
        original(stream, context)
        if name == "wide":  # which is drawn in the midst of the flow
            stream.stream.append(f"/flow << {flow} >> DP".encode())
        if name and len(stream.stream) > length:
            drawn.add(name)

    return draw
