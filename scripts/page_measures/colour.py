"""Colours as the eye sees them: CIELAB, the difference of two (dE2000), and contrast on the screen."""

from __future__ import annotations

import io
from functools import cache
from itertools import product
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from pathlib import Path

from PIL import Image, ImageCms

__all__ = ["Lab", "Profile", "contrast", "difference", "hue_apart", "lab_of_screen"]

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


def difference(one: Lab, other: Lab) -> float:
    """dE2000."""
    chroma = (hypot(one[1], one[2]) + hypot(other[1], other[2])) / 2
    stretch = 1 + 0.5 * (1 - sqrt(chroma**7 / (chroma**7 + 25.0**7)))
    (c1, h1), (c2, h2) = ((hypot(a * stretch, b), degrees(atan2(b, a * stretch)) % 360) for _, a, b in (one, other))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    light, mean = (one[0] + other[0]) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    weight_l = 1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2)
    weight_c, weight_h = 1 + 0.045 * mean, 1 + 0.015 * mean * t
    rotation = -2 * sqrt(mean**7 / (mean**7 + 25.0**7)) * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    dl = (other[0] - one[0]) / weight_l
    dc = (c2 - c1) / weight_c
    dh = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / weight_h
    return sqrt(dl**2 + dc**2 + dh**2 + rotation * dc * dh)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _root(share: float) -> float:
    return float(share ** (1 / 3)) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116
