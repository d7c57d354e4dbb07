"""A page's content moved on its sheet, with all that points at places on it."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Matrix

from directory_pub.finish.geometry import Shift

__all__ = ["move_annotations", "move_content", "move_destinations"]

# Which numbers of a destination are places on the page, and along which axis (0 is across).
_DESTINATIONS = {
    "/XYZ": {2: 0, 3: 1},
    "/FitH": {2: 1},
    "/FitBH": {2: 1},
    "/FitV": {2: 0},
    "/FitBV": {2: 0},
    "/FitR": {2: 0, 3: 1, 4: 0, 5: 1},
}


def move_content(pdf: pikepdf.Pdf, page: pikepdf.Page, shift: Shift) -> None:
    """Move what the page draws; its patterns lie on the sheet and have to be moved on their own."""
    page.contents_add(f"q 1 0 0 1 {shift[0]:.6f} {shift[1]:.6f} cm\n".encode(), prepend=True)
    page.contents_add(b"\nQ")
    resources = copy.copy(page.resources)
    if "/Pattern" in resources:
        shelf = resources.Pattern.as_dict()
        resources.Pattern = Dictionary({name: _moved_pattern(pdf, pattern, shift) for name, pattern in shelf.items()})
    page.obj.Resources = resources


def move_annotations(page: pikepdf.Page, shift: Shift) -> None:
    """Move the page's annotations with their marked areas."""
    for annotation in page.obj.get("/Annots", Array()).as_list():
        for key in ("/Rect", "/QuadPoints"):
            if key in annotation:
                places = [float(value) for value in annotation[key].as_list()]
                annotation[key] = Array([round(place + shift[index % 2], 6) for index, place in enumerate(places)])


def move_destinations(pdf: pikepdf.Pdf, shifts: dict[tuple[int, int], Shift]) -> None:
    """Move every destination with its page; ``shifts`` is by the page's object."""
    moved: set[tuple[int, int]] = set()
    for destination in _destinations(pdf):
        places = destination.get("/D") if isinstance(destination, Dictionary) else destination
        if not isinstance(places, Array) or not isinstance(places[0], Dictionary):
            continue
        shift = shifts.get(places[0].objgen)
        if shift is None or (places.is_indirect and places.objgen in moved):
            continue
        moved.add(places.objgen)
        for index, axis in _DESTINATIONS.get(str(places[1]), {}).items():
            if index < len(places) and places[index] is not None:
                places[index] = round(float(places[index]) + shift[axis], 6)


def _moved_pattern(pdf: pikepdf.Pdf, pattern: pikepdf.Object, shift: Shift) -> pikepdf.Object:
    fresh: pikepdf.Object
    if isinstance(pattern, pikepdf.Stream):
        encoding = {"/Length", "/Filter", "/DecodeParms"}
        kept = {key: pattern[key] for key in pattern.keys() - encoding}
        fresh = pdf.make_stream(pattern.read_bytes(), kept)
    else:
        fresh = copy.copy(pattern)
    own = Matrix(pattern.get("/Matrix", Matrix().as_array()))
    fresh.Matrix = (own @ Matrix(1, 0, 0, 1, *shift)).as_array()
    return fresh


def _destinations(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    root = pdf.Root
    if "/Names" in root and "/Dests" in root.Names:
        yield from (value for _, value in pikepdf.NameTree(root.Names.Dests).items())
    yield from root.get("/Dests", Dictionary()).as_dict().values()
    links = [link for page in pdf.pages for link in page.obj.get("/Annots", Array()).as_list()]
    for pointing in (*links, *_outline(root.get("/Outlines")), root.get("/OpenAction")):
        if isinstance(pointing, Array):
            yield pointing
        elif pointing is not None:
            for holder, key in ((pointing, "/Dest"), (pointing.get("/A", pointing), "/D")):
                if key in holder:
                    yield holder[key]


def _outline(parent: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    item = parent.get("/First") if parent is not None else None
    while item is not None:
        yield item
        yield from _outline(item)
        item = item.get("/Next")
