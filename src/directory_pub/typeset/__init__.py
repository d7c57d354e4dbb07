"""Typeset: HTML and sheets become pages. The only package that imports WeasyPrint."""

from directory_pub.typeset.engine import Anchor, Engine, TypesetPages, face_rules
from directory_pub.typeset.engine_patches import import_engine
from directory_pub.typeset.typeset_piece import TypesetPiece

__all__ = [
    "Anchor",
    "Engine",
    "TypesetPages",
    "TypesetPiece",
    "face_rules",
    "import_engine",
]
