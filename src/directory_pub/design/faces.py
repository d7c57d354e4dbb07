"""The faces in fonts/: which there are, what they can draw, how wide their words are and how high they stand."""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import uharfbuzz
from msgspec import Struct

from directory_pub.design.asked_faces import asked_faces
from directory_pub.design.face_files import face_files, read_face
from directory_pub.design.face_names import FaceFacts, read_facts
from directory_pub.design.face_programs import is_plain, make_instance, with_name
from directory_pub.design.outlines import clearance, profile_of
from directory_pub.design.text_styles import read_text_styles
from directory_pub.design.tokens import read_families
from directory_pub.edition.theme import Theme

__all__ = ["Face", "FaceFile", "FaceMetrics", "FontLibrary", "read_faces", "read_style_families"]

_WIDTHS_AT_HAND = 100_000  # words and letters in a face; a book of any length has no more in use
_TEXT_WEIGHTS = (400, 700)  # of a variable face these are always there: text, and what is bold in it


class Face(Struct, frozen=True):
    """One face: its family, CSS weight and slope, its PostScript name, and its file by its name in the theme."""

    family: str
    weight: int
    italic: bool
    postscript_name: str
    path: Path
    name: str


class FaceFile(Struct, frozen=True):
    """A file of fonts/, what it says of itself, and the number of its layer: 0 lies uppermost."""

    name: str
    path: Path
    layer: int
    facts: FaceFacts

    def kinds(self) -> list[tuple[str, int, bool]]:
        """Family, weight and slope of each face in it."""
        facts = self.facts
        return [(facts.family, weight, italic) for italic in facts.slopes for weight in facts.weights]

    def rank(self, italic: bool) -> tuple[int, bool]:
        """Which of two files for one face is taken, the lower: an italic that is drawn before one that is slanted."""
        return self.layer, italic and len(self.facts.slopes) > 1


class FaceMetrics(Struct, frozen=True):
    """How high a face stands, in em: ``rise_em`` is half of its ascender less its descender.

    So far below the middle of a line, whatever the leading, stands its baseline.
    """

    rise_em: float
    cap_height_em: float

    @property
    def middle_em(self) -> float:
        """How far above the baseline the middle of what stands beside text is, such as an icon or a bullet.

        Most letters are small: the middle of the capitals would be too high.
        """
        return _MIDDLE * self.cap_height_em


_MIDDLE = 0.42  # of the cap height
_NO_FACE = FaceMetrics(rise_em=0.3, cap_height_em=0.7)  # of a family that is not there, as most are about


class FontLibrary:
    """All faces of one theme, with their metrics, and the families that its tokens name; widths are in em.

    ``programs`` are the faces' static files by PostScript name; ``files`` is all that fonts/ holds, which for a
    variable face is more than the theme asks for. ``asked`` are the families, weights and slopes that it asks for.
    """

    def __init__(
        self,
        programs: Mapping[Face, bytes],
        families: Mapping[str, str],
        files: Sequence[FaceFile] = (),
        asked: Collection[tuple[str | None, int, bool]] = (),
    ) -> None:
        self.faces = list(programs)
        self.families = families
        self.files = files
        self._asked = asked
        self.programs = {face.postscript_name: program for face, program in programs.items()}
        self._fonts = {
            face: uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(program))) for face, program in programs.items()
        }
        self._by_kind = {(face.family, face.weight, face.italic): face for face in self.faces}
        self._drawn = {face: frozenset(font.face.unicodes) for face, font in self._fonts.items()}
        self.width_em = functools.lru_cache(maxsize=_WIDTHS_AT_HAND)(self._width_em)
        self.white_em = functools.lru_cache(maxsize=_WIDTHS_AT_HAND)(self._white_em)
        self._drawn_by = functools.cache(self._all_draw)

    @functools.cached_property
    def digest(self) -> str:
        """The hash of what all faces draw, of which are in use, and of which family is which."""
        drawn = [(face.family, face.weight, face.italic, sorted(drawn)) for face, drawn in self._drawn.items()]
        told = (sorted(self.families.items()), drawn, sorted(map(str, self._asked)))
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @functools.cached_property
    def addresses(self) -> dict[str, bytes]:
        """The programs by the names that sheets ask for them under: one for each content."""
        return {self.address(face): self.programs[face.postscript_name] for face in self.faces}

    def address(self, face: Face) -> str:
        """The name of a face's program, which says what it holds."""
        program = self.programs[face.postscript_name]
        ending = "otf" if program[:4] == b"OTTO" else "ttf"
        return f"{hashlib.sha256(program).hexdigest()[:16]}.{ending}"

    def family(self, token: str) -> str:
        """The family that a token names: ``sans`` is the directory speaking, ``serif`` a person."""
        return self.families.get(token, token)

    def known_families(self) -> list[str]:
        """The families that fonts/ has."""
        return sorted({each.facts.family for each in self.files} | {face.family for face in self.faces})

    def weights(self, family: str, *, italic: bool = False) -> list[int]:
        """The weights that fonts/ has of a family, those of variable faces that nothing asks for, too."""
        files = [each.facts for each in self.files if each.facts.family == family and italic in each.facts.slopes]
        return sorted({weight for facts in files for weight in facts.weights})

    def metrics(self, family: str) -> FaceMetrics:
        """How high the faces of a family stand: those of one family agree."""
        face = self.find(family, 400, italic=False) or next((f for f in self.faces if f.family == family), None)
        return _measure(self._fonts[face]) if face else _NO_FACE

    def drawn(self, character: str, face: Face) -> tuple[float, float] | None:
        """Where the paint of a character begins, in em: right of where it is set, and up to how high; None without."""
        font = self._fonts[face]
        extents = font.get_glyph_extents(font.get_nominal_glyph(ord(character)) or 0)
        return (extents.x_bearing / font.face.upem, extents.y_bearing / font.face.upem) if extents else None

    def _white_em(self, first: str, second: str, face: Face) -> float:
        """The least white between two characters as they are set one behind the other, in em; below 0 they overlap."""
        advance_em = self.width_em(first + second, face) - self.width_em(second, face)
        one, other = (profile_of(each, self._fonts[face]) for each in (first, second))
        return clearance(one, other, advance_em)

    def find(self, family: str, weight: int, italic: bool) -> Face | None:
        """The face of exactly this family, weight and slope, or None."""
        return self._by_kind.get((family, weight, italic))

    def nearest(self, family: str, weight: int, italic: bool) -> Face | None:
        """The face of a family that is drawn where this weight and slope are asked for; None without the family."""
        own = (face for face in self.faces if face.family == family)
        return min(own, key=lambda face: (face.italic != italic, abs(face.weight - weight)), default=None)

    def figure_em(self, family: str, weight: int) -> float:
        """The width of the widest figure in the upright face of a weight."""
        face = self.nearest(family, weight, italic=False)
        return max(self.width_em(figure, face) for figure in "0123456789") if face else 0.5

    def draws(self, character: str, family: str) -> bool:
        """Whether every face of the family that is in use has a glyph for a character."""
        return ord(character) in self._drawn_by(family, False, False)

    def missing(self, text: str, family: str, *, bold: bool = False, italic: bool = False) -> list[str]:
        """The characters of a text that some face of the family that it may stand in has no glyph for, in their order.

        Of a family that is not there nothing is missing but the family.
        """
        drawn = self._drawn_by(family, bold, italic)
        if not drawn:
            return []
        return [character for character in dict.fromkeys(text) if ord(character) not in drawn]

    def _all_draw(self, family: str, bold: bool, italic: bool) -> frozenset[int]:
        """What each face has a glyph for that text may stand in: those in use, and what it is marked as."""
        own = [face for face in self.faces if face.family == family]
        used = [face for face in own if (family, face.weight, face.italic) in self._asked] or own
        if (bold or italic) and (marked := self.find(family, _TEXT_WEIGHTS[bold], italic)):
            used.append(marked)
        return frozenset.intersection(*(self._drawn[face] for face in used)) if used else frozenset()

    def _width_em(self, text: str, face: Face) -> float:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        font = self._fonts[face]
        uharfbuzz.shape(font, buffer, {"kern": True, "liga": True})
        advance: int = sum(position.x_advance for position in buffer.glyph_positions or ())
        return advance / int(font.face.upem)


def _measure(font: uharfbuzz.Font) -> FaceMetrics:
    """The metrics as the engine's shaper has them; a face that does not tell its cap height is asked for an H."""
    upem = int(font.face.upem)
    extents = font.get_font_extents("ltr")
    cap_height = font.get_metric_position_with_fallback(uharfbuzz.OTMetricsTag.CAP_HEIGHT)
    if cap_height <= 0 and (drawn := font.get_glyph_extents(font.get_nominal_glyph(ord("H")) or 0)):
        cap_height = drawn.y_bearing
    return FaceMetrics((extents.ascender + extents.descender) / 2 / upem, cap_height / upem)


def read_faces(theme: Theme) -> FontLibrary:
    """Every face in ``fonts/`` of a theme; names and weights are the files' own.

    The families are those of the theme's tokens. Of a variable face the weights are there that the theme asks
    for. Unchanged files give the same library, which has the widths that it was asked for before. Raises Refused
    for a file that is no whole face.
    """
    families = read_families(theme)
    asked = {(each.family, each.weight, each.italic) for each in asked_faces(theme, families)}
    files = tuple((name, *_state(name, theme)) for name in face_files(theme))
    return _shelve(theme, tuple(families.items()), frozenset(asked), files)


def _state(name: str, theme: Theme) -> tuple[int, int]:
    """When a file was changed, in ns, and its size in bytes."""
    with theme.open(name) as file:
        status = os.fstat(file.fileno())
    return status.st_mtime_ns, status.st_size


@functools.lru_cache(maxsize=2)
def _shelve(
    theme: Theme,
    families: tuple[tuple[str, str], ...],
    asked: frozenset[tuple[str | None, int, bool]],
    files: tuple[tuple[str, int, int], ...],
) -> FontLibrary:
    contents = {name: read_face(name, theme) for name, *_ in files}
    faces = {name: uharfbuzz.Face(uharfbuzz.Blob(content)) for name, content in contents.items()}
    described = [_describe(name, face, theme) for name, face in faces.items()]
    chosen = [each for each in _choose(described) if _is_asked(*each, asked)]
    shared = {name for name, count in Counter(each.facts.postscript_name for each, *_ in chosen).items() if count > 1}
    programs: dict[Face, bytes] = {}
    for file, weight, italic in chosen:
        facts, face = file.facts, faces[file.name]
        program = contents[file.name]
        if not is_plain(face):
            program = make_instance(face, facts.location(weight, italic=italic))
        own = facts.postscript_name
        if facts.axes or own in shared or not own:
            own = _name_of_its_own(facts.family, weight, italic, [each.postscript_name for each in programs])
            program = with_name(program, own)
        programs[Face(facts.family, weight, italic, own, file.path, file.name)] = program
    return FontLibrary(programs, dict(families), described, asked)


def read_style_families(theme: Theme, library: FontLibrary) -> dict[str, str]:
    """The family that each text style is set in, by the style's name."""
    return {name: library.family(style.family) for name, style in read_text_styles(theme)[0].items()}


def _describe(name: str, face: uharfbuzz.Face, theme: Theme) -> FaceFile:
    layer = theme.layers.index(theme.layers_of(name)[0])
    return FaceFile(name, theme.check(name), layer, read_facts(face, PurePosixPath(name).stem))


def _choose(files: Sequence[FaceFile]) -> Iterator[tuple[FaceFile, int, bool]]:
    """Each weight and slope of each family with its file, in the order of files: what lies uppermost, drawn as such."""
    best: dict[tuple[str, int, bool], FaceFile] = {}
    for file in files:
        for kind in file.kinds():
            known = best.get(kind)
            if known is None or file.rank(kind[2]) < known.rank(kind[2]):
                best[kind] = file
    for file in files:
        yield from ((file, *kind[1:]) for kind in file.kinds() if best[kind] is file)


def _is_asked(file: FaceFile, weight: int, italic: bool, asked: frozenset[tuple[str | None, int, bool]]) -> bool:
    """Whether a face is to be there: all of those that have a file, and of a variable one the weights in use."""
    in_use = weight in {*_TEXT_WEIGHTS, *(each for family, each, _ in asked if family in (None, file.facts.family))}
    return "wght" not in file.facts.axes or in_use


def _name_of_its_own(family: str, weight: int, italic: bool, taken: Sequence[str]) -> str:
    """A PostScript name that no other face has."""
    name = f"{re.sub('[^A-Za-z0-9]', '', family) or 'Face'}-{weight}{'Italic' if italic else ''}"
    return name if name not in taken else f"{name}-{len(taken)}"
