"""The book set as one document: what the book of pieces must be equal to, pixel for pixel and tag for tag.

It composes, typesets and finishes by the product's own steps, once for all pages, and neither parts nor binds
anything. Its files have no labels, and its words are not counted.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import lcm
from pathlib import Path
from xml.etree.ElementTree import Element

from msgspec.structs import replace
from pikepdf import Page, Pdf

from directory_pub.compose import ComposedBook, EntryEnd, find_ends, find_raised_rule
from directory_pub.compose.contents import ContentsPart
from directory_pub.compose.contents_columns import ColumnRow
from directory_pub.design.faces import read_faces
from directory_pub.design.inks import read_inks
from directory_pub.edition.contents import contents_form
from directory_pub.edition.flatplan import Fit, Piece
from directory_pub.edition.model import Edition, Entry
from directory_pub.edition.printers import DEFAULT_PRINTER, read_printer
from directory_pub.edition.rewriting import edition_with_folios, with_folios
from directory_pub.edition.targets import TARGETS, Target
from directory_pub.edition.theme import find_root
from directory_pub.impose.page_labels import label_pages
from directory_pub.pdf_writing.linearise import linearise
from directory_pub.production.book import Book
from directory_pub.production.context import BuildContext, Pages, open_context
from directory_pub.production.finishing import (
    document_facts,
    draw_proof,
    finish_for_mail,
    finish_targets,
    lay_tailpieces,
)
from directory_pub.production.page_count import guess_page_count, note_page_count
from directory_pub.read import read_edition
from directory_pub.typeset import TypesetPages

__all__ = ["WholeBook", "build_whole", "open_edition", "prove_whole", "set_whole", "whole_html"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeBook:
    """A finished book: its typeset pages with the elements that they were set from, its files by target name."""

    edition: Edition
    book: Book
    typeset: bytes
    elements: Sequence[Element]
    files: Mapping[str, Path]


def build_whole(
    folder: Path,
    output: Path,
    targets: Sequence[Target] = tuple(TARGETS.values()),
    fits: Mapping[str, Fit] | None = None,
) -> WholeBook:
    """Set and finish an edition that has no faults; its files are written below ``output``.

    ``fits`` are how its entries are fitted to their pages, by key: only who sets them alone can try.
    """
    context = open_edition(folder)
    pages, book = set_whole(context, fits)
    typeset = pages.written()
    files = {}
    output.mkdir(parents=True, exist_ok=True)
    for target in targets:
        files[target.name] = output / f"whole-{target.name}.pdf"
    for name, finished in finish_targets(context, pages, targets, document_facts(context.edition)).items():
        assert finished.findings == []
        files[name].write_bytes(finished.pdf)
    if "email" in files:
        plain = io.BytesIO(files["email"].read_bytes())
        linearise(plain, files["email"])
    return WholeBook(edition=context.edition, book=book, typeset=typeset, elements=pages.elements, files=files)


def prove_whole(folder: Path, fits: Mapping[str, Fit] | None = None) -> bytes:
    """The email file of an edition with PROOF across each page."""
    context = open_edition(folder)
    pages, _ = set_whole(context, fits)
    plate = draw_proof(context)
    assert plate is not None
    proof = finish_for_mail(context, pages.pdf, document_facts(context.edition), pages.elements).pdf
    with Pdf.open(io.BytesIO(proof)) as pdf, Pdf.open(io.BytesIO(plate)) as over:
        for page in pdf.pages:
            page.add_overlay(Page(over.pages[0].obj))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def open_edition(folder: Path) -> BuildContext:
    """The context of an edition's build for the usual printer."""
    root = find_root(folder)
    edition, _ = read_edition(folder, root)
    assert edition is not None
    inks, _ = read_inks(edition.theme)
    printer, _ = read_printer(edition.theme, DEFAULT_PRINTER)
    assert printer is not None
    filled = replace(edition, page_multiple=lcm(edition.page_multiple, printer.page_multiple))
    return open_context(filled, printer, inks, read_faces(edition.theme))


def whole_html(
    composed: ComposedBook,
    digits: int,
    folios: Mapping[str, int] | None = None,
    fits: Mapping[str, Fit] | None = None,
    rules: Mapping[str, float] | None = None,
) -> str:
    """The HTML of the book up to its last entry, as one document; its longest folio has so many digits.

    ``folios`` are those that its texts name, ``fits`` how its entries are fitted; ``rules`` those above contacts that
    do not stand as usual.
    """
    composer = composed.composer
    return composer.render(
        "book.html.j2",
        letters=10_000_000,
        edition=_with_folios(composer.edition, {key: str(folio) for key, folio in (folios or {}).items()}),
        contents=_contents(composed, folios or {}, digits),
        fits=fits or {},
        rules=rules or {},
        folio_digits=digits if composer.figure_space else 0,
    )


def _contents(composed: ComposedBook, folios: Mapping[str, int], digits: int) -> ContentsPart:
    """The contents in full; the lines of a key are set beforehand, with its folios, each as wide as the longest."""
    rows, pages = composed.composer.contents_rows, composed.composer.row_pages
    if contents_form(composed.composer.edition) != "key":
        return ContentsPart(rows=rows)
    space = composed.composer.figure_space
    shown = {row.key: str(folios.get(row.key, "")).ljust(digits, space or " ") for row in rows}
    key = [pages.set_row(row, shown[row.key], "key") for row in rows]
    is_tight = pages.is_key_tight(key)
    air = pages.legend_air(key, tight=is_tight)
    columns = [[ColumnRow(set=each) for each in key]]
    return ContentsPart(rows=rows, folios=shown, form="key", columns=columns, legend_air=air, tight=is_tight)


def _with_folios(edition: Edition, folios: Mapping[str, str]) -> Edition:
    """An edition with the folios that its texts name."""
    sections = (
        replace(each, entries=tuple(with_folios(entry, folios) for entry in each.entries)) for each in edition.sections
    )
    return edition_with_folios(replace(edition, sections=tuple(sections)), folios)


def set_whole(context: BuildContext, fits: Mapping[str, Fit] | None = None) -> tuple[Pages, Book]:
    """All pages, typeset, with tailpieces and page labels, and what stands on them."""
    pages = _set_text(context, fits or {})
    note_pages = note_page_count(context.edition, pages.page_count)
    whole = _with_tail(context, pages, note_pages)
    pieces, ends = _ends_in(context, pages, whole.page_count, note_pages)
    written = context.engine.write(whole, "book.html.j2")
    assert written is not None, context.engine.findings
    typeset = Pdf.open(io.BytesIO(written))
    # Links name the pages that they lead to by their labels.
    label_pages(typeset, [str(index + 1) for index in range(whole.page_count)])
    set_ = Pages(pdf=typeset, elements=whole.elements, pieces=pieces)
    lay_tailpieces(context, set_, ends, None)
    return set_, Book(pieces=pieces, ends=ends)


def _set_text(context: BuildContext, fits: Mapping[str, Fit]) -> TypesetPages:
    """The book up to its last entry; anew until it names the folios that it has, and rules meet what they stand by."""
    digits = len(str(guess_page_count(context.edition)))
    pages = context.engine.typeset(whole_html(context.composed, digits, fits=fits), "book.html.j2")
    assert pages is not None, context.engine.findings
    told: tuple[int, dict[str, int], dict[str, float]] = (digits, {}, {})
    while (found := (len(str(pages.page_count)), _folios(pages), _rules(context, pages))) != told:
        count, folios, rules = found
        pages = context.engine.typeset(whole_html(context.composed, count, folios, fits, rules), "book.html.j2")
        assert pages is not None
        told = found
    return pages


def _rules(context: BuildContext, pages: TypesetPages) -> dict[str, float]:
    """How far above the last baseline rules stand that are not as usual, by entry."""
    pieces, ends = _ends_in(context, pages, pages.page_count, 0)
    pictured = {piece.key for piece in pieces if piece.entry and piece.entry.closing_photo}
    beside = [end for end in ends if end.key not in pictured] if context.composed.has_tailpieces else []
    rules = {end.key: find_raised_rule(end, context.grid) for end in beside}
    return {key: rule_mm for key, rule_mm in rules.items() if rule_mm is not None}


def _ends_in(
    context: BuildContext, pages: TypesetPages, page_count: int, note_pages: int
) -> tuple[list[Piece], list[EntryEnd]]:
    """The pieces of a book of so many pages, and where its entries end."""
    anchors = pages.anchors()
    starts = {name: anchor.page_index for name, anchor in anchors.items()}
    pieces = list_pieces(context.edition, starts, page_count, note_pages)
    at = {name: (anchor.page_index, anchor.top_mm) for name, anchor in anchors.items()}
    return pieces, find_ends(pieces, at, context.grid)


def _folios(pages: TypesetPages) -> dict[str, int]:
    return {name: anchor.page_index + 1 for name, anchor in pages.anchors().items()}


def _with_tail(context: BuildContext, pages: TypesetPages, note_pages: int) -> TypesetPages:
    """Pages with what follows the last entry, if anything does."""
    if not context.composed.plan_tail(note_pages):
        return pages
    on_the_left = pages.page_count % 2 == 1
    html = context.composed.composer.render("tail.html.j2", note_pages=note_pages, on_the_left=on_the_left)
    tail = context.engine.typeset(html, "tail.html.j2")
    assert tail is not None, context.engine.findings
    joined = pages.document.copy([*pages.document.pages, *tail.document.pages])
    return TypesetPages(joined, (*pages.roots, *tail.roots))


def list_pieces(edition: Edition, starts: Mapping[str, int], page_count: int, note_pages: int) -> list[Piece]:
    """The pieces in the order of the book; ``starts`` is each anchor's page index."""
    named: list[tuple[str, str, Entry | None]] = [
        (kind, kind, None) for kind in ("cover", "inside-cover", *edition.text_pages, "contents")
    ]
    for section in edition.sections:
        named.append(("opener", section.key, None))
        named += [("entry", entry.key, entry) for entry in section.entries]
    found = [(kind, key, entry, starts[key]) for kind, key, entry in named if key in starts]
    back = page_count - (1 if edition.cover else 0)
    ends = [*(start for *_, start in found[1:]), back - note_pages]
    pieces = [
        Piece(kind=kind, key=key, entry=entry, pages=range(start, max(end, start + 1)))
        for (kind, key, entry, start), end in zip(found, ends, strict=True)
    ]
    if note_pages:
        pieces.append(Piece(kind="notes", key="notes", pages=range(back - note_pages, back)))
    if edition.cover:
        pieces.append(Piece(kind="back-cover", key="back-cover", pages=range(back, page_count)))
    return pieces
