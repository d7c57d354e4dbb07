"""The motifs: one plot of the city each, drawn in five tones in a square of 100 units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from directory_pub.artwork.motifs import fronts, rounds, streets
from directory_pub.artwork.motifs.ground import Drawing, Layer, Tone

__all__ = ["MOTIFS", "Drawing", "Layer", "Tone"]

_DRAWN: tuple[Callable[[], Drawing], ...] = (
    rounds.amphitheatre, streets.courtyards, streets.avenue, fronts.skyline,
    rounds.rotunda, streets.quays, streets.crossing, rounds.terraces,
    rounds.parks, fronts.windows, streets.roofs, fronts.arches,
    rounds.halls, streets.square, rounds.opera, streets.steps,
    fronts.bridge, fronts.market, fronts.station, rounds.canal,
    rounds.garden, rounds.stadium, rounds.harbour, rounds.windmill,
    fronts.museum, streets.citadel, fronts.lighthouse, fronts.workshops,
)  # fmt: skip

MOTIFS: Mapping[str, Callable[[], Drawing]] = MappingProxyType({draw.__name__: draw for draw in _DRAWN})
