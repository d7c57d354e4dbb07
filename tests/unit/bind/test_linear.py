"""A book is written linearised from rendered objects: every figure in it is held against the file.

The dictionary, the tables and the hints are read here byte by byte, by ISO 32000-1, 7.5.8 and
Annex F; the two versions of qpdf, which compute them anew, are asked besides.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from directory_pub.bind.hint_tables import packed_bits
from directory_pub.bind.linear import BookObject, LinearBook, PackedStream, write_linearised
from unit.take_apart import take_apart

COUNTS = (1, 2, 3, 40)
PACKINGS: dict[str, dict[str, Any]] = {
    "nothing packed": {},
    "others packed": {"pack": 7},
    "bookmarks packed": {"pack": 7, "pack_outlines": True},
    "each page's links packed": {"pack": 7, "links_of": 1},
    "links of three pages packed": {"pack": 7, "links_of": 3, "pack_outlines": True},
    "numbers left free": {"pack": 7, "unused": 5},
}


def made(pages: int, *, outlines: bool = True, tree: bool = True, mode: str = "/UseOutlines") -> Pdf:
    """A PDF with faces and a picture that pages share, bookmarks, links and a structure tree."""
    pdf = pikepdf.new()
    faces = [face(pdf, name) for name in ("Helvetica", "Times-Roman", "Courier")]
    picture = pdf.make_stream(bytes(range(48)), Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4)
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
    for number in range(pages):
        page = pdf.add_blank_page(page_size=(200, 300)).obj
        named = {"/F1": faces[number % 3], "/F2": faces[0]} if number % 5 else {"/F1": faces[number % 3]}
        page.Resources = Dictionary(Font=Dictionary(named))
        words = b"BT /F1 14 Tf 20 250 Td (Page %d \\(1 0 R\\)) Tj ET" % (number + 1)
        if number % 2:
            page.Resources.XObject = Dictionary(P=picture)
            words += b" q 60 0 0 60 20 100 cm /P Do Q"
        page.Contents = pdf.make_stream(words)
        page.Annots = Array([link(pdf, number, each) for each in range(number % 4 + (number == 0))])
    if tree:
        pdf.Root.StructTreeRoot = structure(pdf)
    if outlines:
        bookmarks(pdf)
    pdf.Root.PageMode = Name(mode)
    pdf.docinfo[Name.Title] = "A book"
    return pdf


def face(pdf: Pdf, name: str) -> pikepdf.Object:
    return pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + name)))


def link(pdf: Pdf, page: int, each: int) -> pikepdf.Object:
    action = Dictionary(S=Name.URI, URI=pikepdf.String(f"https://a.example/{page}/{each}"))
    area = Array([20, 20 * each, 90, 20 * each + 15])
    return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=area, A=action))


def structure(pdf: Pdf) -> pikepdf.Object:
    """A tree with an element for each link, which points to it, and one for each page."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
    for page in pdf.pages:
        below = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, P=root, Pg=page.obj, K=Array()))
        root.K.append(below)
        for annotation in page.obj.Annots:
            place = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page.obj)
            below.K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=below, K=place)))
    return root


def bookmarks(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        for number in range(0, len(pdf.pages), 4):
            item = OutlineItem(f"Page {number + 1}", number)
            item.children.extend(OutlineItem(f"Part {each}", number) for each in range(3))
            outline.root.append(item)


def written(book: LinearBook) -> bytes:
    out = io.BytesIO()
    write_linearised(book, out)
    return out.getvalue()


@dataclass(frozen=True)
class Told:
    """What the linearisation dictionary promises; offsets and lengths in bytes."""

    length: int
    hints_at: int
    hints_length: int
    first_page: int
    first_page_end: int
    pages: int
    main_table: int

    @classmethod
    def by(cls, content: bytes) -> Told:
        figures = rb"/L (\d+) /H \[ (\d+) (\d+) \] /O (\d+) /E (\d+) /N (\d+) /T (\d+) >>\nendobj"
        found = re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}\n\d+ 0 obj\n<< /Linearized 1 " + figures, content[:1024])
        assert found, "the first 1024 bytes do not hold a linearisation dictionary"
        return cls(*map(int, found.groups()))


@dataclass(frozen=True)
class Table:
    """A cross-reference stream: its dictionary and its rows by number."""

    entries: bytes
    rows: dict[int, tuple[int, int, int]]

    @classmethod
    def at(cls, content: bytes, offset: int) -> Table:
        found = re.compile(rb"\d+ 0 obj\n<< (/Type /XRef .*?) >>\nstream\n", re.DOTALL).match(content, offset)
        assert found, "no cross-reference stream stands there"
        length = figures(found[1], rb"/Length (\d+)")[0]
        size = figures(found[1], rb"/Size (\d+)")[0]
        start, count = figures(found[1], rb"/Index \[(\d+) (\d+)\]") or (0, size)
        rows, above = {}, bytes(7)
        filtered = zlib.decompress(content[found.end() : found.end() + length])
        assert len(filtered) == 8 * count
        for number in range(count):
            tag, *differences = filtered[8 * number : 8 * number + 8]
            assert tag == 2
            above = bytes((here + up) % 256 for here, up in zip(differences, above, strict=True))
            rows[start + number] = (above[0], int.from_bytes(above[1:5]), int.from_bytes(above[5:]))
        return cls(found[1], rows)


def figures(text: bytes, pattern: bytes) -> tuple[int, ...]:
    found = re.search(pattern, text)
    return tuple(map(int, found.groups())) if found else ()


@dataclass(frozen=True)
class Hints:
    first_page: int
    objects: list[int]
    lengths: list[int]
    shared: list[list[int]]
    groups: list[int]
    first_shared: tuple[int, int]
    of_first_page: int
    outline: tuple[int, ...]

    @classmethod
    def by(cls, content: bytes, told: Told) -> Hints:
        """The hint tables; each offset as it is in the file, with the hint stream counted in."""
        whole = content[told.hints_at : told.hints_at + told.hints_length]
        assert re.match(rb"\d+ 0 obj\n<< ", whole)
        assert whole.endswith(b"\nendstream\nendobj\n")
        table = zlib.decompress(whole[whole.index(b"stream\n") + 7 :])
        bits = Bits(table)
        least, first, wide, least_length, length_wide = bits.take(32, 32, 16, 32, 16)
        bits.take(32, 16, 32, 16)
        named_wide, index_wide, numerator_wide, _ = bits.take(16, 16, 16, 16)
        objects = [least + each for each in bits.row(wide, told.pages)]
        lengths = [least_length + each for each in bits.row(length_wide, told.pages)]
        named = bits.row(named_wide, told.pages)
        indices = iter(bits.row(index_wide, sum(named)))
        assert numerator_wide == 0
        bits = Bits(table[figures(whole, rb"/S (\d+)")[0] :])
        number, offset, of_first, total, more, shortest, spread = bits.take(32, 32, 32, 32, 16, 32, 16)
        assert more == 0, "one object a group"
        groups = [shortest + each for each in bits.row(spread, total)]
        assert not any(bits.row(1, total)), "no signatures"
        outline: tuple[int, ...] = ()
        if at := figures(whole, rb"/O (\d+)"):
            place, start, count, length = Bits(table[at[0] :]).take(32, 32, 32, 32)
            outline = (place, told_place(start, told), count, length)
        return cls(
            first_page=told_place(first, told),
            objects=objects,
            lengths=lengths,
            shared=[[next(indices) for _ in range(count)] for count in named],
            groups=groups,
            first_shared=(number, told_place(offset, told) if number else 0),
            of_first_page=of_first,
            outline=outline,
        )


def told_place(offset: int, told: Told) -> int:
    return offset + (told.hints_length if offset >= told.hints_at else 0)


class Bits:
    def __init__(self, content: bytes) -> None:
        self.bits = "".join(f"{byte:08b}" for byte in content)
        self.at = 0

    def take(self, *widths: int) -> list[int]:
        values = []
        for width in widths:
            values.append(int(self.bits[self.at : self.at + width] or "0", 2))
            self.at += width
        return values

    def row(self, width: int, count: int) -> list[int]:
        values = self.take(*[width] * count)
        self.at = -(-self.at // 8) * 8
        return values


def complaints(content: bytes) -> list[str]:
    """What qpdf 12, inside pikepdf, finds wrong with a file."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.is_linearized
        accepted = pdf.check_linearization(io.StringIO())
        found = [str(each) for each in pdf.get_warnings()] + pdf.check_pdf_syntax()
        return found if accepted else [*found, "refused"]


def second_opinion(content: bytes, path: Path) -> list[str]:
    """What the qpdf that is installed finds wrong, nothing where none is."""
    if not shutil.which("qpdf"):
        return []
    path.write_bytes(content)
    found = []
    for option in ("--check-linearization", "--check"):
        done = subprocess.run(["qpdf", option, str(path)], capture_output=True, text=True, timeout=60, check=False)
        found += [done.stdout, done.stderr] if done.returncode else []
    return found


def sizes(part: Iterable[BookObject | PackedStream]) -> int:
    return sum(len(b"%d 0 obj\n%b\nendobj\n" % (each.number, each.body)) for each in part)


def begins(content: bytes, number: int) -> int:
    (offset,) = [found.start(1) for found in re.finditer(rb"\n(%d 0 obj\n)" % number, content)]
    return offset


Books = Callable[..., LinearBook]


@pytest.fixture(name="apart", params=list(PACKINGS))
def _apart(request: pytest.FixtureRequest) -> Books:
    def apart(pdf: Pdf) -> LinearBook:
        return take_apart(pdf, **PACKINGS[request.param])

    return apart


@pytest.mark.parametrize("mode", ["/UseOutlines", "/UseNone"])
@pytest.mark.parametrize("pages", COUNTS)
def test_qpdf_12_computes_the_same_tables(apart: Books, pages: int, mode: str) -> None:
    assert complaints(written(apart(made(pages, mode=mode)))) == []


@pytest.mark.parametrize("mode", ["/UseOutlines", "/UseNone"])
@pytest.mark.parametrize("pages", [1, 3, 40])
def test_qpdf_11_computes_the_same_tables_without_a_structure_tree(
    apart: Books, pages: int, mode: str, tmp_path: Path
) -> None:
    content = written(apart(made(pages, tree=False, mode=mode)))
    assert second_opinion(content, tmp_path / "book.pdf") == []


@pytest.mark.parametrize("pages", [1, 40])
def test_qpdf_11_accepts_links_in_the_tree_that_several_pages_have_in_one_stream(pages: int, tmp_path: Path) -> None:
    content = written(take_apart(made(pages), pack=7, links_of=3))
    assert second_opinion(content, tmp_path / "book.pdf") == []


@pytest.mark.parametrize("pages", [1, 3])
def test_a_book_without_bookmarks_has_no_outline_hints(pages: int) -> None:
    content = written(take_apart(made(pages, outlines=False), pack=7))
    assert complaints(content) == []
    assert Hints.by(content, Told.by(content)).outline == ()


@pytest.mark.parametrize("pages", COUNTS)
def test_every_figure_of_the_dictionary_is_true(apart: Books, pages: int) -> None:
    book = apart(made(pages))
    content = written(book)
    told = Told.by(content)
    assert (told.length, told.pages) == (len(content), pages)
    assert told.first_page == book.first_page[0].number
    first = begins(content, told.first_page)
    assert told.hints_at + told.hints_length == first, "the hints stand before the first page"
    assert told.first_page_end == first + sizes(book.first_page) + sizes(book.outlines)
    assert re.match(rb"\d+ 0 obj\n", content[told.first_page_end :])
    assert re.match(rb"%d 0 obj\n<< /Type /XRef" % (book.main_table or -1), content[told.main_table :])
    assert content[: told.first_page_end].endswith(b"\nendobj\n")
    assert content[: told.main_table].endswith(b"\nendobj\n")


@pytest.mark.parametrize("pages", COUNTS)
@pytest.mark.parametrize("mode", ["/UseOutlines", "/UseNone"])
def test_the_hints_name_each_page_by_its_place_and_length(apart: Books, pages: int, mode: str) -> None:
    book = apart(made(pages, mode=mode))
    content = written(book)
    told, others = Told.by(content), list(book.pages)
    hints = Hints.by(content, told)
    assert (hints.first_page, hints.lengths[0]) == (
        begins(content, told.first_page),
        told.first_page_end - hints.first_page,
    )
    place, number = told.first_page_end, 1
    for page, objects, length in zip(others, hints.objects[1:], hints.lengths[1:], strict=True):
        assert page[0].number == number
        assert (begins(content, number), sizes(page), len(page)) == (place, length, objects)
        place, number = place + length, number + objects
    assert hints.shared[0] == []


@pytest.mark.parametrize("pages", COUNTS)
def test_the_hints_name_what_a_page_shares(apart: Books, pages: int) -> None:
    book = apart(made(pages))
    content = written(book)
    hints = Hints.by(content, Told.by(content))
    front = [*book.first_page, *book.outlines]
    numbers = [each.number for each in (*front, *book.shared)]
    assert hints.groups == [sizes([each]) for each in (*front, *book.shared)]
    assert hints.of_first_page == len(front)
    assert [[numbers[index] for index in page] for page in hints.shared[1:]] == [list(page) for page in book.uses[1:]]
    expected = (book.shared[0].number, begins(content, book.shared[0].number)) if book.shared else (0, 0)
    assert hints.first_shared == expected


@pytest.mark.parametrize("mode", ["/UseOutlines", "/UseNone"])
def test_bookmarks_stand_where_the_page_mode_wants_them(apart: Books, mode: str) -> None:
    book = apart(made(40, mode=mode))
    content = written(book)
    told = Told.by(content)
    number, offset, count, length = Hints.by(content, told).outline
    assert (number, offset) == (book.outlines[0].number, begins(content, number))
    assert (count, length) == (len(book.outlines), sizes(book.outlines))
    if mode == "/UseOutlines":
        assert offset + length == told.first_page_end, "behind the first page, within its section"
    else:
        assert offset > told.first_page_end


@pytest.mark.parametrize("pages", COUNTS)
def test_the_first_bytes_are_enough_for_the_first_page(apart: Books, pages: int) -> None:
    book = apart(made(pages))
    content = written(book)
    told = Told.by(content)
    start = content[: told.first_page_end]
    table = Table.at(start, figures(content[-40:], rb"startxref\n(\d+)\n%%EOF\n$")[0])
    needed, waiting = set(), [told.first_page]
    while waiting:
        number = waiting.pop()
        kind, offset, _ = table.rows[number]
        assert kind == 1
        body = start[offset : start.index(b"\nendobj\n", offset)]
        assert body.startswith(b"%d 0 obj\n" % number)
        needed.add(number)
        without_parent = re.sub(rb"/Parent \d+ 0 R", b"", re.sub(rb"\(.*\)", b"", body))
        waiting += {int(each) for each in re.findall(rb"(\d+) 0 R", without_parent)} - needed - set(waiting)
    assert needed == {each.number for each in book.first_page}


@pytest.mark.parametrize("pages", COUNTS)
def test_the_two_tables_hold_every_object_once(apart: Books, pages: int) -> None:
    book = apart(made(pages))
    content = written(book)
    told, k = Told.by(content), book.first_number
    front = Table.at(content, figures(content[-40:], rb"startxref\n(\d+)\n%%EOF\n$")[0])
    main = Table.at(content, told.main_table)
    assert sorted(main.rows) == list(range(k))
    assert sorted(front.rows) == list(range(k, k + len(front.rows)))
    assert figures(front.entries, rb"/Size (\d+)") == (k + len(front.rows),)
    assert figures(main.entries, rb"/Size (\d+)") == (k,)
    assert figures(front.entries, rb"/Prev (\d+)") == (told.main_table,)
    assert figures(front.entries, rb"/Root (\d+) 0 R /Prev \d+ /Info (\d+) 0 R") == (book.catalog.number, book.info)
    assert b"/Prev" not in main.entries
    ids = {re.search(rb"/ID \[(<\w{32}>) \1\]", each.entries)[1] for each in (front, main)}  # type: ignore[index]
    assert ids == {b"<%b>" % book.file_id.hex().encode()}
    for number, (kind, offset, generation) in {**main.rows, **front.rows}.items():
        if kind == 1:
            assert content.startswith(b"%d 0 obj\n" % number, offset)
            assert generation == 0
    packed = {each.number: each.members for each in everything(book) if isinstance(each, PackedStream)}
    named = {number: row for number, row in {**main.rows, **front.rows}.items() if row[0] == 2}
    assert named == {
        member: (2, stream, index) for stream, members in packed.items() for index, member in enumerate(members)
    }


def everything(book: LinearBook) -> Iterator[BookObject | PackedStream]:
    for page in book.pages:
        yield from page
    yield from (book.catalog, *book.first_page, *book.shared, *book.outlines, *book.others)


def test_unused_numbers_are_linked_as_free() -> None:
    book = take_apart(made(3), pack=7, unused=5)
    content = written(book)
    rows = Table.at(content, Told.by(content).main_table).rows
    free = {number: row[1:] for number, row in rows.items() if row[0] == 0}
    assert len(free) == 6
    chain, number = [0], free[0][0]
    while number:
        chain.append(number)
        number = free[number][0]
    assert chain == sorted(free)
    assert free[0][1] == 65535


@pytest.mark.parametrize("pages", [1, 3, 40])
def test_every_page_is_the_same_to_the_pixel(apart: Books, pages: int) -> None:
    source, plain = made(pages), io.BytesIO()
    source.save(plain)
    for before, after in zip(pictures(plain.getvalue()), pictures(written(apart(source))), strict=True):
        assert before == after


def pictures(content: bytes) -> Iterator[tuple[str, bytes, int]]:
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text = page.get_textpage()
        yield text.get_text_range(), page.render(scale=0.5).to_pil().tobytes(), sum(1 for _ in page.get_objects())
        text.close()
        page.close()
    document.close()


def test_bookmarks_links_and_tags_are_all_there(apart: Books) -> None:
    with pikepdf.open(io.BytesIO(written(apart(made(40))))) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [f"Page {number}" for number in range(1, 41, 4)]
        assert [len(item.children) for item in outline.root] == [3] * 10
        assert [len(page.obj.Annots) for page in pdf.pages] == [1, *(number % 4 for number in range(1, 40))]
        below = list(pdf.Root.StructTreeRoot.K)
        assert [each.Pg.objgen for each in below] == [page.obj.objgen for page in pdf.pages]
        assert below[2].K[1].K.Obj.A.URI == "https://a.example/2/1"
        assert pdf.docinfo[Name.Title] == "A book"


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_poppler_reads_the_first_and_the_last_page(apart: Books, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(written(apart(made(40))))
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, timeout=30, check=True)
    assert re.search(r"^Optimized: +yes$", told.stdout, re.MULTILINE)
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, timeout=30, check=True)
    assert [told.stderr, text.stderr] == ["", ""]
    assert re.findall(r"Page (\d+)", text.stdout) == [str(number) for number in range(1, 41)]


def test_the_same_book_gives_the_same_bytes(apart: Books) -> None:
    assert written(apart(made(3))) == written(apart(made(3)))


def test_iterables_are_read_once_and_the_file_is_only_written_to() -> None:
    book = take_apart(made(40), pack=7)
    pieces: list[bytes] = []

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, piece: object) -> int:
            pieces.append(bytes(piece))  # type: ignore[call-overload]
            return len(pieces[-1])

    write_linearised(replace(book, pages=iter(book.pages), others=iter(book.others)), Pipe())  # type: ignore[arg-type]
    assert b"".join(pieces) == written(book)


def test_the_temporary_file_is_beside_the_book_and_gone_afterwards(tmp_path: Path) -> None:
    with (tmp_path / "book.pdf").open("wb") as out:
        write_linearised(take_apart(made(3)), out)
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]


def test_qpdf_sees_that_a_page_does_not_name_what_it_shares() -> None:
    book = take_apart(made(40), pack=7)
    uses = [list(page) for page in book.uses]
    uses[7].pop()
    assert any("page 7: shared object" in each for each in complaints(written(replace(book, uses=uses))))


def test_qpdf_sees_that_an_object_stands_with_the_wrong_page() -> None:
    book = take_apart(made(4), pack=7)
    second, third, *more = book.pages
    moved = replace(book, pages=[[*second, third[0]], [*third[1:], *more[0]], *more[1:]], page_count=4)
    assert len(list(moved.pages)) == 2
    with pytest.raises(ValueError, match="3 pages, where 4 were announced"):
        written(moved)
    parted = replace(book, pages=[second[:-1], [second[-1], *third], *more])
    assert "refused" in complaints(written(parted))


def test_qpdf_sees_bookmarks_that_stand_in_the_wrong_part() -> None:
    book = take_apart(made(4, mode="/UseNone"), pack=7)
    body = book.catalog.body.replace(b"/UseNone", b"/UseOutlines")
    assert complaints(written(replace(book, catalog=replace(book.catalog, body=body))))


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (lambda book: {"page_count": 9}, "8 pages, where 9 were announced and 8 have uses"),
        (lambda book: {"uses": book.uses[1:]}, "8 pages, where 8 were announced and 7 have uses"),
        (lambda book: {"uses": [[], [book.info], *book.uses[2:]]}, "a page uses object .*, which is neither"),
        (lambda book: {"pages": list(book.pages)[::-1]}, "object .* stands where object 1 of a page should"),
        (lambda book: {"shared": book.shared[::-1]}, "stands where object .* of its part should"),
        (lambda book: {"shared": ()}, "neither the first page's nor shared"),
        (lambda book: {"outlines": book.outlines[::-1]}, "of its part should"),
        (lambda book: {"first_page": book.first_page[:-1]}, "of its part should"),
        (lambda book: {"first_page": book.first_page[1:]}, "a number of the first page's section is not used"),
        (lambda book: {"others": [*book.others, book.others[0]]}, "is given twice"),
        (lambda book: {"others": [*book.others, BookObject(99999, b"null")]}, "is above the first page's"),
        (lambda book: {"others": book.others[:-1]}, "a packed object has a lower number"),
        (lambda book: {"main_table": None}, "is given twice"),
    ],
)
def test_a_book_that_is_not_as_it_is_said_to_be_is_refused(
    fault: Callable[[LinearBook], dict[str, object]], message: str
) -> None:
    book = take_apart(made(8), pack=7)
    with pytest.raises(ValueError, match=message):
        written(replace(book, **fault(book)))  # type: ignore[arg-type]


def test_the_main_table_comes_last_where_nothing_is_packed() -> None:
    book = take_apart(made(3))
    assert book.main_table == book.first_number - 1
    assert written(replace(book, main_table=None)) == written(book)


@pytest.mark.parametrize(
    ("values", "bits", "expected"),
    [
        ([], 5, ""),
        ([1, 2], 0, ""),
        ([1, 0, 1], 1, "10100000"),
        ([5, 1023], 10, "000000010111111111110000"),
        ([1] * 5000, 3, "001" * 5000),
    ],
)
def test_values_are_packed_high_bit_first(values: list[int], bits: int, expected: str) -> None:
    assert "".join(f"{byte:08b}" for byte in packed_bits(values, bits)) == expected


def test_a_table_of_several_slices_is_whole() -> None:
    members = range(10, 70_010)
    catalog = BookObject(70_013, b"<< /Type /Catalog /Pages 1 0 R >>")
    page = BookObject(70_014, b"<< /Type /Page /Parent 1 0 R /MediaBox [ 0 0 9 9 ] /Resources << >> >>")
    tree = BookObject(1, b"<< /Type /Pages /Count 1 /Kids [ 70014 0 R ] >>")
    streams = [PackedStream(2, b"<< >>", members[:40_000]), PackedStream(3, b"<< >>", members[40_000:])]
    book = LinearBook(
        catalog=catalog,
        first_page=[page],
        pages=[],
        shared=[],
        outlines=[],
        others=[tree, *streams],
        uses=[[]],
        page_count=1,
        info=None,
        file_id=bytes(16),
        first_number=70_010,
        main_table=4,
    )
    content = written(book)
    rows = Table.at(content, Told.by(content).main_table).rows
    assert [rows[number] for number in members] == [(2, 2 + (i >= 40_000), i % 40_000) for i in range(70_000)]
