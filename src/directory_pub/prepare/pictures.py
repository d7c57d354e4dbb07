"""One picture at the resolution and in the colour space of a target, encoded once.

A JPEG that already fits is passed on byte for byte: every new encoding costs sharpness.
What was lossless stays lossless on the press; for the screen the smaller encoding is taken.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Literal

from msgspec import Struct
from PIL import Image, ImageCms

from directory_pub.pictures import into_srgb, lacks_marker, own_profile, whole_files_only
from directory_pub.prepare.ink_limit import limit_ink
from directory_pub.prepare.prepared import ColourSpace, PictureCache, PreparedPicture

__all__ = ["Colour", "PictureError", "colour_transform", "prepare_picture", "press_profile"]

Colour = Literal["cmyk", "srgb", "grey"]

# How far a picture may lie above the wanted resolution before it is resampled. On the press a
# resampling costs more than it saves; by mail every pixel is paid for.
_HAIR_PX = 0.01  # of a pixel: figures that were rounded on their way here
_EXCESS: dict[Colour, float] = {"cmyk": 1.5, "srgb": 1.0, "grey": 1.5}
_QUALITY: dict[Colour, int] = {"cmyk": 95, "srgb": 85, "grey": 95}
# A JPEG that has the right size is encoded a second time only where that saves a tenth.
_WORTH_ENCODING_ANEW = 0.9
_MODES: dict[Colour, str] = {"cmyk": "CMYK", "srgb": "RGB", "grey": "L"}
_SPACES: dict[str, ColourSpace] = {"CMYK": "DeviceCMYK", "RGB": "DeviceRGB", "L": "DeviceGray"}
# Raised when the same picture would come out as other bytes: old cache folders then miss.
_ENCODING = 2


class _Order(Struct, frozen=True, kw_only=True):
    """What one picture is to become: all that its bytes depend on besides itself."""

    width_px: int
    colour: Colour
    profile_path: Path
    ink_limit_percent: float | None
    jpeg_quality: int


class PictureError(ValueError):
    """A picture that cannot be read or converted; the text says why, for the reader."""


def prepare_picture(
    picture: Image.Image | bytes,
    *,
    target_ppi: int | None,
    width_pt: float,
    colour: Colour,
    profile_path: Path,
    ink_limit_percent: float | None = None,
    jpeg_quality: int | None = None,
    cache: PictureCache | None = None,
) -> PreparedPicture:
    """Prepare one picture that is placed ``width_pt`` wide.

    ``picture`` is the bytes of an image file or its pixels; a profile of its own is honoured where it can
    be read, RGB without one is sRGB and CMYK without one was made for ``profile_path``. Grey stays
    grey, and a JPEG that needs neither resampling nor conversion keeps its bytes. With
    ``target_ppi=None`` the pixels are kept. What is converted to CMYK keeps to ``ink_limit_percent``.
    ``jpeg_quality`` is 1 to 95; below the target's own a JPEG is encoded anew where that makes it
    a tenth lighter. Raises PictureError.
    """
    cache = PictureCache() if cache is None else cache
    try:
        image = Image.open(io.BytesIO(picture)) if isinstance(picture, bytes) else picture
        order = _Order(
            width_px=_wanted_width_px(image, target_ppi, width_pt, colour),
            colour=colour,
            profile_path=profile_path,
            ink_limit_percent=ink_limit_percent,
            jpeg_quality=_QUALITY[colour] if jpeg_quality is None else jpeg_quality,
        )
        key = _key(picture, order)
        prepared = cache.get(key)
        if prepared is None:
            with whole_files_only():
                prepared = _prepare(picture, image, order)
            cache.keep(key, prepared)
    except (OSError, SyntaxError, ImageCms.PyCMSError, Image.DecompressionBombError) as error:
        raise PictureError(str(error)) from error
    return prepared


def _prepare(picture: Image.Image | bytes, image: Image.Image, order: _Order) -> PreparedPicture:
    if not isinstance(picture, bytes) or not _fits(image, order):
        return _encoded(_resampled(image, order.width_px), image, order)
    kept = _passed_on(picture, image)
    if order.jpeg_quality >= _QUALITY[order.colour]:
        return kept
    anew = _encoded(_resampled(image, order.width_px), image, order)
    return anew if len(anew.data) < len(kept.data) * _WORTH_ENCODING_ANEW else kept


def _wanted_width_px(image: Image.Image, target_ppi: int | None, width_pt: float, colour: Colour) -> int:
    if target_ppi is None:
        return image.width
    width_px = max(1, ceil(target_ppi * width_pt / 72 - _HAIR_PX))  # never fewer than were asked for
    return width_px if image.width > width_px * _EXCESS[colour] else image.width


def _key(picture: Image.Image | bytes, order: _Order) -> str:
    told = f"{_ENCODING} {order.width_px} {order.colour} {order.ink_limit_percent} {order.jpeg_quality} "
    digest = hashlib.sha256(told.encode())
    digest.update(_profile_digest(order.profile_path))
    if isinstance(picture, bytes):
        digest.update(picture)
    else:
        digest.update(f"{picture.mode} {picture.size} ".encode())
        digest.update(picture.info.get("icc_profile") or b"")
        digest.update(picture.tobytes())
    return digest.hexdigest()


@lru_cache(maxsize=8)
def _profile_digest(profile_path: Path) -> bytes:
    return hashlib.sha256(profile_path.read_bytes()).digest()


def _fits(image: Image.Image, order: _Order) -> bool:
    """Whether the JPEG can go into the PDF as it is: of the right size, its figures those of the target."""
    if image.format != "JPEG" or image.width != order.width_px:
        return False
    if order.colour == "srgb" and image.info.get("progressive"):
        return False
    if lacks_marker(image):  # readers do not agree on what its full ink is
        return False
    return image.mode in ("L", _MODES[order.colour]) and not _is_foreign(own_profile(image), order)


def _is_foreign(profile: bytes | None, order: _Order) -> bool:
    """Whether a picture's own profile is another than that which its figures are read by unconverted."""
    if profile is None or order.colour != "cmyk":
        return profile is not None
    return hashlib.sha256(profile).digest() != _profile_digest(order.profile_path)


def _passed_on(picture: bytes, image: Image.Image) -> PreparedPicture:
    image.load()  # or half a file would go to the press
    return PreparedPicture(
        data=picture,
        filter="DCTDecode",
        colourspace=_SPACES[image.mode],
        width_px=image.width,
        height_px=image.height,
        inverted=image.mode == "CMYK",  # as Adobe's marker says, which it has
    )


def _resampled(image: Image.Image, width_px: int) -> Image.Image:
    """The pixels in one of the modes L, LA, RGB, RGBA or CMYK, at the wanted width."""
    plain = image.convert(_plain_mode(image))
    if width_px == image.width:
        return plain
    height_px = max(1, ceil(image.height * width_px / image.width - _HAIR_PX))
    return plain.resize((width_px, height_px), Image.Resampling.LANCZOS)


def _plain_mode(image: Image.Image) -> str:
    if image.mode == "F" or image.mode.startswith("I"):
        raise PictureError(f"more than 8 bits a channel ({image.mode})")
    if image.mode == "CMYK":
        return "CMYK"
    channels = "L" if image.mode in ("1", "L", "LA", "La") else "RGB"
    return channels + ("A" if image.has_transparency_data else "")


def _encoded(image: Image.Image, source: Image.Image, order: _Order) -> PreparedPicture:
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    mask = None if alpha is None else _flate(alpha, None)
    plane = image if alpha is None else image.convert(image.mode[:-1])
    plane = _converted(plane, own_profile(source), order)
    if plane.mode == "CMYK" and order.ink_limit_percent is not None:
        plane = limit_ink(plane, order.ink_limit_percent)
    if source.format in ("JPEG", "MPO"):
        return _jpeg(plane, order, mask)
    lossless = _flate(plane, mask)
    if order.colour != "srgb":
        return lossless
    return min(lossless, _jpeg(plane, order, mask), key=lambda prepared: len(prepared.data))


def _converted(plane: Image.Image, own: bytes | None, order: _Order) -> Image.Image:
    """The plane in the target's colour space: relative colorimetric, black point compensated."""
    if plane.mode == "L":
        return into_srgb(plane, own) if own else plane
    if order.colour == "grey":
        return plane.convert("L")
    if plane.mode == _MODES[order.colour] and not _is_foreign(own, order):
        return plane
    converted = ImageCms.applyTransform(plane, colour_transform(own, plane.mode, order.colour, order.profile_path))
    if converted is None:
        raise PictureError("the conversion gave no picture")
    return converted


def press_profile(profile_path: Path) -> ImageCms.ImageCmsProfile:
    """The profile, read whole: a profile opened by its path reads on in an open file.

    Processes that were forked share the place in such a file, and take it from one another.
    """
    return ImageCms.ImageCmsProfile(io.BytesIO(profile_path.read_bytes()))


@lru_cache(maxsize=16)
def colour_transform(
    embedded: bytes | None, mode: str, colour: Colour, profile_path: Path
) -> ImageCms.ImageCmsTransform:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    press = press_profile(profile_path)
    source = press if mode == "CMYK" else srgb
    if embedded:
        source = ImageCms.ImageCmsProfile(io.BytesIO(embedded))
    return ImageCms.buildTransform(
        source,
        press if colour == "cmyk" else srgb,
        mode,
        _MODES[colour],
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _jpeg(plane: Image.Image, order: _Order, mask: PreparedPicture | None) -> PreparedPicture:
    plane.info = {}  # or a comment of the source would come along
    encoded = io.BytesIO()
    plane.save(
        encoded,
        "JPEG",
        quality=order.jpeg_quality,
        subsampling="4:2:0" if order.colour == "srgb" else "4:4:4",
        optimize=True,
        progressive=False,
    )
    return PreparedPicture(
        data=encoded.getvalue(),
        filter="DCTDecode",
        colourspace=_SPACES[plane.mode],
        width_px=plane.width,
        height_px=plane.height,
        inverted=plane.mode == "CMYK",  # Pillow writes them as Adobe does
        mask=mask,
    )


def _flate(plane: Image.Image, mask: PreparedPicture | None) -> PreparedPicture:
    return PreparedPicture(
        data=zlib.compress(plane.tobytes(), 9),
        filter="FlateDecode",
        colourspace=_SPACES[plane.mode],
        width_px=plane.width,
        height_px=plane.height,
        mask=mask,
    )
