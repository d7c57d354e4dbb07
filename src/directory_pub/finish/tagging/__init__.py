"""Tags that a reader can use, in the place of the engine's, without moving a pixel.

Four steps: read what the engine marked, bring it together with the elements of the layouts,
measure and rewrite the marks of each page, write the tree with its links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

import pikepdf

from directory_pub.findings import Finding, error
from directory_pub.finish.document import TYPESET_PAGES, DocumentFacts
from directory_pub.finish.tagging.faces import PageFace, read_faces
from directory_pub.finish.tagging.items import Item
from directory_pub.finish.tagging.links import link_items
from directory_pub.finish.tagging.page_content import FURNITURE, LEADER, Mark, Shown, measure_pieces, rewrite_marks
from directory_pub.finish.tagging.reading_tree import read_aloud_order
from directory_pub.finish.tagging.structure import write_structure
from directory_pub.finish.tagging.typeset_tags import Piece, read_typeset_tags

__all__ = ["tag_for_readers"]


def tag_for_readers(pdf: pikepdf.Pdf, elements: Sequence[Element], facts: DocumentFacts) -> list[Finding]:
    """Tag typeset pages anew from the elements that they were set from.

    ``elements`` are those that the marks of the file number; page labels must be written before,
    for links name the pages that they lead to.
    """
    tags = read_typeset_tags(pdf)
    faces = read_faces(pdf)
    shown, findings = _measure(pdf, tags.pieces, faces, facts.first_folio)
    texts = {piece: each.text for piece, each in shown.items()}
    document = read_aloud_order(elements, tags, texts, heading_above=facts.heading_above)
    places = {piece: each.box for piece, each in shown.items()}
    links = link_items(pdf, document, tags.links, places)
    numbers = _mark_pages(pdf, document, places, faces)
    write_structure(pdf, document, links, numbers, places)
    return findings


def _measure(
    pdf: pikepdf.Pdf, pieces: Sequence[Piece], faces: Sequence[dict[str, PageFace]], first_folio: int
) -> tuple[dict[Piece, Shown], list[Finding]]:
    """What the pieces show that show something, and a finding for each page with pieces that stand nowhere."""
    pages = [measure_pieces(page, faces[index]) for index, page in enumerate(pdf.pages)]
    shown = {piece: pages[piece.page_index].get(piece.mcid) for piece in pieces}
    hidden = {piece.page_index for piece in pieces if piece.mcid not in pages[piece.page_index]}
    return {piece: each for piece, each in shown.items() if each}, [
        _untagged(first_folio + index) for index in sorted(hidden)
    ]


def _untagged(folio: int) -> Finding:
    return error(
        "words-untagged",
        TYPESET_PAGES,
        f"page {folio} has words in a transparent group, which are not read aloud.",
        "Give the words a colour of their own in the sheet, not an opacity.",
        folio,
    )


def _mark_pages(
    pdf: pikepdf.Pdf, document: Item, drawn: Iterable[Piece], faces: Sequence[dict[str, PageFace]]
) -> dict[Piece, int]:
    """Rewrite each page's marks; give the new numbers of the pieces that are read."""
    types = {each: item.role for item in document.walk() for each in item.content if isinstance(each, Piece)}
    numbers: dict[Piece, int] = {}
    marks: list[dict[int, Mark]] = [{} for _ in pdf.pages]
    for piece in document.pieces():
        page_marks = marks[piece.page_index]
        numbers[piece] = len(page_marks)
        page_marks[piece.mcid] = Mark(types[piece], numbers[piece], space_after=piece.space_after)
    for piece in drawn:
        if piece not in numbers:
            marks[piece.page_index][piece.mcid] = LEADER if piece.pseudo == "leader" else FURNITURE
    for page, page_marks, page_faces in zip(pdf.pages, marks, faces, strict=True):
        if page_marks:
            page.obj.Contents = pdf.make_stream(rewrite_marks(page, page_marks, page_faces))
    return numbers
