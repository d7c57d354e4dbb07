"""Pages of adverts as layouts see them: where each stands, and what stands in for it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import suppress

import pypdfium2
from msgspec import Struct
from PIL import Image, ImageStat

from directory_pub.design.adverts import AdvertFrame, advert_frames, guest_of_advert
from directory_pub.design.grid import Grid
from directory_pub.edition.adverts import Advert, adverts_on
from directory_pub.edition.guests import Guest, GuestError
from directory_pub.edition.model import Edition
from directory_pub.storage.enclosure import Refused
from directory_pub.storage.store import Store

__all__ = ["AdvertSlot", "advert_slots", "draw_guest", "stand_in_name"]

_PPI = 36
_EDGE_PX = 2
_WHITE = 250


class AdvertSlot(Struct, frozen=True, kw_only=True):
    """An advert in its place, in mm: from the trim's corner if it ``is_full``, or else from that of the type area.

    ``source`` is what stands in for it until it is laid in, None for one that cannot be. One whose ground is white
    like the page is ``framed``.
    """

    advert: Advert
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float
    is_full: bool
    source: str | None
    framed: bool


def stand_in_name(digest: str) -> str:
    """What the picture that stands in for a guest is called among what compose drew."""
    return f"guest-{digest[:24]}.png"


def advert_slots(
    edition: Edition, grid: Grid, page: str, draw: Callable[[Guest], str], store: Store
) -> Iterator[AdvertSlot]:
    """The adverts on a page, each in its place; ``draw`` makes what stands in for a guest."""
    adverts = list(adverts_on(edition, page))
    for advert, frame in zip(adverts, advert_frames(grid, adverts), strict=True):
        guest = None
        if advert.usable:
            with suppress(Refused, GuestError):
                guest = guest_of_advert(edition, grid, advert)
        yield _slot(advert, frame, guest, draw, store)


def _slot(
    advert: Advert, frame: AdvertFrame, guest: Guest | None, draw: Callable[[Guest], str], store: Store
) -> AdvertSlot:
    is_full = advert.size == "full"
    more_mm = guest.bleed_mm if guest else 0.0
    framed = guest is None
    if guest and not is_full:
        framed = store.recall("white ground", bool, lambda: _has_white_ground(guest), guest.digest)
    return AdvertSlot(
        advert=advert,
        left_mm=frame.left_mm - more_mm,
        top_mm=frame.top_mm - more_mm,
        width_mm=frame.width_mm + 2 * more_mm,
        height_mm=frame.height_mm + 2 * more_mm,
        is_full=is_full,
        source=draw(guest) if guest else None,
        framed=framed,
    )


def _has_white_ground(guest: Guest) -> bool:
    """Whether a guest is white all along its edge, so that nothing would say where it ends."""
    image = draw_guest(guest, _PPI).convert("L")
    width, height = image.size
    edges = (
        (0, 0, width, _EDGE_PX),
        (0, height - _EDGE_PX, width, height),
        (0, 0, _EDGE_PX, height),
        (width - _EDGE_PX, 0, width, height),
    )
    return all(ImageStat.Stat(image.crop(edge)).median[0] >= _WHITE for edge in edges)


def draw_guest(guest: Guest, ppi: float) -> Image.Image:
    """What is shown of a guest, as pixels."""
    with pypdfium2.PdfDocument(io.BytesIO(guest.read())) as document:
        page = document[0]
        page.set_mediabox(*guest.box)
        page.set_cropbox(*guest.box)
        scale = ppi / 25.4 * guest.width_mm / page.get_width()
        image: Image.Image = page.render(scale=scale).to_pil()
        return image.convert("RGB")
