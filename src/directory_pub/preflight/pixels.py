"""A picture's pixels, as many as it takes to see how much ink lies where."""

from __future__ import annotations

import functools
import io
from typing import Any

from PIL import Image, ImageMath

from directory_pub.preflight.colours import Space
from directory_pub.preflight.faults import DamagedStream
from directory_pub.preflight.streams import filters_of, read_packed, read_stream

__all__ = ["Pixels"]

_MOST_BYTES = 160 * 2**20
# A hundredth part of the picture is then still 25 by 25 pixels, and a speck of dust is none.
_SEEN_PX = 256


class Pixels:
    """The pixels of one picture in ``space``; nothing is read before it is asked for."""

    def __init__(self, stream: Any, space: Space, size: tuple[int, int], bits: int) -> None:
        self._stream, self._space, self._size, self._bits = stream, space, size, bits

    @functools.cached_property
    def most_ink_percent(self) -> float | None:
        """The most ink in one place; None for a picture of another kind than CMYK of 8 bits.

        Raises DamagedStream for one that cannot be read.
        """
        if self._space.family != "cmyk" or self._bits != 8:
            return None
        picture = self._read()
        if picture is None:
            return None
        inks = _inks(picture, self._decode(), indexed=self._space.palette is not None)
        inks = inks.reduce(max(1, min(inks.size) // _SEEN_PX)) if min(inks.size) > 2 * _SEEN_PX else inks
        cyan, magenta, yellow, black = inks.split()
        total = ImageMath.lambda_eval(
            lambda plate: plate["c"] + plate["m"] + plate["y"] + plate["k"], c=cyan, m=magenta, y=yellow, k=black
        )
        return float(total.getextrema()[1]) / 255 * 100

    def _read(self) -> Image.Image | None:
        last, _ = (filters_of(self._stream) or [("", {})])[-1]
        try:
            if last == "/DCTDecode":
                return self._jpeg()
            if last in ("/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"):
                return None
            return self._plain()
        except (OSError, SyntaxError, Image.DecompressionBombError) as problem:
            raise DamagedStream(f"a picture cannot be read: {problem}") from problem

    def _jpeg(self) -> Image.Image | None:
        picture = Image.open(io.BytesIO(read_packed(self._stream)))
        if picture.mode != "CMYK":
            return None
        picture.draft("CMYK", (2 * _SEEN_PX, 2 * _SEEN_PX))
        picture.load()
        # Pillow turns the tones of Adobe's JPEGs over; the file's Decode says so itself.
        return Image.eval(picture, lambda tone: 255 - tone) if "adobe" in picture.info else picture

    def _plain(self) -> Image.Image:
        tones = read_stream(self._stream, _MOST_BYTES)
        channels = 4 if self._space.palette is None else 1
        if len(tones) < self._size[0] * self._size[1] * channels:
            raise DamagedStream("a picture has fewer pixels than it says")
        palette = self._space.palette
        if palette is None:
            return Image.frombytes("CMYK", self._size, tones)
        padded = palette.ljust(1024, b"\0")
        plates = [Image.frombytes("L", self._size, tones.translate(padded[channel:1024:4])) for channel in range(4)]
        return Image.merge("CMYK", plates)

    def _decode(self) -> tuple[float, ...]:
        return tuple(float(value) for value in self._stream.get("/Decode", []))


def _inks(picture: Image.Image, decode: tuple[float, ...], *, indexed: bool) -> Image.Image:
    if not indexed and decode[:2] == (1.0, 0.0):
        return Image.eval(picture, lambda tone: 255 - tone)
    return picture
