"""Rules that are no rules: stubs, and upright ones that end in the air beside or below their text."""

from __future__ import annotations

from collections.abc import Iterator

from page_measures.book import Book
from page_measures.findings import MM, Finding, Section, pages_of
from page_measures.lines import Line
from page_measures.pages import Box, Page

__all__ = ["measure_rules"]

_STUB_MM = 5.0  # a shorter rule is a speck
_BESIDE_MM = 15.0  # so far right of an upright rule its text begins at most
_BELOW_EM = 0.6  # so far below the last baseline beside it an upright rule may end


def measure_rules(book: Book) -> Section:
    """Every rule on pages that are no plates, as far as no paper lies on it.

    One that goes down to the foot of the book's pages is meant to be seen to go on.
    """
    pages = [page for page in book.pages if page.number not in book.plates]
    foot = max((line.baseline for page in pages for line in book.copy[page.number]), default=0.0)
    findings = [finding for page in pages for finding in _faults(book, page, foot)]
    stubs = [finding for finding in findings if finding.kind == "rule is a stub"]
    others = [finding for finding in findings if finding not in stubs]
    rows = [
        (f"rules shorter than {_STUB_MM:.0f} mm", f"{len(stubs)} ({pages_of(stubs)})"),
        ("upright rules that end in the air", f"{len(others)} ({pages_of(others)})"),
    ]
    return Section("Rules", rows, {}, findings)


def _faults(book: Book, page: Page, foot: float) -> Iterator[Finding]:
    for box in page.boxes:
        if not (box.is_rule or box.is_upright_rule):
            continue
        seen = _uncovered(box, page.papers)
        place = f"rule from {seen.top / MM:.2f} mm, {seen.left / MM:.2f} mm from the left"
        length_mm = max(seen.right - seen.left, seen.bottom - seen.top) / MM
        if seen.bottom <= seen.top:
            continue  # all of it lies under paper
        if length_mm < _STUB_MM:
            yield Finding("rule is a stub", page.number, place, f"{length_mm:.2f} mm long")
        elif box.is_upright_rule and (beside := _lines_beside(seen, book.copy[page.number])):
            last = max(beside, key=lambda line: line.baseline)
            over = seen.bottom - last.baseline
            if over > _BELOW_EM * last.size and seen.bottom < foot:
                yield Finding("rule ends in the air", page.number, place, f"{over / MM:.2f} mm below its text")


def _uncovered(rule: Box, papers: tuple[Box, ...]) -> Box:
    """What is seen of a rule on whose ends paper lies."""
    top, bottom = rule.top, rule.bottom
    for paper in papers if rule.is_upright_rule else ():
        if paper.left <= rule.left + 0.2 and paper.right >= rule.right - 0.2:
            if paper.top <= top + 0.2 and paper.bottom > top:
                top = paper.bottom
            elif paper.bottom >= bottom - 0.2 and paper.top < bottom:
                bottom = paper.top
    return Box(rule.left, top, rule.right, bottom)


def _lines_beside(rule: Box, lines: list[Line]) -> list[Line]:
    return [
        line
        for line in lines
        if 0 < line.left - rule.right < _BESIDE_MM * MM and rule.top < line.baseline < rule.bottom + line.size
    ]
