"""Hold a sewn book against the pieces that were checked: the same pages, its own folio on each, links that lead on.

Pieces are read and counted one by one before they are sewn. What is then in the book is found
again here, from the file, by what each page draws.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from directory_pub.census.aloud import characters_of
from directory_pub.census.files import postscript_name
from directory_pub.findings import Finding, Place, error

__all__ = ["Figure", "PagePrint", "check_sewn", "print_folios", "print_pages"]

_BEFORE, _BEHIND = b"q\n", b"\nQ\n/Folio Do\n"
_PAGES_AT_A_TIME = 800
_CODE = 4  # hexadecimal digits
_FORM = ("/Subtype /Form", "/Type /XObject")
_REMEDY = "This is a fault of bind, not of the content: report it, and build with --whole meanwhile."


class Figure(NamedTuple):
    """A figure that is filled in when the book is sewn: at ``offset`` in what its page draws stands the
    code of one, ``place`` from the end of the folio on which ``goal`` is."""

    offset: int
    goal: str
    place: int


class PagePrint(NamedTuple):
    """What a page of the book must be: a print of the page and of its folio, and the figures in it."""

    page: str
    folio: str | None = None
    figures: Sequence[Figure] = ()


def print_pages(pdf: bytes, figures: Sequence[Sequence[Figure]] = ()) -> list[str]:
    """A print of each page of a finished piece: the hash of all that it draws, but for its ``figures``."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        printing = _Printing()
        pages = [page.obj for page in document.pages]
        return [
            printing.of_page(page, some).page for page, some in zip(pages, figures or ((),) * len(pages), strict=True)
        ]


def print_folios(pdf: bytes) -> list[str]:
    """A print of each page that carries a folio, as the form that it becomes in the book."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [_Printing().of_folio(page.obj) for page in document.pages]


def check_sewn(path: Path, prints: Sequence[PagePrint], folios: Mapping[str, int], place: Place) -> list[Finding]:
    """Findings where the book at ``path`` is not what was sewn; ``prints`` are those of its pages.

    What the book names is looked up in it; ``folios`` are for a file in which nothing has a name.
    """
    faults: list[str] = []
    rows: list[int] = []
    # Some pages at a time: a file that is open holds all that was looked at.
    for first in range(0, max(len(prints), 1), _PAGES_AT_A_TIME):
        faults += _faults_from(path, prints, folios, first, rows)
    return [error("book-unlike-pieces", place, fault, _REMEDY) for fault in faults[:3]]


def _faults_from(
    path: Path, prints: Sequence[PagePrint], folios: Mapping[str, int], first: int, rows: list[int]
) -> list[str]:
    """The faults of some pages, and behind the last those of the tags; ``rows`` are those that pages ask for.

    On its own, for the library lets go of a file when nothing knows it any more.
    """
    with pikepdf.open(path) as document:
        some = range(first, min(first + _PAGES_AT_A_TIME, len(document.pages)))
        faults = [*_page_faults(document, prints, folios, some), *_link_faults(document, some)]
        rows += _rows_asked_for(document, some)
        if some.stop == len(document.pages):
            faults += _tag_faults(document, rows)
        return faults


def _page_faults(
    document: pikepdf.Pdf, prints: Sequence[PagePrint], folios: Mapping[str, int], some: range
) -> Iterator[str]:
    if len(document.pages) != len(prints):
        yield f"the book has {len(document.pages)} pages; its pieces have {len(prints)}."
        return
    printing = _Printing()
    named = (_folios(document) or folios) if any(prints[index].figures for index in some) else {}
    for index in some:
        folio, wanted = index + 1, prints[index]
        page = document.pages[index].obj
        found = printing.of_page(page, wanted.figures)
        if found.page != wanted.page:
            yield f"page {folio} draws other things than the page that was checked."
        elif found.folio != wanted.folio:
            yield f"page {folio} has a folio of another page, or none."
        elif wanted.figures:
            yield from _figure_faults(folio, _own_content(page)[0], page.Resources.Font, wanted.figures, named)


def _folios(document: pikepdf.Pdf) -> dict[str, int]:
    """The folio of the page that each name leads to."""
    folios = {page.obj.objgen: folio for folio, page in enumerate(document.pages, 1)}
    tree = document.Root.get("/Names", Dictionary()).get("/Dests")
    named = pikepdf.NameTree(tree).items() if tree is not None else ()
    return {str(name): folios[place[0].objgen] for name, place in named}


def _figure_faults(
    page_folio: int, content: bytearray, fonts: pikepdf.Object, figures: Sequence[Figure], named: Mapping[str, int]
) -> Iterator[str]:
    """Each folio that a page names, read in the face that it is drawn in, is that of the page which its link opens."""
    reads: dict[bytes, dict[int, str]] = {}
    for offset, goal, place in figures:
        behind = content.rindex(b" Tf", 0, offset)
        font = bytes(content[content.rindex(b"/", 0, behind) + 1 : behind].split()[0])
        if font not in reads:
            reads[font] = characters_of(fonts["/" + font.decode()])
        shown = reads[font].get(int(content[offset : offset + _CODE], 16), "?")
        folio = str(named.get(goal, 0))
        if shown.strip() != (folio[-1 - place] if place < len(folio) else ""):
            yield f"page {page_folio} names another page than {folio} for '{goal}'."
            return


def _link_faults(document: pikepdf.Pdf, some: range) -> Iterator[str]:
    root = document.Root
    names = root.get("/Names", Dictionary()).get("/Dests")
    known = {str(name) for name, _ in pikepdf.NameTree(names).items()} if names is not None else set()
    for index in some:
        folio = index + 1
        for link in document.pages[index].obj.get("/Annots", Array()).as_list():
            goal = link.get("/Dest")
            if isinstance(goal, String) and str(goal) not in known:
                yield f"a link of page {folio} leads to '{goal}', which is not in the book."


def _rows_asked_for(document: pikepdf.Pdf, some: range) -> Iterator[int]:
    """The rows of the parent tree that pages and their links name."""
    for index in some:
        page = document.pages[index].obj
        for each in (page, *page.get("/Annots", Array()).as_list()):
            yield from (int(each[key]) for key in ("/StructParents", "/StructParent") if key in each)


def _tag_faults(document: pikepdf.Pdf, asked: Sequence[int]) -> Iterator[str]:
    """Every page and link has a row of the parent tree, and no two have the same."""
    if "/StructTreeRoot" not in document.Root:
        return
    rows = [number for leaf in document.Root.StructTreeRoot.ParentTree.Kids.as_list() for number in _numbers(leaf)]
    if sorted(rows) != sorted(asked):
        yield f"{len(asked)} pages and links ask for rows of the parent tree, which has {len(rows)}."


def _numbers(leaf: pikepdf.Object) -> list[int]:
    return [int(number) for number in leaf.Nums.as_list()[::2]]


class _Printing:
    """Prints of pages; a stream that many pages show is read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], str] = {}

    def of_page(self, page: pikepdf.Object, figures: Sequence[Figure] = ()) -> PagePrint:
        """The print of a page without its folio and figures, and that of its folio."""
        content, has_folio = _own_content(page)
        for figure in figures:
            content[figure.offset : figure.offset + _CODE] = b"_" * _CODE
        resources = page.get("/Resources", Dictionary())
        folio = self._of_stream(resources.XObject.Folio) if has_folio else None
        boxes = [str(page.get(key, "")) for key in ("/MediaBox", "/TrimBox", "/BleedBox")]
        links = [self._of_link(each) for each in page.get("/Annots", Array()).as_list()]
        return PagePrint(_hash(bytes(content), *boxes, *links, *self._of_resources(resources)), folio)

    def of_folio(self, page: pikepdf.Object) -> str:
        """The print that a page has as a form."""
        content = b"\n".join(each.read_bytes() for each in _contents(page))
        return _hash(content, *_FORM, *self._of_resources(page.get("/Resources", Dictionary())))

    def _of_link(self, link: pikepdf.Object) -> str:
        """Where a link stands and what it opens; pages that it leads to have other numbers in the book."""
        address = str(link.A.get("/URI", "")) if "/A" in link else ""
        goal = link.get("/Dest")
        return f"{link.Rect.unparse()!r} {address} {goal if isinstance(goal, String) else ''}"

    def _of_resources(self, resources: pikepdf.Object) -> Iterator[str]:
        for category, entries in sorted(resources.items()):
            if not isinstance(entries, Dictionary):
                yield category
                continue
            for name, each in sorted(entries.items()):
                if category == "/Font":
                    yield f"{category} {name} {self._of_font(each)}"
                elif (category, name) != ("/XObject", "/Folio"):
                    yield f"{category} {name} {self._of(each)}"

    def _of(self, each: object) -> str:
        if isinstance(each, Stream):
            return self._of_stream(each)
        if isinstance(each, Dictionary):
            rows = [f"{key} {self._of(value)}" for key, value in sorted(each.items()) if key != "/Parent"]
            return _hash(b"", *rows)
        if isinstance(each, Array):
            return _hash(b"", *(self._of(value) for value in each.as_list()))
        return str(each)

    def _of_font(self, font: pikepdf.Object) -> str:
        """The face that a font draws with: its program's own name, for the book's has more glyphs than a piece's."""
        if font.objgen not in self._known:
            descriptor = font.DescendantFonts[0].FontDescriptor
            self._known[font.objgen] = postscript_name(descriptor.FontFile2.read_bytes())
        return self._known[font.objgen]

    def _of_stream(self, stream: pikepdf.Object) -> str:
        if stream.objgen not in self._known:
            told = [f"{key} {value}" for key, value in sorted(stream.items()) if isinstance(value, Name | int)]
            told = [row for row in told if not row.startswith(("/Length", "/Filter"))]
            within = list(self._of_resources(stream.get("/Resources", Dictionary())))
            self._known[stream.objgen] = _hash(_bytes_of(stream), *told, *within)
        return self._known[stream.objgen]


def _own_content(page: pikepdf.Object) -> tuple[bytearray, bool]:
    """What a page draws besides its folio, and whether it has one."""
    content = bytearray(b"\n".join(each.read_bytes() for each in _contents(page)))
    if not (content.startswith(_BEFORE) and content.endswith(_BEHIND)):
        return content, False
    return content[len(_BEFORE) : -len(_BEHIND)], True


def _bytes_of(stream: pikepdf.Object) -> bytes:
    """What a stream holds; a picture as it is packed, for no two writers pack it again."""
    return stream.read_raw_bytes() if stream.get("/Subtype") == Name.Image else stream.read_bytes()


def _contents(page: pikepdf.Object) -> list[pikepdf.Object]:
    content = page.get("/Contents", Array())
    return list(content.as_list()) if isinstance(content, Array) else [content]


def _hash(content: bytes, *rows: str) -> str:
    return hashlib.sha256("\n".join(rows).encode() + b"\n" + content).hexdigest()
