"""Picture files: found by their names, looked at before they are unpacked, and made plain for the engine.

Below all steps: proofread asks what is wrong with a file, the engine and prepare take what is right.
"""

from directory_pub.pictures.drawing_colours import colours_of_drawing
from directory_pub.pictures.drawings import DrawingError, check_drawing, plain_drawing
from directory_pub.pictures.facts import (
    KINDS,
    MOST_PIXELS,
    UNREADABLE,
    PictureFacts,
    lacks_marker,
    look_at_picture,
    whole_files_only,
)
from directory_pub.pictures.finding import find_picture, names_in
from directory_pub.pictures.ink import InkFacts, look_at_ink
from directory_pub.pictures.plain import plain_picture
from directory_pub.pictures.profiles import into_srgb, own_profile
from directory_pub.pictures.proportions import proportion_of, upright_size
from directory_pub.pictures.raster import raster_of

__all__ = [
    "KINDS",
    "MOST_PIXELS",
    "UNREADABLE",
    "DrawingError",
    "InkFacts",
    "PictureFacts",
    "check_drawing",
    "colours_of_drawing",
    "find_picture",
    "into_srgb",
    "lacks_marker",
    "look_at_ink",
    "look_at_picture",
    "names_in",
    "own_profile",
    "plain_drawing",
    "plain_picture",
    "proportion_of",
    "raster_of",
    "upright_size",
    "whole_files_only",
]
