"""What a page can reach through its resources: an object is looked at once, however many pages share it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Stream

from directory_pub.preflight.effort import spend
from directory_pub.preflight.forbidden import faults_of
from directory_pub.preflight.object_faults import Fault, Faults
from directory_pub.preflight.spots import Looks, look_of
from directory_pub.preflight.streams import object_key

__all__ = ["Reachable"]

_DEEPEST = 64
_STEPS_AN_OBJECT = 8
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
# A category of resources, and what kind each of its entries is called here and in a message.
_CATEGORIES = {
    "/XObject": ("xobject", "object"), "/Pattern": ("pattern", "pattern"), "/ExtGState": ("state", "graphics state"),
    "/Font": ("font", "font"), "/Shading": ("shading", "shading"), "/ColorSpace": ("space", "colour space"),
}  # fmt: skip
_DRAWN = {"/Image": "picture", "/Form": "form"}
_Part = tuple[str, Any, str]
"""A kind, an object, and how a message names it."""


class Reachable:
    """The faults of objects, kept by the object's number for the whole file."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[int, int]], Faults] = {}
        self._spots: dict[str, Any] = {}
        self._looks: Looks = {}

    def of_page(self, page: Any, resources: Any) -> list[Fault]:
        """What is wrong with the page's content streams, its resources and the looks of its annotations."""
        found: Faults = {}
        for part in _parts_of_page(page, resources):
            self._add_faults(part, found, 0)
        return list(found.values())

    def _add_faults(self, part: _Part, found: Faults, depth: int) -> None:
        for rule, fault in self._look(part, depth).items():
            found.setdefault(rule, fault)

    def _look(self, part: _Part, depth: int) -> Faults:
        kind, thing, name = part
        if not isinstance(thing, Dictionary | Stream | Array) or depth > _DEEPEST:
            return {}
        key = object_key(thing)
        if key is not None and (kind, key) in self._known:
            return self._known[kind, key]
        spend(_STEPS_AN_OBJECT)
        found: Faults = {}
        if key is not None:
            self._known[kind, key] = found  # whoever comes back here in a circle finds what is known by then
        if not isinstance(thing, Array):
            for fault in faults_of(kind, thing, name):
                found.setdefault(fault.rule, fault)
        if kind == "space":
            for fault in self._of_spot(thing):
                found.setdefault(fault.rule, fault)
        for inner in _parts(kind, thing, name):
            self._add_faults(inner, found, depth + 1)
        return found

    def _of_spot(self, space: Any) -> Iterator[Fault]:
        """A spot ink is one colour, wherever it is named."""
        if not isinstance(space, Array) or len(space) < 4 or space[0] != "/Separation" or space[1] == "/None":
            return
        ink = str(space[1])
        look = look_of([space[2], space[3]], self._looks)
        if self._spots.setdefault(ink, look) != look:
            told = ink.removeprefix("/")
            message = f"the ink '{told}' stands for more than one colour."
            yield Fault("spot-alternate", message, "Define the ink once, and use that everywhere.", told)


def _parts_of_page(page: Any, resources: Any) -> Iterator[_Part]:
    contents = page.get("/Contents")
    for stream in contents if isinstance(contents, Array) else (contents,):
        yield "stream", stream, "the page"
    yield "resources", resources, "the page"
    group = page.get("/Group")
    if isinstance(group, Dictionary):
        yield "space", group.get("/CS"), "the page"
    for annotation in page.get("/Annots", []):
        looks: Any = annotation.get("/AP", {}) if isinstance(annotation, Dictionary) else {}
        for look in looks.values():
            states = look.values() if isinstance(look, Dictionary) else (look,)
            yield from (("xobject", state, "the look of an annotation") for state in states)


def _parts(kind: str, thing: Any, name: str) -> Iterator[_Part]:
    """What an object draws with, each once."""
    match kind:
        case "resources":
            yield from _parts_of_resources(thing)
        case "xobject":
            yield "resources", thing.get("/Resources"), name
            group = thing.get("/Group")
            yield "space", group.get("/CS") if isinstance(group, Dictionary) else thing.get("/ColorSpace"), name
            for mask in ("/SMask", "/Mask"):
                if isinstance(thing.get(mask), Stream):
                    yield "xobject", thing[mask], f"the mask of {name}"
        case "pattern":
            yield "resources", thing.get("/Resources"), name
            yield "shading", thing.get("/Shading"), name
            yield "state", thing.get("/ExtGState"), name
        case "state":
            mask, typed = thing.get("/SMask"), thing.get("/Font")
            yield "xobject", mask.get("/G") if isinstance(mask, Dictionary) else None, f"the soft mask of {name}"
            yield "font", typed[0] if isinstance(typed, Array) and len(typed) else None, name
            yield "halftone", thing.get("/HT"), name
        case "shading":
            yield "space", thing.get("/ColorSpace"), name
            functions = thing.get("/Function")
            for function in functions if isinstance(functions, Array) else (functions,):
                yield "stream", function, name
        case "font":
            yield from _parts_of_font(thing, name)
        case "space" if isinstance(thing, Array):
            yield from _parts_of_space(thing, name)


def _parts_of_resources(resources: Any) -> Iterator[_Part]:
    for category, (kind, word) in _CATEGORIES.items():
        row = resources.get(category)
        if not isinstance(row, Dictionary):
            continue
        for key, value in row.items():
            drawn = _DRAWN.get(str(value.get("/Subtype")), word) if isinstance(value, Stream) else word
            yield kind, value, f"the {drawn} {key[1:]}"


def _parts_of_font(font: Any, name: str) -> Iterator[_Part]:
    yield "resources", font.get("/Resources"), name
    for inner in (font.get("/Encoding"), font.get("/ToUnicode")):
        yield "stream", inner if isinstance(inner, Stream) else None, name
    drawn, described, below = font.get("/CharProcs"), font.get("/FontDescriptor"), font.get("/DescendantFonts")
    if isinstance(drawn, Dictionary):
        yield from (("stream", glyph, name) for glyph in drawn.values())
    if isinstance(described, Dictionary):
        yield from (("stream", described.get(key), name) for key in _PROGRAMS)
    if isinstance(below, Array):
        yield from (("font", inner, name) for inner in below)


def _parts_of_space(space: Any, name: str) -> Iterator[_Part]:
    family = str(space[0]) if len(space) else ""
    if family == "/ICCBased" and len(space) > 1:
        yield "stream", space[1], name
    elif family in ("/Indexed", "/I", "/Pattern") and len(space) > 1:
        yield "space", space[1], name
    elif family in ("/Separation", "/DeviceN") and len(space) > 3:
        yield "space", space[2], name
        yield "stream", space[3], name
        attributes = space[4] if len(space) > 4 else None
        inks = attributes.get("/Colorants") if isinstance(attributes, Dictionary) else None
        if isinstance(inks, Dictionary):
            yield from (("space", ink, name) for ink in inks.values())
