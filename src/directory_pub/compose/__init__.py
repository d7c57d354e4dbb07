"""Compose: an edition and the layouts become HTML."""

from directory_pub.compose.book import LINK_SCHEME, ComposedBook, LayoutError, compose_book
from directory_pub.compose.closings import Closing, EntryEnd, find_ends, plan_closings

__all__ = [
    "LINK_SCHEME",
    "Closing",
    "ComposedBook",
    "EntryEnd",
    "LayoutError",
    "compose_book",
    "find_ends",
    "plan_closings",
]
