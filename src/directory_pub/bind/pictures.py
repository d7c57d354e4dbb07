"""Each picture once: what several pieces show is in the book one time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name

__all__ = ["unite_pictures"]

_TOLD = ("/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Decode", "/Filter", "/DecodeParms", "/ImageMask")


def unite_pictures(pdf: pikepdf.Pdf) -> None:
    """Let all pages and groups name the first of those pictures that are the same to the byte."""
    first: dict[str, pikepdf.Object] = {}
    twins: dict[tuple[int, int], pikepdf.Object] = {}
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == Name.Image:
            kept = first.setdefault(_digest(each), each)
            if kept.objgen != each.objgen:
                twins[each.objgen] = kept
    for shelf in _shelves(pdf) if twins else ():
        for name, drawn in list(shelf.items()):
            if drawn.objgen in twins:
                shelf[name] = twins[drawn.objgen]


def _digest(picture: pikepdf.Stream) -> str:
    """The hash of the samples, of how they are read, and of the mask."""
    told = [str(picture.get(key)) for key in _TOLD]
    mask = picture.get("/SMask")
    told.append(_digest(mask) if isinstance(mask, pikepdf.Stream) else "")
    return hashlib.sha256("\n".join(told).encode() + picture.read_raw_bytes()).hexdigest()


def _shelves(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary that names pictures."""
    for page in pdf.pages:
        if "/XObject" in page.resources:
            yield page.resources.XObject
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and "/XObject" in each.get("/Resources", Dictionary()):
            yield each.Resources.XObject
