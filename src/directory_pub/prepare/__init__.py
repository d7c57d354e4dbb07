"""The step that gives a picture a target's resolution and colour space."""

from directory_pub.prepare.pictures import Colour, PictureError, prepare_picture
from directory_pub.prepare.prepared import PictureCache, PreparedPicture
from directory_pub.prepare.press_colours import press_colour, press_lab
from directory_pub.prepare.quality import BEST, LADDER, PictureQuality

__all__ = [
    "BEST",
    "LADDER",
    "Colour",
    "PictureCache",
    "PictureError",
    "PictureQuality",
    "PreparedPicture",
    "prepare_picture",
    "press_colour",
    "press_lab",
]
