"""Lines as paragraphs, by what an eye goes by: edge, leading, a label, a last line that leaves room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from page_measures.book import Book
from page_measures.lines import Line

__all__ = ["Paragraph", "read_paragraphs"]

_ENDS = ".?!:;…"
_CLOSES = "”’»\"')]"
_OPENS = "“‘„‚«»\"'("
_LABEL = 5  # characters: a bullet, a number, a year beside its text
_SPACE_EM = 0.22
_SPARE_EM, _UNFILLED_EM = 4.0, 12.0  # room left behind a whole sentence, and within one, that no rag leaves


@dataclass(slots=True)
class Paragraph:
    """Lines on one page that are read as one; ``right`` is the right edge of their measure.

    ``goes_on`` where it is not at its end on this page, ``comes_in`` where it began on the one before.
    """

    lines: list[Line]
    right: float
    goes_on: bool = False
    comes_in: bool = False

    @property
    def full(self) -> list[Line]:
        """All lines but the last of the paragraph."""
        return self.lines if self.goes_on else self.lines[:-1]

    @property
    def last(self) -> Line | None:
        """The last line of a paragraph of two lines or more; nothing where the end stands on another page."""
        return self.lines[-1] if not self.goes_on and (len(self.lines) > 1 or self.comes_in) else None


@dataclass(slots=True)
class _Measures:
    """The columns that the lines of a family and size fill on right-hand or left-hand pages: left and right edges."""

    columns: dict[tuple[str, float, int], list[list[float]]] = field(default_factory=dict)

    def right_of(self, line: Line) -> float:
        found = [
            right
            for left, right in self.columns.get((*line.group, line.page % 2), ())
            if left - line.size <= line.left < right
        ]
        return max(line.right, *found) if found else line.right


def read_paragraphs(book: Book) -> list[Paragraph]:
    """The paragraphs of all pages that are no plates, in reading order of each column, titles among them."""
    measures = _measures(book)
    pages = [_on_page(book, book.copy[number], measures) for number in book.text_pages]
    for here, there in pairwise(pages):
        _join(book, here, there)
    return [paragraph for page in pages for paragraph in page]


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip(_CLOSES + "0123456789*† ,")[-1:] in set(_ENDS)


def _measures(book: Book) -> _Measures:
    measures = _Measures()
    for number in book.text_pages:
        for line in book.copy[number]:
            if len(line.text) < 12:
                continue
            columns = measures.columns.setdefault((*line.group, line.page % 2), [])
            touched = [c for c in columns if line.left < c[1] - 1 and line.right > c[0] + 1]
            for column in touched:
                columns.remove(column)
            edges = [[line.left, line.right], *touched]
            columns.append([min(left for left, _ in edges), max(right for _, right in edges)])
    return measures


def _on_page(book: Book, lines: Sequence[Line], measures: _Measures) -> list[Paragraph]:
    open_ones: list[Paragraph] = []
    done: list[Paragraph] = []
    labels = [line for line in lines if len(line.text) <= _LABEL]
    for line in lines:
        if line in labels and any(_stands_before(line, other) for other in lines):
            continue
        above = next((p for p in reversed(open_ones) if _follows(book, p, line)), None)
        if above and not _ended(above, line, labels):
            above.lines.append(line)
            above.right = max(above.right, line.right)
            continue
        if above:
            open_ones.remove(above)
        paragraph = Paragraph([line], measures.right_of(line))
        open_ones.append(paragraph)
        done.append(paragraph)
    return done


def _follows(book: Book, paragraph: Paragraph, line: Line) -> bool:
    """Whether a line stands below a paragraph as its next line would."""
    last = paragraph.lines[-1]
    leading = book.leadings.get(line.group, 1.6 * line.size)
    step = line.baseline - last.baseline
    if line.group != last.group or not 0 < step < leading + 0.4:
        return False
    indent = 2.3 * line.size if len(paragraph.lines) == 1 else 0.6
    hangs = 0.6 * line.size if {line.text[0], paragraph.lines[0].text[0]} & set(_OPENS) else 0.6
    return abs(line.left - last.left) < max(indent, hangs)


def _ended(paragraph: Paragraph, line: Line, labels: Sequence[Line]) -> bool:
    """Whether a paragraph is over before a line that stands below it."""
    last = paragraph.lines[-1]
    if any(_stands_before(label, line) for label in labels):
        return True
    if len(paragraph.lines) > 1 and line.left > last.left + 0.6 and line.text[0] not in _OPENS:
        return True
    free = paragraph.right - last.right - _SPACE_EM * line.size - _first_word(line)
    if not ends_sentence(last.text):
        return free > _UNFILLED_EM * line.size
    changes = last.characters[0].face != line.characters[0].face
    return free > (0 if changes else _SPARE_EM * line.size)


def _stands_before(label: Line, line: Line) -> bool:
    """Whether a label stands beside a line, at its left."""
    on_it = abs(label.baseline - line.baseline) < 0.3 * line.size
    return on_it and label is not line and 0 <= line.left - label.right < 4 * line.size


def _first_word(line: Line) -> float:
    """How wide the first word of a line is."""
    space = next((character for character in line.characters if character.text.isspace()), None)
    return (space.left if space else line.right) - line.left


def _join(book: Book, here: Sequence[Paragraph], there: Sequence[Paragraph]) -> None:
    """Tell the last paragraph of a page that it goes on, where the text of the next page begins within a sentence."""
    text = [p for p in here if book.is_text(p.lines[0]) and len(p.lines[-1].text) > 12]
    after = [p for p in there if book.is_text(p.lines[0])]
    if not text or not after or book.opens(after[0].lines[0].page):
        return
    last, first = max(text, key=lambda p: p.lines[-1].baseline), after[0]
    begins_small = next((c.islower() for c in first.lines[0].text if c.isalpha()), False)
    same = last.lines[0].group == first.lines[0].group
    if same and not ends_sentence(last.lines[-1].text) and (begins_small or last.lines[-1].right > 0.8 * last.right):
        last.goes_on = first.comes_in = True
