"""The email PDF is linearised: a reader shows its first page before the rest has arrived.

The dictionary and the hint table are read here byte by byte, by ISO 32000-1, Annex F.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

import directory_pub.production.delivery
from directory_pub.build import BuildResult, build_edition
from directory_pub.edition.targets import EMAIL
from directory_pub.findings import Place, error
from directory_pub.finish import Finished
from directory_pub.pdf_writing.linearise import linearise
from small_book import write_small

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


def check(content: bytes) -> None:
    """Hold every promise of a linearised file against the file."""
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
    # qpdf counts the line end before the main table in.
    assert re.match(rb"\n\d+ 0 obj\n<< /Type /XRef", content[told.main_table :])
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


def test_the_first_page_comes_before_half_of_the_file(book_2020: BuildResult) -> None:
    told = Linearised.of(book_2020.files["email"].read_bytes())
    assert told.first_page_end < told.length / 2


def test_only_the_email_file_is_linearised(harbour: BuildResult) -> None:
    with pikepdf.open(harbour.files["press"]) as press:
        assert not press.is_linearized


def test_a_file_without_bookmarks_is_linearised(email: Email, hand_set: HandSet) -> None:
    with pikepdf.open(io.BytesIO(linearised(email(hand_set(b"0 0 9 9 re f")).pdf))) as pdf:
        assert pdf.is_linearized
        assert pdf.check_linearization(io.StringIO())


def test_a_file_that_would_have_to_be_mended_is_refused(book_2020: BuildResult) -> None:
    delivered = book_2020.files["email"].read_bytes()
    with pytest.raises(pikepdf.PdfError):
        linearised(delivered[: delivered.rindex(b"startxref")])


def test_the_linearised_file_is_the_one_that_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose_a_page(source: Path, out: Path, attached: object) -> None:
        with pikepdf.open(source) as pdf:
            del pdf.pages[-1]
            pdf.save(out, linearize=True, fix_metadata_version=False)

    monkeypatch.setattr(directory_pub.production.delivery, "linearise_file", lose_a_page)
    made = build_edition(write_small(tmp_path / "book", {"quay": "Boats lie here."}), tmp_path / "out", targets=[EMAIL])
    assert "book-unlike-pieces" in {finding.code for finding in made.report}
    assert list(made.files) == ["PROOF"]


def test_a_draft_is_plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = error("conformance", Place(file="edition.yaml"), "no.", "Mend it.")
    monkeypatch.setattr(directory_pub.production.delivery, "label_email", lambda *told: [refusal])
    made = build_edition(write_small(tmp_path / "book", {"quay": "Boats lie here."}), tmp_path / "out", targets=[EMAIL])
    with pikepdf.open(made.files["email-draft"]) as draft:
        assert not draft.is_linearized


def linearised(content: bytes) -> bytes:
    out = io.BytesIO()
    linearise(io.BytesIO(content), out)
    return out.getvalue()
