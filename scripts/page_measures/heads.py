"""Running heads and folios, lines that overlap, and how pages end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from page_measures.baselines import spreads
from page_measures.book import Book
from page_measures.findings import GRID_PT, Finding, Section, pages_of
from page_measures.lines import Line
from page_measures.pages import Page
from page_measures.paragraphs import Paragraph

__all__ = ["measure_foot", "measure_heads", "measure_overlaps"]

_NEAR_LINES = 1.5  # of the text: a running head that comes nearer crowds it


def measure_heads(book: Book) -> Section:
    """Running heads and folios: on one baseline, and clear of the text."""
    steps = [(number, line, step) for number, heads in book.heads.items() for line, step in _steps(heads)]
    apart = max((step for *_, step in steps), default=0.0)
    uneven = [
        Finding("running head and folio apart", number, line.place, f"{step:.3f} pt")
        for number, line, step in steps
        if step > GRID_PT
    ]
    differ = [
        Finding("heads of facing pages apart", left, f"and p{left + 1}", f"{step:.3f} pt")
        for left in spreads(book.heads)
        if (step := abs(book.heads[left][-1].baseline - book.heads[left + 1][-1].baseline)) > GRID_PT
    ]
    clear = [(line, below, below.baseline - line.baseline) for line, below in _heads_above(book)]
    least = _NEAR_LINES * (book.grid.pitch if book.grid else 1.3 * book.text_size)
    near = [
        Finding("running head near the text", line.page, line.place, f"{gap:.1f} pt above “{below.text[:24]}”")
        for line, below, gap in clear
        if gap < least
    ]
    narrowest = min((gap for *_, gap in clear), default=None)
    rows = [
        ("pages with running head or folio", str(len(book.heads))),
        ("head and folio apart, most", f"{apart:.3f} pt ({pages_of(uneven)})"),
        ("facing pages apart", f"{len(differ)} ({pages_of(differ)})"),
        ("clear of the text, least", "none" if narrowest is None else f"{narrowest:.1f} pt"),
    ]
    figures = {"apart_pt": round(apart, 3), "clear_pt": narrowest and round(narrowest, 2)}
    return Section("Running heads", rows, figures, [*uneven, *differ, *near])


def _steps(heads: Sequence[Line]) -> Iterator[tuple[Line, float]]:
    """How far below one another the parts of a running head stand that are meant for one line."""
    for one, other in pairwise(heads):
        if (step := other.baseline - one.baseline) < 0.5 * one.size:
            yield one, step


def _heads_above(book: Book) -> Iterator[tuple[Line, Line]]:
    """The last line of each running head, and the first line below it."""
    for number, heads in book.heads.items():
        below = next((line for line in book.copy[number] if line.baseline > heads[-1].baseline), None)
        if below:
            yield heads[-1], below


def measure_overlaps(book: Book, pages: Sequence[Page]) -> Section:
    """Lines that stand on one another, running heads among them."""
    findings: list[Finding] = []
    for page in pages:
        lines = sorted([*book.copy[page.number], *book.heads.get(page.number, [])], key=lambda line: line.baseline)
        findings += _overlaps(page.number, lines)
    return Section("Overlaps", [("lines that overlap", f"{len(findings)} ({pages_of(findings)})")], {}, findings)


def _overlaps(page: int, lines: Sequence[Line]) -> Iterator[Finding]:
    for index, line in enumerate(lines):
        crowded = _crowded(line)
        if crowded:
            yield Finding("characters overlap", page, line.place, f"{crowded} of them")
        for other in lines[index + 1 :]:
            drop = other.baseline - line.baseline
            if drop > 0.55 * other.size:
                break
            shared = min(line.right, other.right) - max(line.left, other.left)
            letters = min(len(line.text), len(other.text))
            if shared > 1.5 and letters > 1 and drop < 0.55 * min(line.size, other.size):
                yield Finding("lines overlap", page, line.place, f"{shared:.1f} pt of “{other.text[:24]}”")


def _crowded(line: Line) -> int:
    """How many letters of a line stand on the letter before them."""
    inked = [c for c in line.characters if c.text.isalnum()]
    return sum(
        after.left > before.left + 0.01 and before.box[2] - after.box[0] > 0.3 * min(before.size, after.size)
        for before, after in pairwise(inked)
        if abs(before.baseline - after.baseline) < 0.2 * before.size
    )


def measure_foot(book: Book, paragraphs: Sequence[Paragraph]) -> Section:
    """Lines free at the foot of pages whose text goes on; lines of a paragraph alone at a page's head or foot."""
    grid = book.grid
    if grid is None or not book.text:
        return Section("Foot of pages", [("pages whose text goes on", "none")])
    last = max(grid.line(line.baseline) for line in book.text)
    free = {}
    for number in book.text_pages:
        after = number + 1
        if after in book.copy and any(map(book.is_text, book.copy[after])) and not book.opens(after):
            text = [line for line in book.copy[number] if book.is_text(line)]
            if text:
                column = [
                    line
                    for line in book.copy[number]
                    if line.left < max(t.right for t in text) and line.right > min(t.left for t in text)
                ]
                free[number] = max(0, last - max(grid.line(line.baseline) for line in column))
    alone = [
        Finding("one line alone at the foot", p.lines[0].page, p.lines[0].place, "goes on overleaf")
        for p in paragraphs
        if p.goes_on and len(p.lines) == 1 and not p.comes_in
    ]
    alone += [
        Finding("one line alone at the head", p.lines[0].page, p.lines[0].place, "ends the page before")
        for p in paragraphs
        if p.comes_in and len(p.lines) == 1 and not p.goes_on
    ]
    scanty = _scanty(book)
    rows = [
        ("pages whose text goes on", str(len(free))),
        ("lines free there", " ".join(f"p{number} {lines}" for number, lines in free.items()) or "none"),
        ("one line alone", f"{len(alone)} ({pages_of(alone)})"),
        ("one or two lines alone on a page", f"{len(scanty)} ({pages_of(scanty)})"),
    ]
    return Section("Foot of pages", rows, {"free": free}, [*alone, *scanty])


def _scanty(book: Book) -> list[Finding]:
    """Pages that go on, and have no more than two lines of text or larger."""
    found = []
    for number in book.text_pages:
        rows = {round(line.baseline): line for line in book.copy[number] if line.size > 0.95 * book.text_size}
        if number - 1 in book.text_pages and not book.opens(number) and 0 < len(rows) <= 2:
            first = rows[min(rows)]
            found.append(Finding("alone on a page", number, first.place, f"{len(rows)} lines"))
    return found
