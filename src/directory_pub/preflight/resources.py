"""Resources by name, each read once: fonts, colour spaces, pictures and graphics states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pikepdf

from directory_pub.preflight.colours import Space, read_space
from directory_pub.preflight.fonts import Font
from directory_pub.preflight.pixels import Pixels
from directory_pub.preflight.streams import object_key

__all__ = ["Resources", "Stock"]

_Read = TypeVar("_Read")


class Stock:
    """What is read once for the whole file: objects by their number."""

    def __init__(self) -> None:
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


class Resources:
    """The resources of one content stream."""

    def __init__(self, written: Any, stock: Stock) -> None:
        self._written = written if written is not None else pikepdf.Dictionary()
        self._stock = stock
        self._known: dict[tuple[str, str], Any] = {}

    def find(self, category: str, name: str) -> Any:
        """A resource as the file writes it. Raises ValueError where there is none."""
        key = (category, name)
        if key not in self._known:
            row = self._written.get(category)
            if row is None or name not in row:
                raise ValueError(f"there is no {category[1:]} resource {name}")
            self._known[key] = row[name]
        return self._known[key]

    def find_row(self, category: str) -> Any:
        """All resources of one kind, None where there are none."""
        return self._written.get(category)

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

    def pixels(self, picture: Any, space: Space) -> Pixels:
        """The pixels of a picture, shared by all places where it stands."""
        size = (int(picture.Width), int(picture.Height))
        bits = int(picture.get("/BitsPerComponent", 8))
        return self._stock.read("pixels", picture, lambda: Pixels(picture, space, size, bits))

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
