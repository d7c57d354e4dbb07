"""How large each picture stands on the pages, wherever it is drawn from."""

from __future__ import annotations

from math import hypot
from typing import NamedTuple

import pikepdf
from pikepdf import Dictionary, Matrix, Name

from directory_pub.finish.content_streams import Draw, read_draws

__all__ = ["ObjGen", "Placement", "measure_pictures"]

ObjGen = tuple[int, int]


class Placement(NamedTuple):
    """How wide a picture stands at its largest, and the first page that it stands on."""

    width_pt: float
    folio: int


def measure_pictures(pdf: pikepdf.Pdf, first_folio: int = 1) -> dict[ObjGen, Placement]:
    """Where the pictures stand; one that no page draws is not among them. The first page has ``first_folio``.

    Where a picture is stretched, the width is the one that gives its height enough pixels too.
    """
    measuring = _Measuring()
    if any(_is_picture(each) for each in pdf.objects):
        for measuring.folio, page in enumerate(pdf.pages, first_folio):
            measuring.walk(page.obj, page.resources, Matrix())
    return measuring.placements


def _is_picture(each: pikepdf.Object) -> bool:
    return isinstance(each, pikepdf.Stream) and each.get("/Subtype") == Name.Image


class _Measuring:
    """One walk over the pages and what they call; each stream is parsed once."""

    def __init__(self) -> None:
        self.folio = 1
        self.placements: dict[ObjGen, Placement] = {}
        self._draws: dict[ObjGen, list[Draw]] = {}

    def walk(self, content: pikepdf.Object, resources: pikepdf.Object, base: Matrix) -> None:
        """Follow everything that is drawn under ``base``."""
        if content.objgen not in self._draws:
            whole = pikepdf.Page(content) if content.get("/Type") == Name.Page else content
            self._draws[content.objgen] = read_draws(whole)
        for draw in self._draws[content.objgen]:
            drawn = resources.get(draw.category, Dictionary()).get(draw.name)
            if draw.category == "/ExtGState":
                drawn = _soft_mask(drawn)
            if isinstance(drawn, pikepdf.Stream):
                self._meet(drawn, resources, draw.matrix @ base)

    def _meet(self, drawn: pikepdf.Stream, resources: pikepdf.Object, matrix: Matrix) -> None:
        if _is_picture(drawn):
            self._measure(drawn, matrix)
        else:
            own = Matrix(drawn.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0])))
            self.walk(drawn, drawn.get("/Resources", resources), own @ matrix)

    def _measure(self, picture: pikepdf.Stream, matrix: Matrix) -> None:
        width_pt, height_pt = hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)
        needed_pt = max(width_pt, height_pt * int(picture.Width) / int(picture.Height))
        before = self.placements.get(picture.objgen, Placement(0, self.folio))
        self.placements[picture.objgen] = before._replace(width_pt=max(needed_pt, before.width_pt))


def _soft_mask(state: pikepdf.Object | None) -> pikepdf.Object | None:
    mask = state.get("/SMask") if state is not None else None
    return mask.get("/G") if isinstance(mask, Dictionary) else None
