"""Cut a paragraph into the pieces between which a line may break, in the widths of the faces."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.compose.address_joints import cut_before, is_address, joints_of
from directory_pub.compose.break_costs import (
    CLOSING,
    WANTED,
    ends_sentence,
    is_bound,
    is_held,
    joint_penalty,
    space_penalty,
)
from directory_pub.compose.measure import Measure
from directory_pub.design.faces import FontLibrary
from directory_pub.edition.quotation import OPENING_MARKS
from directory_pub.edition.text import Run

__all__ = ["MEETING", "RATHER_HERE", "UNSEEN", "Segment", "cut_segments"]

RATHER_HERE = "\u2028"
"""A space at which a title may rather break than at others."""
MEETING = "\u2029"
"""Where two words meet in an address, which is rather cut there than at a syllable; nothing elsewhere."""
_BETWEEN_WORDS, _LAST_RESORT = 3.0, 6.0  # a break inside a label of an address that is wider than its measure

_HYPHEN = re.compile(r"(?<=[^\W\d_]{2}[-–])(?=[^\W\d_]{3})|(?<=[^\W\d_]{3}/)(?=[^\W\d_]{3})")
# Where an editor has allowed a break: with a hyphen (U+00AD) or without one (U+200B); elsewhere they are nothing.
_ALLOWED = re.compile(r"((?<=[^\W\d_])\u00ad(?=[^\W\d_])|\u200b)")
_SPACES = (" ", "\n", RATHER_HERE)
_OPENING = re.compile(rf"[{OPENING_MARKS}]+(?=\w)")
_BY_RULE = "-"  # where a word's language allows one
_HYPHENATED = ("\u00ad", _BY_RULE)
_MARKS = ("\u00ad", "\u200b")
UNSEEN = str.maketrans("", "", "".join((*_MARKS, MEETING)))


class _Bit(Struct, frozen=True):
    """What stands between two places where a word may break, with the mark that ``allowed`` the break before it.

    ``meetings`` are the offsets at which two words meet in it.
    """

    text: str
    allowed: str = ""
    meetings: tuple[int, ...] = ()


class Segment(Struct):
    """What stands between two places where a line may break; widths in mm.

    ``space`` is lost at a line's end, ``hyphen`` is drawn there; ``penalty`` is what a break behind the piece
    costs. Behind one that is ``bound`` to what follows no line ends while there is another way, and behind one
    where a break is ``wanted`` the line of a title does. One that ``parts_word`` ends inside a word by the rules of
    its language. ``hang`` is what goes out of the measure where a line begins with it.
    """

    runs: list[Run] = field(default_factory=list)
    width: float = 0.0
    space: float = 0.0
    hyphen: float = 0.0
    parts_word: bool = False
    penalty: float = 0.0
    forced: bool = False
    bound: bool = False
    wanted: bool = False
    hang: float = 0.0

    @property
    def text(self) -> str:
        """Its words without their styles."""
        return "".join(run.text for run in self.runs)


def cut_segments(runs: Sequence[Run], measure: Measure, library: FontLibrary) -> list[Segment]:
    """All pieces of a paragraph, with what a break behind each costs."""
    segments = list(_cut(runs, measure, library))
    begins = False
    for at, (segment, following) in enumerate(itertools.pairwise(segments), 2):
        if segment.space:
            then = segments[at].text if at < len(segments) else ""
            penalty = space_penalty(segment.text, following.text, measure, begins=begins, then=then)
            if segment.wanted:
                penalty = WANTED if measure.balanced else min(penalty, 0.0)
            segment.penalty = penalty
            segment.bound = not segment.forced and is_bound(segment.text, following.text)
        begins = bool(segment.space) and ends_sentence(segment.text)
    if measure.hangs_marks:
        for segment in segments:
            opening = _OPENING.match(segment.runs[0].text)
            segment.hang = measure.width_of(opening[0], segment.runs[0], library) if opening else 0.0
    return segments


def _cut(runs: Sequence[Run], measure: Measure, library: FontLibrary) -> Iterator[Segment]:
    """A word that changes style in its middle stays one piece; a call stays with its word."""
    segment, before = Segment(), Segment()
    short = measure.hyphens and measure.is_short(library)
    parted = measure.parting.places(runs, short=short) if measure.hyphens else {}
    offset = 0
    for run in runs:
        if run.note:
            touches = bool(segment.runs and segment.runs[-1].note)
            segment.runs.append(run)
            segment.width += measure.width_of_call(run.note, touches=touches)
            continue
        begins = run
        for part in re.split(r"([ \n\u2028])", run.text):
            if part in _SPACES:
                segment.space, segment.forced = measure.width_of(" ", run, library), part == "\n"
                segment.wanted = part == RATHER_HERE
                if segment.runs:
                    yield segment
                    before = segment
                elif segment.forced:
                    before.forced = True  # a space stood before the editor's break
                segment = Segment()
            elif part:
                *whole, segment = _extend(segment, part, begins, measure, library, parts=parted.get(offset, ()))
                yield from whole
                begins = replace(run, indexed=None)  # what stands in an index is where its first word is
            offset += len(part)
    if segment.runs:
        yield segment


def _extend(
    segment: Segment, word: str, run: Run, measure: Measure, library: FontLibrary, *, parts: Sequence[int]
) -> Iterator[Segment]:
    """The pieces that a word makes of the piece that it goes on from; ``parts`` are where its language parts it."""
    plain = word.translate(UNSEEN)
    address = is_address(plain)
    fits = address and measure.width_of(plain, run, library) <= measure.room_mm
    bits = _bits(word, address=address, tight=measure.narrow or not fits)
    for index, bit in enumerate(_parted(word, parts) if parts else bits):
        if index:
            segment.hyphen = measure.width_of("-", run, library) if bit.allowed in _HYPHENATED else 0.0
            segment.parts_word = bit.allowed == _BY_RULE
            whole = fits and not bit.allowed
            segment.penalty = joint_penalty(
                segment.text, bit.text, measure, hyphenated=bool(segment.hyphen), address=whole
            )
            segment.bound = not (address or bit.allowed) and is_held(segment.text, bit.text)
            yield segment
            segment = Segment()
        for cut, penalty in _fitting(bit, run, measure, library):
            if segment.runs and cut != bit.text and segment.width:
                segment.penalty = penalty
                yield segment
                segment = Segment()
            segment.runs.append(replace(run, text=cut))
            segment.width += measure.width_of(cut, run, library)
            run = replace(run, indexed=None)
    yield segment


def _parted(word: str, parts: Sequence[int]) -> Iterator[_Bit]:
    """The parts of a word by the rules of its language."""
    for start, end in itertools.pairwise([0, *parts, len(word)]):
        yield _Bit(word[start:end], _BY_RULE)


def _bits(word: str, *, address: bool, tight: bool) -> Iterator[_Bit]:
    """What stands between the places where a word may break."""
    allowed = ""
    for part in _ALLOWED.split(word):
        if part in _MARKS:
            allowed = part
        plain = part.translate(UNSEEN)
        meetings = [match.start() - number for number, match in enumerate(re.finditer(MEETING, part))]
        joints = joints_of(plain, tight=tight) if address else [match.start() for match in _HYPHEN.finditer(plain)]
        for start, end in itertools.pairwise([0, *joints, len(plain)]):
            if start < end:
                yield _Bit(plain[start:end], allowed, tuple(at - start for at in meetings if start < at < end))
                allowed = ""


def _fitting(bit: _Bit, run: Run, measure: Measure, library: FontLibrary) -> Iterator[tuple[str, float]]:
    """A word, or where an address is wider than the measure the parts that fit, with what a break before each costs.

    Any other word is left whole: the census finds what stands outside its frame.
    """
    word, meetings, penalty = bit.text, bit.meetings, _LAST_RESORT
    room = min(measure.first_room_mm, measure.room_mm)
    while run.href and word and measure.width_of(word, run, library) > room:
        wider = (n for n in range(1, len(word)) if measure.width_of(word[:n], run, library) > room)
        most = max(next(wider, len(word)) - 1, 1)
        most = next((n for n in range(most, 0, -1) if word[n] not in CLOSING), most)
        at = cut_before(word, most, run.language or measure.parting.language, meetings)
        yield word[:at], penalty
        penalty = _BETWEEN_WORDS if at in meetings else _LAST_RESORT
        word, meetings = word[at:], tuple(meeting - at for meeting in meetings if meeting > at)
    if word:
        yield word, penalty
