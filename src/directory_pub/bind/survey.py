"""Survey a book before it has a number: what each page needs, what several need, what every piece names."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from directory_pub.bind.piece_objects import Bookmark, PieceObjects, Stored
from directory_pub.pdf_writing.fonts import FaceUse, unite
from directory_pub.pdf_writing.object_streams import as_text

__all__ = ["NAMES_IN_A_LEAF", "OVER", "FolioSheet", "Leaf", "Survey", "Surveyed"]

NAMES_IN_A_LEAF = 64
OVER = "over"
"""The name of the form that is laid over every page."""
Place = tuple[int, bytes]  # a page of the book, and where on it


@dataclass(frozen=True, slots=True)
class Leaf:
    """One piece in the book: where it begins, and how its piece's objects is had.

    ``under`` is the piece that its bookmarks hang below; ``first_folio`` is that of its first page
    where it is not counted from the first page that is bound.
    """

    kind: str
    key: str
    page_index: int
    piece_objects: Callable[[], PieceObjects]
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
    piece_objects: Callable[[], PieceObjects]


@dataclass(slots=True)
class Surveyed:
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
    numbers: array[int] = field(
        default_factory=lambda: array("I")
    )  # of all objects, by their index in the piece's objects

    @property
    def page_count(self) -> int:
        return len(self.links)

    def settle(self) -> None:
        """Put all numbers together: pages with their contents, links, trees."""
        for number in self.page_numbers:
            self.numbers.extend((number, number + 1))
        self.numbers.extend(self.link_numbers)
        self.numbers.extend(range(self.tree_from, self.tree_from + self.tree))


class Survey:
    """What is known of a book when each of its pieces' objects was looked at once; none of them is held but the first.

    ``pieces`` are what is known of each, ``starts`` the page each begins on. ``users`` counts by name of
    what is shared on how many pages it is (to two and beyond); ``kept`` is what several pages share. ``spine``
    is what leads to the contents' list: its piece, and which objects; ``hung`` what is added there, by depth:
    piece, and which object.
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
        self._sheet: tuple[FolioSheet | None, PieceObjects] = (None, PieceObjects())  # the one that was looked at last
        self._over: tuple[str, ...] = ()
        if over is not None:
            unite(self.faces, over.faces)
            self.kept |= {**over.shared, OVER: over.loose[0]}
            self._over = _interned((OVER, *over.pages[0].needs))
        self._look_at_all(leaves, folios)
        self.sorted_names = sorted(self.names, key=as_text)

    def _look_at_all(self, leaves: Sequence[Leaf], folios: Sequence[FolioSheet]) -> None:
        for sheet in folios:
            piece_objects = sheet.piece_objects()
            unite(self.faces, piece_objects.faces)
            self.kept |= piece_objects.shared
            for at, page in enumerate(piece_objects.pages):
                self._forms[sheet.kind, sheet.first + at] = (sheet, at, _interned(page.needs))
        for leaf in leaves:
            piece_objects = leaf.piece_objects()
            surveyed = self._look_at(leaf, piece_objects, self.rows)
            self.rows += surveyed.rows
            self.pieces.append(surveyed)

    def _look_at(self, leaf: Leaf, piece_objects: PieceObjects, row: int) -> Surveyed:
        unite(self.faces, piece_objects.faces)
        told = Surveyed(
            leaf.page_index,
            row,
            piece_objects.rows,
            piece_objects.tops,
            len(piece_objects.tree),
            [page.links for page in piece_objects.pages],
            [page.has_folio for page in piece_objects.pages],
        )
        for index, page in enumerate(piece_objects.pages):
            needs = dict.fromkeys((*page.needs, *self._over))
            if page.has_folio:
                needs |= dict.fromkeys(self._forms[leaf.folio_of(index)][2])
            told.needs.append(_interned(needs))
            for name in needs:
                self.users[name] = self.users.get(name, 0) + 1
                if self.users[name] == 2 and name in piece_objects.shared:
                    self.kept[name] = piece_objects.shared[name]
        for stored in piece_objects.loose:
            self.digest.update(stored.template + repr(stored.gaps).encode() + (stored.stream or b""))
        self.names |= {name: (leaf.page_index + page, place) for name, (page, place) in piece_objects.names.items()}
        self.titles |= piece_objects.titles
        self.bookmarks += [(each, leaf) for each in piece_objects.bookmarks]
        self.note_ids |= {key: (len(self.pieces), index) for key, index in piece_objects.note_ids.items()}
        if leaf.page_index == 0:
            self.opening = piece_objects
        if piece_objects.spine:
            self.spine = (len(self.pieces), piece_objects.spine)
        for level, which in piece_objects.hung:
            self.hung.setdefault(level, []).append((len(self.pieces), which))
        return told

    # ---------------------------------------------------------------- what follows from it
    def form(self, kind: str, folio: int) -> Stored:
        """The form that draws a folio."""
        sheet, at, _ = self._forms[kind, folio]
        if self._sheet[0] is not sheet:
            self._sheet = (sheet, sheet.piece_objects())
        return self._sheet[1].loose[at]

    def alone(self, piece: Surveyed, index: int) -> Iterator[str]:
        """What only this page needs."""
        return (name for name in piece.needs[index] if self.users[name] == 1)

    def of_the_book(self) -> list[str]:
        """What the catalog needs and no page does."""
        found: dict[str, None] = {}
        waiting = list(self.opening.book.gaps)
        while waiting:
            name = str(waiting.pop())
            if name not in found and name not in self.users:
                found[name] = None
                waiting += self.opening.shared[name].gaps
        return list(found)

    def singles(self) -> list[str]:
        """What the book has once, and each leaf of its names."""
        names = ["pages", "info", "metadata"]
        if self.rows:
            names += ["document", "tags", "parents"]
        if self.note_ids:
            names.append("ids")
        return names + [f"names {at}" for at in range(0, len(self.names), NAMES_IN_A_LEAF)]


def _interned(names: Iterable[str]) -> tuple[str, ...]:
    """The same names as those of other pages: there are few, and each page has a dozen."""
    return tuple(map(sys.intern, names))
