"""A file whose table would not say where each of its objects stands is not written."""

from __future__ import annotations

import io

import pikepdf
import pytest

from directory_pub.pdf_writing.plain import BookFacts, BookObject, PackedStream, write_plain

CATALOG = BookObject(1, b"<< /Type /Catalog /Pages 3 0 R >>")
INFO = BookObject(2, b"<< /Title (A \xe5) >>")
PAGES = BookObject(3, b"<< /Type /Pages /Kids [ 6 0 R ] /Count 1 >>")
PAGE = b"<< /Type /Page /Parent 3 0 R /MediaBox 7 0 R /Resources << >> >>"
FACTS = BookFacts(catalog=1, info=2, table=5, size=8, file_id=bytes(range(16)), version="1.7")


def packed() -> PackedStream:
    members = b"6 0 7 %d " % (len(PAGE) + 1)
    body = members + PAGE + b" [ 0 0 90 80 ]"
    opening = b"<< /Type /ObjStm /N 2 /First %d /Length %d >>\nstream\n" % (len(members), len(body))
    return PackedStream(4, opening + body + b"\nendstream", range(6, 8))


def written(*objects: BookObject | PackedStream) -> bytes:
    out = io.BytesIO()
    write_plain(objects, FACTS, out)
    return out.getvalue()


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned round"])
def test_every_object_is_found_in_whatever_order_they_came(turned: bool) -> None:
    objects = [CATALOG, INFO, PAGES, packed()]
    with pikepdf.open(io.BytesIO(written(*objects[:: -1 if turned else 1])), attempt_recovery=False) as pdf:
        assert [page.mediabox.as_list() for page in pdf.pages] == [[0, 0, 90, 80]]
        assert pdf.trailer.Info.Title == "A å"
        assert bytes(pdf.trailer.ID[0]) == bytes(range(16))
        assert pdf.check_pdf_syntax() == []
        assert pdf.pdf_version == "1.7"


def test_a_number_without_an_object_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="under the number 2"):
        written(CATALOG, PAGES, packed())


@pytest.mark.parametrize("number", [1, 6, 8])
def test_a_number_that_is_taken_or_too_high_is_a_value_error(number: int) -> None:
    with pytest.raises(ValueError, match=f"number {number}"):
        written(CATALOG, PAGES, packed(), BookObject(number, b"null"))
