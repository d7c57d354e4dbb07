"""Survey a book before it is numbered: what each page needs, what pages share, what each piece names."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field

from directory_pub.bind.piece_objects import Bookmark, PieceObjects, Stored
from directory_pub.pdf_writing.fonts import FaceUse, unite
from directory_pub.pdf_writing.object_streams import as_text

__all__ = ["NAMES_IN_A_LEAF", "OVER", "FolioSheet", "Leaf", "Survey", "Surveyed"]

NAMES_IN_A_LEAF = 64
OVER = "over"
"""The name of the form that is laid over every page."""
Place = tuple[int, bytes]  # a page of the book, and where on it


class Leaf(Struct, frozen=True):
    """One piece in the book: the page where it begins (from 0), and a function that reads its objects.

    ``under`` is the piece that its bookmarks hang below. ``first_folio`` is the folio of its first
    page, where that is not counted from the first page of the file.
    """

    kind: str
    key: str
    page_index: int
    objects: Callable[[], PieceObjects]
    under: str | None = None
    first_folio: int | None = None

    def folio_of(self, index: int) -> tuple[str, int]:
        """The kind and the folio of one of its pages."""
        return self.kind, (self.first_folio or self.page_index + 1) + index


class FolioSheet(Struct, frozen=True):
    """The folios of one kind of piece, from ``first`` on: a function that reads their forms."""

    kind: str
    first: int
    objects: Callable[[], PieceObjects]


class Surveyed(Struct):
    """What is known of a piece before its objects are numbered, and the numbers that they then get."""

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
    numbers: array[int] = field(default_factory=lambda: array("I"))  # of all objects, by their index in the piece

    @property
    def page_count(self) -> int:
        return len(self.links)

    def settle(self) -> None:
        """Put all numbers in the order of the indexes: pages with their content, links, trees."""
        for number in self.page_numbers:
            self.numbers.extend((number, number + 1))
        self.numbers.extend(self.link_numbers)
        self.numbers.extend(range(self.tree_from, self.tree_from + self.tree))


class Survey:
    """What is known of a book after one look at each piece; only the objects of the first are held.

    ``pieces`` has what is known of each, ``starts`` the page that each begins on. ``users`` counts,
    by name of a shared object, the pages that need it; ``kept`` are the objects that several need.
    ``spine`` is the way down to the list of the contents: the index of its piece, and the indexes of
    its elements. ``hung`` is what other pieces add there, by level: piece and element.
    """

    def __init__(self, leaves: Sequence[Leaf], folios: Sequence[FolioSheet], over: PieceObjects | None = None) -> None:
        self.faces: dict[str, FaceUse] = {}
        self.pieces: list[Surveyed] = []
        self.users: dict[str, int] = {}
        self.kept: dict[str, Stored] = {}
        self.names: dict[str, Place] = {}
        self.titles: dict[str, str] = {}
        self.bookmarks: list[tuple[Bookmark, Leaf]] = []
        self.note_ids: dict[str, tuple[int, int]] = {}
        self.digest = hashlib.sha256()
        self.opening = PieceObjects()
        self.starts = [leaf.page_index for leaf in leaves]
        self.spine: tuple[int, list[int]] = (0, [])
        self.hung: dict[int, list[tuple[int, int]]] = {}
        self.rows = 0
        self._forms: dict[tuple[str, int], tuple[FolioSheet, int, tuple[str, ...]]] = {}
        self._sheet: tuple[FolioSheet | None, PieceObjects] = (None, PieceObjects())  # the last one read
        self._over: tuple[str, ...] = ()
        if over is not None:
            unite(self.faces, over.faces)
            self.kept |= {**over.shared, OVER: over.loose[0]}
            self._over = _interned((OVER, *over.pages[0].needs))
        self._look_at_all(leaves, folios)
        self.sorted_names = sorted(self.names, key=as_text)

    def _look_at_all(self, leaves: Sequence[Leaf], folios: Sequence[FolioSheet]) -> None:
        for sheet in folios:
            objects = sheet.objects()
            unite(self.faces, objects.faces)
            self.kept |= objects.shared
            for at, page in enumerate(objects.pages):
                self._forms[sheet.kind, sheet.first + at] = (sheet, at, _interned(page.needs))
        for leaf in leaves:
            objects = leaf.objects()
            surveyed = self._look_at(leaf, objects, self.rows)
            self.rows += surveyed.rows
            self.pieces.append(surveyed)

    def _look_at(self, leaf: Leaf, objects: PieceObjects, row: int) -> Surveyed:
        unite(self.faces, objects.faces)
        surveyed = Surveyed(
            leaf.page_index,
            row,
            objects.rows,
            objects.tops,
            len(objects.tree),
            [page.links for page in objects.pages],
            [page.has_folio for page in objects.pages],
        )
        for index, page in enumerate(objects.pages):
            needs = dict.fromkeys((*page.needs, *self._over))
            if page.has_folio:
                needs |= dict.fromkeys(self._forms[leaf.folio_of(index)][2])
            surveyed.needs.append(_interned(needs))
            for name in needs:
                self.users[name] = self.users.get(name, 0) + 1
                if self.users[name] == 2 and name in objects.shared:
                    self.kept[name] = objects.shared[name]
        for stored in objects.loose:
            stream = stored.stream or b""
            assert isinstance(stream, bytes)  # only what is shared may be kept apart
            self.digest.update(stored.template + repr(stored.gaps).encode() + stream)
        self.names |= {name: (leaf.page_index + page, place) for name, (page, place) in objects.names.items()}
        self.titles |= objects.titles
        self.bookmarks += [(each, leaf) for each in objects.bookmarks]
        self.note_ids |= {key: (len(self.pieces), index) for key, index in objects.note_ids.items()}
        if leaf.page_index == 0:
            self.opening = objects
        if objects.spine:
            self.spine = (len(self.pieces), objects.spine)
        for level, which in objects.hung:
            self.hung.setdefault(level, []).append((len(self.pieces), which))
        return surveyed

    # ---------------------------------------------------------------- what follows from it
    def form(self, kind: str, folio: int) -> Stored:
        """The form that draws a folio."""
        sheet, at, _ = self._forms[kind, folio]
        if self._sheet[0] is not sheet:
            self._sheet = (sheet, sheet.objects())
        return self._sheet[1].loose[at]

    def alone(self, piece: Surveyed, index: int) -> Iterator[str]:
        """The names of what only this page needs."""
        return (name for name in piece.needs[index] if self.users[name] == 1)

    def of_the_book(self) -> list[str]:
        """The names of what the catalog needs and no page does."""
        found: dict[str, None] = {}
        waiting = list(self.opening.book.gaps)
        while waiting:
            name = str(waiting.pop())
            if name not in found and name not in self.users:
                found[name] = None
                waiting += self.opening.shared[name].gaps
        return list(found)

    def singles(self) -> list[str]:
        """The names of what the book has once, and of each leaf of the name tree."""
        names = ["pages", "info", "metadata"]
        if self.rows:
            names += ["document", "tags", "parents"]
        if self.note_ids:
            names.append("ids")
        return names + [f"names {at}" for at in range(0, len(self.names), NAMES_IN_A_LEAF)]


def _interned(names: Iterable[str]) -> tuple[str, ...]:
    """The names as one string each for all pages: there are few, and each page has a dozen."""
    return tuple(map(sys.intern, names))
