"""What one sRGB colour is on the press, where no table of inks says it: by the printer's profile."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageCms

from directory_pub.prepare.pictures import press_profile

__all__ = ["press_colour", "press_lab"]

Srgb = tuple[int, int, int]
Cmyk = tuple[float, float, float, float]
_WHITE, _BLACK = 255, 0
_NEUTRAL = 128  # the level of a and b that is 0


def press_colour(srgb: Srgb, profile_path: Path, ink_limit_percent: float | None = None) -> Cmyk:
    """The four plates in per cent: relative colorimetric, within the limit; greys are the black plate's.

    Black that is mixed of four plates would show a coloured edge where one of them is a hair beside the others.
    """
    red, green, blue = srgb
    if red == green == blue:
        return (0.0, 0.0, 0.0, _black_plate(red, profile_path))
    plates = ImageCms.applyTransform(Image.new("RGB", (1, 1), srgb), _into_press(profile_path))
    assert plates is not None
    cyan, magenta, yellow, black = (round(value / 2.55) for value in plates.getpixel((0, 0)))  # type: ignore[union-attr] # it has four bands
    share = 1.0
    if ink_limit_percent is not None and (coloured := cyan + magenta + yellow):
        share = min((ink_limit_percent - black) / coloured, 1.0)
    return (float(int(cyan * share)), float(int(magenta * share)), float(int(yellow * share)), float(black))


def press_lab(cmyk_percent: Cmyk, profile_path: Path) -> tuple[float, float, float]:
    """What an ink looks like on the press: L (0 to 100), a and b in CIE Lab, against the paper."""
    pixel = Image.new("CMYK", (1, 1), tuple(round(value * 2.55) for value in cmyk_percent))
    drawn = ImageCms.applyTransform(pixel, _from_press(profile_path))
    assert drawn is not None
    lightness, a, b = drawn.getpixel((0, 0))  # type: ignore[misc] # it has three bands
    return lightness / 2.55, float(a - _NEUTRAL), float(b - _NEUTRAL)


def _black_plate(grey: int, profile_path: Path) -> float:
    """How much black is as light as a grey; none for white, all of it for black."""
    if grey in (_WHITE, _BLACK):
        return 0.0 if grey == _WHITE else 100.0
    lightness = _lightness_of_black(profile_path)
    wanted = _lightness_of_grey(grey)
    return float(min(range(101), key=lambda percent: abs(lightness[percent] - wanted)))


def _lightness_of_grey(grey: int) -> float:
    linear = grey / 255 / 12.92 if grey / 255 <= 0.04045 else ((grey / 255 + 0.055) / 1.055) ** 2.4
    return 116 * linear ** (1 / 3) - 16 if linear > 216 / 24389 else linear * 24389 / 27


@lru_cache(maxsize=4)
def _lightness_of_black(profile_path: Path) -> tuple[float, ...]:
    """The lightness (0 to 100) of the black plate alone, by its per cent."""
    ramp = Image.new("CMYK", (101, 1))
    for percent in range(101):
        ramp.putpixel((percent, 0), (0, 0, 0, round(percent * 2.55)))
    drawn = ImageCms.applyTransform(ramp, _from_press(profile_path))
    assert drawn is not None
    return tuple(float(drawn.getpixel((percent, 0))[0]) / 2.55 for percent in range(101))  # type: ignore[index] # three bands


@lru_cache(maxsize=4)
def _from_press(profile_path: Path) -> ImageCms.ImageCmsTransform:
    return _transform_from(profile_path.read_bytes())


@lru_cache(maxsize=4)
def _transform_from(profile: bytes) -> ImageCms.ImageCmsTransform:
    """The way from a press to Lab; it takes a moment to make, wherever the profile lies."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    press = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.buildTransform(press, lab, "CMYK", "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC)


@lru_cache(maxsize=4)
def _into_press(profile_path: Path) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        press_profile(profile_path),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
