"""Set a paragraph's lines: the breaks that give the most even rag, not the first that fit.

The engine fills each line as far as it goes, and its paragraphs end on scraps and are torn by
holes. Here all breaks of a paragraph are weighed together (after Knuth and Plass, for ragged
text) in the widths of the faces themselves. A paragraph never takes more lines than filling
would, so an even rag costs no room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from directory_pub.faces import Face, FaceShelf
from directory_pub.model import Run
from directory_pub.page_grid import MM_PER_PT

__all__ = ["Line", "Measure", "set_lines"]

_SAFETY_MM = 0.05
_FORBIDDEN = 1e6
_LAST_RESORT = 6.0    # a break inside a word that is wider than its measure
_STUBS = frozenset("a an the of to in on at by as or and is for our its with from – —".split())
_UNITS = re.compile(r"(million|billion|per|mayors|cities|countries|members|states|languages|years|km|SDGs?)\b", re.I)
_MONTHS = re.compile(r"(January|February|March|April|May|June|July|August|September|October|November|December)\b")
_JOINT = re.compile(r"(?<=[^\W\d_]{2}[-–])(?=[^\W\d_]{3})|(?<=[^\W\d_]{3}/)(?=[^\W\d_]{3})")
_LINK = re.compile(r"(?<=\w/)(?=\w)|(?<=://)(?=\w)|(?<=\w)(?=[?#=&])")
_ADDRESS = re.compile(r"(?<=\w[./_-])(?=\w)|(?<=\w)(?=[@?#=])|(?<=://)(?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as runs; ``spaced`` unless it ends inside a word or with the paragraph."""

    runs: tuple[Run, ...]
    spaced: bool

    @property
    def text(self) -> str:
        """The line's words."""
        return "".join(run.text for run in self.runs)


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
class _Piece:
    """What stands between two places where a line may break."""

    runs: list[Run] = field(default_factory=list)
    width: float = 0.0
    space: float = 0.0      # the space behind it, lost at a line's end
    penalty: float = 0.0    # of a break behind it
    forced: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def set_lines(runs: Sequence[Run], measure: Measure, shelf: FaceShelf) -> tuple[Line, ...]:
    """The lines of one paragraph, each as runs without the space at its end."""
    pieces = list(_cut(runs, measure, shelf))
    if not pieces:
        return ()
    ends = _choose_breaks(pieces, measure)
    lines, start = [], 0
    for end in ends:
        spaced = bool(pieces[end - 1].space) and not pieces[end - 1].forced and end < len(pieces)
        lines.append(Line(runs=_join(pieces[start:end]), spaced=spaced))
        start = end
    return tuple(lines)


# -------------------------------------------------------------------- pieces
def _cut(runs: Sequence[Run], measure: Measure, shelf: FaceShelf) -> Iterator[_Piece]:
    """Cut runs into pieces; a word that changes style in its middle stays one piece."""
    piece = _Piece()
    for run in runs:
        if run.note:
            piece.runs.append(run)
            piece.width += 0.5 * measure.call_pt * MM_PER_PT * 1.2
            continue
        for part in re.split(r"([ \n])", run.text):
            if part == "":
                continue
            if part in " \n":
                piece.space = _width(" ", run, measure, shelf)
                piece.forced = part == "\n"
                if piece.runs:
                    yield piece
                piece = _Piece()
                continue
            for index, bit in enumerate(_joints(part, measure).split(part)):
                if index:
                    piece.penalty = _joint_penalty(piece.text, bit, measure)
                    yield piece
                    piece = _Piece()
                for cut in _fitting(bit, run, measure, shelf):
                    if piece.runs and piece.width + _width(cut, run, measure, shelf) > measure.width_mm - _SAFETY_MM:
                        piece.penalty = _LAST_RESORT
                        yield piece
                        piece = _Piece()
                    piece.runs.append(replace(run, text=cut))
                    piece.width += _width(cut, run, measure, shelf)
    if piece.runs:
        yield piece


def _fitting(word: str, run: Run, measure: Measure, shelf: FaceShelf) -> Iterator[str]:
    """A word, or where an address is wider than the measure the parts that fit.

    Any other word is left whole: the census finds what stands outside its frame.
    """
    room = measure.width_mm - measure.first_mm - _SAFETY_MM
    while run.href and _width(word, run, measure, shelf) > room:
        most = max((n for n in range(1, len(word)) if _width(word[:n], run, measure, shelf) <= room), default=1)
        yield word[:most]
        word = word[most:]
    if word:
        yield word


def _joints(word: str, measure: Measure) -> re.Pattern[str]:
    """Where a word may break: after a hyphen, or in an address where it reads on."""
    if not _is_address(word):
        return _JOINT
    return _ADDRESS if measure.narrow else _LINK


def _is_address(word: str) -> bool:
    return "@" in word or "www." in word or "://" in word or re.search(r"\w\.\w{2,}", word) is not None


def _joint_penalty(before: str, after: str, measure: Measure) -> float:
    """A break inside a word or address: at best before an @, at worst where a scrap is left."""
    if not measure.narrow:
        return 5.0 if before.endswith("://") else 0.6
    if after.startswith("@"):
        return 0.8
    return 2.0 if before in ("www.", "http://", "https://") or len(after) < 5 else 1.2


def _width(text: str, run: Run, measure: Measure, shelf: FaceShelf) -> float:
    face = _face(run, measure, shelf)
    em = shelf.width_em(text, face) if face else 0.5 * len(text)
    return (em + measure.tracking_em * len(text)) * measure.size_pt * MM_PER_PT


def _face(run: Run, measure: Measure, shelf: FaceShelf) -> Face | None:
    weight = measure.bold_weight if run.bold else measure.weight
    italic = run.italic != measure.italic
    return shelf.find(measure.family, weight, italic) or shelf.find(measure.family, measure.weight, False)


# -------------------------------------------------------------------- breaks
def _choose_breaks(pieces: list[_Piece], measure: Measure) -> list[int]:
    """The ends of the lines (index after the last piece) with the least cost."""
    for piece, following in zip(pieces, pieces[1:], strict=False):
        if piece.space:
            piece.penalty = _space_penalty(piece.text, following.text, measure)
    count = _fill(pieces, measure)
    best = _least_cost(pieces, measure, count)
    return best or _filled_ends(pieces, measure)


def _space_penalty(before: str, after: str, measure: Measure) -> float:
    if measure.balanced and after.lower() in _STUBS and before.lower() not in _STUBS:
        return -0.12  # a title reads best when its second line begins with the small word
    if measure.narrow:
        return 0.0 if before.endswith((",", ":", ";", ".")) else 1.0 if before.lower() in _STUBS else 0.5
    if re.search(r"\d$", before) and (_UNITS.match(after) or _MONTHS.match(after)):
        return 40.0
    if re.fullmatch(r"\W*(SDG|Dr|No|Art)\.?", before) or after in ("–", "—"):
        return 40.0
    if _MONTHS.match(before) and re.match(r"\d{4}", after):
        return 8.0
    if re.fullmatch(r"\W*\d{1,3}", before):
        return 1.2
    return 0.35 if before.lower().strip("“‘(") in _STUBS else 0.0


def _room(index: int, measure: Measure) -> float:
    return measure.width_mm - _SAFETY_MM - (measure.first_mm if index == 0 else 0.0)


def _filled_ends(pieces: list[_Piece], measure: Measure) -> list[int]:
    """Where lines end when each is filled as far as it goes."""
    ends: list[int] = []
    width = 0.0
    start = 0
    for index, piece in enumerate(pieces):
        if index > start and (width + piece.width > _room(len(ends), measure) or pieces[index - 1].forced):
            ends.append(index)
            start, width = index, 0.0
        width += piece.width + piece.space
    return [*ends, len(pieces)]


def _fill(pieces: list[_Piece], measure: Measure) -> int:
    return len(_filled_ends(pieces, measure))


def _least_cost(pieces: list[_Piece], measure: Measure, most_lines: int) -> list[int] | None:
    """Dynamic programming over (line, end); None where no set of lines fits at all."""
    ends = len(pieces)
    before: dict[int, tuple[float, tuple[int, ...], float]] = {0: (0.0, (), -1.0)}
    found: tuple[float, tuple[int, ...]] | None = None
    ideal = _mean_width(pieces, most_lines) if measure.balanced else 0.0
    for number in range(most_lines):
        room = _room(number, measure)
        after: dict[int, tuple[float, tuple[int, ...], float]] = {}
        for start, (cost, path, slack_before) in before.items():
            for end, width in _lines_from(pieces, start, room):
                last = end == ends
                slack = (room - width) / measure.width_mm
                price = cost + _line_cost(slack, width / measure.width_mm, pieces[end - 1], last, measure, ideal, number)
                price += 6 * abs(slack - slack_before) ** 2 if slack_before >= 0 and not last and not measure.narrow else 0
                if last and number == most_lines - 1 and (found is None or price < found[0]):
                    found = (price, (*path, end))
                elif not last and (end not in after or price < after[end][0]):
                    after[end] = (price, (*path, end), slack)
        before = after
    return list(found[1]) if found else None


def _mean_width(pieces: list[_Piece], lines: int) -> float:
    return sum(piece.width + piece.space for piece in pieces) / lines


def _lines_from(pieces: list[_Piece], start: int, room: float) -> Iterator[tuple[int, float]]:
    """Every line that begins at ``start`` and fits: its end and width."""
    width = 0.0
    for end in range(start, len(pieces)):
        width += pieces[end].width
        if width > room and end > start:
            return
        yield end + 1, width
        if pieces[end].forced or width > room:
            return
        width += pieces[end].space


def _line_cost(
    slack: float, fullness: float, last_piece: _Piece, last: bool, measure: Measure, ideal_mm: float, number: int
) -> float:
    if slack < -1e-9:
        return _FORBIDDEN
    if measure.balanced:
        return abs(fullness * measure.width_mm - ideal_mm) / measure.width_mm * 10 + (0 if last else 8 * last_piece.penalty)
    if measure.narrow:
        return 3 * max(0.0, 0.4 - fullness) * bool(number) if last else 0.3 * slack + last_piece.penalty
    if last:
        return 140 * max(0.0, 0.33 - fullness) ** 2 if number else 0.0
    return 40 * slack**2 + (120 * (slack - 0.12) ** 2 if slack > 0.12 else 0.0) + last_piece.penalty * 0.5


def _join(pieces: list[_Piece]) -> tuple[Run, ...]:
    """The runs of a line, spaces between its pieces, neighbours of one style in one."""
    out: list[Run] = []
    for index, piece in enumerate(pieces):
        for run in piece.runs:
            held = out[-1] if out else None
            if held and not held.note and not run.note and replace(held, text="") == replace(run, text=""):
                out[-1] = replace(held, text=held.text + run.text)
            else:
                out.append(run)
        if piece.space and index < len(pieces) - 1:
            out = _with_space(out, pieces[index + 1])
    return tuple(out)


def _with_space(out: list[Run], following: _Piece) -> list[Run]:
    """Put the space into the run that both sides share, else into the plainer one."""
    held, coming = out[-1], following.runs[0]
    if not held.note and (held.href == coming.href or held.href is None):
        return [*out[:-1], replace(held, text=held.text + " ")]
    plainer = replace(coming, text=" ", note=None) if coming.href is None else replace(held, text=" ", note=None, href=None)
    return [*out, plainer]


