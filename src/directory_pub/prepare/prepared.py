"""A picture as it goes into a PDF, and where it is kept until it is wanted again."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

from msgspec import Struct

__all__ = ["ColourSpace", "Filter", "PictureCache", "PreparedPicture"]

Filter = Literal["DCTDecode", "FlateDecode"]
ColourSpace = Literal["DeviceCMYK", "DeviceGray", "DeviceRGB"]


class PreparedPicture(Struct, frozen=True, kw_only=True):
    """One encoded picture: its samples as a PDF filter takes them, and how to read them.

    ``inverted`` says that full ink is stored as 0, as in every CMYK JPEG with an Adobe
    marker; ``mask`` is the alpha channel, a grey picture of the same size.
    """

    data: bytes
    filter: Filter
    colourspace: ColourSpace
    width_px: int
    height_px: int
    bits: int = 8
    inverted: bool = False
    mask: PreparedPicture | None = None

    def to_bytes(self) -> bytes:
        """A line of JSON, then the samples of the picture, then those of its mask."""
        planes = [self] if self.mask is None else [self, self.mask]
        head = [
            {
                "filter": plane.filter,
                "colourspace": plane.colourspace,
                "width_px": plane.width_px,
                "height_px": plane.height_px,
                "bits": plane.bits,
                "inverted": plane.inverted,
                "length": len(plane.data),
            }
            for plane in planes
        ]
        return b"\n".join([json.dumps(head).encode(), b"".join(plane.data for plane in planes)])

    @classmethod
    def from_bytes(cls, stored: bytes) -> PreparedPicture:
        """What ``to_bytes`` wrote."""
        head, _, samples = stored.partition(b"\n")
        prepared: PreparedPicture | None = None
        for plane in reversed(json.loads(head)):
            samples, data = (samples[: -plane["length"]], samples[-plane.pop("length") :])
            prepared = cls(data=data, mask=prepared, **plane)
        if prepared is None:
            raise ValueError("a stored picture without a plane")
        return prepared


class PictureCache:
    """Prepared pictures by their key: in memory, or in a folder that outlives the build.

    In memory those that were asked for last stay, within ``most_bytes``.
    """

    def __init__(self, folder: Path | None = None, most_bytes: int | None = None) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._kept: dict[str, PreparedPicture] = {}

    def get(self, key: str) -> PreparedPicture | None:
        """The picture of that key, or None."""
        if self._folder is None:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)  # the last asked for stands last
            return self._kept.get(key)
        path = self._folder / key
        return PreparedPicture.from_bytes(path.read_bytes()) if path.is_file() else None

    def keep(self, key: str, prepared: PreparedPicture) -> None:
        """Keep a picture; a half-written file never takes the place of a whole one."""
        if self._folder is None:
            self._kept[key] = prepared
            self._let_go()
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, delete=False) as unfinished:
            unfinished.write(prepared.to_bytes())
        Path(unfinished.name).replace(self._folder / key)

    def _let_go(self) -> None:
        sizes = {key: len(kept.data) for key, kept in self._kept.items()} if self._most_bytes is not None else {}
        total = sum(sizes.values())
        for key, size in sizes.items():
            if total <= (self._most_bytes or 0):
                return
            del self._kept[key]
            total -= size
