"""Objects are read one at a time as a library reads them all; a file that is not as it should be is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from directory_pub.census.object_reader import ObjectReader, open_objects
from directory_pub.census.object_syntax import Name, Ref, Stream, UnreadableObject, text_of
from unit.small_pieces import Link, Made

PIECE = Made(key="one", texts=["First words", "More of them"], opens=True, links={1: [Link("two", goal="two")]})
MODES = pikepdf.ObjectStreamMode


def saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, static_id=True, **how)
    return out.getvalue()


def written(**how: Any) -> bytes:
    """A tagged piece with values of every kind, as the library writes it."""
    with pikepdf.open(io.BytesIO(PIECE.pdf())) as pdf:
        pdf.Root.Odd = pikepdf.Array(
            [
                *(pikepdf.String(text) for text in ("(a) \\ b)(", "naïve €", "Łódź", "")),
                pikepdf.String(b"\x00\xff\r\n"),
                pikepdf.Name("/a b#c"),
                pikepdf.Dictionary(Yes=True, No=False, Nothing=None, Less=-3, Part=-0.25, Empty=pikepdf.Array()),
                pdf.make_stream(b"BT ET", Told=pikepdf.Array([1, pikepdf.Array([2.5])])),
            ]
        )
        return saved(pdf, **how)


def plain(value: Any) -> Any:
    """A value of ours with strings as text; what it refers to stays a number."""
    if isinstance(value, Ref):
        return ("ref", value.number)
    if isinstance(value, Stream):
        return ("stream", plain({key: each for key, each in value.keys.items() if key != "/Length"}), value.packed)
    if isinstance(value, dict):
        # A key that is null is not there (ISO 32000-1, 7.3.7).
        return {str(key): plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, bytes):
        return ("text", value)
    return str(value) if isinstance(value, Name) else value


def of_library(value: Any, *, top: bool = False) -> Any:  # noqa: PLR0911 - one for each kind
    """The same of the library's."""
    if isinstance(value, pikepdf.Object) and value.is_indirect and not top:
        return ("ref", value.objgen[0])
    if isinstance(value, pikepdf.Stream):
        keys = {key: of_library(each) for key, each in value.stream_dict.items() if key != "/Length"}
        return ("stream", keys, value.read_raw_bytes())
    if isinstance(value, pikepdf.Dictionary):
        return {key: of_library(each) for key, each in value.items()}
    if isinstance(value, pikepdf.Array):
        return [of_library(each) for each in value]
    if isinstance(value, pikepdf.String):
        return ("text", bytes(value))
    if isinstance(value, pikepdf.Name):
        return str(value)
    return float(value) if type(value).__name__ == "Decimal" else value


def assert_read_alike(content: bytes) -> int:
    """Every object of a file as the library reads it; how many there were."""
    ours = ObjectReader(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = [n for n in range(1, len(pdf.objects) + 1) if isinstance(pdf.get_object(n, 0), pikepdf.Object)]
        for number in numbers:
            theirs = pdf.get_object(number, 0)
            if isinstance(theirs, pikepdf.Stream) and theirs.get("/Type") in ("/ObjStm", "/XRef"):
                continue
            assert plain(ours.read(Ref(number))) == of_library(theirs, top=True), number
            if isinstance(theirs, pikepdf.Stream):
                stream = ours.stream(Ref(number))
                if stream.keys.get("/Subtype") != "/Image":
                    assert ours.unpacked(stream) == theirs.read_bytes()
        assert ours.page_numbers().tolist() == [page.obj.objgen[0] for page in pdf.pages]
    return len(numbers)


@pytest.mark.parametrize(
    "how",
    [
        {"object_stream_mode": MODES.disable},
        {"object_stream_mode": MODES.generate},
        {"object_stream_mode": MODES.generate, "linearize": True},
        {"object_stream_mode": MODES.disable, "linearize": True},
        {"qdf": True},
    ],
    ids=["plain table", "streams", "linearised", "linearised, plain tables", "qdf"],
)
def test_every_object_is_read_as_a_library_reads_it(how: dict[str, Any]) -> None:
    assert assert_read_alike(written(**how)) > 20


@pytest.mark.parametrize("target", ["press", "email"])
def test_the_book_is_read_as_a_library_reads_it(target: str, book_2020: Any) -> None:
    assert assert_read_alike(book_2020.files[target].read_bytes()) > 200


def test_what_was_added_to_a_file_is_newer() -> None:
    content = written(object_stream_mode=MODES.disable)
    before = ObjectReader(content)
    number = before.page_numbers()[0]
    at = len(content)
    content += b"%d 0 obj\n<< /Type /Page /New true >>\nendobj\n" % number
    table = len(content)
    last = int(content[:at].rsplit(b"startxref\n", 1)[1].split()[0])
    content += b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (
        number, at, before.trailer["/Size"], before.trailer["/Root"].number, last,
    )  # fmt: skip
    content += b"startxref\n%d\n%%%%EOF\n" % table
    assert ObjectReader(content).dictionary(Ref(number)) == {"/Type": "/Page", "/New": True}


def test_a_text_string_says_the_same_in_both_encodings() -> None:
    assert text_of(b"\xfe\xff" + "Łódź".encode("utf-16-be")) == "Łódź"
    assert text_of(b"na\xefve \xa0") == "naïve €"


def test_a_page_has_what_stands_above_it() -> None:
    content = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Kids [3 0 R] /Count 1 /MediaBox [0 0 10 20] /Resources << /Font << >> >> >>",
            b"<< /Kids [4 0 R] /Count 1 /Parent 2 0 R /MediaBox [0 0 30 40] >>",
            b"<< /Type /Page /Parent 3 0 R >>",
        ),
        1,
    ):
        places.append(len(content))
        content += b"%d 0 obj %b endobj\n" % (number, body)
    table = len(content)
    content += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
    page = ObjectReader(content).page(4)
    assert (page["/MediaBox"], page["/Resources"]) == ([0, 0, 30, 40], {"/Font": {}})


# -------------------------------------------------------------------- what cannot be read
def read_pages(content: bytes) -> None:
    reader = ObjectReader(content)
    for number in reader.page_numbers():
        reader.items_of(reader.page(number).get("/Annots"))


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def moved(content: bytes) -> bytes:
    head, _, rest = content.partition(b"\n")
    return head + b"\n%" + b"x" * 40 + b"\n" + rest


def no_table(content: bytes) -> bytes:
    before, _, after = content.rpartition(b"startxref\n")
    return before + b"startxref\n3\n" + after.partition(b"\n")[2]


@pytest.mark.parametrize("harm", [cut, moved, no_table, lambda content: b"", lambda content: b"%PDF-1.7\n"])
@pytest.mark.parametrize("mode", [MODES.disable, MODES.generate])
def test_a_damaged_file_is_refused(harm: Callable[[bytes], bytes], mode: pikepdf.ObjectStreamMode) -> None:
    with pytest.raises(UnreadableObject):
        read_pages(harm(written(object_stream_mode=mode)))


def test_every_damaged_byte_is_read_or_refused() -> None:
    content = written(object_stream_mode=MODES.disable, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    refused = 0
    for at in range(0, len(content), max(1, len(content) // 400)):
        harmed = bytearray(content)
        harmed[at] ^= 0x55
        try:
            read_pages(bytes(harmed))
        except (UnreadableObject, ValueError, LookupError, TypeError, ArithmeticError):
            refused += 1
    assert 0 < refused < 400


def test_a_file_on_disk_is_read_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "piece.pdf"
    path.write_bytes(written(object_stream_mode=MODES.generate))
    with open_objects(path) as reader:
        assert len(reader.page_numbers()) == 2
