"""The colours of guests: what a colour space of theirs means, and the same colour for a target.

Ink stays ink on the press: CMYK, grey and spots pass as they are, and RGB becomes CMYK by the profile of the press.
In the file for the screen everything becomes sRGB. In a mask everything becomes grey.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
from msgspec import Struct
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name

from directory_pub.edition.guests import GuestError
from directory_pub.finish.functions import NoFunctionError, evaluate
from directory_pub.prepare import Colour, PictureError
from directory_pub.prepare.colours import convert_colour

__all__ = ["GuestColours", "Space", "read_space"]

_SAMPLES = 129
_SAMPLES_EACH_WAY = 33
_TOP = 65535
_DEVICE = {"/DeviceGray": 1, "/G": 1, "/CalGray": 1, "/DeviceRGB": 3, "/RGB": 3, "/CalRGB": 3}
_DEVICE |= {"/DeviceCMYK": 4, "/CMYK": 4, "/CalCMYK": 4}
_NAMES = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
_TARGETS: dict[Colour, int] = {"cmyk": 4, "srgb": 3, "grey": 1}
_D50 = (0.9642, 1.0, 0.8249)
Components = tuple[float, ...]


class Space(Struct, frozen=True, kw_only=True):
    """A colour space: ``family`` is grey, rgb, cmyk, lab, indexed, spot or pattern, ``base`` what it stands on.

    ``tint`` is the function of a spot, ``table`` the colours of an index.
    """

    family: str
    channels: int
    profile: bytes | None = None
    base: Space | None = None
    tint: Any = None
    table: bytes = b""
    limits: tuple[float, ...] = ()

    @property
    def first(self) -> Components:
        """The colour that the space begins with."""
        if self.family == "spot":
            return (1.0,) * self.channels
        return (0.0, 0.0, 0.0, 1.0) if self.family == "cmyk" else (0.0,) * self.channels


def read_space(written: Any, named: Any, depth: int = 0) -> Space:
    """A colour space as a file writes it; ``named`` are the resources that it may name. Raises GuestError."""
    if depth > 8:
        raise GuestError("a colour space in it stands on itself")
    try:
        return _read_space(written, named, depth)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
        if isinstance(fault, GuestError):
            raise
        raise GuestError("a colour space in it cannot be read") from fault


def _read_space(written: Any, named: Any, depth: int) -> Space:  # noqa: PLR0911 - one a family
    if isinstance(written, Name | str):
        name = str(written)
        if name in _DEVICE:
            return _device(_DEVICE[name])
        if name == "/Pattern":
            return Space(family="pattern", channels=0)
        return read_space(named[name], Dictionary(), depth + 1)
    kind = str(written[0])
    if kind in _DEVICE:
        return _device(_DEVICE[kind])
    match kind:
        case "/ICCBased":
            channels = int(written[1].N)
            return replace(_device(channels), profile=written[1].read_bytes() if channels != 1 else None)
        case "/Lab":
            limits = tuple(float(edge) for edge in written[1].get("/Range", [-100, 100, -100, 100]))
            return Space(family="lab", channels=3, limits=limits)
        case "/Indexed" | "/I":
            table = written[3].read_bytes() if isinstance(written[3], pikepdf.Stream) else bytes(written[3])
            return Space(family="indexed", channels=1, base=read_space(written[1], named, depth + 1), table=table)
        case "/Separation":
            return Space(family="spot", channels=1, base=read_space(written[2], named, depth + 1), tint=written[3])
        case "/DeviceN":
            like = read_space(written[2], named, depth + 1)
            return Space(family="spot", channels=len(written[1]), base=like, tint=written[3])
        case "/Pattern":
            base: Space | None = read_space(written[1], named, depth + 1) if len(written) > 1 else None
            return Space(family="pattern", channels=base.channels if base else 0, base=base)
    raise GuestError(f"a colour space in it ({kind[1:]}) is not known")


def _device(channels: int) -> Space:
    return Space(family={1: "grey", 3: "rgb", 4: "cmyk"}[channels], channels=channels)


class GuestColours(Struct, frozen=True, kw_only=True):
    """Colours for a target: by the ``profile`` of the press, or that of CMYK pictures for the screen."""

    colour: Colour
    profile: Path
    ink_limit_percent: float | None = None

    @property
    def space(self) -> Name:
        """The colour space of the target."""
        return _NAMES[_TARGETS[self.colour]]

    def passes(self, space: Space) -> bool:
        """Whether colours of a space go into the target as they are."""
        match space.family:
            case "grey":
                return True
            case "cmyk":
                return self.colour == "cmyk"
            case "indexed" | "spot":
                return self.colour == "cmyk" and space.base is not None and self.passes(space.base)
            case "pattern":
                return space.base is None or self.passes(space.base)
        return False

    def convert(self, space: Space, values: Sequence[float]) -> Components:  # noqa: PLR0911 - one a family
        """A colour of a space in the target: of as many components, or one for grey. Raises GuestError."""
        values = tuple(values)
        base = space.base
        try:
            match space.family:
                case "grey":
                    return tuple(min(max(value, 0.0), 1.0) for value in values[:1])
                case "rgb" if self.colour == "cmyk" and not any(values):
                    return (0.0, 0.0, 0.0, 1.0)  # black type stays on the black plate
                case "rgb" if self.colour == "srgb" and space.profile is None:
                    return tuple(min(max(value, 0.0), 1.0) for value in values)
                case "rgb" | "cmyk":
                    return convert_colour(values, space.profile, self.colour, self.profile, self.ink_limit_percent)
                case "lab":
                    return self.convert(_device(3), _srgb_of_lab(values))
                case "indexed" if base is not None:
                    at = int(values[0]) * base.channels
                    entry = [level / 255 for level in space.table[at : at + base.channels]]
                    return self.convert(base, _scaled(base, entry))
                case "spot" if base is not None:
                    return self.convert(base, evaluate(space.tint, values))
        except NoFunctionError as fault:
            raise GuestError(str(fault)) from fault
        except (PictureError, IndexError, ValueError) as fault:
            raise GuestError("a colour in it cannot be converted") from fault
        raise GuestError("a colour in it cannot be converted")

    def sampled(self, pdf: pikepdf.Pdf, space: Space, function: Any, domain: Sequence[float]) -> pikepdf.Object:
        """A function that gives colours of the target where another gave those of a space."""
        ways = len(domain) // 2
        size = _SAMPLES if ways == 1 else _SAMPLES_EACH_WAY
        if ways > 2:
            raise GuestError("a gradient in it has more than two directions")
        out = bytearray()
        for at in range(size**ways):
            place = [at % size, at // size][:ways]
            inputs = [_along(step / (size - 1), domain[2 * i], domain[2 * i + 1]) for i, step in enumerate(place)]
            try:
                values = evaluate(function, inputs)
            except NoFunctionError as fault:
                raise GuestError(str(fault)) from fault
            made = self._full(self.convert(space, values[: space.channels]))
            out += struct.pack(f">{len(made)}H", *(round(value * _TOP) for value in made))
        return pdf.make_indirect(
            pdf.make_stream(
                bytes(out),
                FunctionType=0,
                Domain=Array(list(domain)),
                Range=Array([0, 1] * _TARGETS[self.colour]),
                Size=Array([size] * ways),
                BitsPerSample=16,
            )
        )

    def full(self, space: Space, values: Sequence[float]) -> Components:
        """A colour in all components of the target."""
        return self._full(self.convert(space, values))

    def _full(self, made: Components) -> Components:
        wanted = _TARGETS[self.colour]
        if len(made) == wanted:
            return made
        return (0.0, 0.0, 0.0, round(1 - made[0], 5)) if wanted == 4 else made * wanted

    def spot(self, pdf: pikepdf.Pdf, written: Any, space: Space) -> Array:
        """A spot of the press whose likeness was in a colour that presses have not, as one with a likeness in CMYK."""
        if space.channels != 1:
            raise GuestError("several spot inks in it are mixed, and described in RGB")
        assert space.base is not None
        tint = self.sampled(pdf, space.base, space.tint, (0.0, 1.0))
        return Array([written[0], written[1], Name.DeviceCMYK, tint])


def _scaled(space: Space, entry: Sequence[float]) -> list[float]:
    """The entry of a table, 0 to 1, as its space counts."""
    if space.family != "lab":
        return list(entry)
    low_a, high_a, low_b, high_b = space.limits
    return [100 * entry[0], _along(entry[1], low_a, high_a), _along(entry[2], low_b, high_b)]


def _along(part: float, low: float, high: float) -> float:
    return low + part * (high - low)


def _srgb_of_lab(values: Components) -> Components:
    lightness, a, b = values
    y = (lightness + 16) / 116
    x, y, z = (
        white * (part**3 if part > 6 / 29 else 3 * (6 / 29) ** 2 * (part - 4 / 29))
        for white, part in zip(_D50, (y + a / 500, y, y - b / 200), strict=True)
    )
    linear = (
        3.1338561 * x - 1.6168667 * y - 0.4906146 * z,
        -0.9787684 * x + 1.9161415 * y + 0.0334540 * z,
        0.0719453 * x - 0.2289914 * y + 1.4052427 * z,
    )
    return tuple(_encoded(min(max(value, 0.0), 1.0)) for value in linear)


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
