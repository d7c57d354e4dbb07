"""Who carries the book: sponsors by level, each with a logo, an address and perhaps an entry of the book."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.pictures import Photo
from directory_pub.findings import Place

__all__ = ["SPONSORS_KEY", "Sponsor", "SponsorLevel", "Sponsors"]

SPONSORS_KEY = "sponsors"
"""What the pages of sponsors are called in the book: kind of piece, key and anchor."""


class Sponsor(Struct, frozen=True, kw_only=True):
    """One of them. ``entry`` is the key of the entry that it has in the book; ``web`` is where its logo leads.

    A ``logo`` that cannot be printed is taken out: the name stands in its place.
    """

    name: str
    place: Place
    logo: Photo | None = None
    web: str | None = None
    entry: str | None = None
    entry_place: Place | None = None

    @property
    def address(self) -> str | None:
        """Where its logo leads, as a reader's device opens it."""
        if self.web is None:
            return None
        address = self.web if "://" in self.web else f"https://{self.web}"
        return address if address.startswith(("http://", "https://")) else None


class SponsorLevel(Struct, frozen=True, kw_only=True):
    """Sponsors that stand below one head, their logos of one optical size."""

    title: str
    place: Place
    sponsors: tuple[Sponsor, ...]


class Sponsors(Struct, frozen=True, kw_only=True):
    """All levels, the highest first."""

    title: str
    place: Place
    levels: tuple[SponsorLevel, ...]

    def all(self) -> Iterator[Sponsor]:
        """Every sponsor in the order of the page."""
        for level in self.levels:
            yield from level.sponsors

    @property
    def logos(self) -> tuple[Photo, ...]:
        """Their logos in the order of the page."""
        return tuple(each.logo for each in self.all() if each.logo)

    @property
    def entries(self) -> tuple[str, ...]:
        """The keys of the entries whose pages are named, each as often as it is."""
        return tuple(each.entry for each in self.all() if each.entry)

    def with_each(self, change: Callable[[Sponsor], Sponsor]) -> Sponsors:
        """The same with every sponsor changed."""
        levels = (replace(level, sponsors=tuple(map(change, level.sponsors))) for level in self.levels)
        return replace(self, levels=tuple(levels))
