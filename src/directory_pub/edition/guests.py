"""Guests: ready pages of others, such as adverts, that are laid into the book as they are.

What is known of a guest's file is here: its page, its boxes as they are displayed, and what of it is shown.
A picture comes in as a page of its own.
"""

from __future__ import annotations

import functools
import io
import zlib
from pathlib import Path
from typing import Any

import pikepdf
from msgspec import Struct
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageOps

from directory_pub.pictures import KINDS, UNREADABLE, look_at_picture
from directory_pub.storage.enclosure import read_bytes
from directory_pub.storage.hashes import file_hash, hash_of

__all__ = ["Guest", "GuestError", "Leaf", "Shown", "guest_page", "read_leaf", "show", "whole_page"]

PT_PER_MM = 72 / 25.4
_MOST_BYTES = 200_000_000
_HEAD_BYTES = 1024
_CLOSE_MM = 0.5  # a leaf is of a size if it is so close to it
_ALIKE = 0.01  # how far a picture's shape may be from that of its place
_BROKEN = (pikepdf.PdfError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError)
Rect = tuple[float, float, float, float]


class GuestError(ValueError):
    """A guest that cannot be opened; the text says why, for whoever sent it."""


class Leaf(Struct, frozen=True, kw_only=True):
    """The first page of a guest's file: its boxes in its own units, how it is turned, and how large a unit is."""

    pages: int
    media: Rect
    trim: Rect | None = None
    bleed: Rect | None = None
    turn: int = 0
    unit: float = 1.0

    def size_mm(self, box: Rect) -> tuple[float, float]:
        """Width and height of a box as a reader sees it."""
        width, height = ((box[i + 2] - box[i]) * self.unit / PT_PER_MM for i in (0, 1))
        return (height, width) if self.turn % 180 else (width, height)


class Shown(Struct, frozen=True, kw_only=True):
    """What of a leaf is shown: its trim, and the bleed that it has beyond it on its shortest side."""

    trim: Rect
    size_mm: tuple[float, float]
    bleed_mm: float


class Guest(Struct, frozen=True, kw_only=True):
    """A guest in its place: the part of its page that is shown, ``box``, and how large that stands in the book.

    ``digest`` is made of the file's content and of all this. A picture has the size of the ``page_mm`` that it is put
    on.
    """

    path: Path
    within: tuple[Path, ...]
    digest: str
    box: Rect
    turn: int
    width_mm: float
    height_mm: float
    bleed_mm: float = 0.0
    page_mm: tuple[float, float] = (0.0, 0.0)

    def read(self) -> bytes:
        """The file as a PDF."""
        return _page_bytes(self.path, self.within, self.page_mm, _hash(self.path))


@functools.lru_cache(maxsize=4)
def _page_bytes(path: Path, within: tuple[Path, ...], page_mm: tuple[float, float], _: str) -> bytes:
    """A guest's file as a PDF; a picture becomes one of that size. Raises Refused, or GuestError."""
    content = read_bytes(path, *within, most_bytes=_MOST_BYTES)
    if b"%PDF-" in content[:_HEAD_BYTES]:
        return content
    return _picture_page(content, page_mm)


def whole_page(path: Path, within: tuple[Path, ...], bleed_mm: float = 0.0) -> Guest:
    """A ready page as large as it is, with so much bleed as it has up to ``bleed_mm``: for a layout to put anywhere.

    Raises Refused, or GuestError.
    """
    content = read_bytes(path, *within, most_bytes=_MOST_BYTES)
    if b"%PDF-" not in content[:_HEAD_BYTES]:
        raise GuestError("it is no PDF")
    leaf = read_leaf(content)
    size_mm = leaf.size_mm(leaf.trim or leaf.media)
    return guest_page(path, within, size_mm, bleed_mm)[2]


def _hash(path: Path) -> str:
    return file_hash(path) if path.is_file() else ""


def guest_page(
    path: Path, within: tuple[Path, ...], size_mm: tuple[float, float], bleed_mm: float
) -> tuple[Leaf, Shown, Guest]:
    """A guest that is to be laid in at a size, with so much bleed. Raises Refused, or GuestError.

    Whether it has that size is for whoever checks it: what it has is shown in the place of that size.
    """
    return _guest_page(path, within, size_mm, bleed_mm, _hash(path))


@functools.lru_cache(maxsize=64)
def _guest_page(
    path: Path, within: tuple[Path, ...], size_mm: tuple[float, float], bleed_mm: float, content: str
) -> tuple[Leaf, Shown, Guest]:
    page_mm = _page_of_picture(path, within, size_mm, bleed_mm)
    leaf = read_leaf(_page_bytes(path, within, page_mm, content))
    shown = show(leaf, size_mm, bleed_mm)
    used_mm = min(bleed_mm, shown.bleed_mm)
    more = used_mm * PT_PER_MM / leaf.unit
    left, bottom, right, top = shown.trim
    guest = Guest(
        path=path,
        within=within,
        digest="",
        box=(left - more, bottom - more, right + more, top + more),
        turn=leaf.turn,
        width_mm=size_mm[0] + 2 * used_mm,
        height_mm=size_mm[1] + 2 * used_mm,
        bleed_mm=used_mm,
        page_mm=page_mm,
    )
    told = (guest.box, guest.turn, guest.width_mm, guest.height_mm)
    return leaf, shown, replace(guest, digest=hash_of("guest", content, *told))


# -------------------------------------------------------------------- the boxes of a page
def read_leaf(content: bytes) -> Leaf:
    """The first page of a PDF; raises GuestError."""
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            page = pdf.pages[0]
            media = _rect(page.obj, "/MediaBox")
            crop = _rect(page.obj, "/CropBox") if _inherited(page.obj, "/CropBox") is not None else media
            return Leaf(
                pages=len(pdf.pages),
                media=_within(crop, media),
                trim=_own(page.obj, "/TrimBox", media),
                bleed=_own(page.obj, "/BleedBox", media),
                turn=int(_inherited(page.obj, "/Rotate") or 0) % 360 // 90 * 90,
                unit=float(page.obj.get("/UserUnit", 1)) or 1.0,
            )
    except pikepdf.PasswordError:
        raise GuestError("it opens only with a password") from None
    except _BROKEN:
        raise GuestError("it cannot be read as a PDF") from None


def _inherited(page: Any, key: str) -> Any:
    for _ in range(32):
        if key in page or "/Parent" not in page:
            return page.get(key)
        page = page.Parent
    return None


def _rect(page: Any, key: str) -> Rect:
    edges = [float(edge) for edge in _inherited(page, key)]
    left, right = sorted((edges[0], edges[2]))
    bottom, top = sorted((edges[1], edges[3]))
    if right - left < 1 or top - bottom < 1:
        raise ValueError("a box without a size")
    return left, bottom, right, top


def _own(page: Any, key: str, media: Rect) -> Rect | None:
    return _within(_rect(page, key), media) if key in page else None


def _within(box: Rect, other: Rect) -> Rect:
    return max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3])


def show(leaf: Leaf, size_mm: tuple[float, float], bleed_mm: float) -> Shown:
    """What of a leaf stands in a place of a size: its trim, or where nothing says so, what lies within the bleed."""
    box = leaf.trim or leaf.media
    size = leaf.size_mm(box)
    outer = leaf.bleed if leaf.bleed and leaf.trim else leaf.media
    with_bleed = (size_mm[0] + 2 * bleed_mm, size_mm[1] + 2 * bleed_mm)
    if bleed_mm and _close(size, with_bleed) and not _close(size, size_mm):
        less = bleed_mm * PT_PER_MM / leaf.unit
        outer, box = box, (box[0] + less, box[1] + less, box[2] - less, box[3] - less)
    beyond = (box[0] - outer[0], box[1] - outer[1], outer[2] - box[2], outer[3] - box[3])
    return Shown(trim=box, size_mm=leaf.size_mm(box), bleed_mm=max(min(beyond) * leaf.unit / PT_PER_MM, 0.0))


def _close(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) <= _CLOSE_MM for a, b in zip(one, other, strict=True))


# -------------------------------------------------------------------- pictures
def _page_of_picture(
    path: Path, within: tuple[Path, ...], size_mm: tuple[float, float], bleed_mm: float
) -> tuple[float, float]:
    """The size of the page that a picture is put on, by its shape; (0, 0) for a PDF."""
    head = read_bytes(path, *within, most_bytes=_MOST_BYTES)
    if b"%PDF-" in head[:_HEAD_BYTES]:
        return 0.0, 0.0
    width_px, height_px = _upright(head).size
    shape = width_px / height_px
    places = [(size_mm[0] + more, size_mm[1] + more) for more in (2 * bleed_mm, 0.0)]
    apart = [abs(shape / (across / down) - 1) for across, down in places]
    return places[apart.index(min(apart))] if min(apart) <= _ALIKE else (size_mm[0], size_mm[0] / shape)


def _upright(content: bytes) -> Image.Image:
    try:
        facts = look_at_picture(io.BytesIO(content))
        if facts.kind not in KINDS:
            raise GuestError(f"it is {facts.kind}; only PDF, JPEG, PNG and WEBP are laid in")
        if facts.too_large:
            raise GuestError("it has more pixels than are read")
        return ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    except UNREADABLE as fault:
        if isinstance(fault, GuestError):
            raise
        raise GuestError("it cannot be read as PDF, JPEG, PNG or WEBP") from None


def _picture_page(content: bytes, page_mm: tuple[float, float]) -> bytes:
    """A page with nothing but a picture; a JPEG that lies upright keeps its bytes."""
    image = _upright(content)
    plain = Image.open(io.BytesIO(content))
    with pikepdf.new() as pdf:
        if plain.format == "JPEG" and plain.mode in ("L", "RGB", "CMYK") and plain.getexif().get(0x0112, 1) == 1:
            picture = pdf.make_stream(content, Filter=Name.DCTDecode)
            if plain.mode == "CMYK":
                picture.Decode = Array([1, 0] * 4)
        else:
            image = _on_white(image)
            picture = pdf.make_stream(zlib.compress(image.tobytes()), Filter=Name.FlateDecode)
        mode = plain.mode if "/Decode" in picture else image.mode
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent = image.width, image.height, 8
        channels = {"L": 1, "RGB": 3, "CMYK": 4}[mode]
        picture.ColorSpace = (Name.DeviceGray, Name.DeviceRGB, Name.DeviceCMYK)[(1, 3, 4).index(channels)]
        if own := plain.info.get("icc_profile"):
            profile = pdf.make_stream(own, N=channels)
            picture.ColorSpace = Array([Name.ICCBased, profile])
        width, height = (side * PT_PER_MM for side in page_mm)
        page = pdf.add_blank_page(page_size=(width, height))
        page.Resources = Dictionary(XObject=Dictionary(Picture=picture))
        page.Contents = pdf.make_stream(f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Picture Do Q".encode())
        out = io.BytesIO()
        pdf.save(out, static_id=True)
        return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")
