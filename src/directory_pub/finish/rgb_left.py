"""What is left of RGB in a press file: a look at every object of the bytes as written."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

from directory_pub.findings import Finding, error
from directory_pub.finish.document import TYPESET_PAGES

__all__ = ["find_rgb"]

_RGB_NAMES = frozenset({"/DeviceRGB", "/CalRGB", "/RGB"})


def find_rgb(pdf: bytes, first_folio: int = 1) -> list[Finding]:
    """One finding for each kind of place where RGB is left; the first page has ``first_folio``."""
    with pikepdf.open(io.BytesIO(pdf)) as written:
        places = dict.fromkeys(_places(written, first_folio))
    return [
        error(
            "rgb-left",
            TYPESET_PAGES,
            f"RGB is left in {place}.",
            "Take it out of the page, or have finish taught what it is.",
        )
        for place in places
    ]


def _places(pdf: pikepdf.Pdf, first_folio: int) -> Iterator[str]:
    for folio, page in enumerate(pdf.pages, first_folio):
        if _paints_in_rgb(page):
            yield f"the content of page {folio}"
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            kind = str(each.get("/Subtype", each.get("/Type", "/stream"))).lower()[1:]
            if kind in ("form", "pattern") and _paints_in_rgb(each):
                yield f"the content of a {kind}"
            if each.get("/N") == 3 and "/FunctionType" not in each and kind != "objstm":
                yield "an ICC profile with three channels"
        else:
            kind = "dictionary"
        if _names_rgb(each):
            yield f"the colour space of a {kind}"


def _paints_in_rgb(content: pikepdf.Object | pikepdf.Page) -> bool:
    for instruction in pikepdf.parse_content_stream(content, "rg RG cs CS"):
        operator = str(instruction.operator)
        if operator in ("rg", "RG") or str(instruction.operands[0]) in _RGB_NAMES:
            return True
    return False


def _names_rgb(each: pikepdf.Object) -> bool:
    """Whether the object itself, not those that it refers to, names an RGB colour space."""
    if isinstance(each, Name):
        return str(each) in _RGB_NAMES
    if isinstance(each, Array):
        return any(_names_rgb(item) for item in each.as_list() if _within(item))
    if isinstance(each, pikepdf.Stream | Dictionary):
        return any(_names_rgb(item) for _, item in each.items() if _within(item))
    return False


def _within(item: object) -> bool:
    return isinstance(item, pikepdf.Object) and not item.is_indirect
