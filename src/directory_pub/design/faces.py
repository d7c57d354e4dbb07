"""The faces in fonts/: which there are, what they can draw, how wide their words are and how high they stand."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz

from directory_pub.design.face_faults import fault_of_face
from directory_pub.design.tokens import read_families
from directory_pub.edition.theme import Theme
from directory_pub.findings import Place, error
from directory_pub.storage.enclosure import Refused

__all__ = ["Face", "FaceMetrics", "FontLibrary", "read_faces"]

_MOST_BYTES = 64_000_000  # twice the largest that there are, with all of Chinese
_WIDTHS_AT_HAND = 100_000  # words and letters in a face; a book of any length has no more in use


@dataclass(frozen=True, slots=True)
class Face:
    """One face: its family, CSS weight and slope, its PostScript name, and its file by its name in the theme."""

    family: str
    weight: int
    italic: bool
    postscript_name: str
    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class FaceMetrics:
    """How high a face stands, in em: ``rise_em`` is half of its ascender less its descender.

    So far below the middle of a line, whatever the leading, stands its baseline.
    """

    rise_em: float
    cap_height_em: float


_NO_FACE = FaceMetrics(rise_em=0.3, cap_height_em=0.7)  # of a family that is not there, as most are about


class FontLibrary:
    """All faces of one theme, with their metrics, and the families that its tokens name; widths are in em."""

    def __init__(self, fonts: Mapping[Face, uharfbuzz.Font], families: Mapping[str, str]) -> None:
        self.faces = list(fonts)
        self.families = families
        self._fonts = fonts
        self._drawn = {face: frozenset(font.face.unicodes) for face, font in self._fonts.items()}
        self.width_em = functools.lru_cache(maxsize=_WIDTHS_AT_HAND)(self._width_em)
        self._drawn_by = functools.cache(self._all_draw)

    @functools.cached_property
    def digest(self) -> str:
        """The hash of what all faces draw, and of which family is which."""
        drawn_by_family = [(face.family, sorted(drawn)) for face, drawn in self._drawn.items()]
        return hashlib.sha256(repr((sorted(self.families.items()), drawn_by_family)).encode()).hexdigest()

    @functools.cached_property
    def programs(self) -> dict[str, Path]:
        """The files of the faces by PostScript name."""
        return {face.postscript_name: face.path for face in self.faces}

    def family(self, token: str) -> str:
        """The family that a token names: ``sans`` is the directory speaking, ``serif`` a person."""
        return self.families.get(token, token)

    def metrics(self, family: str) -> FaceMetrics:
        """How high the faces of a family stand: those of one family agree."""
        face = self.find(family, 400, italic=False) or next((f for f in self.faces if f.family == family), None)
        return _measure(self._fonts[face]) if face else _NO_FACE

    def find(self, family: str, weight: int, italic: bool) -> Face | None:
        """The face of exactly this family, weight and slope, or None."""
        wanted = (family, weight, italic)
        return next((f for f in self.faces if (f.family, f.weight, f.italic) == wanted), None)

    def draws(self, character: str, family: str) -> bool:
        """Whether every face of the family has a glyph for a character."""
        return ord(character) in self._drawn_by(family)

    def missing(self, text: str, family: str) -> list[str]:
        """The characters of a text that some face of the family has no glyph for, in their order.

        Of a family that is not there nothing is missing but the family.
        """
        drawn = self._drawn_by(family)
        if not drawn:
            return []
        return [character for character in dict.fromkeys(text) if ord(character) not in drawn]

    def _all_draw(self, family: str) -> frozenset[int]:
        """What every face of a family has a glyph for."""
        drawn = [self._drawn[face] for face in self.faces if face.family == family]
        return frozenset.intersection(*drawn) if drawn else frozenset()

    def _width_em(self, text: str, face: Face) -> float:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        font = self._fonts[face]
        uharfbuzz.shape(font, buffer, {"kern": True, "liga": True})
        advance: int = sum(position.x_advance for position in buffer.glyph_positions or ())
        return advance / int(font.face.upem)


def _measure(font: uharfbuzz.Font) -> FaceMetrics:
    """The metrics as the engine's shaper has them."""
    upem = int(font.face.upem)
    extents = font.get_font_extents("ltr")
    cap_height = font.get_metric_position_with_fallback(uharfbuzz.OTMetricsTag.CAP_HEIGHT)
    return FaceMetrics((extents.ascender + extents.descender) / 2 / upem, cap_height / upem)


def _load(name: str, theme: Theme) -> uharfbuzz.Font:
    content = theme.read_bytes(name, most_bytes=_MOST_BYTES)
    if fault := fault_of_face(content):
        place = Place(file=theme.shown(name))
        raise Refused(error("face-unreadable", place, f"{fault}.", "Take the face anew from its publisher."))
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(content)))


def read_faces(theme: Theme) -> FontLibrary:
    """Every TrueType file in ``fonts/`` of a theme; names and weights are the files' own.

    The families are those of the theme's tokens. Unchanged files give the same library, which has
    the widths that it was asked for before. Raises Refused for a file that is no whole TrueType face.
    """
    names = theme.names("fonts", ".ttf")
    return _shelve(theme, tuple(read_families(theme).items()), tuple((name, *_state(name, theme)) for name in names))


def _state(name: str, theme: Theme) -> tuple[int, int]:
    """When a file was changed, in ns, and its size in bytes."""
    with theme.open(name) as file:
        status = os.fstat(file.fileno())
    return status.st_mtime_ns, status.st_size


@functools.lru_cache(maxsize=2)
def _shelve(
    theme: Theme, families: tuple[tuple[str, str], ...], files: tuple[tuple[str, int, int], ...]
) -> FontLibrary:
    fonts = {name: _load(name, theme) for name, *_ in files}
    faces = {_describe(name, theme.check(name), font.face): font for name, font in fonts.items()}
    return FontLibrary(faces, dict(families))


def _describe(name: str, path: Path, face: uharfbuzz.Face) -> Face:
    named = {entry.name_id: face.get_name(entry.name_id, entry.language) for entry in face.list_names()}
    os2 = face.reference_table("OS/2").data
    weight = int.from_bytes(os2[4:6], "big")
    italic = bool(int.from_bytes(os2[62:64], "big") & 1)
    family = named.get(16) or named.get(1) or path.stem
    return Face(
        family=str(family),
        weight=weight,
        italic=italic,
        postscript_name=str(named.get(6) or path.stem),
        path=path,
        name=name,
    )
