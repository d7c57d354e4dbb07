"""Cut a paragraph into the pieces between which a line may break, in the widths of the faces."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from directory_pub.faces import Face, FaceShelf
from directory_pub.model import Run
from directory_pub.page_grid import MM_PER_PT

__all__ = ["SAFETY_MM", "Measure", "Piece", "cut_pieces"]

SAFETY_MM = 0.05  # the engine rounds advances: a line that just fits must fit there too
_LAST_RESORT = 6.0  # a break inside an address that is wider than its measure
_TIED = 40.0  # a break that tears a figure from its noun or a day from its month

# Words that a line should not end with.
_STUBS = frozenset({
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "as", "or", "and", "is", "for", "our", "its", "with", "from",
})  # fmt: skip
_NOUNS = re.compile(r"(million|billion|per|mayors|cities|countries|members|states|languages|years|km|SDGs?)\b", re.I)
_MONTHS = re.compile(r"(January|February|March|April|May|June|July|August|September|October|November|December)\b", re.I)
_HYPHEN = re.compile(r"(?<=[^\W\d_]{2}[-–])(?=[^\W\d_]{3})|(?<=[^\W\d_]{3}/)(?=[^\W\d_]{3})")
_LINK = re.compile(r"(?<=\w/)(?=\w)|(?<=\w)(?=[?#=&])")
_NARROW_LINK = re.compile(r"(?<=\w[./_-])(?=\w)|(?<=\w)(?=[@?#=])|(?<=://)(?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a paragraph is set: its faces, size and width.

    ``first_mm`` is what the first line loses to an indent or a marker. ``narrow`` is for the
    side column: breaks go where sense breaks (after a comma, before an @), the rag matters less.
    ``balanced`` is for titles: lines of one length.
    """

    family: str
    weight: int
    bold_weight: int
    size_pt: float
    width_mm: float
    first_mm: float = 0.0
    italic: bool = False
    tracking_em: float = 0.0
    call_pt: float = 6.5
    narrow: bool = False
    balanced: bool = False


@dataclass(slots=True)
class Piece:
    """What stands between two places where a line may break; widths in mm.

    ``space`` is lost at a line's end; ``penalty`` is what a break behind the piece costs.
    """

    runs: list[Run] = field(default_factory=list)
    width: float = 0.0
    space: float = 0.0
    penalty: float = 0.0
    forced: bool = False

    @property
    def text(self) -> str:
        """Its words without their styles."""
        return "".join(run.text for run in self.runs)


def cut_pieces(runs: Sequence[Run], measure: Measure, shelf: FaceShelf) -> list[Piece]:
    """All pieces of a paragraph, with what a break behind each costs."""
    pieces = list(_cut(runs, measure, shelf))
    for piece, following in itertools.pairwise(pieces):
        if piece.space:
            piece.penalty = _space_penalty(piece.text, following.text, measure)
    return pieces


def _cut(runs: Sequence[Run], measure: Measure, shelf: FaceShelf) -> Iterator[Piece]:
    """A word that changes style in its middle stays one piece; a call stays with its word."""
    piece, before = Piece(), Piece()
    for run in runs:
        if run.note:
            piece.runs.append(run)
            piece.width += 0.6 * measure.call_pt * MM_PER_PT
            continue
        for part in re.split(r"([ \n])", run.text):
            if part in (" ", "\n"):
                piece.space, piece.forced = _width(" ", run, measure, shelf), part == "\n"
                if piece.runs:
                    yield piece
                    before = piece
                elif piece.forced:
                    before.forced = True  # a space stood before the editor's break
                piece = Piece()
            elif part:
                *whole, piece = _extend(piece, part, run, measure, shelf)
                yield from whole
    if piece.runs:
        yield piece


def _extend(piece: Piece, word: str, run: Run, measure: Measure, shelf: FaceShelf) -> Iterator[Piece]:
    """The pieces that a word makes of the piece that it goes on from."""
    for index, bit in enumerate(_joints(word, measure).split(word)):
        if index:
            piece.penalty = _joint_penalty(piece.text, bit, measure)
            yield piece
            piece = Piece()
        for cut in _fitting(bit, run, measure, shelf):
            if piece.runs and cut != bit and piece.width:
                piece.penalty = _LAST_RESORT
                yield piece
                piece = Piece()
            piece.runs.append(replace(run, text=cut))
            piece.width += _width(cut, run, measure, shelf)
    yield piece


def _joints(word: str, measure: Measure) -> re.Pattern[str]:
    """Where a word may break: after a hyphen, or in an address where it reads on."""
    if not _is_address(word):
        return _HYPHEN
    return _NARROW_LINK if measure.narrow else _LINK


def _is_address(word: str) -> bool:
    return "@" in word or "www." in word or "://" in word or re.search(r"\w\.\w{2,}", word) is not None


def _fitting(word: str, run: Run, measure: Measure, shelf: FaceShelf) -> Iterator[str]:
    """A word, or where an address is wider than the measure the parts that fit.

    Any other word is left whole: the census finds what stands outside its frame.
    """
    room = measure.width_mm - measure.first_mm - SAFETY_MM
    while run.href and word and _width(word, run, measure, shelf) > room:
        most = max((n for n in range(1, len(word)) if _width(word[:n], run, measure, shelf) <= room), default=1)
        yield word[:most]
        word = word[most:]
    if word:
        yield word


def _joint_penalty(before: str, after: str, measure: Measure) -> float:
    """A break inside a word or address: at best before an @, at worst where a scrap is left."""
    if not measure.narrow:
        return 0.6
    if after.startswith("@"):
        return 0.8
    return 2.0 if before in ("www.", "http://", "https://") or len(after) < 5 else 1.2


def _space_penalty(before: str, after: str, measure: Measure) -> float:
    """A break at a space: free, unless it parts what belongs together."""
    if measure.narrow:
        return _narrow_penalty(before)
    stub = before.lower().strip("“‘(") in _STUBS
    if measure.balanced and after.lower() in _STUBS and not stub:
        return -0.12  # a title reads best when its second line begins with the small word
    if _are_tied(before, after):
        return _TIED
    if _MONTHS.match(before) and re.match(r"\d{4}", after):
        return _TIED / 5
    if re.fullmatch(r"\W*\d{1,3}", before):
        return 1.2
    return 0.6 if stub else 0.0


def _are_tied(before: str, after: str) -> bool:
    """A figure and its noun, a day and its month, a title and its name, a word and the dash behind it."""
    figure = re.search(r"\d$", before) and (_NOUNS.match(after) or _MONTHS.match(after))
    return bool(figure or re.fullmatch(r"\W*(SDG|Dr|No|Art)\.?", before) or after in ("–", "—"))


def _narrow_penalty(before: str) -> float:
    if before.endswith((",", ":", ";", ".")):
        return 0.0
    return 1.0 if before.lower() in _STUBS else 0.5


def _width(text: str, run: Run, measure: Measure, shelf: FaceShelf) -> float:
    face = _face(run, measure, shelf)
    em = shelf.width_em(text, face) if face else 0.5 * len(text)
    return (em + measure.tracking_em * len(text)) * measure.size_pt * MM_PER_PT


def _face(run: Run, measure: Measure, shelf: FaceShelf) -> Face | None:
    weight = measure.bold_weight if run.bold else measure.weight
    italic = run.italic != measure.italic
    return shelf.find(measure.family, weight, italic) or shelf.find(measure.family, measure.weight, False)
