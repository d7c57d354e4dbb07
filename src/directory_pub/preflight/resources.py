"""Resources by name, each read once: fonts, colour spaces, pictures and graphics states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import pikepdf

from directory_pub.preflight.colours import GREY, Paint, Space, read_space
from directory_pub.preflight.faults import Malformed
from directory_pub.preflight.fonts import Font
from directory_pub.preflight.layers import Layers
from directory_pub.preflight.pixels import Pixels
from directory_pub.preflight.reachable import Reachable
from directory_pub.preflight.shadings import read_shading
from directory_pub.preflight.streams import object_key

__all__ = ["Picture", "Resources", "Stock"]

_Read = TypeVar("_Read")


class Picture(NamedTuple):
    """A picture as the file describes it: its size in pixels; ``space`` is None for a stencil."""

    size: tuple[int, int]
    space: Space | None
    bits: int
    masked: bool
    pixels: Pixels


class Stock:
    """What is read once for the whole file: objects by their number."""

    def __init__(self, layers: Layers | None = None) -> None:
        self.layers = layers or Layers()
        self.reachable = Reachable()
        self._read: dict[tuple[str, tuple[int, int]], Any] = {}

    def read(self, kind: str, thing: Any, reader: Callable[[], _Read]) -> _Read:
        """What ``reader`` makes of an object, kept where the object has a number of its own."""
        key = object_key(thing) if isinstance(thing, pikepdf.Object) else None
        if key is None:
            return reader()
        if (kind, key) not in self._read:
            self._read[kind, key] = reader()
        found: _Read = self._read[kind, key]
        return found

    def resources(self, form: Any) -> Resources | None:
        """The resources of a form or a pattern, None where it has none of its own."""
        if "/Resources" not in form:
            return None
        return self.read("resources", form, lambda: Resources(form.Resources, self))


class Resources:
    """The resources of one content stream."""

    def __init__(self, written: Any, stock: Stock) -> None:
        self._written = written if written is not None else pikepdf.Dictionary()
        self._stock = stock
        self._known: dict[tuple[str, str], Any] = {}

    def find(self, category: str, name: str) -> Any:
        """A resource as the file writes it. Raises Malformed where there is none."""
        key = (category, name)
        if key not in self._known:
            row = self._written.get(category)
            if row is None or name not in row:
                raise Malformed(f"there is no {category[1:]} resource {name}")
            self._known[key] = row[name]
        return self._known[key]

    def property_list(self, name: str) -> Any:
        """What a marked part of the content is given by name, None where there is nothing."""
        row = self._written.get("/Properties")
        return row.get(name) if row is not None else None

    def font(self, name: str) -> Font:
        """A font by its name."""
        return self._once("font", name, lambda: self._font(name))

    def _font(self, name: str) -> Font:
        written = self.find("/Font", name)
        return self._stock.read("font", written, lambda: Font(written))

    def space(self, written: Any) -> Space:
        """A colour space by its name, or as it stands in a picture."""
        named = self._written.get("/ColorSpace")
        if isinstance(written, str | pikepdf.Name):
            return self._once("space", str(written), lambda: read_space(written, named))
        if isinstance(written, pikepdf.Object):
            return self._stock.read("space", written, lambda: read_space(written, named))
        return read_space(written, named)

    def shading(self, name: str) -> Paint:
        """A shading by its name, as a paint."""
        return self._once("shading", name, lambda: self._shading(self.find("/Shading", name)))

    def shading_of_pattern(self, name: str) -> Paint:
        """The shading of a pattern by its name, as a paint."""
        return self._once("pattern", name, lambda: self._shading(self.find("/Pattern", name).Shading))

    def _shading(self, written: Any) -> Paint:
        return self._stock.read("shading", written, lambda: read_shading(written, self._written.get("/ColorSpace")))

    def picture(self, written: Any) -> Picture:
        """A picture, shared by all places where it stands."""
        return self._stock.read("picture", written, lambda: self._picture(written))

    def _picture(self, written: Any) -> Picture:
        size, masked = (int(written.Width), int(written.Height)), "/SMask" in written
        if bool(written.get("/ImageMask", False)):
            return Picture(size=size, space=None, bits=1, masked=masked, pixels=Pixels(written, GREY, size, 1))
        if "/ColorSpace" not in written:  # JPEG 2000 may keep its colour space to itself
            space, bits = Space(family="unknown", name="JPEG 2000", channels=0), 8
        else:
            space, bits = self.space(written.ColorSpace), int(written.get("/BitsPerComponent", 8))
        masks = [written[key] for key in ("/SMask", "/Mask") if isinstance(written.get(key), pikepdf.Stream)]
        mask = self.picture(masks[0]).pixels if masks else None
        return Picture(
            size=size, space=space, bits=bits, masked=masked, pixels=Pixels(written, space, size, bits, mask)
        )

    def defaults(self) -> list[tuple[str, Space]]:
        """The spaces that stand in for the device's own, by what they stand in for."""
        row: Any = self._written.get("/ColorSpace", {})
        names = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
        return [(name[1:], read_space(row[name], row)) for name in names if name in row]

    def _once(self, kind: str, name: str, reader: Callable[[], _Read]) -> _Read:
        if (kind, name) not in self._known:
            self._known[kind, name] = reader()
        found: _Read = self._known[kind, name]
        return found
