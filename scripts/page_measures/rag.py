"""How lines are set: the rag of each family and size, last lines, and what stands at the ends of lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import fmean, pstdev

from page_measures.book import Book
from page_measures.findings import Finding, Section, pages_of
from page_measures.lines import Line
from page_measures.paragraphs import Paragraph

__all__ = ["measure_last_lines", "measure_line_ends", "measure_rag"]

_LEAST_LINES = 8  # fewer full lines are no text that has a rag
_UNEVEN = 0.12  # lines whose fill of the measure differs by more are rows or addresses, and no running text
_STRANDED_SHARE = 0.01  # of all full lines: so many sentences may begin at a line's end
_BAD_FILL = 0.2  # of the mean
_SHORT = 1 / 6  # of the measure
_STRANDED = re.compile(r"[.?!][”’»\"')\d]* (\w{1,4}),?$")


def measure_rag(book: Book, paragraphs: Sequence[Paragraph]) -> tuple[list[Section], list[Paragraph]]:
    """One section for each family and size of running text, that of most lines first; and the paragraphs of these."""
    groups: dict[tuple[str, float], list[tuple[Line, float]]] = defaultdict(list)
    for paragraph in paragraphs:
        for line in paragraph.full:
            groups[line.group].append((line, paragraph.right))
    running = [group for group, lines in groups.items() if _is_running(lines)]
    running.sort(key=lambda group: -len(groups[group]))
    return [_rag(book, group, groups[group]) for group in running], [
        paragraph for paragraph in paragraphs if paragraph.lines[0].group in running
    ]


def _is_running(lines: Sequence[tuple[Line, float]]) -> bool:
    return len(lines) >= _LEAST_LINES and pstdev(_fill(line, right) for line, right in lines) < _UNEVEN


def _fill(line: Line, right: float) -> float:
    return (line.right - line.left) / max(1.0, right - line.left)


def _rag(book: Book, group: tuple[str, float], lines: Sequence[tuple[Line, float]]) -> Section:
    family, size = group
    counts = sorted(len(line.text) for line, _ in lines)
    fills = [_fill(line, right) for line, right in lines]
    mean = fmean(fills)
    bad = [
        Finding("line deviates over 20 %", line.page, line.place, f"{100 * fill:.0f} % of the measure", False)
        for (line, _), fill in zip(lines, fills, strict=True)
        if abs(fill - mean) > _BAD_FILL * mean
    ]
    spaces = sorted(space for line, _ in lines for space in _spaces(line))
    p95 = counts[min(len(counts) - 1, round(0.95 * len(counts)))]
    leading = book.leadings.get(group)
    filled = f"{100 * mean:.1f} / {100 * pstdev(fills):.1f} / {100 * min(fills):.1f} %"
    low, median, high = (_at(spaces, share) for share in (0.05, 0.5, 0.95))
    rows = [
        ("full lines", str(len(lines))),
        ("characters mean / p95 / max", f"{fmean(counts):.1f} / {p95} / {counts[-1]}"),
        ("fill of the measure mean / sd / worst", filled),
        ("word space (em) median, 5 to 95 %", f"{median:.3f}, {low:.3f} to {high:.3f}"),
        ("leading ratio", f"{leading / size:.3f}" if leading else "none"),
        ("lines over 20 % from the mean", f"{len(bad)} ({pages_of(bad)})"),
    ]
    figures = {
        "full_lines": len(lines),
        "characters": [round(fmean(counts), 1), p95, counts[-1]],
        "fill_percent": [round(100 * v, 1) for v in (mean, pstdev(fills), min(fills))],
        "word_space_em": round(median, 4),
        "leading_ratio": round(leading / size, 3) if leading else None,
    }
    return Section(f"Rag of {family} {size:g}", rows, figures, bad)


def _at(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, round(share * len(values)))] if values else 0.0


def _spaces(line: Line) -> Iterator[float]:
    """The white of each word space, in em."""
    for before, space, after in zip(line.characters, line.characters[1:], line.characters[2:], strict=False):
        same = before.face == after.face and before.size == after.size == space.size
        if space.text.isspace() and same and not before.text.isspace() and not after.text.isspace():
            yield (after.left - space.left) / space.size


def measure_last_lines(paragraphs: Sequence[Paragraph]) -> Section:
    """Last lines of paragraphs of two lines or more."""
    one: list[Finding] = []
    few: list[Finding] = []
    short: list[Finding] = []
    lasts = [(line, paragraph.right) for paragraph in paragraphs if (line := paragraph.last)]
    for line, right in lasts:
        words, share = line.text.split(), _fill(line, right)
        filled = f"{100 * share:.0f} % of the measure"
        if len(words) == 1:
            one.append(_at_line("one word in the last line", line, filled, not _is_address(words[0])))
        if len(words) == 2:
            few.append(_at_line("two words in the last line", line, filled, False))
        if share < _SHORT:
            short.append(_at_line("last line below a sixth", line, filled))
    addresses = sum(not finding.is_fault for finding in one)
    rows = [
        ("paragraphs of two lines or more", str(len(lasts))),
        ("last line of one word", f"{len(one)}, {addresses} of them addresses ({pages_of(one)})"),
        ("last line of fewer than three words", f"{len(one) + len(few)} ({pages_of([*one, *few])})"),
        ("last line below 1/6 of the measure", f"{len(short)} ({pages_of(short)})"),
    ]
    figures = {
        "paragraphs": len(lasts),
        "one_word": len(one),
        "addresses": addresses,
        "few_words": len(one) + len(few),
        "short": len(short),
    }
    return Section("Last lines", rows, figures, [*one, *few, *short])


def _at_line(kind: str, line: Line, figure: str, is_fault: bool = True) -> Finding:
    return Finding(kind, line.page, line.place, figure, is_fault)


def _is_address(word: str) -> bool:
    return "@" in word or "/" in word or bool(re.search(r"\w\.\w", word))


def measure_line_ends(paragraphs: Sequence[Paragraph]) -> Section:
    """Sentences that begin at a line's end, hyphens there, and words that stand below themselves."""
    full = [line for paragraph in paragraphs for line in paragraph.full]
    pairs = [pair for paragraph in paragraphs for pair in pairwise(paragraph.lines)]
    found = [(line, match[1]) for line in full if (match := _STRANDED.search(line.text)) and match[1][0].isupper()]
    is_much = len(found) > _STRANDED_SHARE * len(full)
    stranded = [_at_line("sentence begins at a line's end", line, f"“{word}”", is_much) for line, word in found]
    hyphens = [
        _at_line("line ends in a hyphen", line, f"“{line.text.split()[-1]}”", False) for line in full if _hyphened(line)
    ]
    running = [
        _at_line("two lines running end in a hyphen", line, f"“{line.text.split()[-1]}”")
        for above, line in pairs
        if _hyphened(above) and _hyphened(line)
    ]
    begins, ends = (
        [
            _at_line(f"two lines running {kind} with one word", line, f"“{line.text.split()[number]}”", False)
            for above, line in pairs
            if _is_same(above.text.split()[number], line.text.split()[number])
        ]
        for number, kind in ((0, "begin"), (-1, "end"))
    )
    rows = [
        ("sentences that begin at a line's end", f"{len(stranded)} of {len(full)} full lines ({_words(stranded)})"),
        ("lines that end in a hyphen", f"{len(hyphens)} ({pages_of(hyphens)})"),
        ("two such lines running", f"{len(running)} ({pages_of(running)})"),
        ("same word begins two lines running", f"{len(begins)} ({pages_of(begins)})"),
        ("same word ends two lines running", f"{len(ends)} ({pages_of(ends)})"),
    ]
    figures = {
        "stranded": len(stranded),
        "hyphens": len(hyphens),
        "hyphens_running": len(running),
        "begin": len(begins),
        "end": len(ends),
    }
    return Section("Ends of lines", rows, figures, [*stranded, *hyphens, *running, *begins, *ends])


def _is_same(one: str, other: str) -> bool:
    return one == other and any(character.isalpha() for character in one)


def _words(stranded: Sequence[Finding]) -> str:
    return " ".join(f"p{finding.page} {finding.figure}" for finding in stranded) or "none"


def _hyphened(line: Line) -> bool:
    return len(line.text) > 1 and line.text[-1] in "-‐\u00ad" and line.text[-2].isalpha()
