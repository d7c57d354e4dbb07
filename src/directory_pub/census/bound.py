"""Hold a bound book against the pieces that were checked: the same pages, its own folio on each, links that lead on.

Pieces are read and counted one by one before they are bound. What is then in the book is found
again here, from the file, by what each page draws.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from directory_pub.census.files import postscript_name
from directory_pub.census.object_reader import ObjectReader, open_objects
from directory_pub.census.object_syntax import Name, Ref, Stream, UnreadableObject, text_of
from directory_pub.census.tag_tree import characters_of
from directory_pub.findings import Finding, Place, error

__all__ = ["Figure", "PageFingerprint", "check_bound", "fingerprint_folios", "fingerprint_pages"]

_BEFORE, _BEHIND = b"q\n", b"\nQ\n/Folio Do\n"
_CODE = 4  # hexadecimal digits
_FORM = ("/Subtype /Form", "/Type /XObject")
_REMEDY = "This is a fault of bind, not of the content: report it, and build with --whole meanwhile."
_MOST_TOLD = 3
_MOST_KNOWN = 4_000  # prints of objects that are remembered
Dictionary = Mapping[str, Any]


class Figure(NamedTuple):
    """A figure that is filled in when the book is bound: at ``offset`` in what its page draws stands the
    code of one, ``place`` from the end of the folio on which ``goal`` is."""

    offset: int
    goal: str
    place: int


class PageFingerprint(NamedTuple):
    """What a page of the book must be: a print of the page and of its folio, and the figures in it."""

    page: str
    folio: str | None = None
    figures: Sequence[Figure] = ()


def fingerprint_pages(pdf: bytes, figures: Sequence[Sequence[Figure]] = ()) -> list[str]:
    """A print of each page of a finished piece: the hash of all that it draws, but for its ``figures``."""
    printing = _Printing(ObjectReader(pdf))
    pages = printing.pages()
    return [printing.of_page(page, some).page for page, some in zip(pages, figures or ((),) * len(pages), strict=True)]


def fingerprint_folios(pdf: bytes) -> list[str]:
    """A print of each page that carries a folio, as the form that it becomes in the book."""
    objects = ObjectReader(pdf)
    return [_Printing(objects).of_folio(page) for page in _Printing(objects).pages()]


def check_bound(
    path: Path, fingerprints: Iterable[PageFingerprint], page_count: int, folios: Mapping[str, int], place: Place
) -> list[Finding]:
    """Findings where the book at ``path`` is not what was bound; ``fingerprints`` are those of its pages, ``page_count`` many.

    What the book names is looked up in it; ``folios`` are for a file in which nothing has a name.
    """
    faults: list[str] = []
    try:
        with open_objects(path) as objects:
            faults += islice(_Check(objects, folios).faults(fingerprints, page_count), _MOST_TOLD)
    except (UnreadableObject, ArithmeticError, LookupError, TypeError, ValueError) as fault:
        faults.append(f"the book cannot be read as written: {fault}.")
    return [error("book-unlike-pieces", place, fault, _REMEDY) for fault in faults]


class _Check:
    """One book, read from its first page to its last, then its tags."""

    def __init__(self, objects: ObjectReader, folios: Mapping[str, int]) -> None:
        self._objects = objects
        self._pages = objects.page_numbers()
        self._folios = self._named() or folios
        self._asked = array("q")  # the rows of the parent tree that pages and links name

    def _named(self) -> dict[str, int]:
        """The folio of the page that each name leads to."""
        read = self._objects
        folios = {number: folio for folio, number in enumerate(self._pages, 1)}
        named = {}
        for leaf in read.leaves(read.dictionary(read.root.get("/Names")).get("/Dests"), "/Names"):
            for name, place in zip(leaf[::2], leaf[1::2], strict=True):
                named[text_of(name)] = folios[read.items_of(place)[0].number]
        return named

    def faults(self, fingerprints: Iterable[PageFingerprint], page_count: int) -> Iterator[str]:
        """What is not as it was checked, page by page."""
        if len(self._pages) != page_count:
            yield f"the book has {len(self._pages)} pages; its pieces have {page_count}."
            return
        printing = _Printing(self._objects)
        for folio, (number, wanted) in enumerate(zip(self._pages, fingerprints, strict=True), 1):
            page = self._objects.page(number)
            found = printing.of_page(page, wanted.figures)
            if found.page != wanted.page:
                yield f"page {folio} draws other things than the page that was checked."
            elif found.folio != wanted.folio:
                yield f"page {folio} has a folio of another page, or none."
            elif wanted.figures:
                yield from self._figure_faults(folio, page, wanted.figures)
            yield from self._link_faults(folio, page)
        yield from self._tag_faults()

    def _figure_faults(self, page_folio: int, page: Dictionary, figures: Sequence[Figure]) -> Iterator[str]:
        """Each folio that a page names, read in the face that it is drawn in, is that of the page which its link
        opens."""
        read = self._objects
        content, _ = _own_content(read, page)
        fonts = read.dictionary(read.dictionary(page.get("/Resources")).get("/Font"))
        texts: dict[bytes, dict[int, str]] = {}
        for offset, goal, place in figures:
            behind = content.rindex(b" Tf", 0, offset)
            font = bytes(content[content.rindex(b"/", 0, behind) : behind].split()[0])
            if font not in texts:
                table = read.dictionary(fonts[font.decode()]).get("/ToUnicode")
                texts[font] = characters_of(read.unpacked(read.stream(table)) if table else b"")
            shown = texts[font].get(int(content[offset : offset + _CODE], 16), "?")
            folio = str(self._folios.get(goal, 0))
            if shown.strip() != (folio[-1 - place] if place < len(folio) else ""):
                yield f"page {page_folio} names another page than {folio} for '{goal}'."
                return

    def _link_faults(self, folio: int, page: Dictionary) -> Iterator[str]:
        """Every link leads to what is in the book. The rows that the page and its links ask for are put down."""
        if "/StructParents" in page:
            self._asked.append(page["/StructParents"])
        for each in self._objects.items_of(page.get("/Annots")):
            link = self._objects.dictionary(each)
            if "/StructParent" in link:
                self._asked.append(link["/StructParent"])
            goal = self._objects.read(link.get("/Dest"))
            if isinstance(goal, bytes) and text_of(goal) not in self._folios:
                yield f"a link of page {folio} leads to '{text_of(goal)}', which is not in the book."

    def _tag_faults(self) -> Iterator[str]:
        """Every page and link has a row of the parent tree, and no two have the same."""
        root = self._objects.root
        if "/StructTreeRoot" not in root:
            return
        tree = self._objects.dictionary(root["/StructTreeRoot"]).get("/ParentTree")
        rows = array("q")
        for leaf in self._objects.leaves(tree, "/Nums"):
            rows.extend(leaf[::2])
        if sorted(rows) != sorted(self._asked):
            yield f"{len(self._asked)} pages and links ask for rows of the parent tree, which has {len(rows)}."


class _Printing:
    """Prints of pages; a stream that many pages show is read once."""

    def __init__(self, objects: ObjectReader) -> None:
        self._objects = objects
        self._known: dict[int, str] = {}

    def pages(self) -> list[dict[str, Any]]:
        """The pages of a file that is a piece."""
        return [self._objects.page(number) for number in self._objects.page_numbers()]

    def of_page(self, page: Dictionary, figures: Sequence[Figure] = ()) -> PageFingerprint:
        """The print of a page without its folio and figures, and that of its folio."""
        read = self._objects
        content, has_folio = _own_content(read, page)
        for figure in figures:
            content[figure.offset : figure.offset + _CODE] = b"_" * _CODE
        resources = read.dictionary(page.get("/Resources"))
        folio = self._of(read.dictionary(resources.get("/XObject"))["/Folio"]) if has_folio else None
        boxes = [repr(read.read(page.get(key))) for key in ("/MediaBox", "/TrimBox", "/BleedBox")]
        links = [self._of_link(read.dictionary(each)) for each in read.items_of(page.get("/Annots"))]
        return PageFingerprint(_hash(bytes(content), *boxes, *links, *self._of_resources(resources)), folio)

    def of_folio(self, page: Dictionary) -> str:
        """The print that a page has as a form."""
        content = b"\n".join(_contents(self._objects, page))
        return _hash(content, *_FORM, *self._of_resources(self._objects.dictionary(page.get("/Resources"))))

    def _of_link(self, link: Dictionary) -> str:
        """Where a link stands and what it opens; pages that it leads to have other numbers in the book."""
        read = self._objects
        address = read.read(read.dictionary(link.get("/A")).get("/URI"))
        goal = read.read(link.get("/Dest"))
        return f"{read.items_of(link['/Rect'])!r} {address!r} {text_of(goal) if isinstance(goal, bytes) else ''}"

    def _of_resources(self, resources: Dictionary) -> Iterator[str]:
        for category, listed in sorted(resources.items()):
            entries = self._objects.read(listed)
            if not isinstance(entries, dict):
                yield category
                continue
            for name, each in sorted(entries.items()):
                if category == "/Font":
                    yield f"{category} {name} {self._of_font(each)}"
                elif (category, name) != ("/XObject", "/Folio"):
                    yield f"{category} {name} {self._of(each)}"

    def _of(self, each: object) -> str:
        """The print of a value."""
        return self._once(each, self._of_value)

    def _of_font(self, font: object) -> str:
        """The face that a font draws with: its program's own name, for the book's has more glyphs than a piece's."""
        return self._once(font, self._name_of_face)

    def _once(self, each: object, find: Callable[[Any], str]) -> str:
        """What is found of an object, which many pages may refer to."""
        if not isinstance(each, Ref):
            return find(each)
        if each.number not in self._known:
            found = find(self._objects.read(each))
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[each.number] = found
        return self._known[each.number]

    def _of_value(self, value: object) -> str:
        if isinstance(value, Stream):
            return self._of_stream(value)
        if isinstance(value, dict):
            return _hash(b"", *(f"{key} {self._of(each)}" for key, each in sorted(value.items()) if key != "/Parent"))
        if isinstance(value, list):
            return _hash(b"", *map(self._of, value))
        return str(value)

    def _name_of_face(self, font: Dictionary) -> str:
        read = self._objects
        descendant = read.dictionary(read.items_of(font["/DescendantFonts"])[0])
        program = read.dictionary(descendant["/FontDescriptor"])["/FontFile2"]
        return postscript_name(read.unpacked(read.stream(program)))

    def _of_stream(self, stream: Stream) -> str:
        read = self._objects
        values = {key: read.read(value) for key, value in sorted(stream.keys.items())}
        told = [f"{key} {value}" for key, value in values.items() if isinstance(value, Name | int)]
        told = [row for row in told if not row.startswith(("/Length", "/Filter"))]
        within = list(self._of_resources(read.dictionary(values.get("/Resources"))))
        # A picture as it is packed, for no two writers pack it again.
        content = stream.packed if values.get("/Subtype") == "/Image" else read.unpacked(stream)
        return _hash(content, *told, *within)


def _own_content(read: ObjectReader, page: Dictionary) -> tuple[bytearray, bool]:
    """What a page draws besides its folio, and whether it has one."""
    content = bytearray(b"\n".join(_contents(read, page)))
    if not (content.startswith(_BEFORE) and content.endswith(_BEHIND)):
        return content, False
    return content[len(_BEFORE) : -len(_BEHIND)], True


def _contents(read: ObjectReader, page: Dictionary) -> Iterator[bytes]:
    content = read.read(page.get("/Contents"))
    parts = content if isinstance(content, list) else [content] if content else []
    return (read.unpacked(read.stream(part)) for part in parts)


def _hash(content: bytes, *rows: str) -> str:
    return hashlib.sha256("\n".join(rows).encode() + b"\n" + content).hexdigest()
