"""What edition.yaml says of adverts."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from directory_pub.edition.adverts import Advert, AdvertPosition, AdvertSize, find_advert
from directory_pub.edition.flatplan import FIXED_KINDS
from directory_pub.edition.programme import PROGRAMME
from directory_pub.edition.sponsors import SPONSORS_KEY
from directory_pub.edition.yaml_source import Fields
from directory_pub.findings import Place
from directory_pub.read.sources import Sources

__all__ = ["read_adverts"]


def read_adverts(f: Fields, sources: Sources, taken_keys: Collection[str]) -> tuple[Advert, ...]:
    """The adverts in their order, each key and each page of the cover once.

    ``taken_keys`` are those of sections and entries, which no advert may have.
    """
    adverts: dict[str, Advert] = {}
    taken: dict[str, Place] = {}
    for row in f.rows("adverts"):
        key, file = row.text("key"), row.text("file")
        advertiser, alt, link = row.text("advertiser"), row.text("alt"), row.text("link")
        size, position = row.word("size"), row.word("place") or None
        row.close()
        if file:
            sources.used.add(find_advert(sources.folder, file))
        if not (key and file):
            continue
        places = row.places()
        if key in {*FIXED_KINDS, PROGRAMME, SPONSORS_KEY}:
            message = f"'{key}' is the name of something else in the book."
            f.complain("name-duplicate", places["key"], message, "Give the advert another key.")
            continue
        if key in taken_keys:
            message = f"'{key}' is the key of an entry or section."
            f.complain("name-duplicate", places["key"], message, "Give the advert another key.")
            continue
        if key in adverts:
            f.complain("name-duplicate", places["key"], f"there is an advert '{key}' already.", "Give it another key.")
            continue
        if position and position in taken:
            message = f"'{position}' is taken: the advert of line {taken[position].line} stands there."
            f.complain("value-type", places["place"], message, "Give one of the two another place, or none.")
            position = None
        if position:
            taken[position] = places["place"]
            if size != "full":
                message = f"an advert of the size '{size}' does not fill a page of the cover."
                f.complain("value-type", places["place"], message, "Book a full page, or take 'place' out.")
                position = None
        adverts[key] = Advert(
            key=key,
            file=file,
            advertiser=advertiser or key,
            size=cast("AdvertSize", size),
            alt=alt or "",
            link=link,
            position=cast("AdvertPosition | None", position),
            place=row.place,
            file_place=places.get("file", row.place),
        )
    return tuple(adverts.values())
