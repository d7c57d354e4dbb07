"""The email PDF is linearised: a reader shows its first page before the rest has arrived.

The dictionary and the hint table are read here byte by byte, by ISO 32000-1, Annex F.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem

from directory_pub.build import BuildResult, build_edition
from directory_pub.edition.targets import EMAIL
from directory_pub.finish import Finished
from directory_pub.finish.linearise import write_linearised
from directory_pub.pieces import Resources

Email = Callable[..., Finished]
HandSet = Callable[..., bytes]


@dataclass(frozen=True)
class Linearised:
    """What the first 1024 bytes promise; offsets are in bytes from the start of the file."""

    length: int
    pages: int
    first_page: int
    first_page_end: int
    hints: tuple[int, int]
    main_table: int

    @classmethod
    def of(cls, content: bytes) -> Linearised:
        start = re.match(rb"%PDF-1\.\d\n(?:%[^\n]*\n)?\d+ 0 obj\n<<(.*?)>>\nendobj", content[:1024], re.DOTALL)
        assert start, "the first object is not whole within 1024 bytes"
        promised = dict(re.findall(rb"/(Linearized|[LNOETH]) (\[[^]]*\]|\d+)", start[1]))
        assert promised.pop(b"Linearized") == b"1"
        offset, length = promised.pop(b"H").strip(b"[ ]").split()
        number = {name: int(value) for name, value in promised.items()}
        return cls(
            length=number[b"L"],
            pages=number[b"N"],
            first_page=number[b"O"],
            first_page_end=number[b"E"],
            hints=(int(offset), int(length)),
            main_table=number[b"T"],
        )


def begins_at(content: bytes, number: int, packed: dict[int, int] | None = None) -> int:
    """Where an object stands, or the stream that it is packed in."""
    number = (packed or {}).get(number, number)
    (offset,) = [found.start(1) for found in re.finditer(rb"[\n](%d 0 obj\n)" % number, content)]
    return offset


def packed_in(content: bytes, pdf: pikepdf.Pdf) -> dict[int, int]:
    """For each packed object the number of its stream (ISO 32000-1, 7.5.7)."""
    streams = {int(found[1]) for found in re.finditer(rb"\n(\d+) 0 obj\n<<[^\n]{0,60}/Type /ObjStm", content)}
    packed: dict[int, int] = {}
    for number in streams:
        stream = pdf.get_object(number, 0)
        numbers = stream.read_bytes()[: int(stream.First)].split()[::2]
        assert len(numbers) == int(stream.N)
        packed |= dict.fromkeys(map(int, numbers), number)
    return packed


def read_hints(content: bytes, told: Linearised) -> tuple[int, list[int]]:
    """The first page's place and each page's length in bytes, from the page offset hint table."""
    offset, length = told.hints
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = re.match(rb"(\d+) 0 obj", content[offset:])
        assert found, "no object stands where the hints should"
        assert content[: offset + length].endswith(b"endobj\n")
        table = pdf.get_object(int(found[1]), 0).read_bytes()
    bits = "".join(f"{byte:08b}" for byte in table)
    field = [int(bits[start : start + size], 2) for start, size in ((32, 32), (64, 16), (80, 32), (112, 16))]
    place, object_bits, least, length_bits = field
    lengths_at = 36 * 8 + -(-object_bits * told.pages // 8) * 8
    rows = [bits[lengths_at + length_bits * page :][:length_bits] for page in range(told.pages)]
    return place + (length if place >= offset else 0), [least + int(row or "0", 2) for row in rows]


def check(content: bytes, before_table: bytes = b"") -> None:
    """Hold every promise of a linearised file against the file; qpdf counts the line end before the main table in."""
    told = Linearised.of(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.is_linearized
        assert pdf.check_linearization(io.StringIO()), [str(each) for each in pdf.get_warnings()]
        numbers = [page.obj.objgen[0] for page in pdf.pages]
        streams = [each.objgen[0] for each in reached(pdf.pages[0].obj) if isinstance(each, pikepdf.Stream)]
        outlines = pdf.Root.get("/Outlines")
        bookmarks = [each.objgen[0] for each in reached(outlines)] if outlines is not None else []
        packed = packed_in(content, pdf)
    assert (told.length, told.pages, told.first_page) == (len(content), len(numbers), numbers[0])
    for number in (*streams, *bookmarks):
        assert begins_at(content, numbers[0]) <= begins_at(content, number, packed) < told.first_page_end
    assert re.match(rb"\d+ 0 obj", content[told.first_page_end :]), "the first page ends within an object"
    assert re.match(before_table + rb"\d+ 0 obj\n<< /Type /XRef", content[told.main_table :])
    places = [begins_at(content, number) for number in numbers]
    first, lengths = read_hints(content, told)
    assert (first, first + lengths[0]) == (places[0], told.first_page_end)
    assert [start + length for start, length in zip(places[1:], lengths[1:-1], strict=False)] == places[2:]


def reached(start: pikepdf.Object) -> list[pikepdf.Object]:
    """Every indirect object below one, other pages and what they hold left out."""
    found: dict[tuple[int, int], pikepdf.Object] = {}
    waiting = [start]
    while waiting:
        each = waiting.pop()
        if isinstance(each, (Dictionary, pikepdf.Stream)):
            if each.is_indirect:
                if each.objgen in found or (found and each.get("/Type") == Name.Page):
                    continue
                found[each.objgen] = each
            waiting += [value for key, value in each.items() if key != "/Parent" or "/Title" in each]
        elif isinstance(each, Array):
            waiting += list(each.as_list())
    return list(found.values())


def test_the_email_file_of_2020_keeps_every_promise_of_a_linearised_file(book_2020: BuildResult) -> None:
    check(book_2020.files["email"].read_bytes())


def test_the_made_up_edition_is_linearised_too(harbour: BuildResult) -> None:
    check(harbour.files["email"].read_bytes())


def test_a_book_that_is_set_as_one_document_is_linearised_too(whole: bytes) -> None:
    check(whole, before_table=b"\n")


@pytest.fixture(scope="module")
def whole(harbour: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The email file of the made-up edition, set as one document."""
    assert harbour.edition
    folder = tmp_path_factory.mktemp("whole")
    built = build_edition(harbour.edition.folder, folder, targets=[EMAIL], resources=Resources(whole=True))
    return built.files["email"].read_bytes()


def test_the_first_page_comes_before_half_of_the_file(book_2020: BuildResult) -> None:
    told = Linearised.of(book_2020.files["email"].read_bytes())
    assert told.first_page_end < told.length / 2


def test_only_the_email_file_is_linearised(harbour: BuildResult) -> None:
    with pikepdf.open(harbour.files["press"]) as press:
        assert not press.is_linearized


def test_a_file_without_bookmarks_is_linearised(email: Email, hand_set: HandSet) -> None:
    with pikepdf.open(io.BytesIO(email(hand_set(b"0 0 9 9 re f")).pdf)) as pdf:
        assert pdf.is_linearized
        assert pdf.check_linearization(io.StringIO())


def test_a_file_written_again_is_the_same_but_for_the_name_that_its_label_gives_it(whole: bytes) -> None:
    first = written_again(whole)
    assert without_ids(first) == without_ids(whole)
    assert written_again(first) == first
    assert written_again(written_again(first)) == first


def written_again(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return write_linearised(pdf)


def without_ids(content: bytes) -> bytes:
    """The file without its name, which qpdf makes of its content: a label is written after that."""
    changed, count = re.subn(rb"/ID \[<(\w{32})><\w{32}>\]", rb"/ID [<\1>]", content)
    assert count == 2
    return changed


def test_bookmarks_keep_their_order_and_their_nesting(hand_set: HandSet) -> None:
    with pikepdf.open(io.BytesIO(hand_set(b""))) as pdf:
        with pdf.open_outline() as outline:
            section = OutlineItem("Section", 0)
            section.children.extend([OutlineItem("One", 0), OutlineItem("Two", 0)])
            outline.root.extend([section, OutlineItem("Last", 0)])
        written = write_linearised(pdf)
    with pikepdf.open(io.BytesIO(written)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Section", "Last"]
        assert [item.title for item in outline.root[0].children] == ["One", "Two"]
        parents = [item.obj.Parent.objgen for item in outline.root]
        assert parents == [pdf.Root.Outlines.objgen] * 2
