"""Take a PDF apart into the objects of a linear book, as the tests of its writer need it.

What each page needs is found anew here, by ISO 32000-1, F.3, so that the tests do not lean on
the numbering of whoever writes books.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from directory_pub.bind.linear_book import BookObject, LinearBook, PackedStream

Key = tuple[int, int]  # number and generation in the PDF that is taken apart


@dataclass
class Bundle:
    """Objects that are packed into one stream."""

    stream: int
    members: list[Key]


def take_apart(
    pdf: pikepdf.Pdf, *, pack: int = 0, pack_outlines: bool = False, links_of: int = 0, unused: int = 0
) -> LinearBook:
    """The PDF as a linear book.

    What no page needs is packed ``pack`` objects to a stream (0: not at all). ``links_of`` says
    of how many pages the links share a stream: with 1, it is that page's own. ``unused`` numbers
    stay free.
    """
    apart = _Apart(pdf)
    apart.number_rest(pack, pack_outlines, links_of, unused)
    apart.number_front(pack_outlines)
    return apart.book()


class _Apart:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.objects: dict[Key, pikepdf.Object] = {pdf.Root.objgen: pdf.Root}
        self.needs = [self.below(page.obj) for page in pdf.pages]
        users = Counter(chain.from_iterable(self.needs))
        self.first = self.needs[0]
        self.private = [[each for each in need if users[each] == 1] for need in self.needs[1:]]
        later = dict.fromkeys(chain.from_iterable(self.needs[1:]))
        self.shared = [each for each in later if users[each] > 1 and each not in set(self.first)]
        placed = {pdf.Root.objgen, *users}
        outlines = pdf.Root.get("/Outlines")
        self.outlines = [] if outlines is None else [each for each in self.below(outlines) if each not in placed]
        placed |= set(self.outlines)
        self.info = pdf.docinfo.objgen if Name.Info in pdf.trailer else None
        roots = [pdf.Root[key] for key in sorted(pdf.Root.keys())] + ([pdf.docinfo] if self.info else [])
        below = dict.fromkeys(chain.from_iterable(map(self.below, roots)))
        self.others = [each for each in below if each not in placed]
        self.in_front = pdf.Root.get("/PageMode") == Name.UseOutlines
        self.numbers: dict[Key, int] = {}
        self.next = 1

    def below(self, start: pikepdf.Object) -> list[Key]:
        """The indirect objects that are reached from one, in order; pages only where one is the start."""
        found: dict[Key, None] = {}
        waiting = [start]
        while waiting:
            each = waiting.pop()
            if not isinstance(each, pikepdf.Object) or each.objgen in found:
                continue
            is_page = isinstance(each, Dictionary) and each.get("/Type") == Name.Page
            if is_page and each is not start:
                continue
            if each.is_indirect:
                found[each.objgen] = None
                self.objects[each.objgen] = each
            if isinstance(each, Array):
                waiting += reversed(list(each.as_list()))
            elif isinstance(each, (Dictionary, Stream)):
                waiting += [value for key, value in each.items() if not (is_page and key == "/Parent")]
        return list(found)

    def number(self, part: list[Key]) -> None:
        for each in part:
            self.numbers[each] = self.take()

    def take(self) -> int:
        self.next += 1
        return self.next - 1

    def bundled(self, part: list[Key], size: int) -> list[Bundle]:
        return [Bundle(self.take(), part[start : start + size]) for start in range(0, len(part), size)]

    def number_rest(self, pack: int, pack_outlines: bool, links_of: int, unused: int) -> None:
        self.page_links: list[Bundle | None] = []
        links = [[each for each in page if links_of and self.is_link(each)] for page in self.private]
        if links_of > 1 and sum(map(bool, links)) < 2:
            links = [[] for _ in self.private]  # a stream that one page needs is not shared
        for page, packed in zip(self.private, links, strict=True):
            page[:] = [each for each in page if each not in packed]
            self.number(page)
            self.page_links.append(Bundle(self.take(), packed) if packed and links_of == 1 else None)
        self.number(self.shared)
        with_links = [page for page in links if page] if links_of > 1 else []
        # The last page, if it is left alone, goes with those before it.
        starts = range(0, max(len(with_links) - 1, 0), max(links_of, 1))
        ends = [*starts[1:], len(with_links)]
        together = [chain(*with_links[start:end]) for start, end in zip(starts, ends, strict=False)]
        self.shared_links = [Bundle(self.take(), list(members)) for members in together]
        bundles = [bundle for bundle in (*self.page_links, *self.shared_links) if bundle]
        self.outline_bundles: list[Bundle] = []
        if not self.in_front:
            bundles += self.number_outlines(pack_outlines)
        packed = [each for each in self.others if pack and not isinstance(self.objects[each], Stream)]
        self.loose = [each for each in self.others if each not in set(packed)]
        self.number(self.loose)
        self.bundles = self.bundled(packed, pack or 1)
        self.next += unused
        self.main_table = self.take()
        for bundle in (*bundles, *self.bundles):
            self.number(bundle.members)

    def number_outlines(self, pack: bool) -> list[Bundle]:
        if pack:
            self.outline_bundles = self.bundled(self.outlines, 100)
        else:
            self.number(self.outlines)
        return self.outline_bundles

    def number_front(self, pack_outlines: bool) -> None:
        self.start = self.next
        self.next += 3
        self.number([self.pdf.Root.objgen])
        self.number(self.first)
        if self.in_front:
            for bundle in self.number_outlines(pack_outlines):
                self.number(bundle.members)

    def is_link(self, each: Key) -> bool:
        found = self.objects[each]
        return isinstance(found, Dictionary) and found.get("/Subtype") == Name.Link

    def book(self) -> LinearBook:
        pages = zip(self.private, self.page_links, strict=True)
        return LinearBook(
            catalog=self.rendered([self.pdf.Root.objgen])[0],
            first_page=self.rendered(self.first),
            pages=[[*self.rendered(page), *self.packed([links] if links else [])] for page, links in pages],
            shared=[*self.rendered(self.shared), *self.packed(self.shared_links)],
            outlines=self.packed(self.outline_bundles) or self.rendered(self.outlines),
            others=[*self.rendered(self.loose), *self.packed(self.bundles)],
            uses=self.uses(),
            page_count=len(self.needs),
            info=self.numbers[self.info] if self.info else None,
            file_id=hashlib.md5(b"a book", usedforsecurity=False).digest(),
            first_number=self.start,
            main_table=self.main_table,
        )

    def uses(self) -> list[list[int]]:
        place = {each: self.numbers[each] for each in (*self.first, *self.shared)}
        place |= {each: bundle.stream for bundle in self.shared_links for each in bundle.members}
        return [list(dict.fromkeys(place[each] for each in need if each in place)) for need in self.needs]

    def rendered(self, part: list[Key]) -> list[BookObject]:
        return [BookObject(self.numbers[each], self.body(self.objects[each])) for each in part]

    def packed(self, bundles: list[Bundle]) -> list[PackedStream]:
        return [
            packed_stream(bundle.stream, [(each.number, each.body) for each in self.rendered(bundle.members)])
            for bundle in bundles
        ]

    def body(self, found: pikepdf.Object) -> bytes:
        if not isinstance(found, Stream):
            return self.value(found, whole=True)
        content = found.read_raw_bytes()
        return self.entries(dict(found.items()) | {"/Length": len(content)}) + (
            b"\nstream\n" + content + b"\nendstream"
        )

    def entries(self, entries: dict[str, object]) -> bytes:
        pairs = (b"%b %b" % (Name(key).unparse(), self.value(value)) for key, value in entries.items())
        return b"<< " + b" ".join(pairs) + b" >>"

    def value(self, each: object, *, whole: bool = False) -> bytes:
        if isinstance(each, pikepdf.Object) and each.is_indirect and not whole:
            return b"%d 0 R" % self.numbers[each.objgen]
        match each:
            case Array():
                value = b"[ " + b" ".join(map(self.value, each.as_list())) + b" ]"
            case Dictionary():
                value = self.entries(dict(each.items()))
            case pikepdf.Object():
                value = each.unparse(resolved=True)
            case Decimal():
                value = format(each, "f").encode()
            case None:
                value = b"null"
            case _:
                value = str(each).lower().encode()  # a whole number, true or false
        return value


def packed_stream(number: int, members: list[tuple[int, bytes]]) -> PackedStream:
    """An object stream of these numbers and bodies (ISO 32000-1, 7.5.7)."""
    offset, pairs = 0, []
    for member, body in members:
        pairs.append(b"%d %d " % (member, offset))
        offset += len(body) + 1
    head = b"".join(pairs)
    content = zlib.compress(head + b"\n".join(body for _, body in members))
    entries = b"/N %d /First %d /Filter /FlateDecode /Length %d" % (len(members), len(head), len(content))
    body = b"<< /Type /ObjStm " + entries + b" >>\nstream\n" + content + b"\nendstream"
    return PackedStream(number, body, [member for member, _ in members])
