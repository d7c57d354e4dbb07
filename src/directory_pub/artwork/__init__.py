"""The artwork: every network is one plot of a city plan.

Motifs are drawn in five tones in a square; tiles, tailpieces, plates and the cover lay them
out. All functions are pure: the same arguments give the same SVG, byte for byte. A drawing has
flat fills of the palette's inks and nothing else: no type, no gradient, no transparency.
"""

from __future__ import annotations

from directory_pub.artwork.choice import Motif, choose_motifs
from directory_pub.artwork.cover import draw_back_cover, draw_cover, draw_inside_cover
from directory_pub.artwork.motifs import MOTIFS
from directory_pub.artwork.opener import draw_opener
from directory_pub.artwork.palette import Palette
from directory_pub.artwork.plots import Plan
from directory_pub.artwork.portraits import draw_portrait
from directory_pub.artwork.tailpiece import MOST_NEIGHBOURS, draw_street, draw_tailpiece
from directory_pub.artwork.tiles import draw_tile

__all__ = [
    "MOST_NEIGHBOURS",
    "MOTIFS",
    "Motif",
    "Palette",
    "Plan",
    "choose_motifs",
    "draw_back_cover",
    "draw_cover",
    "draw_inside_cover",
    "draw_opener",
    "draw_portrait",
    "draw_street",
    "draw_tailpiece",
    "draw_tile",
]  # fmt: skip
