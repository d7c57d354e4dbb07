"""Place a typeset piece on its side of the leaf, with a tailpiece under it."""

from directory_pub.place.lay_under import lay_under
from directory_pub.place.piece import PlacedPiece, place_folios, place_piece

__all__ = ["PlacedPiece", "lay_under", "place_folios", "place_piece"]
