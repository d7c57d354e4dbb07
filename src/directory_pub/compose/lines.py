"""Set a paragraph's lines: the breaks that give the most even rag, not the first that fit.

The engine fills each line as far as it goes, and its paragraphs end on scraps and are torn by
holes. Here all breaks of a paragraph are weighed together (after Knuth and Plass, for ragged
text) in the widths of the faces themselves. A paragraph never takes more lines than filling
would, so an even rag costs no room.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.compose.address_joints import is_address
from directory_pub.compose.measure import Measure
from directory_pub.compose.segments import Segment, cut_segments
from directory_pub.design.faces import FontLibrary
from directory_pub.edition.text import Run

__all__ = ["Line", "Measure", "set_lines"]

_FORBIDDEN = 1e6
_HYPHENS = ("-", "\u2010")
_ALONE = 12.0  # a word that is a paragraph's last line
_SHORT_LINE, _TOWN_ALONE = 0.4, 0.4  # of a narrow measure; what a town alone costs there
_SCRAP, _SHORTEST = 4.0, 1 / 6  # a last line below this share of the measure, beside what all short ones cost


class Line(Struct, frozen=True, kw_only=True):
    """One line as runs; ``joined`` where it ends inside a word, with the ``hyphen`` that is drawn there if one is.

    It begins by ``hang_mm`` outside of its measure.
    """

    runs: tuple[Run, ...]
    joined: bool = False
    hyphen: Run | None = None
    hang_mm: float = 0.0

    @property
    def text(self) -> str:
        """The line's words, with what is drawn at its end."""
        return "".join(run.text for run in self.runs) + (self.hyphen.text if self.hyphen else "")


class _Path(Struct, frozen=True):
    """The best way found to one break: its cost, its ends so far, the last line's slack."""

    cost: float
    ends: tuple[int, ...]
    slack: float | None


def set_lines(runs: Sequence[Run], measure: Measure, library: FontLibrary) -> tuple[Line, ...]:
    """The lines of one paragraph, each as runs without the space at its end.

    Those of the last paragraphs are at hand: an edit changes one of an entry. A note is known by
    its identity, so what calls one is set anew.
    """
    told = tuple(runs)
    return (_set_lines if any(run.note for run in told) else _set_lines_once)(told, measure, library)


def _set_lines(runs: tuple[Run, ...], measure: Measure, library: FontLibrary) -> tuple[Line, ...]:
    segments = cut_segments(runs, measure, library)
    lines, start = [], 0
    for end in _choose_ends(segments, measure) if segments else ():
        final, runs_of_line = segments[end - 1], _join(segments[start:end])
        joined = end < len(segments) and not final.space and not final.forced
        hyphen = replace(final.runs[-1], text="-", href=None, indexed=None) if joined and final.hyphen else None
        lines.append(Line(runs=runs_of_line, joined=joined, hyphen=hyphen, hang_mm=round(segments[start].hang, 3)))
        start = end
    return tuple(lines)


_set_lines_once = functools.lru_cache(maxsize=2000)(_set_lines)


# -------------------------------------------------------------------- breaks
def _choose_ends(segments: list[Segment], measure: Measure) -> Sequence[int]:
    """The ends of the lines (index after the last piece) that cost least, in as few lines as the paragraph can have.

    Dynamic programming over lines and ends.
    """
    needed = _lines_needed(segments, measure)
    count = 1 + min(needed[end] for end, _ in _lines_from(segments, 0, _room(0, measure)))
    ideal_mm = sum(segment.width + segment.space for segment in segments) / count
    paths = {0: _Path(0.0, (), None)}
    for number in range(count):
        within = [lines < count - number for lines in needed]
        paths = _next_line(paths, segments, measure, number, ideal_mm, within=within)
    return paths[len(segments)].ends


def _room(number: int, measure: Measure) -> float:
    """The width of line ``number``, counted from 0."""
    return measure.room_mm if number else measure.first_room_mm


def _lines_needed(segments: list[Segment], measure: Measure) -> list[int]:
    """How many lines the pieces from each index on take at the least; none behind the last."""
    needed = [0] * (len(segments) + 1)
    for start in reversed(range(len(segments))):
        needed[start] = 1 + min(needed[end] for end, _ in _lines_from(segments, start, _room(1, measure)))
    return needed


def _next_line(
    paths: dict[int, _Path],
    segments: list[Segment],
    measure: Measure,
    number: int,
    ideal_mm: float,
    *,
    within: Sequence[bool],
) -> dict[int, _Path]:
    """The best path to every end that one more line can reach; ``within`` tells which leave the others enough lines."""
    room = _room(number, measure)
    best: dict[int, _Path] = {}
    for start, path in paths.items():
        for end, width in _lines_from(segments, start, room):
            if not within[end]:
                continue
            last = end == len(segments)
            slack = (room - width) / measure.width_mm
            cost = path.cost + _line_cost(
                width, slack, segments[end - 1], measure, ideal_mm, last=last, first=number == 0
            )
            if last and number and not (measure.balanced or measure.narrow) and _is_word_alone(segments[start:end]):
                cost += _ALONE
            if measure.narrow and not last and width < _SHORT_LINE * room and _is_town_alone(segments[start:end]):
                cost += _TOWN_ALONE
            if path.slack is not None and not last and not measure.narrow:
                cost += 6 * (slack - path.slack) ** 2
            if end not in best or cost < best[end].cost:
                best[end] = _Path(cost, (*path.ends, end), slack)
    return best


def _lines_from(segments: list[Segment], start: int, room: float) -> Iterator[tuple[int, float]]:
    """Every line that begins at ``start`` and fits: its end and width. A piece too wide is a line of its own.

    Pieces that are bound to one another are only parted where they do not fit on a line.
    """
    width, parted = -segments[start].hang, (start + 1, segments[start].width)
    found, before = False, segments[start - 1] if start else None
    for index in range(start, len(segments)):
        segment = segments[index]
        width += segment.width
        if index > start and width > room:
            break
        if width + segment.hyphen <= room or index == start:
            parted = (index + 1, width + segment.hyphen)
            if not segment.bound and not _hyphenates_again(segment, before):
                found = True
                yield parted
        if segment.forced or width > room:
            break
        width += segment.space
    if not found:
        yield parted


def _hyphenates_again(final: Segment, before: Segment | None) -> bool:
    """Whether a line, as the one before it, would end in a hyphen, and one of the two by a rule."""
    if before is None or not (final.parts_word or before.parts_word):
        return False
    return _ends_in_hyphen(before) and _ends_in_hyphen(final)


def _ends_in_hyphen(segment: Segment) -> bool:
    return bool(segment.hyphen) or (not segment.space and segment.text.endswith(_HYPHENS))


def _line_cost(
    width: float, slack: float, final: Segment, measure: Measure, ideal_mm: float, *, last: bool, first: bool
) -> float:
    """What a line costs by the rule of its measure; ``final`` is the piece that it ends with."""
    fullness = width / measure.width_mm
    if slack < -1e-9:
        return _FORBIDDEN
    if measure.balanced:
        uneven = abs(width - ideal_mm) / measure.width_mm * 10
        return uneven if last else uneven + 8 * final.penalty
    if measure.narrow:
        scrap = _scrap_cost(3.0 * (0.4 - fullness), first)
        return scrap if last else scrap + 0.3 * slack + final.penalty
    if last:
        scrap = _SCRAP if fullness < _SHORTEST else 0.0
        return _scrap_cost(140 * (0.33 - fullness) * abs(0.33 - fullness) + scrap, first)
    hole = 120 * (slack - 0.12) ** 2 if slack > 0.12 else 0.0
    return 40 * slack**2 + hole + final.penalty * 0.5


def _is_word_alone(line: Sequence[Segment]) -> bool:
    """Whether a line is one word; an address is long enough to stand alone."""
    text = "".join(segment.text for segment in line)
    return not any(segment.space for segment in line[:-1]) and not is_address(text)


def _is_town_alone(line: Sequence[Segment]) -> bool:
    """Whether a line is one word before a comma, such as a town without the postcode that comes behind it."""
    return _is_word_alone(line) and line[-1].text.endswith(",")


def _scrap_cost(cost: float, first: bool) -> float:
    """A short last line is a scrap, unless it is the only line."""
    return 0.0 if first else max(0.0, cost)


# -------------------------------------------------------------------- runs
def _join(segments: list[Segment]) -> tuple[Run, ...]:
    """The runs of a line, spaces between its pieces, neighbours of one style in one."""
    out: list[Run] = []
    for index, segment in enumerate(segments):
        for run in segment.runs:
            held = out[-1] if out else None
            if held and not held.note and not run.note and _style(held) == replace(run, text=""):
                out[-1] = replace(held, text=held.text + run.text)
            else:
                out.append(run)
        if segment.space and index < len(segments) - 1:
            out = _with_space(out, segments[index + 1].runs[0])
    return tuple(out)


def _style(run: Run) -> Run:
    """What a run has besides its words and that they stand in an index, which their beginning does."""
    return replace(run, text="", indexed=None)


def _with_space(out: list[Run], coming: Run) -> list[Run]:
    """Put the space into the run before it, but not into a link or a note."""
    held = out[-1]
    if not held.note and (held.href == coming.href or held.href is None):
        return [*out[:-1], replace(held, text=held.text + " ")]
    if coming.href is None:
        return [*out, replace(coming, text=" ", note=None, indexed=None)]
    return [*out, replace(held, text=" ", note=None, href=None, indexed=None)]
