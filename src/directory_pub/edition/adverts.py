"""Adverts: ready pages that advertisers send, where they stand in the book, and who they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct

from directory_pub.findings import Place
from directory_pub.pictures import find_picture

if TYPE_CHECKING:
    from directory_pub.edition.model import Edition

__all__ = [
    "ADVERT_POSITIONS",
    "ADVERT_SIZES",
    "Advert",
    "AdvertPosition",
    "AdvertSize",
    "advert_pages",
    "adverts_on",
    "anchors_on",
    "filling_adverts",
    "find_advert",
    "page_of_advertisers",
]

AdvertSize = Literal["full", "half", "quarter"]
AdvertPosition = Literal["inside-front", "inside-back", "back-cover"]
ADVERT_SIZES: tuple[AdvertSize, ...] = get_args(AdvertSize)
ADVERT_POSITIONS: tuple[AdvertPosition, ...] = get_args(AdvertPosition)
FOLDER = "adverts"
_QUARTERS: dict[AdvertSize, int] = {"full": 4, "half": 2, "quarter": 1}
_ANCHOR = "advert-"
_BETWEEN = "+"  # the keys of adverts that share a page: it stands in no key


class Advert(Struct, frozen=True, kw_only=True):
    """One advert: its file in adverts/, whose it is, how large, and the cover page that it has, if it has one.

    One that is not ``usable`` cannot be laid in: its place is left free, and a finding says why.
    """

    key: str
    file: str
    advertiser: str
    size: AdvertSize
    alt: str
    place: Place
    file_place: Place
    link: str | None = None
    position: AdvertPosition | None = None
    usable: bool = True

    @property
    def anchor(self) -> str:
        """What the book calls the place where it stands."""
        return f"{_ANCHOR}{self.key}"

    @property
    def quarters(self) -> int:
        """How much of a page it takes."""
        return _QUARTERS[self.size]


def find_advert(edition_folder: Path, file: str) -> Path:
    """Where an advert's file lies, or should."""
    return find_picture(edition_folder, file, FOLDER) or edition_folder / FOLDER / file


def advert_pages(adverts: Sequence[Advert]) -> list[str]:
    """The pages that adverts take, each called by the keys of those on it: in their order, the smaller ones together.

    One that no page has room for opens another, so that none is left out.
    """
    pages: list[list[Advert]] = []
    for advert in adverts:
        room = (page for page in pages if sum(each.quarters for each in page) + advert.quarters <= _QUARTERS["full"])
        page = next(room, None)
        if page is None:
            pages.append([advert])
        else:
            page.append(advert)
    # A half stands above or below two quarters, never between them.
    ordered = (sorted(page, key=lambda each: -each.quarters) for page in pages)
    return [_BETWEEN.join(each.key for each in page) for page in ordered]


def filling_adverts(edition: Edition, position: AdvertPosition | None = None) -> list[str]:
    """The pages of the adverts that stand on a page of the cover, or with none the pages that fill the book up."""
    cover = edition.cover is not None
    own = [each for each in edition.adverts if (each.position if cover else None) == position]
    return advert_pages([each for each in own if each.key not in edition.named_adverts])


def adverts_on(edition: Edition, page: str) -> Iterator[Advert]:
    """The adverts on a page, by what it is called by."""
    by_key = {each.key: each for each in edition.adverts}
    yield from (by_key[key] for key in page.split(_BETWEEN) if key in by_key)


def anchors_on(page: str) -> list[str]:
    """What the book calls the places of the adverts on a page."""
    return [f"{_ANCHOR}{key}" for key in page.split(_BETWEEN)]


def page_of_advertisers(edition: Edition) -> str | None:
    """The key of the text page that lists the advertisers: their own, or else the imprint; None without adverts."""
    if not edition.adverts:
        return None
    kinds = {page.kind: key for key, page in edition.text_pages.items()}
    return kinds.get("advertisers") or kinds.get("imprint")
