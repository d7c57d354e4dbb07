"""Typeset: HTML and sheets become pages. The only package that imports WeasyPrint."""

from directory_pub.typeset.engine import Engine
from directory_pub.typeset.engine_patches import import_engine
from directory_pub.typeset.sheets import face_rules
from directory_pub.typeset.typeset_pages import Anchor, TypesetPages
from directory_pub.typeset.typeset_piece import TypesetPiece

__all__ = [
    "Anchor",
    "Engine",
    "TypesetPages",
    "TypesetPiece",
    "face_rules",
    "import_engine",
]
