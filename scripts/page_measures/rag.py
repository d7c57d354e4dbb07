"""How lines are set: the rag of each family and size, last lines, and what stands at the ends of lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
_STRANDED = re.compile(r"[.?!][”’»\"')\d]* (\w{1,4})$")


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
    rows = [
        ("full lines", str(len(lines))),
        ("characters mean / p95 / max", f"{fmean(counts):.1f} / {p95} / {counts[-1]}"),
        ("fill of the measure mean / sd / worst", f"{100 * mean:.1f} / {100 * pstdev(fills):.1f} / {100 * min(fills):.1f} %"),
        ("word space (em) median, 5 to 95 %", f"{_at(spaces, 0.5):.3f}, {_at(spaces, 0.05):.3f} to {_at(spaces, 0.95):.3f}" if spaces else "none"),
        ("leading ratio", f"{leading / size:.3f}" if leading else "none"),
        ("lines over 20 % from the mean", f"{len(bad)} ({pages_of(bad)})"),
    ]  # fmt: skip
    figures = {
        "full_lines": len(lines),
        "characters": [round(fmean(counts), 1), p95, counts[-1]],
        "fill_percent": [round(100 * v, 1) for v in (mean, pstdev(fills), min(fills))],
        "word_space_em": round(_at(spaces, 0.5), 4) if spaces else None,
        "leading_ratio": round(leading / size, 3) if leading else None,
    }
    return Section(f"Rag of {family} {size:g}", rows, figures, bad)


def _at(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, round(share * len(values)))]


def _spaces(line: Line) -> Iterator[float]:
    """The white of each word space, in em."""
    for before, space, after in zip(line.characters, line.characters[1:], line.characters[2:], strict=False):
        same = before.face == after.face and before.size == after.size == space.size
        if space.text.isspace() and same and not before.text.isspace() and not after.text.isspace():
            yield (after.left - space.left) / space.size


def measure_last_lines(paragraphs: Sequence[Paragraph]) -> Section:
    """Last lines of paragraphs of two lines or more, titles among them."""
    lasts = [(line, p) for p in paragraphs if (line := p.last)]
    one, few, short = [], [], []
    for line, paragraph in lasts:
        words = line.text.split()
        share = _fill(line, paragraph.right)
        if len(words) == 1:
            is_address = _is_address(words[0])
            one.append(Finding("one word in the last line", line.page, line.place, f"{100 * share:.0f} % of the measure", not is_address))
        if len(words) < 3:
            few.append(Finding("fewer than three words in the last line", line.page, line.place, f"{len(words)} words", False))
        if share < _SHORT:
            short.append(Finding("last line below a sixth", line.page, line.place, f"{100 * share:.0f} % of the measure"))  # fmt: skip
    addresses = sum(not finding.is_fault for finding in one)
    rows = [
        ("paragraphs of two lines or more", str(len(lasts))),
        ("last line of one word", f"{len(one)}, {addresses} of them addresses ({pages_of(one)})"),
        ("last line of fewer than three words", f"{len(few)} ({pages_of(few)})"),
        ("last line below 1/6 of the measure", f"{len(short)} ({pages_of(short)})"),
    ]
    figures = {"paragraphs": len(lasts), "one_word": len(one), "addresses": addresses, "few_words": len(few), "short": len(short)}
    return Section("Last lines", rows, figures, [*one, *few, *short])


def _is_address(word: str) -> bool:
    return "@" in word or "/" in word or bool(re.search(r"\w\.\w", word))


def measure_line_ends(paragraphs: Sequence[Paragraph]) -> Section:
    """Sentences that begin at a line's end, hyphens there, and words that stand below themselves."""
    stranded, hyphens, running, begins, ends = [], [], [], [], []
    for paragraph in paragraphs:
        lines = paragraph.full
        for line in lines:
            if (found := _STRANDED.search(line.text)) and found[1][0].isupper():
                stranded.append(Finding("sentence begins at a line's end", line.page, line.place, f"“{found[1]}”"))
            if _hyphened(line):
                hyphens.append(Finding("line ends in a hyphen", line.page, line.place, f"“{line.text.split()[-1]}”", False))
        for above, line in zip(paragraph.lines, paragraph.lines[1:], strict=False):
            if _hyphened(above) and _hyphened(line) and line in lines:
                running.append(Finding("two lines running end in a hyphen", line.page, line.place, f"“{line.text.split()[-1]}”"))
            for number, kind, found_ones in ((0, "begin", begins), (-1, "end", ends)):
                word = line.text.split()[number]
                if word == above.text.split()[number] and any(c.isalpha() for c in word):
                    found_ones.append(Finding(f"two lines {kind} with one word", line.page, line.place, f"“{word}”", False))
    full = sum(len(paragraph.full) for paragraph in paragraphs)
    if len(stranded) <= _STRANDED_SHARE * full:
        stranded = [replace(finding, is_fault=False) for finding in stranded]
    rows = [
        ("sentences that begin at a line's end", f"{len(stranded)} of {full} full lines ({_words(stranded)})"),
        ("lines that end in a hyphen", f"{len(hyphens)} ({pages_of(hyphens)})"),
        ("two such lines running", f"{len(running)} ({pages_of(running)})"),
        ("same word begins two lines running", f"{len(begins)} ({pages_of(begins)})"),
        ("same word ends two lines running", f"{len(ends)} ({pages_of(ends)})"),
    ]
    figures = {"stranded": len(stranded), "hyphens": len(hyphens), "hyphens_running": len(running), "begin": len(begins), "end": len(ends)}
    return Section("Ends of lines", rows, figures, [*stranded, *hyphens, *running, *begins, *ends])


def _words(stranded: Sequence[Finding]) -> str:
    return " ".join(f"p{finding.page} {finding.figure}" for finding in stranded) or "none"


def _hyphened(line: Line) -> bool:
    return len(line.text) > 1 and line.text[-1] in "-‐\u00ad" and line.text[-2].isalpha()


