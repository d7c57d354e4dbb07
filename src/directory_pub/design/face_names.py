"""What a face says of itself: its family, the weights and slopes that it has, and whether it may be embedded.

Old faces name themselves by what programs of their time could show. The family is the one that holds all
weights (name 16, else 1 without the name of a weight); a weight that no sheet could ask for is taken from
the name of the style, else rounded.
"""

from __future__ import annotations

import re
import struct
from itertools import pairwise

import uharfbuzz
from msgspec import Struct

__all__ = ["FaceFacts", "read_facts"]

_WORDS = {
    "thin": 100, "hairline": 100, "extralight": 200, "ultralight": 200, "light": 300, "medium": 500, "semibold": 600,
    "demibold": 600, "demi": 600, "bold": 700, "extrabold": 800, "ultrabold": 800, "heavy": 800, "black": 900,
}  # fmt: skip
_WIDTHS = {
    1: "Ultra Condensed", 2: "Extra Condensed", 3: "Condensed", 4: "Semi Condensed",
    6: "Semi Expanded", 7: "Expanded", 8: "Extra Expanded", 9: "Ultra Expanded",
}  # fmt: skip
_UPRIGHT, _BOLD = 400, 700
_STYLE_LINKED = frozenset((_UPRIGHT, _BOLD))  # what name 1 and 2 can say together, without the weight in name 1
_LIGHTEST, _HEAVIEST = 100, 900
_FAMILY_AND_STYLE = frozenset((1, 2, 16, 17))  # names by their numbers
_RESTRICTED, _KINDS_OF_LICENCE, _WHOLE_ONLY = 0x2, 0xF, 0x100


class FaceFacts(Struct, frozen=True):
    """One file: the family, its weights in hundreds, its slopes (True is italic), its PostScript name.

    ``axes`` are those of a variable face by their tags: least, usual and greatest value. ``forbidden`` says what
    its licence keeps from a book, in words that follow on "its licence bits".
    """

    family: str
    weights: tuple[int, ...]
    slopes: tuple[bool, ...]
    postscript_name: str
    axes: dict[str, tuple[float, float, float]]
    forbidden: str | None

    def location(self, weight: int, *, italic: bool) -> dict[str, float]:
        """Where on its axes a variable face has a weight and slope; every other axis stands as usual."""
        place = {tag: usual for tag, (_, usual, _) in self.axes.items()}
        if "wght" in self.axes:
            place["wght"] = weight * self._scale
        for tag in ("ital", "slnt") if len(self.slopes) > 1 else ():
            if tag in self.axes:
                least, _, most = self.axes[tag]
                place[tag] = (most if tag == "ital" or not least else least) if italic else min(max(0, least), most)
                break  # one slope is enough
        return place

    @property
    def _scale(self) -> float:
        return 0.01 if self.axes["wght"][2] < _LIGHTEST else 1.0


def read_facts(face: uharfbuzz.Face, file: str) -> FaceFacts:
    """The facts of a face; ``file`` is the stem of its file's name, for one without names."""
    os2 = face.reference_table("OS/2").data
    selection, width = _number(os2, 62), _number(os2, 6)
    names = _names(face)
    style = names.get(17) or names.get(2) or ""
    axes = {axis.tag: (axis.min_value, axis.default_value, axis.max_value) for axis in face.axis_infos}
    italic = bool(selection & 0x201) or bool(_number(face.reference_table("head").data, 44) & 2)
    weight = _weight(_number(os2, 4), f"{names.get(1, '')} {style}", is_bold=bool(selection & 0x20))
    return FaceFacts(
        family=_family(names, weight, width) or file,
        weights=_weights(axes["wght"]) if "wght" in axes else (weight,),
        slopes=(italic,) if italic or not _slants(axes) else (False, True),
        postscript_name=_postscript_name(face.reference_table("name").data),
        axes=axes,
        forbidden=_forbidden(_number(os2, 8)),
    )


def _number(table: bytes, at: int) -> int:
    return int.from_bytes(table[at : at + 2], "big")


def _names(face: uharfbuzz.Face) -> dict[int, str]:
    """The names of family and style by number, in English where there is one."""
    table = face.reference_table("name").data
    there = {_number(table, at) for at in range(12, 6 + 12 * _number(table, 2), 12)}
    names = {number: str(face.get_name(number, "en") or "").strip() for number in _FAMILY_AND_STYLE & there}
    if not all(names.values()):  # the library takes a millisecond to list all that there are
        other = {entry.name_id: str(face.get_name(entry.name_id, entry.language) or "") for entry in face.list_names()}
        names = {number: name or other.get(number, "").strip() for number, name in names.items()}
    return names


def _postscript_name(table: bytes) -> str:
    """Name 6 as a subset keeps it: the English one for Windows, in plain letters; "" where there is none."""
    count, strings = _number(table, 2), _number(table, 4)
    for row in struct.iter_unpack(">6H", table[6 : 6 + 12 * count]):
        platform, _, language, number, length, start = row
        if (platform, language, number) == (3, 0x409, 6):
            name = table[strings + start : strings + start + length].decode("utf-16-be", "replace")
            return name if re.fullmatch(r"[!-~]{1,63}", name) else ""
    return ""


def _family(names: dict[int, str], weight: int, width: int) -> str:
    """The family of all weights; faces of another width are a family of their own."""
    family = names.get(16, "")
    if not family:
        family = names.get(1, "")
        if weight not in _STYLE_LINKED:
            family = _without_weight(family, weight)
    wide = _WIDTHS.get(width, "")
    return f"{family} {wide}" if family and wide and wide.replace(" ", "") not in family.replace(" ", "") else family


def _without_weight(family: str, weight: int) -> str:
    """A family such as 'Open Sans Semibold' without the name of its weight; 'Semi Bold' is two words."""
    words = family.split(" ")
    for count in (2, 1):
        if len(words) > count and _WORDS.get(_plain("".join(words[-count:]))) == weight:
            return " ".join(words[:-count])
    return family


def _weight(stated: int, names: str, *, is_bold: bool) -> int:
    """A weight in hundreds: as stated, where that can be one."""
    if stated == _UPRIGHT and is_bold:
        return _BOLD
    if stated % 100 == 0 and _LIGHTEST <= stated <= _HEAVIEST:
        return stated
    if 0 < stated < 10:  # the scale of early faces
        return stated * 100
    if named := _named_weight(names):
        return named
    if not stated:
        return _BOLD if is_bold else _UPRIGHT
    return min(max(round(stated, -2), _LIGHTEST), _HEAVIEST)


def _named_weight(names: str) -> int | None:
    words = [_plain(word) for word in re.split(r"[ -]", names)]
    pairs = [first + second for first, second in pairwise(words)]
    return next((_WORDS[word] for word in (*pairs, *words) if word in _WORDS), None)


def _plain(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower())


def _weights(axis: tuple[float, float, float]) -> tuple[int, ...]:
    """The hundreds of a weight axis; one of the scale 1 to 9 counts as hundreds."""
    least, usual, most = (value * 100 if axis[2] < _LIGHTEST else value for value in axis)
    hundreds = tuple(weight for weight in range(_LIGHTEST, _HEAVIEST + 1, 100) if least <= weight <= most)
    return hundreds or (_weight(round(usual), "", is_bold=False),)


def _slants(axes: dict[str, tuple[float, float, float]]) -> bool:
    return any(tag in axes and axes[tag][0] < axes[tag][2] for tag in ("ital", "slnt"))


def _forbidden(licence: int) -> str | None:
    """What the bits of its licence forbid; where several kinds are named, the mildest counts."""
    if licence & _KINDS_OF_LICENCE == _RESTRICTED:
        return "forbid to embed it in a document"
    return "forbid to embed a part of it, which every book does" if licence & _WHOLE_ONLY else None
