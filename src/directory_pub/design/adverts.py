"""The sizes of adverts: by the grid of the leaf, so that a half or a quarter stands on the lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.design.grid import Grid
from directory_pub.edition.adverts import Advert, AdvertSize, find_advert
from directory_pub.edition.guests import Guest, GuestError, Leaf, Shown, guest_page, whole_page
from directory_pub.edition.model import Edition
from directory_pub.findings import Place
from directory_pub.storage.enclosure import Refused, list_files

__all__ = ["AdvertFrame", "advert_frames", "advert_size_mm", "guest_of_advert", "guests_in", "look_at_advert"]


PHOTOS = "photos"


class AdvertFrame(Struct, frozen=True, kw_only=True):
    """Where an advert stands: from the trim for a full page, from the type area's corner for others."""

    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float


def advert_size_mm(grid: Grid, size: AdvertSize) -> tuple[float, float]:
    """Width and height of an advert: the trim, or halves and quarters of the type area with a line between them."""
    if size == "full":
        return grid.trim.width_mm, grid.trim.height_mm
    across, down = grid.list_mm, (grid.text_height_mm - grid.unit_mm) / 2
    return (across if size == "half" else (across - grid.unit_mm) / 2), down


def advert_frames(grid: Grid, adverts: Sequence[Advert]) -> list[AdvertFrame]:
    """Where the adverts of a page stand: from the top left, row by row."""
    frames: list[AdvertFrame] = []
    taken = 0  # quarters
    for advert in adverts:
        width_mm, height_mm = advert_size_mm(grid, advert.size)
        row, column = divmod(taken, 2)
        left_mm, top_mm = column * (width_mm + grid.unit_mm), row * (height_mm + grid.unit_mm)
        frames.append(AdvertFrame(left_mm=left_mm, top_mm=top_mm, width_mm=width_mm, height_mm=height_mm))
        taken += advert.quarters
    return frames


def look_at_advert(edition: Edition, grid: Grid, advert: Advert) -> tuple[Leaf, Shown, Guest]:
    """An advert's page, what of it is shown, and the guest that it is; raises Refused, or GuestError."""
    path = find_advert(edition.folder, advert.file)
    bleed_mm = edition.bleed_mm if advert.size == "full" else 0.0
    return guest_page(path, (edition.root, edition.folder), advert_size_mm(grid, advert.size), bleed_mm)


def guest_of_advert(edition: Edition, grid: Grid, advert: Advert) -> Guest:
    """The guest that an advert is; raises Refused, or GuestError."""
    return look_at_advert(edition, grid, advert)[2]


def guests_in(edition: Edition, grid: Grid) -> Iterator[tuple[Guest, Place]]:
    """The guests of an edition that can be laid in, each with the place that names its file."""
    for advert in edition.adverts:
        with suppress(Refused, GuestError):
            if advert.usable:
                yield guest_of_advert(edition, grid, advert), advert.file_place
    for path in list_files(edition.folder / PHOTOS, edition.root, edition.folder, ending=(".pdf", ".PDF")):
        place = replace(edition.place, file=f"{PHOTOS}/{path.name}", line=None)
        for bleed_mm in dict.fromkeys((0.0, edition.bleed_mm)):
            with suppress(Refused, GuestError):
                yield whole_page(path, (edition.root, edition.folder), bleed_mm), place
