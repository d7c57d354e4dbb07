"""A picture's pixels: whether they are all there, and how much ink lies where."""

from __future__ import annotations

import functools
from typing import Any

from PIL import Image, ImageMath

from directory_pub.preflight.colours import Space
from directory_pub.preflight.faults import DamagedStream
from directory_pub.preflight.picture_data import Claim, check_length, open_coded, plain_length
from directory_pub.preflight.streams import filters_of, read_packed, read_stream

__all__ = ["Pixels"]

_MOST_BYTES = 160 * 2**20
# A hundredth part of the picture is then still 25 by 25 pixels, and a speck of dust is none.
_SEEN_PX = 256
_CODED, _UNREAD = ("/DCTDecode", "/JPXDecode"), ("/CCITTFaxDecode", "/JBIG2Decode")


class Pixels:
    """The pixels of one picture in ``space``; nothing is read before it is asked for, nor kept after.

    ``mask`` are those of the picture that masks it.
    """

    def __init__(self, stream: Any, space: Space, size: tuple[int, int], bits: int, mask: Pixels | None = None) -> None:
        self._stream, self._space, self._mask = stream, space, mask
        self._claim = Claim(*size, space.channels, bits)

    @property
    def fault(self) -> str | None:
        """Why the data cannot be the picture's, None where they can; of fax and JBIG2 there must be some."""
        of_mask = self._mask.fault if self._mask else None
        return self._looked[0] or (of_mask and f"in its mask, {of_mask}")

    @property
    def most_ink_percent(self) -> float | None:
        """The most ink in one place; None for a picture of another kind than CMYK of 8 bits, or that cannot be read."""
        return self._looked[1]

    @functools.cached_property
    def _looked(self) -> tuple[str | None, float | None]:
        """The fault and the most ink, out of one reading."""
        try:
            return None, self._look()
        except DamagedStream as fault:
            return str(fault), None

    def _look(self) -> float | None:
        if "/F" in self._stream:
            return None  # that its data lie elsewhere is told of by itself
        if min(self._claim.width, self._claim.height) < 1:
            raise DamagedStream(f"it is {self._claim.size}")
        filters = filters_of(self._stream)
        last = filters[-1][0] if filters else ""
        printed = self._space.family == "cmyk" and self._claim.bits == 8
        if last in _CODED:
            picture = open_coded(read_packed(self._stream, _MOST_BYTES), last, self._claim)
            if last == "/DCTDecode" and printed and picture is not None and picture.mode == "CMYK":
                # Pillow turns the tones of Adobe's JPEGs over; the file's Decode says so itself.
                plates = Image.eval(picture, lambda tone: 255 - tone) if "adobe" in picture.info else picture
                return self._most_ink(plates)
            return None
        if last in _UNREAD or not self._claim.channels:
            if not self._stream.read_raw_bytes():
                raise DamagedStream("it has no data")
            return None
        if printed:
            return self._most_ink(self._plain())
        length = plain_length(self._stream, self._claim)
        if length is not None:
            check_length(length, self._claim)
        return None

    def _plain(self) -> Image.Image:
        tones, palette = read_stream(self._stream, _MOST_BYTES), self._space.palette
        check_length(len(tones), self._claim)
        size = (self._claim.width, self._claim.height)
        if palette is None:
            return Image.frombytes("CMYK", size, tones)
        padded = palette.ljust(1024, b"\0")
        plates = [Image.frombytes("L", size, tones.translate(padded[channel:1024:4])) for channel in range(4)]
        return Image.merge("CMYK", plates)

    def _most_ink(self, picture: Image.Image) -> float:
        decode = tuple(float(value) for value in self._stream.get("/Decode", []))
        inks = _inks(picture, decode, indexed=self._space.palette is not None)
        inks = inks.reduce(max(1, min(inks.size) // _SEEN_PX)) if min(inks.size) > 2 * _SEEN_PX else inks
        cyan, magenta, yellow, black = inks.split()
        total = ImageMath.lambda_eval(
            lambda plate: plate["c"] + plate["m"] + plate["y"] + plate["k"], c=cyan, m=magenta, y=yellow, k=black
        )
        return float(total.getextrema()[1]) / 255 * 100


def _inks(picture: Image.Image, decode: tuple[float, ...], *, indexed: bool) -> Image.Image:
    if not indexed and decode[:2] == (1.0, 0.0):
        return Image.eval(picture, lambda tone: 255 - tone)
    return picture
