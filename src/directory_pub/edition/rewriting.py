"""Bodies with other runs: what paper shows of links, and folios in the places that wait for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from directory_pub.edition.model import Edition, Entry, TextPage
from directory_pub.edition.text import (
    Block,
    Heading,
    ItemList,
    Paragraph,
    Pictures,
    Quote,
    Run,
    Table,
    TableRow,
    TermList,
    runs_within,
)

__all__ = ["edition_with_folios", "named_folios", "with_folios", "with_notes", "with_runs"]

Change = Callable[[tuple[Run, ...]], tuple[Run, ...]]
Text = TypeVar("Text", Entry, TextPage)


def with_runs(
    blocks: Sequence[Block],
    change: Change,
    *,
    of_headings: Change = lambda runs: runs,
    of_captions: Change | None = None,
) -> tuple[Block, ...]:
    """The same blocks with the runs of each paragraph, term, credit line and cell changed, in reading order.

    Headings have a change of their own, and captions may have one. What stands in notes is left as it is.
    """
    return tuple(_changed(block, change, of_headings, of_captions or change) for block in blocks)


def _changed(block: Block, change: Change, of_headings: Change, of_captions: Change) -> Block:  # noqa: PLR0911 # kinds
    match block:
        case Heading():
            return replace(block, runs=of_headings(block.runs))
        case Paragraph():
            return _paragraph(block, change)
        case ItemList():
            return replace(block, items=tuple(with_runs(item, change, of_headings=of_headings) for item in block.items))
        case TermList():
            rows = (
                replace(row, term=change(row.term), paragraphs=tuple(_paragraph(p, change) for p in row.paragraphs))
                for row in block.rows
            )
            return replace(block, rows=tuple(rows))
        case Quote():
            paragraphs = tuple(_paragraph(each, change) for each in block.paragraphs)
            return replace(block, paragraphs=paragraphs, credit=block.credit and _paragraph(block.credit, change))
        case Pictures():
            photos = (replace(each, caption=of_captions(each.caption) if each.caption else ()) for each in block.photos)
            return replace(block, photos=tuple(photos))
        case Table():
            caption = block.caption and _paragraph(block.caption, change)
            head = _row(block.head, change)
            return replace(block, caption=caption, head=head, rows=tuple(_row(row, change) for row in block.rows))


def _row(row: TableRow, change: Change) -> TableRow:
    return replace(row, cells=tuple(change(cell) if cell else cell for cell in row.cells))


def _paragraph(paragraph: Paragraph, change: Change) -> Paragraph:
    return replace(paragraph, runs=change(paragraph.runs))


def named_folios(body: Sequence[Block]) -> tuple[str, ...]:
    """The keys whose folios a body names, its notes included, each as often as it names it."""
    return tuple(run.folio_of for runs in runs_within(body) for run in with_notes(runs) if run.folio_of)


def with_notes(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs, each before those of the note that it calls."""
    for run in runs:
        yield run
        yield from run.note.runs if run.note else ()


def with_folios(text: Text, folios: Mapping[str, str]) -> Text:
    """A text with the folios that it names, by key; one that is not known is a question mark."""
    if not text.names_folios:
        return text

    def fill(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(_filled(run, folios) for run in runs)

    return cast("Text", replace(cast("Any", text), body=with_runs(text.body, fill)))


def edition_with_folios(edition: Edition, folios: Mapping[str, str]) -> Edition:
    """An edition whose pages of front matter have the folios that they name."""
    if not any(page.names_folios for page in edition.text_pages.values()):
        return edition
    front = {kind: with_folios(page, folios) for kind, page in edition.text_pages.items()}
    return replace(edition, text_pages=front)


def _filled(run: Run, folios: Mapping[str, str]) -> Run:
    if run.note and any(inner.folio_of for inner in run.note.runs):
        return replace(run, note=replace(run.note, runs=tuple(_filled(inner, folios) for inner in run.note.runs)))
    return replace(run, text=folios.get(run.folio_of, "?")) if run.folio_of else run
