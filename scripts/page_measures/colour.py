"""Colours as the eye sees them: CIELAB, and contrast on the screen."""

from __future__ import annotations

import io
from functools import cache
from itertools import product
from math import atan2, degrees, hypot
from pathlib import Path

from PIL import Image, ImageCms

__all__ = ["Lab", "Profile", "contrast", "hue_apart", "lab_of_screen"]

Lab = tuple[float, float, float]
_WHITE = (0.95047, 1.0, 1.08883)
_TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))


class Profile:
    """A printer's profile (ICC, CMYK); one that cannot be read or is of another kind raises ``ValueError``."""

    def __init__(self, file: Path) -> None:
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(file.read_bytes()))
            lab = ImageCms.createProfile("LAB")
            intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
            self._transform = ImageCms.buildTransform(profile, lab, "CMYK", "LAB", intent)
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError) as error:
            raise ValueError(f"{file} is no profile of CMYK: {error}") from None

    def lab(self, inks: tuple[float, ...]) -> Lab:
        """How four shares of 1 print. The mean of the tones around: one tone alone comes in whole numbers."""
        around = [
            [min(255, max(0, round(255 * share) + step)) for step in range(-2, 3)] for share in (*inks, 0, 0, 0)[:4]
        ]
        tones = [bytes(each) for each in product(*around)]
        picture = Image.frombytes("CMYK", (len(tones), 1), b"".join(tones))
        converted = ImageCms.applyTransform(picture, self._transform)
        assert converted is not None
        raw = converted.tobytes()
        light, a, b = (raw[channel::3] for channel in range(3))
        signed = [sum(v - 256 if v > 127 else v for v in values) / len(values) for values in (a, b)]
        return sum(light) / len(light) * 100 / 255, signed[0], signed[1]


@cache
def lab_of_screen(colour: tuple[float, ...]) -> Lab:
    """An sRGB colour, three shares of 1."""
    linear = [_linear(share) for share in colour]
    x, y, z = (
        _root(sum(part * share for part, share in zip(row, linear, strict=True)) / white)
        for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast of two sRGB colours as WCAG has it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def _luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = (_linear(value / 255) for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def hue_apart(one: Lab, other: Lab) -> float | None:
    """How many degrees two hues are apart; nothing where one is a grey."""
    if min(hypot(*one[1:]), hypot(*other[1:])) < 1.5:
        return None
    apart = abs(degrees(atan2(one[2], one[1]) - atan2(other[2], other[1]))) % 360
    return min(apart, 360 - apart)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _root(share: float) -> float:
    return float(share ** (1 / 3)) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116
