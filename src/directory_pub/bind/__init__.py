"""The step that makes one book of pieces: their pages in order, placed, with one of everything."""

from directory_pub.bind.pieces import BoundBook, PlacedPiece, bind_pieces
from directory_pub.bind.plates import lay_over, lay_under

__all__ = ["BoundBook", "PlacedPiece", "bind_pieces", "lay_over", "lay_under"]
