"""Leaves: the pages of a finished PDF, upright and ready to be drawn on another sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
from msgspec import Struct
from pikepdf import Matrix, Pdf, Rectangle

from directory_pub.finish.geometry import Box, box_of

__all__ = ["ImpositionError", "Leaf", "carry_over", "open_finished", "place_leaf", "read_leaf"]

_MM_PER_PT = 25.4 / 72
_LEAST_SIDE_PT = 10.0


class ImpositionError(Exception):
    """A file that cannot be imposed: what is wrong with it, and what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


class Leaf(Struct, frozen=True, kw_only=True):
    """One page as a form that draws trim and bleed and nothing past it.

    ``trim`` and ``bleed`` are where they lie once the form's own matrix has turned it upright.
    """

    form: pikepdf.Object
    trim: Box
    bleed: Box

    @property
    def size_mm(self) -> str:
        """The trim as a reader names it: ``210 x 297 mm``."""
        return f"{self.trim.width * _MM_PER_PT:.4g} x {self.trim.height * _MM_PER_PT:.4g} mm"


@contextmanager
def open_finished(source: Path | bytes) -> Iterator[Pdf]:
    """Open a PDF and lend it; what makes it unfit to be imposed is an ImpositionError.

    What comes to light only when a page is read is told in the same words.
    """
    try:
        stream = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")  # its name need not be UTF-8
        with stream, Pdf.open(stream, attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise _encrypted()
            if not pdf.pages:
                raise ImpositionError("the file has no pages.", "Name a PDF with at least one page.")
            yield pdf
    except pikepdf.PasswordError:
        raise _encrypted() from None
    except pikepdf.PdfError as fault:
        what = str(fault).splitlines()[0].rsplit(": ", 1)[-1].rstrip(".")
        raise ImpositionError(f"the file is damaged ({what}).", "Make it again, or take another copy.") from None


def _encrypted() -> ImpositionError:
    return ImpositionError("the file is encrypted.", "Save it without a password.")


def read_leaf(target: Pdf, page: pikepdf.Page, folio: int) -> Leaf:
    """Take one page over into ``target``: annotations stay behind."""
    try:
        trim, media = box_of(page.trimbox), box_of(page.mediabox)
        # Without a BleedBox of its own, what lies past the trim may be marks.
        bleed = box_of(page.obj.BleedBox) if "/BleedBox" in page.obj else trim
    except (TypeError, ValueError):
        raise ImpositionError(f"page {folio} has a box that is not four numbers.", "Make the file again.") from None
    if min(trim.width, trim.height) < _LEAST_SIDE_PT:
        raise ImpositionError(f"page {folio} has no size.", "Make the file again.")
    drawn = _common(bleed, media) if bleed.holds(trim) else trim
    form = page.as_form_xobject()
    form.BBox = drawn.as_array()
    upright = Matrix(form.get("/Matrix", Matrix().as_array()))
    return Leaf(form=target.copy_foreign(form), trim=_turned(trim, upright), bleed=_turned(drawn, upright))


def _common(one: Box, other: Box) -> Box:
    """What lies in both."""
    return Box(
        max(one.left, other.left), max(one.bottom, other.bottom), min(one.right, other.right), min(one.top, other.top)
    )


def _turned(box: Box, upright: Matrix) -> Box:
    turned = upright.transform(Rectangle(*box))
    return Box(turned.llx, turned.lly, turned.urx, turned.ury)


def place_leaf(name: str, leaf: Leaf, corner: tuple[float, float], scale: float, within: Box) -> str:
    """Draw a leaf with its trim's lower left corner at ``corner``, and nothing of it outside ``within``."""
    across, up = corner[0] - scale * leaf.trim.left, corner[1] - scale * leaf.trim.bottom
    clip = f"{within.left:.4f} {within.bottom:.4f} {within.width:.4f} {within.height:.4f} re W n"
    return f"q {clip} {scale:.6f} 0 0 {scale:.6f} {across:.4f} {up:.4f} cm {name} Do Q"


def carry_over(source: Pdf, target: Pdf) -> None:
    """Take along what the colours are meant for, and which layers show."""
    for key in ("/OutputIntents", "/OCProperties"):
        if key in source.Root:
            held = source.Root[key]
            target.Root[key] = target.copy_foreign(held if held.is_indirect else source.make_indirect(held))
