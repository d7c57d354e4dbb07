"""The step that gives a picture a target's resolution and colour space."""

from directory_pub.prepare.pictures import Colour, PictureError, prepare_picture
from directory_pub.prepare.prepared import PictureCache, PreparedPicture

__all__ = ["Colour", "PictureCache", "PictureError", "PreparedPicture", "prepare_picture"]
