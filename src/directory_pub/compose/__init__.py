"""Compose: an edition and the layouts become HTML."""

from directory_pub.compose.book import LINK_SCHEME, ComposedBook, compose_book
from directory_pub.compose.closings import Closing, EntryEnd, find_ends, plan_closings
from directory_pub.compose.contents import contents_rows
from directory_pub.compose.layouts import LayoutError

__all__ = [
    "LINK_SCHEME",
    "Closing",
    "ComposedBook",
    "EntryEnd",
    "LayoutError",
    "compose_book",
    "contents_rows",
    "find_ends",
    "plan_closings",
]
