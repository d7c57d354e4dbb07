"""Typeset: HTML and sheets become pages. The only package that imports WeasyPrint."""

from directory_pub.typeset.engine import Anchor, Engine, TypesetPages, face_rules, import_engine
from directory_pub.typeset.set_piece import SetPiece

__all__ = [
    "Anchor",
    "Engine",
    "SetPiece",
    "TypesetPages",
    "face_rules",
    "import_engine",
]
