"""Sew gatherings into one document: one page tree, one name tree, one structure tree, each face and picture once.

The book is surveyed first (what each page needs, which objects several pages share), then every
object has its number, then each gathering's bytes are written with the numbers filled in. Only one
gathering is held at a time.
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pikepdf

from directory_pub.bind.faces import FaceUse, cut_face, to_unicode, unite, widths_array
from directory_pub.bind.gathering import BEFORE_FOLIO, FOLIO, Bookmark, GatheredPage, Gathering, Stored
from directory_pub.bind.linear import BookObject, LinearBook, PackedStream, write_linearised
from directory_pub.bind.numerals import fill
from directory_pub.bind.plain import write_plain
from directory_pub.finish import describe_link

__all__ = ["FolioSheet", "Leaf", "sew"]

_MOST_NUMBERS = 9_999_999  # what a gap has room for
_NAMES_IN_A_LEAF = 64
_LINKS_IN_A_STREAM = 64
_BOOKMARKS_IN_A_STREAM = 200
_OBJECTS_OF_A_FACE = 5
_STREAMS_AHEAD = 8  # that are filled in, and wait for the one before them to be packed
Place = tuple[int, bytes]  # a page of the book, and where on it


@dataclass(frozen=True, slots=True)
class Leaf:
    """One piece in the book: where it begins, and how its gathering is had.

    ``under`` is the piece that its bookmarks hang below; ``first_folio`` is that of its first page
    where it is not counted from the first page that is sewn.
    """

    kind: str
    key: str
    page_index: int
    gathering: Callable[[], Gathering]
    under: str | None = None
    first_folio: int | None = None

    def folio_of(self, index: int) -> tuple[str, int]:
        """The kind and the folio of one of its pages."""
        return self.kind, (self.first_folio or self.page_index + 1) + index


@dataclass(frozen=True, slots=True)
class FolioSheet:
    """The forms of folios: those of a kind of piece from ``first`` on."""

    kind: str
    first: int
    gathering: Callable[[], Gathering]


def sew(
    leaves: Sequence[Leaf],
    folios: Sequence[FolioSheet],
    programs: Mapping[str, Path],
    out: BinaryIO,
    *,
    linearised: bool,
    named: Mapping[str, int] | None = None,
) -> None:
    """Write the book; ``programs`` are the files of faces by PostScript name.

    ``named`` are the folios of what contents names; without that of a row its stand-in stays.
    Linearised it has page labels and opens at its first page. Raises KeyError for a folio or a face that
    is not there.
    """
    book = _Sewing(leaves, folios, programs, named or {}, opens=linearised).book()
    (write_linearised if linearised else write_plain)(book, out)


@dataclass(slots=True)
class _Surveyed:
    """What is known of a piece before any number is."""

    first_page: int
    first_row: int
    rows: int
    tops: list[int]
    tree: int  # how many objects of the trees
    links: list[int]  # of each page
    folios: list[bool]  # whether each page has one
    needs: list[tuple[str, ...]] = field(default_factory=list)
    page_numbers: list[int] = field(default_factory=list)
    link_numbers: list[int] = field(default_factory=list)
    tree_from: int = 0
    numbers: array[int] = field(default_factory=lambda: array("I"))  # of all objects, by their index in the gathering

    @property
    def page_count(self) -> int:
        return len(self.links)

    def settle(self) -> None:
        """Put all numbers together: pages with their contents, links, trees."""
        for number in self.page_numbers:
            self.numbers.extend((number, number + 1))
        self.numbers.extend(self.link_numbers)
        self.numbers.extend(range(self.tree_from, self.tree_from + self.tree))


class _Sewing:
    """The survey, the numbers, and the objects."""

    def __init__(
        self,
        leaves: Sequence[Leaf],
        folios: Sequence[FolioSheet],
        programs: Mapping[str, Path],
        named: Mapping[str, int],
        *,
        opens: bool,
    ) -> None:
        self._leaves = leaves
        self._folios = folios
        self._programs = programs
        self._named = named
        self._opens = opens
        self._faces: dict[str, FaceUse] = {}
        self._pieces: list[_Surveyed] = []
        self._forms: dict[tuple[str, int], tuple[Stored, tuple[str, ...]]] = {}
        self._users: dict[str, int] = {}  # by name of what is shared: on how many pages, counted to two
        self._kept: dict[str, Stored] = {}  # what several pages share
        self._names: dict[str, Place] = {}
        self._titles: dict[str, str] = {}
        self._bookmarks: list[tuple[Bookmark, Leaf]] = []
        self._note_ids: dict[str, tuple[int, int]] = {}
        self._numbers: dict[str, int] = {}
        self._digest = hashlib.sha256()
        self._with_own_links: set[int] = set()
        self._opening = Gathering()
        self._starts = [leaf.page_index for leaf in leaves]
        self._spine: tuple[int, list[int]] = (0, [])  # what leads to the contents' list: its piece, and which objects
        self._hung: dict[int, list[tuple[int, int]]] = {}  # what is added there, by depth: piece, and which object

    def book(self) -> LinearBook:
        """The whole document, its objects made as they are written."""
        self._survey()
        self._number()
        return self._objects()

    # ---------------------------------------------------------------- survey
    def _survey(self) -> None:
        for sheet in self._folios:
            gathering = sheet.gathering()
            unite(self._faces, gathering.faces)
            self._kept |= gathering.shared
            for at, (form, page) in enumerate(zip(gathering.loose, gathering.pages, strict=True)):
                self._forms[sheet.kind, sheet.first + at] = (form, page.needs)
        row = 0
        for leaf in self._leaves:
            gathering = leaf.gathering()
            surveyed = self._survey_piece(leaf, gathering, row)
            row += surveyed.rows
            self._pieces.append(surveyed)
        self._rows = row
        self._sorted_names = sorted(self._names, key=_text)

    def _survey_piece(self, leaf: Leaf, gathering: Gathering, row: int) -> _Surveyed:
        unite(self._faces, gathering.faces)
        told = _Surveyed(
            leaf.page_index,
            row,
            gathering.rows,
            gathering.tops,
            len(gathering.tree),
            [page.links for page in gathering.pages],
            [page.has_folio for page in gathering.pages],
        )
        for index, page in enumerate(gathering.pages):
            needs = dict.fromkeys(page.needs)
            if page.has_folio:
                needs |= dict.fromkeys(self._forms[leaf.folio_of(index)][1])
            told.needs.append(tuple(needs))
            for name in needs:
                self._users[name] = self._users.get(name, 0) + 1
                if self._users[name] == 2 and name in gathering.shared:
                    self._kept[name] = gathering.shared[name]
        for stored in gathering.loose:
            self._digest.update(stored.template + repr(stored.gaps).encode() + (stored.stream or b""))
        self._names |= {name: (leaf.page_index + page, place) for name, (page, place) in gathering.names.items()}
        self._titles |= gathering.titles
        self._bookmarks += [(each, leaf) for each in gathering.bookmarks]
        self._note_ids |= {key: (len(self._pieces), index) for key, index in gathering.note_ids.items()}
        if leaf.page_index == 0:
            self._opening = gathering
        if gathering.spine:
            self._spine = (len(self._pieces), gathering.spine)
        for level, which in gathering.hung:
            self._hung.setdefault(level, []).append((len(self._pieces), which))
        return told

    # ---------------------------------------------------------------- numbers
    def _number(self) -> None:
        """Numbers for everything as Annex F wants them: page by page, what is shared, the rest, what is packed;
        then the first page with what it needs, and the bookmarks."""
        first_needs = self._pieces[0].needs[0]
        chunks = self._chunk_links()
        at = self._number_pages(1)
        self._together = [name for name, count in self._users.items() if count > 1 and name not in first_needs]
        streams = [f"links {chunk}" for chunk in range(len(chunks))]
        trees = [f"tree {piece}" for piece in range(len(self._pieces))]
        for name in (*self._together, *streams, *self._of_the_book(), *self._singles(), *trees):
            at = self._give(name, at)
        self._main_table, at = at, at + 1
        at = self._number_packed(at, chunks)
        self._first_number, at = at, self._give("catalog", at + 3)
        self._pieces[0].page_numbers[0], at = at, at + 2 + self._pieces[0].folios[0]
        for name in first_needs:
            at = self._give(name, at)
        opening = self._pieces[0]
        opening.link_numbers = [*range(at, at + opening.links[0]), *opening.link_numbers[opening.links[0] :]]
        at += self._pieces[0].links[0]
        self._outline_streams = range(at, at - (-self._outline_count() // _BOOKMARKS_IN_A_STREAM))
        self._outlines_from = self._outline_streams.stop
        for piece in self._pieces:
            piece.settle()
        number, spine = self._spine
        self._numbers |= {f"spine {level}": self._pieces[number].numbers[at] for level, at in enumerate(spine, 1)}
        if self._outlines_from + self._outline_count() > _MOST_NUMBERS:
            raise OverflowError(f"the book would have {at:,} objects; there is room for {_MOST_NUMBERS:,}")

    def _number_pages(self, at: int) -> int:
        for piece in self._pieces:
            for index, has_folio in enumerate(piece.folios):
                piece.page_numbers.append(at)
                if piece.first_page + index:
                    at += 2 + has_folio
                    if (piece.first_page + index) in self._with_own_links:
                        piece.link_numbers = list(range(at, at + piece.links[index]))
                        at += piece.links[index]
                    for name in self._alone(piece, index):
                        at = self._give(name, at)
        return at

    def _chunk_links(self) -> list[list[tuple[int, int]]]:
        """The pages whose links are packed together, as piece and page of it.

        A stream serves two pages at least: of what one page and the structure tree need, older
        readers of hint tables think otherwise than newer ones (docs/decisions/0005).
        """
        linked = [(n, i) for n, piece in enumerate(self._pieces) for i, count in enumerate(piece.links) if count]
        pages = [self._pieces[number].first_page + index for number, index in linked]
        if pages[:1] == [0]:
            linked.pop(0)  # the first page's stand with it
        if len(linked) == 1:
            self._with_own_links = {pages[-1]}
            return []
        chunks: list[list[tuple[int, int]]] = []
        count = _LINKS_IN_A_STREAM
        for number, index in linked:
            if count >= _LINKS_IN_A_STREAM and (not chunks or len(chunks[-1]) > 1):
                chunks.append([])
                count = 0
            chunks[-1].append((number, index))
            count += self._pieces[number].links[index]
        if len(chunks) > 1 and len(chunks[-1]) == 1:
            chunks[-2] += chunks.pop()
        return chunks

    def _number_packed(self, at: int, chunks: Sequence[Sequence[tuple[int, int]]]) -> int:
        """Links, then the trees; they have the highest numbers of their part."""
        self._chunks: list[tuple[Sequence[tuple[int, int]], range]] = []
        self._chunk_of: dict[int, int] = {}  # by page index
        for chunk in chunks:
            start = at
            for number, index in chunk:
                piece = self._pieces[number]
                before = sum(piece.links[:index])
                piece.link_numbers = piece.link_numbers or [0] * sum(piece.links)
                piece.link_numbers[before : before + piece.links[index]] = range(at, at + piece.links[index])
                at += piece.links[index]
                self._chunk_of[piece.first_page + index] = len(self._chunks)
            self._chunks.append((chunk, range(start, at)))
        for piece in self._pieces:
            piece.tree_from, at = at, at + piece.tree
        return at

    def _give(self, name: str, at: int) -> int:
        self._numbers[name] = at
        return at + _span(name)

    def _alone(self, piece: _Surveyed, index: int) -> Iterator[str]:
        """What only this page needs."""
        return (name for name in piece.needs[index] if self._users[name] == 1)

    def _of_the_book(self) -> list[str]:
        """What the catalog needs and no page does."""
        found: dict[str, None] = {}
        waiting = list(self._opening.book.gaps)
        while waiting:
            name = str(waiting.pop())
            if name not in found and name not in self._users:
                found[name] = None
                waiting += self._opening.shared[name].gaps
        return list(found)

    def _singles(self) -> list[str]:
        names = ["pages", "info", "metadata"]
        if self._rows:
            names += ["document", "tags", "parents"]
        if self._note_ids:
            names.append("ids")
        return names + [f"names {at}" for at in range(0, len(self._names), _NAMES_IN_A_LEAF)]

    def _outline_count(self) -> int:
        return len(self._bookmarks) + 1 if self._bookmarks else 0

    # ---------------------------------------------------------------- objects
    def _objects(self) -> LinearBook:
        numbers = self._numbers
        return LinearBook(
            catalog=BookObject(numbers["catalog"], self._catalog()),
            first_page=self._first_page(),
            pages=self._pages(),
            shared=[*(e for name in self._together for e in self._shared(name, self._kept)), *self._link_streams()],
            outlines=list(self._outlines()),
            others=self._others(),
            uses=[self._uses(piece, index) for piece in self._pieces for index in range(piece.page_count)],
            page_count=sum(piece.page_count for piece in self._pieces),
            info=numbers["info"],
            file_id=self._digest.digest()[:16],
            first_number=self._first_number,
            main_table=self._main_table,
            version=self._opening.version,
        )

    def _uses(self, piece: _Surveyed, index: int) -> list[int]:
        """The numbers of what a page shares with others."""
        names = [name for name in piece.needs[index] if self._users[name] > 1]
        chunk = self._chunk_of.get(piece.first_page + index)
        links = [] if chunk is None else [self._numbers[f"links {chunk}"]]
        return [self._numbers[name] + step for name in names for step in range(_span(name))] + links

    def _first_page(self) -> list[BookObject]:
        gathering = self._leaves[0].gathering()
        own = self._page(0, gathering, 0)
        needed = [e for name in self._pieces[0].needs[0] for e in self._shared(name, gathering.shared)]
        return [*own, *needed, *self._links(0, gathering, 0)]

    def _pages(self) -> Iterator[list[BookObject]]:
        for number, leaf in enumerate(self._leaves):
            gathering = leaf.gathering()
            for index in range(len(gathering.pages)):
                if leaf.page_index + index:
                    own = self._page(number, gathering, index)
                    alone = self._alone(self._pieces[number], index)
                    yield [*own, *(each for name in alone for each in self._shared(name, gathering.shared))]

    def _page(self, number: int, gathering: Gathering, index: int) -> list[BookObject]:
        """A page, its content, and its folio."""
        leaf, piece = self._leaves[number], self._pieces[number]
        at, own = piece.page_numbers[index], gathering.loose[2 * index : 2 * index + 2]
        if gathering.pages[index].numerals:
            own[1] = self._with_folios(own[1], gathering.pages[index])
        made = [BookObject(at + step, self._filled(each, piece)) for step, each in enumerate(own)]
        if piece.folios[index]:
            form, _ = self._forms[leaf.folio_of(index)]
            made.append(BookObject(at + 2, self._filled(form)))
        return made + (self._links(number, gathering, index) if leaf.page_index + index in self._with_own_links else [])

    def _with_folios(self, content: Stored, page: GatheredPage) -> Stored:
        """A page's content with the folios of what it names."""
        assert content.stream is not None
        before = BEFORE_FOLIO if page.has_folio else b""
        own = zlib.decompress(content.stream).removeprefix(before)
        return content._replace(stream=zlib.compress(before + fill(own, page.numerals, self._named), 6))

    def _links(self, number: int, gathering: Gathering, index: int) -> list[BookObject]:
        """A page's links."""
        piece = self._pieces[number]
        before = sum(piece.links[:index])
        own = range(before, before + piece.links[index])
        return [BookObject(piece.link_numbers[at], self._filled(gathering.links[at], piece)) for at in own]

    def _link_streams(self) -> Iterator[PackedStream]:
        for name, (chunk, members) in enumerate(self._chunks):
            bodies = [e.body for n, index in chunk for e in self._links(n, self._leaves[n].gathering(), index)]
            yield _packed(self._numbers[f"links {name}"], members, bodies)

    def _shared(self, name: str, near: Mapping[str, Stored]) -> Iterator[BookObject]:
        """A shared object, or the five of a face; what only one page needs is ``near``."""
        number = self._numbers[name]
        if name.startswith("font "):
            yield from self._face(self._faces[name.removeprefix("font ")], number)
        else:
            yield BookObject(number, self._filled(near[name] if name in near else self._kept[name]))

    def _face(self, use: FaceUse, number: int) -> Iterator[BookObject]:
        program = cut_face(self._programs[use.program_name], frozenset(use.widths))
        box = " ".join(f"{edge:g}" for edge in use.box).encode()
        ends = (
            b"%b/DescendantFonts [ %d 0 R ] /ToUnicode %d 0 R" % (use.font, number + 1, number + 4),
            b"%b/FontDescriptor %d 0 R /W %b" % (use.inner, number + 2, widths_array(use.widths)),
            b"%b/FontBBox [ %b ] /FontFile2 %d 0 R" % (use.descriptor, box, number + 3),
        )
        yield from (BookObject(number + step, b"<<%b >>" % entries) for step, entries in enumerate(ends))
        yield BookObject(number + 3, _as_stream(b"/Length1 %d" % len(program), program))
        yield BookObject(number + 4, _as_stream(b"", to_unicode(use.texts)))

    def _others(self) -> Iterator[BookObject | PackedStream]:
        for name in self._of_the_book():
            yield BookObject(self._numbers[name], self._filled(self._opening.shared[name]))
        for name in self._singles():
            yield BookObject(self._numbers[name], _SINGLES[name.partition(" ")[0]](self, name))
        yield from _in_the_background(_packed, self._trees())

    def _trees(self) -> Iterator[tuple[int, range, list[bytes]]]:
        """What the object stream of each piece's trees is packed of."""
        for number, (leaf, piece) in enumerate(zip(self._leaves, self._pieces, strict=True)):
            bodies = [self._filled(each, piece) for each in leaf.gathering().tree]
            members = range(piece.tree_from, piece.tree_from + piece.tree)
            if self._hung and number == self._spine[0]:
                for level, at in enumerate(self._spine[1], 1):
                    which = members.index(piece.numbers[at])
                    bodies[which] = self._with_more(bodies[which], self._hung.get(level, ()))
            yield self._numbers[f"tree {number}"], members, bodies

    def _with_more(self, element: bytes, hung: Sequence[tuple[int, int]]) -> bytes:
        """An element of the structure tree with those that other pieces hang below it."""
        before, kids, behind = element.partition(b"/K [")
        own, end, rest = behind.partition(b"]")
        if not end:
            raise ValueError("an element that others are to hang below has no kids of its own")
        more = b" ".join(b"%d 0 R" % self._pieces[piece].numbers[which] for piece, which in hung)
        return b"%b%b%b %b %b%b" % (before, kids, own, more, end, rest)

    # ---------------------------------------------------------------- gaps
    def _filled(self, stored: Stored, piece: _Surveyed | None = None) -> bytes:
        """An object with its numbers; one with a stream with that behind it."""
        known = piece.numbers if piece is not None else ()
        filled = stored.template % tuple(
            [known[gap] if type(gap) is int else self._number_of(str(gap), piece) for gap in stored.gaps]
        )
        if stored.stream is None:
            return filled
        entries, length = filled.removesuffix(b">>"), len(stored.stream)
        return b"%b/Length %d >>\nstream\n%b\nendstream" % (entries, length, stored.stream)

    def _number_of(self, gap: str, piece: _Surveyed | None) -> int | bytes:
        found = self._numbers.get(gap)
        return found if found is not None else self._told(gap, piece)

    def _told(self, gap: str, piece: _Surveyed | None) -> int | bytes:
        """What stands in a gap that names no object by itself."""
        assert piece is not None
        what, _, told = gap.partition(" ")
        if what == "row":
            return piece.first_row + int(told)
        if what == FOLIO:
            return piece.page_numbers[int(told)] + 2
        key, _, text = told.partition(" ")
        page_label = str(self._names[key][0] + 1) if key in self._names else ""  # a proof may have broken links
        return _text(describe_link(text, self._titles.get(key, ""), page_label))

    def _page_number(self, page_index: int) -> int:
        """The number of a page's object."""
        at = bisect_right(self._starts, page_index) - 1
        return self._pieces[at].page_numbers[page_index - self._starts[at]]

    # ---------------------------------------------------------------- what a book has once
    def _catalog(self) -> bytes:
        numbers, entries = self._numbers, [b"/Type /Catalog /Pages %d 0 R" % self._numbers["pages"]]
        entries.append(b"/Metadata %d 0 R" % numbers["metadata"])
        if self._names:
            kids = b" ".join(b"%d 0 R" % numbers[name] for name in self._singles() if name.startswith("names "))
            entries.append(b"/Names << /Dests << /Kids [ %b ] >> >>" % kids)
        if self._bookmarks:
            entries.append(b"/Outlines %d 0 R" % self._outlines_from)
        if self._rows:
            entries.append(b"/StructTreeRoot %d 0 R" % numbers["tags"])
        if self._opens:
            entries.append(b"/OpenAction [ %d 0 R /Fit ]" % self._page_number(0))
            entries.append(b"/PageLabels << /Nums [ 0 << /S /D /St 1 >> ] >>")
        return b"%b%b >>" % (self._filled(self._opening.book).removesuffix(b">>"), b" ".join(entries))

    def _page_tree(self, name: str) -> bytes:
        kids = b" ".join(b"%d 0 R" % piece.tree_from for piece in self._pieces)
        count = sum(piece.page_count for piece in self._pieces)
        return b"<< /Type /Pages /Kids [ %b ] /Count %d >>" % (kids, count)

    def _info(self, name: str) -> bytes:
        return self._opening.facts

    def _metadata(self, name: str) -> bytes:
        """The XMP packet as it is read, so that a label can be written into its place."""
        content = self._opening.packet
        return b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%b\nendstream" % (len(content), content)

    def _document(self, name: str) -> bytes:
        tops = b" ".join(b"%d 0 R" % piece.numbers[top] for piece in self._pieces for top in piece.tops)
        return b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %b ] >>" % (self._numbers["tags"], tops)

    def _tags(self, name: str) -> bytes:
        ids = b"/IDTree %d 0 R " % self._numbers["ids"] if self._note_ids else b""
        told = (self._numbers["document"], self._numbers["parents"], self._rows, ids)
        return b"<< /Type /StructTreeRoot /K [ %d 0 R ] /ParentTree %d 0 R /ParentTreeNextKey %d %b>>" % told

    def _parents(self, name: str) -> bytes:
        kids = b" ".join(b"%d 0 R" % (each.tree_from + 1) for each in self._pieces if each.rows)
        return b"<< /Kids [ %b ] >>" % kids

    def _ids(self, name: str) -> bytes:
        rows = sorted(
            (_text(key), self._pieces[piece].numbers[index]) for key, (piece, index) in self._note_ids.items()
        )
        return b"<< /Names [ %b ] >>" % b" ".join(b"%b %d 0 R" % row for row in rows)

    def _name_leaf(self, name: str) -> bytes:
        start = int(name.partition(" ")[2])
        keys = self._sorted_names[start : start + _NAMES_IN_A_LEAF]
        rows = []
        for key in keys:
            page_index, place = self._names[key]
            rows.append(b"%b [ %d 0 R %b ]" % (_text(key), self._page_number(page_index), place))
        return b"<< /Limits [ %b %b ] /Names [ %b ] >>" % (_text(keys[0]), _text(keys[-1]), b" ".join(rows))

    # ---------------------------------------------------------------- bookmarks
    def _outlines(self) -> Iterator[PackedStream]:
        """The outline, in streams of its own: the root, and each bookmark in the order of the book."""
        bodies = list(self._outline_bodies()) if self._bookmarks else []
        for at, number in zip(range(0, len(bodies), _BOOKMARKS_IN_A_STREAM), self._outline_streams, strict=True):
            some = bodies[at : at + _BOOKMARKS_IN_A_STREAM]
            yield _packed(number, range(self._outlines_from + at, self._outlines_from + at + len(some)), some)

    def _outline_bodies(self) -> Iterator[bytes]:
        """What is under another piece hangs below the last bookmark of that piece."""
        over: list[int] = []
        last: dict[str, int] = {}
        for at, (_, leaf) in enumerate(self._bookmarks):
            over.append(last.get(leaf.under or "", -1))
            last[leaf.key] = at
        below: dict[int, list[int]] = {-1: []}
        for at, parent in enumerate(over):
            below.setdefault(parent, []).append(at)
        root, top = self._outlines_from, below[-1]
        family = b"/First %d 0 R /Last %d 0 R" % (root + 1 + top[0], root + 1 + top[-1])
        yield b"<< /Type /Outlines /Count %d %b >>" % (len(over), family)
        for at in range(len(over)):
            yield self._bookmark(at, over[at], below)

    def _bookmark(self, at: int, over: int, below: Mapping[int, Sequence[int]]) -> bytes:
        told, leaf = self._bookmarks[at]
        root, row = self._outlines_from + 1, below[over]
        page = self._page_number(leaf.page_index + told.page)
        entries = [b"/Title %b /Parent %d 0 R" % (_text(told.title), root + over)]
        entries.append(b"/Dest [ %d 0 R %b ]" % (page, told.place))
        where = bisect_left(row, at)
        if where:
            entries.append(b"/Prev %d 0 R" % (root + row[where - 1]))
        if where + 1 < len(row):
            entries.append(b"/Next %d 0 R" % (root + row[where + 1]))
        if kids := below.get(at):
            count = sum(1 for _ in _descendants(at, below))
            entries.append(b"/First %d 0 R /Last %d 0 R /Count %d" % (root + kids[0], root + kids[-1], count))
        return b"<< %b >>" % b" ".join(entries)


_SINGLES: dict[str, Callable[[_Sewing, str], bytes]] = {
    "pages": _Sewing._page_tree,
    "info": _Sewing._info,
    "metadata": _Sewing._metadata,
    "document": _Sewing._document,
    "tags": _Sewing._tags,
    "parents": _Sewing._parents,
    "ids": _Sewing._ids,
    "names": _Sewing._name_leaf,
}


def _descendants(at: int, below: Mapping[int, Sequence[int]]) -> Iterator[int]:
    for each in below.get(at, ()):
        yield each
        yield from _descendants(each, below)


def _span(name: str) -> int:
    return _OBJECTS_OF_A_FACE if name.startswith("font ") else 1


def _text(text: str) -> bytes:
    """A text as a PDF writes it; a percent sign means nothing here, for nothing is filled in any more."""
    return pikepdf.String(text).unparse()


def _packed(number: int, members: range, bodies: Sequence[bytes]) -> PackedStream:
    """Objects in an object stream."""
    head, at = [], 0
    for member, body in zip(members, bodies, strict=True):
        head.append(b"%d %d" % (member, at))
        at += len(body) + 1
    front = b" ".join(head) + b"\n"
    entries = b"/Type /ObjStm /N %d /First %d" % (len(bodies), len(front))
    return PackedStream(number, _as_stream(entries, front + b"\n".join(bodies)), members)


def _in_the_background(
    pack: Callable[[int, range, Sequence[bytes]], PackedStream], told: Iterable[tuple[int, range, list[bytes]]]
) -> Iterator[PackedStream]:
    """Streams in their order, each deflated while those behind it are filled in."""
    waiting: deque[Future[PackedStream]] = deque()
    with ThreadPoolExecutor(1) as helper:
        for each in told:
            waiting.append(helper.submit(pack, *each))
            if len(waiting) > _STREAMS_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _as_stream(entries: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 6)
    return b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (entries, len(packed), packed)
