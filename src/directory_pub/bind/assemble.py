"""Assemble pieces into one document: one page tree, name tree and structure tree, each face and picture once.

The book is surveyed first (what each page needs, which objects several pages share), then every
object gets its number, then each piece is written with the numbers filled in. The objects of
only one piece are held at a time.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

from directory_pub.bind.folio_placeholders import fill
from directory_pub.bind.numbering import Numbering
from directory_pub.bind.outline import bookmark_objects
from directory_pub.bind.piece_objects import BEFORE_FOLIO, FOLIO, Apart, PageObjects, PieceObjects, Stored, calling
from directory_pub.bind.survey import NAMES_IN_A_LEAF, OVER, FolioSheet, Leaf, Survey, Surveyed
from directory_pub.finish import describe_link
from directory_pub.pdf_writing.fonts import FaceUse, cut_face, program_entries, to_unicode, widths_array
from directory_pub.pdf_writing.object_streams import as_object_stream, as_stream, as_text
from directory_pub.pdf_writing.plain import BookFacts, BookObject, PackedStream, write_plain

__all__ = ["assemble_book"]


def assemble_book(
    leaves: Sequence[Leaf],
    folios: Sequence[FolioSheet],
    programs: Mapping[str, bytes],
    out: BinaryIO,
    *,
    for_screen: bool,
    named: Mapping[str, int] | None = None,
    over: PieceObjects | None = None,
    kept_apart: Callable[[str], bytes] | None = None,
) -> None:
    """Write the book to ``out``.

    ``programs`` are those of faces by PostScript name. ``named`` are the folios of what contents
    names, by key; a row without one keeps its placeholder. The first form of ``over`` is drawn over
    every page. A book for the screen has page labels and opens at its first page. ``kept_apart``
    returns a stream by its key. Raises KeyError for a folio, a face or a stream that is not there.
    """
    survey = Survey(leaves, folios, over)
    book = _Assembly(leaves, survey, programs, named or {}, kept_apart or _nothing_apart, for_screen=for_screen)
    write_plain(book.objects(), book.facts(), out)


class _Assembly:
    """The objects of a book that has been surveyed and numbered."""

    def __init__(
        self,
        leaves: Sequence[Leaf],
        survey: Survey,
        programs: Mapping[str, bytes],
        named: Mapping[str, int],
        kept_apart: Callable[[str], bytes],
        *,
        for_screen: bool,
    ) -> None:
        self._kept_apart = kept_apart
        self._leaves = leaves
        self._programs = programs
        self._named = named
        self._for_screen = for_screen
        self._survey = survey
        self._numbers = Numbering(self._survey)

    def facts(self) -> BookFacts:
        """What the trailer says."""
        numbers, survey = self._numbers, self._survey
        return BookFacts(
            catalog=numbers.of["catalog"],
            info=numbers.of["info"],
            table=numbers.of["table"],
            size=numbers.size,
            file_id=survey.digest.digest()[:16],
            version=survey.opening.version,
        )

    def objects(self) -> Iterator[BookObject | PackedStream]:
        """All objects, each made when it is asked for."""
        yield BookObject(self._numbers.of["catalog"], self._catalog())
        yield from self._pages()
        for name in self._numbers.together:
            yield from self._shared(name, self._survey.kept)
        for name in self._survey.of_the_book():
            yield BookObject(self._numbers.of[name], self._filled(self._survey.opening.shared[name]))
        for name in self._survey.singles():
            yield BookObject(self._numbers.of[name], _SINGLES[name.partition(" ")[0]](self, name))
        yield from bookmark_objects(self._survey.bookmarks, self._numbers)
        yield from self._link_streams()
        yield from self._trees()

    def _pages(self) -> Iterator[BookObject]:
        """Each page, and what it alone needs."""
        for number, (leaf, piece) in enumerate(zip(self._leaves, self._survey.pieces, strict=True)):
            objects = leaf.objects()
            for index in range(piece.page_count):
                yield from self._page(number, objects, index)
                for name in self._survey.alone(piece, index):
                    yield from self._shared(name, objects.shared)

    def _page(self, number: int, objects: PieceObjects, index: int) -> Iterator[BookObject]:
        """A page, its content, and its folio."""
        leaf, piece = self._leaves[number], self._survey.pieces[number]
        at, own = piece.page_numbers[index], objects.loose[2 * index : 2 * index + 2]
        if objects.pages[index].placeholders:
            own[1] = self._with_folios(own[1], objects.pages[index])
        if OVER in self._numbers.of:
            own = [calling(own[0], b"Over", OVER), _with_form_over(own[1])]
        yield from (BookObject(at + step, self._filled(each, piece)) for step, each in enumerate(own))
        if piece.folios[index]:
            yield BookObject(at + 2, self._filled(self._survey.form(*leaf.folio_of(index))))

    def _with_folios(self, content: Stored, page: PageObjects) -> Stored:
        """A page's content with its placeholders replaced by folios."""
        assert isinstance(content.stream, bytes)
        before = BEFORE_FOLIO if page.has_folio else b""
        own = zlib.decompress(content.stream).removeprefix(before)
        return content._replace(stream=zlib.compress(before + fill(own, page.placeholders, self._named), 6))

    def _link_streams(self) -> Iterator[PackedStream]:
        for name, (chunk, members) in enumerate(self._numbers.chunks):
            bodies = [body for number, index in chunk for body in self._links(number, index)]
            yield PackedStream(self._numbers.of[f"links {name}"], as_object_stream(members, bodies), members)

    def _links(self, number: int, index: int) -> list[bytes]:
        """A page's links."""
        piece, objects = self._survey.pieces[number], self._leaves[number].objects()
        before = sum(piece.links[:index])
        return [self._filled(each, piece) for each in objects.links[before : before + piece.links[index]]]

    def _shared(self, name: str, near: Mapping[str, Stored]) -> Iterator[BookObject]:
        """A shared object, or the five of a face; ``near`` are the objects that a single page needs."""
        number = self._numbers.of[name]
        if name.startswith("font "):
            yield from self._face(self._survey.faces[name.removeprefix("font ")], number)
        else:
            yield BookObject(number, self._filled(near[name] if name in near else self._survey.kept[name]))

    def _face(self, use: FaceUse, number: int) -> Iterator[BookObject]:
        program = cut_face(self._programs[use.program_name], frozenset(use.widths))
        key, told = program_entries(program)
        box = " ".join(f"{edge:g}" for edge in use.box).encode()
        ends = (
            b"%b/DescendantFonts [ %d 0 R ] /ToUnicode %d 0 R" % (use.font, number + 1, number + 4),
            b"%b/FontDescriptor %d 0 R /W %b" % (use.inner, number + 2, widths_array(use.widths)),
            b"%b/FontBBox [ %b ] %b %d 0 R" % (use.descriptor, box, key, number + 3),
        )
        yield from (BookObject(number + step, b"<<%b >>" % entries) for step, entries in enumerate(ends))
        yield BookObject(number + 3, as_stream(told, program))
        yield BookObject(number + 4, as_stream(b"", to_unicode(use.texts)))

    def _trees(self) -> Iterator[PackedStream]:
        """Each piece's part of the page tree, the parent tree and the structure tree."""
        for number, (leaf, piece) in enumerate(zip(self._leaves, self._survey.pieces, strict=True)):
            members = range(piece.tree_from, piece.tree_from + piece.tree)
            more = self._survey.hung if number == self._survey.spine[0] else {}
            body = self._packed_tree(leaf.objects(), piece, members, more)
            yield PackedStream(self._numbers.of[f"tree {number}"], body, members)

    def _packed_tree(
        self,
        objects: PieceObjects,
        piece: Surveyed,
        members: range,
        more: Mapping[int, Sequence[tuple[int, int]]],
    ) -> bytes:
        """The object stream of a piece's trees, which is packed again only where its numbers have changed."""
        values = [self._value(gap, piece) for each in objects.tree for gap in each.gaps]
        numbers = array("I", (members.start, *values)).tobytes()
        if not more and objects.packed_tree and objects.packed_tree[1] == numbers:
            return objects.packed_tree[0]
        bodies = _filled_together(objects.tree, values)
        for level, at in enumerate(self._survey.spine[1] if more else (), 1):
            which = members.index(piece.numbers[at])
            bodies[which] = self._with_more(bodies[which], more.get(level, ()))
        packed = as_object_stream(members, bodies)
        objects.packed_tree = (packed, numbers) if not more else None
        return packed

    def _with_more(self, element: bytes, hung: Sequence[tuple[int, int]]) -> bytes:
        """An element of the structure tree, with the elements of other pieces that hang below it."""
        before, kids, behind = element.partition(b"/K [")
        own, end, rest = behind.partition(b"]")
        if not end:
            raise ValueError("a structure element below which others are to hang has no kids of its own")
        more = b" ".join(b"%d 0 R" % self._survey.pieces[piece].numbers[which] for piece, which in hung)
        return b"%b%b%b %b %b%b" % (before, kids, own, more, end, rest)

    # ---------------------------------------------------------------- gaps
    def _filled(self, stored: Stored, piece: Surveyed | None = None) -> bytes:
        """An object with its gaps filled in, and its stream behind it where it has one."""
        filled = stored.template % tuple([self._value(gap, piece) for gap in stored.gaps])
        if stored.stream is None:
            return filled
        stream = self._kept_apart(stored.stream.key) if isinstance(stored.stream, Apart) else stored.stream
        return b"%b/Length %d >>\nstream\n%b\nendstream" % (filled.removesuffix(b">>"), len(stream), stream)

    def _value(self, gap: int | str, piece: Surveyed | None) -> Any:
        """What fills a gap: a number, or the description of a link."""
        if type(gap) is int:
            return piece.numbers[gap]  # type: ignore[union-attr] # only what belongs to a piece has such gaps
        name = str(gap)
        found = self._numbers.of.get(name)
        return found if found is not None else self._computed(name, piece)

    def _computed(self, gap: str, piece: Surveyed | None) -> int | bytes:
        """What fills a gap that does not name an object: a row, a folio, or the description of a link."""
        assert piece is not None
        kind, _, value = gap.partition(" ")
        if kind == "row":
            return piece.first_row + int(value)
        if kind == FOLIO:
            return piece.page_numbers[int(value)] + 2
        key, _, text = value.partition(" ")
        place = self._survey.names.get(key)  # a proof may have broken links
        return as_text(describe_link(text, self._survey.titles.get(key, ""), str(place[0] + 1) if place else ""))

    # ---------------------------------------------------------------- what a book has once
    def _catalog(self) -> bytes:
        numbers, entries = self._numbers.of, [b"/Type /Catalog /Pages %d 0 R" % self._numbers.of["pages"]]
        entries.append(b"/Metadata %d 0 R" % numbers["metadata"])
        if self._survey.names:
            kids = b" ".join(b"%d 0 R" % numbers[name] for name in self._survey.singles() if name.startswith("names "))
            entries.append(b"/Names << /Dests << /Kids [ %b ] >> >>" % kids)
        if self._survey.bookmarks:
            entries.append(b"/Outlines %d 0 R" % self._numbers.outlines_from)
        if self._survey.rows:
            entries.append(b"/StructTreeRoot %d 0 R" % numbers["tags"])
        if self._for_screen:
            entries.append(b"/OpenAction [ %d 0 R /Fit ]" % self._numbers.page_number(0))
            entries.append(b"/PageLabels << /Nums [ 0 << /S /D /St 1 >> ] >>")
        return b"%b%b >>" % (self._filled(self._survey.opening.book).removesuffix(b">>"), b" ".join(entries))

    def _page_tree(self, name: str) -> bytes:
        kids = b" ".join(b"%d 0 R" % piece.tree_from for piece in self._survey.pieces)
        count = sum(piece.page_count for piece in self._survey.pieces)
        return b"<< /Type /Pages /Kids [ %b ] /Count %d >>" % (kids, count)

    def _info(self, name: str) -> bytes:
        return self._survey.opening.facts

    def _metadata(self, name: str) -> bytes:
        """The XMP packet without compression, so that a label can be written into its place."""
        content = self._survey.opening.packet
        return b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%b\nendstream" % (len(content), content)

    def _document(self, name: str) -> bytes:
        tops = b" ".join(b"%d 0 R" % piece.numbers[top] for piece in self._survey.pieces for top in piece.tops)
        return b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %b ] >>" % (self._numbers.of["tags"], tops)

    def _tags(self, name: str) -> bytes:
        ids = b"/IDTree %d 0 R " % self._numbers.of["ids"] if self._survey.note_ids else b""
        entries = (self._numbers.of["document"], self._numbers.of["parents"], self._survey.rows, ids)
        return b"<< /Type /StructTreeRoot /K [ %d 0 R ] /ParentTree %d 0 R /ParentTreeNextKey %d %b>>" % entries

    def _parents(self, name: str) -> bytes:
        kids = b" ".join(b"%d 0 R" % (each.tree_from + 1) for each in self._survey.pieces if each.rows)
        return b"<< /Kids [ %b ] >>" % kids

    def _ids(self, name: str) -> bytes:
        pieces, ids = self._survey.pieces, self._survey.note_ids
        rows = sorted((as_text(key), pieces[piece].numbers[index]) for key, (piece, index) in ids.items())
        return b"<< /Names [ %b ] >>" % b" ".join(b"%b %d 0 R" % row for row in rows)

    def _name_leaf(self, name: str) -> bytes:
        start = int(name.partition(" ")[2])
        keys = self._survey.sorted_names[start : start + NAMES_IN_A_LEAF]
        rows = []
        for key in keys:
            page_index, place = self._survey.names[key]
            rows.append(b"%b [ %d 0 R %b ]" % (as_text(key), self._numbers.page_number(page_index), place))
        return b"<< /Limits [ %b %b ] /Names [ %b ] >>" % (as_text(keys[0]), as_text(keys[-1]), b" ".join(rows))


def _nothing_apart(key: str) -> bytes:
    raise KeyError(key)


def _with_form_over(content: Stored) -> Stored:
    """A page's content with a form over it that no reader reads out."""
    assert isinstance(content.stream, bytes)
    drawn = BEFORE_FOLIO + zlib.decompress(content.stream) + b"\nQ\n/Artifact BMC\n/Over Do\nEMC\n"
    return content._replace(stream=zlib.compress(drawn, 6))


def _filled_together(many: Sequence[Stored], values: Sequence[int]) -> list[bytes]:
    """Objects without streams, filled in all at once, which takes a third of the time."""
    bodies = (b"\n".join([each.template for each in many]) % tuple(values)).split(b"\n")
    if len(bodies) != len(many):  # an object has a line end in it, which none of ours has
        rest = iter(values)
        return [each.template % tuple(islice(rest, len(each.gaps))) for each in many]
    return bodies


_SINGLES: dict[str, Callable[[_Assembly, str], bytes]] = {
    "pages": _Assembly._page_tree,
    "info": _Assembly._info,
    "metadata": _Assembly._metadata,
    "document": _Assembly._document,
    "tags": _Assembly._tags,
    "parents": _Assembly._parents,
    "ids": _Assembly._ids,
    "names": _Assembly._name_leaf,
}
