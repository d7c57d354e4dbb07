"""Spot inks as a press file has them: a colour space for each, one for a gradient of several, one for all plates.

A space holds all that it is made of, so that the pieces of a book bring the same object, which the book has once.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterable, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from directory_pub.design.inks import Cmyk, Ink, InkTable
from directory_pub.design.spot_inks import SpotLook
from directory_pub.finish.content_streams import Components, Tint

__all__ = ["ALL_PLATES", "SpotSpaces", "space_name", "tint_of"]

ALL_PLATES = "/All"
"""The space that prints on every plate, as marks do."""
_PROCESS = ("/Cyan", "/Magenta", "/Yellow", "/Black")
_PREFIX = "/Spot-"
_MOST_OF_A_SAMPLE = 2**16 - 1


def space_name(spot: str) -> str:
    """What pages call the space of a spot ink by."""
    return f"{_PREFIX}{spot}"


def tint_of(ink: Ink) -> Tint | Cmyk:
    """What a press paints an ink with."""
    if ink.spot is None:
        return ink.cmyk
    return Tint(space_name(ink.spot.name), round(ink.spot.tint_percent / 100, 4))


class SpotSpaces:
    """The colour spaces of one file, each made once."""

    def __init__(self, pdf: pikepdf.Pdf, inks: InkTable) -> None:
        self._pdf = pdf
        self._looks = inks.spots
        self._made: dict[object, pikepdf.Object] = {}

    def named(self, name: str) -> pikepdf.Object | None:
        """The space that pages call by this name, if it is one of ours."""
        if name == ALL_PLATES and self._looks:
            return self._separation("All", ((1, (1, 1, 1, 1)),))
        spot = name.removeprefix(_PREFIX)
        if name == spot or spot not in self._looks:
            return None
        return self._separation(spot, self._looks[spot])

    def of_marks(self, spots: Iterable[str]) -> Dictionary:
        """The spaces of marks with patches of these spot inks, by their names; none where the book has no spot ink."""
        names = [ALL_PLATES, *map(space_name, spots)] if self._looks else []
        return Dictionary({name: self.named(name) for name in names})

    def between(self, colours: Sequence[Tint | Components]) -> tuple[pikepdf.Object, list[Components]]:
        """The space in which a gradient runs from one of these to the next, and each of them in it.

        A gradient between tints of one ink, or paper, is on the plate of that ink alone.
        """
        mixes = [_mix_of(colour) for colour in colours]
        met = {plate for mix in mixes for plate in mix}
        plates = [*(name for name in map(space_name, self._looks) if name in met), *(p for p in _PROCESS if p in met)]
        space = self.named(plates[0]) if len(plates) == 1 and plates[0] not in _PROCESS else None
        return space or self._of_several(plates), [tuple(mix.get(plate, 0.0) for plate in plates) for mix in mixes]

    # ---------------------------------------------------------------- made
    def _separation(self, spot: str, look: SpotLook) -> pikepdf.Object:
        if spot not in self._made:
            space = Array([Name.Separation, Name(f"/{spot}"), Name.DeviceCMYK, _tones(look)])
            self._made[spot] = self._pdf.make_indirect(space)
        return self._made[spot]

    def _of_several(self, plates: Sequence[str]) -> pikepdf.Object:
        key = tuple(plates)
        if key not in self._made:
            names = [name.removeprefix(_PREFIX).removeprefix("/") for name in plates]
            spots = {f"/{name}": self.named(plate) for name, plate in zip(names, plates, strict=True)}
            described = Dictionary({name: space for name, space in spots.items() if space is not None})
            parts = [Name.DeviceN, Array([Name(f"/{name}") for name in names]), Name.DeviceCMYK, self._sums(plates)]
            self._made[key] = self._pdf.make_indirect(Array([*parts, Dictionary(Colorants=described)]))
        return self._made[key]

    def _sums(self, plates: Sequence[str]) -> pikepdf.Stream:
        """What stands for a mix: the sum of what stands for its inks, read off between all corners of the mix."""
        looks = [self._look_of(plate) for plate in plates]
        samples = bytearray()
        for corner in itertools.product((0, 1), repeat=len(plates)):
            inked = [
                look for look, is_full in zip(looks, reversed(corner), strict=True) if is_full
            ]  # the first runs fastest
            tones = (min(1.0, sum(look[plate] for look in inked)) for plate in range(len(_PROCESS)))
            samples += struct.pack(">4H", *(round(tone * _MOST_OF_A_SAMPLE) for tone in tones))
        return self._pdf.make_stream(
            bytes(samples),
            FunctionType=0,
            Domain=[0, 1] * len(plates),
            Range=[0, 1] * len(_PROCESS),
            Size=[2] * len(plates),
            BitsPerSample=16,
        )

    def _look_of(self, plate: str) -> Cmyk:
        if plate in _PROCESS:
            cyan, magenta, yellow, black = (float(plate == each) for each in _PROCESS)
            return (cyan, magenta, yellow, black)
        return self._looks[plate.removeprefix(_PREFIX)][-1][1]


def _tones(look: SpotLook) -> Dictionary:
    """What stands for each tint: lines from one that is known to the next."""
    ends = [[0.0, 0.0, 0.0, 0.0], *([round(tone, 4) for tone in tones] for _, tones in look)]
    lines = [Dictionary(FunctionType=2, Domain=[0, 1], C0=low, C1=high, N=1) for low, high in itertools.pairwise(ends)]
    if len(lines) == 1:
        return lines[0]
    bounds = [tint for tint, _ in look[:-1]]
    return Dictionary(FunctionType=3, Domain=[0, 1], Functions=lines, Bounds=bounds, Encode=[0, 1] * len(lines))


def _mix_of(colour: Tint | Components) -> dict[str, float]:
    """A colour as the plates that it prints on."""
    plates: Iterable[tuple[str, float]] = (
        [(colour.space, colour.share)] if isinstance(colour, Tint) else zip(_PROCESS, colour, strict=True)
    )
    return {plate: tone for plate, tone in plates if tone}
