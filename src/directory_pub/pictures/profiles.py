"""What the colours of a picture mean: its own profile, or what a PNG says in other chunks."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageCms

from directory_pub.pictures.icc import fault_of_picture_profile
from directory_pub.pictures.png_colour import profile_of_chunks

__all__ = ["into_srgb", "own_profile", "profile_fault"]

_GIF_BLOCK = b"\x21\xff\x0bICCRGBG1012"  # an application extension, as the ICC registered it


def own_profile(image: Image.Image) -> bytes | None:
    """The profile that a picture's colours are to be read by, None where it has none that can be used."""
    profile = _embedded(image)
    if profile and fault_of_picture_profile(profile, _channels(image)) is None:
        return profile
    if image.format == "PNG" and not profile and "srgb" not in image.info:
        return profile_of_chunks(image.info.get("gamma"), image.info.get("chromaticity"))
    return None


def profile_fault(image: Image.Image) -> str | None:
    """What is wrong with the profile that a picture brings, in words that follow on "its colour profile"."""
    profile = _embedded(image)
    if profile is None:
        return None
    return fault_of_picture_profile(profile, _channels(image)) if profile else "is not there in all its parts"


def into_srgb(plane: Image.Image, profile: bytes) -> Image.Image:
    """A plane in L or RGB as sRGB, relative colorimetric; grey stays grey."""
    source = plane.convert("RGB") if profile[16:20] == b"RGB " and plane.mode == "L" else plane
    converted = ImageCms.applyTransform(source, _transform(profile, source.mode))
    if converted is None:
        raise ImageCms.PyCMSError("the conversion gave no picture")
    return converted.convert(plane.mode)


@lru_cache(maxsize=8)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        mode,
        "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _embedded(image: Image.Image) -> bytes | None:
    """The profile as it lies in the file; empty where it is there in parts only."""
    if image.format == "GIF":
        return _embedded_in_gif(image)
    if "icc_profile" not in image.info:
        return None
    return bytes(image.info["icc_profile"] or b"")


def _embedded_in_gif(image: Image.Image) -> bytes | None:
    file = getattr(image, "fp", None)  # which Pillow closes once it has read the picture
    if file is None:
        return None
    file.seek(0)
    _, block, rest = file.read().partition(_GIF_BLOCK)
    profile = bytearray()
    while rest and rest[0]:
        profile += rest[1 : rest[0] + 1]
        rest = rest[rest[0] + 1 :]
    return bytes(profile) if block else None


def _channels(image: Image.Image) -> str:
    """What is left of a mode without palette and alpha."""
    if image.mode == "CMYK":
        return "CMYK"
    return "L" if image.mode in ("1", "L", "LA", "La") else "RGB"
