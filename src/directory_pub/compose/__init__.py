"""Compose: an edition and the layouts become HTML."""

from directory_pub.compose.artwork_sheets import missing_inks
from directory_pub.compose.book import LINK_SCHEME, ComposedBook, compose_book
from directory_pub.compose.contents import contents_rows
from directory_pub.compose.edge_marks import keys_at_edge, plan_edge_marks
from directory_pub.compose.layouts import LayoutError
from directory_pub.compose.pictures import CLOSING_LINES
from directory_pub.compose.tailpieces import EntryEnd, Tailpiece, find_end, find_ends, find_raised_rule, plan_tailpieces

__all__ = [
    "CLOSING_LINES",
    "LINK_SCHEME",
    "ComposedBook",
    "EntryEnd",
    "LayoutError",
    "Tailpiece",
    "compose_book",
    "contents_rows",
    "find_end",
    "find_ends",
    "find_raised_rule",
    "keys_at_edge",
    "missing_inks",
    "plan_edge_marks",
    "plan_tailpieces",
]
