"""Take one piece's finished pages apart into the objects that the book is assembled from."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from directory_pub.bind.folio_placeholders import FolioPlaceholder
from directory_pub.bind.piece_objects import (
    BEFORE_FOLIO,
    FOLIO,
    GAP,
    Bookmark,
    PageObjects,
    PieceObjects,
    Stored,
    calling,
)
from directory_pub.finish import GUEST_NAME
from directory_pub.pdf_writing.fonts import use_of

__all__ = ["take_apart_folios", "take_apart_pages"]

_REFERENCE = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]*>|\b(\d+) 0 R\b", re.DOTALL)
_FOLIO_CALL = b"\nQ\n/Folio Do\n"
_OF_THE_BOOK = ("/Lang", "/MarkInfo", "/OutputIntents", "/PageLayout", "/PageMode", "/ViewerPreferences")


def _bookmarks(over: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All bookmarks below one, or of a file, each before those below it: which those are the book says anew."""
    left = [over.get("/First")]
    while left:
        item = left.pop()
        if item is not None:
            yield item
            left += [item.get("/Next"), item.get("/First")]


def take_apart_pages(
    pdf: pikepdf.Pdf,
    *,
    has_folio: bool = False,
    opens: bool = False,
    goes_on: bool = False,
    placeholders: Sequence[tuple[FolioPlaceholder, ...]] = (),
) -> PieceObjects:
    """Take the finished pages of one piece apart; the open file stays as it is.

    With ``has_folio`` each page calls a folio, which is drawn when the book is assembled. The piece
    that ``opens`` the book brings what a book has once: the catalog's entries, output intent and
    metadata. Contents that ``goes_on`` adds its rows to the list that began before it.
    ``placeholders`` are the figures of each page that are filled in when the book is assembled.
    """
    return _Taking(pdf, has_folio=has_folio, goes_on=goes_on, placeholders=placeholders).take(opens=opens)


def take_apart_folios(pdf: pikepdf.Pdf) -> PieceObjects:
    """Take apart finished pages that carry nothing but a folio: each becomes a form that pages of the book call."""
    return _Taking(pdf).take_forms()


class _Taking:
    """One finished file, object by object."""

    def __init__(
        self,
        pdf: pikepdf.Pdf,
        *,
        has_folio: bool = False,
        goes_on: bool = False,
        placeholders: Sequence[tuple[FolioPlaceholder, ...]] = (),
    ) -> None:
        self._pdf = pdf
        self._has_folio = has_folio
        self._goes_on = goes_on
        self._placeholders = placeholders
        self._into = PieceObjects()
        self._local: dict[int, int] = {}  # by object number: the object's index in the piece
        self._names: dict[int, str] = {}  # by object number: the name of what the book shares
        self._fonts: dict[int, str] = {}

    def take_forms(self) -> PieceObjects:
        """Each page as a form."""
        into = self._into
        for page in (page.obj for page in self._pdf.pages):
            resources = page.get("/Resources", Dictionary())
            self._find_fonts(resources)
            form = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=page.MediaBox, Resources=resources)
            content = _stream(b"\n".join(each.read_bytes() for each in _contents(page)))
            stored = self._stored(form)
            into.loose.append(_ending(stored, b"/Filter /FlateDecode")._replace(stream=content.stream))
            into.pages.append(PageObjects(0, tuple(self._needed(stored.gaps))))
        into.faces = {name: use_of(self._pdf.get_object(number, 0)) for number, name in self._fonts.items()}
        return into

    def take(self, *, opens: bool) -> PieceObjects:
        """Everything that the book needs of the piece."""
        into, pdf = self._into, self._pdf
        pages = [page.obj for page in pdf.pages]
        self._number(pages)
        for page in pages:
            self._find_fonts(page.get("/Resources", Dictionary()))
        for index, page in enumerate(pages):
            self._take_page(index, page)
        self._take_tree(pages)
        self._take_places(pages)
        into.faces = {name: use_of(self._pdf.get_object(number, 0)) for number, name in self._fonts.items()}
        if opens:
            into.packet = pdf.Root.Metadata.read_bytes()
            into.facts = pdf.trailer.Info.unparse(resolved=True)
            into.book = self._stored(Dictionary({key: pdf.Root[key] for key in _OF_THE_BOOK if key in pdf.Root}))
            into.version = pdf.pdf_version
        return into

    # ---------------------------------------------------------------- numbers
    def _number(self, pages: Sequence[pikepdf.Object]) -> None:
        """Give all objects of the piece alone their indexes: page by page, then the trees."""
        self._local |= {page.objgen[0]: 2 * index for index, page in enumerate(pages)}
        at = 2 * len(pages)
        for link in (link for page in pages for link in _links(page)):
            self._local[link.objgen[0]] = at
            at += 1
        self._node = at  # of the page tree
        at += 1
        if "/StructTreeRoot" in self._pdf.Root:
            at += 1  # its leaf of the parent tree
            self._find_tops()
            for each in self._elements():
                self._local[each.objgen[0]] = at
                at += 1

    def _find_tops(self) -> None:
        """Find the elements right below the document, and those that go on with a list that began before."""
        document = self._pdf.Root.StructTreeRoot.K[0]
        self._spine = _way_to_list(document)
        self._tops = _elements_below(document)
        self._hung: list[tuple[int, pikepdf.Object]] = []
        if not self._goes_on or not self._spine:
            return
        spine = {each.objgen for each in self._spine}
        below = [(level, kid) for level, each in enumerate(self._spine, 1) for kid in _elements_below(each)]
        self._hung = [(level, kid) for level, kid in below if kid.objgen not in spine]
        self._tops = [each for each in self._tops if each.objgen not in spine]

    def _elements(self) -> Iterator[pikepdf.Object]:
        """The structure elements below the document, and the rows of the parent tree."""
        root = self._pdf.Root.StructTreeRoot
        waiting = list(reversed([*self._tops, *(each for _, each in self._hung)]))
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(_elements_below(element))
        for row in root.ParentTree.Nums.as_list()[1::2]:
            if isinstance(row, Array) and row.is_indirect:
                yield row

    def _find_fonts(self, resources: pikepdf.Object, seen: frozenset[int] = frozenset()) -> None:
        for name, font in resources.get("/Font", Dictionary()).as_dict().items():
            self._fonts[font.objgen[0]] = name
        for each in resources.get("/XObject", Dictionary()).as_dict().values():
            if each.get("/Name") != GUEST_NAME and "/Resources" in each and each.objgen[0] not in seen:
                self._find_fonts(each.Resources, seen | {each.objgen[0]})

    # ---------------------------------------------------------------- pages
    def _take_page(self, index: int, page: pikepdf.Object) -> None:
        into, first = self._into, 2 * index
        content = b"\n".join(each.read_bytes() for each in _contents(page))
        if self._has_folio:
            content = BEFORE_FOLIO + content + _FOLIO_CALL
        entries = {key: value for key, value in page.items() if key not in ("/Contents", "/Parent")}
        template = self._stored(Dictionary(entries), "/StructParents")
        if self._has_folio:
            template = calling(template, b"Folio", f"{FOLIO} {index}")
        links = [self._stored_link(each) for each in _links(page)]
        ends = b"/Contents " + GAP + b" 0 R /Parent " + GAP + b" 0 R"
        into.loose.append(_ending(template, ends, first + 1, self._node))
        into.loose.append(_stream(content))
        into.links += links
        needs = self._needed([each for stored in (template, *links) for each in stored.gaps])
        placeholders = self._placeholders[index] if self._placeholders else ()
        into.pages.append(PageObjects(len(links), tuple(needs), self._has_folio, placeholders))

    def _needed(self, gaps: Sequence[int | str]) -> dict[str, None]:
        """The names of the shared objects and fonts that gaps lead to, directly or through others."""
        found: dict[str, None] = {}
        waiting = list(reversed(gaps))
        while waiting:
            gap = waiting.pop()
            if isinstance(gap, str) and gap.startswith(("shared ", "font ")) and gap not in found:
                found[gap] = None
                waiting += reversed(self._into.shared[gap].gaps if gap in self._into.shared else ())
        return found

    def _stored_link(self, link: pikepdf.Object) -> Stored:
        """A link; one to a name gets its description when the book is assembled, as that says the page."""
        goal = link.get("/Dest")
        if not isinstance(goal, pikepdf.String):
            return self._stored(link, "/StructParent")
        text = str(link.get("/Contents", ""))
        rest = Dictionary({key: value for key, value in link.items() if key != "/Contents"})
        return _ending(self._stored(rest, "/StructParent"), b"/Contents %b", f"link {goal} {text}")

    # ---------------------------------------------------------------- trees
    def _take_tree(self, pages: Sequence[pikepdf.Object]) -> None:
        """Take the piece's node of the page tree, its leaf of the parent tree and its structure elements."""
        into = self._into
        kids = b" ".join([GAP + b" 0 R"] * len(pages))
        node = b"<< /Type /Pages /Kids [ " + kids + b" ] /Count %d /Parent " % len(pages) + GAP + b" 0 R >>"
        into.tree.append(Stored(node, (*range(0, 2 * len(pages), 2), "pages")))
        if "/StructTreeRoot" not in self._pdf.Root:
            return
        root = self._pdf.Root.StructTreeRoot
        numbers = list(root.ParentTree.Nums.as_list())
        into.rows = len(numbers) // 2
        into.tree.append(self._parent_leaf(numbers))
        self._names[root.K[0].objgen[0]] = "document"
        if self._hung:
            self._names |= {each.objgen[0]: f"spine {level}" for level, each in enumerate(self._spine, 1)}
        into.tree += [self._stored(each) for each in self._elements()]
        into.tops = [self._local[each.objgen[0]] for each in self._tops]
        into.hung = [(level, self._local[each.objgen[0]]) for level, each in self._hung]
        into.spine = [] if self._hung else [self._local[each.objgen[0]] for each in self._spine]
        ids = root.get("/IDTree", Dictionary()).get("/Names", Array()).as_list()
        into.note_ids = {str(key): self._local[each.objgen[0]] for key, each in zip(ids[::2], ids[1::2], strict=True)}

    def _parent_leaf(self, numbers: Sequence[pikepdf.Object]) -> Stored:
        rows: list[tuple[int | str, int | str]] = [
            (f"row {row!s}", self._local[each.objgen[0]]) for row, each in zip(numbers[::2], numbers[1::2], strict=True)
        ]
        pairs = b" ".join([GAP + b" " + GAP + b" 0 R"] * len(rows))
        template = b"<< /Limits [ " + GAP + b" " + GAP + b" ] /Nums [ " + pairs + b" ] >>"
        return Stored(template, (rows[0][0], rows[-1][0], *(gap for row in rows for gap in row)))

    def _take_places(self, pages: Sequence[pikepdf.Object]) -> None:
        """Take the destinations and bookmarks."""
        by_number = {page.objgen[0]: index for index, page in enumerate(pages)}
        root = self._pdf.Root
        if "/Names" in root and "/Dests" in root.Names:
            for name, each in pikepdf.NameTree(root.Names.Dests).items():
                places = each.D if isinstance(each, Dictionary) else each
                self._into.names[name] = (by_number[places[0].objgen[0]], _place(places))
        for item in _bookmarks(root.Outlines) if "/Outlines" in root else ():
            page = by_number[item.Dest[0].objgen[0]]
            self._into.bookmarks.append(Bookmark(str(item.Title), page, _place(item.Dest)))

    # ---------------------------------------------------------------- objects
    def _stored(self, each: pikepdf.Object, row: str | None = None) -> Stored:
        """An object's text with gaps in place of its references and of its row in the parent tree."""
        if row is not None and row in each:
            number = int(each[row])
            rest = Dictionary({key: value for key, value in each.items() if key != row})
            return _ending(self._stored(rest), row.encode() + b" " + GAP, f"row {number}")
        gaps: list[int | str] = []

        def refer(match: re.Match[bytes]) -> bytes:
            if match[1] is None:
                return match[0]
            gaps.append(self._gap(int(match[1])))
            return GAP + b" 0 R"

        return Stored(_REFERENCE.sub(refer, _doubled(each.unparse(resolved=True))), tuple(gaps))

    def _gap(self, number: int) -> int | str:
        if number in self._local:
            return self._local[number]
        if number in self._fonts:
            return f"font {self._fonts[number]}"
        if number not in self._names:
            self._names[number] = self._share(number)
        return self._names[number]

    def _share(self, number: int) -> str:
        """Keep an object under a name made of its content and of the names of what it refers to."""
        each = self._pdf.get_object(number, 0)
        self._names[number] = "shared itself"  # for an object that holds itself, which none of ours does
        if isinstance(each, pikepdf.Stream):
            stream: bytes | None = each.read_raw_bytes()
            entries = Dictionary({key: value for key, value in each.items() if key != "/Length"})
            stored = self._stored(entries)._replace(stream=stream)
        else:
            stream, stored = None, self._stored(each)
        if "shared itself" in stored.gaps:
            raise ValueError(f"object {number} of a finished piece holds itself")
        content = stored.template + repr(stored.gaps).encode() + (stream or b"")
        name = f"shared {hashlib.sha256(content).hexdigest()[:32]}"
        self._into.shared[name] = stored
        return name


def _elements_below(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [kid for kid in element.get("/K", Array()).as_list() if isinstance(kid, Dictionary) and "/S" in kid]


def _way_to_list(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements on the way down to the first list of contents, with the list; none where there is no list."""
    for kid in _elements_below(element):
        if kid.S == Name.TOC:
            return [kid]
        if way := _way_to_list(kid):
            return [kid, *way]
    return []


def _links(page: pikepdf.Object) -> list[pikepdf.Object]:
    return [each for each in page.get("/Annots", Array()).as_list() if each.is_indirect]


def _contents(page: pikepdf.Object) -> list[pikepdf.Object]:
    content = page.get("/Contents", Array())
    return list(content.as_list()) if isinstance(content, Array) else [content]


def _stream(content: bytes) -> Stored:
    return Stored(b"<< /Filter /FlateDecode >>", (), zlib.compress(content, 6))


def _ending(stored: Stored, more: bytes, *gaps: int | str) -> Stored:
    """A dictionary with more entries at its end."""
    template = stored.template.removesuffix(b">>") + more + b" >>"
    return Stored(template, (*stored.gaps, *gaps), stored.stream)


def _doubled(written: bytes) -> bytes:
    return written.replace(b"%", b"%%")


def _place(places: pikepdf.Object) -> bytes:
    """A destination without its page: how it is shown, and where."""
    kind, *rest = list(places.as_list())[1:]
    return Array([Name(str(kind)), *rest]).unparse()[1:-1].strip()
