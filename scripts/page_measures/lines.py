"""Characters as lines: what stands together on one baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from page_measures.pages import Character, Page

__all__ = ["Line", "set_lines"]

_SAME_BASELINE = 0.1  # points
_GAP_EM = 0.8  # a wider gap parts columns
_LEADER = 4  # so many stops in a row lead the eye, and are no text


@dataclass(frozen=True, slots=True)
class Line:
    """Characters in a row; ``size`` and ``family`` are those of most of them, raised figures left out."""

    page: int
    text: str
    left: float
    right: float
    baseline: float
    size: float
    family: str
    characters: tuple[Character, ...]

    @property
    def group(self) -> tuple[str, float]:
        """What lines are compared by: family and size."""
        return self.family, self.size

    @property
    def place(self) -> str:
        """Where it stands, for a reader: its first words and its baseline."""
        words = self.text if len(self.text) <= 34 else self.text[:33].rsplit(" ", 1)[0] + " …"
        return f"“{words}” at {self.baseline:.1f} pt"


def set_lines(page: Page) -> list[Line]:
    """The lines of a page from the top, those on one baseline from the left; blank ones are left out."""
    rows = _rows(_without_doubles(page.characters))
    lines: list[Line] = []
    for row in _lower_raised(rows):
        for part in _parts(_without_leaders(sorted(row, key=lambda c: c.left))):
            if line := _line(page.number, part):
                lines.append(line)
    return sorted(lines, key=lambda line: (line.baseline, line.left))


def _without_doubles(characters: Sequence[Character]) -> list[Character]:
    """Characters once each: some programs print bold by printing twice. The letters of a ligature share a place, too,
    but follow one another."""
    seen: dict[tuple[str, float, float], int] = {}
    kept = []
    for index, character in enumerate(characters):
        place = (character.text, round(character.left, 1), round(character.baseline, 1))
        if seen.get(place, index - 1) >= index - 2:
            kept.append(character)
        seen[place] = index
    return kept


def _rows(characters: Iterable[Character]) -> list[list[Character]]:
    rows: list[list[Character]] = []
    for character in sorted(characters, key=lambda c: c.baseline):
        if rows and character.baseline - rows[-1][0].baseline <= _SAME_BASELINE:
            rows[-1].append(character)
        else:
            rows.append([character])
    return rows


def _lower_raised(rows: list[list[Character]]) -> list[list[Character]]:
    """Raised figures, such as the calls of notes, put into the line that they belong to."""
    for number, row in enumerate(rows):
        kept: list[Character] = []
        for character in sorted(row, key=lambda c: c.left):
            host = next((below for below in rows[number + 1 : number + 6] if _hosts(below, character)), None)
            (kept if host is None else host).append(character)
        row[:] = kept
    return [row for row in rows if row]


def _hosts(row: Sequence[Character], raised: Character) -> bool:
    if not row or raised.text.isalpha():
        return False
    size, drop = max(c.size for c in row), row[0].baseline - raised.baseline
    if raised.size > 0.85 * size or not 0.15 * size < drop < 0.7 * size:
        return False
    return any(abs(c.right - raised.left) < 0.25 * size for c in row)


def _without_leaders(row: Sequence[Character]) -> list[Character]:
    kept: list[Character] = []
    stops: list[Character] = []
    for character in [*row, None]:
        if character is not None and (character.text == "." or (stops and character.text.isspace())):
            stops.append(character)
            continue
        if sum(stop.text == "." for stop in stops) < _LEADER:
            kept += stops
        stops = []
        if character is not None:
            kept.append(character)
    return kept


def _parts(row: Sequence[Character]) -> Iterable[Sequence[Character]]:
    start, right = 0, 0.0
    for index, character in enumerate(row):
        if index > start and character.left - right > _GAP_EM * max(character.size, row[index - 1].size):
            yield row[start:index]
            start, right = index, 0.0
        right = max(right, character.left if character.text.isspace() and not right else character.right)
    if row:
        yield row[start:]


def _line(page: int, characters: Sequence[Character]) -> Line | None:
    inked = [index for index, c in enumerate(characters) if not c.text.isspace()]
    if not inked:
        return None
    part = characters[inked[0] : inked[-1] + 1]
    low = max(c.baseline for c in part)
    on_it = [c for c in part if low - c.baseline <= _SAME_BASELINE]
    size = Counter(c.size for c in on_it).most_common(1)[0][0]
    family = Counter(c.family for c in on_it).most_common(1)[0][0]
    baseline = sorted(c.baseline for c in on_it)[len(on_it) // 2]
    text = " ".join("".join(c.text for c in part).split())
    return Line(page, text, part[0].left, max(c.right for c in part), baseline, size, family, tuple(part))
