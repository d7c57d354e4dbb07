"""Pages of adverts: each advert is there, whole, with nothing over it; beside it nobody has written anything.

What an advert says is its advertiser's. Its place on the finished page is held against its own file, by their pixels.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pypdfium2
from PIL import Image, ImageChops, ImageStat

from directory_pub.census.page_reader import Word
from directory_pub.design.adverts import advert_frames, guest_of_advert
from directory_pub.design.grid import Frame, Grid
from directory_pub.edition.adverts import Advert, adverts_on
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.guests import Guest, GuestError
from directory_pub.edition.model import Edition
from directory_pub.findings import Finding, error
from directory_pub.storage.enclosure import Refused

__all__ = ["check_adverts", "frames_of_adverts", "strays", "unlike", "unlike_guest"]

_MM_PER_PT = 25.4 / 72
_WIDTH_PX = 96
_STRIPS = 8  # each way
# How far levels of grey may be apart: a press's colours are shown otherwise than those of a screen.
_APART_ON_THE_WHOLE, _APART_IN_A_PART = 40.0, 75.0
_FLAT, _PLAIN, _LIKE = 3.0, 25.0, 0.7
_CLOSE_MM = 0.5


def frames_of_adverts(edition: Edition, grid: Grid, piece: Piece) -> list[tuple[Advert, Frame]]:
    """The adverts of a piece, each with where it stands from the trim's corner, bleed not counted."""
    adverts = list(adverts_on(edition, piece.key))
    recto = piece.pages[0] % 2 == 0
    placed = []
    for advert, frame in zip(adverts, advert_frames(grid, adverts), strict=True):
        is_full = advert.size == "full"
        left_mm = 0.0 if is_full else grid.tokens["inner" if recto else "outer"]
        top_mm = 0.0 if is_full else grid.tokens["head"]
        name = f"the advert of {advert.advertiser}"
        own = Frame(name, left_mm + frame.left_mm, top_mm + frame.top_mm, frame.width_mm, frame.height_mm)
        placed.append((advert, own))
    return placed


def strays(words: Sequence[Word], frames: Sequence[Frame]) -> list[Word]:
    """The words that are in none of the adverts."""
    return [word for word in words if not any(_holds(frame, word) for frame in frames)]


def _holds(frame: Frame, word: Word) -> bool:
    return (
        frame.left_mm - _CLOSE_MM <= (word.left_mm + word.right_mm) / 2 <= frame.right_mm + _CLOSE_MM
        and frame.top_mm - _CLOSE_MM <= word.baseline_mm <= frame.bottom_mm + _CLOSE_MM
    )


def check_adverts(edition: Edition, grid: Grid, piece: Piece, pdf: bytes, name: str) -> Iterator[Finding]:
    """An error for each advert of a piece that its page of a finished file, of a target ``name``, does not show."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        page = document[0]
        for advert, frame in frames_of_adverts(edition, grid, piece):
            if not advert.usable:
                continue
            try:
                guest = guest_of_advert(edition, grid, advert)
            except (Refused, GuestError):
                continue  # which has a finding
            if why := unlike_guest(page, frame, guest):
                message = f"the advert '{advert.key}' of {advert.advertiser} {why} in the {name} file."
                remedy = "Look at the proof: nothing may lie over it, and its layout must leave it as it is."
                yield error("advert-lost", advert.file_place, message, remedy, piece.pages[0] + 1)


def unlike_guest(page: pypdfium2.PdfPage, frame: Frame, guest: Guest) -> str:
    """How a place on a finished page differs from the guest that stands there; nothing where they are alike."""
    return unlike(*_both(page, frame, guest))


def _both(page: pypdfium2.PdfPage, frame: Frame, guest: Guest) -> tuple[Image.Image, Image.Image]:
    """An advert's place on a page, with as much bleed as the page has, and the same part of the advert itself."""
    left, _, _, top = page.get_trimbox()
    bleed_left = page.get_bleedbox()[0]
    more_mm = min((left - bleed_left) * _MM_PER_PT, guest.bleed_mm)
    x, y = left + frame.left_mm / _MM_PER_PT, top - frame.top_mm / _MM_PER_PT
    box = (x, y - frame.height_mm / _MM_PER_PT, x + frame.width_mm / _MM_PER_PT, y)
    shown = _draw(page, _grown(box, more_mm / _MM_PER_PT))
    scale = _per_mm(guest)
    with pypdfium2.PdfDocument(io.BytesIO(guest.read())) as document:
        return shown, _draw(document[0], _grown(guest.box, (more_mm - guest.bleed_mm) * scale)).resize(shown.size)


def _per_mm(guest: Guest) -> float:
    """The guest's own units to a millimetre of the book."""
    left, bottom, right, top = guest.box
    return ((top - bottom) if guest.turn % 180 else (right - left)) / guest.width_mm


def _grown(box: tuple[float, float, float, float], by: float) -> tuple[float, float, float, float]:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _draw(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> Image.Image:
    page.set_mediabox(*box)
    page.set_cropbox(*box)
    image: Image.Image = page.render(scale=4 * _WIDTH_PX / page.get_width(), may_draw_forms=False).to_pil().convert("L")
    return image.resize((_WIDTH_PX, max(round(image.height * _WIDTH_PX / image.width), 1)), Image.Resampling.BOX)


def unlike(shown: Image.Image, own: Image.Image) -> str:
    """How the place of an advert differs from the advert, both in grey and of one size; nothing where they are alike.

    Colours may be shown a little darker or lighter; what is light and what is dark must be the same.
    """
    apart = ImageChops.difference(shown, own)
    if ImageStat.Stat(apart).mean[0] > _APART_ON_THE_WHOLE or not _follows(shown, own):
        return "is not there as its file has it"
    width, height = shown.size
    for row in range(_STRIPS):
        for column in range(_STRIPS):
            part = (
                column * width // _STRIPS, row * height // _STRIPS,
                (column + 1) * width // _STRIPS, (row + 1) * height // _STRIPS,
            )  # fmt: skip
            one, other = shown.crop(part), own.crop(part)
            if ImageStat.Stat(apart.crop(part)).mean[0] > _APART_IN_A_PART or not _is_drawn(one, other):
                return "is covered, cut off or not whole"
    return ""


def _is_drawn(shown: Image.Image, own: Image.Image) -> bool:
    """Whether a part that has something in the advert has something on the page; what is faint may be fainter."""
    return ImageStat.Stat(own).stddev[0] < _PLAIN or ImageStat.Stat(shown).stddev[0] > _FLAT


def _follows(shown: Image.Image, own: Image.Image) -> bool:
    """Whether one is dark where the other is; of something without any drawing nobody can say."""
    (mean_one,), (mean_other,) = ImageStat.Stat(shown).mean, ImageStat.Stat(own).mean
    (spread_one,), (spread_other,) = ImageStat.Stat(shown).stddev, ImageStat.Stat(own).stddev
    if spread_other < _FLAT:
        return spread_one < 4 * _FLAT
    if spread_one < _FLAT / 4:
        return False
    pairs = list(zip(shown.tobytes(), own.tobytes(), strict=True))
    together = sum((a - mean_one) * (b - mean_other) for a, b in pairs) / len(pairs)
    return together / (spread_one * spread_other) >= _LIKE
