"""Make the book as one document: the reference that the book of pieces is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from directory_pub.compose import find_ends
from directory_pub.edition.flatplan import list_pieces, page_labels
from directory_pub.edition.targets import EMAIL, Target
from directory_pub.findings import Finding
from directory_pub.finish import DocumentFacts, Finished
from directory_pub.prepare import PictureQuality
from directory_pub.production.book import Book
from directory_pub.production.context import (
    BuildContext,
    Pages,
    check_pages,
    document_facts,
    finish_for_mail,
    finish_pages,
    guess_page_count,
    lay_tailpieces,
    note_page_count,
)
from directory_pub.typeset import TypesetPages

__all__ = ["WholeBook", "make_whole", "set_whole"]


@dataclass(slots=True)
class WholeBook:
    """A book set as one document, and its files as far as they are finished."""

    context: BuildContext
    pages: Pages
    book: Book
    findings: list[Finding] = field(default_factory=list)
    finished: dict[str, Finished] = field(default_factory=dict)

    @property
    def facts(self) -> DocumentFacts:
        """What the book says of itself, with the labels of its pages."""
        return replace(document_facts(self.context.edition), page_labels=page_labels(self.book.page_count))

    def assemble(self, target: Target, out: BinaryIO, quality: PictureQuality | None = None) -> None:
        """Write one target's file; the email file with pictures of another quality than the best where it is given."""
        if target == EMAIL and quality is not None:
            out.write(finish_for_mail(self.context, self.pages, self.facts, quality).pdf)
            return
        if target.name not in self.finished:
            self.finished[target.name] = finish_pages(self.context, self.pages, target, self.facts)
        out.write(self.finished[target.name].pdf)


def make_whole(context: BuildContext, targets: Sequence[Target]) -> WholeBook | None:
    """Set, finish and check the whole book, or None with the engine's findings."""
    made = set_whole(context)
    if made is None:
        return None
    for target in targets:
        made.finished[target.name] = finish_pages(context, made.pages, target, made.facts)
        made.findings += made.finished[target.name].findings
    folios = {piece.key: str(piece.pages[0] + 1) for piece in made.book.pieces}
    made.findings += check_pages(context, made.pages, made.finished, targets, folios)
    return made


def set_whole(context: BuildContext) -> WholeBook | None:
    """Set the book, which is not finished or checked yet; None with the engine's findings."""
    pages = _set_text(context)
    note_pages = note_page_count(context.edition, pages.page_count) if pages else 0
    whole = _with_tail(context, pages, note_pages) if pages else None
    if pages is None or whole is None:
        return None
    anchors = pages.anchors()
    starts = {name: anchor.page_index for name, anchor in anchors.items()}
    pieces = list_pieces(context.edition, starts, whole.page_count, note_pages)
    ends = find_ends(
        pieces, {name: (anchor.page_index, anchor.top_mm) for name, anchor in anchors.items()}, context.grid
    )
    written = context.engine.write(whole, "book.html.j2")
    if written is None:
        return None
    set_ = Pages(pdf=written, elements=whole.elements, pieces=pieces)
    return WholeBook(context, lay_tailpieces(context, set_, ends), Book(pieces=pieces, ends=ends))


def _with_tail(context: BuildContext, pages: TypesetPages, note_pages: int) -> TypesetPages | None:
    """Pages with what follows the last entry, if anything does."""
    if not context.composed.plan_tail(note_pages):
        return pages
    html = context.composed.tail(note_pages, on_the_left=pages.page_count % 2 == 1)
    tail = context.engine.typeset(html, "tail.html.j2")
    return pages.followed_by(tail) if tail else None


def _set_text(context: BuildContext) -> TypesetPages | None:
    """The book up to its last entry; anew if its longest folio has more or fewer figures than was thought."""
    digits = len(str(guess_page_count(context.edition)))
    pages = context.engine.typeset(context.composed.whole(digits), "book.html.j2")
    if pages is None or len(str(pages.page_count)) == digits:
        return pages
    return context.engine.typeset(context.composed.whole(len(str(pages.page_count))), "book.html.j2")
