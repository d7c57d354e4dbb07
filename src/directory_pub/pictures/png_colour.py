"""The chunks gAMA and cHRM of a PNG, which say less than a profile and the same things, as a profile."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["profile_of_chunks"]

_Matrix = tuple[tuple[float, ...], ...]
_SRGB_GAMMA = 1 / 2.2
_SRGB_CHROMATICITY = (0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
_NEAR_GAMMA, _NEAR_CHROMATICITY = 0.01, 0.005
_D50 = (0.9642, 1.0, 0.8249)
_BRADFORD: _Matrix = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))


@lru_cache(maxsize=16)
def profile_of_chunks(gamma: float | None, chromaticity: tuple[float, ...] | None) -> bytes | None:
    """An RGB profile of a gamma and of white, red, green and blue as x and y; None where that is about sRGB.

    Without a gamma nothing can be said: primaries alone do not make a colour.
    """
    if not gamma or gamma <= 0:
        return None
    primaries = tuple(chromaticity or _SRGB_CHROMATICITY)
    as_srgb = all(
        abs(one - other) < _NEAR_CHROMATICITY for one, other in zip(primaries, _SRGB_CHROMATICITY, strict=True)
    )
    if (as_srgb and abs(gamma - _SRGB_GAMMA) < _NEAR_GAMMA) or not all(primaries[1::2]):
        return None
    return _profile(_colorants(primaries), 1 / gamma)


def _colorants(primaries: Sequence[float]) -> _Matrix:
    """Red, green and blue as XYZ under D50, the white that profiles are written for."""
    white, *colours = (_xyz(x, y) for x, y in zip(primaries[::2], primaries[1::2], strict=True))
    unscaled = tuple(zip(*colours, strict=True))
    scaled = tuple(
        tuple(c * s for c, s in zip(row, _apply(_inverse(unscaled), white), strict=True)) for row in unscaled
    )
    cones = zip(_apply(_BRADFORD, _D50), _apply(_BRADFORD, white), strict=True)
    gains = [wanted / found for wanted, found in cones]
    adapted = tuple(tuple(c * gain for c in row) for row, gain in zip(_multiply(_BRADFORD, scaled), gains, strict=True))
    return tuple(zip(*_multiply(_inverse(_BRADFORD), adapted), strict=True))


def _xyz(x: float, y: float) -> tuple[float, ...]:
    return (x / y, 1.0, (1 - x - y) / y)


def _apply(matrix: _Matrix, vector: Sequence[float]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def _multiply(one: _Matrix, other: _Matrix) -> _Matrix:
    return tuple(zip(*(_apply(one, column) for column in zip(*other, strict=True)), strict=True))


def _inverse(matrix: _Matrix) -> _Matrix:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    rows = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    size = a * rows[0][0] + b * rows[1][0] + c * rows[2][0]
    return tuple(tuple(each / size for each in row) for row in rows)


def _profile(colorants: _Matrix, gamma: float) -> bytes:
    """The bytes of a display profile of version 2, the tags behind one another."""
    curve = struct.pack(">4s4xIH2x", b"curv", 1, round(gamma * 256))
    tags = {b"wtpt": _xyz_tag(_D50), b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    tags |= {name: _xyz_tag(xyz) for name, xyz in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colorants, strict=True)}
    table, data, start = b"", b"", 132 + 12 * len(tags)
    for name, tag in tags.items():
        table += struct.pack(">4sII", name, start + len(data), len(tag))
        data += tag
    head = struct.pack(
        ">I4sI4s4s4s12x4s4x24x3I48x",
        start + len(data),
        b"",
        0x02100000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        b"acsp",
        *_fixed(_D50),
    )
    return head + struct.pack(">I", len(tags)) + table + data


def _xyz_tag(xyz: Sequence[float]) -> bytes:
    return struct.pack(">4s4x3i", b"XYZ ", *_fixed(xyz))


def _fixed(numbers: Sequence[float]) -> list[int]:
    return [round(number * 65536) for number in numbers]
