"""Hold logos and drawings on finished pages against their files: whole, uncovered, undistorted, and the right one.

The file is drawn by itself, by another program than the one that sets pages (``pictures/raster.py``; a PDF by PDFium),
and compared with what is seen where the email PDF's tags say that it stands. The box round the ink is compared, so that
empty space in a file does not count; in the press file, whose colours are others, shapes count for more than tones.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import cast

import pypdfium2
from msgspec import Struct
from PIL import Image, ImageChops

from directory_pub.census.painting import Box, overlap, read_painting, share_within
from directory_pub.census.tag_tree import SpokenPicture
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition
from directory_pub.edition.pictures import Photo
from directory_pub.edition.targets import PRESS
from directory_pub.findings import Finding, error
from directory_pub.pictures import DrawingError, find_picture, raster_of
from directory_pub.storage.enclosure import Refused, read_bytes

__all__ = ["check_looks", "shown_whole"]

_PX = 256  # how exactly it is looked at, along the longer side
_BLOCKS = 40  # of which a block's tone is compared
_RIM_PT = 1.5  # what is looked at round a picture, to know its ground
_RIM_PX = 3  # at the least: the outermost shows nothing of the picture's edge
_SEEN = 24  # of 255: a tone that is closer to its ground is none of the picture
_FAR_LARGER = 3.0  # than the picture: what it stands on
_SQUEEZED = 0.05  # how much the sides may differ, as shares
_UNLIKE = {"email": 70, "press": 110}  # of 255: a block that differs so much is another
_MOST_UNLIKE = 0.04  # of all blocks
_FULL_BLEED = ("cover", "back-cover", "plate")
_PDF, _HEAD_BYTES = b"%PDF", 1024


class _Seen(Struct, frozen=True):
    """What is seen in a place: the pixels, without the rim, of a ground of one colour."""

    pixels: Image.Image
    ground: tuple[int, int, int]


def shown_whole(edition: Edition, piece: Piece) -> list[Photo]:
    """The pictures of a piece that no layout crops: logos of entries and sponsors, and drawings but those of plates."""
    if piece.kind == "sponsors":
        return list(edition.sponsors.logos) if edition.sponsors else []
    if piece.kind in _FULL_BLEED:
        return []
    logos = [entry.logo for entry in piece.shown if entry.logo]
    shown = edition.pictures_of(piece.kind, piece.key, *piece.shown)
    page = edition.page_of(piece.kind, piece.key)
    own = page.publisher.logo if page and page.publisher else None  # which is drawn in the inks of the book
    return logos + [photo for photo in shown if photo.is_drawing and photo not in (*logos, own)]


def check_looks(
    edition: Edition,
    pieces: Sequence[Piece],
    pictures: Sequence[SpokenPicture],
    files: Mapping[str, bytes],
    first: int,
) -> Iterator[Finding]:
    """A finding of each logo or drawing that does not look as its file does in one of the files, by target.

    ``pictures`` are those of the email file's tags; ``first`` is the index of the files' first page in the book.
    """
    wanted = [(piece, photo) for piece in pieces for photo in shown_whole(edition, piece)]
    if not wanted:
        return
    left = list(pictures)
    opened = {name: pypdfium2.PdfDocument(pdf) for name, pdf in files.items()}
    try:
        for piece, photo in wanted:
            own = (each for each in left if each.alternative == photo.alt and each.page_index in piece.pages)
            picture = next(own, None)
            reference = _reference(edition, photo) if picture and picture.box else None
            if picture is None or picture.box is None or reference is None:
                continue  # that it is not said, or cannot be read, is told elsewhere
            left.remove(picture)
            for name, document in opened.items():
                page, box = document[picture.page_index - first], picture.box
                seen = _see_drawing(page, box) if photo.is_drawing else _see(page, _inked(box, reference))
                if fault := _look(seen, reference, name):
                    folio = picture.page_index + 1
                    message = f"'{photo.file}' on page {folio} of the {name} file {fault}."
                    remedy = "Look at the proof there: the sheet or the layout crops it, covers it or takes another."
                    yield error("picture-unlike", photo.file_place, message, remedy, folio)
                    break
    finally:
        for document in opened.values():
            document.close()


def _reference(edition: Edition, photo: Photo) -> Image.Image | None:
    """What a file shows, drawn by itself."""
    path = find_picture(edition.folder, photo.file)
    with suppress(DrawingError, Refused, OSError, SyntaxError, ValueError):
        content = read_bytes(path, edition.root, edition.folder) if path else b""
        return _page_of(content) if _PDF in content[:_HEAD_BYTES] else raster_of(content, 2 * _PX)
    return None


def _page_of(pdf: bytes) -> Image.Image:
    """The first page of a PDF, cut to what it paints."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        left, bottom, right, top = _around([each.seen for each in read_painting(page)])
        crop = (left, bottom, page.get_width() - right, page.get_height() - top)
        drawn = page.render(scale=2 * _PX / max(right - left, top - bottom), crop=tuple(max(each, 0) for each in crop))
        image: Image.Image = drawn.to_pil()
        return image.convert("RGBA")
    finally:
        document.close()


# -------------------------------------------------------------------- one picture
def _look(seen: _Seen, reference: Image.Image, target: str) -> str | None:
    """What is wrong with a picture on a page; None where it looks as it should."""
    found = _ink_box(seen.pixels, seen.ground)
    expected = Image.new("RGBA", reference.size, (*seen.ground, 255))
    expected.alpha_composite(reference)
    drawn = expected.convert("RGB")
    wanted = _ink_box(drawn, seen.ground)
    if wanted is None:
        return None  # on this ground there is nothing to be seen of it: proofread tells of it
    if found is None:
        return "is not to be seen"
    pixels, drawn = seen.pixels.crop(found), drawn.crop(wanted)
    if _are_squeezed(pixels.size, drawn.size):
        return "is cropped, squeezed or covered"
    return "does not look as its file does" if _unlike(pixels, drawn, target) > _MOST_UNLIKE else None


def _inked(box: Box, reference: Image.Image) -> Box:
    """The part of a picture's place that its ink takes: what is empty of it may lie beside other things."""
    paper = Image.new("RGBA", reference.size, "white")
    paper.alpha_composite(reference)
    ink = _ink_box(paper.convert("RGB"), (255, 255, 255))
    if ink is None:
        return box
    across, down = (box[2] - box[0]) / reference.width, (box[3] - box[1]) / reference.height
    return box[0] + ink[0] * across, box[3] - ink[3] * down, box[0] + ink[2] * across, box[3] - ink[1] * down


def _see_drawing(page: pypdfium2.PdfPage, tagged: Box) -> _Seen:
    """What is seen where a drawing is tagged, with all that is painted in its place: strokes reach beyond its tag."""
    left, bottom, _, _ = page.get_trimbox()
    place = (tagged[0] + left, tagged[1] + bottom, tagged[2] + left, tagged[3] + bottom)
    own = [each.seen for each in read_painting(page) if not each.is_type and _is_in(each.seen, place)]
    around = _around([place, *own])
    return _see(page, (around[0] - left, around[1] - bottom, around[2] - left, around[3] - bottom))


def _see(page: pypdfium2.PdfPage, place: Box) -> _Seen:
    """What is seen in a place, which is told from the trim's lower left corner."""
    trim = page.get_trimbox()
    left, bottom, right, top = (
        place[0] + trim[0] - _RIM_PT,
        place[1] + trim[1] - _RIM_PT,
        place[2] + trim[0] + _RIM_PT,
        place[3] + trim[1] + _RIM_PT,
    )
    media = page.get_mediabox()
    crop = (left - media[0], bottom - media[1], media[2] - right, media[3] - top)
    scale = max(_PX / max(right - left, top - bottom), _RIM_PX / _RIM_PT)
    pixels = page.render(scale=scale, crop=tuple(max(each, 0) for each in crop)).to_pil().convert("RGB")
    rim = max(math.floor(_RIM_PT * scale / 2), 1)
    return _Seen(pixels.crop((rim, rim, pixels.width - rim, pixels.height - rim)), _colour_of_rim(pixels, rim))


def _is_in(box: Box, place: Box) -> bool:
    """Whether something painted belongs to a picture in a place, or lies on it; what it stands on is far larger."""
    area, own = _area(place), _area(box)
    return own <= _FAR_LARGER * area and (share_within(box, place) > 0.5 or _area(overlap(box, place)) > 0.02 * area)


def _area(box: Box) -> float:
    return max(box[2] - box[0], 0.1) * max(box[3] - box[1], 0.1)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _colour_of_rim(pixels: Image.Image, rim: int) -> tuple[int, int, int]:
    """The colour that most of the outermost pixels have."""
    width, height = pixels.size
    edges = ((0, 0, width, rim), (0, height - rim, width, height), (0, 0, rim, height), (width - rim, 0, width, height))
    counted: Counter[tuple[int, int, int]] = Counter()
    for edge in edges:
        part = pixels.crop(edge)
        # No more colours than pixels: Pillow clears a table of as many as it is told.
        for count, colour in part.getcolors(part.width * part.height) or ():
            counted[cast("tuple[int, int, int]", colour)] += count
    return counted.most_common(1)[0][0]


def _ink_box(pixels: Image.Image, ground: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
    away = ImageChops.difference(pixels, Image.new("RGB", pixels.size, ground))
    return _strongest(away).point(lambda value: 255 * (value > _SEEN)).getbbox()


def _strongest(away: Image.Image) -> Image.Image:
    red, green, blue = away.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _are_squeezed(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two sizes are of another shape, by more than a pixel makes."""
    slack = _SQUEEZED + 2 / min(*one, *other)
    return abs(math.log((one[0] * other[1]) / (one[1] * other[0]))) > slack


def _unlike(pixels: Image.Image, drawn: Image.Image, target: str) -> float:
    """The share of blocks that differ."""
    share = _BLOCKS / max(drawn.size)
    blocks = (max(round(drawn.width * share), 4), max(round(drawn.height * share), 4))
    one, other = (each.resize(blocks, Image.Resampling.BOX) for each in (pixels, drawn))
    away = ImageChops.difference(one, other)
    histogram = _strongest(away).histogram() if target != PRESS.name else away.convert("L").histogram()
    return sum(histogram[_UNLIKE[target] :]) / (blocks[0] * blocks[1])
