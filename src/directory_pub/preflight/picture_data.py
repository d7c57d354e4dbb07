"""Whether a picture's data are all there, and are what the picture says of them."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from PIL import Image, ImageFile, UnidentifiedImageError

from directory_pub.preflight.effort import spend
from directory_pub.preflight.faults import DamagedStream
from directory_pub.preflight.streams import filters_of, read_stream
from directory_pub.preflight.unpacking import unpack

__all__ = ["SEEN_PX", "Claim", "check_length", "inline_length", "open_coded", "plain_length"]

SEEN_PX = 512
"""A picture is opened at about this size, where its data can be opened smaller than they are."""

_CHUNK, _BYTES_A_STEP, _CODED_BYTES_A_STEP = 2**16, 250, 40
_MOST_BYTES = 160 * 2**20
# All of a progressive picture is held at once before any of it can be seen.
_MOST_PROGRESSIVE_PX = 40_000_000
_SCAN, _USUAL_SCANS = b"\xff\xda", 10
_MOST_PX = 170_000_000  # that the library opens without taking them for an attack
# Writers end the data with a line end, or fill them up.
_FILLING = 16
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_PROGRESSIVE = (0xC2, 0xC6, 0xCA, 0xCE)
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_JPX = (b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51")


class Claim(NamedTuple):
    """What a picture says of itself; ``channels`` is 0 where only its data know."""

    width: int
    height: int
    channels: int
    bits: int

    @property
    def row_bytes(self) -> int:
        """The bytes of one row of pixels."""
        return (self.width * self.channels * self.bits + 7) // 8

    @property
    def size(self) -> str:
        """The size as a message tells it."""
        return f"{self.width} × {self.height} px"


def check_length(length: int, claim: Claim) -> None:
    """Raise DamagedStream where so many bytes are not those of the pixels; less than a row too many harm nothing."""
    asked = claim.row_bytes * claim.height
    if length < asked or length - asked > max(claim.row_bytes - 1, _FILLING):
        told = f"{length:,} bytes" if length < asked else "more bytes"
        raise DamagedStream(f"it has {told}; {claim.size} take {asked:,}")


def plain_length(stream: Any, claim: Claim) -> int | None:
    """How many bytes of pixels a stream has, none of them kept; what is past the pixels is counted for a row or so.

    None for a stream that is too large to count. Raises DamagedStream for one that cannot be unpacked.
    """
    filters, asked = filters_of(stream), claim.row_bytes * claim.height
    if [name for name, _ in filters] == ["/FlateDecode"]:
        parameters = filters[0][1]
        length = _inflated_length(bytes(stream.read_raw_bytes()), 2 * asked + _CHUNK)
        if parameters.get("/Predictor", 1) < 10:
            return length
        samples = parameters.get("/Colors", 1) * parameters.get("/Columns", 1)
        row = (samples * parameters.get("/BitsPerComponent", 8) + 7) // 8 + 1
        return length // row * (row - 1) + max(length % row - 1, 0)
    return len(read_stream(stream, _MOST_BYTES)) if asked <= _MOST_BYTES else None


def inline_length(data: bytes, keys: Mapping[str, Any]) -> int | None:
    """How many bytes of pixels an inline picture has, None where its filters are not those of bytes."""
    names = keys.get("/F", keys.get("/Filter"))
    if names is None:
        return len(data)
    names = names if isinstance(names, list) else [names]
    if names not in (["/Fl"], ["/FlateDecode"]) or keys.get("/DP", keys.get("/DecodeParms")):
        return None
    return len(unpack(data, "/FlateDecode", {}, _MOST_BYTES))


def _inflated_length(packed: bytes, most_bytes: int) -> int:
    """How long packed bytes are unpacked, as far as ``most_bytes``."""
    inflater, length, rest = zlib.decompressobj(), 0, packed
    try:
        while rest and not inflater.eof and length <= most_bytes:
            piece = inflater.decompress(rest, _CHUNK)
            spend(len(piece) // _BYTES_A_STEP)
            length, rest = length + len(piece), inflater.unconsumed_tail
    except zlib.error:
        if not length:
            raise DamagedStream("its data are packed wrongly") from None
    return length


def open_coded(coded: bytes, name: str, claim: Claim) -> Image.Image | None:
    """A picture out of JPEG or JPEG 2000 data, smaller where that is faster; ``name`` is that of the filter.

    None where this picture cannot be opened here. Raises DamagedStream for data that are no such picture, another one
    than is claimed, or not all of it.
    """
    spend(len(coded) // _CODED_BYTES_A_STEP)
    if name == "/JPXDecode":
        if not coded.startswith(_JPX):
            raise DamagedStream("its data are no JPEG 2000")
    elif not _is_opened(coded, claim):
        return None
    try:
        picture = Image.open(io.BytesIO(coded))
    except (UnidentifiedImageError, Image.DecompressionBombError):
        return None
    except (OSError, SyntaxError, ValueError) as fault:
        raise DamagedStream(f"its data cannot be read: {fault}") from fault
    if picture.size != (claim.width, claim.height):
        raise DamagedStream(f"its data are {picture.width} × {picture.height} px; it says {claim.size}")
    if name == "/JPXDecode":
        return _load_jpx(picture, coded)
    picture.draft(picture.mode, (SEEN_PX, SEEN_PX))
    return _loaded(picture)


def _load_jpx(picture: Image.Image, coded: bytes) -> Image.Image | None:
    """A JPEG 2000 in a resolution that is about as large as is looked at; whole where it has but the one."""
    halvings = max(0, (min(picture.size) // SEEN_PX).bit_length() - 1)
    setattr(picture, "reduce", halvings)  # noqa: B010 - the plugin's number hides the method of that name
    try:
        return _loaded(picture)
    except DamagedStream:
        if not halvings:
            raise
    if picture.width * picture.height > _MOST_PROGRESSIVE_PX:
        return None
    return _loaded(Image.open(io.BytesIO(coded)))


def _loaded(picture: Image.Image) -> Image.Image:
    try:
        with _to_the_end():
            picture.load()
    except (OSError, SyntaxError, ValueError) as fault:
        raise DamagedStream("its data break off, or are no picture") from fault
    return picture


@contextlib.contextmanager
def _to_the_end() -> Iterator[None]:
    """Data that break off are a fault, though the engine tells Pillow for the whole program that they are none."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _is_opened(coded: bytes, claim: Claim) -> bool:
    """Whether a JPEG of this kind can be opened. Raises DamagedStream for one of other channels than is claimed."""
    if not coded.startswith(b"\xff\xd8"):
        raise DamagedStream("its data are no JPEG")
    at = 2
    while at + 10 <= len(coded):
        marker = coded[at + 1]
        if coded[at] != 0xFF or marker == 0xFF:
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _FRAMES:
            bits, channels = coded[at + 4], coded[at + 9]
            if claim.channels and channels != claim.channels:
                raise DamagedStream(f"its data have {channels} channels; its colour space has {claim.channels}")
            height, width = (int.from_bytes(coded[at + 5 + side : at + 7 + side], "big") for side in (0, 2))
            if height and (width, height) != (claim.width, claim.height):  # too large to be opened, perhaps
                raise DamagedStream(f"its data are {width} × {height} px; it says {claim.size}")
            px = claim.width * claim.height
            if marker in _PROGRESSIVE:  # each of its scans goes over all of it
                px = max(px * coded.count(_SCAN) // _USUAL_SCANS, px)
            most = _MOST_PROGRESSIVE_PX if marker in _PROGRESSIVE else _MOST_PX
            return bits == 8 and channels in (1, 3, 4) and px <= most
        else:
            at += 2 + int.from_bytes(coded[at + 2 : at + 4], "big")
    raise DamagedStream("its data have no picture")
