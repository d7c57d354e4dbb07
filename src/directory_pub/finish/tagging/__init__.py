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
from directory_pub.finish.tagging.page_content import (
    FURNITURE,
    LEADER,
    Instruction,
    Mark,
    Shown,
    measure_pieces,
    rewrite_marks,
)
from directory_pub.finish.tagging.reading_tree import read_aloud_order
from directory_pub.finish.tagging.structure import write_structure
from directory_pub.finish.tagging.typeset_tags import MarkedContent, read_typeset_tags

__all__ = ["tag_for_readers"]


def tag_for_readers(pdf: pikepdf.Pdf, elements: Sequence[Element], facts: DocumentFacts) -> list[Finding]:
    """Tag typeset pages anew from the elements that they were set from.

    ``elements`` are those that the marks of the file number; page labels must be written before,
    for links name the pages that they lead to.
    """
    tags = read_typeset_tags(pdf)
    faces = read_faces(pdf)
    contents = [pikepdf.parse_content_stream(page) for page in pdf.pages]
    shown, findings = _measure(contents, tags.marked, faces, facts.first_folio)
    texts = {mark: each.text for mark, each in shown.items()}
    document = read_aloud_order(elements, tags, texts, heading_above=facts.heading_above)
    places = {mark: each.box for mark, each in shown.items()}
    links = link_items(pdf, document, tags.links, places)
    numbers = _mark_pages(pdf, contents, document, places, faces)
    write_structure(pdf, document, links, numbers, places)
    return findings


def _measure(
    contents: Sequence[Sequence[Instruction]],
    marked: Sequence[MarkedContent],
    faces: Sequence[dict[str, PageFace]],
    first_folio: int,
) -> tuple[dict[MarkedContent, Shown], list[Finding]]:
    """What the pieces show that show something, and a finding for each page with pieces that stand nowhere."""
    pages = [measure_pieces(content, faces[index]) for index, content in enumerate(contents)]
    shown = {mark: pages[mark.page_index].get(mark.mcid) for mark in marked}
    hidden = {mark.page_index for mark in marked if mark.mcid not in pages[mark.page_index]}
    return {mark: each for mark, each in shown.items() if each}, [
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
    pdf: pikepdf.Pdf,
    contents: Sequence[Sequence[Instruction]],
    document: Item,
    drawn: Iterable[MarkedContent],
    faces: Sequence[dict[str, PageFace]],
) -> dict[MarkedContent, int]:
    """Rewrite each page's marks; give the new numbers of the pieces that are read."""
    types = {each: item.role for item in document.walk() for each in item.content if isinstance(each, MarkedContent)}
    numbers: dict[MarkedContent, int] = {}
    marks: list[dict[int, Mark]] = [{} for _ in pdf.pages]
    for mark in document.marked():
        page_marks = marks[mark.page_index]
        numbers[mark] = len(page_marks)
        page_marks[mark.mcid] = Mark(types[mark], numbers[mark], space_after=mark.space_after)
    for mark in drawn:
        if mark not in numbers:
            marks[mark.page_index][mark.mcid] = LEADER if mark.pseudo == "leader" else FURNITURE
    for page, content, page_marks, page_faces in zip(pdf.pages, contents, marks, faces, strict=True):
        if page_marks:
            page.obj.Contents = pdf.make_stream(rewrite_marks(content, page_marks, page_faces))
    return numbers
