"""One picture at the resolution and in the colour space of a target, encoded once.

A JPEG that already fits is passed on byte for byte: every new encoding costs sharpness.
What was lossless stays lossless on the press; for the screen the smaller encoding is taken.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import Image, ImageCms, ImageFile

from directory_pub.prepare.ink_limit import limit_ink
from directory_pub.prepare.prepared import ColourSpace, PictureCache, PreparedPicture

__all__ = ["Colour", "PictureError", "prepare_picture"]

Colour = Literal["cmyk", "srgb", "grey"]

# How far a picture may lie above the wanted resolution before it is resampled. On the press a
# resampling costs more than it saves; by mail every pixel is paid for.
_EXCESS: dict[Colour, float] = {"cmyk": 1.5, "srgb": 1.0, "grey": 1.5}
_QUALITY: dict[Colour, int] = {"cmyk": 95, "srgb": 85, "grey": 95}
_MODES: dict[Colour, str] = {"cmyk": "CMYK", "srgb": "RGB", "grey": "L"}
_SPACES: dict[str, ColourSpace] = {"CMYK": "DeviceCMYK", "RGB": "DeviceRGB", "L": "DeviceGray"}
# Raised when the same picture would come out as other bytes: old cache folders then miss.
_ENCODING = 1


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
    cache: PictureCache | None = None,
) -> PreparedPicture:
    """Prepare one picture that is placed ``width_pt`` wide.

    ``picture`` is the bytes of an image file or its pixels; an embedded profile is honoured,
    RGB without one is sRGB and CMYK without one was made for ``profile_path``. Grey stays
    grey, and a JPEG that needs neither resampling nor conversion keeps its bytes. With
    ``target_ppi=None`` the pixels are kept. What is converted to CMYK keeps to ``ink_limit_percent``.
    Raises PictureError.
    """
    cache = PictureCache() if cache is None else cache
    try:
        image = Image.open(io.BytesIO(picture)) if isinstance(picture, bytes) else picture
        width_px = _wanted_width_px(image, target_ppi, width_pt, colour)
        key = _key(picture, width_px, colour, profile_path, ink_limit_percent)
        prepared = cache.get(key)
        if prepared is None:
            with _whole_files_only():
                prepared = _prepare(picture, image, width_px, colour, profile_path, ink_limit_percent=ink_limit_percent)
            cache.keep(key, prepared)
    except (OSError, SyntaxError, ImageCms.PyCMSError, Image.DecompressionBombError) as error:
        raise PictureError(str(error)) from error
    return prepared


@contextmanager
def _whole_files_only() -> Iterator[None]:
    """Refuse truncated files: the engine tells Pillow to take them, for the whole program."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _prepare(
    picture: Image.Image | bytes,
    image: Image.Image,
    width_px: int,
    colour: Colour,
    profile_path: Path,
    *,
    ink_limit_percent: float | None,
) -> PreparedPicture:
    if isinstance(picture, bytes) and _fits(image, width_px, colour):
        return _passed_on(picture, image)
    return _encoded(_resampled(image, width_px), image, colour, profile_path, ink_limit_percent)


def _wanted_width_px(image: Image.Image, target_ppi: int | None, width_pt: float, colour: Colour) -> int:
    if target_ppi is None:
        return image.width
    width_px = max(1, round(target_ppi * width_pt / 72))
    return width_px if image.width > width_px * _EXCESS[colour] else image.width


def _key(
    picture: Image.Image | bytes, width_px: int, colour: Colour, profile_path: Path, ink_limit_percent: float | None
) -> str:
    digest = hashlib.sha256(f"{_ENCODING} {width_px} {colour} {ink_limit_percent} ".encode())
    digest.update(_profile_digest(profile_path))
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


def _fits(image: Image.Image, width_px: int, colour: Colour) -> bool:
    """Whether the JPEG can go into the PDF as it is; CMYK and grey keep their figures."""
    if image.format != "JPEG" or image.width != width_px:
        return False
    if colour == "srgb" and (image.info.get("progressive") or image.mode == "CMYK"):
        return False
    return image.mode == "L" or (
        image.mode == _MODES[colour] and (colour == "cmyk" or not image.info.get("icc_profile"))
    )


def _passed_on(picture: bytes, image: Image.Image) -> PreparedPicture:
    image.load()  # or half a file would go to the press
    return PreparedPicture(
        data=picture,
        filter="DCTDecode",
        colourspace=_SPACES[image.mode],
        width_px=image.width,
        height_px=image.height,
        inverted=image.mode == "CMYK" and "APP14" in getattr(image, "app", {}),
    )


def _resampled(image: Image.Image, width_px: int) -> Image.Image:
    """The pixels in one of the modes L, LA, RGB, RGBA or CMYK, at the wanted width."""
    plain = image.convert(_plain_mode(image))
    if width_px == image.width:
        return plain
    height_px = max(1, round(image.height * width_px / image.width))
    return plain.resize((width_px, height_px), Image.Resampling.LANCZOS)


def _plain_mode(image: Image.Image) -> str:
    if image.mode == "F" or image.mode.startswith("I"):
        raise PictureError(f"more than 8 bits a channel ({image.mode})")
    if image.mode == "CMYK":
        return "CMYK"
    channels = "L" if image.mode in ("1", "L", "LA", "La") else "RGB"
    return channels + ("A" if image.has_transparency_data else "")


def _encoded(
    image: Image.Image, source: Image.Image, colour: Colour, profile_path: Path, ink_limit_percent: float | None
) -> PreparedPicture:
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    mask = None if alpha is None else _flate(alpha, None)
    plane = image if alpha is None else image.convert(image.mode[:-1])
    plane = _converted(plane, source.info.get("icc_profile"), colour, profile_path)
    if plane.mode == "CMYK" and ink_limit_percent is not None:
        plane = limit_ink(plane, ink_limit_percent)
    if source.format in ("JPEG", "MPO"):
        return _jpeg(plane, colour, mask)
    lossless = _flate(plane, mask)
    if colour != "srgb":
        return lossless
    return min(lossless, _jpeg(plane, colour, mask), key=lambda prepared: len(prepared.data))


def _converted(plane: Image.Image, embedded: bytes | None, colour: Colour, profile_path: Path) -> Image.Image:
    """The plane in the target's colour space: relative colorimetric, black point compensated."""
    if plane.mode == "L":
        return plane
    if colour == "grey":
        return plane.convert("L")
    if plane.mode == _MODES[colour] and (colour == "cmyk" or not embedded):
        return plane
    converted = ImageCms.applyTransform(plane, _transform(embedded, plane.mode, colour, profile_path))
    if converted is None:
        raise PictureError("the conversion gave no picture")
    return converted


@lru_cache(maxsize=16)
def _transform(embedded: bytes | None, mode: str, colour: Colour, profile_path: Path) -> ImageCms.ImageCmsTransform:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    press = ImageCms.ImageCmsProfile(str(profile_path))
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


def _jpeg(plane: Image.Image, colour: Colour, mask: PreparedPicture | None) -> PreparedPicture:
    plane.info = {}  # or a comment of the source would come along
    encoded = io.BytesIO()
    plane.save(
        encoded,
        "JPEG",
        quality=_QUALITY[colour],
        subsampling="4:2:0" if colour == "srgb" else "4:4:4",
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
