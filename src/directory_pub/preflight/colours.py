"""Colour spaces as a press sees them: which plates a colour prints on, and how much."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import pikepdf
from msgspec import Struct

from directory_pub.preflight.faults import Malformed
from directory_pub.preflight.streams import read_stream

__all__ = ["CMYK", "GREY", "PATTERN", "PROCESS", "RGB", "Paint", "Plates", "Space", "paint_of", "read_space"]

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
Plates = tuple[tuple[str, float], ...]
"""The plates that a colour prints on, each with its tint above 0 up to 1."""

_TRACE = 0.004
_MOST_PLATES = 32


class Space(Struct, frozen=True, kw_only=True):
    """A colour space.

    ``family`` is grey, cmyk, rgb (which is every space that a press has no plates for), spot or pattern; ``base`` is
    what an indexed, spot or pattern space stands on.
    """

    family: str
    name: str
    channels: int
    colourants: tuple[str, ...] = ()
    base: Space | None = None
    palette: bytes | None = None

    @property
    def foreign(self) -> Space | None:
        """This space or the one that it stands on, where a press has no plates for it."""
        return self if self.family == "rgb" else self.base.foreign if self.base else None


GREY = Space(family="grey", name="DeviceGray", channels=1, colourants=("Black",))
CMYK = Space(family="cmyk", name="DeviceCMYK", channels=4, colourants=PROCESS)
RGB = Space(family="rgb", name="DeviceRGB", channels=3)
PATTERN = Space(family="pattern", name="Pattern", channels=0)
_DEVICE = {
    "/DeviceGray": GREY, "/G": GREY, "/CalGray": GREY,
    "/DeviceCMYK": CMYK, "/CMYK": CMYK, "/CalCMYK": CMYK,
    "/DeviceRGB": RGB, "/RGB": RGB,
    "/Pattern": PATTERN,
}  # fmt: skip
_FOREIGN = {"/CalRGB": "CalRGB", "/Lab": "Lab"}


class Paint(Struct, frozen=True, kw_only=True, dict=True):
    """What something is painted with: one mix of plates, or several where it runs from one to another.

    ``mixes`` is empty where the plates are not known.
    """

    space: Space
    mixes: tuple[Plates, ...] = ()

    @property
    def is_paper(self) -> bool:
        """Whether nothing is printed: the paper is left white."""
        return bool(self.mixes) and not any(self.mixes)

    @functools.cached_property
    def inks(self) -> tuple[str, ...]:
        """The plates that it prints on."""
        return tuple(sorted({ink for mix in self.mixes for ink, _ in mix}, key=_plate_order))

    @functools.cached_property
    def is_registration(self) -> bool:
        """Whether it prints in full on every plate, as only marks do."""
        return any(mix and all(tint >= 0.99 for _, tint in mix) and _names_all(mix) for mix in self.mixes)

    @functools.cached_property
    def total_percent(self) -> float:
        """The most ink in one place."""
        return max((_total(mix) for mix in self.mixes), default=0.0)


def _plate_order(ink: str) -> tuple[int, str]:
    return (PROCESS.index(ink) if ink in PROCESS else len(PROCESS), ink)


def _names_all(mix: Plates) -> bool:
    names = {ink for ink, _ in mix}
    return "All" in names or names >= set(PROCESS)


def _total(mix: Plates) -> float:
    return 100 * sum(tint * (len(PROCESS) if ink == "All" else 1) for ink, tint in mix)


def paint_of(space: Space, tints: Sequence[float]) -> Paint:
    """One colour of a space; tints as the space counts them."""
    if space.palette is not None and space.base is not None:
        width, index = space.base.channels, int(tints[0]) if tints else 0
        entry = space.palette[index * width : (index + 1) * width]
        return Paint(space=space, mixes=paint_of(space.base, [value / 255 for value in entry]).mixes)
    if space.family in ("rgb", "pattern") or len(tints) < space.channels:
        return Paint(space=space)
    amounts = [1 - tints[0]] if space.family == "grey" else [min(max(tint, 0), 1) for tint in tints]
    named = zip(space.colourants, amounts, strict=False)
    return Paint(space=space, mixes=(tuple((ink, tint) for ink, tint in named if tint > _TRACE and ink != "None"),))


def read_space(written: Any, named: Any = None, depth: int = 0) -> Space:  # noqa: PLR0911 - one a family
    """A colour space as the file writes it; ``named`` are the resources that it may name.

    Raises Malformed for one that is none.
    """
    if depth > 8:
        raise Malformed("a colour space stands on itself")
    if isinstance(written, str | pikepdf.Name):
        name = str(written)
        if name in _DEVICE:
            return _DEVICE[name]
        if named is None or name not in named:
            raise Malformed(f"there is no colour space {name}")
        return read_space(named[name], None, depth + 1)
    family = str(written[0])
    if family in _DEVICE and family != "/Pattern":
        return _DEVICE[family]
    match family:
        case "/Pattern":
            base = read_space(written[1], named, depth + 1) if len(written) > 1 else None
            return Space(family="pattern", name="Pattern", channels=base.channels if base else 0, base=base)
        case "/ICCBased":
            return _icc_space(written[1], named, depth)
        case "/CalRGB" | "/Lab":
            return Space(family="rgb", name=_FOREIGN[family], channels=3)
        case "/Indexed" | "/I":
            base = read_space(written[1], named, depth + 1)
            return Space(
                family=base.family, name=f"indexed {base.name}", channels=1, base=base, palette=_palette(written[3])
            )
        case "/Separation":
            return _spot_space([written[1]], written[2], named, depth)
        case "/DeviceN":
            return _spot_space(written[1], written[2], named, depth)
    raise Malformed(f"there is no colour space {family}")


def _icc_space(profile: Any, named: Any, depth: int) -> Space:
    channels = int(profile.N)
    if channels == 3:
        return Space(family="rgb", name="ICC-based RGB", channels=3)
    known = {1: GREY, 4: CMYK}
    if channels not in known:
        raise Malformed(f"a colour profile has {channels} channels")
    like = known[channels]
    return Space(family=like.family, name=f"ICC-based {like.name[6:]}", channels=channels, colourants=like.colourants)


def _spot_space(colourants: Iterable[Any], alternate: Any, named: Any, depth: int) -> Space:
    names = tuple(str(name).removeprefix("/") for name in itertools.islice(colourants, _MOST_PLATES + 1))
    if len(names) > _MOST_PLATES:
        raise Malformed(f"a colour space has more than {_MOST_PLATES} inks")
    base = read_space(alternate, named, depth + 1)
    return Space(family="spot", name=" + ".join(names), channels=len(names), colourants=names, base=base)


def _palette(lookup: Any) -> bytes:
    if isinstance(lookup, bytes | bytearray):
        return bytes(lookup)
    return read_stream(lookup, 2**16) if isinstance(lookup, pikepdf.Stream) else bytes(lookup)
