"""The step that makes one book of pieces: each placed on its side, taken apart, and sewn in with the others."""

from directory_pub.bind.gathering import Gathering
from directory_pub.bind.numerals import STAND_IN, Numeral, can_be_filled, take_numerals
from directory_pub.bind.placed_piece import PlacedPiece, place_folios, place_piece
from directory_pub.bind.plates import lay_over, lay_under
from directory_pub.bind.sewing import sew
from directory_pub.bind.survey import FolioSheet, Leaf
from directory_pub.bind.taking_apart import gather_folios, gather_pages

__all__ = [
    "STAND_IN",
    "FolioSheet",
    "Gathering",
    "Leaf",
    "Numeral",
    "PlacedPiece",
    "can_be_filled",
    "gather_folios",
    "gather_pages",
    "lay_over",
    "lay_under",
    "place_folios",
    "place_piece",
    "sew",
    "take_numerals",
]
