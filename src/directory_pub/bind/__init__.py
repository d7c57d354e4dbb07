"""Bind finished pieces into one book: take each apart into objects, and assemble the book from these."""

from directory_pub.bind.assemble import assemble_book
from directory_pub.bind.folio_placeholders import PLACEHOLDER, FolioPlaceholder, can_be_filled, take_placeholders
from directory_pub.bind.piece_objects import PieceObjects, set_apart
from directory_pub.bind.survey import FolioSheet, Leaf
from directory_pub.bind.take_apart import take_apart_folios, take_apart_pages

__all__ = [
    "PLACEHOLDER",
    "FolioPlaceholder",
    "FolioSheet",
    "Leaf",
    "PieceObjects",
    "assemble_book",
    "can_be_filled",
    "set_apart",
    "take_apart_folios",
    "take_apart_pages",
    "take_placeholders",
]
