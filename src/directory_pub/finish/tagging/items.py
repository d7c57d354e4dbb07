"""An element of the structure tree while it is made: what it is, and what it holds in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from directory_pub.finish.tagging.roles import INLINE
from directory_pub.finish.tagging.typeset_tags import MarkedContent

__all__ = ["SPACE", "Content", "Item", "Space"]


class Space:
    """Where a line ends between two words."""


SPACE = Space()
Content = list["Item | MarkedContent | Space"]


class Item(Struct, eq=False):
    """One element of the structure tree.

    ``role`` is its structure type, ``elements`` the numbers of the elements that it was made
    from (a link over two lines is two). ``target`` is where a link leads: an address, or the
    key of another item after ``#``; ``key`` is what others call this one.
    """

    role: str
    content: Content = field(default_factory=list)
    elements: tuple[int, ...] = ()
    key: str | None = None
    target: str | None = None
    text: str = ""
    language: str | None = None
    alternative: str | None = None
    attributes: dict[str, str | int] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        """The items within."""
        return (each for each in self.content if isinstance(each, Item))

    def walk(self) -> Iterator[Item]:
        """This item and all below it, in reading order."""
        yield self
        for item in self.items():
            yield from item.walk()

    def line(self) -> Iterator[MarkedContent]:
        """The pieces of the text that stands in this item itself: blocks within and notes are apart."""
        for each in self.content:
            if isinstance(each, MarkedContent):
                yield each
            elif isinstance(each, Item) and each.role in INLINE and each.role != "Note":
                yield from each.line()

    def marked(self) -> Iterator[MarkedContent]:
        """The pieces within, in reading order."""
        for each in self.content:
            if isinstance(each, MarkedContent):
                yield each
            elif isinstance(each, Item):
                yield from each.marked()
