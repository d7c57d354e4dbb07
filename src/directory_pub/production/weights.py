"""What makes a finished PDF heavy: its pictures, its fonts, and all the rest."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from msgspec import Struct
from pikepdf import Name

from directory_pub.finish.placements import measure_pictures
from directory_pub.finish.typeset_pages import open_pages

__all__ = ["PictureWeight", "Weights", "weigh"]

_FONT_FILES = (Name.FontFile, Name.FontFile2, Name.FontFile3)


class PictureWeight(Struct, frozen=True, kw_only=True):
    """One picture with its mask, and the first page that it stands on (1-based)."""

    size_bytes: int
    folio: int


class Weights(Struct, frozen=True, kw_only=True):
    """How many bytes a file has, and for what; the heaviest picture comes first."""

    total_bytes: int
    pictures: tuple[PictureWeight, ...]
    fonts_bytes: int

    @property
    def pictures_bytes(self) -> int:
        """All pictures together."""
        return sum(picture.size_bytes for picture in self.pictures)

    @property
    def rest_bytes(self) -> int:
        """Pages, tags, bookmarks and what holds the file together."""
        return self.total_bytes - self.pictures_bytes - self.fonts_bytes


def weigh(source: bytes | Path) -> Weights:
    """Weigh a PDF; a picture that is shown twice is in the file once, and counts once."""
    with open_pages(source) as pdf:
        pictures = [
            PictureWeight(size_bytes=_picture_bytes(pdf.get_object(objgen)), folio=placement.folio)
            for objgen, placement in measure_pictures(pdf).items()
        ]
        fonts = {file.objgen: _stream_bytes(file) for each in pdf.objects for file in _font_files(each)}
    return Weights(
        total_bytes=len(source) if isinstance(source, bytes) else source.stat().st_size,
        pictures=tuple(sorted(pictures, key=lambda picture: (-picture.size_bytes, picture.folio))),
        fonts_bytes=sum(fonts.values()),
    )


def _picture_bytes(picture: pikepdf.Object) -> int:
    return _stream_bytes(picture) + (_stream_bytes(picture.SMask) if Name.SMask in picture else 0)


def _font_files(each: pikepdf.Object) -> list[pikepdf.Object]:
    if not isinstance(each, pikepdf.Dictionary) or each.get(Name.Type) != Name.FontDescriptor:
        return []
    return [each[key] for key in _FONT_FILES if key in each]


def _stream_bytes(stream: pikepdf.Object) -> int:
    return len(stream.read_raw_bytes())
