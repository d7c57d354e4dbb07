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
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object, Pdf, Stream, String

from directory_pub.census.files import postscript_name, program_of
from directory_pub.census.tag_tree import characters_of
from directory_pub.findings import Finding, Place, error

__all__ = ["Figure", "PageFingerprint", "check_bound", "fingerprint_folios", "fingerprint_pages"]

_BEFORE, _BEHIND = b"q\n", b"\nQ\n/Folio Do\n"
_CODE = 4  # hexadecimal digits
_GUEST = "/GuestPage"  # what finish calls a ready page of others
_FORM = ("/Subtype /Form", "/Type /XObject")
_NOT_TOLD = ("/Length", "/Filter")
_REMEDY = "This is a fault of bind, not of the content: report it."
_MOST_TOLD = 3


class Figure(NamedTuple):
    """A figure that is filled in when the book is bound: at ``offset`` in what its page draws stands the
    code of one, ``place`` from the end of the folio on which ``goal`` is; blanks follow a shorter one that has room for
    so many figures and ``leads``, and stand before any other."""

    offset: int
    goal: str
    place: int
    leads: int = 0


class PageFingerprint(NamedTuple):
    """What a page of the book must be: a print of the page and of its folio, and the figures in it."""

    page: str
    folio: str | None = None
    figures: Sequence[Figure] = ()


def fingerprint_pages(pdf: pikepdf.Pdf, figures: Sequence[Sequence[Figure]] = ()) -> list[str]:
    """The fingerprint of each page of a finished piece: the hash of all that it draws, but for its ``figures``."""
    of_page, pages = _Fingerprinting().of_page, pdf.pages
    return [of_page(page.obj, some).page for page, some in zip(pages, figures or ((),) * len(pages), strict=True)]


def fingerprint_folios(pdf: pikepdf.Pdf) -> list[str]:
    """The fingerprint of each page that carries a folio, as the form that it becomes in the book."""
    return [_Fingerprinting().of_folio(page.obj) for page in pdf.pages]


def check_bound(
    path: Path, fingerprints: Iterable[PageFingerprint], page_count: int, folios: Mapping[str, int], place: Place
) -> list[Finding]:
    """Findings where the book at ``path`` is not what was bound.

    ``fingerprints`` are those of its ``page_count`` pages.

    What the book names is looked up in it; ``folios`` are for a file in which nothing has a name.
    """
    faults: list[str] = []
    try:
        with path.open("rb") as file, pikepdf.open(file) as pdf:
            faults += islice(_Check(pdf, folios).faults(fingerprints, page_count), _MOST_TOLD)
            # The library mends what it can; a file that has to be mended is not what was bound.
            faults += [f"the book cannot be read as written: {warning}." for warning in pdf.get_warnings()[:1]]
    except (pikepdf.PdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
        faults.append(f"the book cannot be read as written: {fault}.")
    return [error("book-unlike-pieces", place, fault, _REMEDY) for fault in faults]


class _Check:
    """One book, read from its first page to its last, then its tags."""

    def __init__(self, pdf: Pdf, folios: Mapping[str, int]) -> None:
        self._pdf = pdf
        self._folios = self._named() or folios
        self._asked = array("q")  # the rows of the parent tree that pages and links name

    def _named(self) -> dict[str, int]:
        """The folio of the page that each name leads to."""
        names = self._pdf.Root.get("/Names", Dictionary()).get("/Dests")
        if names is None:
            return {}
        folios = {page.obj.objgen: folio for folio, page in enumerate(self._pdf.pages, 1)}
        return {name: folios[goal[0].objgen] for name, goal in NameTree(names, auto_repair=False).items()}

    def faults(self, fingerprints: Iterable[PageFingerprint], page_count: int) -> Iterator[str]:
        """What is not as it was checked, page by page."""
        pages = self._pdf.pages
        if len(pages) != page_count:
            yield f"the book has {len(pages)} pages; its pieces have {page_count}."
            return
        printing = _Fingerprinting()
        for folio, (each, wanted) in enumerate(zip(pages, fingerprints, strict=True), 1):
            page = each.obj
            found = printing.of_page(page, wanted.figures)
            if found.page != wanted.page:
                yield f"page {folio} draws other things than the page that was checked."
            elif found.folio != wanted.folio:
                yield f"page {folio} has a folio of another page, or none."
            elif wanted.figures:
                yield from self._figure_faults(folio, page, wanted.figures)
            yield from self._link_faults(folio, page)
        yield from self._tag_faults()

    def _figure_faults(self, page_folio: int, page: Object, figures: Sequence[Figure]) -> Iterator[str]:
        """Each folio that a page names, read in the face that it is drawn in, is that of the page which its link
        opens."""
        content, _ = _own_content(page)
        texts: dict[bytes, dict[int, str]] = {}
        for offset, goal, place, leads in figures:
            behind = content.rindex(b" Tf", 0, offset)
            font = bytes(content[content.rindex(b"/", 0, behind) : behind].split()[0])
            if font not in texts:
                table = page.Resources.Font[font.decode()].get("/ToUnicode")
                texts[font] = characters_of(table.read_bytes() if table is not None else b"")
            shown = texts[font].get(int(content[offset : offset + _CODE], 16), "?")
            folio = str(self._folios.get(goal, 0)).ljust(leads)
            if shown.strip() != (folio[-1 - place].strip() if place < len(folio) else ""):
                yield f"page {page_folio} names another page than {folio.strip()} for '{goal}'."
                return

    def _link_faults(self, folio: int, page: Object) -> Iterator[str]:
        """Every link leads to what is in the book. The rows that the page and its links ask for are put down."""
        if "/StructParents" in page:
            self._asked.append(int(page.StructParents))
        for link in _links(page):
            if "/StructParent" in link:
                self._asked.append(int(link.StructParent))
            goal = link.get("/Dest")
            if isinstance(goal, String) and str(goal) not in self._folios:
                yield f"a link of page {folio} leads to '{goal}', which is not in the book."

    def _tag_faults(self) -> Iterator[str]:
        """Every page and link has a row of the parent tree, and no two have the same."""
        if "/StructTreeRoot" not in self._pdf.Root:
            return
        rows = list(NumberTree(self._pdf.Root.StructTreeRoot.ParentTree, auto_repair=False))
        if sorted(rows) != sorted(self._asked):
            yield f"{len(self._asked)} pages and links ask for rows of the parent tree, which has {len(rows)}."


class _Fingerprinting:
    """Prints of the pages of one file; an object that many pages show is read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], str] = {}
        self._wholes: dict[tuple[int, int], str] = {}

    def of_page(self, page: Object, figures: Sequence[Figure] = ()) -> PageFingerprint:
        """The print of a page without its folio and figures, and that of its folio."""
        content, has_folio = _own_content(page)
        for figure in figures:
            content[figure.offset : figure.offset + _CODE] = b"_" * _CODE
        resources = page.Resources
        folio = self._of(resources.XObject.Folio) if has_folio else None
        boxes = [_written(page.get(key)) for key in ("/MediaBox", "/TrimBox", "/BleedBox")]
        links = [_print_of_link(link) for link in _links(page)]
        return PageFingerprint(_hash(bytes(content), *boxes, *links, *self._of_resources(resources)), folio)

    def of_folio(self, page: Object) -> str:
        """The print that a page has as a form."""
        return _hash(_content(page), *_FORM, *self._of_resources(page.Resources))

    def _of_resources(self, resources: Object) -> Iterator[str]:
        for category, listed in sorted(resources.items()):
            if not isinstance(listed, Dictionary):
                yield category
                continue
            for name, each in sorted(listed.items()):
                if category == "/Font":
                    yield f"{category} {name} {self._once(each, _name_of_face)}"
                elif (category, name) != ("/XObject", "/Folio"):
                    yield f"{category} {name} {self._of(each)}"

    def _of(self, each: object) -> str:
        """The print of a value."""
        return self._once(each, self._of_value)

    def _once(self, each: object, find: Callable[[Object], str]) -> str:
        """What is found of an object, which many pages may refer to."""
        if not isinstance(each, Object):
            return str(each)
        if not each.is_indirect:
            return find(each)
        if each.objgen not in self._known:
            self._known[each.objgen] = find(each)
        return self._known[each.objgen]

    def _of_value(self, value: Object) -> str:
        if isinstance(value, Stream):
            return self._of_stream(value)
        if isinstance(value, Dictionary):
            return _hash(b"", *(f"{key} {self._of(each)}" for key, each in sorted(value.items()) if key != "/Parent"))
        if isinstance(value, Array):
            return _hash(b"", *map(self._of, value.as_list()))
        return _written(value)

    def _whole(self, value: object) -> str:
        """The print of a ready page of others, with all that it refers to: nothing of it is shared with the book."""
        if not isinstance(value, Object):
            return str(value)
        if value.is_indirect and value.objgen in self._wholes:
            return self._wholes[value.objgen]
        if isinstance(value, Array):
            found = _hash(b"", *map(self._whole, value.as_list()))
        elif isinstance(value, Stream | Dictionary):
            rows = (f"{key} {self._whole(each)}" for key, each in sorted(value.items()) if key != "/Length")
            found = _hash(value.read_raw_bytes() if isinstance(value, Stream) else b"", *rows)
        else:
            found = _written(value)
        if value.is_indirect:
            self._wholes[value.objgen] = found
        return found

    def _of_stream(self, stream: Stream) -> str:
        if stream.get("/Name") == _GUEST:
            return self._whole(stream)
        told = [f"{key} {value}" for key, value in sorted(stream.items()) if isinstance(value, Name | int)]
        told = [row for row in told if not row.startswith(_NOT_TOLD)]
        within = list(self._of_resources(stream.get("/Resources", Dictionary())))
        # A picture as it is packed, for no two writers pack it again.
        content = stream.read_raw_bytes() if stream.get("/Subtype") == Name.Image else stream.read_bytes()
        return _hash(content, *told, *within)


def _name_of_face(font: Object) -> str:
    """The face that a font draws with: its program's own name, for the book's has more glyphs than a piece's."""
    program = program_of(font.DescendantFonts[0].FontDescriptor)
    return postscript_name(program.read_bytes()) if program is not None else ""


def _print_of_link(link: Object) -> str:
    """Where a link stands and what it opens; pages that it leads to have other numbers in the book."""
    goal = link.get("/Dest")
    address = link.get("/A", Dictionary()).get("/URI")
    return f"{_written(link.Rect)} {_written(address)} {goal if isinstance(goal, String) else ''}"


def _links(page: Object) -> Iterable[Object]:
    return page.get("/Annots", Array()).as_list()


def _own_content(page: Object) -> tuple[bytearray, bool]:
    """What a page draws besides its folio, and whether it has one."""
    content = bytearray(_content(page))
    if not (content.startswith(_BEFORE) and content.endswith(_BEHIND)):
        return content, False
    return content[len(_BEFORE) : -len(_BEHIND)], True


def _content(page: Object) -> bytes:
    content = page.get("/Contents", Array())
    return b"\n".join(each.read_bytes() for each in (content.as_list() if isinstance(content, Array) else [content]))


def _written(value: Object | None) -> str:
    """A value without references, as it stands in a file."""
    return "" if value is None else value.unparse().decode("latin-1")


def _hash(content: bytes, *rows: str) -> str:
    return hashlib.sha256("\n".join(rows).encode() + b"\n" + content).hexdigest()
