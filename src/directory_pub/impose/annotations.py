"""Annotations that print, such as filled fields and stamps: drawn into their pages, as a printer would."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Pdf

__all__ = ["draw_annotations_in"]

_HIDDEN, _PRINTS = 2, 4  # of an annotation's flags
# What has a look even where the file does not draw it: each program makes its own.
_MARKS = frozenset(
    f"/{kind}"
    for kind in (
        "Caret", "Circle", "FreeText", "Highlight", "Ink", "Line", "PolyLine", "Polygon", "Square", "Squiggly", "Stamp",
        "StrikeOut", "Underline",
    )
)  # fmt: skip
_DEEPEST = 32


def draw_annotations_in(pdf: Pdf) -> list[int]:
    """Draw into each page what prints on it; links, pop-ups and whatever does not print go.

    What comes back are the folios of pages on which something prints that the file has no drawing of.
    """
    undrawn = []
    for folio, page in enumerate(pdf.pages, 1):
        annotations = [each for each in page.obj.get("/Annots", []) if isinstance(each, pikepdf.Dictionary)]
        if any(_prints(each) and _lacks_drawing(each) for each in annotations):
            undrawn.append(folio)
        for each in annotations:
            _keep_layer(each)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/NeedAppearances" in form:
        del form["/NeedAppearances"]  # or the drawings that are there would not be taken
    pdf.flatten_annotations("print")
    return undrawn


def _prints(annotation: Any) -> bool:
    flags = int(annotation.get("/F", 0))
    return bool(flags & _PRINTS) and not flags & _HIDDEN


def _lacks_drawing(annotation: Any) -> bool:
    """Whether there is something to see and no drawing of it."""
    drawings = annotation.get("/AP")
    if isinstance(drawings, pikepdf.Dictionary) and "/N" in drawings:
        return False
    kind = annotation.get("/Subtype")
    if kind == "/Widget":
        return _inherited(annotation, "/FT") in ("/Tx", "/Ch") and bool(str(_inherited(annotation, "/V") or ""))
    return str(kind) in _MARKS


def _inherited(field: Any, key: str) -> Any:
    for _ in range(_DEEPEST):
        if key in field or "/Parent" not in field:
            return field.get(key)
        field = field.Parent
    return None


def _keep_layer(annotation: Any) -> None:
    """Put what an annotation draws on the layer that the annotation is on."""
    drawn = annotation.get("/AP", {}).get("/N")
    if "/OC" in annotation and isinstance(drawn, pikepdf.Stream):
        drawn.OC = annotation.OC
